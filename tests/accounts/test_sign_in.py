"""Signing in: who may, what a stranger learns from it (nothing), and how it ends."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.conftest import fresh
from tests.factories import PASSWORD
from tests.walls.test_url_by_role import shown

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _attempts_of_this_test_only(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def browser(house) -> Client:
    return Client(headers={"host": house.host})


def sign_in(browser: Client, address: str, password: str = PASSWORD):
    return browser.post(reverse("account_login"), {"login": address, "password": password})


def test_the_right_password_lets_in(browser, alice):
    answer = sign_in(browser, alice.email)

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert browser.get("/").status_code == 200


def test_capitals_in_the_address_do_not_matter(browser, alice):
    assert sign_in(browser, alice.email.upper()).status_code == 302


def test_wrong_password_unknown_address_and_another_brands_address_answer_alike(browser, alice, dave, olga):
    answers = [
        shown(sign_in(browser, address, "no-such-thing"))
        for address in (alice.email, "nobody@bluebird.example", dave.email, olga.email)
    ]
    neutral = {answer[1].replace(address, "") for answer, address in zip(
        answers, (alice.email, "nobody@bluebird.example", dave.email, olga.email), strict=True)}  # fmt: skip

    assert {status for status, _page in answers} == {200}
    assert len(neutral) == 1


def test_the_right_password_of_another_brand_does_not_let_in(browser, dave):
    assert sign_in(browser, dave.email).status_code == 200
    assert browser.get("/").status_code == 302


def test_nor_does_that_of_ops(browser, olga):
    assert sign_in(browser, olga.email).status_code == 200
    assert browser.get("/").status_code == 302


def test_after_five_wrong_tries_even_the_right_password_waits(browser, alice):
    for _try in range(5):
        sign_in(browser, alice.email, "wrong")

    assert sign_in(browser, alice.email).status_code != 302
    assert browser.get("/").status_code == 302


def test_the_wait_is_of_that_address_only(browser, alice, ben):
    for _try in range(5):
        sign_in(browser, alice.email, "wrong")

    assert sign_in(Client(headers={"host": "bluebird.localhost"}), ben.email).status_code == 302


def test_signing_in_changes_the_sessions_name(browser, alice):
    """So that nobody can plant a session and wait for somebody to sign in with it."""
    browser.get(reverse("account_login"))
    session = browser.session
    session["planted"] = True
    session.save()
    before = session.session_key

    sign_in(browser, alice.email)

    assert browser.session.session_key != before


def test_signing_out_takes_a_post(browser, alice):
    sign_in(browser, alice.email)

    browser.get(reverse("account_logout"))
    assert browser.get("/").status_code == 200
    browser.post(reverse("account_logout"))
    assert browser.get("/").status_code == 302


def test_whoever_is_switched_off_is_out_at_once(client_of, alice, in_scope_of):
    browser = client_of(alice)
    assert browser.get("/").status_code == 200

    in_scope_of(alice, lambda: User.objects.filter(pk=alice.pk).update(is_active=False))

    assert browser.get("/").status_code == 302


def test_and_is_not_let_in_again(browser, alice, in_scope_of):
    in_scope_of(alice, lambda: User.objects.filter(pk=alice.pk).update(is_active=False))

    sign_in(browser, alice.email)

    assert browser.get("/").status_code == 302


def test_a_new_password_ends_the_other_sessions(client_of, alice, in_scope_of):
    browser = client_of(alice)
    alice.set_password("another-quiet-harbour-7")
    in_scope_of(alice, lambda: alice.save(update_fields=["password"]))

    assert browser.get("/").status_code == 302


def test_a_password_reset_for_an_unknown_address_answers_as_for_a_known_one(browser, alice, dave, mailoutbox):
    ask = reverse("account_reset_password")

    answers = {
        (answer.status_code, answer["Location"])
        for answer in (
            browser.post(ask, {"email": each}) for each in (alice.email, dave.email, "x@y.example")
        )
    }

    assert len(answers) == 1
    assert fresh(alice).check_password(PASSWORD)


def test_a_reset_mail_leads_to_the_brands_own_host(browser, alice, mailoutbox):
    browser.post(reverse("account_reset_password"), {"email": alice.email})

    [mail] = mailoutbox
    assert mail.to == [alice.email]
    assert "http://bluebird.localhost" in mail.body


def test_another_brand_cannot_send_a_reset_mail_to_its_people(browser, dave, mailoutbox):
    browser.post(reverse("account_reset_password"), {"email": dave.email})

    assert not any("/password/reset/key/" in mail.body for mail in mailoutbox)


def test_nobody_signs_up(browser, house):
    form = {"email": "eve@evil.example", "password1": PASSWORD, "password2": PASSWORD}

    browser.post(reverse("account_signup"), form)

    assert browser.get("/").status_code == 302
    assert not User.objects.filter(email="eve@evil.example").exists()


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1"]
)
def test_signing_in_leads_nowhere_else(browser, alice, elsewhere):
    answer = browser.post(
        reverse("account_login"), {"login": alice.email, "password": PASSWORD, "next": elsewhere}
    )

    assert answer.status_code != 302 or answer["Location"] == "/"
