"""Which window of Braze's a call counts in, and how large it is until the headers say otherwise.

https://www.braze.com/docs/api/api_limits
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

HOUR, MINUTE, DAY = 3600, 60, 24 * 3600


@dataclass(frozen=True)
class Bucket:
    """A window's name, Braze's default limit and its length."""

    name: str
    limit: int
    seconds: int


POOL: Final = Bucket("pool", 250_000, HOUR)
SEND_IDS: Final = Bucket("send_ids", 100, DAY)
EXPORT: Final = Bucket("export", 250, MINUTE)
TRACK: Final = Bucket("track", 3_000, 3)
BROADCAST: Final = Bucket("broadcast", 250, MINUTE)
ATTRIBUTES: Final = Bucket("attributes", 1_000, HOUR)
SUBSCRIPTIONS: Final = Bucket("subscriptions", 5_000, MINUTE)
CAMPAIGN_NUMBERS: Final = Bucket("campaign_numbers", 50_000, MINUTE)

#: The windows that people see.
SHOWN: Final = (POOL, SEND_IDS, EXPORT)

_BY_PATH: Final = {
    "/sends/id/create": SEND_IDS,
    "/users/export/ids": EXPORT,
    "/users/track": TRACK,
    "/messages/send": BROADCAST,
    "/custom_attributes": ATTRIBUTES,
    "/subscription/status/set": SUBSCRIPTIONS,
    "/v2/subscription/status/set": SUBSCRIPTIONS,
    "/campaigns/data_series": CAMPAIGN_NUMBERS,
}


def bucket_of(path: str) -> Bucket:
    """Everything that has no window of its own is in the hourly pool."""
    return _BY_PATH.get(path, POOL)
