"""The key in use and the one that waits: putting the second to use, by hand or when Braze refuses the first."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from braze_client import AccessDenied, BrazeError
from workspace import verdicts
from workspace.models import ConnectionEvent, PermissionVerdict, Workspace

#: Refusals come by the hundred; one look a minute is enough.
BETWEEN_CHECKS = timedelta(minutes=1)
#: The columns that belong to the two keys, and what a refusal left behind.
KEYS: Final = (
    "api_key_encrypted", "api_key_set_at", "api_key_set_by", "key_refused_since",
    "next_api_key_encrypted", "next_api_key_set_at", "next_api_key_set_by", "next_key_refused_since",
    "paused_until", "paused_because",
)  # fmt: skip


def promote(workspace: Workspace) -> None:
    """Put the waiting key to use, with what is known of it. The old one is gone afterwards."""
    with transaction.atomic():
        workspace.api_key_encrypted = workspace.next_api_key_encrypted
        workspace.api_key_set_at = workspace.next_api_key_set_at
        workspace.api_key_set_by = workspace.next_api_key_set_by
        workspace.key_refused_since = workspace.next_key_refused_since
        workspace.drop_next_api_key()
        workspace.paused_until, workspace.paused_because = None, ""
        workspace.save(update_fields=KEYS)
        verdicts.forget(of_next_key=False)
        PermissionVerdict.objects.filter(of_next_key=True).update(of_next_key=False)


def key_refused(workspace: Workspace, error: BrazeError | None = None) -> None:
    """Call it, in the brand's scope, for a 401 or 403: asks for a check, and puts a waiting key to use at once.

    At once only where nothing is lost by it: a 401 may also mean that the key in use lacks this one permission. The
    check that follows knows, and then promotes a waiting key that can send, whatever else it lacks.
    """
    with transaction.atomic():
        now = Workspace.objects.select_for_update().get(pk=workspace.pk)
        if bytes(now.api_key_encrypted) != bytes(workspace.api_key_encrypted):
            return  # it was another key that was refused, and it is replaced already
        if not isinstance(error, AccessDenied) and _loses_nothing(now):
            promote_by_itself(now)
        want_check(now, unless_since=BETWEEN_CHECKS)


def promote_if_refused(workspace: Workspace) -> bool:
    """After a check of both keys: the one in use is refused, and the waiting one can send."""
    with transaction.atomic():
        now = Workspace.objects.select_for_update().get(pk=workspace.pk)
        if not now.key_refused_since or not _can_take_over(now):
            return False
        promote_by_itself(now)
        return True


def promote_by_itself(workspace: Workspace) -> None:
    promote(workspace)
    verdicts.happened(workspace, ConnectionEvent.Kind.KEY_PROMOTED)


def _can_take_over(workspace: Workspace) -> bool:
    return (
        workspace.has_next_key
        and not workspace.next_key_refused_since
        and verdicts.can_send(of_next_key=True)
    )


def _loses_nothing(workspace: Workspace) -> bool:
    return _can_take_over(workspace) and verdicts.held(of_next_key=False) <= verdicts.held(of_next_key=True)


def want_check(workspace: Workspace, *, unless_since: timedelta | None = None) -> bool:
    """Promise a check. With `unless_since` only if none is promised already, or was made so short a time ago."""
    now = timezone.now()
    rows = Workspace.objects.filter(pk=workspace.pk)
    if unless_since is not None:
        quiet = Q(checked_at__isnull=True) | Q(checked_at__lt=now - unless_since)
        rows = rows.filter(quiet, check_wanted_at__isnull=True)
    return bool(rows.update(check_wanted_at=now))
