"""Every address of the portal, asked by everybody: what each gets is written down here, and nothing else happens."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from audiences.models import Segment
from branding.models import LegalIdentity
from branding.scope import brand_scope
from connection.models import VariationFile
from delivery import stops
from groups.models import Tag
from library.models import Folder, Image, Module, ModuleVersion, NewsletterImport, Restriction
from studio.merging import running as merging
from tests import factories
from workspace.models import Attribute

pytestmark = pytest.mark.django_db

#: Erin is brand admin, Mona marketer, Ron the region's manager, Alice manager, Ben composer, Rita reviewer and Bob
#: viewer of Leith; Carol manages the next group, Dave is admin of another brand and asks on its host, Olga is ops, and
#: nobody is signed out. A 302 of the last two leads to the sign-in page; elsewhere it leads on after the deed.
PEOPLE = ("erin", "mona", "ron", "alice", "ben", "rita", "bob", "carol", "dave", "olga", "nobody")

TABLE = (Path(__file__).parent / "url_by_role.txt").read_text()

ROWS = [line.split() for line in TABLE.strip().splitlines()[1:]]
DOORS = {(method, name): dict(zip(PEOPLE, map(int, cells), strict=True)) for method, name, *cells in ROWS}

#: Of one module.
TEMPLATE_DOORS = ("", "_season", "_archive", "_shares", "_share_nodes", "_edit")
IMAGE_DOORS = ("", "_cut", "_uses", "_recall", "_put_back", "_remove")
MODULE_DOORS = ("", "_edit", "_publish", "_discard", "_preview", "_changes", "_archive", "_bring_back")


def names(patterns: list[Any], prefix: str = "") -> list[str]:
    """Every named address, Django admin's aside: that has its own tests."""
    found: list[str] = []
    for each in patterns:
        if isinstance(each, URLResolver):
            inside = f"{prefix}{each.namespace}:" if each.namespace else prefix
            found += [] if each.namespace == "admin" else names(each.url_patterns, inside)
        elif isinstance(each, URLPattern):
            assert each.name, f"{each.pattern} has no name, so nobody can say who may open it"
            found.append(f"{prefix}{each.name}")
    return found


def test_every_address_is_in_the_table():
    every = set(names(get_resolver().url_patterns))

    assert {(method, name) for method in ("GET", "POST") for name in every} == set(DOORS)


