"""A view that fails leaves nothing half-done, and its visitor gets a page."""

from __future__ import annotations

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import OpsAccess
from branding.models import Brand
from branding.scope import current_brand_id
from campaigns import services
from campaigns.models import Campaign
from tests.conftest import fresh

pytestmark = pytest.mark.django_db


def half_done(campaign: Campaign, name: str, *, by: object) -> None:
    Campaign.objects.filter(pk=campaign.pk).update(name="half-done")
    raise ZeroDivisionError


def broken_sql(campaign: Campaign, name: str, *, by: object) -> None:
    Campaign.objects.filter(pk=campaign.pk).update(name="half-done")
    with connection.cursor() as cursor:
        cursor.execute("SELECT no_such_column FROM groups_group")


@pytest.mark.parametrize("failing", [half_done, broken_sql])
def test_nothing_of_it_stays(monkeypatch, client_of, alice, draft, failing):
    monkeypatch.setattr(services, "rename", failing)
    browser = client_of(alice)
    browser.raise_request_exception = False

    answer = browser.post(reverse("campaigns:rename", args=[draft.pk]), {"name": "new"})

    assert answer.status_code == 500
    assert fresh(draft).name == "Letter"
    assert current_brand_id() is None


def test_the_page_is_the_one_for_errors(monkeypatch, client_of, alice, draft):
    monkeypatch.setattr(services, "rename", half_done)
    browser = client_of(alice)
    browser.raise_request_exception = False

    answer = browser.post(reverse("campaigns:rename", args=[draft.pk]))

    assert "<h1" in answer.content.decode()
    assert "ZeroDivisionError" not in answer.content.decode()


def test_a_failed_step_of_ops_is_taken_back_but_its_trace_stays(monkeypatch, client_of, olga, house):
    def save_half(admin, request, obj, form, change):
        Brand.objects.filter(pk=obj.pk).update(name="half-done")
        raise ZeroDivisionError

    monkeypatch.setattr("branding.admin.BrandAdmin.save_model", save_half)
    browser = client_of(olga)
    browser.raise_request_exception = False
    form = {"slug": "bluebird", "name": "Bluebird", "domains-TOTAL_FORMS": 0, "domains-INITIAL_FORMS": 0}

    answer = browser.post(f"/admin/branding/brand/{house.brand.pk}/change/", form)

    assert answer.status_code == 500
    assert Brand.objects.get(pk=house.brand.pk).name == "Bluebird Coffee"
    assert OpsAccess.objects.filter(method="POST", email=olga.email).exists()
