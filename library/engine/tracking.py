"""The template's tracking parameters, put on every web link of a mail exactly once.

Left alone are what is no web address (mailto:, tel:, Braze's opt-out), and the privacy notice: who objects to being
followed must not be followed there. A link that has a parameter of its own keeps it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeAlias
from urllib.parse import quote

from library.engine.context import RenderContext
from library.engine.inert import FIELD_CLOSE, FIELD_OPEN

#: Names with percent-encoded values.
Parameters: TypeAlias = tuple[tuple[str, str], ...]

_LIQUID = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
#: Stands for a Liquid tag while the rest of a link is taken apart; no mail can hold the character.
_SET_ASIDE = "\x00"
_HREF = re.compile(rf'(?P<before><a\b[^>]*?\shref="{FIELD_OPEN}?)(?P<link>https://[^"{FIELD_CLOSE}]*)')
_WRITTEN = re.compile(r"https://(?:\{\{.*?\}\}|\{%.*?%\}|[^\s<>\"])+")
#: Ends a sentence or a bracket, not a link.
_TRAILING = re.compile(r"[.,;:!?'’”)\]]+$")


def parameters(wanted: Mapping[str, str], context: RenderContext, template: str) -> Parameters:
    """With group, code and template filled in; what comes to nothing is left out."""
    tokens = {"[group]": context.profile.name, "[group_code]": context.profile.code, "[template]": template}
    found = ((name, _filled(value, tokens)) for name, value in wanted.items())
    return tuple((name, quote(value, safe="")) for name, value in found if value)


def _filled(value: str, tokens: Mapping[str, str]) -> str:
    for token, word in tokens.items():
        value = value.replace(token, word)
    return value.strip()


def in_html(page: str, wanted: Parameters, *, exempt: str) -> str:
    """The compiled mail, field marks and all: what is added to a link that somebody typed stands within its marks."""

    def replace(found: re.Match[str]) -> str:
        return found["before"] + _tracked_attribute(found["link"], wanted, exempt)

    return _HREF.sub(replace, page) if wanted else page


def in_text(text: str, wanted: Parameters, *, exempt: str) -> str:
    def replace(found: re.Match[str]) -> str:
        written = found[0]
        end = _TRAILING.search(written)
        link, rest = (written[: end.start()], end[0]) if end else (written, "")
        return written if link == exempt else _around_liquid(link, lambda bare: tracked(bare, wanted)) + rest

    return _WRITTEN.sub(replace, text) if wanted else text


@lru_cache(maxsize=2048)
def tracked(link: str, wanted: Parameters) -> str:
    """The link with the parameters it does not have yet, in front of its fragment."""
    bare, hash_sign, fragment = link.partition("#")
    path, _, query = bare.partition("?")
    own = {pair.partition("=")[0].lower() for pair in query.split("&")}
    added = (f"{name}={value}" for name, value in wanted if name.lower() not in own)
    together = "&".join(filter(None, [query.rstrip("&"), *added]))
    return path + (f"?{together}" if together else "") + hash_sign + fragment


@lru_cache(maxsize=2048)
def _tracked_attribute(written: str, wanted: Parameters, exempt: str) -> str:
    """The same for what stands in an attribute."""

    def work(escaped: str) -> str:
        link = html.unescape(escaped)
        return escaped if link == exempt else html.escape(tracked(link, wanted))

    return _around_liquid(written, work)


def _around_liquid(link: str, work: Callable[[str], str]) -> str:
    """Liquid that the brand wrote into a link is not looked into, and comes back as it was."""
    tags = _LIQUID.findall(link)
    if not tags:
        return work(link)
    worked = work(_LIQUID.sub(_SET_ASIDE, link)).split(_SET_ASIDE)
    return "".join(piece + tag for piece, tag in zip(worked, [*tags, ""], strict=True))
