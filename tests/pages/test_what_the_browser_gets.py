"""What pages are made of, checked where it lies: no server is needed to know that these hold."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
VENDORED = [ROOT / "static" / "vendor" / "VENDORED.md", ROOT / "tests" / "browser" / "vendor" / "VENDORED.md"]
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|\shx-on|javascript:|<script(?![^>]*\ssrc=)", re.IGNORECASE)


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("template", TEMPLATES, ids=relative)
def test_no_page_needs_an_exception_from_the_content_security_policy(template: Path) -> None:
    assert INLINE.findall(template.read_text()) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=relative)
def test_every_icon_asked_for_is_drawn(template: Path) -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (ROOT / "static" / "img" / "icons.svg").read_text()))
    asked = set(re.findall(r'"_icon\.html" with name="([^"]+)"', template.read_text()))
    assert asked - drawn == set()


@pytest.mark.parametrize("listing", VENDORED, ids=relative)
def test_vendored_files_are_the_published_ones(listing: Path) -> None:
    rows = re.findall(r"^\| `([^`]+)` \|.*\b([0-9a-f]{64})\b", listing.read_text(), re.MULTILINE)
    assert rows
    assert dict(rows) == {
        name: hashlib.sha256((listing.parent / name).read_bytes()).hexdigest() for name, _ in rows
    }


def test_every_stylesheet_is_linked_in_a_layer() -> None:
    folder = ROOT / "static" / "css"
    linked = set(re.findall(r'@import url\("([^"]+)"\) layer\(\w+\);', (folder / "app.css").read_text()))
    vendored = {f"../vendor/{path.name}" for path in (folder.parent / "vendor").glob("*.css")}
    assert linked == {path.name for path in folder.glob("*.css")} - {"app.css"} | vendored
