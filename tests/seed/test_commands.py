"""The demo's commands refuse where they would be harmful, and say who can sign in where."""

from __future__ import annotations

import io
import json
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from branding.models import Brand
from branding.scope import across_brands, brand_scope
from smartersends.seed import network, people
from smartersends.seed.brands import BRANDS, ensure

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings: Any) -> None:
    settings.DEMO, settings.HTTPS = True, False
    settings.ROOT_URLCONF = "tests.accounts.demo_urls"


@pytest.fixture
def staffed(demo: None) -> Brand:
    brand = ensure(BRANDS[1])
    with brand_scope(brand.pk):
        network.install(BRANDS[1], network.made_up(BRANDS[1]))
        people.install(BRANDS[1])
    return brand


@pytest.mark.parametrize("command", ["seed_demo", "demo_links"])
@pytest.mark.parametrize(("is_demo", "https"), [(True, True), (False, False)])
def test_a_printed_password_never_meets_the_public(
    settings: Any, command: str, is_demo: bool, https: bool
) -> None:
    settings.DEMO, settings.HTTPS = is_demo, https

    with pytest.raises(CommandError, match="HTTPS"):
        call_command(command)


def test_without_a_sandbox_nothing_is_made(settings: Any, demo: None) -> None:
    settings.BRAZE_SANDBOX_URL = ""

    with pytest.raises(CommandError, match="BRAZE_SANDBOX_URL"):
        call_command("seed_demo")
    assert not Brand.objects.exists()


def test_each_person_gets_a_link_that_signs_them_in(client: Client, staffed: Brand) -> None:
    out = io.StringIO()
    call_command("demo_links", "--json", stdout=out)
    links = json.loads(out.getvalue())

    assert {person["role"] for person in links["people"]} == {
        "Brand admin", "Brand marketer", "Region manager", "Group manager", "Composer", "Reviewer", "Viewer",
    }  # fmt: skip
    assert all(person["url"].startswith("http://brightwater.localhost:8000/") for person in links["people"])
    assert links["ops"]["url"] == "http://localhost:8000/admin/"

    for person in links["people"]:
        page = client.get(urlsplit(person["url"]).path, headers={"host": "brightwater.localhost"})
        assert page.status_code == 302
        with brand_scope(staffed.pk):
            assert client.session["_auth_user_id"] == str(User.objects.get(email=person["email"]).pk)


@pytest.mark.usefixtures("staffed")
def test_the_printed_list_names_everybody_and_the_password() -> None:
    out = io.StringIO()
    call_command("demo_links", stdout=out)

    assert all(person.name in out.getvalue() for person in people.people_of("brightwater"))
    assert people.PASSWORD in out.getvalue()


def test_ops_are_made_with_a_password_worth_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPS_PASSWORD", "short")
    with pytest.raises(CommandError, match="short"):
        call_command("create_ops", "olga@example.com")

    monkeypatch.setenv("OPS_PASSWORD", "a-long-quiet-evening")
    call_command("create_ops", "Olga@example.com", "--name", "Olga", stdout=io.StringIO())

    with across_brands("test"):
        assert User.objects.get(email="olga@example.com").is_ops
    with pytest.raises(CommandError, match="already"):
        call_command("create_ops", "olga@example.com")
