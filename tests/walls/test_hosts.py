"""A request's brand is its host, and nothing else that a browser sends."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from branding.models import Brand, Domain

pytestmark = pytest.mark.django_db


@pytest.fixture
def sign_in_page() -> str:
    return reverse("account_login")


def test_a_session_of_one_brand_is_worth_nothing_on_the_host_of_another(
    client_of, alice, other_house, sign_in_page
):
    browser = client_of(alice)

    assert browser.get("/").status_code == 200
    answer = browser.get("/", headers={"host": other_house.host})
    assert answer.status_code == 302
    assert answer["Location"].startswith(sign_in_page)


def test_nor_is_it_in_django_admin(client_of, alice):
    answer = client_of(alice).get("/admin/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/login/")


def test_a_session_of_ops_is_worth_nothing_in_a_brand(client_of, olga, house, sign_in_page):
    assert client_of(olga).get("/")["Location"].startswith(sign_in_page)


@pytest.mark.parametrize(
    "host", ["nobody.example", "bluebird.localhost.evil.example", "bluebird", "-", "[::2]"]
)
def test_a_host_of_no_brand_is_a_404(client, house, host):
    for address in ("/", "/theme.css", reverse("account_login")):
        assert client.get(address, headers={"host": host}).status_code == 404


@pytest.mark.parametrize("host", ["bluebird.localhost:8000", "BLUEBIRD.localhost"])
def test_port_and_case_of_a_host_do_not_matter(client, house, host):
    assert client.get("/theme.css", headers={"host": host}).status_code == 200


def test_a_forwarded_host_is_not_believed(house, other_house, client_of, alice):
    headers = {"X-Forwarded-Host": other_house.host, "Forwarded": f"host={other_house.host}"}

    page = client_of(alice).get("/", headers=headers)

    assert "Bluebird Coffee" in page.content.decode()
    assert "Brightwater" not in page.content.decode()


def test_loopback_shows_the_default_brand(house):
    assert Client(headers={"host": "localhost"}).get("/theme.css").status_code == 404
    Brand.objects.filter(pk=house.brand.pk).update(is_default=True)
    assert Client(headers={"host": "localhost:8000"}).get("/theme.css").status_code == 200


def test_a_brand_that_is_switched_off_is_gone(house, client_of, alice):
    browser = client_of(alice)
    Brand.objects.filter(pk=house.brand.pk).update(is_active=False)

    assert browser.get("/").status_code == 404


@pytest.fixture
def file_of_brightwater(other_house, settings, tmp_path) -> str:
    settings.MEDIA_ROOT = tmp_path
    return default_storage.save("brightwater/images/river.png", ContentFile(b"\x89PNG"))


def test_a_file_is_served_by_its_own_brand_only(client, house, other_house, file_of_brightwater):
    address = f"/media/{file_of_brightwater}"

    assert client.get(address, headers={"host": other_house.host}).status_code == 200
    assert client.get(address, headers={"host": house.host}).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["bluebird/../brightwater/images/river.png", "bluebird/%2e%2e/brightwater/images/river.png",
     "bluebird/..%2fbrightwater/images/river.png", "bluebird//../../secret", "bluebird/%00", "bluebird/", "bluebird"],
)  # fmt: skip
def test_no_path_climbs_out_of_a_brands_files(client, house, file_of_brightwater, path):
    assert client.get(f"/media/{path}", headers={"host": house.host}).status_code in {400, 404}


def test_a_folder_is_no_file(client, house, file_of_brightwater):
    assert (
        client.get("/media/brightwater/images", headers={"host": "brightwater.localhost"}).status_code == 404
    )


def test_the_proxy_is_told_which_domains_are_ours(client, house):
    Domain.objects.create(brand=house.brand, host="mail.bluebird.example")
    ask = reverse("domain_known")

    assert client.get(ask, {"domain": "mail.bluebird.example"}).status_code == 200
    assert client.get(ask, {"domain": "evil.example"}).status_code == 404
    assert client.get(ask, {"domain": "x" * 5000 + "\0"}).status_code == 404
