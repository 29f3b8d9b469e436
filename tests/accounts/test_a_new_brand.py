"""A new customer starts from one command: afterwards their admin signs in and connects the brand."""

from __future__ import annotations

import io
import re
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Role, User
from accounts.permissions import BUILT_IN_ROLES
from branding.models import Brand, Domain
from branding.scope import brand_scope
from groups.models import Group, Membership
from library.models import Template

pytestmark = pytest.mark.django_db

WANTED = ("harbour", "Harbour Books", "mail.harbour.example", "Pia@Harbour.example")
ADDRESS = ("--street", "3 Quay", "--city", "Bristol", "--postcode", "BS1 5AA", "--country", "gb")


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def create(*arguments: str) -> str:
    out = io.StringIO()
    call_command("create_brand", *arguments, stdout=out)
    return out.getvalue()


def link_in(told: str) -> str:
    return urlsplit(re.search(r"http\S+", told)[0]).path


def test_its_first_admin_sets_a_password_and_finds_the_way_to_braze():
    path = link_in(create(*WANTED, *ADDRESS))
    browser = Client(headers={"host": "mail.harbour.example"})
    form = browser.get(path, follow=True)
    password = {"password1": "a-quiet-harbour-42", "password2": "a-quiet-harbour-42"}
    browser.post(form.redirect_chain[-1][0], password)
    signed_in = browser.post(
        "/account/login/", {"login": "pia@harbour.example", "password": "a-quiet-harbour-42"}
    )
    assert signed_in.status_code == 302

    assert "Make the campaign in Braze" in browser.get("/braze/").content.decode()


def test_the_link_works_once():
    path = link_in(create(*WANTED))
    browser = Client(headers={"host": "mail.harbour.example"})
    form = browser.get(path, follow=True)
    password = {"password1": "a-quiet-harbour-42", "password2": "a-quiet-harbour-42"}
    browser.post(form.redirect_chain[-1][0], password)

    stranger = Client(headers={"host": "mail.harbour.example"})
    assert "password1" not in stranger.get(path, follow=True).content.decode()


def test_it_has_roles_a_tree_and_templates_that_name_no_other_brand():
    create(*WANTED, "--time-zone", "Europe/London")

    with brand_scope(Brand.objects.get(slug="harbour").pk):
        assert {role.key for role in Role.objects.all()} == {key for key, _name, _held in BUILT_IN_ROLES}
        root = Group.objects.get()
        assert (root.kind, root.path, root.time_zone) == ("brand", f"{root.pk}.", "Europe/London")
        assert Membership.objects.get().role.key == "brand_admin"
        specs = [str(template.current.spec) for template in Template.objects.usable()]
        assert specs
        assert not [spec for spec in specs if "Bluebird" in spec or ".example" in spec]


def test_an_incomplete_address_is_said():
    assert "postal address is incomplete" in create(*WANTED)


def test_and_a_complete_one_is_not():
    assert "incomplete" not in create(*WANTED, *ADDRESS)


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (("Harbour Books", *WANTED[1:]), "slug"),
        ((*WANTED[:2], "https://mail.harbour.example/", WANTED[3]), "host"),
        ((*WANTED[:3], "pia"), "admin_email"),
        ((*WANTED, "--time-zone", "Mars/Olympus"), "time-zone"),
        ((*WANTED, "--country", "GBR"), "country"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_made(wanted, words):
    with pytest.raises(CommandError, match=words):
        create(*wanted)

    assert not Brand.objects.exists()


def test_a_second_brand_of_that_name_or_host_is_refused(house):
    with pytest.raises(CommandError, match=r"slug: .*\nhost: "):
        create("bluebird", "Another", "bluebird.localhost", "pia@harbour.example")


def test_half_a_brand_is_none(monkeypatch):
    from tests.sandboxed import Killed

    def dies(_brand):
        raise Killed

    monkeypatch.setattr("smartersends.founding.install_common", dies)
    with pytest.raises(Killed):
        create(*WANTED)

    assert (Brand.objects.count(), Domain.objects.count()) == (0, 0)


def test_the_admin_has_no_password_until_they_set_one():
    create(*WANTED)

    with brand_scope(Brand.objects.get(slug="harbour").pk):
        assert not User.objects.get(email="pia@harbour.example").has_usable_password()
