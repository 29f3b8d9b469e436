"""The operating-system account that servers run as, since PostgreSQL refuses to run as root."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from smartersends.embedded.errors import ServersError

_NAME = "smartersends"
_OTHERS_PASS, _OTHERS_READ = 0o001, 0o004


@dataclass(frozen=True)
class Account:
    """Who owns the servers' files and runs their processes."""

    uid: int
    gid: int

    @property
    def is_me(self) -> bool:
        return self.uid == os.geteuid()

    def own(self, path: Path) -> None:
        if path.stat().st_uid != self.uid:
            os.chown(path, self.uid, self.gid)

    def spawn(self, command: Sequence[str], output: IO[bytes], **options: Any) -> subprocess.Popen[bytes]:
        """Start a process of this account in a session of its own, so that Ctrl-C in the terminal spares it."""
        if not self.is_me:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return subprocess.Popen(  # noqa: S603 - commands of our own making
            command, stdout=output, stderr=subprocess.STDOUT, start_new_session=True, cwd="/", **options
        )


def account_for(folder: Path) -> Account:
    """Us, or for root whoever owns `folder` already, or for root's first start an account made for this.

    Raises ServersError when the folder belongs to somebody else.
    """
    owner = folder.stat() if folder.exists() else None
    if os.geteuid() != 0:
        _refuse_strangers(folder, owner)
        return Account(os.geteuid(), os.getegid())
    if owner and owner.st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    return _made_for_root()


def let_through(account: Account, *paths: Path) -> None:
    """Let the account pass (not list) the folders above `paths`, such as root's home."""
    if account.is_me:
        return
    for folder in {parent for path in paths for parent in path.parents}:
        _add_mode(folder, _OTHERS_PASS)


def let_read(account: Account, tree: Path) -> None:
    """Let the account read and run what lies in `tree`, where a strict umask kept it to root."""
    if account.is_me:
        return
    for path in (tree, *tree.rglob("*")):
        runnable = path.is_dir() or path.stat().st_mode & 0o100
        _add_mode(path, _OTHERS_READ | (_OTHERS_PASS if runnable else 0))


def _add_mode(path: Path, bits: int) -> None:
    mode = path.stat().st_mode
    if mode & bits != bits:
        path.chmod(mode | bits)


def _refuse_strangers(folder: Path, owner: os.stat_result | None) -> None:
    if owner and owner.st_uid != os.geteuid():
        raise ServersError(
            f"{folder} belongs to another user (uid {owner.st_uid}), so PostgreSQL cannot run on it as you. "
            "Run the command as that user, or name another data folder in SMARTERSENDS_DATA."
        )


def _made_for_root() -> Account:
    for name in (_NAME, "nobody"):
        if name == _NAME and shutil.which("useradd"):
            _make_account()
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise ServersError(
        "PostgreSQL does not run as root, and no other account could be made here. "
        f"Make one (useradd --system {_NAME}), or start this command as an ordinary user."
    )


def _make_account() -> None:
    """Make the account unless it is there; without the right to do so, `nobody` serves."""
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", _NAME]
    subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - a fixed command
