"""Whatever an admin does to a draft, in whatever order: it stays a legal template, or the change is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library import drafting
from library.drafting import DraftError, Spot
from library.engine import ModuleSpec, TemplateSpec
from library.engine.fields import Approved
from tests.factories import NOTE, STORY, letter

DEAL = ModuleSpec.model_validate(
    {
        "slug": "two-deals",
        "name": "Deals",
        "fields": [
            {"key": "title", "type": "text", "label": "Title", "max_length": 30},
            {"key": "price", "type": "price", "label": "Price"},
            {"key": "day", "type": "date", "label": "Day"},
            {"key": "deal", "type": "approved", "label": "Deal",
             "options": [{"value": "half", "label": "Half price"}, {"value": "free", "label": "Free cup"}]},
            {"key": "look", "type": "colour", "label": "Look"},
            {"key": "phone", "type": "profile", "label": "Phone", "source": "phone"},
            {"key": "answer", "type": "email", "label": "Answers"},
            {"key": "page", "type": "link", "label": "Page", "allowed_domains": ["example.org"]},
        ],
        "mjml": "<mj-section><mj-column><mj-text>[[ title ]]</mj-text></mj-column></mj-section>",
        "text": "[[ title ]]\n",
    }
)  # fmt: skip
MODULES = {module.slug: module for module in (STORY, NOTE, DEAL)}
#: The same modules with a field less, a shorter limit, another type and fewer options.
NEWER = {
    "story": STORY.model_copy(update={"fields": tuple(
        field.model_copy(update={"max_length": 5}) if field.key == "headline"
        else field.model_copy(update={"options": field.options[:1]}) if field.key == "tone"
        else field.model_copy(update={"marks": ()}) if field.key == "body" else field
        for field in STORY.fields if field.key != "picture"
    )}),
    "two-deals": DEAL.model_copy(update={"fields": tuple(
        STORY.fields[0].model_copy(update={"key": "price"}) if field.key == "price" else field
        for field in DEAL.fields
    )}),
}  # fmt: skip
KEYS = ("headline", "body", "picture", "more", "tone", "ruled", "title", "price", "day", "deal", "look", "phone",
        "page", "subject", "reply_to", "nothing")  # fmt: skip
PLACES = ("envelope", "hero", "notes", "extra", "story", "note", "two_deals", "story_2", "gone")

places = st.sampled_from(PLACES)
modules = st.sampled_from(sorted(MODULES)).map(MODULES.__getitem__)
spots = st.builds(Spot, places, st.sampled_from(("", *PLACES)))
numbers = st.integers(-2, 24)
limits = st.fixed_dictionaries(
    {},
    optional={
        "label": st.text(max_size=5),
        "required": st.booleans(),
        "parts": st.lists(st.sampled_from(["label", "url", "src", "amount"]), max_size=2).map(tuple),
        "max_length": numbers,
        "marks": st.lists(st.sampled_from(["bold", "italic", "link"]), max_size=2).map(tuple),
        "allowed_domains": st.lists(
            st.sampled_from(["example.org", "a.example.org", "b.com"]), max_size=2
        ).map(tuple),
        "options": st.lists(st.sampled_from(["calm", "loud", "half", "free", "none"]), max_size=2).map(tuple),
    },
)
values: st.SearchStrategy[Any] = st.one_of(
    st.text(max_size=8), st.booleans(), st.none(), st.sampled_from(["calm", "loud", "half", "3.40", "2026-12-05"]),
    st.fixed_dictionaries({"label": st.text(max_size=4), "url": st.text(max_size=4)}),
    st.fixed_dictionaries({"src": st.text(max_size=4), "alt": st.text(max_size=4)}),
    st.fixed_dictionaries({"amount": st.sampled_from(["", "2", "x"]), "before": st.just("")}),
)  # fmt: skip
keys = st.sampled_from(KEYS)
modes = st.sampled_from(["locked", "open", "hidden"])
pieces = st.none() | st.lists(
    st.builds(Approved, value=st.sampled_from(["half", "cup", "mug"]), label=st.text(max_size=4)), max_size=3
)
Step = Callable[[TemplateSpec], TemplateSpec]
STEPS: st.SearchStrategy[Step] = st.one_of(
    st.builds(lambda m, n: lambda s: drafting.add(s, m, at=n), modules, st.none() | numbers),
    st.builds(lambda p: lambda s: drafting.remove(s, p), places),
    st.builds(lambda p, n: lambda s: drafting.move(s, p, n), places, numbers),
    st.builds(lambda p: lambda s: drafting.duplicate(s, p), places),
    st.builds(lambda p, t: lambda s: drafting.rename(s, p, t), spots, st.text(max_size=5)),
    st.builds(lambda p: lambda s: drafting.show_always(s, p), places),
    st.builds(lambda p, b: lambda s: drafting.show_optionally(s, p, shown=b), places, st.booleans()),
    st.builds(lambda p, a, b: lambda s: drafting.repeat(s, p, a, b), places, numbers, numbers),
    st.builds(lambda p, m: lambda s: drafting.add_kind(s, p, m), places, modules),
    st.builds(lambda p, k: lambda s: drafting.remove_kind(s, p, k), places, places),
    st.builds(lambda p, k, n: lambda s: drafting.move_kind(s, p, k, n), places, places, numbers),
    st.builds(lambda p, k, n: lambda s: drafting.limit_kind(s, p, k, n), places, places, st.none() | numbers),
    st.builds(lambda p, b: lambda s: drafting.keep_order(s, p, ordered=b), places, st.booleans()),
    st.builds(lambda p, k: lambda s: drafting.add_item(s, p, k), places, places),
    st.builds(lambda p, n: lambda s: drafting.remove_item(s, p, n), places, numbers),
    st.builds(lambda p, a, b: lambda s: drafting.move_item(s, p, a, b), places, numbers, numbers),
    st.builds(lambda p, n, k, v: lambda s: drafting.set_item_value(s, p, n, k, v), places, numbers, keys, values),
    st.builds(lambda p, k, m, v, g: lambda s: drafting.set_field(s, p, k, mode=m, value=v, grant=g),
              spots, keys, modes, values, limits),
    st.builds(lambda p, k, m: lambda s: drafting.set_mode(s, p, k, m), spots, keys, modes),
    st.builds(lambda p: lambda s: drafting.open_only(s, p, {"text": None, "button": ("label",)}), spots),
    st.builds(lambda p, k, o: lambda s: drafting.set_options(s, p, k, o), spots, keys, pieces),
    st.builds(lambda n: lambda s: drafting.describe(s, name=n), st.text(max_size=5)),
    st.builds(lambda t: lambda s: drafting.track(s, t), st.dictionaries(st.text(max_size=6), st.text(max_size=6), max_size=2)),
    st.just(lambda s: drafting.take_modules(s, NEWER)[0]),
    st.just(lambda s: drafting.take_modules(s, MODULES)[0]),
)  # fmt: skip


def as_stored(spec: TemplateSpec) -> TemplateSpec:
    """As it comes back from the database."""
    return TemplateSpec.model_validate(json.loads(json.dumps(spec.model_dump(mode="json"))))


@settings(max_examples=400, deadline=None)
@given(st.lists(STEPS, max_size=14))
def test_any_sequence_of_changes_leaves_a_legal_template(steps):
    spec = letter()
    for step in steps:
        with suppress(DraftError):
            spec = step(spec)
        assert as_stored(spec) == spec
        used = {each.module for part in spec.placements for each in part.kinds.values()}
        assert set(spec.slots) == {"envelope", *spec.places}
        assert used <= set(spec.modules)


def test_a_new_part_is_locked_and_stands_where_it_was_put():
    spec = drafting.add(letter(), DEAL, at=1)

    assert [part.key for part in spec.placements] == ["hero", "two_deals", "notes", "extra"]
    assert not any(slot.open for slot in spec.slots["two_deals"].values())


def test_a_copy_has_a_name_of_its_own_and_says_the_same():
    spec = drafting.duplicate(letter(), "extra")

    assert [part.key for part in spec.placements] == ["hero", "notes", "extra", "extra_2"]
    assert spec.places["extra_2"].values == spec.places["extra"].values


def test_what_is_locked_again_leaves_the_first_items():
    spec = drafting.add_item(letter(), "notes")
    spec = drafting.set_item_value(spec, "notes", 0, "title", "Mocha")
    assert spec.places["notes"].items == ({"title": "Mocha"},)

    spec = drafting.set_mode(spec, Spot("notes"), "title", "locked")

    assert spec.places["notes"].items == ({},)


def test_a_second_module_makes_a_zone_and_taking_the_first_away_leaves_the_other():
    spec = drafting.add_kind(letter(), "extra", NOTE)
    assert list(spec.places["extra"].kinds) == ["extra", "note"]

    spec = drafting.remove_kind(spec, "extra", "extra")

    assert spec.places["extra"].module == "note"
    assert list(spec.places["extra"].kinds) == ["extra"]


def test_a_button_opens_by_its_label_alone():
    spec = drafting.open_only(letter(), Spot("extra"), {"button": ("label",), "text": None})

    slots = spec.slots["extra"]
    assert (slots["more"].opens("label"), slots["more"].opens("url")) == (True, False)
    assert slots["headline"].open
    assert not slots["body"].open


@pytest.mark.parametrize(
    ("limits", "words", "about"),
    [
        ({"max_length": 500}, "60 characters at most", "max_length"),
        ({"marks": ("bold",)}, "does not allow", "marks"),
        ({"options": ("calm",)}, "at least one", "options"),
    ],
)
def test_a_limit_wider_than_the_module_s_is_refused_in_words(limits, words, about):
    with pytest.raises(DraftError, match=words) as refused:
        drafting.set_field(letter(), Spot("hero"), "headline", mode="open", value="Hi", grant=limits)

    assert refused.value.input == about


def test_a_price_that_is_none_is_told_at_the_price():
    spec = drafting.add(letter(), DEAL)

    with pytest.raises(DraftError, match=r"3\.40") as refused:
        drafting.set_field(spec, Spot("two_deals"), "price", mode="open", value={"amount": "cheap"})

    assert refused.value.input == "value"


def test_a_choice_that_is_no_longer_offered_gives_way():
    spec = drafting.set_field(letter(), Spot("hero"), "tone", mode="open", value="loud")

    spec = drafting.set_field(
        spec, Spot("hero"), "tone", mode="open", value="loud", grant={"options": ("calm",)}
    )

    assert spec.slots["hero"]["tone"].value == "calm"


def test_newer_modules_say_what_of_the_old_had_no_place():
    spec = drafting.set_field(letter(), Spot("hero"), "picture", mode="open", value={"src": "cup", "alt": ""})
    spec = drafting.set_field(spec, Spot("hero"), "tone", mode="open", value="loud")

    taken, dropped = drafting.take_modules(spec, NEWER)

    assert dropped == ("Opening: picture", "Opening: tone")
    assert taken.modules["story"] == NEWER["story"]
    assert taken.slots["hero"]["headline"].field.max_length == 5


def test_a_template_is_not_without_bounds():
    spec = letter()
    for _ in range(37):
        spec = drafting.add(spec, NOTE)

    with pytest.raises(DraftError, match="40 parts"):
        drafting.add(spec, NOTE)
