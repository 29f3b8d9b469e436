"""Sizes that Braze publishes for one call. https://www.braze.com/docs/api/api_limits"""

from __future__ import annotations

from typing import Final

MAX_TRACK_OBJECTS: Final = 75
"""Attributes, events and purchases of one call together."""
MAX_IDS: Final = 50
"""External ids and aliases of one call together."""
MAX_BODY_BYTES: Final = 4_000_000
MAX_SEND_ID_LENGTH: Final = 64
MAX_EXTERNAL_ID_BYTES: Final = 987
MAX_SERIES_DAYS: Final = 100
SEGMENTS_PER_PAGE: Final = 100
CAMPAIGNS_PER_PAGE: Final = 100
MAX_LISTED_EMAILS: Final = 500
MAX_USER_SUBSCRIPTIONS: Final = 100
MAX_LISTED_TEMPLATES: Final = 1000
MAX_APPLE_PUSH_BYTES: Final = 1_912
MAX_ANDROID_PUSH_BYTES: Final = 4_000
MAX_TIME_TO_LIVE: Final = 2_419_200
"""Seconds; 28 days."""
MAX_BLOCK_NAME: Final = 100
MAX_BLOCK_DESCRIPTION: Final = 250
MAX_BLOCK_BYTES: Final = 50 * 1024
