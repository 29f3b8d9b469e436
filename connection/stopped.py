"""The notice on every page of those whose campaigns a kill switch holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from delivery.models import InstallationStop, Stop
from groups.access import access_of

#: So many are named; whoever sees a whole network reads the rest on its page.
NAMED: Final = 3
_NONE: Final = Value("", output_field=CharField())


@dataclass(frozen=True)
class Held:
    """A stop as its people read it; `where` is empty where it holds for all that they see."""

    because: str
    since: datetime
    where: str


@dataclass(frozen=True)
class Notice:
    named: list[Held]
    more: int

    def __bool__(self) -> bool:
        return bool(self.named)


def banner(request: HttpRequest) -> dict[str, Any]:
    """`sending_stopped`: asked for only by pages that show it, with one query."""
    user = getattr(request, "user", None)
    if getattr(request, "brand", None) is None or not isinstance(user, User) or not user.is_authenticated:
        return {}
    return {"sending_stopped": SimpleLazyObject(lambda: notice_for(user))}


def notice_for(person: User) -> Notice:
    paths = [path for path, _held in access_of(person).grants]
    found: list[Held] = []
    for because, since, path, name in _in_force():
        if not path or any(own.startswith(path) for own in paths):
            found.insert(0, Held(because, since, ""))
        elif any(path.startswith(own) for own in paths):
            found.append(Held(because, since, name))
    return Notice(found[:NAMED], max(0, len(found) - NAMED))


def _in_force() -> QuerySet[Any, tuple[str, datetime, str, str]]:
    """Templates aside: whoever uses one reads it on the campaign's page."""
    everywhere = InstallationStop.objects.filter(lifted_at__isnull=True).annotate(path=_NONE, name=_NONE)
    own = Stop.objects.filter(lifted_at__isnull=True, template__isnull=True).annotate(
        path=Coalesce(F("group__path"), _NONE), name=Coalesce(F("group__name"), _NONE)
    )
    columns = ("because", "stopped_at", "path", "name")
    return everywhere.order_by().values_list(*columns).union(own.order_by().values_list(*columns), all=True)
