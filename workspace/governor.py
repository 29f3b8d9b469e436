"""Braze's rate limits, shared by all workers of all machines: who may call now, and when to ask again.

Braze counts in fixed windows for a whole workspace (https://www.braze.com/docs/api/api_limits). A window here is a
small hash in Redis; every permit is taken by a script, so that no two workers take the same one. What Braze's headers
say corrects it: another system's calls, a raised limit, a clock that differs. Nothing in it may not be lost: after a
flush the first answers bring it back.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any, Final, cast

import redis
from django.conf import settings
from django.utils import timezone

from braze_client import Allowance
from workspace.buckets import Bucket, bucket_of
from workspace.scripts import OBSERVE, TAKE

#: A window is forgotten this long after it was last used; the limit that Braze stated goes with it.
KEPT_SECONDS: Final = 2 * 24 * 3600


class Purpose(Enum):
    """What a call is for decides which share of a window it may use."""

    SEND = "send"
    """Leaves the readers their share while the window is young."""
    TAKE_BACK = "take_back"
    """Deletes: before everything else."""
    READ = "read"
    """Leaves the senders their reserve."""


@dataclass(frozen=True)
class Permit:
    """Leave for `count` calls now. `wait` is in seconds: when none are left, how long until it is worth asking."""

    count: int
    wait: float
    window: int
    """Which window they belong to; goes back with what Braze answered."""


@dataclass(frozen=True)
class Budget:
    """A window as it stands, to show."""

    bucket: Bucket
    limit: int
    used: int
    resets_at: datetime | None

    @property
    def left(self) -> int:
        return max(0, self.limit - self.used)


class GovernorAway(Exception):
    """Redis does not answer. Nobody calls Braze until it does, and nothing is lost by waiting."""


def take(workspace_id: int, path: str, wanted: int, purpose: Purpose) -> Permit:
    """Take up to `wanted` permits for calls of `path`. Raises GovernorAway."""
    bucket = bucket_of(path)
    arguments = [
        _now(), wanted, purpose.value, bucket.limit, bucket.seconds * 1000,
        settings.BRAZE_READ_SHARE, settings.BRAZE_SEND_RESERVE, KEPT_SECONDS,
    ]  # fmt: skip
    count, wait, window = _run(TAKE, workspace_id, bucket, arguments)
    return Permit(count, wait / 1000, window)


def give_back(workspace_id: int, path: str, permit: Permit, unused: int) -> None:
    """Permits that led to no call, for instance because nothing was left to hand over."""
    if unused:
        observe(workspace_id, path, permit.window, answered=0, unused=unused)


def observe(
    workspace_id: int,
    path: str,
    window: int,
    *,
    answered: int,
    allowance: Allowance | None = None,
    unused: int = 0,
) -> None:
    """Tell of `answered` calls, and of what the headers of the last of them said. Raises GovernorAway."""
    said = allowance or Allowance()
    arguments = [
        _now(),
        window,
        answered,
        unused,
        *map(_text, (said.limit, said.remaining, said.resets_in)),
        KEPT_SECONDS,
    ]
    _run(OBSERVE, workspace_id, bucket_of(path), arguments)


def close(workspace_id: int, path: str, until: datetime) -> None:
    """A 429: nobody calls before `until`."""
    with _redis() as store:
        key = _key(workspace_id, bucket_of(path))
        store.hset(key, "closed", int(until.timestamp() * 1000))
        store.expire(key, KEPT_SECONDS)


def reopen(workspace_id: int, path: str) -> None:
    """Forget a 429, for instance because another key is in use now."""
    with _redis() as store:
        store.hdel(_key(workspace_id, bucket_of(path)), "closed")


def budget(workspace_id: int, bucket: Bucket) -> Budget:
    """The window as last seen; an unused one is whole. Raises GovernorAway."""
    with _redis() as store:
        kept = cast("dict[str, str]", store.hgetall(_key(workspace_id, bucket)))
    ends = int(kept.get("ends", 0))
    limit = int(kept.get("limit", bucket.limit))
    if ends <= _now():
        return Budget(bucket, limit, 0, None)
    seen, taken, answered = (int(kept.get(name, 0)) for name in ("seen", "taken", "answered"))
    used = limit if int(kept.get("closed", 0)) > _now() else max(taken, seen + max(0, taken - answered))
    return Budget(bucket, limit, min(used, limit), datetime.fromtimestamp(ends / 1000, UTC))


def _now() -> int:
    return int(timezone.now().timestamp() * 1000)


def _text(value: float | None) -> str:
    return "" if value is None else str(value)


def _key(workspace_id: int, bucket: Bucket) -> str:
    return f"governor:{workspace_id}:{bucket.name}"


def _run(script: str, workspace_id: int, bucket: Bucket, arguments: list[Any]) -> list[int]:
    with _redis() as store:
        return cast(
            "list[int]", _script(script)(keys=[_key(workspace_id, bucket)], args=arguments, client=store)
        )


@functools.cache
def _pool() -> redis.Redis:
    return redis.Redis.from_url(
        settings.REDIS_URL, decode_responses=True, socket_connect_timeout=2, socket_timeout=2
    )


@functools.cache
def _script(text: str) -> Any:
    return _pool().register_script(text)


class _redis:  # noqa: N801 - reads as a verb: with _redis() as store
    """The store, with its troubles as ours."""

    def __enter__(self) -> redis.Redis:
        return _pool()

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, redis.RedisError):
            raise GovernorAway(f"Redis does not answer: {type(error).__name__}") from error
