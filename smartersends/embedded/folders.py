"""Where the embedded servers keep their things."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from smartersends.embedded.account import Account, account_for, let_through
from smartersends.embedded.errors import ServersError

#: A socket's whole path may have 107 bytes on Linux and 103 on macOS.
_SOCKET_PATH_BYTES = 103
_SOCKET_NAME = ".s.PGSQL.5432"
_NEEDED_BYTES = 300 * 1024 * 1024


@dataclass(frozen=True)
class Folders:
    """The data folder of one installation, and the account its servers run as."""

    data: Path
    account: Account

    @property
    def postgres(self) -> Path:
        return self.data / "postgres"

    @property
    def logs(self) -> Path:
        return self.data / "logs"

    @property
    def sockets(self) -> Path:
        """A folder whose socket names are short enough; in the data folder if that is not too deep."""
        near = self.data / "run"
        if len(os.fsencode(near / _SOCKET_NAME)) <= _SOCKET_PATH_BYTES:
            return near
        digest = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]
        return Path("/tmp") / f"smartersends-{digest}"  # noqa: S108 - the same for every command, owner checked

    def leave_sockets(self) -> None:
        """Leave nothing in /tmp when the servers have stopped."""
        if self.sockets.parent != self.data:
            shutil.rmtree(self.sockets, ignore_errors=True)

    def open(self, path: Path) -> IO[bytes]:
        """Open an empty file that belongs to the account, so that root today hinders nobody tomorrow."""
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self.account.own(path)
        return os.fdopen(descriptor, "wb")


def prepare(data: Path) -> Folders:
    """Make the folders that servers need. Raises ServersError where the disk or a permission forbids it."""
    try:
        return _prepare(data)
    except PermissionError as error:
        raise ServersError(
            f"No permission to write {error.filename}. The data folder must belong to you; "
            "name another one in SMARTERSENDS_DATA (bin/demo: --data DIR)."
        ) from None


def _prepare(data: Path) -> Folders:
    data.mkdir(parents=True, exist_ok=True)
    folders = Folders(data, account_for(data / "postgres"))
    _check_space(folders)
    folders.logs.mkdir(exist_ok=True)
    folders.account.own(folders.logs)
    for private in (folders.postgres, folders.sockets):
        private.mkdir(mode=0o700, exist_ok=True)
        folders.account.own(private)
    _check_private(folders.sockets, folders.account)
    let_through(folders.account, folders.postgres, folders.sockets)
    return folders


def _check_space(folders: Folders) -> None:
    free = shutil.disk_usage(folders.data).free
    if free < _NEEDED_BYTES:
        raise ServersError(
            f"Only {free // 1024**2} MB are free at {folders.data}, and PostgreSQL needs 300 MB. "
            "Free some space, or name another data folder in SMARTERSENDS_DATA (bin/demo: --data DIR)."
        )


def _check_private(folder: Path, account: Account) -> None:
    """In /tmp anybody may have made the folder first: whoever can enter it could be our database's superuser."""
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid or stat.S_IMODE(found.st_mode) & 0o077:
        raise ServersError(f"{folder} is open to others. Remove it and start again.")
