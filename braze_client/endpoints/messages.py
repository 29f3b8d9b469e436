"""Messages whose content comes with the call: scheduled, or sent at once."""

from __future__ import annotations

from datetime import datetime

from ..answers.base import Acknowledged
from ..answers.schedules import Scheduled, ScheduledBroadcasts, Sent
from ..requests.schedules import CreateSchedule, DeleteSchedule, SendMessage, UpdateSchedule
from ..retry import Repeat
from .base import Endpoints, moment


class Messages(Endpoints):
    """https://www.braze.com/docs/api/endpoints/messaging"""

    def create_schedule(self, request: CreateSchedule) -> Scheduled:
        """Book a message. Never repeated: Braze has no idempotency key, and a second booking is a second mail.

        Permission messages.schedule.create.
        """
        # https://www.braze.com/docs/api/endpoints/messaging/schedule_messages/post_schedule_messages
        return self._post("/messages/schedule/create", request, Scheduled, Repeat.HARMFUL)

    def update_schedule(self, request: UpdateSchedule) -> Acknowledged:
        """Give a booked message a new time or content. Best effort shortly before the send.

        Refused can mean that it went out already. OutcomeUnknown: refused, after an attempt of the same call got
        no answer. Permission messages.schedule.update.
        """
        # https://www.braze.com/docs/api/endpoints/messaging/schedule_messages/post_update_scheduled_messages
        return self._post("/messages/schedule/update", request, Acknowledged, Repeat.REFUSED)

    def delete_schedule(self, schedule_id: str) -> Acknowledged:
        """Cancel a booked message. Best effort shortly before the send.

        Refused can mean that it went out already, or that an earlier cancellation worked: decide from the
        clock and the numbers. OutcomeUnknown: refused, after an attempt of the same call got no answer.
        Permission messages.schedule.delete.
        """
        # https://www.braze.com/docs/api/endpoints/messaging/schedule_messages/post_delete_scheduled_messages
        request = DeleteSchedule(schedule_id=schedule_id)
        return self._post("/messages/schedule/delete", request, Acknowledged, Repeat.REFUSED)

    def send_message(self, request: SendMessage) -> Sent:
        """Send at once. Never repeated. Permission messages.send.

        A broadcast counts against 250 a minute, and 10 a minute of the same audience.
        """
        # https://www.braze.com/docs/api/endpoints/messaging/send_messages/post_send_messages
        return self._post("/messages/send", request, Sent, Repeat.HARMFUL)

    def scheduled_broadcasts(self, end_time: datetime) -> ScheduledBroadcasts:
        """Campaigns and Canvases made in the dashboard that go out before `end_time`; never API schedules.

        Permission messages.schedule_broadcasts.
        """
        # https://www.braze.com/docs/api/endpoints/messaging/schedule_messages/get_messages_scheduled
        return self._get(
            "/messages/scheduled_broadcasts", ScheduledBroadcasts, {"end_time": moment(end_time)}
        )
