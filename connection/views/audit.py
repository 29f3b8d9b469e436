"""Who changed what: the brand's audit trail."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import AuditEntry
from accounts.permissions import Permission
from connection.views.pages import ROWS, part, searched, table
from groups.http import PortalRequest, number, requires
from groups.models import Group

looking = requires(Permission.VIEW_AUDIT_LOG)
#: As many entries as one download holds; the filters lead to older ones.
MOST = 20_000


@require_safe
@looking
def audit(request: PortalRequest) -> HttpResponse:
    """Newest first, read in pages by id: no count, and no page is slower than the first."""
    chosen, before = _chosen(request), number(request.GET.get("before"))
    rows = _filtered(chosen)
    entries = list((rows if before is None else rows.filter(pk__lt=before))[: ROWS + 1])
    root = Group.objects.filter(parent=None).first()
    context = {
        "entries": entries[:ROWS],
        "older_than": entries[ROWS - 1].pk if len(entries) > ROWS else None,
        "actions": AuditEntry.Action.choices,
        "zone": root.zone if root else None,
        "chosen": chosen,
    }
    return part(request, "connection/audit.html", "rows", context)


def _chosen(request: PortalRequest) -> dict[str, str]:
    action = request.GET.get("action", "")
    return {"action": action if action in AuditEntry.Action.values else "", "q": searched(request)}


def _filtered(chosen: dict[str, str]) -> QuerySet[AuditEntry]:
    rows: QuerySet[Any] = AuditEntry.objects.order_by("-pk")
    if chosen["action"]:
        rows = rows.filter(action=chosen["action"])
    if q := chosen["q"]:
        rows = rows.filter(Q(actor__icontains=q) | Q(target__icontains=q) | Q(note__icontains=q))
    return rows


@require_safe
@looking
def download(request: PortalRequest) -> HttpResponse:
    """What the filters show, as a table; times are UTC."""
    headings = (_("Time (UTC)"), _("Who"), _("What"), _("Where"), _("Note"))
    rows = [
        (f"{each.at:%Y-%m-%d %H:%M:%S}", each.actor, each.get_action_display(), each.target, each.note)
        for each in _filtered(_chosen(request))[:MOST]
    ]
    return table("audit", [headings, *rows])
