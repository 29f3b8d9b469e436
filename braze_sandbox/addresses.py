"""States told of addresses that nobody has yet: kept until somebody does."""

from __future__ import annotations

from typing import Any

from braze_sandbox.clock import DAY
from braze_sandbox.objects import Objects
from braze_sandbox.profiles import Profile

#: So long is a subscription group's state kept; the global state for good.
GROUPS_KEPT = 30 * DAY

_KIND = "address"


class Addresses:
    """``address`` is an e-mail address in lower case or a phone number."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects
        #: Most addresses were never told of; those need no look at the disk.
        self._known = set(objects.ids(_KIND))

    def get(self, workspace: str, address: str) -> dict[str, Any]:
        return self._objects.get(workspace, _KIND, address) or {"address": address}

    def all(self, workspace: str) -> list[dict[str, Any]]:
        return self._objects.all(workspace, _KIND)

    def keep(self, workspace: str, address: str, **states: Any) -> None:
        """Add to what is known of an address."""
        self._objects.put(workspace, _KIND, address, self.get(workspace, address) | states)
        self._known.add((workspace, address))

    def drop(self, workspace: str, address: str, state: str) -> None:
        """Take back one state told before."""
        known = self.get(workspace, address)
        if known.pop(state, None) is not None:
            self._objects.put(workspace, _KIND, address, known)

    def keep_group(self, workspace: str, address: str, group: str, state: str, now: float) -> None:
        groups = self.get(workspace, address).get("groups", {})
        self.keep(workspace, address, groups={**groups, group: [state, now]})

    def meet(self, workspace: str, profile: Profile, now: float) -> None:
        """Give a profile with a new address what was told of it."""
        for address in (profile.email.lower(), str(profile.fields.get("phone") or "")):
            if (workspace, address) in self._known and (
                known := self._objects.get(workspace, _KIND, address)
            ):
                _give(profile, known, now)
                self._objects.remove(workspace, _KIND, address)


def _give(profile: Profile, known: dict[str, Any], now: float) -> None:
    if "state" in known:
        profile.set_email_state(known["state"], known["at"])
    if "bounced" in known:
        profile.bounce(known["bounced"])
    groups = known.get("groups", {})
    fresh = {group: state for group, (state, at) in groups.items() if now - at <= GROUPS_KEPT}
    profile.groups = {**(profile.groups or {}), **fresh} or None
