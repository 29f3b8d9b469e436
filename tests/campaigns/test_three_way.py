"""A campaign's values under another version of its template: what nobody touched follows, and no words are lost."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns import three_way
from campaigns.three_way import BOTH, GONE, HIDDEN, ITEMS, LIMIT, LOCKED, OPTION, TYPE, merge
from library import engine
from library.engine import TemplateSpec

TODAY = date(2026, 6, 1)


def story() -> dict[str, Any]:
    return {
        "slug": "story",
        "name": "Story",
        "fields": [
            {"key": "headline", "type": "text", "label": "Headline", "max_length": 60},
            {"key": "body", "type": "rich_text", "label": "Text", "marks": ["bold", "link"]},
            {"key": "picture", "type": "image", "label": "Picture"},
            {"key": "more", "type": "button", "label": "Button"},
            {"key": "tone", "type": "choice", "label": "Tone", "options": [
                {"value": "calm", "label": "Calm"}, {"value": "loud", "label": "Loud"}]},
        ],
        "mjml": "<mj-section><mj-column><mj-text>[[ headline ]]</mj-text></mj-column></mj-section>",
        "text": "[[ headline ]]",
    }  # fmt: skip


def note(slug: str = "note") -> dict[str, Any]:
    return {
        "slug": slug,
        "name": slug.title(),
        "fields": [{"key": "title", "type": "text", "label": "Title", "max_length": 60}],
        "mjml": "<mj-section><mj-column><mj-text>[[ title ]]</mj-text></mj-column></mj-section>",
        "text": "[[ title ]]",
    }


KEYS = ("headline", "body", "picture", "more", "tone")


def raw() -> dict[str, Any]:
    """A template of one story, an optional one, one to three notes, and a zone of notes and quotes."""
    return {
        "name": "Letter",
        "envelope": {"values": {"subject": "A cup"}, "open": [{"field": "subject"}]},
        "placements": [
            {"key": "hero", "module": "story", "title": "Opening",
             "values": {"headline": "Autumn", "body": "<p>Warm.</p>", "more": {"label": "Read", "url": "https://a.example/"}},
             "open": [{"field": key} for key in KEYS]},
            {"key": "extra", "module": "story", "optional": True, "open": [{"field": "headline"}]},
            {"key": "notes", "module": "note", "title": "Notes", "repeat": {"min": 1, "max": 4},
             "open": [{"field": "title"}], "items": [{"title": "Latte"}, {"title": "Mocha"}]},
            {"key": "zone", "module": "note", "title": "Zone", "repeat": {"min": 0, "max": 4},
             "open": [{"field": "title"}], "items": [{"title": "One"}],
             "variants": [{"key": "saying", "module": "quote", "open": [{"field": "title"}]}]},
        ],
        "modules": {"story": story(), "note": note(), "quote": note("quote")},
    }  # fmt: skip


def spec(values: dict[str, Any] | None = None) -> TemplateSpec:
    return TemplateSpec.model_validate(values or raw())


@pytest.fixture
def new() -> dict[str, Any]:
    """The next version, as it is before a test changes it."""
    return raw()


def start() -> dict[str, Any]:
    return engine.defaults(spec())


def said(path: str, value: Any, values: dict[str, Any] | None = None) -> dict[str, Any]:
    return engine.set_value(spec(), values or start(), path, value)


def merged(values: dict[str, Any], new: dict[str, Any]) -> three_way.Merged:
    return merge(spec(), spec(new), values, today=TODAY)


def reasons(result: three_way.Merged) -> list[tuple[str, str]]:
    return [(point.path, point.reason) for point in result.points]


def hero(new: dict[str, Any]) -> Any:
    return new["placements"][0]


# One field


def test_what_nobody_touched_follows_the_template(new):
    hero(new)["values"]["headline"] = "Winter"

    result = merged(start(), new)

    assert result.values["hero"]["headline"] == "Winter"
    assert result.points == ()


def test_what_a_person_wrote_stays(new):
    hero(new)["values"]["body"] = "<p>Cold.</p>"

    result = merged(said("hero.headline", "My autumn"), new)

    assert (result.values["hero"]["headline"], result.values["hero"]["body"]) == ("My autumn", "<p>Cold.</p>")
    assert result.points == ()


def test_what_both_changed_keeps_the_persons_words_and_asks(new):
    hero(new)["values"]["headline"] = "Winter"

    result = merged(said("hero.headline", "My autumn"), new)

    assert result.values["hero"]["headline"] == "My autumn"
    [point] = result.points
    assert (point.path, point.reason, point.mine, point.theirs) == (
        "hero.headline", BOTH, "My autumn", "Winter",
    )  # fmt: skip
    assert point.label == "Opening: Headline"


def test_both_to_the_same_words_is_no_question(new):
    hero(new)["values"]["headline"] = "Winter"

    assert merged(said("hero.headline", "Winter"), new).points == ()


def test_the_same_paragraph_in_other_bytes_counts_as_untouched(new):
    hero(new)["values"]["body"] = "<p>Cold.</p>"

    result = merged(said("hero.body", "<p>Warm.</p>\n"), new)

    assert (result.values["hero"]["body"], result.points) == ("<p>Cold.</p>", ())


def test_a_locked_field_holds_the_brands_words_and_keeps_mine_to_read(new):
    hero(new)["open"] = [grant for grant in hero(new)["open"] if grant["field"] != "headline"]

    result = merged(said("hero.headline", "My autumn"), new)

    assert "headline" not in result.values["hero"]
    assert reasons(result) == [("hero.headline", LOCKED)]
    assert (result.points[0].mine, result.points[0].theirs) == ("My autumn", "Autumn")


def test_a_field_that_is_gone_keeps_its_words_to_read(new):
    new["modules"]["story"]["fields"].pop(0)
    del hero(new)["values"]["headline"]
    hero(new)["open"].pop(0)
    new["placements"].pop(1)

    result = merged(said("hero.headline", "My autumn"), new)

    assert reasons(result) == [("hero.headline", GONE)]
    assert result.points[0].mine == "My autumn"


def test_an_option_that_is_gone_or_over_gives_way(new):
    options = new["modules"]["story"]["fields"][4]["options"]
    options[1] = {**options[1], "valid_until": "2026-05-31"}

    over = merged(said("hero.tone", "loud"), new)
    options.pop(1)
    gone = merged(said("hero.tone", "loud"), new)

    for result in (over, gone):
        assert result.values["hero"]["tone"] == "calm"
        assert reasons(result) == [("hero.tone", OPTION)]


def test_words_that_have_become_too_long_stay_and_are_asked_about(new):
    hero(new)["open"][0]["max_length"] = 8

    result = merged(said("hero.headline", "Much too long"), new)

    assert result.values["hero"]["headline"] == "Much too long"
    assert reasons(result) == [("hero.headline", LIMIT)]


def test_a_field_of_another_type_takes_the_templates_and_keeps_mine_to_read(new):
    new["modules"]["story"]["fields"][0] = {"key": "headline", "type": "date", "label": "Day"}
    del hero(new)["values"]["headline"]

    result = merged(said("hero.headline", "Friday"), new)

    assert (result.values["hero"]["headline"], reasons(result)) == ("", [("hero.headline", TYPE)])


def test_a_piece_that_is_locked_now_is_the_brands(new):
    hero(new)["open"][3]["parts"] = ["label"]
    hero(new)["values"]["more"] = {"label": "Read", "url": "https://b.example/"}

    only_label = merged(said("hero.more", {"label": "Come in", "url": "https://a.example/"}), new)
    both = merged(said("hero.more", {"label": "Come in", "url": "https://mine.example/"}), new)

    for result in (only_label, both):
        assert result.values["hero"]["more"] == {"label": "Come in"}
    assert reasons(only_label) == []
    assert reasons(both) == [("hero.more", LOCKED)]


# Parts


def test_a_part_that_hides_stays_shown_while_it_carries_a_persons_words(new):
    extra = new["placements"][1]
    extra["shown"] = False
    shown = said("extra.headline", "Mine")

    assert merged(start(), new).values["extra"]["shown"] is False
    assert merged(shown, new).values["extra"]["shown"] is True
    assert reasons(merged(shown, new)) == [("extra.shown", HIDDEN)]


def test_a_part_that_a_person_hid_and_the_brand_now_always_shows_is_told(new):
    new["placements"][1]["optional"] = False

    result = merged(said("extra.shown", False), new)

    assert "shown" not in result.values["extra"]
    assert reasons(result) == [("extra.shown", LOCKED)]


def test_a_part_that_is_gone_keeps_all_that_was_written_there(new):
    new["placements"].pop(0)

    result = merged(said("hero.headline", "My autumn"), new)

    assert "hero" not in result.values
    assert [(point.path, point.mine) for point in result.points] == [("hero.headline", "My autumn")]


def test_an_item_the_brand_adds_comes_in_where_nobody_rearranged(new):
    new["placements"][2]["items"].append({"title": "Chai"})

    values = said("notes.0.title", "Flat white")

    assert [item["title"] for item in merged(values, new).values["notes"]] == ["Flat white", "Mocha", "Chai"]
    assert merged(values, new).points == ()


def test_items_a_person_rearranged_stay_and_the_difference_is_asked_about(new):
    new["placements"][2]["items"].append({"title": "Chai"})

    result = merged(engine.remove_item(spec(), start(), "notes", 0), new)

    assert len(result.values["notes"]) == 1
    assert reasons(result) == [("notes", ITEMS)]


def test_more_items_than_fit_stay_for_a_person_to_choose(new):
    new["placements"][2]["repeat"]["max"] = 2

    result = merged(engine.add_item(spec(), said("notes.0.title", "Mine"), "notes"), new)

    assert len(result.values["notes"]) == 3
    assert reasons(result) == [("notes", ITEMS)]


def test_an_item_of_a_module_that_is_gone_keeps_its_words_to_read(new):
    values = {**start(), "zone": [{"kind": "saying", "title": "Carpe diem"}, {"title": "One"}]}
    new["placements"][3]["variants"] = []

    result = merged(values, new)

    assert [item["title"] for item in result.values["zone"]] == ["One"]
    assert [(point.reason, point.mine) for point in result.points] == [(GONE, "Carpe diem")]


# Whatever happens


CHANGES = (
    "open",
    "lock",
    "hide",
    "drop",
    "say",
    "narrow",
    "retype",
    "parts",
    "remove",
    "optional",
    "repeat",
    "variants",
    "kind",
)


@st.composite
def versions(draw: st.DrawFn) -> TemplateSpec:
    """A next version: any number of changes to the first."""
    new = raw()
    for change in draw(st.lists(st.sampled_from(CHANGES), max_size=6)):
        _change(draw, new, change)
    return spec(new)


def _change(draw: st.DrawFn, new: dict[str, Any], change: str) -> None:
    if not new["placements"]:
        return
    place = draw(st.sampled_from(new["placements"]))
    if change == "remove":
        new["placements"].remove(place)
    elif change == "optional" and "repeat" not in place:
        place["optional"] = draw(st.booleans())
        place["shown"] = not place["optional"] or draw(st.booleans())
    elif change == "repeat":
        _repeat(draw, place)
    elif change == "variants":
        place.pop("variants", None)
    elif change == "kind" and place["key"] == "zone" and place.get("variants"):
        place["items"] = [{"kind": "saying", "title": "Said"}]
    elif place["module"] == "story":
        _change_field(draw, new, place, change, draw(st.sampled_from(KEYS)))


def _repeat(draw: st.DrawFn, place: dict[str, Any]) -> None:
    if "repeat" in place and draw(st.booleans()):
        for key in ("repeat", "items", "variants"):
            place.pop(key, None)
    elif not place.get("optional"):
        most = draw(st.integers(1, 4))
        place["repeat"] = {"min": draw(st.integers(0, most)), "max": most}
        place["items"] = place.get("items", [])[:most]


def _change_field(draw: st.DrawFn, new: dict[str, Any], place: dict[str, Any], change: str, key: str) -> None:
    grants = {grant["field"]: grant for grant in place["open"]}
    declared = {each["key"]: each for each in new["modules"]["story"]["fields"]}
    if change in {"lock", "hide", "drop"}:
        grants.pop(key, None)
        place["hidden"] = [key] if change == "hide" and key in declared else []
    if change == "drop":
        _drop(new, key)
        grants.pop(key, None)
    elif change == "open" and key in declared and key not in place.get("hidden", []):
        grants.setdefault(key, {"field": key})
    elif (
        change == "say"
        and key in {"headline", "body"}
        and declared.get(key, {}).get("type") in {"text", "rich_text"}
    ):
        place.setdefault("values", {})[key] = draw(st.sampled_from(["New words", "<p>New words</p>"]))
    elif change == "narrow" and key == "headline" and key in grants and declared[key]["type"] == "text":
        grants[key]["max_length"] = draw(st.integers(1, 60))
    elif change == "parts" and key in {"more", "picture"} and key in grants:
        grants[key]["parts"] = [
            draw(st.sampled_from({"more": ["label", "url"], "picture": ["src", "alt"]}[key]))
        ]
    elif change == "retype" and key == "headline" and key in declared:
        declared[key].update(type="rich_text", max_length=60)
        for grant in (row for each in new["placements"] for row in each["open"]):
            if grant["field"] == key:
                grant.pop("max_length", None)
    place["open"] = list(grants.values())


def _drop(new: dict[str, Any], key: str) -> None:
    module = new["modules"]["story"]
    module["fields"] = [each for each in module["fields"] if each["key"] != key]
    for each in (row for row in new["placements"] if row["module"] == "story"):
        each["open"] = [grant for grant in each["open"] if grant["field"] != key]
        each.get("values", {}).pop(key, None)
        each["hidden"] = [name for name in each.get("hidden", []) if name != key]


WORDS = st.integers(0, 10**6).map(lambda number: f"typed{number}typed")


@st.composite
def campaigns(draw: st.DrawFn) -> tuple[dict[str, Any], list[str]]:
    """Values that people made out of the first version, and every word they typed."""
    values, typed = start(), []
    for path in draw(
        st.lists(
            st.sampled_from(["hero.headline", "hero.body", "extra.headline", "envelope.subject"]),
            max_size=4,
            unique=True,
        )
    ):
        word = draw(WORDS)
        typed.append(word)
        values = said(path, f"<p>{word}</p>" if path == "hero.body" else word, values)
    if draw(st.booleans()):
        label, link, alt = draw(WORDS), draw(WORDS), draw(WORDS)
        typed += [label, link, alt]
        values = said("hero.more", {"label": label, "url": f"https://{link}.example/"}, values)
        values = said("hero.picture", {"src": "cup", "alt": alt, "decorative": False}, values)
    if draw(st.booleans()):
        values = said("extra.shown", draw(st.booleans()), values)
    for place in ("notes", "zone"):
        titles = draw(st.lists(WORDS, min_size=1 if place == "notes" else 0, max_size=4))
        typed += titles
        kinds = [{"kind": "saying"} if place == "zone" and draw(st.booleans()) else {} for _title in titles]
        if draw(st.booleans()) or titles:
            values = {
                **values,
                place: [{**kind, "title": title} for kind, title in zip(kinds, titles, strict=True)],
            }
    return values, typed


@settings(max_examples=300, deadline=None)
@given(campaigns(), versions())
def test_no_word_is_lost_and_a_second_time_changes_nothing(campaign, new):
    values, typed = campaign

    once = merge(spec(), new, values, today=TODAY)
    again = merge(new, new, once.values, today=TODAY)

    held = json.dumps([once.values, [point.as_json() for point in once.points]])
    assert [word for word in typed if word not in held] == []
    assert (again.values, again.points) == (once.values, ())


@settings(max_examples=200, deadline=None)
@given(campaigns(), versions())
def test_what_stands_there_afterwards_is_only_what_the_new_version_opens(campaign, new):
    codes = {each.code for each in engine.check(new, merge(spec(), new, campaign[0], today=TODAY).values)}

    assert codes & {"unknown", "wrong_type", "option"} == set()


@settings(max_examples=100, deadline=None)
@given(versions())
def test_a_campaign_nobody_touched_becomes_what_a_new_one_would_be(new):
    result = merge(spec(), new, start(), today=TODAY)

    assert result.points == ()
    assert result.values == engine.defaults(new)
