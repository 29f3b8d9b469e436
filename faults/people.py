"""What people do meanwhile: they promise campaigns, think better of some, change others, and pull stops."""

from __future__ import annotations

import heapq
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone

from branding.scope import brand_scope
from delivery import services, stops
from delivery.errors import DeliveryError
from delivery.models import Dispatch
from faults.cast import ON_DEFAULT, Cast
from groups.models import Group

#: Campaigns that are promised together, as a roll-out or a busy morning does.
_BURST = 8
#: Of all campaigns on groups without a variation of their own, at most so many, since each uses up a send id.
_MOST_ON_DEFAULT = 40
_CANCELLED, _CHANGED, _SOON = 0.15, 0.25, 0.25
_TRIES, _AGAIN = 4, 3.0


@dataclass(order=True)
class Deed:
    """Something to do at a second of the run."""

    at: float
    number: int
    act: Callable[[], None] = field(compare=False)


class People:
    """A seeded plan of what they do within `seconds`; whatever fails for want of a database is tried again."""

    def __init__(self, cast: Cast, dispatches: int, seconds: float, seed: int) -> None:
        self._cast, self._seconds = cast, seconds
        self._dice = random.Random(seed)  # noqa: S311 - no secret, and the same for the same seed
        self._plan: list[Deed] = []
        self.promised: list[str] = []
        self.done: Counter[str] = Counter()
        self._plan_promises(dispatches)
        self._plan_stops()

    def act(self) -> None:
        """All of the plan, each deed at its time."""
        began = time.monotonic()
        while self._plan:
            deed = heapq.heappop(self._plan)
            time.sleep(max(0.0, began + deed.at - time.monotonic()))
            _outlasting(deed.act)

    def _then(self, at: float, act: Callable[[], None]) -> None:
        heapq.heappush(self._plan, Deed(at, self._dice.getrandbits(32), act))

    # Campaigns

    def _plan_promises(self, dispatches: int) -> None:
        shared = min(_MOST_ON_DEFAULT, dispatches // 10)
        groups = [self._cast.groups[n % ON_DEFAULT] for n in range(shared)]
        own = self._cast.groups[ON_DEFAULT:]
        groups += [own[n % len(own)] for n in range(dispatches - shared)]
        self._dice.shuffle(groups)
        at = 0.0
        for number, group in enumerate(groups):
            if number % _BURST == 0:
                at = self._dice.uniform(0, self._seconds * 0.9)
            self._plan_campaign(f"F{number:04}", group, at)

    def _plan_campaign(self, label: str, group: Group, at: float) -> None:
        soon = self._dice.random() < _SOON
        ahead = self._dice.uniform(5, 100) if soon else self._dice.uniform(600, 2400)
        self._then(at, lambda: self._promise(label, group, timedelta(seconds=ahead)))
        later, thrown = at + self._dice.uniform(0.2, min(25, self._seconds / 2)), self._dice.random()
        if thrown < _CANCELLED:
            self._then(later, lambda: self._cancel(label, later, _TRIES))
        elif thrown < _CANCELLED + _CHANGED:
            change = self._change_of(label, group)
            self._then(later, lambda: self._change(label, change, later, _TRIES))

    def _promise(self, label: str, group: Group, ahead: timedelta) -> None:
        """Where the answer to a commit is lost, somebody looks first, as at a page that is loaded again."""
        with brand_scope(self._cast.brand_id):
            if not Dispatch.objects.filter(label=label).exists():
                sealed = self._cast.sealed_for(group, f"{label} first")
                services.promise(sealed, group=group, label=label, planned_at=timezone.now() + ahead)
        self.promised.append(label)

    def _cancel(self, label: str, at: float, tries: int) -> None:
        with brand_scope(self._cast.brand_id):
            found = Dispatch.objects.filter(label=label).first()
            if found is None:
                return
            try:
                services.cancel(found)
                self.done["cancellations"] += 1
            except DeliveryError:
                self._once_more(at, tries, lambda after: self._cancel(label, after, tries - 1))

    def _change_of(self, label: str, group: Group) -> Callable[[Dispatch], None]:
        """Another time, other words, other people, or all of it."""
        kind = self._dice.choice(["time", "words", "audience", "all"])
        later = timedelta(seconds=self._dice.uniform(600, 2400))

        def change(dispatch: Dispatch) -> None:
            planned_at: datetime | None = timezone.now() + later if kind in {"time", "all"} else None
            words = f"{label} first" if kind in {"time", "audience"} else f"{label} second"
            sealed = self._cast.sealed_for(group, words, loyal=kind in {"audience", "all"})
            services.change(dispatch, planned_at=planned_at, sealed=None if kind == "time" else sealed)

        return change

    def _change(self, label: str, change: Callable[[Dispatch], None], at: float, tries: int) -> None:
        with brand_scope(self._cast.brand_id):
            found = Dispatch.objects.filter(label=label).first()
            if found is None:
                return
            try:
                change(found)
                self.done["changes"] += 1
            except DeliveryError:
                self._once_more(at, tries, lambda after: self._change(label, change, after, tries - 1))

    def _once_more(self, at: float, tries: int, act: Callable[[float], None]) -> None:
        if tries:
            self._then(at + _AGAIN, lambda: act(at + _AGAIN))

    # Stops

    def _plan_stops(self) -> None:
        """A region twice, then the whole brand, each for some seconds."""
        for share, region in ((0.25, 0), (0.5, 2), (0.7, None)):
            at = self._seconds * share
            self._then(at, partial(self._stop, region))
            self._then(at + self._dice.uniform(4, 10), self.lift_all)

    def _stop(self, region: int | None) -> None:
        with brand_scope(self._cast.brand_id):
            if region is None:
                stops.stop_brand(because="Something is wrong", by=self._cast.admin)
            else:
                stops.stop_group(self._cast.regions[region], because="Flooded", by=self._cast.admin)
        self.done["stops"] += 1

    def lift_all(self) -> None:
        with brand_scope(self._cast.brand_id):
            for stop in stops.active().own:
                stops.lift(stop, by=self._cast.admin)


def _outlasting(act: Callable[[], None], seconds: float = 90) -> None:
    give_up = time.monotonic() + seconds
    while True:
        try:
            act()
            return
        except (OperationalError, InterfaceError):
            if time.monotonic() > give_up:
                raise
        time.sleep(0.3)
        close_old_connections()
