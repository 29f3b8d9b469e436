"""Two versions side by side in a real browser: outlined where they differ, dark together, and accessible."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Demo

pytestmark = pytest.mark.browser

ADMIN = "nora.lindqvist@bluebird.example"


def with_draft(page: Page, demo: Demo) -> str:
    """The address of the versions of a template that has a draft."""
    page.goto(demo.url("bluebird", "/library/templates/"))
    for number in sorted(set(re.findall(r"/library/templates/(\d+)/", page.content()))):
        address = demo.url("bluebird", f"/library/templates/{number}/versions/")
        page.goto(address)
        if page.get_by_role("link", name="Check and publish").count():
            return address
    raise AssertionError("The demo has no template with a draft")


@pytest.mark.parametrize("width", [1280, 360])
def test_versions_are_compared(signed_in, demo, width):
    page = signed_in(ADMIN, width=width)
    versions = with_draft(page, demo)
    page.goto(versions + "compare/")

    told = page.locator("[data-told]:not(:empty)")
    told.wait_for()
    assert "look" in told.inner_text()
    frames = page.locator("iframe[data-side]")
    assert frames.count() == 2
    dark = page.get_by_label("Dark", exact=True)
    dark.check(force=True)
    page.wait_for_timeout(200)
    framed = page.locator("iframe[data-side=new]")
    for _try in range(60):
        if "look=dark" in framed.evaluate("each => each.contentDocument.URL"):
            break
        page.wait_for_timeout(250)
    assert "look=dark" in framed.evaluate("each => each.contentDocument.URL")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
