"""Troubles of the sandbox that go on all the time: what a call may meet instead of a plain answer."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from faults.stack import TIMEOUT

_STALL = TIMEOUT + 1.5
#: Each meets one call in a hundred, of every kind that delivery makes.
SHARE = 0.012

TROUBLES: dict[str, dict[str, Any]] = {
    "429 with headers": {"status": HTTPStatus.TOO_MANY_REQUESTS.value, "reset_in": 2},
    "500 before accepting": {"status": 500},
    "502 before accepting": {"status": 502, "body": "html"},
    "503 before accepting": {"status": 503},
    "504 before accepting": {"status": 504},
    "500 after accepting": {"status": 500, "perform": True},
    "502 page after accepting": {"status": 502, "body": "html", "perform": True},
    "504 after accepting": {"status": 504, "perform": True},
    "accepted, answered by a page": {"body": "html"},
    "accepted, answer truncated": {"body": "truncated"},
    "accepted, answer empty": {"body": "empty"},
    "accepted, answer of another kind": {"body": "wrong_type"},
    "accepted, answer by a byte a second": {"drip": True},
    "cut before accepting": {"cut_before": True},
    "cut after accepting": {"cut_after": True},
    "stall before accepting": {"stall_s": _STALL},
    "stall after accepting": {"stall_s": _STALL, "perform": True},
}
#: Rare, since its end is unknown: all calls wait a minute.
UNSTATED_WAIT = 75.0
UNSTATED = {"path": "/messages/schedule/*", "status": 429, "reset_in": None, "count": 1}


def order(seed: int) -> dict[str, Any]:
    """All of it, for the sandbox's control API. What comes by chance is the same for the same seed."""
    paths = ("/messages/schedule/*", "/sends/id/create")
    return {
        "seed": seed,
        "faults": [
            {"path": path, "probability": SHARE, **trouble}
            for path in paths
            for trouble in TROUBLES.values()
            if path != "/sends/id/create" or trouble.get("status") != HTTPStatus.TOO_MANY_REQUESTS
        ],
    }
