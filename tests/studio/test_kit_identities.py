"""Who sends, by law: one identity for all, others by country, each with what the law there asks for."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from branding.models import LegalIdentity
from branding.scope import brand_scope

pytestmark = pytest.mark.django_db
LIST, NEW = reverse("studio:kit_identities"), reverse("studio:kit_identity_new")
IRISH = {
    "legal_name": "Bluebird Coffee Ireland Ltd", "street": "2 Quay Street", "city": "Cork", "country": "IE",
    "countries_text": "ie", "privacy_url": "https://bluebird.example/ie/privacy",
}  # fmt: skip


@pytest.fixture
def browser(client_of, erin):
    return client_of(erin)


@pytest.fixture
def default(house) -> LegalIdentity:
    with brand_scope(house.brand.pk):
        found: LegalIdentity = LegalIdentity.objects.get()
        return found


def test_an_identity_stands_for_the_countries_it_names(browser, house):
    assert browser.post(NEW, IRISH)["Location"] == LIST

    with brand_scope(house.brand.pk):
        assert LegalIdentity.objects.get(legal_name=IRISH["legal_name"]).countries == ["IE"]


def test_mails_of_groups_there_carry_it(browser, house, leith):
    browser.post(NEW, IRISH)
    address = reverse("studio:kit_template", args=[house.template.pk])
    assert IRISH["legal_name"] not in browser.get(address).content.decode()

    with brand_scope(house.brand.pk):
        house.places["Leith"].__class__.objects.filter(
            pk__in=[each.pk for each in house.places.values()]
        ).update(country="IE")
    assert IRISH["legal_name"] in browser.get(address).content.decode()


@pytest.mark.parametrize(
    ("country", "missing"),
    [
        ("DE", {"company_line", "website", "privacy_url", "postcode"}),
        ("GB", {"company_line", "privacy_url", "postcode"}),
        ("US", {"postcode"}),
        ("CA", {"postcode", "website"}),
        ("IE", {"privacy_url"}),
    ],
)
def test_what_the_law_asks_for_is_asked_for_beside_the_field(browser, country, missing):
    bare = {
        "legal_name": "B",
        "street": "1 High Street",
        "city": "Town",
        "country": country,
        "countries_text": "SE",
    }
    answer = browser.post(NEW, bare)

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == missing


def test_a_country_has_one_identity(browser):
    browser.post(NEW, IRISH)
    answer = browser.post(NEW, {**IRISH, "legal_name": "Another"})

    assert "IE: “Bluebird Coffee Ireland Ltd” stands there already." in answer.content.decode()


@pytest.mark.parametrize("codes", ["XX", "Ireland", "I"])
def test_a_country_is_one_of_the_list(browser, codes):
    assert (
        "is no country of ISO 3166" in browser.post(NEW, {**IRISH, "countries_text": codes}).content.decode()
    )


def test_the_identity_for_all_others_stays_that(browser, default):
    page = reverse("studio:kit_identity", args=[default.pk])
    answer = browser.post(page, {**IRISH, "countries_text": "IE"})

    assert "This is the identity for all other countries." in answer.content.decode()
    assert (
        "cannot go"
        in browser.post(
            reverse("studio:kit_identity_remove", args=[default.pk]), follow=True
        ).content.decode()
    )


def test_one_for_a_country_can_go(browser, house):
    browser.post(NEW, IRISH)
    with brand_scope(house.brand.pk):
        irish = LegalIdentity.objects.get(country="IE")
    browser.post(reverse("studio:kit_identity_remove", args=[irish.pk]))

    with brand_scope(house.brand.pk):
        assert not LegalIdentity.objects.filter(pk=irish.pk).exists()


def test_every_change_is_written_down(browser, house):
    browser.post(NEW, IRISH)

    with brand_scope(house.brand.pk):
        entry = AuditEntry.objects.get(action=AuditEntry.Action.IDENTITY_CHANGED)
    assert entry.target == IRISH["legal_name"]
    assert "street: – → 2 Quay Street" in entry.note


def test_the_footer_is_shown_as_mails_have_it(browser, default):
    page = browser.get(reverse("studio:kit_footer", args=[default.pk]))

    assert default.legal_name in page.content.decode()
    assert "sandbox" in page["Content-Security-Policy"]


def test_what_is_missing_is_said_in_the_list(browser, default):
    with brand_scope(default.brand_id):
        LegalIdentity.objects.update(company_line="", privacy_url="")
    page = browser.get(LIST).content.decode()

    assert "The law there asks for more" in page
    assert "Companies Act 2006" in page
