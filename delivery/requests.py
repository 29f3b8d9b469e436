"""A sealed message as Braze's requests."""

from __future__ import annotations

from braze_client import CreateSchedule, EmailMessage, Messages, Schedule, UpdateSchedule
from delivery.message import Sealed
from delivery.models import Dispatch


def create(dispatch: Dispatch, content: str) -> CreateSchedule:
    """Always a broadcast to the fence: recipients are never listed, so nobody outside can slip in.

    `content` is the JSON of its sealed message.
    """
    sealed = Sealed.model_validate_json(content)
    if dispatch.booked_for is None:
        raise ValueError("A dispatch gets its time before its request is made.")
    return CreateSchedule(
        broadcast=True,
        audience=sealed.audience.to_braze(),
        segment_id=sealed.audience.segment_id,
        campaign_id=sealed.campaign_id,
        send_id=dispatch.send_id.value if dispatch.send_id else None,
        recipient_subscription_state="subscribed",
        schedule=Schedule.at(dispatch.booked_for),
        messages=_messages(sealed),
    )


def update(dispatch: Dispatch, content: str) -> UpdateSchedule:
    """Time and content whole, for Braze keeps nothing of what it had: a change of one repeats the other."""
    return UpdateSchedule(
        schedule_id=dispatch.schedule_id,
        schedule=Schedule.at(dispatch.next_planned_at or dispatch.booked_for or dispatch.planned_at),
        messages=_messages(Sealed.model_validate_json(content)),
    )


def _messages(sealed: Sealed) -> Messages:
    """The preheader stands in the HTML already; Braze's own field would show it twice."""
    email = EmailMessage.model_validate(
        {
            "app_id": sealed.app_id,
            "from": sealed.from_,
            "reply_to": sealed.reply_to or None,
            "subject": sealed.subject,
            "body": sealed.html,
            "plaintext_body": sealed.text,
            "message_variation_id": sealed.variation_id,
            "headers": sealed.headers,
            "should_inline_css": False,
        }
    )
    return Messages(email=email)
