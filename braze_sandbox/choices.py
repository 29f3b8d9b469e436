"""What Braze leaves undocumented, chosen so that a client must survive the strictest reading; each can be switched."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, get_args, get_type_hints


class UnknownChoice(ValueError):
    """A name or value that is no choice. The text says what is allowed."""


@dataclass(frozen=True, slots=True)
class Choices:
    """One field a matter; the default is the strictest reading, the limits are Braze's own."""

    missing_permission: Literal[401, 403] = 401
    unlisted_address: Literal[401, 403] = 403
    trailing_slash: Literal[403, 404] = 403
    track_contract: Literal["data_points", "mau"] = "data_points"
    objects_per_track: Literal["combined", "per_array"] = "combined"
    track_errors: Literal["text", "code", "both"] = "text"
    past_time: Literal["send_now", "refuse"] = "send_now"
    local_time_passed: Literal["all_zones", "company_zone"] = "all_zones"
    repeated_delete: Literal["refuse", "accept"] = "refuse"
    late_change: Literal["partly", "wholly"] = "partly"
    unknown_send_id: Literal["refuse", "accept"] = "refuse"
    repeated_send_id: Literal["accept", "refuse"] = "accept"
    listed_sends: Literal["counted", "not_counted"] = "counted"
    series_entry: Literal["both", "name", "id"] = "both"
    dark_segment: Literal["empty", "zeros", "refuse"] = "empty"
    raw_tag: Literal["honoured", "refused"] = "honoured"

    #: A change this close to the send comes too late for some of the recipients.
    late_seconds: float = 3.0
    #: So long after /users/track a profile is still seen as it was.
    profile_delay: float = 0.1
    #: The part of all mails that bounces.
    bounce_share: float = 0.006
    calls_per_hour: int = 250_000
    exports_per_minute: int = 250
    send_ids_per_day: int = 100
    #: For each 3 seconds.
    tracks_per_burst: int = 3_000
    #: Counts only under the ``mau`` contract.
    tracks_per_hour: int = 250_000
    #: How long every call takes at least.
    latency_ms: float = 0.0

    def changed(self, wishes: dict[str, Any]) -> Choices:
        """A copy with ``wishes`` applied. Raises UnknownChoice."""
        kinds = get_type_hints(Choices)
        for name, value in wishes.items():
            if name not in kinds:
                raise UnknownChoice(f"'{name}' is no choice; there are {', '.join(sorted(kinds))}.")
            _check(name, value, kinds[name])
        return replace(self, **wishes)

    def restored(self, kept: dict[str, Any]) -> Choices:
        """A copy with what an earlier version kept, as far as it still is a choice."""
        choices = self
        for name, value in kept.items():
            with suppress(UnknownChoice):
                choices = choices.changed({name: value})
        return choices

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def _check(name: str, value: object, kind: Any) -> None:
    allowed = get_args(kind)
    if allowed and value not in allowed:
        raise UnknownChoice(f"'{name}' may be {' or '.join(str(one) for one in allowed)}.")
    if not allowed and (isinstance(value, bool) or not isinstance(value, (int, float)) or value < 0):
        raise UnknownChoice(f"'{name}' must be a number of at least 0.")
