"""The whole job of the product, as a local person does it: from a template to numbers, through Celery and Braze."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Demo

pytestmark = pytest.mark.browser

MIA = "mia.keller@bluebird.example"


def next_step(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()


def begin(page: Page, template: str) -> str:
    """Start a campaign from a template; its address."""
    page.get_by_role("link", name="New campaign").click()
    page.get_by_role("button", name=f"Use this: {template}").click()
    expect(page.get_by_role("heading", name="Subject line")).to_be_visible()
    return page.url.split("compose/")[0]


def write(page: Page, label: str, words: str) -> None:
    """Type into a field and wait until it is saved."""
    with page.expect_response(lambda response: response.request.method == "POST" and response.ok):
        page.get_by_label(label).first.fill(words)
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "saved")


def within(seconds: float, found: Callable[[], list[Any]]) -> list[Any]:
    """Ask again until there is something."""
    deadline = time.monotonic() + seconds
    while not (answer := found()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.5)
    return answer


def test_a_local_person_sends_a_campaign_and_sees_what_came_of_it(demo: Demo, signed_in) -> None:
    page = signed_in(MIA)
    address = begin(page, "Seasonal offer")
    subject = f"Warm cups until Sunday {time.time_ns()}"
    write(page, "Subject", subject)
    next_step(page)

    write(page, "Headline", "Come in out of the rain")
    preview = page.frame_locator('iframe[data-buffer="front"]')
    expect(preview.get_by_text("Come in out of the rain")).to_be_visible()

    page.goto(f"{address}compose/audience/")
    expect(page.get_by_text("Only customers of")).to_be_visible()
    next_step(page)
    page.get_by_label("Now").check()
    next_step(page)
    expect(page.get_by_text("Everything is filled in")).to_be_visible()
    page.get_by_role("button", name="Send now").click()

    expect(page.get_by_text("Braze has it.")).to_be_visible(timeout=30_000)
    [call] = demo.booked(subject)
    body = call["body"]
    fence = body["audience"]["custom_attribute"]
    assert body["broadcast"] is True
    assert fence["custom_attribute_name"] == "store_id"
    assert fence["comparison"] == "equals"
    assert body["send_id"].startswith("smartersends-")
    assert "List-Unsubscribe" in body["messages"]["email"]["headers"]

    mails = within(60, lambda: demo.delivered(call))
    assert body["messages"]["email"]["message_variation_id"] == mails[0]["variation"]
    assert {mail["attributes"]["store_id"] for mail in mails} == {fence["value"]}

    inbox = page.context.new_page()
    inbox.goto(f"{demo.sandbox}/inbox/{mails[0]['id']}")
    expect(inbox.get_by_text(subject).first).to_be_visible()

    expect(page.locator(".status--sent")).to_be_visible(timeout=60_000)
    tile = page.locator(".tile", has_text="Sent").locator(".tile__number")
    expect(tile).to_have_text(re.compile(r"^[1-9]"), timeout=60_000)


def test_the_same_on_a_phone(demo: Demo, signed_in) -> None:
    page = signed_in(MIA, width=360)
    page.get_by_role("link", name="New campaign").click()
    page.get_by_role("button", name="Use this: Loyalty thank-you").click()
    while "/compose/check/" not in page.url:
        here = page.url
        next_step(page)
        page.wait_for_url(lambda url, here=here: url != here)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, f"{page.url} scrolls sideways"
    page.get_by_role("button", name="Send now").click()
    expect(page.get_by_text(re.compile("handed to Braze|Braze has it"))).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Cancel campaign").click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel campaign").click()
    expect(page.locator(".status--draft")).to_be_visible(timeout=30_000)


def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost(demo: Demo, signed_in) -> None:
    page = signed_in(MIA)
    address = begin(page, "Seasonal offer")
    page.goto(f"{address}compose/hero/")
    typed = "{{first_name}} " + "much too long " * 6
    write(page, "Headline", typed)
    expect(page.locator("#f-hero-headline-error")).to_contain_text("Shorten this to 48 characters")
    expect(page.locator("#f-hero-headline-error")).to_contain_text("{{")
    page.reload()
    assert page.get_by_label("Headline").input_value() == typed.strip()
    page.goto(f"{address}compose/check/")
    expect(page.get_by_role("button", name="Send now")).to_be_disabled()
    page.get_by_role("link", name="Go to “Opening”").first.click()
    expect(page.get_by_label("Headline")).to_be_visible()


def test_two_tabs_in_one_draft_ask_whose_words_shall_stay(demo: Demo, signed_in) -> None:
    page = signed_in(MIA)
    address = begin(page, "Seasonal offer")
    page.goto(f"{address}compose/hero/")
    other = page.context.new_page()
    other.goto(f"{address}compose/hero/")
    write(other, "Headline", "From the other tab")

    page.get_by_label("Headline").fill("From this tab")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("From the other tab")
    expect(dialog).to_contain_text("From this tab")
    with page.expect_response(lambda response: response.request.method == "POST" and response.ok):
        dialog.get_by_role("button", name="Use mine").click()
    expect(dialog).to_be_hidden()
    other.reload()
    expect(other.get_by_label("Headline")).to_have_value("From this tab")


def test_somebody_who_needs_approval_submits_and_a_colleague_approves(demo: Demo, signed_in) -> None:
    ivy = signed_in("ivy.nakamura@bluebird.example")
    address = begin(ivy, "Loyalty thank-you")
    ivy.goto(f"{address}compose/when/")
    ivy.get_by_label("On a day and time").check()
    next_step(ivy)
    ivy.get_by_role("button", name="Submit for approval").click()
    expect(ivy.locator(".status--in_review")).to_be_visible()

    nora = signed_in("nora.lindqvist@bluebird.example")
    nora.goto(address)
    nora.get_by_role("button", name="Approve and schedule").click()
    expect(nora.get_by_text("Braze has it.")).to_be_visible(timeout=30_000)
    ivy.reload()
    expect(ivy.get_by_text("Approved it")).to_be_visible()


def test_the_double_click_books_once(demo: Demo, signed_in) -> None:
    page = signed_in(MIA)
    address = begin(page, "Seasonal offer")
    subject = f"Only once {time.time_ns()}"
    write(page, "Subject", subject)
    page.goto(f"{address}compose/check/")
    page.get_by_role("button", name="Send now").dblclick()
    expect(page.get_by_text("Braze has it.")).to_be_visible(timeout=30_000)
    assert len(demo.booked(subject)) == 1
