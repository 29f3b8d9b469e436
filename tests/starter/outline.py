"""What a mail is made of, without how it looks: for tests that say what changed and never flake.

``python -m tests.starter.outline`` writes the files of golden/ anew; look at the difference before you commit it.
"""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

from library.engine import Email, render
from library.engine.footer import UNSUBSCRIBE
from library.starter import catalogue, samples
from tests.starter.cast import DAY, MODULES, TEMPLATES, context

GOLDEN = Path(__file__).parent / "golden"
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


class Link(NamedTuple):
    words: str
    address: str


class Picture(NamedTuple):
    address: str
    alt: str
    width: int


class Outline(HTMLParser):
    """Headings as (level, words), links, pictures and widths of layout tables, in the order of the mail, to its footer."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headings: list[tuple[int, str]] = []
        self.links: list[Link] = []
        self.pictures: list[Picture] = []
        self.widths: list[int] = []
        self._heard: list[str] = []
        self._address = ""
        self.feed(html.split(UNSUBSCRIBE, maxsplit=1)[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag in _HEADINGS or tag == "a":
            self._heard = []
        if tag == "a":
            self._address = said.get("href", "")
        if tag == "img":
            self.pictures.append(
                Picture(said.get("src", ""), said.get("alt", ""), int(said.get("width", "0")))
            )
            self._heard.append(said.get("alt", ""))
        if tag == "table" and said.get("width", "").isdigit():
            self.widths.append(int(said["width"]))

    def handle_endtag(self, tag: str) -> None:
        words = " ".join("".join(self._heard).split())
        if tag in _HEADINGS:
            self.headings.append((_HEADINGS[tag], words))
        elif tag == "a" and self._address:
            self.links.append(Link(words, self._address))
            self._address = ""

    def handle_data(self, data: str) -> None:
        self._heard.append(data)


def told(mail: Email) -> str:
    """The outline as lines, and the plain text below it, both without the footer that every mail has."""
    outline = Outline(mail.html)
    return "\n".join(
        [
            *(f"h{level} {words}" for level, words in outline.headings),
            *(f"a {link.words} -> {link.address}" for link in outline.links),
            *(f"img {picture.width} {picture.alt}" for picture in outline.pictures),
            "",
            mail.text.split("\n--\n", maxsplit=1)[0].strip(),
            "",
        ]
    )


def mails() -> dict[str, Email]:
    """Every module and every template of every brand, by the name of its file."""
    shown = {f"module-{slug}.{brand}": (samples.one_module(slug, brand), brand) for slug, brand in MODULES}
    shown |= {f"template-{slug}.{brand}": (catalogue.templates()[slug], brand) for slug, brand in TEMPLATES}
    return {
        name: render(spec, samples.dated(spec, DAY), context(brand)) for name, (spec, brand) in shown.items()
    }


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for file in GOLDEN.glob("*.txt"):
        file.unlink()
    for name, mail in mails().items():
        (GOLDEN / f"{name}.txt").write_text(told(mail), encoding="utf-8")
