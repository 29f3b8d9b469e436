"""Campaigns whose content lives in Braze, set off by API."""

from __future__ import annotations

from ..answers.base import Acknowledged
from ..answers.schedules import Scheduled, Sent, TransactionalSent
from ..requests.triggers import (
    DeleteTriggerSchedule,
    ScheduleTrigger,
    SendTransactional,
    TriggerCampaign,
    UpdateTriggerSchedule,
)
from ..retry import Repeat
from .base import Endpoints, in_path


class Triggers(Endpoints):
    """https://www.braze.com/docs/api/endpoints/messaging"""

    def trigger_campaign(self, request: TriggerCampaign) -> Sent:
        """Send an API-triggered campaign now. Never repeated. Permission campaigns.trigger.send."""
        # https://www.braze.com/docs/api/endpoints/messaging/send_messages/post_send_triggered_campaigns
        return self._post("/campaigns/trigger/send", request, Sent, Repeat.HARMFUL)

    def create_trigger_schedule(self, request: ScheduleTrigger) -> Scheduled:
        """Book an API-triggered campaign. Never repeated. Permission campaigns.trigger.schedule.create."""
        # https://www.braze.com/docs/api/endpoints/messaging/schedule_messages/post_schedule_triggered_campaigns
        return self._post("/campaigns/trigger/schedule/create", request, Scheduled, Repeat.HARMFUL)

    def update_trigger_schedule(self, request: UpdateTriggerSchedule) -> Acknowledged:
        """Give a booked campaign a new time. Permission campaigns.trigger.schedule.update."""
        # https://www.braze.com/docs/api/endpoints/messaging/schedule_messages/post_update_scheduled_triggered_campaigns
        return self._post("/campaigns/trigger/schedule/update", request, Acknowledged, Repeat.REFUSED)

    def delete_trigger_schedule(self, campaign_id: str, schedule_id: str) -> Acknowledged:
        """Cancel a booked campaign; see `delete_schedule`. Permission campaigns.trigger.schedule.delete."""
        # https://www.braze.com/docs/api/endpoints/messaging/schedule_messages/post_delete_scheduled_triggered_campaigns
        request = DeleteTriggerSchedule(campaign_id=campaign_id, schedule_id=schedule_id)
        return self._post("/campaigns/trigger/schedule/delete", request, Acknowledged, Repeat.REFUSED)

    def send_transactional(self, campaign_id: str, request: SendTransactional) -> TransactionalSent:
        """Send a transactional mail to one person. Permission transactional.send, on special contracts.

        Repeated only with an `external_send_id`, by which Braze drops doubles for 24 hours.
        """
        # https://www.braze.com/docs/api/endpoints/messaging/send_messages/post_send_transactional_message
        return self._post(
            "/transactional/v1/campaigns/{campaign_id}/send",
            request,
            TransactionalSent,
            request.repeat,
            places={"campaign_id": in_path(campaign_id)},
        )
