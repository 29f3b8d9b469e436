"""An imported newsletter looks as it did: measured in Chromium against the compiler's own rendering."""

from __future__ import annotations

import io
import os
import re
import shutil
from pathlib import Path

import mrml
import pytest
from PIL import Image, ImageChops

from library import engine
from library.importing.newsletter import read_newsletter
from library.importing.services import spec_of
from library.importing.tree import read
from tests.engine.cast import context

DATA = Path(__file__).parent / "data"
MOST = 0.02
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
#: A shade that nobody sees.
SHADE = 24


def compiled(mjml: str) -> str:
    return str(mrml.to_html(mjml, None, mrml.RenderOptions(disable_comments=True, fonts={})).content)


def cases() -> list[tuple[str, str, str]]:
    """Name, what is imported, and what it looked like."""
    found: list[tuple[str, str, str]] = []
    for file in sorted(DATA.glob("*.mjml")):
        source = file.read_text(encoding="utf-8")
        found += [
            (file.stem, source, compiled(source)),
            (f"{file.stem}, compiled", compiled(source), compiled(source)),
        ]
    mailing = (DATA / "mailing.html").read_text(encoding="utf-8")
    return [*found, ("mailing", mailing, mailing)]


CASES = cases()
IDS = [name for name, _source, _direct in CASES]


def imported(source: str) -> str:
    newsletter = read_newsletter(source)
    assert newsletter.errors == ()
    return engine.render(spec_of(newsletter, "Import"), {}, context()).html


def words(html: str) -> str:
    """What is read in the body, scripts and what is hidden left out."""
    body = read(html)[0].find("body")
    hidden = re.compile(r"display\s*:\s*none")
    for node in body.walk():
        node.children = [
            each
            for each in node.children
            if each.tag != "script" and not hidden.search(each.attributes.get("style", ""))
        ]
    return body.words()


@pytest.mark.parametrize(("name", "source", "direct"), CASES, ids=IDS)
def test_no_word_is_lost(name, source, direct):
    kept = words(imported(source)).replace("\u2060", "").split()
    wanted = [each for each in words(direct).split() if each != "Ask"]  # the button of a form, which goes

    assert wanted == kept[: len(wanted)]


@pytest.mark.parametrize(("name", "source", "direct"), CASES, ids=IDS)
def test_no_link_or_picture_is_lost(name, source, direct):
    addresses = re.compile(r'(?:href|src)="(https?://[^"]+)"')
    wanted = {each.replace("http://", "https://") for each in addresses.findall(direct)}
    spies = {each for each in wanted if "track.example.com" in each}

    assert wanted - spies <= set(addresses.findall(imported(source)))


@pytest.fixture(scope="module")
def shot():
    """`shot(html, width)`: the whole page, every picture a grey board with a mark in it."""
    from playwright.sync_api import sync_playwright

    board = io.BytesIO()
    picture = Image.new("RGB", (600, 300), "#8899aa")
    picture.paste("#cc8844", (100, 50, 300, 200))
    picture.save(board, "PNG")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = chromium.new_page()
        page.route("**/*", lambda route: answer(route, board.getvalue()))

        def shoot(html: str, width: int) -> Image.Image:
            page.set_viewport_size({"width": width, "height": 800})
            page.set_content(html, wait_until="load")
            return Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")

        yield shoot
        chromium.close()


def answer(route, picture: bytes) -> None:
    if route.request.resource_type == "image":
        route.fulfill(body=picture, content_type="image/png")
    else:
        route.abort()


def differing(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that differ; the other may go on below, where our footer stands."""
    difference = ImageChops.difference(one, other.crop((0, 0, *one.size))).convert("L")
    return sum(difference.histogram()[SHADE + 1 :]) / (one.width * one.height)


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 600, 800])
@pytest.mark.parametrize(("name", "source", "direct"), CASES, ids=IDS)
def test_it_looks_the_same(name, source, direct, width, shot):
    less_removed = re.sub(r"<script.*?</script>|<input[^>]*>|<button>.*?</button>", "", direct)

    assert differing(shot(less_removed, width), shot(imported(source), width)) < MOST
