"""A brand admin connects the brand: what is typed stays, the key goes in and never comes out."""

from __future__ import annotations

import pytest

from accounts.models import AuditEntry
from branding.scope import brand_scope
from tests.factories import API_KEY, ENDPOINT
from tests.keyed import NEXT_KEY, connection, verdicts
from workspace.models import Attribute, PermissionVerdict, Workspace

pytestmark = pytest.mark.django_db

PAGE = "/braze/"


@pytest.fixture
def page(client_of, erin):
    return client_of(erin)


@pytest.fixture
def begun(bluebird):
    """A brand that has nothing yet."""
    with brand_scope(bluebird.pk):
        Workspace.objects.all().delete()


def filled(**changes: str) -> dict[str, str]:
    return {
        "instance": "other",
        "other_endpoint": ENDPOINT,
        "api_key": API_KEY,
        "app_id": "app-bluebird",
        "campaign_id": "campaign-bluebird",
        "default_variation_id": "default-bluebird",
        "default_variation_name": "Default",
        "fence_attribute": "store_id",
        "sending_domain": "mail.bluebird.example",
        **changes,
    }


def errors(answer) -> dict[str, str]:
    assert answer.status_code == 422
    return {name: " ".join(found) for name, found in answer.context["form"].errors.items()}


def entries(brand) -> list[tuple[str, str]]:
    with brand_scope(brand.pk):
        return list(AuditEntry.objects.order_by("pk").values_list("action", "note"))


# A brand that begins


def test_a_brand_that_begins_is_led_through_the_steps(braze, page, begun, settings):
    settings.OUTGOING_IPS = ["203.0.113.10"]
    told = page.get(PAGE).content.decode()

    steps = [
        "Make the campaign in Braze",
        "Make the key in Braze",
        "Paste what you copied",
        "See what Braze says",
    ]
    assert sorted(steps, key=told.index) == steps
    for permission in ("messages.schedule.create", "sends.id.create", "segments.data_series"):
        assert f"<li><code>{permission}</code></li>" in told
    assert "203.0.113.10" in told


def test_without_outgoing_addresses_the_page_says_who_knows_them(braze, page, begun, settings):
    settings.OUTGOING_IPS = []
    assert "OUTGOING_IPS" in page.get(PAGE).content.decode()


def test_connecting_keeps_everything_and_checks_at_once(braze, page, begun, bluebird, grant, after_commit):
    grant()
    with after_commit():
        answer = page.post(PAGE, filled())

    assert answer["Location"] == PAGE
    row = connection(bluebird)
    assert (row.endpoint, row.app_id, row.sending_domain) == (
        ENDPOINT,
        "app-bluebird",
        "mail.bluebird.example",
    )
    assert (row.api_key(), row.api_key_set_by) == (API_KEY, "Erin")
    assert verdicts(bluebird)["messages.schedule.create"] == "held"
    told = page.get(PAGE).content.decode()
    assert "by Erin" in told
    assert "it holds all ten permissions" in told


@pytest.mark.parametrize("missing", ["instance", "api_key", "app_id", "campaign_id", "fence_attribute"])
def test_what_is_missing_is_named_and_nothing_typed_is_lost_but_the_key(
    braze, page, begun, bluebird, missing
):
    answer = page.post(PAGE, filled(**{missing: ""}))

    assert set(errors(answer)) == {missing}
    told = answer.content.decode()
    assert API_KEY not in told
    for name, value in filled(**{missing: ""}).items():
        if name not in {"api_key", "instance"} and value:
            assert f'value="{value}"' in told
    with brand_scope(bluebird.pk):
        assert not Workspace.objects.exists()


# What goes wrong


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("http://rest.iad-01.braze.com", "https"),
        ("https://10.0.0.8", "public host name"),
        ("https://169.254.169.254", "public host name"),
        ("https://db.internal", "public host name"),
        ("https://dashboard-01.braze.eu", "dashboard"),
        ("https://rest.iad-01.braze.com/users", "nothing behind it"),
        ("http://127.0.0.1:9", "https"),
        ("", "Write the REST endpoint"),
    ],
)
def test_the_key_goes_to_public_hosts_over_https_only(braze, page, begun, settings, typed, words):
    settings.BRAZE_ALLOW_LOOPBACK = False
    assert words in errors(page.post(PAGE, filled(other_endpoint=typed)))["other_endpoint"]


