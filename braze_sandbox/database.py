"""The file that survives a restart: SQLite, write-ahead logged, one connection guarded by one lock."""

from __future__ import annotations

import json
import sqlite3
import zlib
from pathlib import Path
from threading import RLock
from typing import Any

SCHEMA = """
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS workspaces (name TEXT PRIMARY KEY, definition TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS profiles (number INTEGER PRIMARY KEY, workspace TEXT NOT NULL, data TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS calls (
    number INTEGER PRIMARY KEY, at REAL NOT NULL, workspace TEXT NOT NULL, key_name TEXT NOT NULL,
    method TEXT NOT NULL, path TEXT NOT NULL, query TEXT NOT NULL, status INTEGER NOT NULL,
    accepted INTEGER NOT NULL, fault TEXT NOT NULL, request_id TEXT NOT NULL,
    digest TEXT NOT NULL DEFAULT '', campaign TEXT, send_id TEXT, variation TEXT, schedule TEXT,
    body_at INTEGER, body_size INTEGER NOT NULL DEFAULT 0, body BLOB, answer BLOB);
CREATE INDEX IF NOT EXISTS calls_by_path ON calls (path, number);
CREATE TABLE IF NOT EXISTS waiting (
    number INTEGER PRIMARY KEY, due REAL NOT NULL, workspace TEXT NOT NULL, at REAL NOT NULL, objects TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS windows (
    workspace TEXT NOT NULL, name TEXT NOT NULL, start INTEGER NOT NULL, seconds INTEGER NOT NULL,
    allowed INTEGER NOT NULL, accepted INTEGER NOT NULL, refused INTEGER NOT NULL,
    PRIMARY KEY (workspace, name, start)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS send_ids (
    workspace TEXT NOT NULL, campaign TEXT NOT NULL, send_id TEXT NOT NULL, day INTEGER NOT NULL,
    PRIMARY KEY (workspace, campaign, send_id)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS send_ids_by_day ON send_ids (workspace, day);
CREATE TABLE IF NOT EXISTS schedules (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, dispatch_id TEXT NOT NULL, workspace TEXT NOT NULL,
    state TEXT NOT NULL, due REAL NOT NULL, until REAL, created REAL NOT NULL, call INTEGER NOT NULL,
    content BLOB, campaign TEXT, send_id TEXT, variation TEXT, broadcast INTEGER NOT NULL,
    share REAL NOT NULL DEFAULT 1, handled REAL NOT NULL DEFAULT 0, sent REAL, delivered INTEGER NOT NULL DEFAULT 0,
    dropped INTEGER NOT NULL DEFAULT 0, late BLOB);
CREATE INDEX IF NOT EXISTS schedules_due ON schedules (due) WHERE state IN ('scheduled', 'sending');
CREATE INDEX IF NOT EXISTS schedules_sent ON schedules (sent);
CREATE TABLE IF NOT EXISTS deliveries (
    number INTEGER PRIMARY KEY, schedule INTEGER NOT NULL, workspace TEXT NOT NULL, profile INTEGER NOT NULL,
    email TEXT NOT NULL, subject TEXT NOT NULL, at REAL NOT NULL, bounced INTEGER NOT NULL,
    opens INTEGER NOT NULL DEFAULT 0, clicks INTEGER NOT NULL DEFAULT 0, person BLOB,
    channel TEXT NOT NULL DEFAULT 'email');
CREATE INDEX IF NOT EXISTS deliveries_by_schedule ON deliveries (schedule, number);
CREATE INDEX IF NOT EXISTS deliveries_by_email ON deliveries (email, number);
CREATE INDEX IF NOT EXISTS deliveries_by_profile ON deliveries (profile);
CREATE TABLE IF NOT EXISTS activity (
    number INTEGER PRIMARY KEY, at REAL NOT NULL, workspace TEXT NOT NULL, schedule INTEGER NOT NULL,
    who TEXT NOT NULL, reason TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS activity_by_schedule ON activity (schedule);
CREATE TABLE IF NOT EXISTS objects (
    number INTEGER PRIMARY KEY, workspace TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, data TEXT NOT NULL,
    UNIQUE (workspace, kind, id));
CREATE TABLE IF NOT EXISTS pending (
    at REAL NOT NULL, delivery INTEGER NOT NULL, kind TEXT NOT NULL,
    PRIMARY KEY (at, delivery, kind)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS numbers (
    workspace TEXT NOT NULL, campaign TEXT NOT NULL, send_id TEXT NOT NULL, variation TEXT NOT NULL,
    day TEXT NOT NULL, sent INTEGER NOT NULL DEFAULT 0, delivered INTEGER NOT NULL DEFAULT 0,
    opens INTEGER NOT NULL DEFAULT 0, unique_opens INTEGER NOT NULL DEFAULT 0,
    machine_open INTEGER NOT NULL DEFAULT 0, clicks INTEGER NOT NULL DEFAULT 0,
    unique_clicks INTEGER NOT NULL DEFAULT 0, unsubscribes INTEGER NOT NULL DEFAULT 0,
    bounces INTEGER NOT NULL DEFAULT 0, reported_spam INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace, campaign, send_id, variation, day)) WITHOUT ROWID;
"""

