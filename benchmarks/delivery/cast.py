"""Brands with thousands of groups, and what is promised for them. Imported once Django is set up."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from statistics import median
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from accounts.models import User
from branding.models import Brand
from branding.scope import brand_scope
from campaigns.content import seal
from campaigns.models import Campaign
from delivery import services
from delivery.message import Sealed
from delivery.models import Attempt, Dispatch, SealedMessage, SendId, Stop
from delivery.nudges import give
from groups.models import Group
from library import engine
from library.installing import install_starter
from library.models import Template
from smartersends.seed import brands, connection, network, stable
from smartersends.seed.sandbox import Sandbox
from workspace.models import Workspace

Priority = Dispatch.Priority
LATER = timedelta(days=20)
_CHUNK = 500
#: So many mails are truly rendered; the other groups get one of these to their own customers.
_RENDERED = 100


@dataclass
class House:
    """A brand, its groups in order, and the sealed mail of each."""

    brand: Brand
    workspace: Workspace
    groups: list[Group]
    sealed: list[Sealed] = field(repr=False)

    @cached_property
    def contents(self) -> list[dict[str, Any]]:
        """What a row keeps of each sealed mail: its content and the hash of it."""
        return [{"content": each.model_dump(), "content_hash": each.fingerprint()} for each in self.sealed]

    @property
    def pk(self) -> int:
        return self.brand.pk

    def median_kb(self) -> float:
        """Of the HTML."""
        return median(len(each.html.encode()) for each in self.sealed) / 1000


def house(demo: brands.DemoBrand, groups: int, *, template: str, sandbox: str) -> House:
    """A brand of the seed with so many groups, each with a message variation of its own, known to the sandbox."""
    brand = brands.ensure(demo)
    with brand_scope(brand.pk):
        install_starter(demo.slug)
        workspace = connection.install(demo)
        made = _groups(demo, network.root_of(demo), groups)
        version = Template.objects.get(slug=template).current
        assert version is not None
        values = engine.defaults(version.engine_spec())
        rendered = [
            seal(Campaign(group=each, template_version=version, values=values), workspace)
            for each in made[:_RENDERED]
        ]
        sealed = [_for(each, rendered[number % _RENDERED]) for number, each in enumerate(made)]
        with Sandbox(sandbox) as braze:
            connection.describe(demo, workspace, braze)
    return House(brand, workspace, made, sealed)


def _groups(demo: brands.DemoBrand, root: Group, count: int) -> list[Group]:
    made = [
        Group(
            parent=root, code=f"N{number:05}", name=f"Place {number}", fence_value=f"N{number:05}",
            message_variation_id=stable.identifier(demo.slug, "variation", str(number)),
            variation_name=f"Place {number}", sender_address=f"place-{number}@{demo.sending_domain}",
            street=f"{number} Mill Lane", city="Leeds", postcode="LS1 1AA", country="GB", phone="+44 1632 960123",
        )
        for number in range(count)
    ]  # fmt: skip
    made = Group.objects.bulk_create(made, batch_size=_CHUNK)
    for each in made:
        each.place()
    Group.objects.bulk_update(made, ["path"], batch_size=_CHUNK)
    return made


def _for(group: Group, sealed: Sealed) -> Sealed:
    return sealed.model_copy(
        update={
            "variation_id": group.message_variation_id,
            "variation_name": group.variation_name,
            "audience": sealed.audience.model_copy(update={"fence_value": group.fence_value}),
        }
    )


def promise(
    house: House, count: int, *, priority: int = Priority.ROLL_OUT, planned_at: Sequence[datetime] = ()
) -> None:
    """As delivery.services.promise writes it, in bulk and without a nudge; group after group, and round again."""
    times = planned_at or [timezone.now() + LATER] * count
    for start in range(0, count, _CHUNK):
        with brand_scope(house.pk):
            _promise(house, range(start, min(start + _CHUNK, count)), priority, times)


def _promise(house: House, numbers: range, priority: int, times: Sequence[datetime]) -> None:
    chosen = [number % len(house.groups) for number in numbers]
    messages = SealedMessage.objects.bulk_create(SealedMessage(**house.contents[n]) for n in chosen)
    Dispatch.objects.bulk_create(
        Dispatch(
            group=house.groups[n], label=house.sealed[n].subject, priority=priority, message=message,
            variation_id=house.sealed[n].variation_id, variation_name=house.sealed[n].variation_name,
            planned_at=times[number],
        )
        for number, n, message in zip(numbers, chosen, messages, strict=True)
    )  # fmt: skip


def nudge(house: House) -> None:
    give(house.pk)


def promise_one(house: House, number: int) -> str:
    """A local campaign by the service that the button uses. Returns its variation."""
    with brand_scope(house.pk):
        sealed = house.sealed[number]
        services.promise(
            sealed,
            group=house.groups[number],
            label="Local",
            planned_at=timezone.now() + LATER,
            priority=Priority.LOCAL,
        )
    return sealed.variation_id


def spread(count: int, *, soon: int) -> list[datetime]:
    """`soon` of them within the next hour, the others over the week behind it, in no order."""
    now = timezone.now()
    times = [now + timedelta(minutes=random.uniform(20, 58)) for _ in range(soon)]
    times += [now + timedelta(hours=random.uniform(2, 170)) for _ in range(count - soon)]
    random.shuffle(times)
    return times


def pairs_before(house: House, time: datetime) -> set[tuple[str, str]]:
    """Send id and variation of what was to go before `time`."""
    with brand_scope(house.pk):
        rows = Dispatch.objects.filter(planned_at__lt=time)
        return set(rows.values_list("send_id__value", "variation_id"))


def states(house: House) -> dict[str, int]:
    """How many dispatches are in each state."""
    from django.db.models import Count

    with brand_scope(house.pk):
        rows = Dispatch.objects.order_by().values_list("state").annotate(n=Count("pk"))
        return dict(rows)


def forget(*houses: House) -> None:
    """Everything promised, and the shared windows."""
    for each in houses:
        with brand_scope(each.pk):
            for kind in (Stop, Attempt, Dispatch, SealedMessage, SendId):
                _delete(kind)
            Workspace.objects.update(paused_until=None, paused_because="")
    cache.clear()  # the same server keeps the windows and the queue


def _delete(kind: Any) -> None:
    rows = kind.objects.all()
    rows._raw_delete(rows.db)


def admin(house: House) -> User:
    with brand_scope(house.pk):
        found = User.objects.filter(email="bench@example.com").first()
        return found or User.objects.create_user("bench@example.com", brand=house.brand, name="Bench")
