"""What a mail knows besides its values: from brand, group and gallery to the engine's context."""

from __future__ import annotations

from django.utils.translation import get_language_info

from branding.models import LegalIdentity, Theme
from branding.urls import base_url
from groups import profile
from groups.models import Group
from library import countries, engine
from library.models import Image

LOOK = ("heading_font", "body_font", "radius", "logo_alt", "logo_width")


def context_for(group: Group) -> engine.RenderContext:
    """Three queries and the chain of nodes above the group."""
    return engine.RenderContext(
        theme=_theme(), identity=_identity(), profile=profile_of(group), images=gallery()
    )


def gallery() -> dict[str, engine.Image]:
    images = list(Image.objects.select_related("brand"))
    base = base_url(images[0].brand) if images else ""
    return {
        image.slug: engine.Image(
            url=base + image.file.url, width=image.width, height=image.height, alt=image.alt
        )
        for image in images
    }


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
        country_name=countries.name(own["country"]),
        phone=own["phone"],
        phone_href=_telephone(own["phone"]),
        website=own["website"],
        map_url=own["map_url"],
        opening_hours=tuple(line.strip() for line in own["opening_hours"].splitlines() if line.strip()),
        manager=own["manager"],
        language=language,
        direction="rtl" if get_language_info(language.split("-")[0])["bidi"] else "ltr",
    )


def _telephone(phone: str) -> str:
    digits = "".join(char for char in phone if char.isdigit())
    return f"tel:{'+' if phone.strip().startswith('+') else ''}{digits}" if digits else ""


def _theme() -> engine.Theme:
    theme = Theme.objects.select_related("brand").first() or Theme()
    return engine.Theme(
        **{name: getattr(theme, name) for name in (*Theme.COLOURS, *LOOK)},
        logo_url=base_url(theme.brand) + theme.logo.url if theme.logo else "",
    )


def _identity() -> engine.Identity:
    found = LegalIdentity.objects.first()
    if found is None:
        return engine.Identity(legal_name="")
    fields = ("legal_name", "street", "city", "region", "postcode", "website", "privacy_url", "company_line")
    return engine.Identity(
        **{name: getattr(found, name) for name in fields},
        country=found.country.upper(),
        country_name=countries.name(found.country),
    )
