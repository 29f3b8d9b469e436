"""PostgreSQL and Valkey of our own: who gets them, who shares them, when they stop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import psycopg
import pytest
import redis

from smartersends.embedded import ServersError, ensure_servers, in_use

ROOT = Path(__file__).resolve().parents[2]
HOLD = """
import sys
from pathlib import Path
from smartersends.embedded import ensure_servers
servers = ensure_servers(Path(sys.argv[1]), durable=False)
print(servers.database_url, servers.redis_url, flush=True)
sys.stdin.read()
"""


class Command:
    """Another command that needs the servers, until its input ends or it is killed."""

    def __init__(self, data: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(data)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self.database_url, self.redis_url = self._process.stdout.readline().split()

    def end(self) -> None:
        self._process.communicate("")

    def kill(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.communicate()


@pytest.fixture(autouse=True)
def _nothing_named(monkeypatch):
    for name in ("DATABASE_URL", "REDIS_URL", "SMARTERSENDS_DATA"):
        monkeypatch.setenv(name, "")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """One data folder for the tests of this file, for making one takes a second."""
    return tmp_path_factory.mktemp("servers") / "data"


@pytest.fixture
def data(cluster):
    yield cluster
    eventually(lambda: not in_use(cluster))


def eventually(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.05)


def answers(database_url: str) -> bool:
    try:
        with psycopg.connect(database_url) as connection:
            return connection.execute("SELECT true").fetchone() == (True,)
    except psycopg.OperationalError:
        return False


def test_the_application_can_neither_become_superuser_nor_bypass_row_level_security(data):
    servers = ensure_servers(data, durable=False)
    with psycopg.connect(servers.database_url) as connection:
        rights = connection.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = user"
        ).fetchone()
    servers.release()

    assert rights == ("smartersends", False, False, False, True)


def test_rights_given_to_the_role_by_hand_are_taken_back_at_the_next_start(data):
    servers = ensure_servers(data, durable=False)
    with psycopg.connect(
        servers.database_url.replace("smartersends@/smartersends", "postgres@/postgres")
    ) as connection:
        connection.execute("ALTER ROLE smartersends SUPERUSER BYPASSRLS")
    servers.release()

    servers = ensure_servers(data, durable=False)
    with psycopg.connect(servers.database_url) as connection:
        rights = connection.execute(
            "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = user"
        ).fetchone()
    servers.release()

    assert rights == (False, False)


def test_the_process_and_its_children_find_the_servers_in_the_environment(data):
    servers = ensure_servers(data, durable=False)
    named = os.environ["DATABASE_URL"], os.environ["REDIS_URL"]
    valkey_answers = redis.Redis.from_url(servers.redis_url).ping()
    servers.release()

    assert named == (servers.database_url, servers.redis_url)
    assert valkey_answers is True
    assert "DATABASE_URL" not in os.environ


def test_servers_that_the_environment_names_are_used_and_none_is_started(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@db.example/app")
    monkeypatch.setenv("REDIS_URL", "redis://cache.example/0")

    servers = ensure_servers(tmp_path / "data")

    assert (servers.database_url, servers.redis_url) == (
        "postgresql://app@db.example/app",
        "redis://cache.example/0",
    )
    assert not (tmp_path / "data").exists()


def test_a_data_folder_that_the_environment_names_stands_while_no_server_is_started(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@db.example/app")
    monkeypatch.setenv("REDIS_URL", "redis://cache.example/0")
    monkeypatch.setenv("SMARTERSENDS_DATA", str(tmp_path))

    ensure_servers(tmp_path / "other")

    assert os.environ["SMARTERSENDS_DATA"] == str(tmp_path)


def test_only_the_server_that_is_not_named_is_started(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@db.example/app")

    servers = ensure_servers(tmp_path / "data")
    valkey_answers = redis.Redis.from_url(servers.redis_url).ping()
    servers.release()

    assert valkey_answers is True
    assert not (tmp_path / "data" / "postgres" / "PG_VERSION").exists()
    assert os.environ["DATABASE_URL"] == "postgresql://app@db.example/app"


def test_the_last_of_the_commands_that_share_the_servers_stops_them(data):
    first, second = Command(data), Command(data)
    assert (first.database_url, first.redis_url) == (second.database_url, second.redis_url)

    first.end()
    assert answers(second.database_url)

    second.end()
    assert not answers(second.database_url)
    assert not (data / "postgres" / "postmaster.pid").exists()


def test_a_killed_command_does_not_take_the_servers_from_the_others(data):
    first, second = Command(data), Command(data)
    first.kill()
    assert answers(second.database_url)

    second.end()
    assert not answers(second.database_url)


def test_servers_stop_even_if_their_only_command_is_killed(data):
    command = Command(data)
    command.kill()

    eventually(lambda: not (data / "postgres" / "postmaster.pid").exists())
    with pytest.raises(redis.exceptions.ConnectionError):
        redis.Redis.from_url(command.redis_url).ping()


def test_a_note_of_a_crashed_server_does_not_hinder_the_next_start(data):
    Command(data).end()
    (data / "postgres" / "postmaster.pid").write_text(
        f"{os.getpid()}\n{data / 'postgres'}\n1700000000\n5432\n{data / 'run'}\n\n  1  1\nready   \n"
    )

    command = Command(data)
    assert answers(command.database_url)
    command.end()


def test_a_data_folder_too_deep_for_a_socket_works_too_and_leaves_no_other(tmp_path):
    deep = tmp_path / "a folder with blanks" / ("deep" * 30)
    command = Command(deep)
    sockets = Path(unquote(command.database_url.partition("?host=")[2]))
    assert answers(command.database_url)
    assert sockets.is_dir()

    command.end()
    assert not sockets.exists()


def test_a_full_disk_is_named_before_anything_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 5 * 1024**2}))

    with pytest.raises(ServersError, match=r"Only 5 MB are free"):
        ensure_servers(tmp_path)


def test_a_socket_folder_that_others_can_enter_is_refused(tmp_path):
    (tmp_path / "run").mkdir()
    (tmp_path / "run").chmod(0o755)

    with pytest.raises(ServersError, match="open to others"):
        ensure_servers(tmp_path)
