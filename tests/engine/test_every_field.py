"""For any template over all types of field, grants, parts and zones, and whatever is typed: what is the brand's stays."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from braze_client import liquid
from library.engine import TemplateSpec, check, render
from library.engine.fields import ButtonValue, ImageValue, PriceValue
from library.engine.inert import one_line
from library.engine.template import KIND, Slot
from library.engine.values import standing
from tests.engine.cast import Structure, without_fields
from tests.engine.every import CONTEXT, EVERY, items, mail, template, templates, typed_into

OURS = re.compile(r"\{\{\$\{set_user_to_unsubscribed_url\}\}\}")
LIQUID = re.compile(r"\{\{|\{%|\}\}|%\}")
PERSON = liquid.Person(attributes={"first_name": "Alex"})
LINKS = liquid.Links(unsubscribe="#out", one_click_unsubscribe="#out")


@st.composite
def mails(draw: st.DrawFn) -> tuple[TemplateSpec, dict[str, Any]]:
    spec = draw(templates())
    return spec, draw(typed_into(spec))


def harmless(spec: TemplateSpec, typed: Mapping[str, Any]) -> dict[str, Any]:
    """Values that fill, leave empty and choose the same as these, with harmless words in them."""
    parts = [
        {
            KIND: each.kind,
            **{key: _tame(slot, each.item[key]) for key, slot in each.slots.items() if slot.open},
        }
        for each in standing(spec, typed, "part")
    ]
    envelope = {
        key: ("me@example.org" if key == "reply_to" else "word") if one_line(text) else ""
        for key, text in typed["envelope"].items()
    }
    return {"part": parts if spec.placements[0].repeat else parts[0], "envelope": envelope}


def _tame(slot: Slot, value: Any) -> Any:
    """What decides over the markup stays: a choice, and whether there is anything."""
    match slot.field.type:
        case "text" | "email":
            return "word" if one_line(value) else ""
        case "rich_text":
            return "<p>word</p>" if _shown(slot.field.key, value) else ""
        case "link":
            return "https://example.org/" if _shown(slot.field.key, value) else ""
        case "image":
            return _tame_picture(value)
        case "button":
            return _tame_button(value)
        case "date" if value:
            return "2001-01-01T01:01" if slot.field.key == "hour" else "2001-01-01"
        case "price" if isinstance(value, PriceValue):
            return {"amount": "1" if value.amount else "", "before": "2" if value.before else ""}
    return value


def _shown(key: str, value: Any) -> bool:
    """Whether the field, alone in a mail, makes anything."""
    source = (
        f"<mj-section><mj-column><mj-text>[% if {key} %]yes[% endif %]</mj-text></mj-column></mj-section>"
    )
    module = EVERY.model_copy(update={"mjml": source, "text": "x"})
    spec = template({"key": "part", "module": "every", "open": [{"field": key}]}, modules={"every": module})
    return ">yes<" in render(spec, {"part": {key: value}}, CONTEXT).html


def _tame_picture(value: ImageValue) -> dict[str, Any] | None:
    source = "cup" if value.src == "cup" else "https://example.org/x.jpg" if _shown("link", value.src) else ""
    words = "word" if one_line(value.alt) and not value.decorative else ""
    return {"src": source, "alt": words, "decorative": value.decorative}


def _tame_button(value: ButtonValue) -> dict[str, str]:
    link = "https://example.org/" if _shown("link", value.url) else ""
    return {"label": "word" if one_line(value.label) else "", "url": link}


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(mails())
def test_output_without_field_contents_is_the_locked_bytes(
    drawn: tuple[TemplateSpec, dict[str, Any]],
) -> None:
    spec, typed = drawn

    assert without_fields(mail(spec, typed, marked=True)) == without_fields(
        mail(spec, harmless(spec, typed), marked=True)
    )


@given(mails())
def test_the_marks_are_all_that_marking_adds(drawn: tuple[TemplateSpec, dict[str, Any]]) -> None:
    spec, typed = drawn

    assert mail(spec, typed) == re.sub("[\ue000\ue001]", "", mail(spec, typed, marked=True))


@given(items)
def test_what_is_sent_for_locked_fields_changes_nothing(item: dict[str, Any]) -> None:
    spec = template({"key": "part", "module": "every"})

    assert render(spec, {"part": item}, CONTEXT) == render(spec, {}, CONTEXT)


@given(items)
def test_what_is_sent_for_locked_parts_changes_nothing_and_is_told(item: dict[str, Any]) -> None:
    grants = [{"field": "button", "parts": ["label"]}, {"field": "picture", "parts": ["alt"]}]
    spec = template({"key": "part", "module": "every", "open": grants})
    page = mail(spec, {"part": item}, marked=True)

    assert 'href="https://example.org/brand"' in page or "Read on" not in page
    assert 'src="https://img.example.org/cup.jpg"' in page
    told = {
        (problem.path, problem.part)
        for problem in check(spec, {"part": item})
        if problem.code == "locked_part"
    }
    if item.get("button", {}).get("url"):
        assert ("part.button", "url") in told


@given(mails())
def test_nothing_of_it_is_liquid_even_once_entities_are_decoded(
    drawn: tuple[TemplateSpec, dict[str, Any]],
) -> None:
    spec, typed = drawn
    email = render(spec, typed, CONTEXT)
    page = OURS.sub("", re.sub(r"<style.*?</style>", "", email.html, flags=re.DOTALL))

    for part in (
        page,
        html.unescape(page),
        OURS.sub("", email.text),
        email.subject,
        email.preheader,
        email.sender,
    ):
        assert not LIQUID.search(part)


@given(mails())
def test_braze_s_liquid_prints_it_as_it_stands(drawn: tuple[TemplateSpec, dict[str, Any]]) -> None:
    spec, typed = drawn
    email = render(spec, typed, CONTEXT)

    for part in (email.html, email.text, email.subject, email.preheader, email.reply_to, email.from_name):
        assert liquid.render(part, PERSON, links=LINKS) == OURS.sub("#out", part)


@given(mails())
def test_no_script_style_or_handler_comes_of_it(drawn: tuple[TemplateSpec, dict[str, Any]]) -> None:
    spec, typed = drawn
    page = Structure(mail(spec, typed))

    assert {"script", "iframe", "object", "svg", "form", "base"}.isdisjoint(tag for tag, _ in page.tags)
    assert [name for _, names in page.tags for name in names if name.startswith("on")] == []
    for link in page.links:
        assert re.match(
            r"https://[a-z0-9.]+(/|\?|$)|mailto:|tel:\+?\d|\{\{\$\{set_user_to_unsubscribed_url", link
        )


@given(mails())
def test_every_problem_can_be_told_in_words(drawn: tuple[TemplateSpec, dict[str, Any]]) -> None:
    for problem in check(*drawn):
        assert "%(" not in problem.message
