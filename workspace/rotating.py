"""Moves every stored secret under the newest of the installation's keys, a row at a time."""

from __future__ import annotations

from collections import Counter
from typing import Final

from branding.scope import across_brands, brand_scope
from workspace import secrets
from workspace.models import Workspace
from workspace.secrets import SecretUnreadable

#: Every column that keeps a secret.
SECRETS: Final = ("api_key_encrypted", "next_api_key_encrypted")


class Outcome:
    MOVED, NEWEST, UNREADABLE = "moved", "newest", "unreadable"


def owners() -> list[tuple[int, int]]:
    """(brand, workspace) that keep secrets."""
    with across_brands("rotate secrets"):
        return list(Workspace.objects.order_by("brand_id").values_list("brand_id", "pk"))


def rotate(brand_id: int, workspace_pk: int) -> Counter[str]:
    """One row in one transaction: killed in between, a row is whole under its old key or whole under the new one."""
    outcomes: Counter[str] = Counter()
    with brand_scope(brand_id):
        row = Workspace.objects.select_for_update().get(pk=workspace_pk)
        for column in SECRETS:
            token = bytes(getattr(row, column))
            if not token:
                continue
            outcome, token = _moved(token, row.owner)
            setattr(row, column, token)
            outcomes[outcome] += 1
        if outcomes[Outcome.MOVED]:
            row.save(update_fields=SECRETS)
    return outcomes


def _moved(token: bytes, owner: str) -> tuple[str, bytes]:
    try:
        text = secrets.decrypt(token, bound_to=owner)
    except SecretUnreadable:
        return Outcome.UNREADABLE, token
    if secrets.is_under_newest_key(token):
        return Outcome.NEWEST, token
    return Outcome.MOVED, secrets.encrypt(text, bound_to=owner)
