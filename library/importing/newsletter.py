"""Reads a pasted newsletter: what its parts are, what was taken out, and what a person should look at."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar

import mrml

from library.engine import ModuleSpec
from library.importing import markup, mjml, outlook
from library.importing.cleaning import clean, safe_css
from library.importing.fields import short
from library.importing.notes import Note, Notes
from library.importing.tree import Broken, Node, read
from library.importing.writing import Writer

#: Ten times the largest newsletter a mail program would show whole.
MAX_SOURCE = 1_000_000
MAX_PARTS = 80

Language = Literal["mjml", "html"]
Block = TypeVar("Block", Node, markup.Piece)

_PARAGRAPH_RULE = re.compile(r"(?:^|[\s,>+~}])p(?=[\s,.:{>+~#\[])")
_FOOTER = re.compile(
    r"unsub|opt[- ]?out|manage (?:your )?preferences|abmelde|abbestell|newsletter abmelden|désabonn|desinscri|"
    r"darse de baja|cancelar (?:la )?suscrip|disiscri|afmelden|uitschrijven|avregistrer|"
    r"set_user_to_unsubscribed_url|postal_address|list:address|delivery_info",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Part:
    """A block of the newsletter as a module; `line` is where it began."""

    module: ModuleSpec
    line: int
    #: It says how to unsubscribe or who writes, as our own footer does.
    repeats_footer: bool = False


@dataclass(frozen=True)
class Newsletter:
    """What a source holds. With errors among its notes it has no parts."""

    language: Language
    parts: tuple[Part, ...] = ()
    subject: str = ""
    preheader: str = ""
    styles: str = ""
    notes: tuple[Note, ...] = field(default=())

    @property
    def errors(self) -> tuple[Note, ...]:
        return tuple(note for note in self.notes if note.kind == "error")


def language_of(source: str) -> Language:
    return "mjml" if re.search(r"<mjml\b|<mj-body\b", source, re.IGNORECASE) else "html"


def read_newsletter(source: str, *, prefix: str = "part") -> Newsletter:
    """The newsletter; slugs of its modules begin with the prefix."""
    notes, language = Notes(), language_of(source)
    if not source.strip():
        notes.error("empty")
    elif len(source) > MAX_SOURCE:
        notes.error("too_long", count=f"{len(source):,}", limit=f"{MAX_SOURCE:,}")
    if notes:
        return Newsletter(language, notes=tuple(notes))
    return _read_mjml(source, prefix, notes) if language == "mjml" else _read_html(source, prefix, notes)


def _read_mjml(source: str, prefix: str, notes: Notes) -> Newsletter:
    document, broken = read(source)
    _refuse(document, broken, notes)
    if not any(note.kind == "error" for note in notes):
        _compile(source, notes)
    head = mjml.head_of(document, notes)
    body = document.find("mj-body")
    if body is None or any(note.kind == "error" for note in notes):
        return Newsletter("mjml", notes=tuple(notes))
    ground, styles = mjml.ground_of(body, head, notes), _styles(head.styles, notes)
    clean(body, notes)
    blocks = [node for node in body.elements if node.tag != "mj-raw" or node.elements]
    parts = _parts(
        blocks, styles, prefix, notes, lambda node, writer: mjml.source_of(node, head, ground, writer)
    )
    return _told(Newsletter("mjml", parts, head.title, head.preview, styles), notes)


def _refuse(document: Node, broken: list[Broken], notes: Notes) -> None:
    for each in broken:
        if each.tag.startswith("mj"):
            notes.error("not_opened" if each.closing else "not_closed", each.line, tag=each.tag)
    for node in document.walk():
        if node.tag == "mj-include":
            notes.error("include", node.line)
    if document.find("mj-body") is None:
        notes.error("no_body")


def _compile(source: str, notes: Notes) -> None:
    """What the compiler says of the original, with the line it means."""
    try:
        mrml.to_html(source, None, mrml.RenderOptions(disable_comments=True, fonts={}))
    except OSError as error:
        at = re.search(r" in root template(?: at position (\d+):\d+)?", str(error))
        line = source.count("\n", 0, int(at[1])) + 1 if at and at[1] else 0
        what = str(error)[: at.start()] if at else str(error)
        notes.error("not_rendered", line, what=f"This is not MJML: {what}.")


def _read_html(source: str, prefix: str, notes: Notes) -> Newsletter:
    document, _broken = read(source)
    title = document.find("title")
    styles = _styles([node for node in document.walk() if node.tag == "style"], notes)
    body = document.find("body") or document
    clean(body, notes)
    _without(body, "style")
    preheader = markup.preheader_of(body)
    parts = _parts(
        markup.pieces(body), styles, prefix, notes,
        lambda piece, writer: _html_part(piece, writer, notes),
    )  # fmt: skip
    read_all = Newsletter("html", parts, title.words() if title else "", preheader, styles)
    return _told(read_all, notes)


def _html_part(piece: markup.Piece, writer: Writer, notes: Notes) -> str:
    outlook.tidy([*piece.nodes, *(each for pair in piece.comments for side in pair for each in side)], notes)
    return markup.source_of(piece, writer)


def _styles(sheets: list[Node], notes: Notes) -> str:
    css = [safe_css("".join(child.text for child in sheet.children), sheet.line, notes) for sheet in sheets]
    return "\n".join(filter(None, css))


def _without(node: Node, tag: str) -> None:
    node.children = [child for child in node.children if child.tag != tag]
    for child in node.children:
        _without(child, tag)


def _parts(
    blocks: list[Block],
    styles: str,
    prefix: str,
    notes: Notes,
    source_of: Callable[[Block, Writer], str],
) -> tuple[Part, ...]:
    """Each block as a module; one that shows nothing is none."""
    rich, parts = not _PARAGRAPH_RULE.search(styles), list[Part]()
    for block in blocks[:MAX_PARTS]:
        line, words = _place(block)
        writer = Writer(notes, rich=rich)
        source = source_of(block, writer)
        number = len(parts) + 1
        module = writer.module(f"{prefix}-{number}", f"{number}. {short(words)}".strip(), source)
        parts.append(Part(module, line, bool(_FOOTER.search(f"{words} {source}"))))
    return tuple(parts)


def _place(block: Node | markup.Piece) -> tuple[int, str]:
    nodes = [block] if isinstance(block, Node) else block.nodes
    return min(node.line for node in nodes), " ".join(node.words() for node in nodes).strip()


def _told(newsletter: Newsletter, notes: Notes) -> Newsletter:
    if not any(part.module.fields for part in newsletter.parts):
        notes.error("nothing_left")
    ordered = sorted(dict.fromkeys(notes), key=lambda note: note.line)
    return replace(newsletter, notes=tuple(ordered))
