"""Reading from Braze in the background: asked for by a person or by the day, done by whichever worker claims it.

The row is the promise and the task a nudge, as with dispatches. No transaction is open while Braze is thinking; a run
that dies is taken up again by the sweep.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from audiences.models import Reading
from branding.scope import brand_scope
from braze_client import (
    AccessDenied,
    Braze,
    BrazeError,
    InvalidRequest,
    KeyRejected,
    NotReached,
    RateLimited,
    Refused,
)
from workspace.errors import HeldBack, NotConnected
from workspace.models import Workspace
from workspace.services import braze_for, key_refused

State, Trouble = Reading.State, Reading.Trouble


class Incomplete(Exception):
    """Read as far as the key allows; the text names the permissions that are missing."""


@dataclass(frozen=True)
class Run:
    """What a reader works with. It opens scopes of its own, and none around a call."""

    brand_id: int
    workspace: Workspace
    braze: Braze
    reading: Reading

    def tell(self, done: int, total: int | None = None) -> None:
        """How far it is, and that it is alive. In the brand's scope."""
        told: dict[str, Any] = {"done": done, "alive_at": timezone.now()}
        if total is not None:
            told["total"] = total
        Reading.objects.filter(pk=self.reading.pk).update(**told)

    def keep(self, found: list[dict[str, Any]]) -> None:
        """Put the result into the row."""
        with brand_scope(self.brand_id):
            self.tell(len(found), len(found))
            Reading.objects.filter(pk=self.reading.pk).update(found=found, found_at=timezone.now())


Reader = Callable[[Run], None]


def ask(what: str, *, by: User | None, sample: Sequence[str] = ()) -> Reading:
    """Have it read soon. One that is under way already goes on as it is."""
    now = timezone.now()
    asked = {"asked_by": str(by or ""), "asked_at": now, "sample": list(sample)}
    reading: Reading
    reading, new = Reading.objects.get_or_create(what=what, defaults=asked)
    if not new and not reading.is_under_way:
        rows = Reading.objects.filter(pk=reading.pk).exclude(state__in=[State.WAITING, State.RUNNING])
        rows.update(**asked, state=State.WAITING, started_at=None, done=0, total=None, trouble="", detail="")
        reading.refresh_from_db()
    return reading


def latest(what: str) -> Reading | None:
    found: Reading | None = Reading.objects.filter(what=what).first()
    return found


def run(brand_id: int, what: str, read: Reader) -> None:
    """Claim, read, record. Running twice reads once."""
    with brand_scope(brand_id):
        reading = Reading.objects.claim(what, timezone.now())
        workspace = Workspace.objects.first()
    if reading is None:
        return
    ended = _ended(brand_id, workspace, reading, read)
    with brand_scope(brand_id):
        Reading.objects.filter(pk=reading.pk, state=State.RUNNING).update(**ended)


def _ended(brand_id: int, workspace: Workspace | None, reading: Reading, read: Reader) -> dict[str, Any]:
    """Read, and the changes to the row that say how it ended."""
    try:
        if workspace is None or not workspace.has_key:
            raise NotConnected
        read(Run(brand_id, workspace, braze_for(workspace), reading))
    except (RateLimited, HeldBack) as error:
        return {"state": State.WAITING, "not_before": error.until}
    except NotConnected as error:
        return _over(State.FAILED, Trouble.NOT_CONNECTED, str(error))
    except Incomplete as error:
        return _over(State.DONE, Trouble.PARTLY, str(error))
    except InvalidRequest as error:
        return _over(State.FAILED, Trouble.REFUSED, str(error))
    except (KeyRejected, AccessDenied) as error:
        if (
            workspace is not None and reading.what == Reading.What.SEGMENTS
        ):  # which every key must be able to read
            with brand_scope(brand_id):
                key_refused(workspace, error)
        return _over(State.FAILED, Trouble.NOT_ALLOWED, reading.needs)
    except BrazeError as error:
        return _over(State.FAILED, _trouble(error), error.words if isinstance(error, Refused) else "")
    return _over(State.DONE)


def _over(state: str, trouble: str = "", detail: str = "") -> dict[str, Any]:
    return {
        "state": state, "trouble": trouble, "detail": detail[:500], "ended_at": timezone.now(), "sample": [],
    }  # fmt: skip


def _trouble(error: BrazeError) -> str:
    if isinstance(error, NotReached):
        return Trouble.NOT_REACHED
    return Trouble.REFUSED if isinstance(error, Refused) else Trouble.UNAVAILABLE


def stale_brands(what: str, since: datetime) -> list[int]:
    """Brands with a Braze key who have not asked for this since then. Asked across brands."""
    fresh = Reading.objects.filter(what=what, asked_at__gte=since)
    rows = Workspace.objects.exclude(api_key_encrypted=b"").exclude(brand_id__in=fresh.values("brand_id"))
    return list(rows.values_list("brand_id", flat=True))
