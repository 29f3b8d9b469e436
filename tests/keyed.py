"""A key that may do only some things, and one that waits."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import pytest

from branding.models import Brand
from branding.scope import brand_scope
from braze_client.probes import PROBES
from tests.factories import API_KEY
from tests.sandboxed import Sandboxed, workspace
from workspace import checkup
from workspace.models import ConnectionEvent, PermissionVerdict, Workspace

NEXT_KEY = "0b9e8f1c-2d55-4a6e-8f0e-5f3c3a1d77ee"


@pytest.fixture(autouse=True)
def _own_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Allowances are counted in a server that other tests share: here every call is let through."""
    monkeypatch.setattr("workspace.services.Gate", lambda _pk: Open())


class Open:
    def before(self, _method: str, _path: str) -> None: ...

    def after(self, _call: object) -> None: ...


Grant = Callable[..., None]


@pytest.fixture
def grant(braze: Sandboxed) -> Grant:
    """`grant(API_KEY, lacking={"users.track"})`: Braze knows these keys, and no others."""
    known: dict[str, list[str]] = {}

    def grant(key: str = API_KEY, *, lacking: Collection[str] = (), only: Collection[str] = PROBES) -> None:
        known[key] = sorted(set(only) - set(lacking))
        keys = [
            {"name": f"key {n}", "key": k, "permissions": held} for n, (k, held) in enumerate(known.items())
        ]
        braze.sandbox.workspaces.define({**workspace("bluebird", "Leith", "Portobello"), "keys": keys})

    return grant


@pytest.fixture
def revoke(braze: Sandboxed) -> Callable[[], None]:
    """Braze knows no key of this workspace any more."""

    def revoke() -> None:
        braze.sandbox.workspaces.define({**workspace("bluebird", "Leith", "Portobello"), "keys": []})

    return revoke


@pytest.fixture
def look(bluebird: Brand) -> Callable[[], Workspace]:
    """A check, as the worker makes it; the connection as it is afterwards."""

    def look() -> Workspace:
        checkup.run(bluebird.pk)
        return connection(bluebird)

    return look


@pytest.fixture
def waiting_key(bluebird: Brand) -> Workspace:
    with brand_scope(bluebird.pk):
        row = Workspace.objects.get()
        row.set_next_api_key(NEXT_KEY, by="Erin")
        row.save()
    return row


def connection(brand: Brand) -> Workspace:
    with brand_scope(brand.pk):
        return Workspace.objects.get()


def verdicts(brand: Brand, *, of_next_key: bool = False) -> dict[str, str]:
    with brand_scope(brand.pk):
        rows = PermissionVerdict.objects.filter(of_next_key=of_next_key)
        return dict(rows.values_list("permission", "verdict"))


def events(brand: Brand) -> list[tuple[str, str]]:
    with brand_scope(brand.pk):
        return list(ConnectionEvent.objects.values_list("kind", "permission"))


def verdict(brand: Brand, permission: str, **values: Any) -> PermissionVerdict:
    with brand_scope(brand.pk):
        return PermissionVerdict.objects.get(permission=permission, **{"of_next_key": False, **values})
