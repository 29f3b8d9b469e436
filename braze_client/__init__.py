"""A typed client of the Braze REST API: messages booked at most once, errors that say what to do next.

from braze_client import Braze, UserAttributes, TrackUsers

with Braze("https://rest.fra-01.braze.eu", key) as braze:
    tracked = braze.track_users(TrackUsers(attributes=[UserAttributes(external_id="u-1", first_name="Ada")]))
"""

from __future__ import annotations

from . import audience, errors, limits
from ._http import Timeouts
from .answers.base import Acknowledged, Answer
from .answers.schedules import Scheduled, SendId
from .answers.segments import Segment, SegmentDetails, SegmentPage, SegmentSeries, SegmentSize
from .answers.sends import SendDay, SendSeries, VariationNumbers
from .answers.users import ExportedUsers, Profile, Tracked
from .audience import Audience
from .calls import Allowance, Call
from .client import Braze
from .errors import (
    AccessDenied,
    BrazeError,
    InvalidRequest,
    KeyRejected,
    NotReached,
    OutcomeUnknown,
    RateLimited,
    Refused,
    RowError,
    Unavailable,
)
from .instances import ENDPOINTS
from .requests.email import Attachment, EmailMessage
from .requests.messages import Messages
from .requests.schedules import CreateSchedule, Schedule, UpdateSchedule
from .requests.users import (
    Event,
    ExportUsers,
    Purchase,
    SubscriptionGroup,
    TrackUsers,
    UserAlias,
    UserAttributes,
)
from .retry import Repeat, Retry

__all__ = [
    "ENDPOINTS",
    "AccessDenied",
    "Acknowledged",
    "Allowance",
    "Answer",
    "Attachment",
    "Audience",
    "Braze",
    "BrazeError",
    "Call",
    "CreateSchedule",
    "EmailMessage",
    "Event",
    "ExportUsers",
    "ExportedUsers",
    "InvalidRequest",
    "KeyRejected",
    "Messages",
    "NotReached",
    "OutcomeUnknown",
    "Profile",
    "Purchase",
    "RateLimited",
    "Refused",
    "Repeat",
    "Retry",
    "RowError",
    "Schedule",
    "Scheduled",
    "Segment",
    "SegmentDetails",
    "SegmentPage",
    "SegmentSeries",
    "SegmentSize",
    "SendDay",
    "SendId",
    "SendSeries",
    "SubscriptionGroup",
    "Timeouts",
    "TrackUsers",
    "Tracked",
    "Unavailable",
    "UpdateSchedule",
    "UserAlias",
    "UserAttributes",
    "VariationNumbers",
    "audience",
    "errors",
    "limits",
]
