"""The pages that turn the sandbox's knobs: each button does what it says, and only from this machine."""

from __future__ import annotations

import re

import httpx2
import pytest

from braze_sandbox.app import create_app
from tests.braze_sandbox.conftest import KEY, POOR_KEY

PAGES = ("/settings", "/faults", "/keys", "/limits", "/calls?accepted=yes")


def press(braze, page, button, /, **form):
    answer = braze.http.post(page, data={"do": button, **form})
    assert answer.status_code == 303, answer.text
    return braze.http.get(answer.headers["Location"]).text


@pytest.mark.parametrize("path", PAGES)
def test_pages_run_no_script_and_no_inline_style(braze, path):
    braze.create()
    answer = braze.http.get(path)
    assert answer.status_code == 200
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=", answer.text)


@pytest.mark.parametrize("path", ["/settings", "/faults", "/keys"])
def test_every_field_has_a_label(braze, path):
    page = braze.get(path).text
    fields = re.findall(r'<(?:input|select|textarea) id="([^"]+)"', page)
    assert fields
    assert all(f'for="{field}"' in page for field in fields)


def test_the_clock_moves_by_its_buttons(braze):
    assert "24 Nov 2026, 12:00:00" in press(braze, "/settings", "advance", seconds="86400")
    assert "1 Dec 2026, 09:30:00" in press(braze, "/settings", "set", at="2026-12-01T09:30")
    assert "60.0 times" in press(braze, "/settings", "speed", speed="60")
    assert "23 Nov 2026, 12:00:00" in press(braze, "/settings", "real")


def test_choices_are_saved_and_taken_back(braze):
    saved = press(
        braze, "/settings", "choose", missing_permission="403", late_seconds="1.5", series_entry="id"
    )
    assert "Done." in saved
    chosen = braze.get("/sandbox/choices").json()
    assert (chosen["missing_permission"], chosen["late_seconds"], chosen["series_entry"]) == (403, 1.5, "id")
    press(braze, "/settings", "defaults")
    assert braze.get("/sandbox/choices").json()["missing_permission"] == 401


def test_every_choice_is_on_the_page(braze):
    page = braze.get("/settings").text
    assert all(f'name="{name}"' in page for name in braze.get("/sandbox/choices").json())


def test_a_mistake_is_told_and_what_was_typed_is_kept(braze):
    answer = braze.http.post("/settings", data={"do": "choose", "late_seconds": "soon"})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert 'value="soon"' in answer.text


def test_a_fault_is_ordered_listed_and_taken_back(braze):
    page = press(
        braze,
        "/faults",
        "order",
        path="/segments/*",
        kind="503",
        delay_ms="0",
        chance="100",
        count="0",
    )
    assert "503 before" in page
    assert braze.get("/segments/list").status_code == 503
    [number] = re.findall(r'name="number" value="(\d+)"', page)
    assert "weather is fine" in press(braze, "/faults", "clear", number=number)
    assert braze.get("/segments/list").status_code == 200


def test_every_fault_the_page_offers_can_be_ordered(braze):
    kinds = re.findall(r'<option value="([a-z0-9-]+)"', braze.get("/faults").text.partition('id="kind"')[2])
    for kind in kinds:
        press(braze, "/faults", "order", path="*", kind=kind, delay_ms="5", chance="50", count="1")
    assert len(braze.get("/sandbox/faults").json()["faults"]) == len(kinds) > 15
    press(braze, "/faults", "clear")
    assert braze.get("/sandbox/faults").json()["faults"] == []


def test_a_seed_is_sown(braze):
    assert "now 7" in press(braze, "/faults", "seed", seed="7")


def test_permissions_and_addresses_of_a_key_are_edited(braze):
    whose = {"workspace": "bluebird", "key": "poor"}
    press(
        braze,
        "/keys",
        "key",
        **whose,
        permissions=["segments.list", "segments.details"],
        addresses="127.0.0.1",
    )
    poor = braze.client(POOR_KEY)
    assert poor.get("/segments/details", params={"segment_id": "segment-uk"}).status_code == 200
    press(braze, "/keys", "key", **whose, addresses="192.0.2.1")
    assert poor.get("/segments/list").status_code == 403
    assert braze.get("/segments/list").status_code == 200


def test_no_key_is_shown(braze):
    assert KEY not in braze.get("/keys").text


def test_re_eligibility_is_edited(braze):
    whose = {"workspace": "bluebird", "campaign": "campaign-1"}
    press(braze, "/keys", "campaign", **whose, rule="after", days="3")
    assert braze.sandbox.workspaces["bluebird"].campaigns["campaign-1"].re_eligible == 3
    press(braze, "/keys", "campaign", **whose, rule="never", days="")
    assert braze.sandbox.workspaces["bluebird"].campaigns["campaign-1"].re_eligible is False


def test_caps_are_added_and_removed(braze):
    added = press(braze, "/keys", "add-cap", workspace="bluebird", messages="2", days="7", channel="email")
    assert "2 messages of email in 7 days" in added
    assert "None: everybody" in press(braze, "/keys", "remove-cap", workspace="bluebird", position="0")


def test_limits_show_what_is_used_and_left(braze):
    braze.choose(calls_per_hour=5)
    braze.create()
    page = braze.get("/limits").text
    assert "1 of 5" in page
    assert '<td data-label="Left" class="number">4</td>' in page


def test_the_ledger_page_holds_only_what_was_accepted(braze):
    schedule_id = braze.booked()
    braze.create(campaign_id="unknown")
    page = braze.http.get("/calls?accepted=yes").text
    assert schedule_id in page
    assert page.count("/calls/") == 1


def test_from_elsewhere_it_is_only_shown(braze):
    transport = httpx2.WSGITransport(app=create_app(braze.sandbox), remote_addr="192.0.2.7")
    with httpx2.Client(transport=transport, base_url="http://sandbox.test") as stranger:
        assert "<button" not in stranger.get("/settings").text
        assert stranger.post("/settings", data={"do": "real"}).status_code == 403


@pytest.mark.parametrize(
    "header", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}]
)
def test_a_page_of_somebody_else_cannot_press_its_buttons(braze, header):
    answer = braze.http.post("/settings", data={"do": "advance", "seconds": "60"}, headers=header)
    assert answer.status_code == 403
    assert braze.get("/sandbox/clock").json()["time"] == "2026-11-23T12:00:00.000Z"
