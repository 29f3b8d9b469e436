"""The process itself: what outlives it, how it starts and ends, and the real client against it."""

from __future__ import annotations

import signal
import socket
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
