"""What bin/demo makes of its command line, and when it prepares its data anew."""

from __future__ import annotations

import socket

import pytest

from smartersends.embedded import ServersError
from smartersends.supervisor.__main__ import read
from smartersends.supervisor.demo import only_one
from smartersends.supervisor.prepared import Prepared


@pytest.fixture
def taken_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.fixture
def prepared(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@/app")
    source = tmp_path / "root" / "groups" / "models.py"
    source.parent.mkdir(parents=True)
    source.write_text("first")
    (tmp_path / "data").mkdir()
    (tmp_path / "stores.csv").write_text("one store")
    made = Prepared(tmp_path / "root", tmp_path / "data", tmp_path / "stores.csv", "http://127.0.0.1:8001")
    made.note()
    return made


def test_a_port_that_was_asked_for_and_is_taken_is_refused(taken_port):
    with pytest.raises(ServersError, match=f"Port {taken_port} is taken"):
        read(["--port", str(taken_port)])


def test_the_sandbox_gets_the_next_free_port():
    options = read(["--port", str(free_port())])

    assert options.sandbox_port > options.port


def test_a_file_of_groups_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ServersError, match="there is no file"):
        read(["--groups", str(tmp_path / "nowhere.csv")])


@pytest.mark.parametrize("port", ["0", "65535", "eighty"])
def test_what_is_no_port_is_refused(port, capsys):
    with pytest.raises(SystemExit):
        read(["--port", port])

    assert "is no port" in capsys.readouterr().err


def test_a_second_demo_on_the_same_data_learns_where_the_first_one_is(tmp_path):
    options = read(["--data", str(tmp_path), "--port", str(free_port())])

    with only_one(options), pytest.raises(ServersError, match=f"localhost:{options.port}"), only_one(options):
        pass


def test_data_made_from_the_same_sources_is_kept(prepared):
    assert prepared.is_current()


def test_data_is_prepared_again_after_a_change_in_the_code(prepared):
    (prepared.root / "groups" / "models.py").write_text("second")

    assert not prepared.is_current()


def test_data_is_prepared_again_for_other_groups(prepared):
    prepared.groups.write_text("another store")

    assert not prepared.is_current()


def test_data_is_prepared_again_for_another_database(prepared, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@elsewhere/app")

    assert not prepared.is_current()


def test_a_preparation_that_broke_off_is_begun_again(prepared):
    prepared.forget()

    assert not prepared.is_current()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