def test_a_host_name_alone_is_understood(braze, page, bluebird, begun):
    page.post(PAGE, filled(other_endpoint="rest.iad-09.braze.com/"))
    assert connection(bluebird).endpoint == "https://rest.iad-09.braze.com"


@pytest.mark.parametrize("copied", [f'"{API_KEY}"', f"  {API_KEY}\n", f"Bearer {API_KEY}", f"“{API_KEY}”"])
def test_what_is_copied_along_with_a_key_is_left_out(braze, page, bluebird, begun, copied):
    page.post(PAGE, filled(api_key=copied))
    assert connection(bluebird).api_key() == API_KEY


@pytest.mark.parametrize(
    "nonsense", ["short", "with blanks in between", "ümläute-sind-keine-schlüssel", "a" * 250]
)
def test_what_cannot_be_a_key_is_told_so(braze, page, begun, nonsense):
    assert "Copy it again" in errors(page.post(PAGE, filled(api_key=nonsense)))["api_key"]


def test_a_key_pasted_as_app_id_too_is_noticed(braze, page, begun):
    """Braze's dashboard labels the App ID "API Key"."""
    answer = page.post(PAGE, filled(app_id=API_KEY))

    assert "REST API key" in errors(answer)["app_id"]


# Changes


def test_the_key_stays_when_the_field_is_left_empty(braze, page, bluebird):
    page.post(PAGE, filled(api_key="", sending_domain="news.example.com"))

    row = connection(bluebird)
    assert (row.api_key(), row.sending_domain) == (API_KEY, "news.example.com")
    assert entries(bluebird)[0][0] == "connection_changed"
    assert "sending domain: mail.bluebird.example → news.example.com" in entries(bluebird)[0][1]


def test_a_key_is_never_taken_along_to_another_address(braze, page, bluebird):
    """Whoever may change the endpoint could otherwise read the key on a host of their own."""
    answer = page.post(PAGE, filled(api_key="", other_endpoint="https://rest.evil.example"))

    assert "never taken along" in errors(answer)["api_key"]
    assert connection(bluebird).endpoint == ENDPOINT
    assert braze.calls == []


def test_nor_does_the_waiting_one_survive_a_new_address(braze, page, bluebird, waiting_key):
    page.post(PAGE, filled(api_key=NEXT_KEY, other_endpoint="https://rest.iad-09.braze.com"))

    row = connection(bluebird)
    assert (row.api_key(), row.has_next_key) == (NEXT_KEY, False)


def test_a_new_key_begins_with_nothing_known_and_is_audited_without_it(
    braze, page, bluebird, grant, look
):  # fmt: skip
    grant()
    look()
    page.post(PAGE, filled(api_key=NEXT_KEY))

    assert verdicts(bluebird) == {}
    assert ("key_set", "in use") in entries(bluebird)
    assert NEXT_KEY not in str(entries(bluebird))


def test_the_fence_is_offered_from_the_brand_s_attributes(braze, page, bluebird):
    with brand_scope(bluebird.pk):
        Attribute.objects.create(name="store_id", label="Store", for_fence=True)
        Attribute.objects.create(name="tier", label="Tier", for_filter=True)

    told = page.get(PAGE).content.decode()

    assert '<option value="store_id">Store</option>' in told
    assert '<option value="tier">' not in told


# What stands there


@pytest.mark.parametrize("state", ["held", "missing"])
def test_each_permission_says_what_stops_without_it_and_since_when(braze, page, bluebird, grant, look, state):
    grant(lacking={"users.track"} if state == "missing" else ())
    look()

    told = page.get(PAGE).content.decode()

    assert "Contacts cannot be uploaded or changed" in told
    with brand_scope(bluebird.pk):
        row = PermissionVerdict.objects.get(permission="users.track")
    assert row.verdict == state
    assert f"since {row.since:%-d %b %Y}" in told
    assert ("holds 9 of the 10 permissions" in told) == (state == "missing")


