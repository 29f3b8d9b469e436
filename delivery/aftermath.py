"""What a handful of answers says about the workspace as a whole: its windows, its key, whether it can be reached."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from braze_client import Allowance, BrazeError, NotReached, RateLimited, Scheduled
from delivery import pace
from delivery.desk import Desk
from delivery.records import KEY_TROUBLE, Ended
from workspace import governor, services
from workspace.governor import GovernorAway
from workspace.models import Workspace

logger = logging.getLogger("smartersends.delivery")

#: How long to leave Braze alone when it cannot be reached.
UNREACHED = timedelta(seconds=10)
#: How long when its key was refused; a check that finds it well again ends the pause at once.
KEY_REFUSED = timedelta(minutes=2)


def learn(desk: Desk, ended: list[Ended]) -> bool:
    """Tell the governor, and pause the workspace where calling on is pointless. True: make no more calls now."""
    pace.count(desk.brand_id, sum(isinstance(each.result, Scheduled) for each in ended))
    errors = [each.result for each in ended if isinstance(each.result, BrazeError)]
    try:
        _observe(desk, ended)
        for error in errors:
            if isinstance(error, RateLimited):
                governor.close(desk.workspace.pk, error.call.path, error.until)
    except GovernorAway as away:
        logger.warning("the governor did not hear of %s answers: %s", len(ended), away)
    return _pause(desk, errors, len(ended)) or any(isinstance(each, RateLimited) for each in errors)


def _observe(desk: Desk, ended: list[Ended]) -> None:
    """All of them count in the one hourly pool; the lowest allowance is the newest news."""
    by_window: dict[int, list[Ended]] = defaultdict(list)
    for each in ended:
        by_window[each.job.window].append(each)
    for window, answers in by_window.items():
        governor.observe(
            desk.workspace.pk, answers[0].job.path, window, answered=len(answers), allowance=_newest(answers)
        )


def _newest(ended: Iterable[Ended]) -> Allowance | None:
    """Of the window that ends last, what is left of it at least."""
    said = [each.allowance for each in ended if each.allowance.remaining is not None]
    return min(said, key=lambda each: (-(each.resets_in or 0) // 60, each.remaining or 0), default=None)


def _pause(desk: Desk, errors: list[BrazeError], calls: int) -> bool:
    """A workspace nobody can reach, or whose key is refused, is left alone for a while."""
    for error in errors:
        if isinstance(error, KEY_TROUBLE):
            with desk.scope():
                key_trouble(desk, error)
            return True
    if errors and len(errors) == calls and all(isinstance(each, NotReached) for each in errors):
        with desk.scope():
            _leave_alone(desk, UNREACHED, _("Braze cannot be reached; trying again."))
        return True
    return False


def key_trouble(desk: Desk, error: BrazeError) -> None:
    """In the brand's scope: no more calls with this key for a while, and the connection is to be checked."""
    because = _("Braze refused this brand's key. An administrator has to check the Braze connection.")
    _leave_alone(desk, KEY_REFUSED, because)
    services.key_refused(desk.workspace, error)


def _leave_alone(desk: Desk, how_long: timedelta, because: str) -> None:
    """Unless the key that had the trouble is replaced already."""
    rows = Workspace.objects.filter(
        pk=desk.workspace.pk, api_key_encrypted=bytes(desk.workspace.api_key_encrypted)
    )
    rows.update(paused_until=timezone.now() + how_long, paused_because=because)
