"""Where a scheduled campaign stands, in sentences: what has happened, what holds it up, what comes next."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from campaigns.models import Campaign
from campaigns.templatetags.campaigns import clock
from delivery import stops, waiting
from delivery.models import Dispatch

State = Dispatch.State
#: What a kill switch holds back or takes back.
_HELD = (*Dispatch.WAITING, State.SCHEDULED)


def standing(campaign: Campaign) -> list[str]:
    """Empty for a campaign that is not scheduled, or whose outcome nobody knows: its page tells of those at length."""
    dispatch = campaign.dispatch
    if campaign.status != Campaign.Status.SCHEDULED or dispatch is None or campaign.outcome_unknown:
        return []
    if dispatch.cancel_wanted or dispatch.state == State.CANCELLING:
        return _cancelling(dispatch)
    stop = stops.active().over(dispatch) if dispatch.state in _HELD else None
    if stop is not None:
        return [_("Sending is stopped: %(reason)s") % {"reason": stop.because}, _stopped(dispatch)]
    return _moving(campaign, dispatch)


def _cancelling(dispatch: Dispatch) -> list[str]:
    if dispatch.state == State.CALLING:
        return [_("Braze is being told of it at this moment. It is cancelled as soon as Braze has answered.")]
    held_up = waiting.reason(dispatch)
    return [_("It is being taken back from Braze."), *([held_up] if held_up else [])]


def _stopped(dispatch: Dispatch) -> str:
    if dispatch.state == State.PENDING:
        return _(
            "It waits here, and goes on by itself when that ends. If its time passes before, it is not sent, and you "
            "choose a new time."
        )
    return _("It is being taken back from Braze, and then waits here.")


def _moving(campaign: Campaign, dispatch: Dispatch) -> list[str]:
    held_up = waiting.reason(dispatch)
    if dispatch.state == State.PENDING and held_up:
        return [held_up, _("Nothing is lost: it goes on by itself.")]
    words = {
        State.PENDING: _("It is being handed to Braze."),
        State.CALLING: _("It is being handed to Braze at this moment."),
        State.SCHEDULED: _("Braze has it."),
        State.CHANGING: _changing(campaign, dispatch),
        State.RECALLING: _("It is being taken back from Braze, to be handed over anew."),
        State.DONE: _("Its time has come, and Braze sends it."),
    }.get(State(dispatch.state), "")
    return [each for each in (words, held_up) if each]


def _changing(campaign: Campaign, dispatch: Dispatch) -> str:
    if dispatch.next_planned_at is None:
        return _("Braze is being given the new mail. Until it has agreed, the one it has holds.")
    return _("Braze is being told of the new time, %(time)s. Until it has agreed, the one above holds.") % {
        "time": clock(dispatch.next_planned_at, campaign.group.zone)
    }


def mark_stopped(campaigns: Iterable[Campaign]) -> None:
    """Tell those that a kill switch holds, for a list, with two queries for all of them."""
    waiting_rows = [each for each in campaigns if each.dispatch and each.dispatch.state in Dispatch.WAITING]
    held_back = stops.active() if waiting_rows else None
    if not held_back:
        return
    for campaign in waiting_rows:
        if campaign.dispatch is not None:
            campaign.dispatch.group = campaign.group  # the same row: spares a query each
            campaign.is_stopped = held_back.over(campaign.dispatch) is not None
