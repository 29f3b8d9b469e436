"""What MJML gives an element that says nothing (https://documentation.mjml.io/), written out.

The head of our mails sets looks of its own: an imported element says all of what they would change, so that it stays
as it was.
"""

from __future__ import annotations

_FONT = "Ubuntu, Helvetica, Arial, sans-serif"
_PADDING = "10px 25px"

DEFAULTS: dict[str, dict[str, str]] = {
    "mj-section": {"padding": "20px 0", "direction": "ltr"},
    "mj-wrapper": {"padding": "20px 0", "direction": "ltr"},
    "mj-column": {"direction": "ltr"},
    "mj-text": {
        "font-family": _FONT, "font-size": "13px", "line-height": "1", "color": "#000000", "padding": _PADDING,
        "align": "left",
    },
    "mj-table": {
        "font-family": _FONT, "font-size": "13px", "line-height": "22px", "color": "#000000", "padding": _PADDING,
        "align": "left",
    },
    "mj-image": {"padding": _PADDING},
    "mj-divider": {"border-width": "4px", "border-color": "#000000", "padding": _PADDING},
    "mj-button": {
        "font-family": _FONT, "font-size": "13px", "font-weight": "normal", "background-color": "#414141",
        "color": "#ffffff", "border-radius": "3px", "inner-padding": _PADDING, "padding": _PADDING, "align": "center",
    },
    "mj-social": {"font-family": _FONT},
    "mj-social-element": {"font-family": _FONT},
    "mj-navbar-link": {"font-family": _FONT},
    "mj-accordion": {"font-family": _FONT},
    "mj-accordion-title": {"font-family": _FONT},
    "mj-accordion-text": {"font-family": _FONT},
}  # fmt: skip

#: Their content is HTML.
ENDING = frozenset(
    [
        "mj-text",
        "mj-button",
        "mj-table",
        "mj-raw",
        "mj-social-element",
        "mj-navbar-link",
        "mj-accordion-title",
        "mj-accordion-text",
    ]
)
STRUCTURE = frozenset(
    [
        "mj-section",
        "mj-wrapper",
        "mj-column",
        "mj-group",
        "mj-hero",
        "mj-social",
        "mj-navbar",
        "mj-accordion",
        "mj-accordion-element",
        "mj-carousel",
    ]
)
LEAVES = frozenset(["mj-image", "mj-divider", "mj-spacer", "mj-carousel-image"])
