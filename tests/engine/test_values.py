"""Values change by path, only where a grant opens it, and never in place."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.engine import (
    ItemLimit,
    LockedField,
    add_item,
    defaults,
    move_item,
    remove_item,
    render,
    set_value,
)
from tests.engine.cast import NOTE, STORY, context, template

SPEC = template()


def test_a_campaign_starts_with_the_open_fields_alone() -> None:
    start = defaults(SPEC)

    assert start["envelope"] == {"subject": "A warm cup", "preheader": "This month"}
    assert start["notes"] == [{"title": "Latte"}]
    assert start["extra"] == {"shown": True, "body": "<p>Warm cups, <strong>long</strong> evenings.</p>"}
    assert start["hero"]["more"] == {"label": "Read on", "url": "https://example.org/story"}
    assert start["hero"]["tone"] == "calm"


def test_a_value_is_set_without_touching_the_old_ones() -> None:
    before = defaults(SPEC)
    kept = copy.deepcopy(before)
    after = set_value(SPEC, before, "notes.0.title", "Bun")

    assert after["notes"] == [{"title": "Bun"}]
    assert set_value(SPEC, {}, "hero.headline", "New")["hero"] == {"headline": "New"}
    assert before == kept


@pytest.mark.parametrize(
    "path",
    [
        "extra.headline",
        "hero.nothing",
        "nowhere.headline",
        "hero",
        "hero.0.headline",
        "notes.title",
        "notes.1.title",
        "notes.0.price",
        "notes.-1.title",
        "hero.shown",
        "notes.0.shown",
        "envelope.sender_name",
        "hero.headline.x",
        "__class__.x",
        "",
    ],
)
def test_a_locked_path_stays_locked(path: str) -> None:
    with pytest.raises(LockedField, match="locked"):
        set_value(SPEC, defaults(SPEC), path, "x")


def test_items_are_added_moved_and_removed_within_the_limits() -> None:
    two = set_value(SPEC, add_item(SPEC, defaults(SPEC), "notes"), "notes.1.title", "Bun")
    three = add_item(SPEC, two, "notes", at=0)

    assert [item["title"] for item in three["notes"]] == ["Latte", "Latte", "Bun"]
    assert [item["title"] for item in move_item(SPEC, two, "notes", 1, 0)["notes"]] == ["Bun", "Latte"]
    assert [item["title"] for item in remove_item(SPEC, two, "notes", 0)["notes"]] == ["Bun"]
    with pytest.raises(ItemLimit, match="1 to 3"):
        add_item(SPEC, three, "notes")
    with pytest.raises(ItemLimit):
        remove_item(SPEC, {}, "notes", 0)
    with pytest.raises(LockedField):
        move_item(SPEC, two, "notes", 0, 2)
    with pytest.raises(LockedField):
        add_item(SPEC, two, "hero")


@given(st.integers(0, 6))
def test_never_more_or_fewer_items_are_rendered_than_allowed(count: int) -> None:
    mail = render(SPEC, {"notes": [{"title": "Bun"}] * count}, context())

    assert mail.text.count("* ") == min(max(count, 1), 3)


def test_first_items_may_differ_in_what_is_open() -> None:
    placement = {
        "key": "notes",
        "module": "note",
        "repeat": {"min": 0, "max": 3},
        "values": {"title": "Latte", "price": "£4"},
        "items": [{"title": "Bun"}, {}],
        "open": [{"field": "title"}],
    }
    spec = template(placements=[placement], modules={"note": NOTE})

    assert defaults(spec)["notes"] == [{"title": "Bun"}, {"title": "Latte"}]
    assert render(spec, {}, context()).text.startswith("* Bun (£4)\n\n* Latte (£4)")
    assert render(spec, {"notes": []}, context()).text.startswith("--")


@pytest.mark.parametrize(
    ("placement", "words"),
    [
        ({"items": [{"price": "1"}], "repeat": {"min": 1, "max": 2}}, "not open"),
        ({"items": [{}], "repeat": None}, "more items"),
        ({"repeat": {"min": 2, "max": 1}}, "larger"),
        ({"optional": True, "repeat": {"min": 0, "max": 2}}, "min = 0"),
        ({"shown": False}, "not optional"),
        ({"key": "envelope"}, "envelope"),
        ({"values": {"colour": "red"}}, "colour"),
        ({"values": {"title": 7}}, "not a text"),
        ({"open": [{"field": "colour"}]}, "colour"),
        ({"open": [{"field": "title", "max_length": 99}]}, "40 characters"),
        ({"open": [{"field": "title", "options": ["a"]}]}, "options"),
        ({"module": "gone"}, "gone"),
        ({"colour": "red"}, "Extra inputs"),
    ],
)
def test_a_template_that_contradicts_itself_is_refused(placement: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        template(
            placements=[{"key": "notes", "module": "note", **placement}],
            modules={"note": NOTE, "story": STORY},
        )


def test_a_grant_narrows_the_field() -> None:
    grant = {"field": "tone", "label": "Mood", "options": [{"value": "loud", "label": "Loud"}]}
    spec = template(
        placements=[{"key": "hero", "module": "story", "open": [grant]}], modules={"story": STORY}
    )
    field = spec.slots["hero"]["tone"].field

    assert (field.label, field.values) == ("Mood", ("loud",))
    assert defaults(spec)["hero"] == {"tone": "loud"}


def test_a_template_survives_json() -> None:
    assert type(SPEC).model_validate_json(SPEC.model_dump_json()) == SPEC
