"""The cast. Alice may send, Ben needs approval, Bob may look, Carol is of the next group, Dave of another brand.

Rows of a brand are seen inside `brand_scope` only: tests of services ask for the fixture `in_bluebird`, tests of pages
do without, as a browser does, and look at rows through `fresh`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any, TypeVar

import pytest
from django.db import models
from django.test import Client

from accounts.models import User
from branding.models import Brand
from branding.scope import across_brands, brand_scope
from campaigns.models import Campaign
from groups.models import Group
from tests import factories
from tests.factories import House

Row = TypeVar("Row", bound=models.Model)


# Brands and groups


@pytest.fixture
def house(db: None) -> House:
    """Bluebird Coffee: Scotland with Leith and Portobello, and an empty region to its south."""
    return factories.house(
        "bluebird", "Bluebird Coffee", region="Scotland", places=("Leith", "Portobello"), fence="store_id"
    )


@pytest.fixture
def other_house(db: None) -> House:
    return factories.house(
        "brightwater", "Brightwater Trust", region="North", places=("Tyne", "Wear"), fence="chapter_id"
    )


@pytest.fixture
def bluebird(house: House) -> Brand:
    return house.brand


@pytest.fixture
def brightwater(other_house: House) -> Brand:
    return other_house.brand


@pytest.fixture
def leith(house: House) -> Group:
    return house.places["Leith"]


@pytest.fixture
def portobello(house: House) -> Group:
    return house.places["Portobello"]


@pytest.fixture
def in_bluebird(bluebird: Brand) -> Iterator[None]:
    with brand_scope(bluebird.pk):
        yield


# People


@pytest.fixture
def hire(house: House) -> Callable[..., User]:
    """`hire("Alice", "group_manager", node, …)`: somebody of Bluebird in a built-in role."""

    def hire(name: str, role: str, *nodes: Group, **values: Any) -> User:
        with brand_scope(house.brand.pk):
            return factories.person(name, house.brand, house.roles[role], *nodes, **values)

    return hire


@pytest.fixture
def alice(hire: Callable[..., User], leith: Group) -> User:
    """Manager of Leith: may send."""
    return hire("Alice", "group_manager", leith)


@pytest.fixture
def ben(hire: Callable[..., User], leith: Group) -> User:
    """Composer of Leith: needs an approval."""
    return hire("Ben", "composer", leith)


@pytest.fixture
def bob(hire: Callable[..., User], leith: Group) -> User:
    """May look at Leith."""
    return hire("Bob", "viewer", leith)


@pytest.fixture
def rita(hire: Callable[..., User], leith: Group) -> User:
    """Reviewer of Leith: approves, composes nothing."""
    return hire("Rita", "reviewer", leith)


@pytest.fixture
def ron(hire: Callable[..., User], house: House) -> User:
    """Manager of the region that Leith lies in."""
    return hire("Ron", "region_manager", house.region)


@pytest.fixture
def mona(hire: Callable[..., User], house: House) -> User:
    """Marketer of the whole brand."""
    return hire("Mona", "brand_marketer", house.root)


@pytest.fixture
def erin(hire: Callable[..., User], house: House) -> User:
    """Brand admin."""
    return hire("Erin", "brand_admin", house.root)


@pytest.fixture
def carol(hire: Callable[..., User], portobello: Group) -> User:
    """Manager of the next group."""
    return hire("Carol", "group_manager", portobello)


@pytest.fixture
def dave(other_house: House) -> User:
    """Brand admin of another brand."""
    with brand_scope(other_house.brand.pk):
        return factories.person("Dave", other_house.brand, other_house.roles["brand_admin"], other_house.root)


@pytest.fixture
def olga(db: None) -> User:
    """Ops: of no brand."""
    return User.objects.create_superuser("olga@example.com", factories.PASSWORD, name="Olga")


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


# What they do


@pytest.fixture
def draft(house: House, alice: User) -> Campaign:
    """Alice's, for Leith, with nothing missing."""
    with brand_scope(house.brand.pk):
        return factories.draft_of(house, "Leith", alice)


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """A browser on the person's host, signed in; ops on Bluebird's, which is as good as any for Django admin."""

    def client_of(person: User) -> Client:
        if person.brand_id is None:
            client = Client(headers={"host": "bluebird.localhost"})
            with across_brands("test"):
                client.force_login(person, backend="accounts.backends.OpsBackend")
            return client
        with brand_scope(person.brand_id):
            assert person.brand is not None
            client = Client(headers={"host": f"{person.brand.slug}.localhost"})
            client.force_login(person, backend="accounts.backends.PersonBackend")
        return client

    return client_of


@pytest.fixture
def in_scope_of() -> Callable[[User, Callable[[], Any]], Any]:
    """`in_scope_of(alice, act)`: act, in her brand's scope."""

    def act(person: User, deed: Callable[[], Any]) -> Any:
        assert person.brand_id is not None
        with brand_scope(person.brand_id):
            return deed()

    return act


@pytest.fixture
def after_commit(
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[], AbstractContextManager[Any]]:
    """`with after_commit():` what commit would set off happens at the end, Celery tasks included, in this process."""
    from smartersends.celery import app

    monkeypatch.setattr(app.conf, "task_always_eager", True)
    return lambda: django_capture_on_commit_callbacks(execute=True)


def fresh(row: Row, *related: str) -> Row:
    """The row as it is now, with what it refers to where asked for."""
    with brand_scope(row.brand_id):  # type: ignore[attr-defined]
        return type(row)._default_manager.select_related(*related).get(pk=row.pk)
