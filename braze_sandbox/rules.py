"""What a workspace's people set in Braze's dashboard and a caller never learns: caps, re-eligibility, allowlists."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

#: Always (True), never (False), or as many days after the last one.
ReEligible = bool | float


class BadRule(ValueError):
    """A rule that cannot be read. The text says what it takes."""


@dataclass(frozen=True, slots=True)
class Cap:
    """At most ``messages`` within ``days`` to one person, of one channel or of all ("")."""

    messages: int
    days: float
    channel: str = ""

    def __str__(self) -> str:
        messages = "1 message" if self.messages == 1 else f"{self.messages} messages"
        days = "1 day" if self.days == 1 else f"{self.days:g} days"
        return f"{messages} of {self.channel or 'any channel'} in {days}"


def read_caps(wishes: Any) -> list[dict[str, Any]]:
    """``[{"messages": 2, "days": 7, "channel": "email"}]``. Raises BadRule."""
    if not isinstance(wishes, list) or not all(isinstance(one, Mapping) for one in wishes):
        raise BadRule("frequency_caps: a list of objects with messages and days.")
    return [asdict(_cap(one)) for one in wishes]


def _cap(one: Mapping[str, Any]) -> Cap:
    messages, days = one.get("messages"), one.get("days", 1)
    if not isinstance(messages, int) or messages < 1 or not isinstance(days, (int, float)) or days <= 0:
        raise BadRule("frequency_caps: 'messages' is at least 1, 'days' more than 0.")
    return Cap(messages, float(days), str(one.get("channel") or ""))


def read_re_eligible(value: Any) -> ReEligible:
    """True, False, or a number of days. Raises BadRule."""
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)) and value >= 0:
        return float(value) or True
    raise BadRule("re_eligible: true, false or a number of days.")


def read_addresses(wishes: Any) -> list[str]:
    """Addresses and networks such as ``["192.0.2.0/24"]``; an empty list lets everybody in. Raises BadRule."""
    if not isinstance(wishes, list):
        raise BadRule("addresses: a list of addresses or networks.")
    try:
        return [str(ipaddress.ip_network(str(one).strip(), strict=False)) for one in wishes]
    except ValueError as error:
        raise BadRule(f"addresses: {error}.") from error


def may_call_from(address: str, allowed: tuple[str, ...]) -> bool:
    """Whether a key with this allowlist may be used from ``address``."""
    if not allowed:
        return True
    try:
        caller = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(caller in ipaddress.ip_network(network) for network in allowed)
