"""When the key turns bad, or mends, those who manage the brand are told: once, in their language, and on every page."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry
from branding.scope import brand_scope
from connection import notices, tasks
from tests.keyed import NEXT_KEY
from workspace.models import ConnectionEvent, Workspace

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _outbox(settings, celery_here):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def turn(bluebird):
    def turn(kind: str, permission: str = "") -> None:
        from workspace import verdicts

        with brand_scope(bluebird.pk):
            verdicts.happened(Workspace.objects.get(), kind, permission)

    return turn


def recipients() -> list[str]:
    return sorted(address for message in mail.outbox for address in message.to)


# Mails


@pytest.fixture
def eve(hire, house, bluebird):
    """Was a brand admin once."""
    eve = hire("Eve", "brand_admin", house.root)
    with brand_scope(bluebird.pk):
        type(eve).objects.filter(pk=eve.pk).update(is_active=False)
    return eve


@pytest.mark.usefixtures("mona", "alice", "dave", "eve")
def test_it_is_told_to_all_who_manage_the_brand_and_to_nobody_else(bluebird, erin, turn):
    turn("key_refused")

    tasks.tell_due()

    assert recipients() == ["erin@bluebird.example"]
    message = mail.outbox[0]
    assert message.subject == "Bluebird Coffee: Braze refuses the key"
    assert "http://bluebird.localhost:8000/braze/" in message.body
    assert "Hello Erin" in message.body


def test_each_turn_is_told_once_however_often_it_is_found(braze, bluebird, erin, grant, revoke, look):
    grant()
    look()
    revoke()
    for _check in range(3):
        look()
        tasks.tell_due()
    assert len(mail.outbox) == 1

    grant()
    look()
    tasks.tell_due()
    tasks.tell_due()

    assert [message.subject for message in mail.outbox][1:] == [
        "Bluebird Coffee: Braze accepts the key again"
    ]


def test_a_lost_permission_is_told_with_what_stops(braze, bluebird, erin, grant, look):
    grant()
    look()
    grant(lacking={"messages.schedule.delete", "users.track"})
    look()

    tasks.tell_due()

    [message] = mail.outbox
    assert "lacks messages.schedule.delete" in message.body
    assert "lacks users.track" in message.body
    assert "cannot be stopped from here" in message.body


def test_a_key_put_to_use_by_itself_is_told_and_audited(braze, bluebird, erin, grant, look, waiting_key):
    from braze_client.probes import PROBES
    from tests.sandboxed import workspace

    grant()
    grant(NEXT_KEY)
    look()
    keys = [{"name": "next", "key": NEXT_KEY, "permissions": sorted(PROBES)}]
    braze.sandbox.workspaces.define({**workspace("bluebird", "Leith"), "keys": keys})
    look()

    tasks.tell_due()
    tasks.tell_due()

    assert "The waiting Braze key was put to use" in mail.outbox[0].body
    with brand_scope(bluebird.pk):
        assert list(AuditEntry.objects.values_list("action", "actor")) == [("key_promoted", "SmarterSends")]


def test_it_speaks_the_language_of_the_person_s_group(house, bluebird, erin, mona, turn):
    with brand_scope(bluebird.pk):
        house.root.language = "de"
        house.root.save()
        assert [(person.name, language) for person, language in notices.admins()] == [("Erin", "de")]
        house.root.language = "xx"
        house.root.save()
        assert [language for _person, language in notices.admins()] == ["en"]


def test_a_mail_server_that_is_away_is_tried_again(bluebird, erin, turn, settings, monkeypatch):
    turn("key_refused")
    with monkeypatch.context() as away:
        away.setattr("django.core.mail.backends.locmem.EmailBackend.open", refuse, raising=False)
        with pytest.raises(ConnectionRefusedError):
            notices.tell(bluebird.pk)

    tasks.tell_due()

    assert recipients() == ["erin@bluebird.example"]


def refuse(_backend):
    raise ConnectionRefusedError("mail server is away")


def test_an_address_that_is_refused_does_not_keep_the_others_from_knowing(
    bluebird, erin, hire, house, turn, monkeypatch
):
    import smtplib

    hire("Abe", "brand_admin", house.root)
    turn("key_refused")
    real = mail.EmailMessage.send

    def send(message, fail_silently=False):
        if message.to == ["abe@bluebird.example"]:
            raise smtplib.SMTPRecipientsRefused({})
        return real(message)

    monkeypatch.setattr(mail.EmailMessage, "send", send)

    tasks.tell_due()

    assert recipients() == ["erin@bluebird.example"]
    with brand_scope(bluebird.pk):
        assert not ConnectionEvent.objects.filter(told_at__isnull=True).exists()


# On every page


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ({"api_key_encrypted": b""}, "not connected to Braze yet"),
        ({"key_refused_since": "2026-11-01T00:00Z"}, "refuses this brand"),
        ({"check_trouble": "Nobody answers."}, "Nobody answers."),
    ],
)
def test_who_manages_the_brand_sees_it_on_every_page(bluebird, client_of, erin, alice, broken, words):
    with brand_scope(bluebird.pk):
        Workspace.objects.update(**broken)

    assert words in client_of(erin).get("/").content.decode()
    assert words not in client_of(alice).get("/").content.decode()


def test_a_missing_permission_is_counted(braze, bluebird, client_of, erin, grant, look):
    grant(lacking={"users.track", "segments.list"})
    look()

    assert "lacks 2 permissions" in client_of(erin).get("/").content.decode()


def test_while_it_is_well_nothing_shows_for_one_query(braze, bluebird, client_of, erin, alice, grant, look):
    grant()
    look()

    for person, queries in ((erin, 1), (alice, 0)):
        browser = client_of(person)
        with CaptureQueriesContext(database) as asked:
            told = browser.get("/").content.decode()

        assert "Look at the Braze connection" not in told
        assert sum('FROM "workspace_workspace"' in each["sql"] for each in asked) == queries
