"""The template's parameters stand on every web link exactly once."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.engine import TemplateSpec, render
from library.engine.tracking import tracked
from tests.engine.cast import NOTE, Structure, any_values, context, template, values

WANTED = (("utm_source", "leeds"), ("utm_campaign", "spring"))
TRACKING = {"utm_source": "[group_code]", "utm_medium": "email", "utm_campaign": "[template] by [group]"}
SPEC, CONTEXT = template(tracking=TRACKING), context(code="L 1")


def hrefs(page: str) -> list[str]:
    return [html.unescape(link) for link in re.findall(r'<a [^>]*href="(https://[^"]*)"', page)]


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://example.org/", "https://example.org/?utm_source=leeds&utm_campaign=spring"),
        ("https://example.org/?a=1", "https://example.org/?a=1&utm_source=leeds&utm_campaign=spring"),
        ("https://example.org/?", "https://example.org/?utm_source=leeds&utm_campaign=spring"),
        ("https://example.org/#top", "https://example.org/?utm_source=leeds&utm_campaign=spring#top"),
        ("https://example.org/?a=1#t?x", "https://example.org/?a=1&utm_source=leeds&utm_campaign=spring#t?x"),
        ("https://e.org/?utm_source=own", "https://e.org/?utm_source=own&utm_campaign=spring"),
        ("https://e.org/?UTM_Source=own&b", "https://e.org/?UTM_Source=own&b&utm_campaign=spring"),
    ],
)
def test_a_link_gets_what_it_does_not_have(link: str, expected: str) -> None:
    assert tracked(link, WANTED) == expected
    assert tracked(expected, WANTED) == expected


def test_html_and_text_lead_to_the_same_tracked_places() -> None:
    mail = render(SPEC, values(body="<p>See <a href='https://example.org/a?b=1&c=2#d'>this</a></p>"), CONTEXT)
    words = "utm_source=L%201&utm_medium=email&utm_campaign=Letter%20by%20Bluebird%20Leeds"

    assert f"https://example.org/story?{words}" in hrefs(mail.html)
    assert f"https://example.org/a?b=1&c=2&{words}#d" in hrefs(mail.html)
    for link in hrefs(mail.html):
        assert link in mail.text


def test_ways_out_and_other_schemes_are_left_alone() -> None:
    body = "<p><a href='mailto:a@example.org?subject=Hi'>w</a> <a href='tel:+441'>c</a></p>"
    page = Structure(render(SPEC, values(body=body), CONTEXT).html)

    assert {"mailto:a@example.org?subject=Hi", "tel:+441", "https://example.org/privacy"} <= set(page.links)
    assert "{{${set_user_to_unsubscribed_url}}}" in page.links


def test_the_brand_s_liquid_in_a_link_comes_through() -> None:
    link = "https://example.org/?p={{${user_id} | default: 'a?b#c'}}#end"
    source = (
        f'<mj-section><mj-column><mj-text><a href="{link}">[[ title ]]</a></mj-text></mj-column></mj-section>'
    )
    note = NOTE.model_copy(update={"mjml": source, "text": f"[[ title ]]: {link}."})
    spec = _one(note, tracking={"utm_source": "x"})
    mail = render(spec, {}, CONTEXT)
    expected = "https://example.org/?p={{${user_id} | default: 'a?b#c'}}&{}utm_source=x#end"

    assert f'href="{expected.replace("{}", "amp;")}"' in mail.html
    assert f"{expected.replace('{}', '')}." in mail.text


def test_a_group_s_name_cannot_put_liquid_into_a_link() -> None:
    mail = render(SPEC, {}, context(name="{{1}}{% x %}", code="a&b"))

    assert "%7B%7B1%7D%7D" in mail.html
    assert "utm_source=a%26b" in mail.text


def test_a_group_without_code_leaves_no_empty_parameter() -> None:
    assert "utm_source" not in render(SPEC, {}, context()).html


@given(any_values())
def test_no_link_is_tracked_twice_whatever_is_typed(typed: dict[str, Any]) -> None:
    for link in hrefs(render(SPEC, typed, CONTEXT).html):
        if link != "https://example.org/privacy":
            assert len(re.findall(r"[?&]utm_medium=", link)) == 1


@given(st.text("ab?&=#/", max_size=30))
def test_what_a_link_says_by_itself_stays(rest: str) -> None:
    link = "https://example.org/" + rest
    done = tracked(link, WANTED)

    assert done.partition("#")[2] == link.partition("#")[2]
    assert done.startswith(link.partition("#")[0].rstrip("?&"))


def _one(module: Any, **changes: Any) -> TemplateSpec:
    placements = [{"key": "notes", "module": "note", "values": {"title": "x"}}]
    return template(placements=placements, modules={"note": module}, **changes)
