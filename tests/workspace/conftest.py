from __future__ import annotations

from tests.keyed import _own_windows, grant, look, revoke, waiting_key

__all__ = ["_own_windows", "grant", "look", "revoke", "waiting_key"]
