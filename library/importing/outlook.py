"""Conditional comments: markup that Outlook for Windows alone reads."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise

from library.importing.notes import Notes
from library.importing.tree import COMMENT, VOID, Node

_CONDITION = re.compile(r"\[if ([^\]]*)\]>(.*)<!\[endif\]", re.DOTALL | re.IGNORECASE)
_LEADING_CLOSERS = re.compile(r"(?:\s*</[\w:-]+\s*>)+")
_TAG = re.compile(r"<(/?)([\w:-]+)(?:[^>\"']|\"[^\"]*\"|'[^']*')*?(/?)>")
_WORDS = re.compile(
    r">[^<]*\w|<(?!/?(?:table|tbody|tr|td|div|center|p|br|v:|w:|o:|style|xml)\b)\w", re.IGNORECASE
)
_UNSAFE = re.compile(r"(?i)<script|\bon\w+\s*=|javascript:|\{\{|\{%")
_REVEALED = re.compile(r"\[if [^\]]*\]><!$|<!\[endif\]$", re.IGNORECASE)


def is_conditional(node: Node) -> bool:
    return node.tag == COMMENT and bool(_CONDITION.fullmatch(node.text) or _REVEALED.search(node.text))


def tidy(nodes: list[Node], notes: Notes) -> None:
    """Keep the conditional comments below these nodes if they are whole and hold no words of their own.

    A text that Outlook alone shows would not follow the field beside it: then all go, and Outlook shows what all show.
    """
    comments = [each for node in nodes for each in node.walk() if each.tag == COMMENT]
    held = [found[2] for each in comments if (found := _CONDITION.fullmatch(each.text))]
    if all(not _UNSAFE.search(text) and not _WORDS.search(unescape(text)) for text in held) and _are_whole(
        held
    ):
        return
    for each in comments:
        if is_conditional(each):
            each.text = ""
    notes.removed("outlook", min((each.line for each in comments), default=0))


def _are_whole(texts: list[str]) -> bool:
    open_tags: list[str] = []
    for closing, name, empty in (found.groups() for text in texts for found in _TAG.finditer(text)):
        if closing and (not open_tags or open_tags.pop() != name.lower()):
            return False
        if not closing and not empty and name.lower() not in VOID:
            open_tags.append(name.lower())
    return not open_tags


def shared_out(nodes: list[Node]) -> list[list[Node]]:
    """Each element of the siblings with the comments that open before and close behind it."""
    split = [part for node in nodes for part in _split(node)]
    elements = [at for at, node in enumerate(split) if node.is_element]
    borders = [0, *(_border(split, one, other) for one, other in pairwise(elements)), len(split)]
    return [split[start:end] for start, end in pairwise(borders)] if elements else []


def _border(nodes: list[Node], one: int, other: int) -> int:
    """Where between two elements the second one's comments begin."""
    for at in range(one + 1, other):
        if nodes[at].tag == COMMENT and not _closes(nodes[at]):
            return at
    return other


def _closes(node: Node) -> bool:
    found = _CONDITION.fullmatch(node.text)
    return (
        (bool(found) and bool(_LEADING_CLOSERS.match(found[2])))
        if found
        else node.text.startswith("<![endif")
    )


def _split(node: Node) -> list[Node]:
    """A comment that ends one table and begins the next, as two."""
    found = _CONDITION.fullmatch(node.text) if node.tag == COMMENT else None
    closers = _LEADING_CLOSERS.match(found[2]) if found else None
    if not found or not closers or not found[2][closers.end() :].strip():
        return [node]
    return [
        Node(COMMENT, node.line, text=f"[if {found[1]}]>{part}<![endif]")
        for part in (closers[0], found[2][closers.end() :])
    ]
