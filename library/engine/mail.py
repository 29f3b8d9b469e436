"""From a template, a campaign's values and a group's context to the finished mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from library.engine import document, empties, footer, guard, language, plain, tracking
from library.engine.context import RenderContext
from library.engine.document import Fragment
from library.engine.inert import (
    FIELD_CLOSE,
    FIELD_OPEN,
    HELD_CLOSE,
    HELD_OPEN,
    html_text,
    html_with_field_marks,
    html_without_marks,
    one_line,
    part_pairs,
    without_marks,
)
from library.engine.inert import (
    marked as between_marks,
)
from library.engine.links import is_mailbox
from library.engine.scope import Scope
from library.engine.template import ENVELOPE, ModuleSpec, Slot, TemplateSpec
from library.engine.values import Item, Values, filled, standing

#: RFC 5322 3.2.3: a display name of other characters than these needs quotes.
_ATOMS = re.compile(r"[\w !#$&'*+/=?^`|~–—-]*")


@dataclass(frozen=True)
class Email:
    """A mail ready for Braze's e-mail object. The preheader stands in the HTML already."""

    html: str
    text: str
    subject: str
    preheader: str
    from_name: str
    from_address: str
    reply_to: str
    headers: dict[str, str] = field(default_factory=lambda: dict(footer.HEADERS))

    @property
    def sender(self) -> str:
        """`Name <address>`, quoted where RFC 5322 asks for it."""
        name = self.from_name
        if not _ATOMS.fullmatch(name):
            name = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
        return f"{name} <{self.from_address}>" if name else self.from_address


def render(spec: TemplateSpec, values: Values, context: RenderContext, *, marked: bool = False) -> Email:
    """The mail for these values, whatever they are: what is missing or does not fit gives way to the template's own.

    With `marked`, each open field's contents stand in the HTML between U+E000 and U+E001. RenderError if a module's
    source cannot be used.
    """
    blocks = list(_blocks(spec, values))
    envelope, slots = filled(spec, values, ENVELOPE)[0], spec.slots[ENVELOPE]
    profile = context.profile
    html = document.compile_mail(
        _fragments(blocks, context),
        context,
        subject=_escaped(slots["subject"], envelope["subject"]),
        preheader=_escaped(slots["preheader"], envelope["preheader"]),
    )
    html = html_with_field_marks(html) if marked else html_without_marks(html)
    wanted = tracking.parameters(spec.tracking, context, spec.name)
    notice = context.identity.privacy_url
    return Email(
        html=tracking.in_html(html, wanted, exempt=notice),
        text=tracking.in_text(_text(blocks, context), wanted, exempt=notice),
        subject=_line(envelope["subject"]),
        preheader=_line(envelope["preheader"]),
        from_name=_line(envelope["sender_name"]) or _sender_name(context),
        from_address=profile.sender_address,
        reply_to=_mailbox(envelope["reply_to"]) or profile.reply_to or profile.sender_address,
    )


@dataclass(frozen=True)
class _Block:
    module: ModuleSpec
    slots: dict[str, Slot]
    item: Item


def _blocks(spec: TemplateSpec, values: Values) -> Iterator[_Block]:
    for placement in spec.placements:
        for each in standing(spec, values, placement.key):
            module = spec.modules[placement.kinds[each.kind].module]
            yield _Block(module, each.slots, each.item)


def _fragments(blocks: list[_Block], context: RenderContext) -> list[Fragment]:
    scope = Scope(context, html=True)
    return [Fragment(block.module.slug, _mjml(block, scope)) for block in blocks]


def _mjml(block: _Block, scope: Scope) -> str:
    mjml = language.run(block.module, "mjml", scope.names(block.slots, block.item))
    return empties.without(guard.guard_mjml(mjml, block.module.slug))


def _text(blocks: list[_Block], context: RenderContext) -> str:
    """Parts a blank line apart; what is empty leaves none."""
    scope = Scope(context, html=False)
    parts = [language.run(block.module, "text", scope.names(block.slots, block.item)) for block in blocks]
    guarded = [guard.guard_text(part, block.module.slug) for part, block in zip(parts, blocks, strict=True)]
    tidied = (plain.tidy(without_marks(part)) for part in guarded)
    return "\n\n".join([*filter(None, tidied), footer.text(context)]) + "\n"


def _escaped(slot: Slot, value: object) -> str:
    marks = (FIELD_OPEN, FIELD_CLOSE) if slot.open else (HELD_OPEN, HELD_CLOSE)
    return between_marks(html_text(one_line(str(value))), *marks)


def _line(value: object) -> str:
    """Subject and preheader go to Braze as they are, so pairs are parted and nothing is escaped."""
    return part_pairs(one_line(str(value)))


def _mailbox(value: object) -> str:
    """Nothing where the value is no address. One that is holds no brace, so Liquid has nothing to read in it."""
    mailbox = str(value).strip()
    return mailbox if is_mailbox(mailbox) else ""


def _sender_name(context: RenderContext) -> str:
    profile = context.profile
    return part_pairs(one_line(profile.sender_name or profile.name or context.identity.legal_name))
