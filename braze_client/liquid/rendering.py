"""From a source and a person to the text that the person reads."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from liquid import BoundTemplate, Environment

from .bounds import MAX_BLOCK_DEPTH, MAX_LOOPS, MAX_OUTPUT, SIZES, foreseen, limited
from .errors import Aborted, LiquidError
from .filters import ADDED, KEPT
from .names import ROOT, translate
from .recipient import Campaign, Links, Person
from .tags import DICE, TAGS


def render(
    source: str,
    person: Person,
    *,
    campaign: Campaign | None = None,
    links: Links | None = None,
    blocks: Mapping[str, str] | None = None,
    seed: int | str = 0,
    raw: bool = True,
) -> str:
    """What ``person`` would read. ``seed`` fixes ``random``; ``raw=False`` refuses ``{% raw %}``.

    ``blocks`` are the sources of the content blocks by name.

    Raises LiquidError for a source that cannot be read or rendered, Aborted if the source says so.
    """
    if not is_template(source):
        return source
    template = _compiled(source, raw)
    try:
        names = _names(person, campaign or Campaign(), links or Links(), seed)
        return template.render(**names, content_blocks=_Blocks(blocks or {}, names, raw))
    except Aborted:
        raise
    except Exception as error:  # an interpreter fed with anything may fail anyhow; callers need one answer
        raise LiquidError(_words(error)) from error


def check(source: str, *, raw: bool = True) -> None:
    """Raise LiquidError, in words fit to show, if ``source`` cannot be read as Liquid."""
    if is_template(source):
        _compiled(source, raw)


def is_template(source: str) -> bool:
    """Whether anything in ``source`` would be evaluated."""
    return "{{" in source or "{%" in source


_COMMENT = re.compile(r"<!--(?!\[if\b|<!\[endif\]).*?-->", re.DOTALL | re.IGNORECASE)


def strip_comments(html: str) -> str:
    """HTML as Braze sees it before Liquid: without comments, except the conditional ones Outlook reads."""
    return _COMMENT.sub("", html)


class _Blocks(Mapping[str, str]):
    """Content blocks, rendered when they are named. A missing one is an error: that beats a hole in the mail."""

    def __init__(
        self, sources: Mapping[str, str], names: Mapping[str, Any], raw: bool, depth: int = 0
    ) -> None:
        self._sources, self._names, self._raw, self._depth = sources, names, raw, depth

    def __getitem__(self, name: str) -> str:
        if name not in self._sources:
            raise LiquidError(f"There is no content block '{name}'.")
        if self._depth > MAX_BLOCK_DEPTH:
            raise LiquidError(f"The content block '{name}' stands too deep in other blocks.")
        within = _Blocks(self._sources, self._names, self._raw, self._depth + 1)
        return _compiled(self._sources[name], self._raw).render(**self._names, content_blocks=within)

    def __iter__(self) -> Iterator[str]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)


def _names(person: Person, campaign: Campaign, links: Links, seed: int | str) -> dict[str, Any]:
    return {
        ROOT: {**person.attributes, **links.names()},
        "custom_attribute": person.custom,
        "subscribed_state": person.subscriptions,
        "most_recently_used_device": person.device,
        "campaign": campaign.names(),
        "preference_center": links.preference_centers,
        "api_trigger_properties": person.trigger,
        DICE: random.Random(f"{seed}"),  # noqa: S311 - dice for a mail, not a secret
    }


@lru_cache(maxsize=32)
def _compiled(source: str, raw: bool) -> BoundTemplate:
    try:
        return _environment().from_string(translate(source, raw))
    except LiquidError:
        raise
    except Exception as error:  # see render
        raise LiquidError(_words(error)) from error


def _words(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "The Liquid is nested too deeply."
    return f"The Liquid cannot be rendered: {getattr(error, 'message', None) or error}"


class _Braze(Environment):
    loop_iteration_limit = MAX_LOOPS
    local_namespace_limit = MAX_OUTPUT
    output_stream_limit = MAX_OUTPUT

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        super().setup_tags_and_filters(extra=extra)
        for name in ("include", "render", "doc"):
            del self.tags[name]
        for tag in TAGS:
            self.add_tag(tag)
        known = {name: work for name, work in self.filters.items() if name in KEPT} | dict(ADDED)
        known |= {name: foreseen(known[name], size) for name, size in SIZES.items()}
        self.filters = {name: limited(work) for name, work in known.items()}


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return _Braze()
