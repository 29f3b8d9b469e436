"""What others collected against software like this one is text to us, in every field."""

from __future__ import annotations

import html
import re

import pytest

from braze_client import liquid
from library.engine import Email, check, render, rich
from library.engine.inert import one_line
from tests.engine.cast import Structure, without_fields
from tests.engine.corpora import SPEC, everywhere, filled_by, kept
from tests.engine.every import CONTEXT

TEXTS = [text for texts in kept().values() for text in texts]
OURS = re.compile(r"\{\{\$\{set_user_to_unsubscribed_url\}\}\}")
LIQUID = re.compile(r"\{\{|\{%|\}\}|%\}")
PERSON, LINKS = liquid.Person(attributes={}), liquid.Links(unsubscribe="#", one_click_unsubscribe="#")
MAILS = [render(SPEC, values, CONTEXT) for values in filled_by(TEXTS)]

each_mail = pytest.mark.parametrize("mail", MAILS, ids=range(len(MAILS)))


def test_the_collections_are_large() -> None:
    assert {name: len(texts) for name, texts in kept().items()} == {"naughty-strings": 485, "xss-bleach": 20}


@each_mail
def test_none_of_it_becomes_markup_that_acts(mail: Email) -> None:
    page = Structure(mail.html)

    assert {"script", "iframe", "object", "embed", "svg", "math", "form", "base", "link"}.isdisjoint(
        tag for tag, _ in page.tags
    )
    assert [name for _, names in page.tags for name in names if name.startswith("on")] == []
    assert [
        link for link in page.links if not re.match(r"https://|mailto:|tel:|\{\{\$\{set_user_to_un", link)
    ] == []


@each_mail
def test_none_of_it_is_liquid(mail: Email) -> None:
    page = OURS.sub("", re.sub(r"<style.*?</style>", "", mail.html, flags=re.DOTALL))

    for part in (page, html.unescape(page), OURS.sub("", mail.text), mail.subject, mail.sender):
        assert not LIQUID.search(part)
    for part in (mail.html, mail.text, mail.subject):
        assert liquid.render(part, PERSON, links=LINKS) == OURS.sub("#", part)


@pytest.mark.parametrize("name", kept())
def test_the_brand_s_bytes_stay_around_it(name: str) -> None:
    """In texts alone, which hold something or nothing and change no markup otherwise."""
    for text in kept()[name]:
        typed = render(SPEC, {"part": [{"words": text}]}, CONTEXT, marked=True).html
        plain = render(SPEC, {"part": [{"words": "x"}]}, CONTEXT, marked=True).html
        if one_line(text):
            assert without_fields(typed) == without_fields(plain)


@pytest.mark.parametrize("name", kept())
def test_cleaning_a_rich_text_once_is_enough(name: str) -> None:
    marks = ("bold", "italic", "link", "bullet_list", "ordered_list")
    for text in kept()[name]:
        once = rich.read(text, marks)
        markup = rich.as_html(once, link_colour="#000000").replace("\u2060", "")
        assert rich.as_html(rich.read(markup, marks), link_colour="#000000").replace("\u2060", "") == markup


@pytest.mark.parametrize("name", kept())
def test_what_is_refused_is_refused_in_words(name: str) -> None:
    for text in kept()[name]:
        for problem in check(SPEC, {"part": [everywhere(text)]}, images=CONTEXT.images):
            assert problem.message
