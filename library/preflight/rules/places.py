"""From what stands in the finished mail back to the field it was typed into."""

from __future__ import annotations

import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from library.engine.context import RenderContext
from library.engine.fields import ButtonValue, ImageValue, Typed
from library.engine.inert import MARKS, WORD_JOINER
from library.engine.links import BadLink, safe_link
from library.engine.template import ENVELOPE
from library.preflight.rules.page import Element, Page


class Place(NamedTuple):
    """A field's path and the piece of it; both empty where nobody typed it."""

    path: str = ""
    part: str = ""


NOWHERE = Place()
_NOISE = re.compile(rf"<[^>]*>|[{MARKS}{WORD_JOINER}\s]+")


class Places:
    """Values by their words, and the mail's typed pieces matched with them in order."""

    def __init__(self, values: Iterable[tuple[str, Typed]], page: Page, context: RenderContext) -> None:
        self._known: dict[str, list[Place]] = defaultdict(list)
        # What stands in the mail itself goes before its envelope, whose words often come back there.
        for path, value in sorted(values, key=lambda each: each[0].startswith(f"{ENVELOPE}.")):
            for text, part in _texts(value, context):
                if (key := _key(text)) and Place(path, part) not in self._known[key]:
                    self._known[key].append(Place(path, part))
        self._of_span = self._matched(page.typed)

    def _matched(self, typed: list[str]) -> list[Place]:
        """Where several fields hold the same words, pieces and fields go side by side in the order of the mail."""
        keys = [_key(text) for text in typed]
        total, seen = Counter(keys), Counter[str]()
        found = []
        for key in keys:
            places = self._known.get(key, [NOWHERE])
            found.append(places[seen[key] * len(places) // total[key]])
            seen[key] += 1
        return found

    def of(self, element: Element) -> Place:
        """The field that filled the element or something in it; else one whose locked words it shows."""
        for each in (element, *element.descendants()):
            for span in each.spans:
                if self._of_span[span].path:
                    return self._of_span[span]
        return self.of_text(element.words)

    def of_text(self, text: str) -> Place:
        """The first field with exactly this text."""
        return self._known.get(_key(text), [NOWHERE])[0]


def _texts(value: Typed, context: RenderContext) -> Iterator[tuple[str, str]]:
    if isinstance(value, ButtonValue):
        yield value.label, "label"
        yield _address(value.url), "url"
    elif isinstance(value, ImageValue):
        known = context.images.get(value.src)
        yield (known.url if known else _address(value.src)), "src"
        yield value.alt or (known.alt if known else ""), "alt"
    elif isinstance(value, str):
        yield value, ""
        yield _address(value), ""


def _address(link: str) -> str:
    try:
        return safe_link(link)
    except BadLink:
        return ""


def _key(text: str) -> str:
    return _NOISE.sub("", html.unescape(text)).casefold()