TABLES = (
    "workspaces", "profiles", "calls", "waiting", "windows", "send_ids", "schedules", "deliveries", "activity", "pending",
    "numbers", "objects",
)  # fmt: skip

#: Columns that files of earlier versions lack.
_ADDED = {
    "calls": {
        "digest": "TEXT NOT NULL DEFAULT ''",
        "campaign": "TEXT",
        "send_id": "TEXT",
        "variation": "TEXT",
        "schedule": "TEXT",
        "body_at": "INTEGER",
        "body_size": "INTEGER NOT NULL DEFAULT 0",
    },
    "schedules": {"late": "BLOB"},
    "deliveries": {"channel": "TEXT NOT NULL DEFAULT 'email'"},
}

#: Below this many bytes compressing costs more than it saves.
SMALL = 400

Row = sqlite3.Row


class Database:
    """``with database:`` is one transaction; no other thread reads or writes meanwhile."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        #: Held by every transaction; what must change together with the file takes it too.
        self.lock = RLock()
        self._depth = 0
        self._connection = sqlite3.connect(
            folder / "sandbox.sqlite3", check_same_thread=False, isolation_level=None, cached_statements=256
        )
        self._connection.row_factory = Row
        # NORMAL: a crash of the process loses nothing; only a power cut may lose the last moments.
        self._connection.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-4000;"
        )
        self._connection.executescript(SCHEMA)
        self._add_columns()

    def _add_columns(self) -> None:
        for table, columns in _ADDED.items():
            present = {row["name"] for row in self.rows(f"PRAGMA table_info({table})")}
            for name, kind in columns.items():
                if name not in present:
                    self.run(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")

    def __enter__(self) -> Database:
        self.lock.acquire()
        if self._depth == 0:
            self._connection.execute("BEGIN IMMEDIATE")
        self._depth += 1
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        self._depth -= 1
        try:
            if self._depth == 0:
                self._connection.execute("COMMIT" if kind is None else "ROLLBACK")
        finally:
            self.lock.release()

    def run(self, statement: str, *values: object) -> int:
        """Execute one statement; the number of the row it inserted, if it did."""
        with self.lock:
            return self._connection.execute(statement, values).lastrowid or 0

    def changed(self, statement: str, *values: object) -> int:
        """Execute one statement; how many rows it touched."""
        with self.lock:
            return self._connection.execute(statement, values).rowcount

    def run_many(self, statement: str, rows: list[tuple[Any, ...]]) -> None:
        with self.lock:
            self._connection.executemany(statement, rows)

    def rows(self, statement: str, *values: object) -> list[Row]:
        with self.lock:
            return self._connection.execute(statement, values).fetchall()

    def row(self, statement: str, *values: object) -> Row | None:
        with self.lock:
            found: Row | None = self._connection.execute(statement, values).fetchone()
            return found

    def number(self, statement: str, *values: object) -> int:
        """The single number a statement asks for; 0 for NULL or no row."""
        found = self.row(statement, *values)
        return int(found[0] or 0) if found else 0

    def kept(self, name: str) -> Any:
        """The setting of that name as it was given to ``keep``, None if it never was."""
        row = self.row("SELECT value FROM settings WHERE name = ?", name)
        return json.loads(row["value"]) if row else None

    def keep(self, name: str, value: Any) -> None:
        """Remember a setting over restarts."""
        self.run("INSERT OR REPLACE INTO settings VALUES (?, ?)", name, json.dumps(value))

    def close(self) -> None:
        with self.lock:
            self._connection.close()


def pack(data: bytes) -> bytes:
    """For the disk: compressed if that is worth it."""
    return data if len(data) < SMALL else zlib.compress(data, 1)


def unpack(data: bytes | None) -> bytes:
    # No JSON begins with zlib's first two bytes.
    if not data:
        return b""
    return zlib.decompress(data) if data[:2] == b"x\x01" else data
