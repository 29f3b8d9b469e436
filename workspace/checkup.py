"""One look at a brand's keys: claim, ask Braze without a transaction open, write down what was found."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from functools import partial

from django.db.models import Q
from django.utils import timezone

from branding.scope import brand_scope
from workspace import keys, questions, verdicts
from workspace.checking import Report, Unreachable, check
from workspace.errors import NotConnected
from workspace.models import PermissionVerdict, Workspace
from workspace.secrets import SecretUnreadable
from workspace.services import braze_for, braze_with_next_key

#: Longer than all probes of both keys can take, so that a run that died is not waited for.
LEASE = timedelta(minutes=20)
EVERY = timedelta(hours=24)
#: Whether a refused /sends/id/create counts among the day's hundred is not published.
#: https://www.braze.com/docs/api/endpoints/messaging/send_messages/post_create_send_ids
RARELY = "sends.id.create"
AT_ONCE = 200


def due() -> list[int]:
    """Brands with a check promised, or none for a day. Asked across brands."""
    now = timezone.now()
    waiting = Q(check_wanted_at__isnull=False) | Q(checked_at__lt=now - EVERY) | Q(checked_at__isnull=True)
    rows = Workspace.objects.exclude(api_key_encrypted=b"").filter(_free(), waiting)
    return list(rows.values_list("brand_id", flat=True)[:AT_ONCE])


def run(brand_id: int) -> bool:
    """Check the brand's keys. Safe to run twice and at once. True when another check was asked for meanwhile."""
    with brand_scope(brand_id):
        workspace = _claim()
    if workspace is None:
        return False
    trouble = ""
    try:
        _check_key(brand_id, workspace, of_next_key=False)
        if workspace.has_next_key:
            _check_key(brand_id, workspace, of_next_key=True)
    except (NotConnected, Unreachable) as error:
        trouble = str(error)
    with brand_scope(brand_id):
        keys.promote_if_refused(workspace)
        return _settle(workspace, trouble)


def _free() -> Q:
    return Q(check_begun_at__isnull=True) | Q(check_begun_at__lt=timezone.now() - LEASE)


def _claim() -> Workspace | None:
    rows = Workspace.objects.filter(_free()).exclude(api_key_encrypted=b"")
    return Workspace.objects.get() if rows.update(check_begun_at=timezone.now(), check_step=0) else None


def _settle(workspace: Workspace, trouble: str) -> bool:
    rows = Workspace.objects.filter(pk=workspace.pk)
    rows.update(checked_at=timezone.now(), check_begun_at=None, check_trouble=trouble[:500])
    if workspace.check_wanted_at is not None:
        rows.filter(check_wanted_at=workspace.check_wanted_at).update(check_wanted_at=None)
    return rows.filter(check_wanted_at__isnull=False).exists()


def _check_key(brand_id: int, workspace: Workspace, *, of_next_key: bool) -> None:
    with brand_scope(brand_id):
        skip = _asked_today(of_next_key=of_next_key)
        missing_is_403 = questions.answer_of(workspace, "missing_permission") == "403"
        braze = braze_with_next_key(workspace) if of_next_key else braze_for(workspace)
    try:
        report = check(
            braze,
            campaign_id=workspace.campaign_id,
            skip=skip,
            missing_is_403=missing_is_403,
            on_step=partial(_step, brand_id, workspace.pk),
        )
    finally:
        if of_next_key:
            braze.close()
    with brand_scope(brand_id):
        if not _replaced(workspace, of_next_key=of_next_key):
            report = report.without(_keys(workspace))
            verdicts.record(workspace, report, of_next_key=of_next_key)
            if not of_next_key and not report.key_refused:
                _accepted(workspace, report)


def _keys(workspace: Workspace) -> list[str]:
    """Those of the two that open."""
    found: list[str] = []
    for has_one, key in (
        (workspace.has_key, workspace.api_key),
        (workspace.has_next_key, workspace.next_api_key),
    ):
        with suppress(SecretUnreadable):
            found += [key()] if has_one else []
    return found


def _accepted(workspace: Workspace, report: Report) -> None:
    rows = Workspace.objects.filter(pk=workspace.pk)
    rows.update(campaign_seen=report.campaign)
    if verdicts.can_send(of_next_key=False):
        # Whatever made delivery leave the workspace alone is over: Braze is there, and lets the key in.
        rows.update(paused_until=None, paused_because="")


def _asked_today(*, of_next_key: bool) -> set[str]:
    rows = PermissionVerdict.objects.filter(permission=RARELY, of_next_key=of_next_key)
    clear = rows.exclude(verdict=PermissionVerdict.Verdict.UNKNOWN)
    return {RARELY} if clear.filter(checked_at__gt=timezone.now() - EVERY).exists() else set()


def _step(brand_id: int, workspace_pk: int, done: int) -> None:
    with brand_scope(brand_id):
        Workspace.objects.filter(pk=workspace_pk).update(check_step=done)


def _replaced(workspace: Workspace, *, of_next_key: bool) -> bool:
    """Somebody put another key, or another endpoint, in place of what was asked about."""
    now = Workspace.objects.select_for_update().get(pk=workspace.pk)
    column = "next_api_key_encrypted" if of_next_key else "api_key_encrypted"
    same_key = bytes(getattr(now, column)) == bytes(getattr(workspace, column))
    return not same_key or now.endpoint != workspace.endpoint
