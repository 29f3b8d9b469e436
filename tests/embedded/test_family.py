"""The demo's processes: whatever happens to one of them or to the supervisor, none is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[2]
SUPERVISOR = """
import sys
from pathlib import Path
from smartersends.supervisor.family import Ended, Family, Interrupted, Service

python = [sys.executable, "-c"]
sleep = "import time; time.sleep(600)"
members = {
    "patient": [*python, sleep],
    "deaf": [*python, "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);" + sleep],
    "parent": [*python, f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {sleep!r}]);" + sleep],
    "mortal": [*python, "import sys; sys.exit('the reason')"],
}
try:
    with Family(Path(sys.argv[1]), Path.cwd(), grace_seconds=0.5) as family:
        for name in sys.argv[2].split(","):
            family.start(Service(name, members[name]))
        print("started", flush=True)
        if len(sys.argv) > 3:
            family.run(Service("task", members[sys.argv[3]]))
        family.watch()
except Interrupted:
    sys.exit(0)
except Ended as ended:
    sys.exit(str(ended))
"""


class Supervisor:
    def __init__(self, logs: Path, *arguments: str) -> None:
        self.mark = str(logs)
        self.process = subprocess.Popen(
            [sys.executable, "-c", SUPERVISOR, str(logs), *arguments],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "FAMILY_OF": self.mark},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "started\n"

    def members(self) -> list[int]:
        """Everything alive that inherited the supervisor's environment, itself apart."""
        return [process.pid for process in psutil.process_iter() if self._is_member(process)]

    def end(self, number: int) -> tuple[int, str]:
        self.process.send_signal(number)
        return self.outcome()

    def outcome(self) -> tuple[int, str]:
        _, complaint = self.process.communicate(timeout=30)
        return self.process.returncode, complaint

    def _is_member(self, process: psutil.Process) -> bool:
        try:
            marked: bool = process.environ().get("FAMILY_OF") == self.mark
        except (psutil.AccessDenied, psutil.NoSuchProcess, psutil.ZombieProcess):
            return False
        return marked and process.pid != self.process.pid


def eventually_empty(supervisor: Supervisor) -> bool:
    deadline = time.monotonic() + 10
    while supervisor.members():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_every_member_also_deaf_ones_and_grandchildren(tmp_path, number):
    supervisor = Supervisor(tmp_path, "patient,deaf,parent")
    assert len(supervisor.members()) >= 3

    assert supervisor.end(number) == (0, "")
    assert supervisor.members() == []


def test_a_signal_while_a_task_is_still_running_ends_the_task_too(tmp_path):
    supervisor = Supervisor(tmp_path, "patient", "patient")

    assert supervisor.end(signal.SIGTERM) == (0, "")
    assert supervisor.members() == []


def test_members_end_with_a_supervisor_that_is_killed(tmp_path):
    if sys.platform != "linux":
        pytest.skip("only Linux ties a process to its parent")
    supervisor = Supervisor(tmp_path, "patient")
    supervisor.end(signal.SIGKILL)

    assert eventually_empty(supervisor)


def test_a_member_that_ends_by_itself_is_named_with_its_last_words_and_ends_the_others(tmp_path):
    supervisor = Supervisor(tmp_path, "patient,mortal")
    code, complaint = supervisor.outcome()

    assert code == 1
    assert "mortal ended unexpectedly (exit code 1)" in complaint
    assert "the reason" in complaint
    assert supervisor.members() == []


def test_a_task_that_fails_is_named_with_its_last_words(tmp_path):
    code, complaint = Supervisor(tmp_path, "patient", "mortal").outcome()

    assert code == 1
    assert "task ended unexpectedly (exit code 1)" in complaint
    assert "the reason" in complaint
