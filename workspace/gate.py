"""What stands before and behind each read: a permit of the governor, and the headers' news for it."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from http import HTTPStatus

from django.utils import timezone

from braze_client import Call
from workspace import governor
from workspace.errors import HeldBack
from workspace.governor import GovernorAway, Purpose

logger = logging.getLogger("smartersends.braze")

#: How long to leave it when the governor's store does not answer.
AWAY = timedelta(seconds=15)
#: A 429 without a stated end.
UNSTATED = timedelta(minutes=1)


class Gate:
    """For one workspace. Sends have their permits from their lane; everything else asks here, a call at a time."""

    def __init__(self, workspace_id: int) -> None:
        self._workspace_id = workspace_id
        self._of_this_thread = threading.local()

    def before(self, _method: str, path: str) -> None:
        """Raises HeldBack, and the call is not made."""
        try:
            permit = governor.take(self._workspace_id, path, 1, Purpose.READ)
        except GovernorAway as error:
            raise HeldBack(timezone.now() + AWAY) from error
        if not permit.count:
            raise HeldBack(timezone.now() + timedelta(seconds=permit.wait))
        self._of_this_thread.window = permit.window

    def after(self, call: Call) -> None:
        """Tell the governor. When it is away, its window forgets this call until Braze's next headers."""
        try:
            governor.observe(
                self._workspace_id,
                call.path,
                self._of_this_thread.window,
                answered=1,
                allowance=call.allowance,
            )
            if call.status == HTTPStatus.TOO_MANY_REQUESTS:
                resets_in = call.allowance.resets_in
                wait = timedelta(seconds=resets_in) if resets_in else UNSTATED
                governor.close(self._workspace_id, call.path, timezone.now() + wait)
        except GovernorAway:
            logger.warning("the governor did not hear of %s", call)
