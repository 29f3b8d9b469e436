"""Finds what a module's source asks of a text that has no answer there, when it is saved rather than when it misleads.

While a mail is made, each text stands between marks that nobody sees and its braces are entities. So it can be printed,
asked whether it is there, and changed in case, but not compared, counted or cut: `[[ headline|length ]]` would count the
marks. Choices, toggles, colours and approved pieces have plain values for that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from library.engine.context import Frozen, Identity, Profile, Theme
from library.engine.errors import RenderError
from library.engine.fields import FieldSpec
from library.engine.scope import is_plain

#: What each type of field offers under its name: "" for the value itself.
TEXTS: Mapping[str, tuple[str, ...]] = {
    "text": ("",),
    "rich_text": ("",),
    "email": ("",),
    "link": ("",),
    "date": ("",),
    "image": ("url", "alt"),
    "button": ("url", "label"),
    "price": ("now", "before"),
    "profile": ("text", "url"),
    "approved": ("text", "detail", "code", "url", "image.url", "image.alt"),
}
#: Leave marks and entities whole.
_HARMLESS = frozenset(
    (
        "default",
        "d",
        "escape",
        "e",
        "upper",
        "lower",
        "title",
        "capitalize",
        "trim",
        "string",
        "indent",
        "join",
        "replace",
    )
)
_COMPARISONS = frozenset({"==", "!=", "<", ">", "<=", ">=", "in"})
#: Behind a text besides: the "not" of "not in", and what cuts a piece out of it.
_BEHIND = _COMPARISONS | {"not", "["}
_WHETHER = frozenset({"defined", "undefined", "none"})

_TAG = re.compile(r"\[\[(.*?)\]\]|\[%[-+]?(.*?)[-+]?%\]|\[#.*?#\]", re.DOTALL)
_TOKEN = re.compile(
    r"""(?P<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?P<path>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)"""
    r"""|(?P<sign>==|!=|<=|>=|//|\*\*|[-+*/%~<>=|()\[\]{},:.])|(?P<number>\d[\d_.]*)"""
)
_ASSIGNED = re.compile(r"\s*set\s+([A-Za-z_]\w*)\s*=(.*)", re.DOTALL)
_LOOPED = re.compile(r"\s*for\s+([\w\s,()]+?)\s+in\s(.*)", re.DOTALL)


class _Tag(NamedTuple):
    inside: str
    line: int


def require_sensible(slug: str, fields: tuple[FieldSpec, ...], source: str) -> None:
    """RenderError with the line where a text is compared, counted or cut."""
    texts, lists = _named(fields), _lists(fields)
    for tag in _tags(source):
        looped, assigned = _LOOPED.match(tag.inside), _ASSIGNED.match(tag.inside)
        binding = looped or assigned
        words = _words(binding[2] if binding else tag.inside)
        if fault := next(_faults(words, texts), ""):
            raise RenderError(
                f"“{fault}” is text, which cannot be compared, counted or cut here.",
                module=slug,
                line=tag.line,
                fix="Ask whether it is there ([% if … %]), or use a choice or a toggle to decide by.",
            )
        if binding and _holds(words, texts | lists if looped else texts):
            texts |= set(re.findall(r"\w+", binding[1]))


def _words(expression: str) -> list[str]:
    return [found[0] for found in _TOKEN.finditer(expression)]


def _lists(fields: tuple[FieldSpec, ...]) -> set[str]:
    return {"profile.opening_hours"} | {f"{field.key}.lines" for field in fields if field.type == "profile"}


def _named(fields: tuple[FieldSpec, ...]) -> set[str]:
    """Every path of the source that is a text."""
    own = {f"{field.key}.{part}".rstrip(".") for field in fields for part in TEXTS.get(field.type, ())}
    models: dict[str, type[Frozen]] = {"theme": Theme, "profile": Profile, "identity": Identity}
    return own | {
        f"{name}.{attribute}"
        for name, model in models.items()
        for attribute in model.model_fields
        if not is_plain(model, attribute)
    }


def _tags(source: str) -> Iterator[_Tag]:
    for found in _TAG.finditer(source):
        inside = found[1] or found[2]
        if inside:
            yield _Tag(inside, source.count("\n", 0, found.start()) + 1)


def _faults(words: list[str], texts: set[str]) -> Iterator[str]:
    for place, word in enumerate(words):
        if word in texts and (_compared_before(words, place) or _misused_after(words, place)):
            yield word


def _compared_before(words: list[str], place: int) -> bool:
    before = [word for word in words[:place] if word != "("]
    return bool(before) and before[-1] in _COMPARISONS


def _misused_after(words: list[str], place: int) -> bool:
    at = place + 1
    while words[at : at + 1] in (["|"], [")"]):
        if words[at] == "|" and words[at + 1 : at + 2] and words[at + 1] not in _HARMLESS:
            return True
        at = _behind_arguments(words, at + 2) if words[at] == "|" else at + 1
    after, then = [*words[at : at + 2], "", ""][:2]
    return after in _BEHIND or (after == "is" and then not in _WHETHER and then != "not")


def _behind_arguments(words: list[str], at: int) -> int:
    if at >= len(words) or words[at] != "(":
        return at
    depth = 0
    for place in range(at, len(words)):
        depth += {"(": 1, ")": -1}.get(words[place], 0)
        if depth == 0:
            return place + 1
    return len(words)


def _holds(words: list[str], texts: set[str]) -> bool:
    """Whether the expression may be a text: one of its words is, and not only in its condition."""
    if "if" in words and "else" in words:
        words = words[: words.index("if")] + words[words.index("else") :]
    return any(word in texts for word in words)
