"""One module with every type of field, templates that grant them in every way, and whatever may be typed into them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from library.engine import ModuleSpec, TemplateSpec, render
from library.engine.fields import PAIRS
from tests.engine.cast import CHOICES, context, links, rich_texts, texts

OFFERS = [
    {"value": "coffee", "label": "Coffee", "text": "A coffee on us", "detail": "With any cake", "code": "CUP",
     "url": "https://example.org/coffee", "image": "cup"},
    {"value": "plain", "label": "Plain", "text": "Half price"},
]  # fmt: skip
FIELDS: list[dict[str, Any]] = [
    {"key": "words", "type": "text", "label": "Words", "default": "Some words"},
    {"key": "body", "type": "rich_text", "label": "Body", "marks": ["bold", "italic", "link", "bullet_list"],
     "default": "<p>Body</p>"},
    {"key": "picture", "type": "image", "label": "Picture", "default": {"src": "cup", "alt": "A cup"}},
    {"key": "button", "type": "button", "label": "Button",
     "default": {"label": "Read on", "url": "https://example.org/brand"}},
    {"key": "link", "type": "link", "label": "Link", "default": "https://example.org/link"},
    {"key": "mailbox", "type": "email", "label": "Mailbox", "default": "team@example.org"},
    {"key": "tone", "type": "choice", "label": "Tone", "options": CHOICES},
    {"key": "offer", "type": "approved", "label": "Offer", "options": OFFERS, "default": "coffee"},
    {"key": "look", "type": "colour", "label": "Look"},
    {"key": "day", "type": "date", "label": "Day", "default": "2026-12-05"},
    {"key": "hour", "type": "date", "label": "Hour", "with_time": True, "default": "2026-12-05T19:30"},
    {"key": "price", "type": "price", "label": "Price", "default": {"amount": "3.40", "before": "4.00"}},
    {"key": "hours", "type": "profile", "label": "Hours", "source": "opening_hours"},
    {"key": "ruled", "type": "toggle", "label": "Ruled"},
]  # fmt: skip
EVERY = ModuleSpec.model_validate(
    {
        "slug": "every",
        "name": "Everything",
        "fields": FIELDS,
        "mjml": """<mj-section background-color="[[ look.ground ]]"><mj-column>
