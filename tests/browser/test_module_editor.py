"""A brand developer writes in the source editor: a mistake is seen at its line, mended, and the module published."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Demo
from tests.browser.test_accessibility import serious_findings

pytestmark = pytest.mark.browser
ADMIN = "nora.lindqvist@bluebird.example"


def editor_of(demo: Demo, page: Page, name: str) -> Page:
    """The editor of a new module of this name, ready to be written in."""
    page.goto(demo.url("bluebird", "/library/modules/new/"))
    page.get_by_role("textbox", name="Name", exact=True).fill(name)
    page.get_by_role("button", name="Write it").click()
    page.locator("[data-module-editor][data-ready]").wait_for(state="attached")
    return page


def source(page: Page):
    return page.get_by_role("textbox", name="MJML source")


def test_a_mistake_is_shown_at_its_line_mended_and_published(demo: Demo, signed_in) -> None:
    refused: list[str] = []
    page = signed_in(ADMIN)
    page.on(
        "console",
        lambda message: refused.append(message.text) if "Content Security" in message.text else None,
    )
    editor_of(demo, page, "Typed by hand")
    source(page).click()
    page.keyboard.press("ControlOrMeta+Home")
    page.keyboard.type("[[ hedline ]]")
    page.keyboard.press("Enter")

    problem = page.locator(".problems__item")
    expect(problem).to_contain_text("MJML, line 1")
    expect(problem).to_contain_text("Did you mean headline?")
    expect(page.locator(".cm-lint-marker-error")).to_be_visible()
    expect(page.get_by_text("This is how it looked before")).to_be_visible()

    page.get_by_role("tab", name="Text").click()
    problem.get_by_role("link").click()
    expect(source(page)).to_be_focused()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Delete")
    expect(page.get_by_text("Nothing to mend")).to_be_visible()
    expect(page.frame_locator("[data-buffer=front]").get_by_role("heading", name="Headline")).to_be_visible()

    page.get_by_label("What has changed").fill("By hand")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Version 1 is published.")).to_be_visible()
    expect(page.get_by_role("link", name="By hand")).to_be_visible()
    assert refused == []


def test_what_the_engine_knows_is_offered_while_one_types(demo: Demo, signed_in) -> None:
    page = editor_of(demo, signed_in(ADMIN), "Offered")
    source(page).click()
    page.keyboard.press("ControlOrMeta+Home")
    page.keyboard.type("[[ head")
    expect(page.locator(".cm-completionLabel").get_by_text("headline", exact=True)).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.type(" ]] [[ theme.prim")
    expect(page.locator(".cm-completionLabel").get_by_text("primary", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.type("ary ]] <mj-wrap")
    expect(page.locator(".cm-completionLabel").get_by_text("mj-wrapper", exact=True)).to_be_visible()


def test_a_field_is_added_and_its_mistake_stands_beside_it(demo: Demo, signed_in) -> None:
    page = editor_of(demo, signed_in(ADMIN), "With fields")
    page.get_by_role("tab", name="Fields").click()
    page.get_by_role("button", name="Price").click()
    currency = page.get_by_label("Currency")
    currency.fill("pounds")
    expect(page.locator("[data-field]").nth(1).get_by_text("This has not the form")).to_be_visible()
    expect(currency).to_have_attribute("aria-invalid", "true")
    currency.fill("EUR")
    expect(page.get_by_text("Nothing to mend")).to_be_visible()
    page.locator("#up-price_1").click()
    expect(page.locator("[data-field] code").first).to_have_text("price_1")


def test_two_windows_on_one_module_see_both_and_overwrite_nobody(demo: Demo, signed_in) -> None:
    first = editor_of(demo, signed_in(ADMIN), "In two windows")
    second = first.context.new_page()
    second.goto(first.url)
    second.locator("[data-module-editor][data-ready]").wait_for(state="attached")
    first.get_by_role("tab", name="About").click()
    first.get_by_label("Description").fill("From the first window")
    expect(first.locator('[data-saved][data-state="saved"]')).to_be_visible()
    expect(first.locator("#compose-state")).to_have_attribute("data-revision", "0-2")

    second.get_by_role("tab", name="About").click()
    second.get_by_label("Description").fill("From the second window")
    dialog = second.get_by_role("dialog", name="This was changed somewhere else")
    expect(dialog.locator("del")).to_have_text("From the first window")
    dialog.get_by_role("button", name="Use mine").click()
    expect(second.locator("#compose-state")).to_have_attribute("data-revision", "0-3")


@pytest.mark.parametrize("width", [1280, 360])
def test_no_page_of_modules_has_a_serious_finding(demo: Demo, chromium: Browser, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
    page = context.new_page()
    page.goto(demo.person(ADMIN)["url"])
    page.goto(demo.url("bluebird", "/library/modules/"))
    findings = {"list": serious_findings(page)}
    page.locator(".module-card__link").first.click()
    page.get_by_role("heading", name="Versions").wait_for()
    module = page.url
    for path in ("", "edit/", "changes/", "versions/1/"):
        page.goto(module + path)
        if path == "edit/":
            page.locator("[data-module-editor][data-ready]").wait_for(state="attached")
            page.get_by_role("tab", name="Fields").click()
            page.locator("[data-field] summary").first.click()
        findings[path] = serious_findings(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} is too wide"
    context.close()
    assert {name: found for name, found in findings.items() if found} == {}
