"""axe on the brand admin's Braze pages, at both widths: nothing serious; and a variation is changed by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Demo
from tests.browser.test_accessibility import serious_findings

pytestmark = pytest.mark.browser
ADMIN = "nora.lindqvist@bluebird.example"
PAGES = (
    "variations",
    "variations/found",
    "attributes",
    "attributes/new",
    "attributes/found",
    "segments",
    "audit",
)


@pytest.mark.parametrize("width", [1280, 360])
def test_no_braze_page_has_a_serious_finding(demo: Demo, chromium: Browser, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
    page = context.new_page()
    page.goto(demo.person(ADMIN)["url"])
    findings = {}
    for path in PAGES:
        page.goto(demo.url("bluebird", f"/braze/{path}/"))
        findings[path] = serious_findings(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} is too wide"
    page.goto(demo.url("bluebird", "/braze/segments/"))
    page.locator("tbody a").first.click()
    page.locator("#nodes li").first.wait_for()
    findings["segment"] = serious_findings(page)
    context.close()
    assert {name: found for name, found in findings.items() if found} == {}


def test_a_variation_is_changed_by_keyboard_alone(demo: Demo, signed_in) -> None:
    page = signed_in(ADMIN)
    page.goto(demo.url("bluebird", "/braze/variations/"))
    change = page.locator("tbody a.button").first
    name = change.inner_text()
    change.focus()
    page.keyboard.press("Enter")
    field = page.get_by_label("Message variation id")
    expect(field).to_be_focused()
    before = field.input_value()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("not an id")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("is no variation id")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(before)
    page.keyboard.press("Enter")

    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    expect(page.locator("tbody a.button").first).to_be_focused()
    assert page.locator("tbody a.button").first.inner_text() == name
