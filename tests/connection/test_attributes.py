"""Which attributes may be used and for what, with only what Braze's audiences can really compare."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from branding.scope import brand_scope
from braze_client.audience import custom_attribute
from connection import operators
from tests.conftest import fresh
from workspace.models import Attribute

pytestmark = pytest.mark.django_db
LIST, NEW = reverse("connection:attributes"), reverse("connection:attribute_new")
MILK = {
    "source": "custom",
    "name": "usual_milk",
    "label": "Usual milk",
    "data_type": "string",
    "for_filter": "on",
}


@pytest.fixture
def stored(erin, in_scope_of):
    return lambda: in_scope_of(erin, lambda: {each.name: each for each in Attribute.objects.all()})


@pytest.fixture
def fence(house) -> Attribute:
    with brand_scope(house.brand.pk):
        return Attribute.objects.create(name="store_id", label="Store", for_fence=True)


def edit(browser, attribute, **changes):
    typed = {
        "source": "custom",
        "name": attribute.name,
        "label": attribute.label,
        "data_type": attribute.data_type,
    }
    return browser.post(reverse("connection:attribute", args=[attribute.pk]), typed | changes)


@pytest.mark.parametrize("kind", ["string", "number", "boolean", "time", "array"])
def test_only_comparisons_that_the_client_can_say_are_offered(kind):
    builder = custom_attribute("x", kind)
    said = {name for name in dir(builder) if not name.startswith("_") and callable(getattr(builder, name))}

    assert set(operators.allowed(kind)) == said


def test_an_attribute_is_added_and_audited(client_of, erin, stored, in_scope_of):
    client_of(erin).post(
        NEW, MILK | {"operators_string": ["equals", "is_any_of"], "values_text": "oat\n whole \noat\n"}
    )

    milk = stored()["usual_milk"]
    assert (milk.operators, milk.values, milk.for_filter) == (["equals", "is_any_of"], ["oat", "whole"], True)
    [entry] = in_scope_of(erin, lambda: list(AuditEntry.objects.all()))
    assert (entry.action, entry.target) == (AuditEntry.Action.ATTRIBUTES_CHANGED, "usual_milk")


def test_comparisons_of_another_type_do_not_count(client_of, erin, stored):
    client_of(erin).post(NEW, MILK | {"operators_string": ["equals"], "operators_number": ["greater_than"]})

    assert stored()["usual_milk"].operators == ["equals"]


def test_numbers_to_choose_from_are_kept_as_numbers(client_of, erin, stored):
    typed = {"data_type": "number", "operators_number": ["equals"], "values_text": "1\n-2\n2.5"}
    client_of(erin).post(NEW, MILK | typed)

    assert stored()["usual_milk"].values == [1, -2, 2.5]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"source": "default", "name": "first_name"}, "cannot compare default attributes"),
        ({"source": "default", "name": "shoe_size", "for_filter": ""}, "no default attribute of this name"),
        ({"operators_string": []}, "Choose at least one comparison"),
        ({"operators_string": ["greater_than"]}, "greater_than is not one of the available choices"),
        (
            {"data_type": "number", "operators_number": ["equals"], "for_fence": "on"},
            "The fence compares texts",
        ),
        ({"data_type": "number", "operators_number": ["equals"], "values_text": "two"}, "Not a number"),
        ({"fallback": "{{${email_address}}}", "operators_string": ["equals"]}, "Write plain words"),
    ],
)
def test_what_braze_cannot_do_is_refused_with_the_reason(client_of, erin, stored, typed, why):
    answer = client_of(erin).post(NEW, {key: value for key, value in (MILK | typed).items() if value != ""})

    assert answer.status_code == 422
    assert why in " ".join(
        str(error) for errors in answer.context["form"].errors.values() for error in errors
    )
    assert stored() == {}


def test_a_name_is_listed_once(client_of, erin, fence):
    answer = client_of(erin).post(NEW, MILK | {"name": "store_id", "operators_string": ["equals"]})

    assert "in the list already" in answer.content.decode()


@pytest.mark.parametrize(
    "changes",
    [{"data_type": "number", "for_fence": ""}, {"name": "shop", "for_fence": "on"}, {"for_fence": ""}],
)
def test_the_fence_stays_what_it_is(client_of, erin, fence, changes):
    answer = edit(client_of(erin), fence, **{key: value for key, value in changes.items() if value})

    assert answer.status_code == 422
    assert "is the fence that keeps each group to its own customers" in answer.content.decode()
    assert (fresh(fence).name, fresh(fence).data_type, fresh(fence).for_fence) == ("store_id", "string", True)


def test_the_fence_can_be_renamed_for_people(client_of, erin, fence):
    edit(client_of(erin), fence, label="Store number", for_fence="on")

    assert fresh(fence).label == "Store number"


def test_the_fence_cannot_be_removed_and_others_can(client_of, erin, fence, house, stored):
    with brand_scope(house.brand.pk):
        other = Attribute.objects.create(name="chapter_id", label="Chapter", for_fence=True)
    browser = client_of(erin)

    answer = browser.post(reverse("connection:attribute_remove", args=[fence.pk]), follow=True)
    browser.post(reverse("connection:attribute_remove", args=[other.pk]))

    assert "Choose another fence first" in answer.content.decode()
    assert set(stored()) == {"store_id"}


def test_ready_made_ones_are_for_personalisation_and_are_added_once(client_of, erin, stored):
    browser = client_of(erin)
    for _twice in range(2):
        browser.post(reverse("connection:attributes_standard"), {"name": ["first_name", "city", "nonsense"]})

    assert {
        each.name: (each.fallback, each.for_personalisation, each.for_filter) for each in stored().values()
    } == {
        "first_name": ("there", True, False),
        "city": ("your town", True, False),
    }


def test_many_attributes_are_searched_and_paged(client_of, erin, house, fence, django_assert_max_num_queries):
    browser = client_of(erin)
    with django_assert_max_num_queries(40) as few:
        browser.get(LIST)
    with brand_scope(house.brand.pk):
        Attribute.objects.bulk_create(Attribute(name=f"a_{n}", label=f"Attribute {n:03}") for n in range(300))

    with django_assert_max_num_queries(len(few)):
        page = browser.get(LIST, {"page": 2})
    found = browser.get(LIST, {"q": "A_299"})

    assert len(page.context["page"]) == 50
    assert [each.name for each in found.context["page"]] == ["a_299"]
