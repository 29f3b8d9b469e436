"""Watching, stopping and changing what is scheduled, in a real browser: by keyboard, at both widths, without findings."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Demo
from tests.browser.test_accessibility import serious_findings

pytestmark = pytest.mark.browser

ADMIN = "ruth.calder@brightwater.example"


@pytest.fixture(params=[1280, 360], ids=["desktop", "phone"])
def page(request: pytest.FixtureRequest, demo: Demo, chromium: Browser) -> Iterator[Page]:
    """The other brand's admin, so that a stop here holds nothing that other tests send."""
    context = chromium.new_context(viewport={"width": request.param, "height": 850}, bypass_csp=True)
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto(demo.person(ADMIN)["url"])
    yield page
    context.close()


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_all_sending_is_stopped_and_lifted_by_keyboard(demo: Demo, page: Page) -> None:
    page.goto(demo.url("brightwater", "/braze/sending/"))
    assert (serious_findings(page), fits(page)) == ([], True)

    page.get_by_role("link", name="Stop everything").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Why?")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Say why")).to_be_visible()
    assert (serious_findings(page), fits(page)) == ([], True)
    page.get_by_label("Why?").fill("The river is too high")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Lift the stop")).to_be_visible()

    page.goto(demo.url("brightwater", "/"))
    expect(page.get_by_text("Sending is stopped: The river is too high")).to_be_visible()
    assert (serious_findings(page), fits(page)) == ([], True)

    page.goto(demo.url("brightwater", "/braze/sending/"))
    page.get_by_role("button", name="Lift the stop").press("Enter")
    expect(page.get_by_text("Nothing is stopped.")).to_be_visible()


def test_the_dialogs_and_the_trace_of_a_scheduled_campaign(demo: Demo, page: Page) -> None:
    page.goto(demo.url("brightwater", "/?status=scheduled"))
    for address in page.locator("a.table__main").evaluate_all("links => links.map(link => link.href)"):
        page.goto(address)
        if page.get_by_role("link", name="Change the time").count():
            break
    for words in ("Change the time", "Change the audience"):
        page.get_by_role("link", name=words).press("Enter")
        expect(page.locator("#change-dialog")).to_be_visible()
        expect(page.get_by_role("button", name=words)).to_be_visible()
        assert (serious_findings(page), fits(page)) == ([], True)
        page.get_by_role("button", name="Leave it as it is").press("Enter")
        expect(page.locator("#change-dialog")).to_be_hidden()

    page.get_by_role("link", name="Every step").press("Enter")
    expect(page.get_by_role("heading", name="Every step of it")).to_be_visible()
    assert (serious_findings(page), fits(page)) == ([], True)
