"""Braze's Liquid dialect, for showing what one person would receive.

Braze runs every text of a message through Liquid for each recipient: Shopify's Liquid plus ``${…}`` names
(https://www.braze.com/docs/user_guide/personalization_and_dynamic_content/liquid). Here the names are rewritten
and python-liquid does the rest, within limits, and without ever leaving the machine.

    LiquidError   the source cannot be read, or failed while rendering
    Aborted       ``abort_message``: this person gets nothing
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from typing import Any, TextIO
from urllib.parse import quote

from liquid import BoundTemplate, Environment, RenderContext
from liquid.ast import Node
from liquid.stream import TokenStream
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG, Token

#: Ample for a mail (mailbox providers clip at about 100 KB), small enough that no source can hurt the process.
MAX_OUTPUT = 2_000_000
MAX_LOOPS = 10_000
MAX_ITEMS = 100_000
MAX_BITS = 256
#: A content block may hold another one, that one no more.
MAX_BLOCK_DEPTH = 1


class LiquidError(ValueError):
    """The source is not valid Liquid, or failed for this person. The text is fit to show."""


class Aborted(Exception):
    """``{% abort_message('reason') %}``: this recipient gets nothing. ``reason`` may be empty."""

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Person:
    """A recipient: ``attributes`` are Braze's own names (first_name, email_address …), ``custom`` the brand's.

    ``trigger`` is what a call that triggers a campaign brings along for this recipient.
    """

    attributes: Mapping[str, Any] = field(default_factory=dict)
    custom: Mapping[str, Any] = field(default_factory=dict)
    subscriptions: Mapping[str, str] = field(default_factory=dict)
    device: Mapping[str, Any] = field(default_factory=dict)
    trigger: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Campaign:
    """What ``campaign.${…}`` knows of the sending."""

    api_id: str = ""
    dispatch_id: str = ""
    name: str = ""
    message_name: str = ""
    message_api_id: str = ""

    def names(self) -> dict[str, str]:
        """The names behind ``campaign.``."""
        return {slot: getattr(self, slot) for slot in self.__slots__}


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses Braze makes for one recipient of one mail."""

    unsubscribe: str = ""
    one_click_unsubscribe: str = ""
    subscribe: str = ""
    opt_in: str = ""
    preference_center: str = ""
    footer: str = ""
    preference_centers: Mapping[str, str] = field(default_factory=dict)

    def names(self) -> dict[str, str]:
        """The names of the tag list on which these addresses appear."""
        return {
            "set_user_to_unsubscribed_url": self.unsubscribe,
            "unsubscribe_url": self.unsubscribe,
            "set_user_to_one_click_list_unsubscribe": self.one_click_unsubscribe,
            "set_user_to_subscribed_url": self.subscribe,
            "set_user_to_opted_in_url": self.opt_in,
            "preference_center_url": self.preference_center,
            "email_footer": self.footer,
        }


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
        _ROOT: {**person.attributes, **links.names()},
        "custom_attribute": person.custom,
        "subscribed_state": person.subscriptions,
        "most_recently_used_device": person.device,
        "campaign": campaign.names(),
        "preference_center": links.preference_centers,
        "api_trigger_properties": person.trigger,
        _DICE: random.Random(f"{seed}"),  # noqa: S311 - dice for a mail, not a secret
    }


@lru_cache(maxsize=32)
def _compiled(source: str, raw: bool) -> BoundTemplate:
    try:
        return _environment().from_string(_translate(source, raw))
    except LiquidError:
        raise
    except Exception as error:  # see render
        raise LiquidError(_words(error)) from error


def _words(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "The Liquid is nested too deeply."
    return f"The Liquid cannot be rendered: {getattr(error, 'message', None) or error}"


# --- Braze's names to plain Liquid ---------------------------------------------------------------------------

_ROOT = "braze_profile"
_DICE = "braze_dice"
_OPENING = re.compile(r"\{\{|\{%")
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\}", re.DOTALL)
_INSIDE = re.compile(r"(\"[^\"]*\"|'[^']*')|(\.?)\$\{\s*([^{}]*?)\s*\}|(\{\{|\}\}|%\})")


def _translate(source: str, raw: bool) -> str:
    """Plain Liquid: ``${name}`` becomes a look-up, braces inside tags go, raw text stays untouched."""
    return "".join(_pieces(source, raw))


