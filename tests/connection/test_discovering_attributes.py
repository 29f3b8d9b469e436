"""Attributes are found in Braze's list or in a sample of profiles: names and types, and never a value."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from audiences.models import Reading
from connection.discovering import type_of
from tests.sandboxed import answers, workspace
from workspace.models import Attribute

pytestmark = pytest.mark.django_db
FOUND = reverse("connection:attributes_found")
READ = reverse("connection:read", args=["attributes"])
LIST = {
    "attributes": [
        {
            "name": "store_id",
            "data_type": "String (Automatically Detected)",
            "status": "Active",
            "description": "Shop",
        },
        {"name": "visits", "data_type": "Number", "status": "Active"},
        {"name": "orders", "data_type": "Object Array", "status": "Active"},
        {"name": "secret", "data_type": "String", "status": "Blocklisted"},
    ],
    "message": "success",
}


@pytest.fixture
def read(client_of, erin, braze, after_commit, in_scope_of):
    """`read(external_ids=…)`: what the reading has become."""

    def read(**typed: str) -> Reading:
        with after_commit():
            client_of(erin).post(READ, typed)
        ended: Reading = in_scope_of(erin, lambda: Reading.objects.get(what="attributes"))
        return ended

    return read


def test_the_list_is_proposed_with_types(client_of, erin, braze, read, in_scope_of):
    braze.will("/custom_attributes", answers(200, LIST))
    read()

    page = client_of(erin).get(FOUND)

    assert {each["name"]: each["data_type"] for each in page.context["page"]} == {
        "store_id": "string", "visits": "number", "orders": "",
    }  # fmt: skip
    client_of(erin).post(FOUND, {"name": ["visits", "orders"]})
    [added] = in_scope_of(erin, lambda: list(Attribute.objects.all()))
    assert (added.name, added.label, added.data_type) == ("visits", "Visits", "number")
    assert [added.for_filter, added.for_fence, added.for_personalisation] == [False] * 3
    assert added.seen_in_braze_at is not None


def test_a_key_that_may_not_is_told_so_plainly(client_of, erin, braze, read):
    definition = workspace("bluebird", "Leith")
    definition["keys"][0]["permissions"] = "partner"
    braze.sandbox.workspaces.define(definition)

    ended = read()

    assert (ended.state, ended.trouble, ended.detail) == ("failed", "not_allowed", "custom_attributes.get")
    assert "custom_attributes.get" in client_of(erin).get(FOUND).content.decode()


def test_a_sample_of_profiles_names_attributes_and_leaves_no_value_behind(braze, read, in_scope_of, erin):
    users = [
        {
            "external_id": "p1",
            "custom_attributes": {"store_id": "fence-leith", "visits": 3, "last": "2026-11-01T10:00:00Z"},
        },
        {"external_id": "p2", "custom_attributes": {"visits": "many", "tags": ["tea"], "order": {"sum": 12}}},
    ]
    braze.will(
        "/users/export/ids", answers(200, {"users": users, "invalid_user_ids": [], "message": "success"})
    )

    ended = read(external_ids="p1\np2\np1")

    assert {each["name"]: each["data_type"] for each in ended.found} == {
        "last": "time", "order": "", "store_id": "string", "tags": "array", "visits": "string",
    }  # fmt: skip
    kept = json.dumps(in_scope_of(erin, lambda: list(Reading.objects.values())), default=str)
    assert not [value for value in ("fence-leith", "many", "tea", "2026-11-01", "p1") if value in kept]


@pytest.mark.parametrize(
    ("ids", "why"), [(" ", "at least one external id"), ("\n".join(f"p{n}" for n in range(51)), "51")]
)
def test_too_few_and_too_many_profiles_are_refused(client_of, erin, ids, why, in_scope_of):
    page = client_of(erin).post(READ, {"external_ids": ids}, follow=True).content.decode()

    assert why in page
    assert in_scope_of(erin, Reading.objects.count) == 0


@pytest.mark.parametrize(
    ("value", "kind"),
    [(True, "boolean"), (0, "number"), (1.5, "number"), ("12", "string"), ("2026-11-01", "time"),
     ("2026-11-01 10:00:00 UTC", "time"), ([], "array"), (["a"], "array"), ([{"a": 1}], ""), ({"a": 1}, ""), (None, "")],
)  # fmt: skip
def test_the_type_of_a_value_is_guessed(value, kind):
    assert type_of(value) == kind
