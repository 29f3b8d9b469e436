"""What a server that holds connections can do for an endpoint, so that no thread waits: hold a call, cut it, drip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from braze_sandbox.faults import Fault

#: Where a WSGI environment carries its Wire; without one the endpoint does the waiting itself.
WIRE = "braze_sandbox.wire"


@dataclass(slots=True)
class Wire:
    """Orders of an endpoint to the server that called it.

    ``wait``: ask again with ``held`` after so many seconds; ``fault`` is what the call met the first time.
    ``cut_in``: end the connection after so many seconds, without an answer. ``drip``: send a byte a second.
    """

    wait: float = 0.0
    fault: Fault | None = None
    held: bool = False
    cut_in: float | None = None
    drip: bool = False


def wire_of(environ: dict[str, Any]) -> Wire | None:
    found: Wire | None = environ.get(WIRE)
    return found
