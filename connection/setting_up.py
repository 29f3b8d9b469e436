"""What a brand admin does to the Braze connection: one verb a function, each audited, none with a secret in its words."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.audit import Action
from accounts.models import User
from connection import checklist
from workspace import keys, verdicts
from workspace.models import Workspace
from workspace.tasks import check

#: What a form may set, with the name of it in the audit.
DETAILS: Final = {
    "endpoint": "REST endpoint",
    "app_id": "App ID",
    "campaign_id": "Campaign ID",
    "default_variation_id": "default variation ID",
    "default_variation_name": "default variation name",
    "fence_attribute": "fence attribute",
    "sending_domain": "sending domain",
}


class ConnectionProblem(Exception):
    """Words fit to show."""


@transaction.atomic
def save(details: dict[str, str], *, new_key: str, by: User) -> Workspace:
    """Keep the connection and have it checked. A key set for another endpoint does not survive the endpoint's change."""
    workspace = Workspace.objects.select_for_update().first() or Workspace()
    changed = {name: details[name] for name in DETAILS if details[name] != getattr(workspace, name)}
    before = {name: getattr(workspace, name) for name in changed}
    for name, value in changed.items():
        setattr(workspace, name, value)
    if "endpoint" in changed:
        _drop_keys(workspace)
    if new_key:
        _set_key(workspace, new_key, by)
    workspace.confirmed = checklist.still_true(workspace.confirmed, changed)
    workspace.save()
    if changed:
        note = "; ".join(
            f"{DETAILS[name]}: {before[name] or '–'} → {changed[name] or '–'}" for name in changed
        )
        audit.record(Action.CONNECTION_CHANGED, by=by, target=workspace.endpoint, note=note)
    have_checked(workspace)
    return workspace


def _drop_keys(workspace: Workspace) -> None:
    workspace.api_key_encrypted = b""
    workspace.drop_next_api_key()
    verdicts.forget(of_next_key=False)
    verdicts.forget(of_next_key=True)


def _set_key(workspace: Workspace, key: str, by: User) -> None:
    workspace.set_api_key(key, by=str(by))
    workspace.paused_until, workspace.paused_because = None, ""
    verdicts.forget(of_next_key=False)
    audit.record(Action.KEY_SET, by=by, target=workspace.endpoint, note="in use")


def have_checked(workspace: Workspace) -> None:
    """Promise a check and nudge a worker; the sweep finds it anyway."""
    keys.want_check(workspace)
    check.delay_on_commit(workspace.brand_id)  # type: ignore[attr-defined]  # celery.Nudge


@transaction.atomic
def add_next_key(key: str, *, by: User) -> None:
    """Keep a second key and have it checked beside the one in use. Raises ConnectionProblem."""
    workspace = _connection()
    workspace.set_next_api_key(key, by=str(by))
    workspace.save(update_fields=keys.KEYS)
    verdicts.forget(of_next_key=True)
    audit.record(Action.KEY_SET, by=by, target=workspace.endpoint, note="waiting")
    have_checked(workspace)


@transaction.atomic
def promote_next_key(*, by: User) -> None:
    workspace = _connection()
    if not workspace.has_next_key:
        raise ConnectionProblem(_("No key is waiting: somebody has put it to use or removed it already."))
    if workspace.next_key_refused_since:
        raise ConnectionProblem(_("Braze refuses the waiting key. Remove it and add a good one."))
    keys.promote(workspace)
    audit.record(Action.KEY_PROMOTED, by=by, target=workspace.endpoint)
    have_checked(workspace)


@transaction.atomic
def remove_next_key(*, by: User) -> None:
    """Removing what is gone already is no error: the wish is fulfilled."""
    workspace = _connection()
    if not workspace.has_next_key:
        return
    workspace.drop_next_api_key()
    workspace.save(update_fields=keys.KEYS)
    verdicts.forget(of_next_key=True)
    audit.record(Action.KEY_REMOVED, by=by, target=workspace.endpoint, note="waiting")


@transaction.atomic
def confirm(item: str, *, is_true: bool, by: User) -> None:
    """Tick, or take back, what only a person can see in Braze. Raises KeyError for what cannot be ticked."""
    words = checklist.BY_HAND[item]
    workspace = _connection()
    confirmed: dict[str, Any] = dict(workspace.confirmed)
    if is_true:
        confirmed[item] = {"by": str(by), "at": timezone.now().isoformat()}
    else:
        confirmed.pop(item, None)
    workspace.confirmed = confirmed
    workspace.save(update_fields=["confirmed"])
    note = "confirmed" if is_true else "taken back"
    audit.record(Action.CONNECTION_CHANGED, by=by, target=str(words)[:200], note=note)


def _connection() -> Workspace:
    workspace = Workspace.objects.select_for_update().first()
    if workspace is None:
        raise ConnectionProblem(_("Save the connection first."))
    return workspace
