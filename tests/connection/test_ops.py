"""Ops mend a connection by the rules of the brand's own page, and the brand's audit says so."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from branding.scope import brand_scope
from tests.factories import API_KEY, ENDPOINT
from tests.keyed import NEXT_KEY, connection

pytestmark = pytest.mark.django_db


@pytest.fixture
def save(client_of, olga, bluebird, settings):
    settings.BRAZE_ALLOW_LOOPBACK = True
    browser, row = client_of(olga), connection(bluebird)
    names = ("endpoint", "app_id", "campaign_id", "default_variation_id", "fence_attribute", "sending_domain")

    def save(**changes: str):
        form = {**{name: getattr(row, name) for name in names}, **changes}
        return browser.post(reverse("admin:workspace_workspace_change", args=[row.pk]), form)

    return save


def test_what_they_set_is_audited_in_the_brand_without_the_key(bluebird, brightwater, save):
    assert save(new_api_key=NEXT_KEY, app_id="app-9").status_code == 302

    row = connection(bluebird)
    assert (row.api_key(), row.api_key_set_by, row.app_id) == (NEXT_KEY, "Olga", "app-9")
    with brand_scope(bluebird.pk):
        entries = list(AuditEntry.objects.order_by("pk").values_list("action", "actor", "note"))
    assert [entry[0] for entry in entries] == ["key_set", "connection_changed"]
    assert {entry[1] for entry in entries} == {"Olga <olga@example.com>"}
    assert NEXT_KEY not in str(entries)
    assert connection(brightwater).api_key() == API_KEY


def test_a_key_is_not_taken_along_to_another_address_by_them_either(bluebird, save):
    answer = save(endpoint="https://rest.evil.example")

    assert "never taken along" in answer.content.decode()
    assert connection(bluebird).endpoint == ENDPOINT


def test_a_new_address_with_its_key_is(bluebird, save):
    save(endpoint="https://rest.iad-09.braze.com", new_api_key=NEXT_KEY)

    row = connection(bluebird)
    assert (row.endpoint, row.api_key()) == ("https://rest.iad-09.braze.com", NEXT_KEY)


def test_they_see_what_was_found(braze, bluebird, grant, look, client_of, olga):
    grant(lacking={"users.track"})
    look()

    told = client_of(olga).get(reverse("admin:workspace_permissionverdict_changelist")).content.decode()

    assert "messages.schedule.create" in told
    assert "Missing" in told
