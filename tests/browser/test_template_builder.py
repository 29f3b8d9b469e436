"""A marketer builds a template from modules: by mouse, and by keyboard on a phone. Nobody writes a line of code."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Demo
from tests.browser.test_accessibility import serious_findings

pytestmark = pytest.mark.browser

expect.set_options(timeout=15_000)

THEO = "theo.adeyemi@bluebird.example"


def begin(page: Page, demo: Demo) -> str:
    """A new, empty template; its name."""
    name = f"Spring offer {time.time_ns()}"
    page.goto(demo.url("bluebird", "/library/templates/new/"))
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Category").fill("Offers")
    page.get_by_role("button", name="Start building").click()
    expect(page.get_by_text("Nothing in it yet")).to_be_visible()
    return name


def titles(page: Page) -> Locator:
    return page.locator(".parts .part__title")


def field(page: Page, label: str) -> Locator:
    """By its label to the letter: the switches of who may change it carry it too."""
    return page.get_by_role("textbox", name=label, exact=True)


def saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "saved")


def drag(page: Page, what: Locator, to: Locator, *, below: bool = True) -> None:
    """As a hand does it: press, move in steps, let go."""
    what.scroll_into_view_if_needed()
    start, end = what.bounding_box(), to.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + 20)
    page.mouse.down()
    height = end["height"] * (0.8 if below else 0.2)
    for share in (0.2, 0.5, 0.8, 1.0, 1.0):
        page.mouse.move(
            start["x"] + (end["x"] + end["width"] / 2 - start["x"]) * share,
            start["y"] + (end["y"] + height - start["y"]) * share,
        )
    page.mouse.up()


def test_spring_offer_is_built_with_the_mouse(demo: Demo, signed_in) -> None:
    page = signed_in(THEO)
    name = begin(page, demo)
    for module in ("Header", "Hero", "Coupon"):
        page.get_by_role("button", name=f"Add {module}", exact=True).click()
        expect(titles(page).last).to_have_text(module)
    page.locator(".part--open .part__link").click()
    expect(page.locator(".part--open")).to_have_count(0)

    drag(
        page,
        page.locator(".module", has_text="Divider").locator(".module__name"),
        page.locator(".part").nth(2),
    )
    expect(titles(page)).to_contain_text(["Divider"])
    expect(titles(page)).to_have_count(4)
    page.locator(".part--open .part__link").click()
    expect(page.locator(".part--open")).to_have_count(0)
    grip = page.locator("#part-coupon [data-grip]")
    drag(page, grip, page.locator(".parts .part").first, below=False)
    expect(titles(page).first).to_have_text("Coupon")
    page.get_by_role("button", name=re.compile("^Undo: Move “Coupon”")).click()
    expect(titles(page).first).to_have_text("Header")

    page.get_by_role("link", name=re.compile("^Hero")).click()
    page.get_by_role("button", name="Words and pictures").click()
    expect(page.locator(".part--open .part__hint")).to_contain_text("fields open")
    field(page, "Headline").fill("Spring is in the cup")
    mail = page.frame_locator('iframe[data-buffer="front"]')
    expect(mail.get_by_text("Spring is in the cup")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Subject and sender")).click()
    field(page, "Subject").fill("A free pastry this spring")
    saved(page)

    page.reload()
    assert field(page, "Subject").input_value() == "A free pastry this spring"
    page.get_by_role("link", name="Back to the template").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    expect(page.get_by_text("They see it once it is published.")).to_be_visible()


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    target.focus()
    page.keyboard.press(key)


def test_the_same_by_keyboard_on_a_phone(demo: Demo, signed_in) -> None:
    page = signed_in(THEO, width=360)
    begin(page, demo)
    for module in ("Header", "Hero", "Coupon"):
        press(page, page.get_by_role("radio", name="Parts"), "ArrowLeft")
        press(page, page.get_by_role("button", name=f"Add {module}", exact=True))
        expect(titles(page).last).to_have_text(module)
        expect(page.locator(".part__link[aria-expanded=true]")).to_be_focused()

    press(page, page.get_by_role("button", name="Move Coupon up"))
    expect(titles(page)).to_have_text(["Header", "Coupon", "Hero"])
    expect(page.get_by_role("button", name="Move Coupon up")).to_be_focused()
    page.keyboard.press("Enter")
    expect(titles(page)).to_have_text(["Coupon", "Header", "Hero"])
    press(page, page.get_by_role("button", name=re.compile("^Undo: Move")))
    expect(titles(page)).to_have_text(["Header", "Coupon", "Hero"])

    press(page, page.get_by_role("link", name=re.compile("^Hero")))
    headline = field(page, "Headline")
    headline.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("Spring is in the cup")
    saved(page)
    locked = page.locator(".slot", has=headline).get_by_role("radio", name="Locked")
    press(page, locked, "ArrowRight")
    expect(page.locator(".part--open .part__hint")).to_contain_text("1 field open")
    saved(page)
    page.reload()
    expect(page.locator(".part--open .part__hint")).to_contain_text("1 field open")
    assert field(page, "Headline").input_value() == "Spring is in the cup"

    press(page, page.get_by_role("radio", name="Parts"), "ArrowRight")
    expect(
        page.frame_locator('iframe[data-buffer="front"]').get_by_text("Spring is in the cup")
    ).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_two_tabs_never_overwrite_each_other_unasked(demo: Demo, signed_in) -> None:
    page = signed_in(THEO)
    begin(page, demo)
    page.get_by_role("button", name="Add Hero", exact=True).click()
    expect(field(page, "Headline")).to_be_visible()
    other = page.context.new_page()
    other.goto(page.url)

    field(page, "Headline").fill("First tab")
    saved(page)
    field(other, "Headline").fill("Second tab")

    question = other.get_by_role("dialog")
    expect(question).to_contain_text("First tab (locked)")
    expect(question).to_contain_text("Second tab (locked)")
    question.get_by_role("button", name="Use mine").click()
    expect(field(other, "Headline")).to_have_value("Second tab")


@pytest.mark.parametrize("width", [1280, 360])
def test_no_page_of_the_builder_has_a_serious_finding(demo: Demo, chromium: Browser, width: int) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, bypass_csp=True
    )  # axe is put into the page
    page = context.new_page()
    page.goto(demo.person(THEO)["url"])
    page.goto(demo.url("bluebird", "/library/templates/"))
    template = page.locator(".table__main").first.get_attribute("href")
    assert template is not None
    pages = ["/library/templates/", "/library/templates/new/", "/library/templates/tags/", template,
             f"{template}shares/", f"{template}shares/?trying=1&add=node:1", f"{template}edit/",
             f"{template}edit/?part=envelope", f"{template}edit/?part=about", f"{template}edit/?part=hero"]  # fmt: skip
    found = {}
    for path in pages:
        page.goto(demo.url("bluebird", path))
        found[path] = serious_findings(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} scrolls sideways"
    context.close()

    assert found == {path: [] for path in pages}