def test_a_refused_key_comes_with_its_likely_causes_in_order(braze, page, bluebird, look):
    braze.sandbox.workspaces.define({"name": "bluebird"})
    look()

    told = page.get(PAGE).content.decode()

    causes = [
        "another Braze instance",
        "not copied whole",
        "deleted in Braze",
        "none of the permissions",
        "restricted",
    ]
    assert sorted(causes, key=told.index) == causes
    assert ENDPOINT in told


def test_a_key_that_cannot_be_opened_is_a_message_and_no_error(braze, page, settings):
    settings.ENCRYPTION_KEYS = ["somebody else's"]
    answer = page.get(PAGE)

    assert answer.status_code == 200
    assert "cannot be opened" in answer.content.decode()


# The check, by button


def test_the_button_shows_progress_and_may_be_left(braze, page, bluebird, grant):
    grant()
    part = page.post("/braze/check/", headers={"hx-request": "true"}).content.decode()

    assert 'hx-get="/braze/check/status/"' in part
    assert "You can leave this page" in part
    assert "<html" not in part


def test_the_result_takes_its_place(braze, page, bluebird, grant, after_commit):
    grant()
    with after_commit():
        page.post("/braze/check/", headers={"hx-request": "true"})

    part = page.get("/braze/check/status/", headers={"hx-request": "true"}).content.decode()

    assert "hx-get" not in part
    assert "all ten permissions" in part


def test_without_a_worker_it_says_so_after_a_minute(braze, page, clock):
    page.post("/braze/check/")
    clock.move(minutes=2)

    part = page.get("/braze/check/status/", headers={"hx-request": "true"}).content.decode()

    assert "background work" in part


# What only a person can see


def test_what_a_person_has_seen_is_kept_with_name_and_day(braze, page, bluebird):
    page.post("/braze/confirm/re_eligibility/", {"is_true": "yes"})

    assert connection(bluebird).confirmed["re_eligibility"]["by"] == "Erin"
    assert "Confirmed by Erin" in page.get(PAGE).content.decode()
    assert entries(bluebird)[-1][1] == "confirmed"

    page.post("/braze/confirm/re_eligibility/", {"is_true": "no"})
    assert connection(bluebird).confirmed == {}


def test_a_tick_speaks_of_what_was_set_then(braze, page, bluebird):
    for item in ("re_eligibility", "sending_domain"):
        page.post(f"/braze/confirm/{item}/", {"is_true": "yes"})

    page.post(PAGE, filled(api_key="", campaign_id="another-campaign"))

    assert set(connection(bluebird).confirmed) == {"sending_domain"}


def test_nothing_else_can_be_ticked(braze, page):
    assert page.post("/braze/confirm/anything/", {"is_true": "yes"}).status_code == 404


def test_the_list_counts_groups_with_and_without_a_variation(braze, page, house):
    with brand_scope(house.brand.pk):
        place = house.places["Leith"]
        place.message_variation_id = ""
        place.save()

    assert "1 of 2 groups have their own" in page.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        ({"schedule_type": "api_campaign", "variations": ["default-bluebird"]}, "with 1 e-mail messages"),
        ({"schedule_type": "api_campaign", "variations": []}, "has no e-mail message yet"),
        ({"schedule_type": "api_campaign", "is_archived": True, "variations": ["x"]}, "is archived"),
        ({"schedule_type": "api_campaign", "variations": ["x"]}, "knows no e-mail message default-bluebird"),
    ],
)
def test_where_the_key_allows_the_campaign_is_looked_at_by_itself(braze, page, bluebird, seen, words):
    with brand_scope(bluebird.pk):
        Workspace.objects.update(campaign_seen={"name": "Portal", "is_archived": False, **seen})

    assert words in page.get(PAGE).content.decode()
