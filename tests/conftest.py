"""The cast. Alice may send, Ben needs approval, Bob may look, Carol is of the next group, Dave of another brand.

Rows of a brand are seen inside `brand_scope` only: tests of services ask for the fixture `in_bluebird`, tests of pages
do without, as a browser does, and look at rows through `fresh`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest
from django.db import models
from django.test import Client

from accounts.models import User
from branding.models import Brand
from branding.scope import across_brands, brand_scope
from braze_client import Braze, Retry
from campaigns import services
from campaigns.models import Campaign
from delivery import lane
from delivery.models import Dispatch
from groups.models import Group
from tests import factories
from tests.factories import House
from tests.sandboxed import Inline, Sandboxed

Row = TypeVar("Row", bound=models.Model)


# Brands and groups


@pytest.fixture(scope="session", autouse=True)
def addresses_of_an_installation() -> None:
    """The portal's addresses are read before any test sets DEMO, whose own are in tests.accounts.demo_urls."""
    import smartersends.urls  # noqa: F401 - reading it is the effect


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
def celery_here() -> Iterator[None]:
    """Celery's tasks run where they are called."""
    from smartersends.celery import app

    app.conf.task_always_eager = app.conf.task_eager_propagates = True
    yield
    app.conf.task_always_eager = app.conf.task_eager_propagates = False


@pytest.fixture
def after_commit(
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]], celery_here: None
) -> Callable[[], AbstractContextManager[Any]]:
    """`with after_commit():` what commit would set off happens at the end, Celery's tasks included."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def braze(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Sandboxed]:
    """The sandbox behind the real client; nothing of ours is replaced but the wire."""
    wire = Sandboxed(tmp_path / "sandbox")
    settings.BRAZE_ALLOW_LOOPBACK = True
    monkeypatch.setattr("workspace.services._clients", {})
    monkeypatch.setattr("delivery.lane._callers", Inline)
    monkeypatch.setattr("workspace.services.Braze", partial(Braze, transport=wire, retry=Retry(pause=0)))
    yield wire
    wire.sandbox.close()


@pytest.fixture
def promise(house: House, alice: User) -> Callable[..., Dispatch]:
    """`promise(place, …)`: a scheduled campaign's dispatch, which nobody has been nudged about."""

    def promise(place: str = "Leith", **values: object) -> Dispatch:
        with brand_scope(house.brand.pk):
            by = alice if place == "Leith" else factories.person(
                f"Manager of {place}", house.brand, house.roles["brand_admin"], house.root
            )  # fmt: skip
            campaign = services.schedule(factories.draft_of(house, place, by, **values), by=by)
            assert campaign.dispatch is not None
            return campaign.dispatch

    return promise


@pytest.fixture
def dispatch(promise: Callable[..., Dispatch]) -> Dispatch:
    return promise()


@pytest.fixture
def campaign(dispatch: Dispatch) -> Campaign:
    with home(dispatch):
        found: Campaign = Campaign.objects.get(dispatch=dispatch)
    return found


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """`clock.move(minutes=20)`: for us, not for the sandbox."""
    moved = Clock()
    monkeypatch.setattr("django.utils.timezone.now", moved.now)
    return moved


class Clock:
    """The time of now, put forward."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def move(self, **by: float) -> None:
        self.ahead += timedelta(**by)


def home(row: models.Model) -> AbstractContextManager[None]:
    """The scope of the brand that the row belongs to."""
    brand_id = row.brand_id  # type: ignore[attr-defined]
    assert isinstance(brand_id, int)
    return brand_scope(brand_id)


def fresh(row: Row, *related: str) -> Row:
    """The row as it is now, with what it refers to where asked for."""
    with home(row):
        return type(row)._default_manager.select_related(*related).get(pk=row.pk)


def kept(dispatch: Dispatch) -> Dispatch:
    """One run of the hand-over, and what became of the row."""
    assert dispatch.brand_id is not None
    lane.work(dispatch.brand_id)
    return fresh(dispatch, "send_id", "message")