def _pieces(source: str, raw: bool) -> Iterator[str]:
    at = 0
    while opening := _OPENING.search(source, at):
        yield source[at : opening.start()]
        if block := _RAW.match(source, opening.start()):
            if not raw:
                raise LiquidError(f"Unknown tag 'raw' on line {_line(source, opening.start())}.")
            yield block[0]
            at = block.end()
        else:
            text, at = _tag(source, opening.start())
            yield text
    yield source[at:]


def _tag(source: str, start: int) -> tuple[str, int]:
    """The tag or output that opens at ``start``, translated, and where it ends."""
    if source.startswith("{{{", start):
        raise LiquidError(f"Three braces in a row on line {_line(source, start)}: Braze reads two.")
    closing = "}}" if source.startswith("{{", start) else "%}"
    parts, at = [source[start : start + 2]], start + 2
    for found in _INSIDE.finditer(source, at):
        parts.append(source[at : found.start()])
        at = found.end()
        if found[4] == closing:
            parts.append(closing)
            return "".join(parts), at
        parts.append(_inside(source, found))
    raise LiquidError(f"A Liquid tag opened on line {_line(source, start)} is never closed.")


def _inside(source: str, found: re.Match[str]) -> str:
    if found[1] is not None:
        return found[1]
    if found[4] is not None:
        return " "  # braces are optional inside a tag: {% if {{${language}}} == 'en' %}
    if not found[3] or "'" in found[3]:
        raise LiquidError(f"'{found[0]}' on line {_line(source, found.start())} is not a name.")
    return f"['{found[3]}']" if found[2] else f"{_ROOT}['{found[3]}']"


def _line(source: str, at: int) -> int:
    return source.count("\n", 0, at) + 1


# --- Tags ----------------------------------------------------------------------------------------------------


class _BrazeNode(Node):
    """A tag whose argument is kept as text; what it does is ``act``."""

    __slots__ = ("argument",)

    def __init__(self, token: Token, argument: str) -> None:
        super().__init__(token)
        self.argument = argument
        self.blank = False

    def act(self, _context: RenderContext, /) -> str:
        return ""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        return buffer.write(self.act(context))


class _BrazeTag(Tag):
    block = False
    node_class: type[_BrazeNode] = _BrazeNode

    def parse(self, stream: TokenStream) -> Node:
        token = stream.expect(TOKEN_TAG)
        if stream.peek.kind != TOKEN_EXPRESSION:
            return self.node_class(token, "")
        stream.next_token()
        return self.node_class(token, stream.current.value)


class _AbortNode(_BrazeNode):
    __slots__ = ()

    def act(self, _context: RenderContext, /) -> str:
        raise Aborted(self.argument.strip("() \t\n").strip("'\""))


class _AbortTag(_BrazeTag):
    name = "abort_message"
    node_class = _AbortNode


class _RandomNode(_BrazeNode):
    __slots__ = ()

    def act(self, context: RenderContext, /) -> str:
        dice = context.resolve(_DICE)
        return str(dice.randrange(max(1, int(self.argument.strip("() ") or 1))))


class _RandomTag(_BrazeTag):
    name = "random"
    node_class = _RandomNode


class _CatalogNode(_BrazeNode):
    __slots__ = ()

    def act(self, _context: RenderContext, /) -> str:
        # Braze drops the recipient when a catalogue is missing, and none exists here.
        raise Aborted(f"catalog_items: no catalog {self.argument.split(' ')[0]}")


class _CatalogTag(_BrazeTag):
    name = "catalog_items"
    node_class = _CatalogNode


class _ConnectedContentTag(_BrazeTag):
    """Renders empty: nothing here may call another machine."""

    name = "connected_content"


class _MessageExtrasTag(_BrazeTag):
    name = "message_extras"


# --- Filters -------------------------------------------------------------------------------------------------


def _digest(name: str) -> Callable[[Any], str]:
    return lambda value: hashlib.new(name, str(value).encode()).hexdigest()


def _keyed(name: str) -> Callable[[Any, Any], str]:
    return lambda value, key: hmac.new(str(key).encode(), str(value).encode(), name).hexdigest()


def _keyed_base64(name: str) -> Callable[[Any, Any], str]:
    return lambda value, key: base64.b64encode(
        hmac.digest(str(key).encode(), str(value).encode(), name)
    ).decode()


def _grouped(value: Any) -> str:
    number = float(value)
    return f"{int(number):,}" if number.is_integer() else f"{number:,}"


