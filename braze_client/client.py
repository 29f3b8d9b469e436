"""The Braze REST API as far as ten permissions open it: one method an endpoint."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from types import TracebackType
from typing import Literal, Self

import httpx2
from pydantic import SecretStr

from ._caller import Ask, BeforeCall, Caller, OnCall
from ._http import Http, Timeouts, origin_of
from ._key import Key
from .answers.base import Acknowledged
from .answers.schedules import Scheduled, SendId
from .answers.segments import Segment, SegmentDetails, SegmentPage, SegmentSeries
from .answers.sends import SendSeries
from .answers.users import ExportedUsers, Tracked
from .errors import InvalidRequest
from .limits import MAX_SERIES_DAYS, SEGMENTS_PER_PAGE
from .requests.base import utc_text
from .requests.schedules import CreateSchedule, CreateSendId, DeleteSchedule, UpdateSchedule
from .requests.users import ExportUsers, TrackUsers
from .retry import Repeat, Retry

SortDirection = Literal["asc", "desc"]


class Braze:
    """One workspace of Braze, reached at its instance's REST endpoint with one of its keys.

    Keeps a pool of connections and may be shared by threads: make one for a key and keep it. Every method
    raises a BrazeError (see `braze_client.errors`) or returns an answer whose `call` says how it went.
    `before_call` gets method and path of each HTTP call before anything is on the wire, repeats too; what it
    raises reaches the caller unchanged, so a limit shared with others belongs there. `on_call` gets each HTTP
    call once it is over, failed ones too; what it raises is logged and goes no further.
    """

    def __init__(
        self,
        endpoint: str,
        api_key: str | SecretStr,
        *,
        transport: httpx2.BaseTransport | None = None,
        timeouts: Timeouts = Timeouts(),  # noqa: B008 - frozen
        retry: Retry = Retry(),  # noqa: B008 - frozen
        before_call: BeforeCall | None = None,
        on_call: OnCall | None = None,
        max_connections: int = 100,
    ) -> None:
        """`endpoint` as URL or host; http only to this machine. InvalidRequest if it or the key cannot be one.

        `max_connections` is how many calls can be under way at once; more wait for `timeouts.pool` seconds.
        """
        key = Key(api_key)
        self.endpoint = origin_of(endpoint)
        self._http = Http(
            self.endpoint, key, transport=transport, timeouts=timeouts, max_connections=max_connections
        )
        self._caller = Caller(self._http, key, retry, before_call, on_call)

    def __repr__(self) -> str:
        return f"Braze({self.endpoint!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back. The client cannot be used afterwards."""
        self._http.close()

    # Users

    def track_users(self, request: TrackUsers) -> Tracked:
        """Write profiles, events and purchases; look at `partial` and `row_errors` of the answer.

        Repeats by itself only where all values are absolute. A call in which nothing was valid is Refused,
        with the rows in `rows`. Permission users.track.
        """
        # https://www.braze.com/docs/api/endpoints/user_data/post_user_track
        ask = Ask("POST", "/users/track", request.repeat, body=request.to_json())
        return self._caller.answer(ask, Tracked)

    def export_users(self, request: ExportUsers) -> ExportedUsers:
        """Read profiles. Permission users.export.ids; 250 a minute."""
        # https://www.braze.com/docs/api/endpoints/export/user_data/post_users_identifier
        ask = Ask("POST", "/users/export/ids", Repeat.HARMLESS, body=request.to_json())
        return self._caller.answer(ask, ExportedUsers)

    # Schedules

    def create_schedule(self, request: CreateSchedule) -> Scheduled:
        """Book a message. Never repeated: Braze has no idempotency key, and a second booking is a second mail.

        Permission messages.schedule.create.
        """
        # https://www.braze.com/docs/api/endpoints/messaging/schedule_messages/post_schedule_messages
        ask = Ask("POST", "/messages/schedule/create", Repeat.HARMFUL, body=request.to_json())
        return self._caller.answer(ask, Scheduled)

    def update_schedule(self, request: UpdateSchedule) -> Acknowledged:
        """Give a booked message a new time or content. Best effort shortly before the send.

        Permission messages.schedule.update.
        """
        # https://www.braze.com/docs/api/endpoints/messaging/schedule_messages/post_update_scheduled_messages
        ask = Ask("POST", "/messages/schedule/update", Repeat.HARMLESS, body=request.to_json())
        return self._caller.answer(ask, Acknowledged)

    def delete_schedule(self, schedule_id: str) -> Acknowledged:
        """Cancel a booked message. Best effort shortly before the send.

        Refused can mean that it went out already, or that an earlier cancellation worked: decide from the
        clock and the numbers. OutcomeUnknown: refused, after an attempt of the same call got no answer.
        Permission messages.schedule.delete.
        """
        # https://www.braze.com/docs/api/endpoints/messaging/schedule_messages/post_delete_scheduled_messages
        body = DeleteSchedule(schedule_id=schedule_id).to_json()
        return self._caller.answer(
            Ask("POST", "/messages/schedule/delete", Repeat.REFUSED, body=body), Acknowledged
        )

    # Sends

    def create_send_id(self, campaign_id: str, send_id: str | None = None) -> SendId:
        """Make a label under which Braze counts a mailing: ASCII, at most 64 characters, 100 new ones a day.

        Not repeated by itself: what Braze does with a pair that exists is not published, and an unknown
        outcome may have used up one of the day's. Permission sends.id.create.
        """
        # https://www.braze.com/docs/api/endpoints/messaging/send_messages/post_create_send_ids
        body = CreateSendId(campaign_id=campaign_id, send_id=send_id).to_json()
        return self._caller.answer(Ask("POST", "/sends/id/create", Repeat.HARMFUL, body=body), SendId)

    def send_series(
        self, campaign_id: str, send_id: str, *, length: int = 14, ending_at: datetime | None = None
    ) -> SendSeries:
        """The numbers of a send for `length` days (1 to 100) back from `ending_at` (now).

        Braze keeps them for 14 days after the send. Permission sends.data_series.
        """
        # https://www.braze.com/docs/api/endpoints/export/campaigns/get_send_analytics
        params = {"campaign_id": _id(campaign_id), "send_id": _id(send_id), **_period(length, ending_at)}
        return self._caller.answer(Ask("GET", "/sends/data_series", Repeat.HARMLESS, params), SendSeries)

    # Segments

    def list_segments(self, page: int = 0, *, sort_direction: SortDirection = "asc") -> SegmentPage:
        """A page of up to 100 segments, by creation time, from page 0. Permission segments.list."""
        # https://www.braze.com/docs/api/endpoints/export/segments/get_segment
        if page < 0:
            raise InvalidRequest("Pages are counted from 0.")
        params = {"page": str(page), "sort_direction": sort_direction}
        return self._caller.answer(Ask("GET", "/segments/list", Repeat.HARMLESS, params), SegmentPage)

    def iter_segments(self, *, sort_direction: SortDirection = "asc") -> Iterator[Segment]:
        """All segments, a call for each 100."""
        page = 0
        while True:
            segments = self.list_segments(page, sort_direction=sort_direction).segments
            yield from segments
            if len(segments) < SEGMENTS_PER_PAGE:
                return
            page += 1

    def segment_details(self, segment_id: str) -> SegmentDetails:
        """Name and description of a segment. Permission segments.details."""
        # https://www.braze.com/docs/api/endpoints/export/segments/get_segment_details
        ask = Ask("GET", "/segments/details", Repeat.HARMLESS, {"segment_id": _id(segment_id)})
        return self._caller.answer(ask, SegmentDetails)

    def segment_series(
        self, segment_id: str, *, length: int = 1, ending_at: datetime | None = None
    ) -> SegmentSeries:
        """Estimated sizes of a segment for `length` days (1 to 100) back from `ending_at` (now).

        Permission segments.data_series.
        """
        # https://www.braze.com/docs/api/endpoints/export/segments/get_segment_analytics
        params = {"segment_id": _id(segment_id), **_period(length, ending_at)}
        return self._caller.answer(
            Ask("GET", "/segments/data_series", Repeat.HARMLESS, params), SegmentSeries
        )


def _id(value: str) -> str:
    if not value:
        raise InvalidRequest("An id is missing: Braze needs the campaign's, send's or segment's id.")
    return value


def _period(length: int, ending_at: datetime | None) -> dict[str, str]:
    if not 1 <= length <= MAX_SERIES_DAYS:
        raise InvalidRequest(f"Braze gives numbers for 1 to {MAX_SERIES_DAYS} days, not for {length}.")
    if ending_at is None:
        return {"length": str(length)}
    if ending_at.utcoffset() is None:
        raise InvalidRequest("The end of the period must have a zone, for instance UTC.")
    return {"length": str(length), "ending_at": utc_text(ending_at)}
