"""Little is open, and exactly what is listed here: opening more is a decision, not an accident."""

from __future__ import annotations

import pytest

from library.engine import LockedField, set_value
from library.starter import catalogue

OPEN = {
    "seasonal-offer": {
        "envelope": {"subject", "preheader"},
        "hero": {"headline"},
        "letter": {"body"},
        "offers": {"title", "text", "price", "before", "image"},
        "coupon": {"deal", "until"},
    },
    "new-on-the-menu": {
        "envelope": {"subject", "preheader"},
        "hero": {"image", "headline"},
        "items": {"title", "text", "image"},
        "quote": {"words", "who"},
        "visit": {"hours", "note"},
    },
    "event": {
        "envelope": {"subject", "preheader"},
        "hero": {"image", "headline"},
        "event": {"day", "month", "when", "place", "entry"},
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
        "news": {"title", "text", "image", "link"},
        "quote": {"words", "who"},
    },
    "volunteer-day": {
        "envelope": {"subject"},
        "hero": {"image", "headline"},
        "event": {"day", "month", "when", "place", "family"},
        "letter": {"body"},
        "signoff": {"body"},
    },
}


def test_every_template_is_listed():
    assert set(OPEN) == set(catalogue.templates())


@pytest.mark.parametrize("slug", OPEN)
def test_only_the_granted_fields_are_open(slug):
    slots = catalogue.templates()[slug].slots
    opened = {place: {key for key, slot in fields.items() if slot.open} for place, fields in slots.items()}
    assert {place: keys for place, keys in opened.items() if keys} == OPEN[slug]


@pytest.mark.parametrize("path", ["coupon.code", "hero.lead", "visit.headline", "header.line"])
def test_locked_copy_cannot_be_written(path):
    with pytest.raises(LockedField):
        set_value(catalogue.templates()["seasonal-offer"], {}, path, "Mine")


def test_every_kind_of_grant_is_used_somewhere():
    specs = catalogue.templates().values()
    kinds = {
        slot.field.type
        for spec in specs
        for slots in spec.slots.values()
        for slot in slots.values()
        if slot.open
    }
    placements = [placement for spec in specs for placement in spec.placements]
    assert kinds == {"text", "rich_text", "image", "button", "choice", "toggle"}
    assert any(placement.repeat for placement in placements)
    assert any(placement.optional for placement in placements)
