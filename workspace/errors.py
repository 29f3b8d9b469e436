from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _


class NotConnected(Exception):
    """The brand's Braze connection is incomplete; the text says what to set."""


class HeldBack(Exception):
    """The call was not made: what Braze allows is used up, or kept for sends. Ask again at `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(
            _("Braze's allowance is used up until %(time)s UTC.") % {"time": f"{until:%H:%M:%S}"}
        )
        self.until = until