[% if ruled %]<mj-divider />[% endif %]
[% if picture %]<mj-image src="[[ picture.url ]]" alt="[[ picture.alt ]]" width="[[ picture.width ]]px" />[% endif %]
<mj-text color="[[ look.ink ]]" css-class="words"><h2>[[ words ]]</h2></mj-text>
<mj-text color="[[ look.muted if tone == 'calm' else look.ink ]]">{[[ words ]]}%[[ words ]]{ [[ day ]] [[ hour ]]</mj-text>
<mj-text>[[ body ]]</mj-text>
[% if link %]<mj-text><a href="[[ link ]]" title="[[ words ]]">more</a></mj-text>[% endif %]
[% if mailbox %]<mj-text>Write to [[ mailbox ]]</mj-text>[% endif %]
[% if price %]<mj-text>[[ price.now ]][% if price.before %] <s>[[ price.before ]]</s>[% endif %]</mj-text>[% endif %]
[% if offer %]<mj-text>[[ offer.text ]] [[ offer.detail ]] [[ offer.code ]][% if offer.url %] <a href="[[ offer.url ]]">take it</a>[% endif %]</mj-text>
[% if offer.image %]<mj-image src="[[ offer.image.url ]]" alt="[[ offer.image.alt ]]" />[% endif %][% endif %]
[% if hours %]<mj-text>[% for line in hours.lines %][[ line ]]<br />[% endfor %]</mj-text>[% endif %]
[% if button %]<mj-button href="[[ button.url ]]" background-color="[[ look.button ]]">[[ button.label ]]</mj-button>[% endif %]
</mj-column></mj-section>""",
        "text": """[[ words ]] {[[ words ]]}%[[ words ]]{
[[ day ]] [[ hour ]]
[[ body ]]
[[ link ]]
[[ mailbox ]]
[% if price %][[ price.now ]] [[ price.before ]][% endif %]
[% if offer %][[ offer.text ]] [[ offer.detail ]] [[ offer.code ]] [[ offer.url ]][% endif %]
[% if hours %][[ hours.text ]][% endif %]
[% if button %][[ button.label ]]: [[ button.url ]][% endif %]
""",
    }
)
PARTS = {"picture": ("src", "alt"), "button": ("label", "url"), "price": ("amount", "before")}
CONTEXT = context(opening_hours=("Mon–Fri 7–18", "Sat 9–13"), code="17")


@st.composite
def templates(draw: st.DrawFn) -> TemplateSpec:
    """Each field open, open in part, or locked; in a part that repeats, a zone of two modules, or neither."""
    placement: dict[str, Any] = {"key": "part", "module": "every", "open": draw(_grants())}
    if draw(st.booleans()):
        placement |= {"repeat": {"min": 1, "max": 4}, "ordered": draw(st.booleans())}
        if draw(st.booleans()):
            other = {"key": "other", "module": "every", "open": draw(_grants()), "most": 2}
            placement |= {"variants": [other]}
    return template(placement, tracking=draw(st.sampled_from([{}, {"utm_source": "[group]"}])))


def template(placement: dict[str, Any], **changes: Any) -> TemplateSpec:
    opened = [{"field": key} for key in ("subject", "preheader", "sender_name", "reply_to")]
    spec = {
        "name": "Every field",
        "envelope": {"values": {"subject": "Hello", "preheader": "There"}, "open": opened},
        "placements": [placement],
        "modules": {"every": EVERY},
    }
    return TemplateSpec.model_validate({**spec, **changes})


@st.composite
def _grants(draw: st.DrawFn) -> list[dict[str, Any]]:
    grants = []
    for field in FIELDS:
        key = field["key"]
        if not draw(st.booleans()):
            continue
        some = draw(st.sampled_from([None, *((part,) for part in PARTS.get(key, ()))]))
        grants.append({"field": key, "parts": some} if some else {"field": key})
    return grants


amounts = st.sampled_from(["", "3.4", "0", "12.345", "999999999", "-1", "1e5", "{{1}}", "NaN"])
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "words": texts,
    "body": rich_texts,
    "picture": st.fixed_dictionaries({"src": links, "alt": texts, "decorative": st.booleans()}),
    "button": st.fixed_dictionaries({"label": texts, "url": links}),
    "link": links,
    "mailbox": texts | st.just("me@example.org"),
    "tone": st.sampled_from(["calm", "loud", "<b>"]),
    "offer": st.sampled_from(["coffee", "plain", "", "{{x}}"]),
    "look": st.sampled_from([*PAIRS, "red", "#fff;"]),
    "day": st.sampled_from(["", "2026-02-28", "2026-02-30", "{{1}}"]),
    "hour": st.sampled_from(["", "2026-02-28T07:05", "2026-02-28"]),
    "price": st.fixed_dictionaries({"amount": amounts, "before": amounts}),
    "hours": st.booleans() | texts,
    "ruled": st.booleans() | texts,
    "kind": st.sampled_from(["part", "other", "gone"]),
}
items = st.fixed_dictionaries({}, optional=VALUES)


@st.composite
def typed_into(draw: st.DrawFn, spec: TemplateSpec) -> dict[str, Any]:
    """Whatever may be sent for any of its fields, locked ones too."""
    part = draw(st.lists(items, max_size=5) if spec.placements[0].repeat else items)
    envelope = {key: draw(texts) for key in ("subject", "preheader", "sender_name", "reply_to")}
    return {"part": part, "envelope": envelope}


def mail(spec: TemplateSpec, typed: dict[str, Any], *, marked: bool = False) -> str:
    return render(spec, typed, CONTEXT, marked=marked).html
