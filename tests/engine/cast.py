"""A few small modules, a template that uses every kind of field, and the people who write with it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from hypothesis import strategies as st

from library.engine import Identity, Image, ModuleSpec, Profile, RenderContext, TemplateSpec, Theme

CHOICES = [{"value": "calm", "label": "Calm"}, {"value": "loud", "label": "Loud"}]

STORY = ModuleSpec.model_validate(
    {
        "slug": "story",
        "name": "Story",
        "fields": [
            {
                "key": "headline",
                "type": "text",
                "label": "Headline",
                "max_length": 60,
                "default": "Autumn is here",
            },
            {
                "key": "body",
                "type": "rich_text",
                "label": "Text",
                "marks": ["bold", "italic", "link", "bullet_list"],
                "max_length": 300,
                "default": "<p>Warm cups, <strong>long</strong> evenings.</p>",
            },
            {"key": "picture", "type": "image", "label": "Picture", "display_width": 300},
            {
                "key": "more",
                "type": "button",
                "label": "Button",
                "default": {"label": "Read on", "url": "https://example.org/story"},
            },
            {
                "key": "tone",
                "type": "choice",
                "label": "Tone",
                "options": CHOICES,
            },
            {"key": "ruled", "type": "toggle", "label": "Rule above"},
        ],
        "mjml": """<mj-section><mj-column>
