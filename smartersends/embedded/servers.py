"""Who needs servers gets servers: those that the environment names, or our own."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from smartersends.embedded.folders import prepare
from smartersends.embedded.lease import Lease
from smartersends.embedded.postgres import Postgres
from smartersends.embedded.valkey import Valkey

_ROOT = Path(__file__).resolve().parents[2]


def data_folder() -> Path:
    """Where everything is kept that the project writes: SMARTERSENDS_DATA, or `.data` beside manage.py."""
    return Path(os.environ.get("SMARTERSENDS_DATA") or _ROOT / ".data").resolve()


@dataclass
class Servers:
    """What a command is connected to. `release` says that it needs them no longer; its end says so by itself."""

    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    _share: _Share | None = field(default=None, repr=False)

    def release(self) -> None:
        """Stop the embedded servers unless another command still uses them. Safe to call twice."""
        if self._share is not None:
            self._share.release()
            self._share = None


def ensure_servers(data: Path | None = None, *, durable: bool = True) -> Servers:
    """Give this process and its children a DATABASE_URL and a REDIS_URL, starting what is not named.

    `data` is the data folder (else SMARTERSENDS_DATA, else `.data`); `durable=False` is for tests, whose
    data may be lost in a power cut. Raises ServersError with words for the person at the keyboard.
    """
    own = {name for name in ("DATABASE_URL", "REDIS_URL") if not os.environ.get(name)}
    if data is not None and (own or not os.environ.get("SMARTERSENDS_DATA")):
        os.environ["SMARTERSENDS_DATA"] = str(data.resolve())
    share = _Share(data_folder(), own, durable=durable) if own else None
    return Servers(os.environ["DATABASE_URL"], os.environ["REDIS_URL"], share)


def in_use(data: Path) -> bool:
    """Whether a command uses the embedded servers of this data folder."""
    if not (data / "servers.lock").exists():
        return False
    lease = Lease(prepare(data))
    try:
        return not lease.am_last()
    finally:
        lease.drop()


class _Share:
    """This process's part in the embedded servers."""

    def __init__(self, data: Path, own: set[str], *, durable: bool) -> None:
        self._owner = os.getpid()
        self._own = own
        self._keeper: subprocess.Popen[bytes] | None = None
        self._folders = folders = prepare(data)
        self._servers: dict[str, Postgres | Valkey] = {
            "REDIS_URL": Valkey(folders),
            "DATABASE_URL": Postgres(folders, durable=durable),
        }
        self._lease = Lease(folders)
        self._lease.take()
        atexit.register(self.release)
        with self._lease.starting():
            self._start(data)
        os.environ.update({name: self._servers[name].url for name in own})

    def _start(self, data: Path) -> None:
        missing = [self._servers[name] for name in sorted(self._own) if not self._servers[name].running]
        if missing:
            self._keeper = _start_keeper(data)
        for server in missing:
            server.start()
        for server in missing:
            server.wait_until_ready()

    def release(self) -> None:
        if os.getpid() != self._owner:
            return  # a forked child ends; the command that it belongs to goes on
        atexit.unregister(self.release)
        for name in self._own:
            os.environ.pop(name, None)
        last = self._lease.am_last()
        if last:
            for server in self._servers.values():
                server.stop()
            self._folders.leave_sockets()
        self._lease.drop()
        if last and self._keeper is not None:
            self._keeper.terminate()
            self._keeper.wait()


def _start_keeper(data: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - ourselves
        [sys.executable, "-m", "smartersends.embedded.keeper", str(data)],
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
