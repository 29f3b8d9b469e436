"""A mail in the portal is a document of its own that can do nothing; the portal's own pages allow nothing inline."""

from __future__ import annotations

import pytest

from branding.scope import brand_scope
from campaigns import services
from campaigns.services import Change

pytestmark = pytest.mark.django_db


def policy(answer) -> dict[str, list[str]]:
    directives = (each.split() for each in answer["Content-Security-Policy"].split(";"))
    return {name: values for name, *values in directives}


def test_a_preview_is_sandboxed_and_scriptless(client_of, alice, draft):
    answer = client_of(alice).get(f"/campaigns/{draft.pk}/preview/")

    held = policy(answer)
    assert "allow-scripts" not in held["sandbox"]
    assert "allow-forms" not in held["sandbox"]
    assert held["default-src"] == ["'none'"]
    assert "script-src" not in held
    assert held["frame-ancestors"] == ["'self'"]
    assert held["form-action"] == ["'none'"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize(
    "address",
    ["/", "/campaigns/new/", "/campaigns/{pk}/", "/campaigns/{pk}/compose/hero/", "/account/logout/"],
)
def test_pages_of_the_portal_allow_nothing_inline(client_of, alice, draft, address):
    answer = client_of(alice).get(address.format(pk=draft.pk))

    held = policy(answer)
    assert answer.status_code == 200
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    assert "unsafe-eval" not in answer["Content-Security-Policy"]
    assert held["default-src"] == ["'none'"]
    assert held["script-src"] == ["'self'"]
    assert held["base-uri"] == ["'none'"]
    assert held["frame-ancestors"] == ["'none'"]


@pytest.mark.parametrize("address", ["/", "/campaigns/{pk}/", "/campaigns/{pk}/preview/"])
def test_what_only_some_may_see_is_kept_by_no_cache(client_of, alice, draft, address):
    assert client_of(alice).get(address.format(pk=draft.pk))["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "{{7*7}}",
        "[[7*7]]",
        "{% abort_message() %}",
    ],
)
def test_what_was_typed_is_shown_as_words(client_of, alice, draft, typed):
    with brand_scope(draft.brand_id):
        services.save(
            draft, [Change("hero.headline", typed, 0), Change("envelope.subject", typed, 0)], by=alice
        )
    browser = client_of(alice)

    preview = browser.get(f"/campaigns/{draft.pk}/preview/").content.decode()
    page = browser.get(f"/campaigns/{draft.pk}/").content.decode()

    for shown in (preview, page):
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert ">49<" not in shown


def test_a_template_is_previewed_with_ones_own_group(client_of, alice, house, portobello):
    browser, address = client_of(alice), f"/templates/{house.template.pk}/preview/"

    assert "Leith" in browser.get(address).content.decode()
    assert browser.get(address, {"group": portobello.pk}).status_code == 404


def test_the_plain_text_is_plain_text(client_of, alice, draft):
    answer = client_of(alice).get(f"/campaigns/{draft.pk}/text/")

    assert answer["Content-Type"].startswith("text/plain")
    assert "Autumn is here" in answer.content.decode()