[% if ruled %]<mj-divider />[% endif %]
[% if picture %]<mj-image src="[[ picture.url ]]" alt="[[ picture.alt ]]" width="[[ picture.width ]]px" />[% endif %]
<mj-text>Hello {{${first_name} | default: 'there' | escape}}</mj-text>
<mj-text color="[[ theme.accent if tone == 'loud' else theme.text ]]"><h2>[[ headline ]]</h2></mj-text>
[% if body %]<mj-text css-class="body">[[ body ]]</mj-text>[% endif %]
[% if more %]<mj-button href="[[ more.url ]]" title="[[ headline ]]">[[ more.label ]]</mj-button>[% endif %]
<mj-text>{[[ headline ]]}%[[ headline ]]{ Yours, [[ profile.manager ]] at [[ profile.name ]]</mj-text>
</mj-column></mj-section>""",
        "text": """Hello {{${first_name} | default: 'there'}}
[[ headline ]]

[[ body ]]
[% if picture %]Picture: [[ picture.alt ]][% endif %]
[% if more %][[ more.label ]]: [[ more.url ]][% endif %]
{[[ headline ]]}%[[ headline ]]{ Yours, [[ profile.manager ]]
""",
    }
)

NOTE = ModuleSpec.model_validate(
    {
        "slug": "note",
        "name": "Note",
        "fields": [
            {"key": "title", "type": "text", "label": "Title", "required": True, "max_length": 40},
            {"key": "price", "type": "text", "label": "Price", "max_length": 10, "default": "£3"},
        ],
        "mjml": "<mj-section><mj-column><mj-text>[[ title ]][% if price %] for [[ price ]][% endif %]</mj-text>"
        "</mj-column></mj-section>",
        "text": "* [[ title ]][% if price %] ([[ price ]])[% endif %]\n",
    }
)


def template(**changes: Any) -> TemplateSpec:
    """Subject, a story, one to three notes, and an optional story; the last story's headline is locked."""
    every = [{"field": key} for key in ("headline", "body", "picture", "more", "tone", "ruled")]
    spec = {
        "name": "Letter",
        "envelope": {
            "values": {"subject": "A warm cup", "preheader": "This month"},
            "open": [{"field": "subject", "max_length": 60}, {"field": "preheader"}],
        },
        "placements": [
            {"key": "hero", "module": "story", "title": "Opening", "open": every},
            {
                "key": "notes",
                "module": "note",
                "repeat": {"min": 1, "max": 3},
                "values": {"title": "Latte"},
                "open": [{"field": "title", "max_length": 30}],
            },
            {
                "key": "extra",
                "module": "story",
                "optional": True,
                "values": {"headline": "Locked words"},
                "open": [{"field": "body"}],
            },
        ],
        "modules": {"story": STORY, "note": NOTE},
    }
    return TemplateSpec.model_validate({**spec, **changes})


def context(**profile: Any) -> RenderContext:
    return RenderContext(
        theme=Theme(
            primary="#0b5563",
            on_primary="#ffffff",
            accent="#ffb27a",
            on_accent="#1f2a2e",
            background="#f6efe7",
            surface="#ffffff",
            text="#1f2a2e",
            muted="#56646a",
            line="#e2d8cc",
            link="#0b5563",
            heading_font="Georgia, serif",
            body_font="Arial, sans-serif",
        ),
        identity=Identity(
            legal_name="Bluebird Coffee Ltd",
            street="1 Mill Lane",
            city="Leeds",
            postcode="LS1 1AA",
            country="GB",
            country_name="United Kingdom",
            privacy_url="https://example.org/privacy",
        ),
        profile=Profile(
            **{
                "name": "Bluebird Leeds",
                "sender_name": "Bluebird Leeds",
                "sender_address": "leeds@example.org",
                "street": "2 High Street",
                "city": "Leeds",
                "postcode": "LS2 2BB",
                "country": "GB",
                "manager": "Ann",
                **profile,
            }
        ),
        images={
            "cup": Image(url="https://img.example.org/cup.jpg", width=1200, height=600, alt="A cup"),
            "bare": Image(url="https://img.example.org/bare.jpg", width=1200, height=600),
        },
    )


def values(**hero: Any) -> dict[str, Any]:
    return {"hero": hero}


#: What people who mean harm have typed elsewhere, and what a careless paste brings along.
NASTY = (
    "{{${email_address}}}",
    "{% connected_content https://evil.example :save x %}",
    "{{ 7 | times: 7 }}",
    "{%- abort_message('x') -%}",
    "{% endraw %}{{1}}",
    "{{{{}}}}%}%}{%{%",
    "{",
    "}",
    "%",
    "{%",
    "%}",
    "[[ 7*7 ]]",
    "[% for i in range(9) %]x[% endfor %]",
    "[# gone #]",
    "[[ theme.clear() ]]",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</td></table><h1>owned",
    "</mj-text><mj-raw><b>x</b></mj-raw>",
    "<mj-include path='/etc/passwd' />",
    '" onmouseover="alert(1)',
    "' style='position:fixed",
    "<svg/onload=alert(1)>",
    "<!--[if mso]><x><![endif]-->",
    "<![CDATA[x]]>",
    "]]>",
    "&lt;b&gt; &#123;&#123;x&#125;&#125; &amp;#123;",
    "&#x7b;&#x7b;9&#x7d;&#x7d;",
    "{<b></b>{9}}",
    "{\x00{9}\x00}",
    "{\u202e{9}}",
    "{<!-- -->{9}}",
    "\ue000\ue001\ue002\ue003\ue004\ue005\ue006",
    "&#57344; \\u{e000} \\n \\",
    "\u202egnp.exe\u202c \u2066x",
    "\u2060\u200b\ufeff\u00ad",
    "\ud800 \ufffe \uffff \x00\x01\x1b[31m",
    "Line\r\nBcc: all@example.org",
    "café 日本語 हिन्दी 👩‍👩‍👧 ☕️ e\u0301",
    "javascript:alert(1)",
    "=HYPERLINK(1)",
    'Tom & Jerry\'s "best" <3 50% off',
    "a" * 30_000,
    "<b>" * 3_000,
    " ",
    "",
)

texts = st.sampled_from(NASTY) | st.text(max_size=40) | st.text("{}%[]<>&\"'#;x \\\u2060", max_size=20)
links = st.sampled_from(
    (
        "https://example.org/a?b=1&c={{2}}",
        "https://good.example@evil.example/",
        "javascript:alert(1)",
        "https://example.org/'\"()<>{%x%}",
        "mailto:a@example.org?subject={{x}}",
        "tel:+44 20 7946 0000",
        "//evil.example",
        "cup",
        "",
    )
)
rich_texts = st.lists(
    texts
    | st.sampled_from(
        ("<b>", "</b>", "<p>", "<ul><li>", "<a href='https://x.example/{{1}}'>", "<br>", "</a>")
    ),
    max_size=6,
).map("".join)


@st.composite
def any_values(draw: st.DrawFn) -> dict[str, Any]:
    """Values of the right shape with whatever in them."""
    return {
        "envelope": {"subject": draw(texts), "preheader": draw(texts)},
        "hero": {
            "headline": draw(texts),
            "body": draw(rich_texts),
            "picture": {"src": draw(links), "alt": draw(texts)},
            "more": {"label": draw(texts), "url": draw(links)},
        },
        "notes": [{"title": draw(texts)} for _ in range(draw(st.integers(1, 3)))],
        "extra": {"body": draw(rich_texts)},
    }


def without_fields(html: str) -> str:
    """The marked mail with what stands in its fields cut out."""
    return re.sub("\ue000[^\ue000\ue001]*\ue001", "\ue000\ue001", html)


class Structure(HTMLParser):
    """Tags and attribute names of a document, in order, and what a reader sees."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.texts: list[str] = []
        self.links: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
