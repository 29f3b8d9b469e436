"""The process itself: what outlives it, how it starts and ends, and the real client against it."""

from __future__ import annotations

import signal
import socket
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest

from braze_client import Braze, CreateSchedule, EmailMessage, Messages, Schedule, audience
from braze_client.errors import OutcomeUnknown
from tests.braze_sandbox.conftest import KEY, PEOPLE, WORKSPACE, Setting

ROOT = Path(__file__).parents[2]
REQUEST = CreateSchedule(
    schedule=Schedule.at(datetime(2099, 1, 1, tzinfo=UTC)),
    messages=Messages(
        email=EmailMessage.model_validate(
            {
                "app_id": "app-1",
                "from": "Leith <a@b.example>",
                "body": "<p>Hi</p>",
                "message_variation_id": "leith",
            }
        )
    ),
    broadcast=True,
    audience=audience.custom_attribute("store_id").equals("12"),
    campaign_id="campaign-1",
)


def test_everything_accepted_outlives_a_restart(tmp_path):
    first = Setting(tmp_path)
    first.post("/sandbox/workspaces", WORKSPACE)
    first.post("/sandbox/profiles", {"workspace": "bluebird", "profiles": PEOPLE})
    schedule_id = first.booked()
    first.sandbox.close()

    second = Setting(tmp_path)
    assert second.get("/segments/list").status_code == 200
    assert len(second.get("/sandbox/ledger").json()["calls"]) == 2
    second.later(hours=1)
    assert second.receivers(schedule_id) == {"ada", "bob", "eve"}
    second.sandbox.close()


def test_a_folder_of_an_earlier_version_is_gone_on_with(tmp_path):
    old = sqlite3.connect(tmp_path / "sandbox.sqlite3")
    old.executescript(
        "CREATE TABLE calls (number INTEGER PRIMARY KEY, at REAL NOT NULL, workspace TEXT NOT NULL,"
        " key_name TEXT NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL, query TEXT NOT NULL,"
        " status INTEGER NOT NULL, accepted INTEGER NOT NULL, fault TEXT NOT NULL, request_id TEXT NOT NULL,"
        " body BLOB, answer BLOB);"
        "INSERT INTO calls VALUES (7, 1.0, 'w', 'k', 'POST', '/users/track', '', 201, 1, '', 'r', '{\"a\": 1}', '{}');"
    )
    old.close()
    setting = Setting(tmp_path)
    [call] = setting.get("/sandbox/ledger", bodies=1).json()["calls"]
    assert (call["number"], call["body"]) == (7, {"a": 1})
    setting.post("/sandbox/workspaces", WORKSPACE)
    setting.booked()
    assert setting.get("/sandbox/ledger", after=7).json()["calls"][0]["number"] == 8
    setting.sandbox.close()


def test_choices_outlive_a_restart(tmp_path):
    first = Setting(tmp_path)
    first.choose(missing_permission=403, exports_per_minute=7)
    first.sandbox.close()
    second = Setting(tmp_path)
    kept = second.get("/sandbox/choices").json()
    assert (kept["missing_permission"], kept["exports_per_minute"]) == (403, 7)
    second.sandbox.close()


@pytest.fixture
def running(tmp_path):
    """A sandbox as its users start it: its address and the process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "braze_sandbox", "--port", str(port), "--data", str(tmp_path)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        yield line.split()[-1], process
        process.kill()


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_it_says_one_line_and_ends_when_told(running, end):
    address, process = running
    assert httpx2.get(f"{address}/sandbox/health").json()["ok"] is True
    process.send_signal(end)
    output, errors = process.communicate(timeout=20)
    assert (output, errors, process.returncode) == ("", "", 0)


def test_a_taken_port_is_said_plainly(running, tmp_path):
    port = running[0].rpartition(":")[2]
    command = [sys.executable, "-m", "braze_sandbox", "--port", port, "--data", str(tmp_path / "other")]
    second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert second.returncode == 1
    assert "Choose another --port" in second.stderr


def test_the_real_client_learns_nothing_from_a_cut_connection(running):
    address, _ = running
    httpx2.post(f"{address}/sandbox/workspaces", json=WORKSPACE)
    httpx2.post(f"{address}/sandbox/faults", json={"path": "/messages/schedule/create", "cut_after": True})
    with Braze(address, KEY) as braze, pytest.raises(OutcomeUnknown):
        braze.create_schedule(REQUEST)
    calls = httpx2.get(f"{address}/sandbox/ledger", params={"path": "/messages/schedule/create"}).json()[
        "calls"
    ]
    assert len(calls) == 1


# --- On the wire ---

LIST = (
    f"GET /segments/list HTTP/1.1\r\nHost: sandbox.test\r\nAuthorization: Bearer {KEY}\r\n"
    "Connection: close\r\n\r\n"
).encode()


def asked(address):
    """A connection over which the segments have just been asked for."""
    host, _, port = address.removeprefix("http://").rpartition(":")
    connection = socket.create_connection((host, int(port)), timeout=30)
    connection.sendall(LIST)
    return connection


def everything(connection):
    """All that comes before the connection ends, one way or the other."""
    told = b""
    with connection:
        try:
            while part := connection.recv(65_536):
                told += part
        except ConnectionResetError:
            pass
    return told


def prepare(address, **fault):
    httpx2.post(f"{address}/sandbox/workspaces", json=WORKSPACE)
    answer = httpx2.post(f"{address}/sandbox/faults", json={"path": "/segments/list", **fault})
    assert answer.status_code == 200


@pytest.mark.parametrize("cut", ["cut_before", "cut_after"])
def test_a_cut_connection_carries_not_one_byte(running, cut):
    address, _ = running
    prepare(address, **{cut: True})
    assert everything(asked(address)) == b""
    assert everything(asked(address)).startswith(b"HTTP/1.1 200")


def test_who_stalls_or_drips_holds_up_nobody_else(running):
    address, _ = running
    prepare(address, stall_s=600, count=20)
    prepare(address, drip=True)
    held = [asked(address) for _ in range(21)]
    told = [asked(address) for _ in range(5)]
    assert all(everything(one).startswith(b"HTTP/1.1 200") for one in told)
    for one in held:
        one.close()


def test_latency_is_for_calls_and_not_for_whoever_watches(running):
    address, _ = running
    prepare(address, delay_ms=1)
    httpx2.post(f"{address}/sandbox/choices", json={"latency_ms": 600_000})
    waiting = asked(address)
    assert httpx2.get(f"{address}/sandbox/health").status_code == 200
    assert httpx2.get(f"{address}/").status_code == 200
    waiting.close()


def test_a_body_of_four_megabytes_comes_through(running):
    address, _ = running
    httpx2.post(f"{address}/sandbox/workspaces", json=WORKSPACE)
    body = b'{"attributes": []' + b" " * (4 * 2**20 - 18) + b"}"
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
    assert httpx2.post(f"{address}/users/track", content=body, headers=headers).status_code == 400
    assert httpx2.post(f"{address}/users/track", content=body + b" ", headers=headers).status_code == 413


def test_it_ends_even_while_calls_are_held(running):
    address, process = running
    prepare(address, stall_s=600)
    held = asked(address)
    httpx2.get(f"{address}/sandbox/health")
    process.send_signal(signal.SIGTERM)
    assert everything(held) == b""
    assert process.wait(timeout=20) == 0
