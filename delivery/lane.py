"""Working off what is due of one brand: claim a handful, call side by side, record a handful, and again.

No transaction is open while Braze is thinking, and only the calling thread touches the database. A lane ends after a
few seconds, so that brands take turns. A process runs one lane of a brand at a time, for one large handful costs less
than several small ones; several processes may each run one.
"""

from __future__ import annotations

import functools
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.utils import timezone

from branding.scope import brand_scope
from braze_client import (
    Acknowledged,
    Braze,
    BrazeError,
    Call,
    InvalidRequest,
    NotReached,
    Scheduled,
)
from delivery import aftermath, asking, claims, paths, records, requests
from delivery.claims import Job
from delivery.desk import Desk, desk_of
from delivery.records import Ended
from workspace.errors import NotConnected
from workspace.governor import GovernorAway
from workspace.models import Workspace

logger = logging.getLogger("smartersends.delivery")

#: How long a lane claims before it lets other brands have the worker.
SLICE: Final = 10.0
#: How many more lanes of one brand may run beside the first.
HELPERS: Final = 3
#: Answers are gathered this long, so that one transaction records many and the next claims as many.
GATHER: Final = 0.1
#: How long answers wait for a database that is away.
RECORD_WITHIN: Final = 45.0
#: A call may take this long: none is begun with less of its lease left.
AT_MOST: Final = timedelta(seconds=settings.BRAZE_TIMEOUT_SECONDS + 10)
#: How long to leave a brand alone whose connection is incomplete.
UNCONNECTED: Final = timedelta(minutes=2)
#: Full claims in a row after which others are asked to help.
_MANY: Final = 2


def work(brand_id: int, *, seconds: float = SLICE, call_help: Callable[[], None] = lambda: None) -> bool:
    """Hand over, change and take back what is due, for `seconds`. Safe to run twice and at once.

    `call_help` is called once there is more to do than this process can take on. True: something is left to do.
    """
    if not _slots.enter(brand_id):
        return False  # the lane that runs here already has been told
    left = False
    try:
        left = Lane(desk_of(brand_id), time.monotonic() + seconds, call_help).run()
    except NotConnected as error:
        _put_off(brand_id, str(error))
    finally:
        asked_again = _slots.leave(brand_id)
    return left or asked_again


def _put_off(brand_id: int, because: str) -> None:
    with brand_scope(brand_id):
        workspace = Workspace.objects.first()
        if workspace is not None:
            workspace.pause(timezone.now() + UNCONNECTED, because)


@functools.cache
def _callers() -> ThreadPoolExecutor:
    """Shared by the lanes of this process."""
    return ThreadPoolExecutor(settings.BRAZE_CALLS_AT_ONCE, thread_name_prefix="braze")


class Slots:
    """How many calls this process may have under way, shared out evenly among the brands that it works for.

    A job claimed beyond that would stand in a queue while its lease runs.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        #: The brands with a lane here, and whether work was asked for anew since it began.
        self._lanes: dict[int, bool] = {}

    def enter(self, brand_id: int) -> bool:
        """False where a lane of the brand runs already; it is noted that somebody asked."""
        with self._lock:
            first = brand_id not in self._lanes
            self._lanes[brand_id] = not first
            return first

    def leave(self, brand_id: int) -> bool:
        """Whether somebody asked meanwhile, perhaps after the last claim."""
        with self._lock:
            return self._lanes.pop(brand_id)

    def share(self) -> int:
        return max(1, int(settings.BRAZE_CALLS_AT_ONCE) // max(1, len(self._lanes)))


_slots = Slots()


@dataclass
class Lane:
    """One run of `work`."""

    desk: Desk
    ends_at: float
    call_help: Callable[[], None]
    under_way: set[Future[Ended | None]] = field(default_factory=set)
    stopped: bool = False
    #: How often in a row there was at least as much to do as there was room for.
    full_claims: int = 0

    def run(self) -> bool:
        """Whether something is left to do."""
        while self._claim() or self.under_way:
            self._gather()
        return self.full_claims > 0 and not self.stopped

    def _claim(self) -> bool:
        """Start as many calls as there is room and leave for. False when there was nothing to start."""
        room = _slots.share() - len(self.under_way)
        if self.stopped or room <= 0 or time.monotonic() > self.ends_at:
            return False
        try:
            with self.desk.scope():
                claimed = claims.claim(room, self.desk)
            self.under_way |= {_callers().submit(_call, self.desk.braze, job) for job in claimed.jobs}
            asked = [asking.ask(self.desk, send_id, dispatch) for send_id, dispatch in claimed.send_ids]
        except (GovernorAway, OperationalError, InterfaceError) as error:
            # What is under way still comes back, and its answers wait until they can be written down.
            if connection.in_atomic_block:
                raise
            logger.warning("no hand-over: %s", error)
            self.stopped = True
            return False
        self._note(is_full=len(claimed.jobs) == room)
        return bool(claimed.jobs) or any(asked)

    def _note(self, *, is_full: bool) -> None:
        self.full_claims = self.full_claims + 1 if is_full else 0
        if self.full_claims == _MANY:
            self.call_help()

    def _gather(self) -> None:
        """Record what has come back, once there is some."""
        if not self.under_way:
            return
        wait(self.under_way, return_when=FIRST_COMPLETED)
        done, self.under_way = wait(self.under_way, timeout=GATHER)
        ended = [each for each in (future.result() for future in done) if each is not None]
        if ended:
            self._record(ended)
            self.stopped |= aftermath.learn(self.desk, ended)

    def _record(self, ended: list[Ended]) -> None:
        """Answers outlast a database that restarts: without them their campaigns would end as unknown."""
        give_up = time.monotonic() + RECORD_WITHIN
        while True:
            try:
                with self.desk.scope():
                    records.record(ended, self.desk.habits)
                return
            except (OperationalError, InterfaceError):
                if connection.in_atomic_block or time.monotonic() > give_up:
                    raise
            logger.warning("%s answers wait for the database", len(ended))
            time.sleep(0.5)
            close_old_connections()


def _call(braze: Braze, job: Job) -> Ended | None:
    """In a thread of its own, without the database. None: a fault of ours; the lease runs out and it ends as unknown."""
    try:
        return Ended(job, _answer(braze, job))
    except Exception:
        logger.exception("dispatch %s failed in %s", job.dispatch.pk, job.path)
        return None


def _answer(braze: Braze, job: Job) -> Scheduled | Acknowledged | BrazeError | InvalidRequest:
    until = job.dispatch.lease_until
    if until is None or timezone.now() > until - AT_MOST:
        # This process stood still; others may have called the run dead by now.
        return NotReached(Call("POST", job.path, trouble="LeaseOver"))
    try:
        if job.path == paths.CREATE:
            return braze.create_schedule(requests.create(job.dispatch, job.sealed))
        if job.path == paths.UPDATE:
            return braze.update_schedule(requests.update(job.dispatch, job.sealed))
        return braze.delete_schedule(job.dispatch.schedule_id)
    except (BrazeError, InvalidRequest) as error:
        return error
