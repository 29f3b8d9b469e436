"""Changing over to a new key: it waits, is looked at, and takes over when a person or Braze says so."""

from __future__ import annotations

import pytest

from accounts.models import AuditEntry
from branding.scope import brand_scope
from tests.factories import API_KEY
from tests.keyed import NEXT_KEY, connection, verdicts

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client_of, erin):
    return client_of(erin)


def audited(brand) -> list[tuple[str, str, str]]:
    with brand_scope(brand.pk):
        return list(AuditEntry.objects.order_by("pk").values_list("action", "actor", "note"))


def test_a_new_key_waits_and_is_looked_at_beside_the_other(braze, page, bluebird, grant, after_commit):
    grant()
    grant(NEXT_KEY, lacking={"users.track"})
    with after_commit():
        page.post("/braze/next-key/", {"next_api_key": f" {NEXT_KEY} "})

    row = connection(bluebird)
    assert (row.api_key(), row.next_api_key(), row.next_api_key_set_by) == (API_KEY, NEXT_KEY, "Erin")
    assert verdicts(bluebird, of_next_key=True)["users.track"] == "missing"
    told = page.get("/braze/").content.decode()
    assert "Waiting key" in told
    assert "Use it now" in told
    assert NEXT_KEY not in told


def test_what_cannot_be_a_key_does_not_wait(braze, page, bluebird):
    answer = page.post("/braze/next-key/", {"next_api_key": "no key"})

    assert answer.status_code == 422
    assert "Copy it again" in answer.content.decode()
    assert not connection(bluebird).has_next_key


def test_it_is_put_to_use_by_a_person(braze, page, bluebird, waiting_key):
    page.post("/braze/next-key/use/")

    row = connection(bluebird)
    assert (row.api_key(), row.has_next_key) == (NEXT_KEY, False)
    assert audited(bluebird)[-1][:2] == ("key_promoted", "Erin <erin@bluebird.example>")


def test_not_when_braze_refuses_it(braze, page, bluebird, grant, look, waiting_key):
    grant()
    look()

    told = page.post("/braze/next-key/use/", follow=True).content.decode()

    assert "Braze refuses the waiting key" in told
    assert connection(bluebird).api_key() == API_KEY


def test_an_impatient_second_click_is_told_what_happened(braze, page, bluebird, waiting_key):
    page.post("/braze/next-key/use/")
    told = page.post("/braze/next-key/use/", follow=True).content.decode()

    assert "No key is waiting" in told
    assert connection(bluebird).api_key() == NEXT_KEY


def test_it_can_be_removed(braze, page, bluebird, grant, look, waiting_key):
    grant()
    grant(NEXT_KEY)
    look()

    for _click in range(2):
        page.post("/braze/next-key/remove/")

    assert not connection(bluebird).has_next_key
    assert verdicts(bluebird, of_next_key=True) == {}
    assert [entry[0] for entry in audited(bluebird)] == ["key_removed"]
