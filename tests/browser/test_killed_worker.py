"""kill -9 in the middle of the one call that cannot be repeated."""

from __future__ import annotations

import signal
import time

import httpx2
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Demo
from tests.browser.test_main_job import MIA, begin, write

pytestmark = pytest.mark.browser


def test_the_campaign_ends_right_and_goes_out_once(demo: Demo, signed_in) -> None:
    page = signed_in(MIA)
    address = begin(page, "Seasonal offer")
    subject = f"Survives {time.time_ns()}"
    write(page, "Subject", subject)
    page.goto(f"{address}compose/check/")
    httpx2.post(
        f"{demo.sandbox}/sandbox/faults",
        json={"path": "/messages/schedule/create", "delay_ms": 5000, "count": 1},
    ).raise_for_status()
    page.get_by_role("button", name="Send now").click()
    page.wait_for_timeout(2500)
    for process in demo.workers():
        process.send_signal(signal.SIGKILL)

    # Nobody knows whether Braze took it, until its numbers come and tell.
    expect(page.locator(".status--sent")).to_be_visible(timeout=150_000)
    [call] = demo.booked(subject)
    assert demo.delivered(call)
