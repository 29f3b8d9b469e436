"""axe on every page of the main path, at both widths: nothing serious."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Demo

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
SERIOUS = {"serious", "critical"}


def serious_findings(page: Page) -> list[str]:
    page.add_script_tag(path=AXE)
    # The mail in the frame has checks of its own; here the portal's pages are looked at.
    found = page.evaluate("axe.run({exclude: [['iframe']]}, {iframes: false})")
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:160]}"
        for each in found["violations"]
        if each["impact"] in SERIOUS
    ]


@pytest.mark.parametrize("width", [1280, 360])
def test_no_page_of_the_main_path_has_a_serious_finding(demo: Demo, chromium: Browser, width: int) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, bypass_csp=True
    )  # axe is put into the page
    page = context.new_page()
    page.goto(demo.url("bluebird", "/account/login/"))
    findings = {"sign-in": serious_findings(page)}
    page.goto(demo.person("mia.keller@bluebird.example")["url"])
    findings["list"] = serious_findings(page)
    page.goto(demo.url("bluebird", "/campaigns/new/"))
    findings["gallery"] = serious_findings(page)
    page.get_by_role("button", name="Use this: Seasonal offer").click()
    page.wait_for_url("**/compose/**")
    address = page.url.split("compose/")[0]
    for step in ("envelope", "hero", "letter", "offers", "coupon", "audience", "when", "check"):
        page.goto(f"{address}compose/{step}/")
        page.wait_for_load_state("networkidle")
        findings[step] = serious_findings(page)
    page.goto(address)
    findings["campaign"] = serious_findings(page)
    context.close()
    assert {name: found for name, found in findings.items() if found} == {}
