"""What a mail knows besides its values: from brand, group and gallery to the engine's context."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from branding.models import LegalIdentity, Theme
from branding.urls import base_url
from groups import profile
from groups.models import Group
from library import countries, engine
from library.engine.written import locale_for
from library.models import Image

LOOK = ("heading_font", "body_font", "radius", "logo_alt", "logo_width")


def context_for(
    group: Group, spec: engine.TemplateSpec | None = None, values: engine.Values | None = None
) -> engine.RenderContext:
    """Three queries and the chain of nodes above the group. With a template, only the pictures its mail needs."""
    needed = None if spec is None else engine.image_slugs(spec, values or {})
    own = profile_of(group)
    return engine.RenderContext(
        theme=theme_of(Theme.objects.select_related("brand").first() or Theme()),
        identity=_identity(own),
        profile=own,
        images=gallery(needed, group),
    )


def gallery(slugs: Iterable[str] | None = None, group: Group | None = None) -> dict[str, engine.Image]:
    """Pictures by slug: these or all, and for a group only the brand's and its own. One query, none for no slugs."""
    wanted = None if slugs is None else set(slugs)
    if wanted is not None and not wanted:
        return {}
    rows = Image.objects.select_related("brand")
    if wanted is not None:
        rows = rows.filter(slug__in=wanted)
    if group is not None:
        rows = rows.filter(Q(group=None) | Q(group=group))
    return {image.slug: _picture(image) for image in rows}


def _picture(image: Image) -> engine.Image:
    return engine.Image(
        url=base_url(image.brand) + image.file.url,
        width=image.width,
        height=image.height,
        alt=image.alt,
        decorative=image.decorative,
    )


def profile_of(group: Group) -> engine.Profile:
    own = profile.values(group)
    language = own["language"] or "en"
    return engine.Profile(
        name=group.name,
        code=group.code,
        sender_name=own["sender_name"] or group.name,
        sender_address=own["sender_address"],
        reply_to=own["reply_to"],
        street=own["street"],
        city=own["city"],
        region=own["region"],
        postcode=own["postcode"],
        country=own["country"].upper(),
        country_name=countries.name(own["country"], language),
        phone=own["phone"],
        phone_href=_telephone(own["phone"]),
        website=own["website"],
        map_url=own["map_url"],
        opening_hours=tuple(line.strip() for line in own["opening_hours"].splitlines() if line.strip()),
        manager=own["manager"],
        language=language,
        direction="rtl" if locale_for(language).text_direction == "rtl" else "ltr",
    )


def _telephone(phone: str) -> str:
    digits = "".join(char for char in phone if char.isdigit())
    return f"tel:{'+' if phone.strip().startswith('+') else ''}{digits}" if digits else ""


def theme_of(theme: Theme) -> engine.Theme:
    """Of the brand's row, or of one that is only being tried."""
    return engine.Theme(
        **{name: getattr(theme, name) for name in (*Theme.COLOURS, *Theme.DARK_COLOURS, *LOOK)},
        logo_url=base_url(theme.brand) + theme.logo.url if theme.logo else "",
        logo_dark_url=base_url(theme.brand) + theme.logo_dark.url if theme.logo_dark else "",
    )


def _identity(own: engine.Profile) -> engine.Identity:
    """The legal person for the group's country, else the one that stands where no other does."""
    rows = {code: row for row in LegalIdentity.objects.all() for code in row.countries or [""]}
    found = rows.get(own.country) or rows.get("")
    if found is None:
        return engine.Identity(legal_name="")
    return identity_of(found, own.language)


def identity_of(row: LegalIdentity, language: str) -> engine.Identity:
    """As mails in this language name it."""
    fields = ("legal_name", "street", "city", "region", "postcode", "website", "privacy_url", "company_line")
    return engine.Identity(
        **{name: getattr(row, name) for name in fields},
        country=row.country.upper(),
        country_name=countries.name(row.country, language),
    )
