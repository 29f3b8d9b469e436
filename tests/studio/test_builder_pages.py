"""The builder through its addresses: lists, drafts, fields, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from branding.scope import brand_scope
from library import editing
from library.engine import TemplateSpec
from library.models import Module, ModuleVersion, Template, TemplateVersion
from tests.factories import NOTE, STORY, House
from tests.studio.test_builder_operations import DEAL

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def mona_at(client_of, mona):
    return client_of(mona)


@pytest.fixture
def modules(house: House) -> dict[str, Module]:
    with brand_scope(house.brand.pk):
        made = {}
        for spec in (STORY, NOTE, DEAL):
            module = Module.objects.create(slug=spec.slug, name=spec.name)
            ModuleVersion.objects.create(module=module, number=1, spec=spec.model_dump(mode="json"))
            made[spec.slug] = module
        return made


@pytest.fixture
def act(mona_at, house) -> Callable[..., Any]:
    """`act("up", place="notes")`: a form of the builder, sent."""

    def act(do: str, *, htmx: bool = True, **data: Any) -> Any:
        address = reverse("studio:draft_change", args=[house.template.pk])
        return mona_at.post(address, {"do": do, **data}, headers=HTMX if htmx else {})

    return act


@pytest.fixture
def spec(house) -> Callable[[], TemplateSpec]:
    def spec() -> TemplateSpec:
        with brand_scope(house.brand.pk):
            return editing.draft_of(house.template).engine_spec()

    return spec


def page(client, house, **query: str) -> str:
    answer = client.get(reverse("studio:template_edit", args=[house.template.pk]), query)
    assert answer.status_code == 200
    html: str = answer.content.decode()
    return html


def seen(html: str, key: str) -> str:
    found = re.search(rf'id="f-{key}-seen" value="([0-9a-f]+)"', html)
    assert found
    return found[1]


def headline(words: str, **more: str) -> dict[str, str]:
    return {"place": "hero", "key": "headline", "mode": "open", "hero.headline": words, **more}


# The list


def test_the_list_says_how_each_template_stands(mona_at, house):
    html = mona_at.get(reverse("studio:templates")).content.decode()

    assert "Letter" in html
    assert "Published" in html
    assert "2 groups" in html


def test_the_list_asks_as_often_for_many_templates_as_for_few(mona_at, house, django_assert_max_num_queries):
    with brand_scope(house.brand.pk):
        for number in range(30):
            Template.objects.create(slug=f"t{number}", name=f"T {number}")
    mona_at.get(reverse("studio:templates"))

    with django_assert_max_num_queries(22):
        mona_at.get(reverse("studio:templates"))


def test_archived_templates_stand_apart(mona_at, house):
    page = mona_at.post(reverse("studio:template_archive", args=[house.template.pk]), follow=True)

    assert "is archived" in page.content.decode()
    assert "Letter" not in mona_at.get(reverse("studio:templates")).content.decode()
    assert "Letter" in mona_at.get(reverse("studio:templates"), {"show": "archived"}).content.decode()
    mona_at.post(reverse("studio:template_archive", args=[house.template.pk]), {"restore": "yes"})
    assert "Letter" in mona_at.get(reverse("studio:templates")).content.decode()


def test_an_empty_library_says_what_to_do(mona_at, house):
    with brand_scope(house.brand.pk):
        TemplateVersion.objects.all().delete()
        Template.objects.all().delete()

    assert "No template yet" in mona_at.get(reverse("studio:templates")).content.decode()


def test_a_new_template_starts_from_another_one(mona_at, house):
    form = {"name": "Spring offer", "category": "Offers", "language": "en", "source": house.template.pk}
    answer = mona_at.post(reverse("studio:template_new"), form)

    with brand_scope(house.brand.pk):
        made = Template.objects.get(slug="spring-offer")
        draft = editing.draft_of(made)
        assert answer["Location"] == reverse("studio:template_edit", args=[made.pk])
        assert (draft.state, draft.number) == ("draft", 1)
        assert list(draft.engine_spec().places) == ["hero", "notes", "extra"]
        assert draft.engine_spec().name == "Spring offer"


def test_a_new_template_wants_a_name_and_keeps_the_rest(mona_at, house):
    answer = mona_at.post(reverse("studio:template_new"), {"category": "Offers", "language": "en"})

    assert answer.status_code == 422
    assert "Give the template a name" in answer.content.decode()
    assert 'value="Offers"' in answer.content.decode()


# Parts


def test_a_module_is_added_moved_copied_and_removed(act, spec, modules):
    act("add", module=modules["note"].pk, at=1)
    assert list(spec().places) == ["hero", "note", "notes", "extra"]
    act("down", place="note")
    assert list(spec().places) == ["hero", "notes", "note", "extra"]
    act("duplicate", place="note")
    assert list(spec().places) == ["hero", "notes", "note", "note_2", "extra"]
    act("move", place="note_2", to="0")
    assert next(iter(spec().places)) == "note_2"
    act("remove", place="note_2")
    assert "note_2" not in spec().places


def test_the_same_goes_without_scripts(act, spec, modules, house):
    answer = act("add", htmx=False, module=modules["two-deals"].pk)

    assert answer.status_code == 302
    assert answer["Location"].endswith("?part=two_deals#open")
    assert "two_deals" in spec().places


def test_undo_and_redo_walk_through_the_steps(act, spec, modules, mona_at, house):
    act("remove", place="hero")
    assert "Undo: Remove “Opening”" in page(mona_at, house)

    assert act("undo").status_code == 200
    assert "hero" in spec().places
    act("redo")
    assert "hero" not in spec().places
    act("undo")
    assert act("undo").status_code == 422


def test_a_part_repeats_between_two_numbers(act, spec):
    act("presence", place="hero", presence="repeat", least="2", most="4")
    assert (spec().places["hero"].repeat.min, spec().places["hero"].repeat.max) == (2, 4)

    refused = act("presence", place="hero", presence="repeat", least="5", most="2")

    assert refused.status_code == 422
    assert "the smaller one first" in refused.content.decode()
    assert spec().places["hero"].repeat.max == 4


def test_a_zone_offers_several_modules_in_an_order(act, spec, modules):
    act("add_kind", place="notes", module=modules["story"].pk)
    act("limit_kind", place="notes", kind="story", most="1")
    act("ordered", place="notes", ordered="on")
    act(
        "field",
        place="notes",
        kind="story",
        key="headline",
        mode="open",
        **{"notes.story.headline": "Read this"},
    )

    zone = spec().places["notes"]
    assert list(zone.kinds) == ["notes", "story"]
    assert (zone.kinds["story"].most, zone.ordered) == (1, True)
    assert spec().kinds["notes"]["story"]["headline"].value == "Read this"


def test_first_items_say_something_of_their_own(act, spec):
    act("add_item", place="notes")
    act("item", place="notes", index="0", key="title", **{"notes.0.title": "Mocha"})

    assert spec().places["notes"].items == ({"title": "Mocha"},)


def test_one_press_opens_words_but_not_where_they_lead(act, spec):
    act("preset", place="extra", preset="words")

    slots = spec().slots["extra"]
    assert slots["headline"].open
    assert not slots["picture"].open
    assert (slots["more"].opens("label"), slots["more"].opens("url")) == (True, False)


# Fields


def test_every_part_can_be_opened_and_shows_its_fields(mona_at, house, act, modules):
    act("add", module=modules["two-deals"].pk)
    for part in ("envelope", "hero", "notes", "extra", "two_deals", "about"):
        assert 'id="open"' in page(mona_at, house, part=part)


def test_a_field_is_written_opened_and_limited(act, spec):
    act(
        "field",
        **headline("Come in"),
        max_length="30",
        label="Big words",
        help="Short is good",
        required="on",
    )

    slot = spec().slots["hero"]["headline"]
    assert (slot.value, slot.open) == ("Come in", True)
    assert (slot.field.max_length, slot.field.label, slot.field.help) == (30, "Big words", "Short is good")


def test_a_button_is_open_in_the_parts_that_are_ticked(act, spec):
    act("field", place="hero", key="more", mode="open", parts_asked="1", parts=["label"],
        **{"hero.more:label": "Order", "hero.more:url": "https://example.org/order"})  # fmt: skip

    slot = spec().slots["hero"]["more"]
    assert (slot.opens("label"), slot.opens("url")) == (True, False)
    assert slot.value.url == "https://example.org/order"


def test_a_field_is_locked_and_hidden(act, spec):
    act("field", **{**headline("Fixed"), "mode": "locked"})
    assert not spec().slots["hero"]["headline"].open

    act("field", **{**headline("Fixed"), "mode": "hidden"})
    assert spec().slots["hero"]["headline"].hidden


def test_a_limit_that_cannot_be_is_told_at_its_input_and_nothing_is_saved(act, spec):
    answer = act("field", **headline("Hello"), max_length="500")

    assert answer.status_code == 422
    assert 'id="f-hero-headline-max_length-error"' in answer.content.decode()
    assert "60 characters at most" in answer.content.decode()
    assert spec().slots["hero"]["headline"].value == "Autumn is here"


def test_without_scripts_what_was_typed_stays_in_the_refused_form(act):
    html = act("field", htmx=False, **headline("Hello you"), max_length="a lot").content.decode()

    assert 'value="Hello you"' in html
    assert 'value="a lot"' in html
    assert "Write a number of characters" in html


def test_a_price_that_is_none_stays_typed(act, modules):
    act("add", module=modules["two-deals"].pk)
    price = {"place": "two_deals", "key": "price", "mode": "open", "two_deals.price:amount": "cheap"}

    answer = act("field", **price)
    assert answer.status_code == 422
    assert 'id="f-two_deals-price-error"' in answer.content.decode()
    assert 'value="cheap"' in act("field", htmx=False, **price).content.decode()


def test_words_that_break_a_rule_are_saved_and_told(act, spec):
    answer = act("field", **headline("Much too long " * 9))

    assert answer.status_code == 200
    assert "Shorten this to 60 characters" in answer.content.decode()
    assert spec().slots["hero"]["headline"].value == ("Much too long " * 9).strip()


def test_two_tabs_that_write_the_same_field_are_asked(act, mona_at, house, spec):
    shown = seen(page(mona_at, house, part="hero"), "hero-headline")
    act("field", **headline("Theirs"), seen=shown)

    late = act("field", **headline("Mine"), seen=shown)

    assert late.status_code == 409
    assert "Theirs (open)" in late.content.decode()
    assert "Mine (open)" in late.content.decode()
    assert spec().slots["hero"]["headline"].value == "Theirs"
    act("field", **headline("Mine"), seen=shown, mine="yes")
    assert spec().slots["hero"]["headline"].value == "Mine"


def test_a_late_save_for_a_part_that_is_gone_says_so(act, mona_at, house):
    shown = seen(page(mona_at, house, part="hero"), "hero-headline")
    act("remove", place="hero")

    late = act("field", **headline("Mine"), seen=shown)

    assert late.status_code == 422
    assert "removed in the meantime" in late.content.decode()
    assert ">Mine</textarea>" in late.content.decode()


def test_approved_pieces_have_days_and_a_list_of_their_own(act, spec, modules):
    act("add", module=modules["two-deals"].pk)
    rows = {
        "0:label": "Spring cup",
        "0:text": "A free cup",
        "0:valid_from": "2026-03-01",
        "0:valid_until": "2026-04-30",
    }

    assert act("options", place="two_deals", key="deal", **rows).status_code == 200
    [piece] = spec().slots["two_deals"]["deal"].field.options
    assert (piece.value, piece.valid_until.isoformat()) == ("spring-cup", "2026-04-30")

    act("options", place="two_deals", key="deal", reset="yes")
    assert len(spec().slots["two_deals"]["deal"].field.options) == 2


def test_a_piece_that_ends_before_it_begins_is_told(act, modules):
    act("add", module=modules["two-deals"].pk)
    rows = {"0:label": "Spring cup", "0:valid_from": "2026-05-01", "0:valid_until": "2026-04-30"}

    answer = act("options", place="two_deals", key="deal", **rows)

    assert answer.status_code == 422
    assert "behind the last" in answer.content.decode()


# The template itself


def test_name_language_and_tracking_are_the_draft_s(act, spec, house):
    act("about", name="Spring letter", description="For spring", category="Offers", language="de")
    act("tracking", parameter=["utm_source", ""], text=["[group_code]", ""])

    assert (spec().name, spec().language) == ("Spring letter", "de")
    assert spec().tracking == {"utm_source": "[group_code]"}
    with brand_scope(house.brand.pk):
        assert Template.objects.get(pk=house.template.pk).name == "Spring letter"


def test_newer_modules_are_offered_and_taken_on_request(act, spec, mona_at, house, modules):
    newer = STORY.model_copy(update={"name": "Story, wider"})
    with brand_scope(house.brand.pk):
        ModuleVersion.objects.create(module=modules["story"], number=2, spec=newer.model_dump(mode="json"))

    assert "Newer modules are published" in page(mona_at, house)
    act("modules")

    assert spec().modules["story"] == newer
    assert "Newer modules are published" not in page(mona_at, house)


def test_the_source_of_profile_values_is_shown(mona_at, house):
    html = page(mona_at, house, group=str(house.places["Leith"].pk))

    assert "2 Shore" in html
    assert '<span class="source source--above">Bluebird Coffee (Brand)</span>' in html


def test_throwing_the_draft_away_leaves_what_is_published(act, spec, mona_at, house):
    act("remove", place="hero")
    answer = mona_at.post(reverse("studio:draft_discard", args=[house.template.pk]))

    assert answer["Location"] == reverse("studio:template", args=[house.template.pk])
    assert "hero" in spec().places


@pytest.mark.parametrize("look", ["", "dark", "text"])
def test_the_preview_shows_the_draft(act, mona_at, house, look):
    act("field", **headline("Come in out of the rain"))
    answer = mona_at.get(reverse("studio:draft_preview", args=[house.template.pk]), {"look": look})

    assert "Come in out of the rain" in answer.content.decode()
    if look != "text":
        assert "sandbox" in answer["Content-Security-Policy"]


def test_each_module_of_the_palette_has_its_picture(mona_at, house, modules):
    answer = mona_at.get(reverse("studio:palette_preview", args=[modules["story"].pk]))

    assert "Autumn is here" in answer.content.decode()


def test_nonsense_is_refused_in_words(act):
    assert act("dance").status_code == 422
    assert act("up", place="nowhere").status_code == 422
    assert act("field", place="hero", key="nothing").status_code == 422
    assert act("item", place="notes", index="9", key="title").status_code == 422
    assert act("add", module="999999").status_code == 404


# When and who


def test_the_season_is_on_the_brand_s_clock(mona_at, house):
    with brand_scope(house.brand.pk):
        house.root.time_zone = "America/New_York"
        house.root.save()
    address = reverse("studio:template_season", args=[house.template.pk])

    mona_at.post(address, {"valid_from": "2026-12-05T09:00", "valid_until": ""})

    with brand_scope(house.brand.pk):
        assert (
            Template.objects.get(pk=house.template.pk).valid_from.isoformat() == "2026-12-05T14:00:00+00:00"
        )
    assert (
        'value="2026-12-05T09:00"'
        in mona_at.get(reverse("studio:template", args=[house.template.pk])).content.decode()
    )
    refused = mona_at.post(address, {"valid_from": "2026-12-05T09:00", "valid_until": "2026-12-01T09:00"})
    assert refused.status_code == 422
    assert "end before it begins" in refused.content.decode()