@pytest.fixture
def addresses(draft, leith, house, erin, settings, tmp_path) -> dict[str, str]:
    """Of Alice's draft for Leith, and of what belongs to Bluebird."""
    settings.MEDIA_ROOT = tmp_path
    stored = default_storage.save("bluebird/images/cup.png", ContentFile(b"\x89PNG"))
    with brand_scope(house.brand.pk):
        segment = Segment.objects.create(segment_id="segment-loyal", name="Loyal")
        attribute = Attribute.objects.create(name="visits", label="Visits")
        identity = LegalIdentity.objects.get()
        brought = NewsletterImport.objects.create(name="News", source="<p>News</p>", added_by=erin)
        stop = stops.stop_group(leith, because="Flooded", by=erin)
        module = Module.objects.create(slug="banner", name="Banner")
        ModuleVersion.objects.create(module=module, number=1, spec=factories.NOTE.model_dump(mode="json"))
        published = house.version
        tag = Tag.objects.create(slug="pilot", name="Pilot")
        run = merging.start(house.template, scheduled="leave", because="", by=erin)
        file = VariationFile.objects.create(person=erin, name="ids.csv", rows=[[2, "leith", "v-1", ""]])
    with brand_scope(house.brand.pk):
        restricted = Restriction.objects.create(pattern="cheap")
        shared = factories.image("counter", house.brand)
        own = factories.image("window", house.brand)
        Image.objects.filter(pk=own.pk).update(group=leith)
        folder = Folder.objects.create(name="Summer", group=leith)
    arguments: dict[str, list[Any]] = {
        "connection:read": ["segments"],
        "connection:stop_template": [house.template.pk],
        "connection:stop_group": [leith.pk],
        "connection:lift": [stop.pk],
        "connection:variation": [leith.pk],
        "connection:variations_file": [file.pk],
        "connection:variations_problems": [file.pk],
        **{f"studio:kit_{door}": [house.template.pk] for door in ("template", "findings")},
        **{f"studio:kit_{door}": [identity.pk] for door in ("identity", "identity_remove", "footer")},
        "studio:import_found": [brought.pk],
        "studio:import_part": [brought.pk, 1],
        "connection:attribute": [attribute.pk],
        "connection:attribute_remove": [attribute.pk],
        **{f"connection:segment{door}": [segment.pk] for door in ("", "_choices", "_attach", "_detach")},
        **{
            f"studio:{door}": [house.template.pk]
            for door in ("versions", "version_compare", "impact", "merge")
        },
        **{
            f"studio:version_{door}": [published.pk] for door in ("preview", "publish", "roll_back", "retire")
        },
        "studio:merge_run": [run.pk],
        "studio:tag": [tag.pk],
        "studio:palette_preview": [module.pk],
        **{f"studio:template{door}": [house.template.pk] for door in TEMPLATE_DOORS},
        **{
            f"studio:draft_{door}": [house.template.pk] for door in ("change", "discard", "groups", "preview")
        },
        **{f"studio:module{door}": [module.pk] for door in MODULE_DOORS},
        **{f"studio:module_{door}": [module.pk, 1] for door in ("version", "restore")},
        "campaigns:compose": [draft.pk, "hero"],
        "campaigns:items": [draft.pk, "notes"],
        "campaigns:template_preview": [house.template.pk],
        "groups:profile": [leith.pk],
        "connection:confirm": ["re_eligibility"],
        **{f"studio:restriction{door}": [restricted.pk] for door in ("", "_remove")},
        **{f"studio:image{door}": [own.pk] for door in IMAGE_DOORS},
        **{f"studio:image_folder_{door}": [folder.pk] for door in ("rename", "remove")},
        **{f"studio:image_{door}": [shared.pk] for door in ("pick", "fit", "cut_here")},
        "media": [stored],
        "account_reset_password_from_key": ["1", "worn-out"],
    }
    bare = ("campaigns:list", "campaigns:templates", "campaigns:start")
    return {
        name: reverse(
            name,
            args=arguments.get(name)
            or ([draft.pk] if name.startswith("campaigns:") and name not in bare else []),
        )
        for _method, name in DOORS
    }


def ask(client: Client, method: str, address: str) -> Any:
    """As if it were the first: what it changes is taken back, here and in the browser."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        answer = client.get(address) if method == "GET" else client.post(address, {"do": "add"})
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


@pytest.fixture
def browser_of(request, client_of) -> Callable[[str], Client]:
    def browser_of(who: str) -> Client:
        if who == "nobody":
            return Client(headers={"host": "bluebird.localhost"})
        client: Client = client_of(request.getfixturevalue(who))
        return client

    return browser_of


@pytest.mark.parametrize("who", PEOPLE)
def test_what_each_address_answers(who, browser_of, addresses):
    browser = browser_of(who)
    answers = {(method, name): ask(browser, method, addresses[name]).status_code for method, name in DOORS}

    assert {door: got for door, got in answers.items() if got != DOORS[door][who]} == {}


@pytest.mark.parametrize("who", ["olga", "nobody"])
def test_whoever_is_not_of_the_brand_is_led_to_sign_in(who, browser_of, addresses):
    browser = browser_of(who)

    for method, name in DOORS:
        if name.startswith(("campaigns:", "groups:", "connection:")):
            assert ask(browser, method, addresses[name])["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("who", ["carol", "dave"])
def test_a_stranger_does_not_learn_that_it_exists(who, browser_of, addresses, draft, leith):
    """What is not theirs answers as what is not there, to the letter."""
    browser = browser_of(who)
    hidden = [
        (method, name)
        for (method, name), cells in DOORS.items()
        if cells[who] == 404 and name != "domain_known"
    ]
    assert len(hidden) > 20

    for method, name in hidden:
        missing = re.sub(r"/\d+/", "/999999999/", addresses[name])
        assert shown(ask(browser, method, addresses[name])) == shown(ask(browser, method, missing))


def shown(answer: Any) -> tuple[int, str]:
    """Status and page, less the token that differs between any two pages."""
    token = r'(name="csrfmiddlewaretoken" value=|"X-CSRFToken": )"[^"]*"'
    return answer.status_code, re.sub(token, "", answer.content.decode())
