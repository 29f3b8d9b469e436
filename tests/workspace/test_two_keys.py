"""A key waits beside the one in use, and takes over by hand or when Braze refuses that one."""

from __future__ import annotations

import pytest

from branding.scope import brand_scope
from braze_client import AccessDenied, Call, KeyRejected
from tests.factories import API_KEY
from tests.keyed import NEXT_KEY, connection, events, verdicts
from workspace import keys
from workspace.models import Workspace
from workspace.services import key_refused

pytestmark = pytest.mark.django_db

CREATE = Call("POST", "/messages/schedule/create", status=401)


def refused(brand, error=None):
    with brand_scope(brand.pk):
        key_refused(Workspace.objects.get(), error or KeyRejected(CREATE))
    return connection(brand)


def test_putting_it_to_use_takes_what_is_known_of_it_along(braze, bluebird, grant, look, waiting_key):
    grant()
    grant(NEXT_KEY, lacking={"messages.send"})
    look()
    with brand_scope(bluebird.pk):
        keys.promote(Workspace.objects.get())

    row = connection(bluebird)
    assert (row.api_key(), row.api_key_set_by, row.has_next_key) == (NEXT_KEY, "Erin", False)
    assert verdicts(bluebird)["users.track"] == "held"
    assert verdicts(bluebird, of_next_key=True) == {}


def test_a_refused_key_is_replaced_at_once_by_a_waiting_one_that_can_do_all_it_could(
    braze, bluebird, grant, look, waiting_key
):
    grant()
    grant(NEXT_KEY)
    look()

    row = refused(bluebird)

    assert row.api_key() == NEXT_KEY
    assert row.paused_until is None
    assert events(bluebird) == [("key_promoted", "")]
    assert row.check_wanted_at is None  # it was looked at a moment ago


def test_one_that_can_do_less_waits_for_the_check_to_say_that_the_other_is_dead(
    braze, bluebird, grant, revoke, look, waiting_key
):
    grant()
    grant(NEXT_KEY, lacking={"users.track"})
    look()
    assert refused(bluebird).api_key() == API_KEY

    braze.sandbox.workspaces.define(only(NEXT_KEY, lacking="users.track"))
    row = look()

    assert row.api_key() == NEXT_KEY
    assert events(bluebird) == [("key_refused", ""), ("key_promoted", "")]


def only(key, *, lacking):
    from braze_client.probes import PROBES
    from tests.sandboxed import workspace

    held = sorted(set(PROBES) - {lacking})
    return {**workspace("bluebird", "Leith"), "keys": [{"name": "next", "key": key, "permissions": held}]}


@pytest.mark.parametrize("lacking", ["messages.schedule.create"])
def test_a_waiting_key_that_cannot_send_never_takes_over(
    braze, bluebird, grant, look, waiting_key, lacking, clock
):
    grant()
    grant(NEXT_KEY, lacking={lacking})
    look()
    braze.sandbox.workspaces.define(only(NEXT_KEY, lacking=lacking))
    clock.move(minutes=2)

    refused(bluebird)

    assert look().api_key() == API_KEY


def test_nor_does_one_that_nobody_has_looked_at(braze, bluebird, waiting_key):
    assert refused(bluebird).api_key() == API_KEY


def test_a_403_names_a_permission_and_not_the_key(braze, bluebird, grant, look, waiting_key):
    grant()
    grant(NEXT_KEY)
    look()

    assert refused(bluebird, AccessDenied(CREATE)).api_key() == API_KEY


def test_hundreds_of_refusals_of_the_old_key_promote_once(braze, bluebird, grant, look, waiting_key):
    grant()
    grant(NEXT_KEY)
    look()
    stale = [connection(bluebird) for _worker in range(3)]
    with brand_scope(bluebird.pk):
        for each in stale:
            key_refused(each, KeyRejected(CREATE))

    assert events(bluebird) == [("key_promoted", "")]
    assert connection(bluebird).api_key() == NEXT_KEY


def test_a_refusal_asks_for_a_check(braze, bluebird):
    assert refused(bluebird).check_wanted_at is not None


def test_a_waiting_key_that_cannot_be_opened_does_not_keep_the_other_from_being_looked_at(
    braze, bluebird, grant, look
):
    from workspace import secrets

    grant()
    with brand_scope(bluebird.pk):
        stolen = secrets.encrypt(NEXT_KEY, bound_to="workspace:0")
        Workspace.objects.update(next_api_key_encrypted=stolen)

    row = look()

    assert verdicts(bluebird)["users.track"] == "held"
    assert "another owner" in row.check_trouble
