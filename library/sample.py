"""A mail as one made-up customer would read it: Braze's Liquid evaluated here, for previews only."""

from __future__ import annotations

from dataclasses import replace

from braze_client import liquid
from library import engine

#: Previews must not carry a link that does anything.
_LINKS = liquid.Links(unsubscribe="#unsubscribe", one_click_unsubscribe="#unsubscribe")
SAMPLE = liquid.Person(
    attributes={"first_name": "Alex", "last_name": "Morgan", "email_address": "alex@example.com"}
)


def as_sample_person(email: engine.Email) -> engine.Email:
    """Subject, preheader, HTML and text with Liquid filled in. A part whose Liquid fails is shown as it is written."""
    return replace(
        email,
        subject=_filled(email.subject),
        preheader=_filled(email.preheader),
        html=_filled(email.html),
        text=_filled(email.text),
    )


def _filled(source: str) -> str:
    try:
        return liquid.render(source, SAMPLE, links=_LINKS)
    except (liquid.LiquidError, liquid.Aborted):
        return source
