"""Stops the servers when every command that used them is gone, even those that were killed.

Started beside the servers as `python -m smartersends.embedded.keeper DATA`; most commands stop the servers
themselves as they end, and then this finds nothing left to do.
"""

from __future__ import annotations

import sys
from pathlib import Path

from smartersends.embedded.folders import prepare
from smartersends.embedded.lease import Lease
from smartersends.embedded.postgres import Postgres
from smartersends.embedded.valkey import Valkey


def keep(data: Path) -> None:
    folders = prepare(data)
    lease = Lease(folders)
    lease.wait_until_unused()
    Valkey(folders).stop()
    Postgres(folders).stop()
    folders.leave_sockets()
    lease.drop()


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
