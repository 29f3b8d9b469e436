"""What Braze leaves undocumented, chosen so that a client must survive the strictest reading; each can be switched."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal, get_args, get_type_hints

ANSWERS, SENDING, NUMBERS, LIMITS = "Answers", "Sending", "Numbers", "Limits and speed"


class UnknownChoice(ValueError):
    """A name or value that is no choice. The text says what is allowed."""


def _matter(default: Any, group: str, words: str) -> Any:
    return field(default=default, metadata={"group": group, "words": words})


@dataclass(frozen=True, slots=True)
class Choices:
    """One field a matter; the default is the strictest reading, the limits are Braze's own."""

    missing_permission: Literal[401, 403] = _matter(
        401, ANSWERS, "Status for a permission that the key lacks"
    )
    unlisted_address: Literal[401, 403] = _matter(
        403, ANSWERS, "Status for a caller outside the key's allowlist"
    )
    trailing_slash: Literal[403, 404] = _matter(403, ANSWERS, "Status for a path with a slash at its end")
    objects_per_track: Literal["combined", "per_array"] = _matter(
        "combined", ANSWERS, "What the 75 objects of /users/track are counted over"
    )
    track_errors: Literal["text", "code", "both"] = _matter(
        "text", ANSWERS, "How /users/track names what is wrong with an object"
    )
    repeated_delete: Literal["refuse", "accept"] = _matter(
        "refuse", ANSWERS, "Deleting a schedule that is unknown, sent or deleted"
    )
    unknown_send_id: Literal["refuse", "accept"] = _matter(
        "refuse", ANSWERS, "Creating a schedule under a send id that was never made"
    )
    repeated_send_id: Literal["accept", "refuse"] = _matter(
        "accept", ANSWERS, "Making a send id that exists; accepted, it is not counted again"
    )

    past_time: Literal["send_now", "refuse"] = _matter(
        "send_now", SENDING, "A schedule whose time has passed"
    )
    local_time_passed: Literal["all_zones", "company_zone"] = _matter(
        "all_zones", SENDING, "Where a local time must have passed to be refused"
    )
    late_change: Literal["partly", "wholly"] = _matter(
        "partly", SENDING, "An update or delete within a few seconds of the send, or during it"
    )
    late_seconds: float = _matter(3.0, SENDING, "How many seconds before the send a change is late")
    raw_tag: Literal["honoured", "refused"] = _matter("honoured", SENDING, "{% raw %} in Liquid")
    profile_delay: float = _matter(
        0.1, SENDING, "Seconds until exports and sends see what /users/track changed"
    )
    bounce_share: float = _matter(0.006, SENDING, "Part of all mails that bounces, from 0 to 1")

    listed_sends: Literal["counted", "not_counted"] = _matter(
        "counted", NUMBERS, "Sends to named people in /sends/data_series"
    )
    series_entry: Literal["both", "name", "id"] = _matter(
        "both", NUMBERS, "How an entry of /sends/data_series names its variation"
    )
    dark_segment: Literal["empty", "zeros", "refuse"] = _matter(
        "empty", NUMBERS, "/segments/data_series of a segment without analytics"
    )

    track_contract: Literal["data_points", "mau"] = _matter(
        "data_points", LIMITS, "Contract that limits /users/track"
    )
    calls_per_hour: int = _matter(250_000, LIMITS, "Calls an hour in the shared pool")
    exports_per_minute: int = _matter(250, LIMITS, "Calls a minute to /users/export/ids")
    lean_exports: Literal["by_minute", "by_second"] = _matter(
        "by_minute",
        LIMITS,
        "Exports that leave out what people received: limited as all others, or 40 a second",
    )
    send_ids_per_day: int = _matter(100, LIMITS, "New send ids a day")
    tracks_per_burst: int = _matter(3_000, LIMITS, "Calls to /users/track in 3 seconds")
    tracks_per_hour: int = _matter(250_000, LIMITS, "Calls an hour to /users/track under a MAU contract")
    latency_ms: float = _matter(0.0, LIMITS, "Milliseconds that every call takes at least")

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

    def described(self) -> dict[str, list[dict[str, Any]]]:
        """Every choice by group: its name, words, value, default, and what it ``allows`` (nothing for a number)."""
        kinds, groups = get_type_hints(Choices), dict[str, list[dict[str, Any]]]()
        for one in fields(self):
            told = {
                "name": one.name,
                "words": one.metadata["words"],
                "value": getattr(self, one.name),
                "default": one.default,
                "allows": list(get_args(kinds[one.name])),
            }
            groups.setdefault(one.metadata["group"], []).append(told)
        return groups

    def read(self, texts: dict[str, str]) -> Choices:
        """A copy with what a form says. Raises UnknownChoice."""
        return self.changed({name: _from_text(name, text) for name, text in texts.items()})


def _check(name: str, value: object, kind: Any) -> None:
    allowed = get_args(kind)
    if allowed and value not in allowed:
        raise UnknownChoice(f"'{name}' may be {' or '.join(str(one) for one in allowed)}.")
    if not allowed and (isinstance(value, bool) or not isinstance(value, (int, float)) or value < 0):
        raise UnknownChoice(f"'{name}' must be a number of at least 0.")


def _from_text(name: str, text: str) -> Any:
    allowed = get_args(get_type_hints(Choices).get(name, str))
    if allowed:
        return next((one for one in allowed if str(one) == text), text)
    try:
        number = float(text)
    except ValueError:
        raise UnknownChoice(f"'{name}' must be a number of at least 0.") from None
    return int(number) if number.is_integer() else number
