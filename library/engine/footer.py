"""The part of every mail that nobody types: who writes, from where, why, and how to make it stop.

CAN-SPAM (16 CFR 316) wants a valid postal address and a working opt-out in every mail; the address of the group and of
the brand both stand here, so that the designated sender is always among them.
"""

from __future__ import annotations

from library.engine.context import Identity, Profile, RenderContext, Theme
from library.engine.inert import html_text, part_pairs
from library.engine.phrases import phrases

#: Braze turns it into the recipient's own opt-out address ("Supported personalization tags").
UNSUBSCRIBE = "{{${set_user_to_unsubscribed_url}}}"
ONE_CLICK = "{{${set_user_to_one_click_list_unsubscribe}}}"

#: RFC 8058: a mail client can opt out with one POST.
HEADERS = {
    "List-Unsubscribe": f"<{ONE_CLICK}>",
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
}

_POSTCODE_LAST = frozenset({"US", "CA", "AU", "NZ", "IN"})
_CITY_FIRST = frozenset({"GB", "IE"})


def mjml(context: RenderContext) -> str:
    """One section below everything else."""
    theme = context.theme
    small = f'font-size="13px" line-height="20px" color="{theme.muted}" align="center"'
    lines = [f"<mj-text {small}>{html_text(line)}</mj-text>" for line in _lines(context)]
    links = f' <span style="color:{theme.muted}">&#183;</span> '.join(
        f'<a href="{url if url == UNSUBSCRIBE else html_text(url)}" style="{_link_style(theme)}">'
        f"{html_text(label)}</a>"
        for label, url in _links(context)
    )
    return (
        f'<mj-section background-color="{theme.background}" padding="24px 0 40px"><mj-column>'
        f'{"".join(lines)}<mj-text {small} padding="12px 24px 0">{links}</mj-text></mj-column></mj-section>'
    )


def text(context: RenderContext) -> str:
    """The same lines and the same links."""
    links = [f"{label}: {url}" for label, url in _links(context)]
    return "\n".join(["--", *(part_pairs(line) for line in _lines(context)), "", *links])


def address(place: Profile | Identity) -> str:
    """One line as the post of that country writes it."""
    return ", ".join(filter(None, [place.street, city_line(place), place.country_name]))


def city_line(place: Profile | Identity) -> str:
    city = [place.city, place.region, place.postcode]
    if place.country in _POSTCODE_LAST:
        city = [", ".join(filter(None, [place.city, place.region])), place.postcode]
    elif place.country not in _CITY_FIRST:
        city = [place.postcode, place.city]
    return " ".join(filter(None, city))


def _lines(context: RenderContext) -> list[str]:
    profile, identity = context.profile, context.identity
    reason = phrases(profile.language).because.format(group=profile.name, brand=identity.legal_name)
    group = ", ".join(filter(None, [profile.name, address(profile)]))
    brand = ", ".join(filter(None, [identity.legal_name, address(identity)]))
    return [line for line in (reason, group, brand, identity.company_line) if line]


def _links(context: RenderContext) -> list[tuple[str, str]]:
    words, identity = phrases(context.profile.language), context.identity
    links = [
        (words.unsubscribe, UNSUBSCRIBE),
        (words.privacy, identity.privacy_url),
        (words.website, context.profile.website or identity.website),
    ]
    return [(label, url) for label, url in links if url]


def _link_style(theme: Theme) -> str:
    # Padding makes the target 44 px high, which a thumb finds.
    return f"display:inline-block;padding:12px 6px;text-decoration:underline;color:{theme.muted}"
