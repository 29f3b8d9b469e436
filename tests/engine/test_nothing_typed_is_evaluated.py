"""Typed text is text: to Jinja, to Liquid, to a browser and to a mail server."""

from __future__ import annotations

import html
import re
from email.utils import getaddresses
from typing import Any

import pytest
from hypothesis import given
from liquid import Environment

from library.engine import RenderError, render
from library.engine.inert import one_line
from tests.engine.cast import NASTY, Structure, any_values, context, template, texts, values

SPEC, CONTEXT = template(), context()
#: Every Liquid tag that the modules and the footer write by themselves.
OURS = re.compile(
    r"\{\{\$\{(first_name\} \| default: 'there'( \| escape)?|set_user_to_(unsubscribed_url|one_click_list_unsubscribe)\})\}\}"
)
LIQUID = re.compile(r"\{\{|\{%|\}\}|%\}")


def liquid_left(part: str) -> str:
    """What remains of a part without our own tags and without style sheets, whose braces close one another."""
    return OURS.sub("", re.sub(r"<style.*?</style>", "", part, flags=re.DOTALL))


@given(any_values())
def test_no_liquid_tag_is_ever_made_of_it(typed: dict[str, Any]) -> None:
    mail = render(SPEC, typed, CONTEXT)

    for part in (mail.html, mail.text, mail.subject, mail.preheader, mail.sender, *mail.headers.values()):
        assert not LIQUID.search(liquid_left(part))


def test_each_typed_brace_is_a_reference_besides() -> None:
    mail = render(SPEC, {"notes": [{"title": "a{b}c"}]}, CONTEXT)

    assert "a&#123;b&#125;c" in mail.html
    assert "a{b}c" in mail.text


@given(any_values())
def test_not_even_when_entities_are_decoded_first(typed: dict[str, Any]) -> None:
    assert not LIQUID.search(html.unescape(liquid_left(render(SPEC, typed, CONTEXT).html)))


@given(texts)
def test_braze_s_liquid_prints_it_as_it_stands(text: str) -> None:
    typed = render(SPEC, {**values(headline=text), "extra": {"shown": False}}, CONTEXT)
    ready = OURS.sub("", typed.text)

    assert Environment().from_string(ready).render() == ready


@given(any_values())
def test_no_tag_and_no_attribute_comes_of_it(typed: dict[str, Any]) -> None:
    typed["hero"]["body"] = typed["extra"]["body"] = "<p>x</p>"
    typed["hero"] |= {"picture": None, "more": None}
    harmless = {
        "envelope": {key: word(text) for key, text in typed["envelope"].items()},
        "hero": {**typed["hero"], "headline": word(typed["hero"]["headline"])},
        "notes": [{"title": word(note["title"])} for note in typed["notes"]],
        "extra": typed["extra"],
    }
    typed["envelope"] = harmless["envelope"] | {"subject": typed["envelope"]["subject"]}
    harmless["envelope"]["subject"] = "x"

    assert tags(typed) == tags(harmless)


def word(text: str) -> str:
    """Something harmless in place of what shows at all."""
    return "x" if one_line(text) else ""


def tags(typed: dict[str, Any]) -> list[tuple[str, tuple[str, ...]]]:
    """Without the wrapper's label, which an empty subject leaves out."""
    found = Structure(render(SPEC, typed, CONTEXT).html).tags
    return [(tag, tuple(name for name in names if name != "aria-label")) for tag, names in found]


@given(any_values())
def test_rich_text_brings_its_own_marks_and_no_others(typed: dict[str, Any]) -> None:
    body = re.search(r'class="body".*?</td>', render(SPEC, typed, CONTEXT).html, re.DOTALL)
    inside = set(Structure(f"<td {body[0]}").tags[2:]) if body else set()

    assert inside <= {
        ("p", ("style",)),
        ("ul", ("style",)),
        ("li", ("style",)),
        ("a", ("href", "rel", "style")),
        ("strong", ()),
        ("em", ()),
        ("br", ()),
    }


@given(any_values())
def test_links_lead_only_where_a_mail_may_lead(typed: dict[str, Any]) -> None:
    for link in Structure(render(SPEC, typed, CONTEXT).html).links:
        assert re.match(
            r"https://[a-z0-9.]+(/|$)|mailto:|tel:\+?\d|\{\{\$\{set_user_to_unsubscribed_url\}\}\}$", link
        )


