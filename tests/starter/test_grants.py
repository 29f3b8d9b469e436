"""Little is open, and exactly what is listed here: opening more is a decision, not an accident."""

from __future__ import annotations

from typing import get_args

import pytest

from library.engine import LockedField, check, defaults, render, set_value
from library.engine.fields import FieldSpec
from library.starter import catalogue
from tests.starter.cast import DAY, context

#: By template, then by part (a zone's kinds with a stroke); a field with a colon is open in this piece only.
OPEN = {
    "seasonal-offer": {
        "envelope": {"subject", "preheader"},
        "hero": {"headline", "button:label"},
        "letter": {"body"},
        "offers": {"title", "text", "price", "image"},
        "pair": {"first_price", "second_price"},
        "coupon": {"deal", "until"},
    },
    "new-on-the-menu": {
        "envelope": {"subject", "preheader"},
        "hero": {"image", "headline"},
        "items": {"title", "text", "image"},
        "list": {"name", "text", "price", "mark"},
        "story": {"button:label"},
        "quote": {"words", "who", "look"},
        "visit": {"hours", "note"},
        "note": {"note"},
    },
    "event": {
        "envelope": {"subject", "preheader", "reply_to"},
        "hero": {"image", "headline"},
        "event": {"starts", "ends", "place", "entry"},
        "letter": {"body"},
        "buttons": {"main"},
    },
    "loyalty-thank-you": {
        "envelope": {"subject"},
        "letter": {"body"},
        "coupon": {"deal", "until"},
        "signoff": {"body", "name"},
    },
    "monthly-news": {
        "envelope": {"subject", "preheader"},
        "hero": {"image", "headline"},
        "letter": {"body"},
        "line": {"style"},
        "news": {"title", "text", "image", "link"},
        "news/pair": {
            "first_title", "first_text", "first_image", "second_title", "second_text", "second_image",
        },
        "news/words": {"words", "who"},
        "news/date": {"title", "starts", "ends", "place", "entry"},
        "social": {"instagram", "facebook", "page"},
    },
    "volunteer-day": {
        "envelope": {"subject"},
        "hero": {"image", "headline"},
        "event": {"starts", "ends", "place", "family"},
        "letter": {"body"},
        "buttons": {"main:label"},
        "signoff": {"body"},
    },
}  # fmt: skip


def opened(slots):
    return {
        key if slot.parts is None else f"{key}:{','.join(slot.parts)}"
        for key, slot in slots.items()
        if slot.open
    }


def all_slots(spec):
    yield "envelope", spec.slots["envelope"]
    for place, kinds in spec.kinds.items():
        for kind, slots in kinds.items():
            yield place if kind == place else f"{place}/{kind}", slots


def test_every_template_is_listed():
    assert set(OPEN) == set(catalogue.templates())


@pytest.mark.parametrize("slug", OPEN)
def test_only_the_granted_fields_are_open(slug):
    found = {place: opened(slots) for place, slots in all_slots(catalogue.templates()[slug])}
    assert {place: keys for place, keys in found.items() if keys} == OPEN[slug]


@pytest.mark.parametrize("path", ["coupon.how", "hero.lead", "visit.headline", "header.line", "terms.note"])
def test_locked_copy_cannot_be_written(path):
    with pytest.raises(LockedField):
        set_value(catalogue.templates()["seasonal-offer"], {}, path, "Mine")


def test_words_of_a_button_may_change_and_where_it_leads_may_not():
    spec = catalogue.templates()["seasonal-offer"]
    button = {"label": "Taste it", "url": "https://elsewhere.example.org/"}
    values = {"hero": {**defaults(spec)["hero"], "button": button}}
    html = render(spec, values, context("bluebird")).html
    assert "Taste it" in html
    assert "elsewhere.example.org" not in html
    assert [problem.path for problem in check(spec, values)] == ["hero.button"]


def test_a_deal_of_another_season_is_not_on():
    spec = catalogue.templates()["seasonal-offer"]
    values = {"coupon": {**defaults(spec)["coupon"], "deal": "winter"}}
    [problem] = check(spec, values, today=DAY)
    assert (problem.path, problem.code) == ("coupon.deal", "option_expired")


def test_every_type_of_field_is_open_somewhere():
    found = {
        slot.field.type
        for spec in catalogue.templates().values()
        for _place, slots in all_slots(spec)
        for slot in slots.values()
        if slot.open
    }
    union = get_args(get_args(FieldSpec)[0])
    assert found == {get_args(each.model_fields["type"].annotation)[0] for each in union}


def test_every_kind_of_part_is_used_somewhere():
    placements = [placement for spec in catalogue.templates().values() for placement in spec.placements]
    assert any(placement.repeat for placement in placements)
    assert any(placement.optional for placement in placements)
    assert any(placement.variants for placement in placements)
    assert any(placement.options for placement in placements)
