"""Links that sign in with one click are a comfort of the demo, and exist nowhere else."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts import demo
from accounts.models import User
from smartersends.checks import demo_stays_here

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(house) -> Client:
    return Client(headers={"host": house.host})


def test_without_demo_there_are_none(browser):
    with pytest.raises(NoReverseMatch):
        reverse("demo_sign_in", args=["token"])
    assert browser.get("/account/demo/token/").status_code == 404


def test_demo_over_tls_is_refused(settings):
    settings.DEMO = settings.HTTPS = True
    assert [error.id for error in demo_stays_here(None)] == ["smartersends.E005"]
    settings.HTTPS = False
    assert demo_stays_here(None) == []


@pytest.mark.urls("tests.accounts.demo_urls")
class TestInTheDemo:
    def test_a_link_signs_in_on_its_brands_host(self, browser, alice):
        answer = browser.get(demo.link(alice))

        assert (answer.status_code, answer["Location"]) == (302, "/")
        assert browser.get("/").status_code == 200

    def test_on_another_brands_host_it_is_nothing(self, browser, dave):
        assert browser.get(demo.link(dave)).status_code == 404

    def test_ops_cannot_be_had_this_way(self, browser, olga):
        assert browser.get(demo.link(olga)).status_code == 404

    def test_nor_can_somebody_who_is_switched_off(self, browser, alice, in_scope_of):
        in_scope_of(alice, lambda: User.objects.filter(pk=alice.pk).update(is_active=False))

        assert browser.get(demo.link(alice)).status_code == 404

    def test_an_invented_link_is_nothing(self, browser, alice):
        assert browser.get(demo.link(alice)[:-3] + "xx/").status_code == 404
