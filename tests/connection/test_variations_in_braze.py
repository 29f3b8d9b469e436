"""The messages of the brand's campaign in Braze, matched with groups by name or number."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from branding.scope import brand_scope
from groups.models import Group
from tests import factories
from tests.conftest import fresh
from tests.sandboxed import answers, workspace

pytestmark = pytest.mark.django_db
FOUND = reverse("connection:variations_found")


@pytest.fixture
def places(house) -> dict[str, Group]:
    with brand_scope(house.brand.pk):
        bare = {"message_variation_id": "", "variation_name": ""}
        return {
            "exact": factories.location("Granton", house.region, **bare),
            "alike": factories.location("North  Berwick", house.region, code="nb", **bare),
            "coded": factories.location("Oban Pier", house.region, code="BB77", **bare),
            "twin": factories.location("Twin", house.region, code="t1", **bare),
            "other twin": factories.location("Twin", house.region, code="t2", **bare),
        }


def message(name: str, channel: str = "email", **more: Any) -> dict[str, Any]:
    return {"channel": channel, "name": name, **more}


@pytest.fixture
def read(client_of, erin, braze, after_commit):
    """`read({id: message})`: the page with what is proposed."""

    def read(messages: dict[str, Any]):
        braze.will("/campaigns/details", answers(200, {"messages": messages, "message": "success"}))
        browser = client_of(erin)
        with after_commit():
            browser.post(reverse("connection:read", args=["variations"]))
        return browser, browser.get(FOUND).context["compared"]

    return read


def test_names_and_numbers_lead_to_groups(read, places):
    browser, compared = read(
        {"v1": message("Granton"), "v2": message("north berwick"), "v3": message("Highlands (bb77)")}
    )

    assert {each.variation_id: each.group.name for each in compared.new} == {
        "v1": "Granton", "v2": "North  Berwick", "v3": "Oban Pier",
    }  # fmt: skip
    assert fresh(places["exact"]).message_variation_id == ""

    browser.post(FOUND)

    assert (fresh(places["exact"]).message_variation_id, fresh(places["exact"]).variation_name) == (
        "v1",
        "Granton",
    )


def test_what_fits_nobody_or_several_is_told_and_left_alone(read, places):
    _browser, compared = read({"v1": message("Nowhere"), "v2": message("Twin")})

    told = {each.row.variation_id: each.what for each in compared.problems}
    assert told["v1"] == "No group has this name or code."
    assert "t1, t2" in told["v2"]


def test_a_message_of_another_channel_is_refused_with_the_reason(read, places, client_of, erin):
    browser, compared = read({"s1": message("Granton", "sms"), "c1": message("Granton", type="control")})

    assert [each.what for each in compared.problems] == [
        "In Braze this variation is for the channel “sms”, and mails need one for e-mail."
    ]
    answer = browser.post(reverse("connection:variation", args=[places["exact"].pk]), {"variation_id": "s1"})
    assert "channel “sms”" in answer.content.decode()
    assert fresh(places["exact"]).message_variation_id == ""


def test_the_default_and_those_in_place_change_nothing(read, places):
    _browser, compared = read({"default-bluebird": message("Granton"), "variation-leith": message("Leith")})

    assert compared.applicable == []
    assert [each.group.name for each in compared.unchanged] == ["Leith"]


def test_a_key_that_may_not_is_told_so_plainly(client_of, erin, braze, after_commit):
    definition = workspace("bluebird", "Leith")
    definition["keys"][0]["permissions"] = "partner"
    braze.sandbox.workspaces.define(definition)
    browser = client_of(erin)
    with after_commit():
        browser.post(reverse("connection:read", args=["variations"]))

    page = browser.get(FOUND).content.decode()

    assert "campaigns.details" in page
    assert "paste the ids by hand" in page
