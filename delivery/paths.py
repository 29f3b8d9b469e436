"""The Braze endpoints that delivery calls; attempts are written under them."""

from __future__ import annotations

from typing import Final

CREATE: Final = "/messages/schedule/create"
UPDATE: Final = "/messages/schedule/update"
DELETE: Final = "/messages/schedule/delete"
SEND_ID: Final = "/sends/id/create"
