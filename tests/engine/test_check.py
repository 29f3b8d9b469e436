"""Each fault a person can make is found, named and explained."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from library.engine import LockedField, check, check_one, check_template, defaults, render
from library.engine.problems import TEMPLATES
from tests.engine.cast import STORY, any_values, context, template, texts, values

SPEC, IMAGES = template(), context().images


def codes(path: str, value: Any) -> set[str]:
    return {problem.code for problem in check_one(SPEC, path, value, {}, images=IMAGES)}


def test_what_a_campaign_starts_with_is_fit_to_send() -> None:
    assert check(SPEC, defaults(SPEC), images=IMAGES) == ()
    assert check(SPEC, {}, images=IMAGES) == ()
    assert check_template(SPEC) == ()


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("envelope.subject", "  ", "required"),
        ("envelope.subject", "a" * 61, "too_long"),
        ("envelope.subject", "Hello\nBcc: all@example.org", "line_break"),
        ("envelope.subject", "Hello {{${first_name}}}", "liquid"),
        ("envelope.preheader", "{% abort_message %}", "liquid"),
        ("hero.headline", "50%} off", "liquid"),
        ("hero.headline", "<b>bold</b>", "markup"),
        ("hero.headline", "back\u202ewards", "control"),
        ("hero.headline", "a\x00b", "control"),
        ("hero.headline", 7, "wrong_type"),
        ("hero.headline", None, "wrong_type"),
        ("hero.tone", "shouting", "option"),
        ("hero.tone", None, "wrong_type"),
        ("hero.ruled", "yes", "wrong_type"),
        ("hero.body", "<h1>Big</h1>", "mark"),
        ("hero.body", "<ol><li>x</li></ol>", "mark"),
        ("hero.body", "<p>" + "a" * 301 + "</p>", "too_long"),
        ("hero.body", "a{<b></b>{b", "liquid"),
        ("hero.body", "&#123;{x}}", "liquid"),
        ("hero.body", "<a href='http://example.org'>x</a>", "link_scheme"),
        ("hero.body", "<a href='https://example.org/{{x}}'>x</a>", "liquid"),
        ("hero.picture", {"src": "gone", "alt": "x"}, "image"),
        ("hero.picture", {"src": "bare"}, "alt"),
        ("hero.picture", {"src": "https://example.org/x.jpg"}, "alt"),
        ("hero.picture", {"src": "http://example.org/x.jpg", "alt": "x"}, "link_scheme"),
        ("hero.picture", {"src": "cup", "width": 9}, "wrong_type"),
        ("hero.more", {"label": "", "url": "https://example.org"}, "label"),
        ("hero.more", {"label": "Go", "url": ""}, "link_missing"),
        ("hero.more", {"label": "a" * 41, "url": "https://example.org"}, "too_long"),
        ("hero.more", {"label": "Go", "url": "javascript:alert(1)"}, "link_scheme"),
        ("hero.more", {"label": "Go", "url": "https://a@example.org"}, "link_userinfo"),
        ("hero.more", {"label": "Go", "url": "https://localhost"}, "link_host"),
        ("hero.more", {"label": "Go", "url": "https://exa mple.org"}, "link_form"),
        ("hero.more", {"label": "Go", "url": "example.org"}, "link_scheme"),
    ],
)
def test_the_fault_is_found(path: str, value: Any, code: str) -> None:
    assert code in codes(path, value)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("hero.headline", "Tom & Jerry's “best” <3 — 50 % off {really}"),
        ("hero.headline", ""),
        ("hero.body", "<p>One <b>two</b> <i>three</i></p><ul><li><a href='tel:+44 20 1234'>x</a></li></ul>"),
        ("hero.picture", None),
        ("hero.picture", {"src": "cup"}),
        ("hero.picture", {"src": "bare", "decorative": True}),
        ("hero.more", {"label": "", "url": ""}),
        ("hero.more", {"label": "Write", "url": "mailto:hello@example.org?subject=Hi"}),
        ("hero.tone", "loud"),
        ("hero.ruled", True),
        ("extra.shown", False),
    ],
)
def test_an_honest_value_passes(path: str, value: Any) -> None:
    assert codes(path, value) == set()


def test_the_words_say_what_to_do() -> None:
    [problem] = check_one(SPEC, "envelope.subject", "a" * 64, {})

    assert problem.message == "Shorten this to 60 characters; it has 64."
    assert problem.template == "Shorten this to %(limit)d characters; it has %(length)d."


def test_links_keep_to_the_allowed_domains() -> None:
    story = STORY.model_copy(
        update={
            "fields": tuple(
                field.model_copy(update={"allowed_domains": ("example.org",)})
                if field.type == "button"
                else field
                for field in STORY.fields
            )
        }
    )
    spec = template(modules={"story": story, "note": SPEC.modules["note"]})

    def found(url: str) -> list[str]:
        return [problem.code for problem in check(spec, values(more={"label": "Go", "url": url}))]

    assert found("https://shop.example.org/") == []
    assert found("https://example.org.evil.example/") == ["link_domain"]
    assert found("https://badexample.org/") == ["link_domain"]


def test_items_are_counted_and_checked_one_by_one() -> None:
    many = [{"title": "x"}, {"title": ""}, {"title": "y", "price": "1"}, {"title": "z"}]

    assert [(problem.path, problem.code) for problem in check(SPEC, {"notes": many})] == [
        ("notes", "too_many"),
        ("notes.1.title", "required"),
        ("notes.2.price", "unknown"),
    ]
    assert [problem.code for problem in check(SPEC, {"notes": []})] == ["too_few"]


def test_locked_and_unknown_keys_are_named() -> None:
    found = check(SPEC, {"nowhere": {}, "hero": {"x": 1}, "extra": {"headline": "mine"}, "notes": 3})

    assert {(problem.path, problem.code) for problem in found} == {
        ("nowhere", "unknown"),
        ("hero.x", "unknown"),
        ("extra.headline", "unknown"),
        ("notes", "wrong_type"),
    }


def test_a_part_that_is_switched_off_may_stay_unfinished() -> None:
    unfinished = {"shown": True, "body": "<h1>x</h1>"}

    assert check(SPEC, {"extra": unfinished}) != ()
    assert check(SPEC, {"extra": {**unfinished, "shown": False}}) == ()


def test_one_field_is_checked_only_where_it_is_open() -> None:
    with pytest.raises(LockedField):
        check_one(SPEC, "extra.headline", "x", {})


@given(any_values())
def test_every_problem_can_be_told(typed: dict[str, Any]) -> None:
    for problem in check(SPEC, typed, images=IMAGES):
        assert problem.code in TEMPLATES
        assert "%(" not in problem.message


@given(texts)
def test_what_passes_the_check_is_seen_as_it_was_typed(text: str) -> None:
    if not check(SPEC, values(headline=text)) and text.strip():
        assert render(SPEC, values(headline=text), context()).text.splitlines()[1].rstrip() == text.strip()
