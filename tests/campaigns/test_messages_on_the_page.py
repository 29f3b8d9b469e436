"""A mistake is said beside its field, with what was typed still in it."""

from __future__ import annotations

import html
import re

import pytest

from branding.scope import brand_scope
from campaigns import services
from campaigns.services import Change

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "typed", "says"),
    [
        ("envelope.subject", "x" * 61, "Shorten this to 60 characters; it has 61."),
        ("envelope.subject", "", "Fill this in."),
        ("hero.headline", "<b>Cosy</b>", "looks like code"),
        ("hero.headline", "{{ name }}", "Remove “{{”"),
        ("hero.headline", "{% if %}", "Remove “{%”"),
        ("notes.0.title", "x" * 31, "Shorten this to 30 characters; it has 31."),
    ],
)
def test_it_is_said_beside_its_field_and_nothing_is_lost(client_of, alice, draft, path, typed, says):
    step = path.split(".", maxsplit=1)[0]
    browser = client_of(alice)

    browser.post(f"/campaigns/{draft.pk}/compose/{step}/", {path: typed, f"rev:{path}": "0"})
    page = browser.get(f"/campaigns/{draft.pk}/compose/{step}/").content.decode()

    assert f'value="{html.escape(typed)}"' in page
    assert says in html.unescape(said_beside(page, path))


def said_beside(page: str, path: str) -> str:
    """What the field is described by, which is what a screen reader says with it."""
    dom_id = "f-" + path.replace(".", "-")
    [tag] = re.findall(rf'<(?:input|textarea)[^>]*\bid="{dom_id}"[^>]*>', page)
    described = re.search(r'aria-describedby="([^"]*)"', tag)
    assert described is not None
    assert 'aria-invalid="true"' in tag
    blocks = [
        page.split(f'id="{each}"', 1)[1][:600] for each in described[1].split() if f'id="{each}"' in page
    ]
    return " ".join(blocks)


def test_the_last_page_names_every_mistake_and_leads_to_it(client_of, alice, draft):
    with brand_scope(draft.brand_id):
        services.save(draft, [Change("hero.headline", "", 0), Change("notes.0.title", "", 0)], by=alice)

    page = client_of(alice).get(f"/campaigns/{draft.pk}/compose/check/").content.decode()

    for step in ("hero", "notes"):
        assert f"/campaigns/{draft.pk}/compose/{step}/" in page
    assert page.count("Fill this in.") >= 2
