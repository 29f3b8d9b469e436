"""After all that can be done with keys, they are in no page, row, mail, log line or error."""

from __future__ import annotations

import logging

import pytest
from django.core import mail
from django.urls import reverse

from branding.scope import brand_scope
from connection import tasks
from tests.delivery.test_key_stays_secret import rows_with
from tests.factories import API_KEY
from tests.keyed import NEXT_KEY, connection
from tests.sandboxed import answers
from workspace.models import Workspace
from workspace.services import key_refused

pytestmark = pytest.mark.django_db

KEYS = (API_KEY, NEXT_KEY)
#: Something in front of Braze that repeats the key in everything it says.
ECHO = {"message": f"Invalid API key: {API_KEY} {NEXT_KEY}", "errors": [API_KEY, NEXT_KEY], "name": NEXT_KEY}
PATHS = ("/segments/list", "/segments/details", "/users/track", "/campaigns/details", "/sends/id/create")


@pytest.fixture(autouse=True)
def _outbox(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def go(client_of, erin, after_commit):
    """Opens a page as Erin, or sends her form to it; what became of the promises included."""
    browser = client_of(erin)

    def go(path: str, **form: str) -> str:
        with after_commit():
            answer = browser.post(path, form) if form else browser.get(path)
        return str(answer.content.decode())

    return go


def test_after_everything_the_keys_are_nowhere(braze, bluebird, grant, go, client_of, olga, caplog):
    caplog.set_level(logging.DEBUG)
    grant()
    grant(NEXT_KEY)
    typed = {
        "instance": "other", "other_endpoint": connection(bluebird).endpoint, "app_id": "app-bluebird",
        "campaign_id": "campaign-bluebird", "fence_attribute": "store_id", "sending_domain": "mail.example.com",
    }  # fmt: skip
    seen = [
        go("/braze/", **typed, api_key=API_KEY),
        go("/braze/", **{**typed, "app_id": ""}, api_key=API_KEY),  # a mistake elsewhere on the form
        go("/braze/next-key/", next_api_key=f"{NEXT_KEY} with something behind it"),
        go("/braze/next-key/", next_api_key=NEXT_KEY),
    ]
    for status in (401, 403, 400, 500, 200):
        for path in PATHS:
            braze.will(path, *[answers(status, ECHO)] * 2)
        seen += [go("/braze/check/", do="it"), go("/braze/")]
    with brand_scope(bluebird.pk):
        key_refused(Workspace.objects.get())
    tasks.tell_due()
    seen += [go("/braze/next-key/use/", do="it"), go("/braze/audit/"), go("/")]
    ops = client_of(olga)
    for model in ("workspace", "permissionverdict", "connectionevent", "brazeanswer"):
        seen.append(ops.get(reverse(f"admin:workspace_{model}_changelist")).content.decode())
    row = connection(bluebird)
    seen.append(ops.get(reverse("admin:workspace_workspace_change", args=[row.pk])).content.decode())

    assert mail.outbox
    told = [*seen, caplog.text, *(f"{each.subject}{each.body}" for each in mail.outbox), repr(vars(row))]
    assert [(number, key) for number, text in enumerate(told) for key in KEYS if key in text] == []
    assert [rows_with(key) for key in KEYS] == [[], []]


def test_a_key_pasted_into_a_field_that_is_no_secret_is_not_kept(braze, bluebird, go):
    """It comes back to the person who pasted it, in that field, with a word about it, and goes nowhere else."""
    told = go(
        "/braze/", instance="other", other_endpoint=connection(bluebird).endpoint, app_id=API_KEY, campaign_id="c",
        fence_attribute="store_id", sending_domain="mail.example.com", api_key=API_KEY,
    )  # fmt: skip

    assert "belongs into its own field only" in told
    assert told.count(API_KEY) == 1
    assert rows_with(API_KEY) == []


def test_an_error_of_ours_shows_none_of_it(braze, client_of, erin, monkeypatch, caplog, settings):
    """Django's own report of a failed request hides what was posted as a key."""
    settings.ADMINS = [("Ops", "ops@example.com")]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    browser = client_of(erin)
    browser.raise_request_exception = False

    def fails(*_details: object, **_named: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("connection.setting_up.add_next_key", fails)
    answer = browser.post("/braze/next-key/", {"next_api_key": NEXT_KEY})

    assert answer.status_code == 500
    assert NEXT_KEY not in answer.content.decode() + caplog.text
