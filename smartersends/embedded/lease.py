"""Who still needs the servers: every command holds a shared lock, which the kernel drops however it ends."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from smartersends.embedded.folders import Folders


class Lease:
    """One command's share in the servers of a data folder."""

    def __init__(self, folders: Folders) -> None:
        self._folders = folders
        self._users = folders.open(folders.data / "servers.lock")

    def take(self) -> None:
        """Become a user of the servers; waits while the last user of before still stops them."""
        fcntl.flock(self._users, fcntl.LOCK_SH)

    @contextmanager
    def starting(self) -> Iterator[None]:
        """One at a time: of commands that start together, the first starts the servers, the others find them."""
        with self._folders.open(self._folders.data / "starting.lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def am_last(self) -> bool:
        """True when nobody else needs the servers; newcomers then wait until `drop`."""
        try:
            fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def wait_until_unused(self) -> None:
        """For the keeper, who is no user itself."""
        fcntl.flock(self._users, fcntl.LOCK_EX)

    def drop(self) -> None:
        self._users.close()
