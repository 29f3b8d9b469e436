"""Seeding against the real sandbox: what the portal shows is what Braze would answer, and a second run adds nothing."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from django.utils import timezone

from audiences.models import Segment
from branding.models import Brand
from branding.scope import brand_scope
from delivery.models import Dispatch, SendId
from insights.models import Metrics, Numbers
from insights.services import record
from smartersends.seed import run
from smartersends.seed.brands import BRANDS
from smartersends.seed.history import KEPT
from workspace.models import Workspace
from workspace.services import braze_for

pytestmark = pytest.mark.django_db

CHARITY = BRANDS[1]


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "braze_sandbox",
        "--port",
        str(port),
        "--data",
        str(tmp_path / "sandbox"),
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline(), "the sandbox ended before it was ready"
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture
def seeded(sandbox: str, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    settings.BRAZE_SANDBOX_URL, settings.BRAZE_ALLOW_LOOPBACK = sandbox, True
    settings.MEDIA_ROOT, settings.DATA_DIR = tmp_path / "media", tmp_path
    monkeypatch.setattr(run, "BRANDS", (CHARITY,))
    run.seed(groups_file=None, say=str)
    with brand_scope(Brand.objects.get(slug=CHARITY.slug).pk):
        yield sandbox


def totals() -> dict[int, dict[str, int | None]]:
    return {
        row.dispatch_id: {name: getattr(row, name) for name in Metrics.NAMES} for row in Numbers.objects.all()
    }


def test_the_sandbox_knows_what_the_portal_knows(seeded: str) -> None:
    health = httpx2.get(f"{seeded}/sandbox/health").json()
    assert health["profiles"] == CHARITY.customers
    assert all(segment.size for segment in Segment.objects.all())

    before, workspace = totals(), Workspace.objects.get()
    braze = braze_for(workspace)
    sending = Dispatch.objects.filter(planned_at__gt=timezone.now() - KEPT, state=Dispatch.State.DONE)
    for send_id in SendId.objects.filter(pk__in=sending.values("send_id")):
        record(send_id, braze.send_series(workspace.campaign_id, send_id.value, length=15))

    assert totals() == before


def test_a_second_run_adds_nothing(seeded: str) -> None:
    before = httpx2.get(f"{seeded}/sandbox/health").json()
    said: list[str] = []

    run.seed(groups_file=None, say=said.append)

    after = httpx2.get(f"{seeded}/sandbox/health").json()
    assert said == []
    assert after | {"time": ""} == before | {"time": ""}
