"""The written table of moves, walked at random: what is not in it never happens, what is leaves one trace."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from branding.scope import brand_scope
from campaigns.errors import IllegalMove
from campaigns.models import Campaign
from delivery.models import Dispatch, SealedMessage
from tests.conftest import fresh

pytestmark = pytest.mark.django_db

Status = Campaign.Status
VERBS = ("submit", "approve", "back_to_draft", "book", "has_gone", "has_failed", "lives_again")
LEADS_TO = {
    "submit": Status.IN_REVIEW,
    "approve": Status.APPROVED,
    "back_to_draft": Status.DRAFT,
    "book": Status.SCHEDULED,
    "has_gone": Status.SENT,
    "has_failed": Status.NOT_SENT,
    "lives_again": Status.SCHEDULED,
}


def may(verb: str, status: str) -> bool:
    """Both ways to `scheduled` are in the table; the one out of `not sent` is the old promise's alone."""
    legal = LEADS_TO[verb] in Campaign.MOVES[status]
    if verb == "lives_again":
        return status == Status.NOT_SENT
    return legal and (verb, status) != ("book", Status.NOT_SENT)


def do(campaign: Campaign, verb: str, by: Any) -> None:
    arguments: dict[str, tuple[Any, ...]] = {
        "approve": ("a" * 64,),
        "has_failed": ("Braze said no",),
        "lives_again": ("tried again",),
        "book": (promise_for(campaign),) if verb == "book" else (),
    }
    if verb == "back_to_draft" and campaign.dispatch is not None:
        take_back(campaign.dispatch)
    named = {} if verb in {"has_gone", "has_failed", "lives_again"} else {"by": by}
    getattr(campaign, verb)(*arguments.get(verb, ()), **named)


def take_back(dispatch: Dispatch) -> None:
    """As a cancellation that has worked; without it a scheduled campaign is no draft again."""
    Dispatch.objects.filter(pk=dispatch.pk).update(state=Dispatch.State.CANCELLED)
    dispatch.refresh_from_db()


def promise_for(campaign: Campaign) -> Dispatch:
    message = SealedMessage.objects.create(content={}, content_hash="0" * 64)
    found: Dispatch = Dispatch.objects.create(
        group=campaign.group, message=message, variation_id="v", planned_at=campaign.created_at
    )
    return found


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(verbs=st.lists(st.sampled_from(VERBS), max_size=10))
def test_only_legal_moves_happen_and_each_leaves_one_trace(draft, alice, verbs):
    with brand_scope(draft.brand_id), transaction.atomic():
        campaign = fresh(draft, "group")
        for verb in verbs:
            before, traces = campaign.status, campaign.events.count()
            legal = may(verb, before)
            if legal:
                do(campaign, verb, alice)
            else:
                with pytest.raises(IllegalMove):
                    do(campaign, verb, alice)
            now = fresh(draft).status
            assert now == (LEADS_TO[verb] if legal else before)
            assert campaign.events.count() == traces + legal
            if legal:
                assert (campaign.events.last().before, campaign.events.last().after) == (before, now)
        transaction.set_rollback(True)


@pytest.mark.parametrize("table", [Campaign.MOVES, Dispatch.MOVES], ids=["campaign", "dispatch"])
def test_every_state_has_its_line_in_the_table(table):
    states = set(Status.values) if table is Campaign.MOVES else set(Dispatch.State.values)

    assert set(table) == states
    assert {after for ways in table.values() for after in ways} <= states


@pytest.mark.usefixtures("in_bluebird")
def test_whoever_moves_second_is_told(draft, alice, ben):
    stale = fresh(draft, "group")
    draft.submit(by=ben)

    with pytest.raises(IllegalMove, match="In review"):
        do(stale, "book", alice)


@pytest.mark.usefixtures("in_bluebird")
def test_a_dispatch_takes_no_move_that_is_not_in_its_table(draft):
    from delivery import states

    dispatch = promise_for(draft)
    for before, ways in Dispatch.MOVES.items():
        for after in set(Dispatch.State.values) - ways:
            with pytest.raises(ValueError, match="cannot go"):
                states.move(dispatch, before, after)


@pytest.mark.usefixtures("in_bluebird")
@pytest.mark.parametrize("state", ["refused", "cancelled"])
def test_what_was_not_sent_lives_again_only_with_its_promise(draft, alice, state):
    draft.book(promise_for(draft), by=alice)
    draft.has_failed("Braze said no")
    Dispatch.objects.filter(pk=draft.dispatch_id).update(state=state)

    with pytest.raises(IllegalMove):
        fresh(draft, "dispatch").lives_again("tried again")

    assert fresh(draft).status == Status.NOT_SENT


def test_nobody_but_the_one_that_follows_brings_a_campaign_back():
    """The move out of `not sent` exists for ops' second try alone."""
    root = Path(__file__).resolve().parents[2]
    packages = ("campaigns", "connection", "delivery", "insights", "smartersends")
    users = {
        path.relative_to(root).as_posix()
        for package in packages
        for path in (root / package).rglob("*.py")
        if ".lives_again(" in path.read_text()
    }

    assert users == {"campaigns/services/follow.py"}