@given(texts)
def test_a_reader_sees_what_was_typed(text: str) -> None:
    seen = "".join(Structure(render(SPEC, {"notes": [{"title": text}]}, CONTEXT).html).texts)

    assert f"{one_line(text)} for £3".strip() in seen.replace("\u2060", "") or "\u2060" in text


def test_jinja_stays_literal() -> None:
    mail = render(SPEC, values(headline="[[ 7*7 ]][% for i in range(9) %]x[% endfor %]"), CONTEXT)

    assert "[[ 7*7 ]][% for i in range(9) %]x[% endfor %]" in mail.html
    assert "[[ 7*7 ]][% for i in range(9) %]x[% endfor %]" in mail.text


@pytest.mark.parametrize("name", NASTY)
def test_a_group_s_own_name_is_as_harmless(name: str) -> None:
    mail = render(SPEC, {}, context(name=name, manager=name, sender_name=name))

    for part in (html.unescape(liquid_left(mail.html)), liquid_left(mail.text), mail.sender):
        assert not LIQUID.search(part)
    assert "\n" not in mail.sender
    assert "\r" not in mail.sender
    assert [tag for tag in Structure(mail.html).tags if tag[0] in ("script", "svg")] == []


@given(texts)
def test_a_sender_is_one_mailbox(name: str) -> None:
    sender = render(SPEC, {}, context(sender_name=name)).sender
    ascii_only = sender.encode("ascii", "replace").decode()

    assert [address for _, address in getaddresses([ascii_only])] == ["leeds@example.org"]


@pytest.mark.parametrize(
    ("place", "source"),
    [
        (
            "an address",
            '<mj-section><mj-column><mj-button href="[[ headline ]]">x</mj-button></mj-column></mj-section>',
        ),
        (
            "a style",
            '<mj-section><mj-column><mj-text color="[[ headline ]]">x</mj-text></mj-column></mj-section>',
        ),
        (
            "a style sheet",
            "<mj-section><mj-column><mj-raw><style>[[ headline ]]</style></mj-raw></mj-column></mj-section>",
        ),
        (
            "a Liquid tag",
            "<mj-section><mj-column><mj-text>{{ x | default: '[[ headline ]]' }}</mj-text></mj-column></mj-section>",
        ),
    ],
)
def test_a_module_that_puts_a_text_where_it_would_act_is_refused(place: str, source: str) -> None:
    module = SPEC.modules["story"].model_copy(update={"mjml": source})
    spec = SPEC.model_copy(update={"modules": {**SPEC.modules, "story": module}})

    with pytest.raises(RenderError, match="story"):
        render(spec, values(headline="harmless"), CONTEXT)


def test_a_module_s_text_part_cannot_put_it_into_liquid_either() -> None:
    module = SPEC.modules["story"].model_copy(update={"text": "{{ x | default: '[[ headline ]]' }}"})
    spec = SPEC.model_copy(update={"modules": {**SPEC.modules, "story": module}})

    with pytest.raises(RenderError, match="Liquid"):
        render(spec, values(headline="' | append: ${email_address}"), CONTEXT)


@pytest.mark.parametrize("quote", ["'", '"'])
def test_no_quote_ends_an_attribute(quote: str) -> None:
    source = f"<mj-section><mj-column><mj-text><b title={quote}[[ headline ]]{quote}>x</b></mj-text></mj-column></mj-section>"
    module = SPEC.modules["story"].model_copy(update={"mjml": source})
    spec = SPEC.model_copy(update={"modules": {**SPEC.modules, "story": module}})
    page = Structure(render(spec, values(headline="\" onclick=\"a\" ' onclick='b'"), CONTEXT).html)

    assert ("b", ("title",)) in page.tags
    assert not [names for _, names in page.tags if "onclick" in names]


def test_no_filter_undoes_the_escape() -> None:
    filters = ("upper", "lower", "title", "trim", "string", "replace('x', '<')", "reverse", "e", "capitalize")
    for name in filters:
        source = f"<mj-section><mj-column><mj-text>[[ headline|{name} ]]</mj-text></mj-column></mj-section>"
        module = SPEC.modules["story"].model_copy(update={"mjml": source})
        spec = SPEC.model_copy(update={"modules": {**SPEC.modules, "story": module}})
        mail = render(spec, values(headline="<script>{{x}}</script>"), CONTEXT)

        assert "<script" not in mail.html.lower()
        assert not LIQUID.search(html.unescape(liquid_left(mail.html)))
