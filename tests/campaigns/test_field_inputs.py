"""Every type of field has inputs of its own, and what comes back is what its type holds."""

from __future__ import annotations

import pytest
from django.urls import reverse

from branding.scope import brand_scope
from campaigns import services
from library.engine import ModuleSpec, TemplateSpec
from tests import factories
from tests.conftest import fresh

pytestmark = pytest.mark.django_db

SAMPLER = ModuleSpec.model_validate(
    {
        "slug": "sampler",
        "name": "Sampler",
        "fields": [
            {"key": "page", "type": "link", "label": "Page"},
            {"key": "deal", "type": "approved", "label": "Deal", "kind": "offer"},
            {"key": "ground", "type": "colour", "label": "Ground", "pairs": ["surface", "primary"]},
            {"key": "day", "type": "date", "label": "Day"},
            {"key": "price", "type": "price", "label": "Price", "currency": "GBP"},
            {"key": "phone", "type": "profile", "label": "Phone", "source": "phone"},
            {"key": "more", "type": "button", "label": "Button",
             "default": {"label": "More", "url": "https://example.org/locked"}},
            {"key": "picture", "type": "image", "label": "Picture"},
        ],
        "mjml": "<mj-section><mj-column><mj-text>[[ day ]][% if deal %][[ deal.text ]][% endif %]"
                "[% if price %][[ price.now ]][% endif %]</mj-text></mj-column></mj-section>",
        "text": "[[ day ]]\n",
    }
)  # fmt: skip
NOTE = factories.NOTE


def spec() -> TemplateSpec:
    fields = [{"field": each.key} for each in SAMPLER.fields if each.key != "more"]
    return TemplateSpec.model_validate(
        {
            "name": "Sampler",
            "envelope": {"values": {"subject": "All of it"}, "open": [{"field": "subject"}]},
            "placements": [
                {
                    "key": "all", "module": "sampler", "open": [*fields, {"field": "more", "parts": ["label"]}],
                    "options": {"deal": [
                        {"value": "bun", "label": "A bun", "text": "A bun on us"},
                        {"value": "old", "label": "Last year's", "valid_until": "2020-01-01"},
                    ]},
                },
                {
                    "key": "zone", "module": "note", "repeat": {"min": 1, "max": 3}, "open": [{"field": "title"}],
                    "values": {"title": "News"},
                    "variants": [{"key": "big", "module": "story", "title": "Story", "most": 1,
                                  "open": [{"field": "headline"}]}],
                },
            ],
            "modules": {"sampler": SAMPLER, "note": NOTE, "story": factories.STORY},
        }
    )  # fmt: skip


@pytest.fixture
def draft(house, alice):
    with brand_scope(house.brand.pk):
        template = factories.template(spec(), "sampler")
        return services.start(template, house.places["Leith"], by=alice)


def post(client, draft, step, **typed):
    paths = {name.split(":")[0] for name in typed}
    revisions = {f"rev:{path}": fresh(draft).revisions.get(path, 0) for path in paths}
    answer = client.post(reverse("campaigns:compose", args=[draft.pk, step]), {**typed, **revisions})
    assert answer.status_code == 302, answer.content
    return fresh(draft).values


@pytest.fixture
def client(client_of, alice):
    return client_of(alice)


def page(client, draft, step):
    answer = client.get(reverse("campaigns:compose", args=[draft.pk, step]))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("inputs", "key", "value"),
    [
        ({"all.page": "https://example.org/a"}, "page", "https://example.org/a"),
        ({"all.deal": "bun"}, "deal", "bun"),
        ({"all.ground": "primary"}, "ground", "primary"),
        ({"all.day": "2027-03-01"}, "day", "2027-03-01"),
        ({"all.price:amount": "3.40", "all.price:before": ""}, "price", {"amount": "3.40", "before": ""}),
        ({"all.price:amount": "£3,40", "all.price:before": "4"}, "price", {"amount": "3.40", "before": "4"}),
        ({"all.price:amount": "cheap", "all.price:before": ""}, "price", {"amount": "cheap", "before": ""}),
        ({"all.phone": "on"}, "phone", True),
    ],
)
def test_what_was_typed_is_kept_as_its_type_holds_it(client, draft, inputs, key, value):
    assert post(client, draft, "all", **inputs)["all"][key] == value


def test_a_part_that_is_locked_is_not_taken_from_the_form(client, draft):
    values = post(client, draft, "all", **{"all.more:label": "Read", "all.more:url": "https://evil.example"})

    assert values["all"]["more"] == {"label": "Read"}
    assert "evil" not in str(values)


def test_a_locked_part_has_no_input_and_says_where_it_leads(client, draft):
    html = page(client, draft, "all")

    assert 'name="all.more:label"' in html
    assert 'name="all.more:url"' not in html
    assert "https://example.org/locked" in html


def test_an_approved_piece_past_its_days_is_not_offered(client, draft):
    html = page(client, draft, "all")

    assert "A bun on us" in html
    assert "Last year" not in html


def test_a_value_of_the_profile_is_shown_with_the_place_to_change_it(client, draft, leith):
    html = page(client, draft, "all")

    assert "+44 1632 960123" in html
    assert reverse("groups:profile", args=[leith.pk]) in html


def test_a_zone_offers_its_modules_and_takes_no_more_than_it_may(client, draft):
    items = reverse("campaigns:items", args=[draft.pk, "zone"])
    client.post(items, {"do": "add:big"})

    assert [item.get("kind", "zone") for item in fresh(draft).values["zone"]] == ["zone", "big"]
    html = page(client, draft, "zone")
    assert 'name="zone.1.headline"' in html
    assert "add:zone" in html
    assert "add:big" not in html


def test_an_item_of_a_zone_is_filled_in_by_its_own_fields(client, draft):
    client.post(reverse("campaigns:items", args=[draft.pk, "zone"]), {"do": "add:big"})

    values = post(client, draft, "zone", **{"zone.1.headline": "Big news"})

    assert values["zone"][1]["headline"] == "Big news"


def test_a_field_of_another_kind_is_refused(client, draft):
    answer = client.post(
        reverse("campaigns:compose", args=[draft.pk, "zone"]),
        {"zone.0.headline": "Not here", "rev:zone.0.headline": "0"},
    )

    assert answer.status_code == 400
    assert "Not here" not in str(fresh(draft).values)
