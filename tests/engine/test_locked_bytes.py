"""Whatever is typed, every byte outside the open fields is the template's."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from library.engine import defaults, render, rich
from library.engine.inert import one_line
from tests.engine.cast import any_values, context, template, texts, without_fields

SPEC, CONTEXT = template(), context()


def shape(values: dict[str, Any]) -> dict[str, Any]:
    """Values that fill and leave empty the same fields as these, with a harmless word in each."""
    mail = render(SPEC, values, CONTEXT, marked=True).html
    hero, extra = values["hero"], values["extra"]
    return {
        "envelope": {key: "word" if _is_typed(text) else "" for key, text in values["envelope"].items()},
        "hero": {
            "headline": "word" if _is_typed(hero["headline"]) else "",
            "body": "<p>word</p>" if _body_count(mail, hero, extra)[0] else "",
            "picture": _picture(hero["picture"], mail),
            "more": {"label": "word", "url": "https://example.org/"} if '<a href="\ue000' in mail else None,
        },
        "notes": [{"title": "word" if _is_typed(note["title"]) else ""} for note in values["notes"]],
        "extra": {"body": "<p>word</p>" if _body_count(mail, hero, extra)[1] else ""},
    }


def _is_typed(text: str) -> bool:
    return bool(one_line(text))


def _body_count(mail: str, hero: dict[str, Any], extra: dict[str, Any]) -> tuple[bool, bool]:
    marks = ("bold", "italic", "link", "bullet_list")
    return bool(rich.read(hero["body"], marks)), bool(rich.read(extra["body"], marks))


def _picture(picture: dict[str, Any], mail: str) -> dict[str, Any] | None:
    if "<img" not in mail:
        return None
    source = "cup" if picture["src"] == "cup" else "https://example.org/x.jpg"
    alt = "word" if _is_typed(picture["alt"]) else ""
    return {"src": source, "alt": alt}


@given(any_values())
def test_what_is_not_a_field_stays_byte_for_byte(values: dict[str, Any]) -> None:
    typed = render(SPEC, values, CONTEXT, marked=True).html
    plain = render(SPEC, shape(values), CONTEXT, marked=True).html

    assert without_fields(typed) == without_fields(plain)


@given(any_values())
def test_the_marks_are_all_that_marking_adds(values: dict[str, Any]) -> None:
    marked = render(SPEC, values, CONTEXT, marked=True).html

    assert render(SPEC, values, CONTEXT).html == marked.replace("\ue000", "").replace("\ue001", "")


@given(
    st.dictionaries(
        st.sampled_from(["headline", "tone", "ruled", "shown", "x"]), texts | st.none() | st.integers()
    )
)
def test_what_no_grant_opens_is_not_even_read(values: dict[str, Any]) -> None:
    values.pop("shown", None)

    assert render(SPEC, {"extra": values}, CONTEXT) == render(SPEC, {}, CONTEXT)


def test_what_is_missing_is_what_a_campaign_starts_with() -> None:
    assert render(SPEC, {}, CONTEXT) == render(SPEC, defaults(SPEC), CONTEXT)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | texts,
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from(["headline", "title", "src", "shown"]), inner)
        ),
        max_leaves=5,
    )
)
def test_values_of_any_shape_make_a_mail(odd: Any) -> None:
    mail = render(SPEC, {"hero": odd, "notes": odd, "extra": odd, "envelope": odd, "nowhere": odd}, CONTEXT)

    assert "set_user_to_unsubscribed_url" in mail.html
