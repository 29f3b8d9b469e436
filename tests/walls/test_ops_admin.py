"""Django admin: for ops alone, across brands, every step traced, and no key to be read in it."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import OpsAccess, User
from branding.scope import across_brands, brand_scope
from tests.conftest import fresh
from tests.factories import API_KEY, PASSWORD
from workspace.models import Workspace

pytestmark = pytest.mark.django_db

PEOPLE = ("erin", "mona", "ron", "alice", "ben", "rita", "bob", "carol", "dave")
MODELS = list(admin.site._registry)
NEW_KEY = "0b6a1c1d-aaaa-bbbb-cccc-1234567890ab"


def lists() -> list[str]:
    return [reverse(f"admin:{m._meta.app_label}_{m._meta.model_name}_changelist") for m in MODELS]


def bare() -> list[str]:
    """Addresses of the admin without arguments, its doors aside."""
    resolvers = [each for each in get_resolver().url_patterns if isinstance(each, URLResolver)]
    [site] = [each for each in resolvers if each.namespace == "admin"]
    doors = {"login", "logout", "jsi18n"}
    patterns = [each for each in site.url_patterns if isinstance(each, URLPattern)]
    plain = [each.name for each in patterns if each.name and "<" not in str(each.pattern)]
    return [reverse(f"admin:{name}") for name in plain if name not in doors]


def rows_of(model) -> list[str]:
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
    with across_brands("test"):
        return [reverse(name, args=[pk]) for pk in model._default_manager.values_list("pk", flat=True)[:2]]


@pytest.fixture
def workspace(house) -> Workspace:
    with brand_scope(house.brand.pk):
        return Workspace.objects.get()


@pytest.fixture
def furnished(draft, other_house, alice) -> None:
    """A row of everything that ops can open."""
    from campaigns import services

    with brand_scope(draft.brand_id):
        services.schedule(draft, by=alice)


def test_the_admin_shows_what_ops_needs():
    shown = {model._meta.label for model in MODELS}

    assert {
        "branding.Brand",
        "accounts.User",
        "groups.Group",
        "workspace.Workspace",
        "delivery.Dispatch",
    } <= shown


def test_ops_sign_in_with_address_and_password(olga, house):
    browser = Client(headers={"host": house.host})

    answer = browser.post(
        "/admin/login/?next=/admin/", {"username": "Olga@Example.com", "password": PASSWORD}
    )

    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    assert browser.get("/admin/").status_code == 200


@pytest.mark.parametrize("who", PEOPLE)
def test_people_of_brands_cannot_sign_in_there(request, who, house, other_house):
    person = request.getfixturevalue(who)
    browser = Client(headers={"host": house.host})

    answer = browser.post("/admin/login/?next=/admin/", {"username": person.email, "password": PASSWORD})

    assert answer.status_code == 200
    assert browser.get("/admin/").status_code == 302


@pytest.mark.parametrize("who", ["erin", "dave", "nobody"])
def test_nobody_else_opens_any_of_it(request, client_of, who, furnished):
    browser = Client(headers={"host": "bluebird.localhost"}) if who == "nobody" else client_of(
        request.getfixturevalue(who)
    )  # fmt: skip

    for address in ["/admin/", *bare(), *lists(), *(row for model in MODELS for row in rows_of(model))]:
        for answer in (browser.get(address), browser.post(address)):
            assert answer.status_code == 302
            assert answer["Location"].startswith("/admin/login/")


def test_a_retired_ops_person_is_out_at_once(client_of, olga):
    browser = client_of(olga)
    with across_brands("test"):
        User.objects.filter(pk=olga.pk).update(is_active=False)

    assert browser.get("/admin/").status_code == 302


def test_ops_see_the_rows_of_every_brand(client_of, olga, furnished):
    page = client_of(olga).get(reverse("admin:groups_group_changelist")).content.decode()

    assert "Leith" in page
    assert "Tyne" in page


def test_each_step_leaves_a_trace(client_of, olga, furnished):
    browser = client_of(olga)
    address = reverse("admin:groups_group_changelist") + "?q=Leith"

    browser.get(address)

    trace = OpsAccess.objects.get()
    assert (trace.email, trace.method, trace.path) == (olga.email, "GET", address)


def test_the_trace_cannot_be_changed_there(client_of, olga):
    browser = client_of(olga)
    browser.get("/admin/")
    trace = OpsAccess.objects.get()
    address = reverse("admin:accounts_opsaccess_change", args=[trace.pk])

    assert browser.post(address, {"email": "nobody@example.com"}).status_code == 403
    assert browser.post(reverse("admin:accounts_opsaccess_delete", args=[trace.pk])).status_code == 403


def test_every_page_opens_and_none_shows_a_key(client_of, olga, furnished, workspace):
    """Lists, forms of rows, forms for new rows."""
    browser = client_of(olga)
    cipher = bytes(workspace.api_key_encrypted).decode()
    new = [reverse(f"admin:{m._meta.app_label}_{m._meta.model_name}_add") for m in MODELS]

    for address in [*lists(), *new, *(row for model in MODELS for row in rows_of(model))]:
        answer = browser.get(address)
        assert answer.status_code in ({200, 403} if address in new else {200}), address
        assert API_KEY not in answer.content.decode()
        assert cipher[:24] not in answer.content.decode()


def workspace_form(workspace: Workspace, **changes: str) -> dict[str, str]:
    names = (
        "endpoint", "app_id", "campaign_id", "default_variation_id", "default_variation_name", "fence_attribute",
        "sending_domain",
    )  # fmt: skip
    return {**{name: getattr(workspace, name) for name in names}, **changes}


@pytest.fixture
def address(workspace) -> str:
    return reverse("admin:workspace_workspace_change", args=[workspace.pk])


@pytest.fixture(autouse=True)
def _sandboxes_may_be_named(settings) -> None:
    settings.BRAZE_ALLOW_LOOPBACK = True


def test_a_key_is_written_and_not_read_back(client_of, olga, workspace, address):
    browser = client_of(olga)

    answer = browser.post(address, workspace_form(workspace, new_api_key=NEW_KEY), follow=True)

    assert answer.status_code == 200
    assert NEW_KEY not in answer.content.decode()
    assert NEW_KEY not in browser.get(address).content.decode()
    assert fresh(workspace).api_key() == NEW_KEY


def test_an_empty_field_keeps_the_key(client_of, olga, workspace, address):
    answer = client_of(olga).post(address, workspace_form(workspace, new_api_key="", app_id="app-2"))

    assert answer.status_code == 302
    assert fresh(workspace).api_key() == API_KEY
    assert fresh(workspace).app_id == "app-2"


def test_a_form_with_a_mistake_does_not_show_the_key_it_was_given(client_of, olga, workspace, address):
    answer = client_of(olga).post(
        address, workspace_form(workspace, new_api_key=NEW_KEY, endpoint="http://10.0.0.1")
    )

    assert answer.status_code == 200
    assert NEW_KEY not in answer.content.decode()
    assert fresh(workspace).api_key() == API_KEY


def test_a_new_key_ends_the_pause_of_the_old_one(client_of, olga, workspace, address):
    with brand_scope(workspace.brand_id):
        workspace.pause(workspace.api_key_set_at, "refused")

    client_of(olga).post(address, workspace_form(workspace, new_api_key=NEW_KEY))

    assert (fresh(workspace).paused_until, fresh(workspace).paused_because) == (None, "")


def test_a_role_can_be_edited(client_of, olga, house):
    role = house.roles["viewer"]
    form = {"key": role.key, "name": "Onlooker", "permissions": "create_campaigns"}

    answer = client_of(olga).post(reverse("admin:accounts_role_change", args=[role.pk]), form)

    assert answer.status_code == 302
    assert (fresh(role).name, fresh(role).permissions) == ("Onlooker", ["create_campaigns"])


def test_the_door_closes_after_many_wrong_passwords_even_for_the_right_one(olga):
    from django.core.cache import cache

    cache.clear()
    browser = Client(headers={"host": "localhost"})
    door = reverse("admin:login")
    for _try in range(10):
        browser.post(door, {"username": olga.email, "password": "not the one"})

    browser.post(door, {"username": olga.email, "password": PASSWORD})

    assert "_auth_user_id" not in browser.session
    cache.clear()
    browser.post(door, {"username": olga.email, "password": PASSWORD})
    assert "_auth_user_id" in browser.session
