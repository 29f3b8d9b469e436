"""Book a mail for tomorrow to everybody of one store, and call it off again.

    BRAZE_ENDPOINT=rest.fra-01.braze.eu BRAZE_API_KEY=… \
        python -m braze_client.examples.mailing --app-id … --campaign-id … --variation-id … --store 12

Each outcome is handled by what can be done next, which is how the errors are cut.
"""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, datetime, timedelta

from braze_client import (
    Braze,
    BrazeError,
    Call,
    CreateSchedule,
    EmailMessage,
    Messages,
    NotReached,
    OutcomeUnknown,
    RateLimited,
    Refused,
    Schedule,
    audience,
)

BODY = """\
<html><body>
  <p>Hello {{${first_name} | default: 'there'}},</p>
  <p>the shop is open on Saturday.</p>
  <p><a href="{{${set_user_to_unsubscribed_url}}}">Unsubscribe</a></p>
</body></html>
"""


def main(arguments: list[str] | None = None) -> int:
    """0 when the mail was booked and called off, 1 when not."""
    options = _options(arguments)
    with Braze(os.environ["BRAZE_ENDPOINT"], os.environ["BRAZE_API_KEY"], on_call=_show) as braze:
        try:
            booked = braze.create_schedule(_mailing(options))
        except BrazeError as error:
            _say(_advice(error))
            return 1
        _say(f"Booked as {booked.schedule_id}: the only handle there will ever be, so keep it.")
        braze.delete_schedule(booked.schedule_id)
        _say("Called off.")
    return 0


def _mailing(options: argparse.Namespace) -> CreateSchedule:
    store = audience.custom_attribute("store_id").equals(options.store)
    return CreateSchedule(
        broadcast=True,
        audience=store & audience.email_subscription().is_not("unsubscribed"),
        campaign_id=options.campaign_id,
        schedule=Schedule.at(datetime.now(UTC) + timedelta(days=1)),
        messages=Messages(
            email=EmailMessage(
                app_id=options.app_id,
                from_="The shop <shop@example.org>",
                subject="Open on Saturday",
                body=BODY,
                message_variation_id=options.variation_id,
                headers={
                    "List-Unsubscribe": "<{{${set_user_to_one_click_list_unsubscribe}}}>",
                    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                },
            )
        ),
    )


def _advice(error: BrazeError) -> str:
    match error:
        case NotReached():
            return "Nothing was sent: try again when the network is back."
        case RateLimited():
            return f"Nothing was done: try again in {error.seconds:.0f} seconds."
        case OutcomeUnknown():
            return "It may be booked. Do not book it again: look at the numbers after the time of the send."
        case Refused():
            return f"Braze says no: {error.words or error.advice}"
    return error.advice


def _show(call: Call) -> None:
    _say(f"  {call}, {call.duration:.2f} s, {call.allowance.remaining} calls left")


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Book a mail, and call it off again.")
    for name in ("--app-id", "--campaign-id", "--variation-id", "--store"):
        parser.add_argument(name, required=True)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
