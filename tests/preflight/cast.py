"""A mail with nothing wrong in it, and ways to spoil it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from library.engine import Identity, Image, ModuleSpec, Profile, RenderContext, TemplateSpec, Theme, render
from library.preflight import Finding, Subject, examine
from library.preflight.loading import unmarked
from library.preflight.rules.subject import BrandRules, Followed, Logo, Picture

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PACKS = ("us", "ca", "uk", "eu", "de")
CUP = "https://portal.bluebird-coffee.com/media/bluebird/images/cup.jpg"
PAGE = "https://www.bluebird-coffee.com/winter"

STORY = ModuleSpec.model_validate(
    {
        "slug": "story",
        "name": "Story",
        "fields": [
            {"key": "headline", "type": "text", "label": "Headline", "max_length": 400},
            {"key": "body", "type": "rich_text", "label": "Text", "marks": ["bold", "link"], "max_length": 5000},
            {"key": "picture", "type": "image", "label": "Picture", "display_width": 600},
            {"key": "more", "type": "button", "label": "Button", "max_length": 200},
            {"key": "day", "type": "date", "label": "Until", "after_send": True},
            {"key": "price", "type": "price", "label": "Price"},
        ],
        "mjml": """<mj-section padding="24px 0"><mj-column>
[% if picture %]<mj-image src="[[ picture.url ]]" alt="[[ picture.alt ]]" width="600px" />[% endif %]
<mj-text><h1 style="margin:0;font-size:28px;line-height:34px">[[ headline ]]</h1></mj-text>
<mj-text>Hello {{${first_name} | default: 'there' | escape}},</mj-text>
<mj-text>[[ body ]]</mj-text>
[% if day %]<mj-text>Until [[ day ]]</mj-text>[% endif %]
[% if price %]<mj-text>Now [[ price.now ]][% if price.before %], before [[ price.before ]][% endif %]</mj-text>[% endif %]
[% if more %]<mj-button href="[[ more.url ]]">[[ more.label ]]</mj-button>[% endif %]
</mj-column></mj-section>""",
        "text": "[[ headline ]]\n\n[[ body ]]\n\n[% if more %][[ more.label ]]: [[ more.url ]][% endif %]\n",
    }
)  # fmt: skip

SPEC = TemplateSpec.model_validate(
    {
        "name": "Letter",
        "envelope": {
            "values": {
                "subject": "The winter menu is on the board",
                "preheader": "Cinnamon, clementines and a warm corner by the window.",
            },
            "open": [{"field": key} for key in ("subject", "preheader", "sender_name", "reply_to")],
        },
        "placements": [
            {"key": key, "module": "story", "open": [{"field": field.key} for field in STORY.fields], **more}
            for key, more in (("hero", {}), ("second", {"optional": True, "shown": False}))
        ],
        "modules": {"story": STORY},
    }
)  # fmt: skip

WORDS = (
    "<p>The first cinnamon buns leave the oven at seven, and the corner by the window is warm all day. Bring somebody "
    "you have not seen for a while, and let us know if you need a chair more.</p>"
)
HERO: dict[str, Any] = {
    "headline": "Winter is on the board",
    "body": WORDS,
    "picture": {"src": "cup", "alt": "A cup of coffee on a wooden board"},
    "more": {"label": "See the winter menu", "url": PAGE},
    "day": "2026-12-24",
    "price": {"amount": "3.40", "before": "3.80"},
}

CONTEXT = RenderContext(
    theme=Theme(
        primary="#0b4a5c", on_primary="#ffffff", accent="#f4a765", on_accent="#3a2114", background="#f4f1ec",
        surface="#ffffff", text="#22282c", muted="#4a545a", line="#d8d2c8", link="#0b4a5c",
        heading_font="Georgia, serif", body_font="Arial, sans-serif",
    ),
    identity=Identity(
        legal_name="Bluebird Coffee Ltd", street="1 Mill Lane", city="Leeds", postcode="LS1 1AA", country="GB",
        country_name="United Kingdom", website="https://www.bluebird-coffee.com",
        privacy_url="https://www.bluebird-coffee.com/privacy", company_line="Registered in England, no. 00000000.",
    ),
    profile=Profile(
        name="Bluebird Leeds", sender_name="Bluebird Leeds", sender_address="leeds@mail.bluebird-coffee.com",
        reply_to="leeds@bluebird-coffee.com", street="2 High Street", city="Leeds", postcode="LS2 2BB", country="GB",
        country_name="United Kingdom", phone="0113 496 0214", website="https://www.bluebird-coffee.com/leeds",
    ),
    images={"cup": Image(url=CUP, width=1200, height=600, alt="A cup of coffee")},
)  # fmt: skip


def mail(
    hero: Mapping[str, Any] | None = None,
    envelope: Mapping[str, Any] | None = None,
    *,
    context: RenderContext = CONTEXT,
    html: Callable[[str], str] | None = None,
    text: Callable[[str], str] | None = None,
    **known: Any,
) -> Subject:
    """The clean mail with other values, and with `html` and `text` run over what was rendered."""
    values = {"hero": {**HERO, **(hero or {})}, "envelope": dict(envelope or {})}
    email = render(SPEC, values, context, marked=True)
    email = replace(
        email, html=html(email.html) if html else email.html, text=text(email.text) if text else email.text
    )
    standard: dict[str, Any] = {
        "brand": BrandRules(),
        "brand_name": "Bluebird Coffee",
        "sending_domain": "mail.bluebird-coffee.com",
        "packs": PACKS,
        "now": NOW,
        "pictures": {CUP: Picture("cup", 90_000, 1200, 600)},
        "gallery": "https://portal.bluebird-coffee.com",
        "logo": Logo(see_through=True, colour="#888888"),
    }
    subject = Subject(SPEC, values, context, unmarked(email), email.html, **{**standard, **known})
    return (
        subject
        if "links" in known
        else replace(subject, links=dict.fromkeys(subject.addresses, Followed(200)))
    )


def found(subject: Subject) -> list[Finding]:
    return list(examine(subject))


def of(subject: Subject, rule: str) -> list[Finding]:
    return [each for each in found(subject) if each.rule == rule]


def inside(markup: str) -> Callable[[str], str]:
    """Puts markup before the footer, as a module with raw HTML would."""
    return lambda html: html.replace("</body>", f"{markup}</body>")


def instead(old: str, new: str) -> Callable[[str], str]:
    def change(html: str) -> str:
        assert old in html, f"there is no {old} to spoil"
        return html.replace(old, new)

    return change


def styled(rules: str) -> Callable[[str], str]:
    return lambda html: html.replace("</head>", f"<style>{rules}</style></head>")