def _property(value: Any, name: Any) -> Any:
    return value.get(name) if isinstance(value, Mapping) else None


#: Filters Braze adds to Shopify's.
_ADDED: Mapping[str, Callable[..., Any]] = {
    "md5": _digest("md5"),
    "sha1": _digest("sha1"),
    "sha2": _digest("sha256"),
    "sha256": _digest("sha256"),
    "hmac_sha1": _keyed("sha1"),
    "hmac_sha256": _keyed("sha256"),
    "hmac_sha1_base64": _keyed_base64("sha1"),
    "hmac_sha256_base64": _keyed_base64("sha256"),
    "url_escape": lambda value: quote(str(value), safe=":/?#[]@!$&'()*+,;=-._~"),
    "url_param_escape": lambda value: quote(str(value), safe="-._~"),
    "json_escape": lambda value: json.dumps(str(value), ensure_ascii=False)[1:-1],
    "json_parse": lambda value: json.loads(str(value)),
    "as_json_string": lambda value: json.dumps(value, ensure_ascii=False, default=str),
    "number_with_delimiter": _grouped,
    "money": lambda value: f"{float(value):,.2f}",
    "property_accessor": _property,
}

#: Shopify's filters that Braze supports; it answers any other with an error.
_KEPT_NAMES = (
    "join first last compact concat map reverse size slice sort sort_natural uniq where abs at_least at_most ceil "
    "divided_by floor minus plus round times modulo append capitalize downcase escape newline_to_br prepend remove "
    "remove_first replace replace_first split strip strip_html strip_newlines truncate truncatewords upcase "
    "base64_encode base64_decode base64_url_safe_encode base64_url_safe_decode date default url_encode"
)
_KEPT = frozenset(_KEPT_NAMES.split())


def _limited(work: Callable[..., Any]) -> Callable[..., Any]:
    """``work``, refusing what is too large to begin with and what came out too large."""

    @wraps(work)  # carries python-liquid's own marks on the function along
    def limited(*values: Any, **named: Any) -> Any:
        for value in values:
            _refuse_large(value)
        result = work(*values, **named)
        _refuse_large(result)
        return result

    return limited


def _refuse_large(value: Any) -> None:
    if isinstance(value, str):
        large = len(value) > MAX_OUTPUT
    elif isinstance(value, (list, tuple, range)):
        large = len(value) > MAX_ITEMS
    else:
        large = isinstance(value, int) and value.bit_length() > MAX_BITS
    if large:
        raise LiquidError("A value grew too large.")


def _foreseen(work: Callable[..., Any], size: Callable[..., int]) -> Callable[..., Any]:
    """``work`` for filters whose result can be far larger than what goes in: refused before it is made."""

    @wraps(work)
    def foreseen(*values: Any, **named: Any) -> Any:
        if size(*values) > MAX_OUTPUT:
            raise LiquidError("A value grew too large.")
        return work(*values, **named)

    return foreseen


def _joined_size(items: Any, separator: Any = " ") -> int:
    count = len(items) if hasattr(items, "__len__") else 1
    return count * len(str(separator))


def _replaced_size(text: Any, old: Any, new: Any = "") -> int:
    return (str(text).count(str(old)) if old else len(str(text)) + 1) * len(str(new))


def _dated_size(_value: Any, form: Any = "") -> int:
    """The widths of a format (``%20d``) are what makes a date long."""
    return len(str(form)) * max([1, *(int(width) for width in re.findall(r"\d{1,9}", str(form)))])


class _Braze(Environment):
    loop_iteration_limit = MAX_LOOPS
    local_namespace_limit = MAX_OUTPUT
    output_stream_limit = MAX_OUTPUT

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        super().setup_tags_and_filters(extra=extra)
        for name in ("include", "render", "doc"):
            del self.tags[name]
        for tag in (_AbortTag, _RandomTag, _CatalogTag, _ConnectedContentTag, _MessageExtrasTag):
            self.add_tag(tag)
        sizes: dict[str, Callable[..., int]] = {
            "join": _joined_size,
            "replace": _replaced_size,
            "replace_first": _replaced_size,
            "date": _dated_size,
        }
        known = {name: work for name, work in self.filters.items() if name in _KEPT} | dict(_ADDED)
        known |= {name: _foreseen(known[name], size) for name, size in sizes.items()}
        self.filters = {name: _limited(work) for name, work in known.items()}


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return _Braze()
