"""A sealed message as Braze's request."""

from __future__ import annotations

from braze_client import CreateSchedule, EmailMessage, Messages, Schedule
from delivery.message import Sealed
from delivery.models import Dispatch


def create(dispatch: Dispatch) -> CreateSchedule:
    """Always a broadcast to the fence: recipients are never listed, so nobody outside can slip in."""
    sealed = Sealed.model_validate(dispatch.message.content)
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
        messages=Messages(email=_email(sealed)),
    )


def _email(sealed: Sealed) -> EmailMessage:
    """The preheader stands in the HTML already; Braze's own field would show it twice."""
    return EmailMessage.model_validate(
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
