"""What was found about a key, written down: verdicts with their beginning, and the turns that people are told of."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from workspace.checking import Finding, Report
from workspace.models import ConnectionEvent, PermissionVerdict, Workspace
from workspace.permissions import NEEDED_NAMES, SENDING

Verdict, Kind = PermissionVerdict.Verdict, ConnectionEvent.Kind


@transaction.atomic
def record(workspace: Workspace, report: Report, *, of_next_key: bool = False) -> None:
    """Write down a check. Each turn of the key in use becomes an event; a repeated finding does not."""
    now = timezone.now()
    _record_refusal(workspace, now if report.key_refused else None, of_next_key=of_next_key)
    if report.key_refused:
        return  # says nothing about single permissions: what was known of them stays
    known = {row.permission: row for row in PermissionVerdict.objects.filter(of_next_key=of_next_key)}
    for finding in report.findings:
        _record_finding(workspace, finding, known.get(finding.permission), now, of_next_key=of_next_key)


def _record_refusal(workspace: Workspace, refused_at: datetime | None, *, of_next_key: bool) -> None:
    column = "next_key_refused_since" if of_next_key else "key_refused_since"
    before = getattr(workspace, column)
    if bool(before) == bool(refused_at):
        return
    Workspace.objects.filter(pk=workspace.pk).update(**{column: refused_at})
    setattr(workspace, column, refused_at)
    if not of_next_key:
        happened(workspace, Kind.KEY_REFUSED if refused_at else Kind.KEY_ACCEPTED)


def _record_finding(
    workspace: Workspace,
    finding: Finding,
    before: PermissionVerdict | None,
    now: datetime,
    *,
    of_next_key: bool,
) -> None:
    """An unclear answer does not unsettle what an earlier one made clear; its words are kept beside it."""
    verdict = finding.verdict
    if before and verdict == Verdict.UNKNOWN:
        verdict = before.verdict
    turned = before is None or before.verdict != verdict
    PermissionVerdict.objects.update_or_create(
        of_next_key=of_next_key,
        permission=finding.permission,
        defaults={
            "workspace": workspace,
            "verdict": verdict,
            "since": now if before is None or turned else before.since,
            "checked_at": before.checked_at if before and finding.verdict == Verdict.UNKNOWN else now,
            "words": finding.words,
        },
    )
    if before and turned and not of_next_key and finding.permission in NEEDED_NAMES:
        _announce(workspace, finding.permission, before.verdict, verdict)


def _announce(workspace: Workspace, permission: str, before: str, verdict: str) -> None:
    if verdict == Verdict.MISSING:
        happened(workspace, Kind.PERMISSION_LOST, permission)
    elif before == Verdict.MISSING:
        happened(workspace, Kind.PERMISSION_BACK, permission)


def happened(workspace: Workspace, kind: str, permission: str = "") -> None:
    """Keep a turn until the admins are told, which connection.notices does."""
    ConnectionEvent.objects.create(workspace=workspace, kind=kind, permission=permission, at=timezone.now())


def forget(*, of_next_key: bool) -> None:
    """Another key begins with nothing known about it."""
    PermissionVerdict.objects.filter(of_next_key=of_next_key).delete()


def held(*, of_next_key: bool) -> set[str]:
    rows = PermissionVerdict.objects.filter(of_next_key=of_next_key, verdict=Verdict.HELD)
    return set(rows.values_list("permission", flat=True))


def can_send(*, of_next_key: bool) -> bool:
    return SENDING in held(of_next_key=of_next_key)
