"""The trace of what people change in a brand: written with the change, in its transaction, and never again."""

from __future__ import annotations

from accounts.models import AuditEntry, User

Action = AuditEntry.Action


def record(action: Action, *, by: User | None, target: str = "", note: str = "") -> None:
    """Write an entry for the brand in scope. `by` is None where the portal itself acted. No secrets in the texts."""
    actor = f"{by.name} <{by.email}>" if by and by.name else by.email if by else "SmarterSends"
    AuditEntry.objects.create(
        action=action,
        actor=actor[:320],
        actor_id=by.pk if by else None,
        target=target[:200],
        note=note[:1000],
    )
