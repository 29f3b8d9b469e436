"""The Braze connection in a real browser: the check shows its progress and its end without a reload, by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Demo
from tests.browser.test_accessibility import serious_findings

pytestmark = pytest.mark.browser

ADMIN = "nora.lindqvist@bluebird.example"
GOOD = "it holds all ten permissions"


def test_a_check_by_keyboard_ends_on_the_page_it_began_on(demo: Demo, signed_in) -> None:
    page: Page = signed_in(ADMIN)
    page.goto(demo.url("bluebird", "/braze/"))
    expect(page.locator("#check")).to_contain_text(GOOD, timeout=60_000)

    page.get_by_role("button", name="Check again").focus()
    page.keyboard.press("Enter")

    expect(page.locator("#check").get_by_role("progressbar")).to_be_visible()
    expect(page.locator("#check").get_by_role("progressbar")).to_be_hidden(timeout=60_000)
    expect(page.locator("#check")).to_contain_text(GOOD)


def test_the_free_endpoint_shows_for_other_only(demo: Demo, signed_in) -> None:
    page: Page = signed_in(ADMIN)
    page.goto(demo.url("bluebird", "/braze/"))

    page.get_by_label("Braze instance").select_option(label="EU-01 · rest.fra-01.braze.eu")
    expect(page.get_by_label("REST endpoint", exact=True)).to_be_hidden()
    page.get_by_label("Braze instance").select_option(label="Other")
    expect(page.get_by_label("REST endpoint", exact=True)).to_be_visible()


@pytest.mark.parametrize("width", [1280, 360])
def test_the_page_has_no_serious_finding_and_fits(demo: Demo, chromium: Browser, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
    page = context.new_page()
    page.goto(demo.person(ADMIN)["url"])
    page.goto(demo.url("bluebird", "/braze/"))
    for summary in page.locator("details.disclosure > summary").all():
        summary.click()

    assert serious_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
