"""The draft's steps can be taken back and done again, and two tabs never overwrite each other unasked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library import drafting, editing
from library.drafting import DraftError, Spot
from library.editing import history
from library.models import DraftStep, TemplateVersion
from tests.factories import NOTE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_bluebird")]

parts = st.dictionaries(st.sampled_from("abc"), st.integers(0, 3))
specs = st.builds(
    lambda top, modules: {"placements": 0, "tracking": 0, **top, "modules": modules},
    st.fixed_dictionaries({"placements": st.integers(0, 3), "tracking": st.integers(0, 3)}),
    parts,
)


@given(specs, specs)
def test_a_patch_turns_one_spec_into_the_other(old, new):
    assert history.patched(old, history.patch(old, new)) == new


def headline(words: str):
    return lambda spec: drafting.set_field(spec, Spot("hero"), "headline", mode="open", value=words)


def moved_to(to: int):
    return lambda spec: drafting.move(spec, "hero", to)


def say(house, mona, words: str) -> TemplateVersion:
    return editing.change(house.template, headline(words), by=mona, label=words, subject="hero.headline")


def test_the_first_change_makes_the_draft_and_the_published_version_stays(house, mona):
    published = house.version.spec

    draft = say(house, mona, "Come in")

    assert (draft.state, draft.number, draft.revision) == ("draft", 2, 1)
    assert draft.based_on == house.version
    assert house.version.spec == published


def test_looking_makes_no_draft(house):
    assert editing.draft_of(house.template).pk is None
    assert TemplateVersion.objects.count() == 1


def test_steps_are_taken_back_and_done_again_in_turn(house, mona):
    start = editing.draft_of(house.template).engine_spec()
    after_add = editing.change(
        house.template, lambda s: drafting.add(s, NOTE), by=mona, label="Add"
    ).engine_spec()
    end = editing.change(
        house.template, lambda s: drafting.remove(s, "hero"), by=mona, label="Remove"
    ).engine_spec()

    assert editing.undo(house.template, by=mona).engine_spec() == after_add
    assert editing.undo(house.template, by=mona).engine_spec() == start
    assert editing.redo(house.template, by=mona).engine_spec() == after_add
    assert editing.redo(house.template, by=mona).engine_spec() == end
    with pytest.raises(DraftError):
        editing.redo(house.template, by=mona)


def test_a_new_change_ends_what_could_be_done_again(house, mona):
    say(house, mona, "One")
    editing.undo(house.template, by=mona)
    editing.change(house.template, lambda s: drafting.remove(s, "notes"), by=mona, label="Remove")

    with pytest.raises(DraftError):
        editing.redo(house.template, by=mona)


def test_what_is_typed_in_one_go_is_one_step(house, mona):
    for words in ("C", "Co", "Come in"):
        draft = say(house, mona, words)

    assert draft.steps.count() == 1
    back = editing.undo(house.template, by=mona)
    assert back.engine_spec().slots["hero"]["headline"].value == "Autumn is here"
    assert editing.redo(house.template, by=mona).engine_spec().slots["hero"]["headline"].value == "Come in"


def test_only_the_last_fifty_steps_are_kept(house, mona):
    for turn in range(60):
        to = turn % 2 + 1
        editing.change(house.template, moved_to(to), by=mona, label=str(turn))

    assert DraftStep.objects.count() == 50


def test_what_changes_nothing_leaves_no_step(house, mona):
    editing.change(house.template, lambda spec: spec, by=mona, label="Nothing")

    assert not DraftStep.objects.exists()


def test_a_field_that_another_tab_changed_is_not_overwritten(house, mona):
    before = editing.draft_of(house.template).engine_spec()
    shown = editing.seen(before, Spot("hero"), "headline")
    say(house, mona, "Theirs")
    late = editing.unless_edited(Spot("hero"), "headline", shown, headline("Mine"))

    with pytest.raises(editing.EditedMeanwhile) as edited:
        editing.change(house.template, late, by=mona, label="Late")

    assert edited.value.spec.slots["hero"]["headline"].value == "Theirs"
    assert editing.draft_of(house.template).engine_spec().slots["hero"]["headline"].value == "Theirs"


def test_a_change_elsewhere_in_the_meantime_is_no_conflict(house, mona):
    shown = editing.seen(editing.draft_of(house.template).engine_spec(), Spot("hero"), "headline")
    editing.change(house.template, lambda s: drafting.remove(s, "notes"), by=mona, label="Remove")

    late = editing.unless_edited(Spot("hero"), "headline", shown, headline("Mine"))
    spec = editing.change(house.template, late, by=mona, label="Late").engine_spec()

    assert spec.slots["hero"]["headline"].value == "Mine"
    assert "notes" not in spec.places


def test_a_template_that_was_never_published_goes_with_its_draft(house, mona):
    fresh = editing.begin("Spring offer", by=mona)
    twin = editing.begin("Spring offer", by=mona)
    assert (fresh.slug, twin.slug) == ("spring-offer", "spring-offer-2")

    editing.discard(fresh)
    say(house, mona, "Words")
    editing.discard(house.template)

    assert set(type(fresh).objects.values_list("slug", flat=True)) == {"letter", "spring-offer-2"}
    assert editing.draft_of(house.template).pk is None
