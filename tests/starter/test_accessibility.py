"""axe on every mail of the starter library, light and dark: nothing serious."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from library.engine import render
from library.starter import catalogue, samples
from tests.starter.cast import MODULES, TEMPLATES, context, values

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[1] / "browser" / "vendor" / "axe.min.js"
SERIOUS = {"serious", "critical"}
#: The states of a template that differ most in what stands in it.
STATES = ("defaults", "longest", "arabic")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(params=["light", "dark"])
def page(request, chromium: Browser) -> Iterator[Page]:
    opened = chromium.new_page(color_scheme=request.param)
    opened.route("**/*", lambda route: route.abort())  # pictures are not what axe looks at
    yield opened
    opened.close()


def serious_findings(page: Page, html: str) -> list[str]:
    page.set_content(html)
    page.add_script_tag(path=AXE)
    return [
        f"{found['id']}: {found['nodes'][0]['html'][:200]}"
        for found in page.evaluate("axe.run()")["violations"]
        if found["impact"] in SERIOUS
    ]


@pytest.mark.parametrize(("slug", "brand"), TEMPLATES)
def test_a_template_has_no_serious_finding(page, slug, brand):
    spec = catalogue.templates()[slug]
    for state in STATES:
        html = render(spec, values(spec, state), context(brand, state)).html
        assert serious_findings(page, html) == [], state


@pytest.mark.parametrize("brand", catalogue.brands())
def test_no_module_has_a_serious_finding(page, brand):
    found = {}
    for slug in (slug for slug, of_brand in MODULES if of_brand == brand):
        spec = samples.one_module(slug, brand)
        found[slug] = serious_findings(page, render(spec, values(spec, "defaults"), context(brand)).html)
    assert {slug: each for slug, each in found.items() if each} == {}
