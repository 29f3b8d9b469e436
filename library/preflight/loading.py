"""Reads everything the checks want to know, once and beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from django.utils import timezone

from branding.models import Theme
from branding.urls import base_url
from groups.models import Group
from library import engine
from library.context import context_for
from library.engine.inert import FIELD_CLOSE, FIELD_OPEN
from library.models import Image, LinkCheck, MailRules, Restriction
from library.preflight import pixels
from library.preflight.following import digest
from library.preflight.rules import subject as rules
from library.preflight.rules.finding import Severity
from library.preflight.rules.law import packs_of
from library.preflight.rules.subject import Subject
from workspace.models import Workspace


def subject_for(
    spec: engine.TemplateSpec,
    values: Mapping[str, Any],
    group: Group,
    send_at: datetime | None = None,
    email: engine.Email | None = None,
    *,
    context: engine.RenderContext | None = None,
    about: Literal["campaign", "template"] = "campaign",
) -> Subject:
    """What `examine` looks at. `email`, if at hand, is rendered with marked=True. RenderError as engine.render."""
    context = context or context_for(group, spec, values)
    email = email or engine.render(spec, values, context, marked=True)
    return Surroundings(group).subject(spec, values, context, email, send_at=send_at, about=about)


class Surroundings:
    """What holds for every mail of a group: read once, used for many renderings."""

    def __init__(self, group: Group) -> None:
        brand = group.brand
        self.group, self.brand_name = group, brand.name if brand else ""
        self.rules = brand_rules()
        self.gallery = base_url(brand) if brand else ""
        workspace = Workspace.objects.first()
        self.sending_domain = workspace.sending_domain if workspace else ""
        self.logo = pixels.logo(Theme.objects.first())

    def subject(
        self,
        spec: engine.TemplateSpec,
        values: Mapping[str, Any],
        context: engine.RenderContext,
        email: engine.Email,
        *,
        send_at: datetime | None = None,
        about: Literal["campaign", "template"] = "campaign",
    ) -> Subject:
        zone = self.group.zone
        found = Subject(
            spec, values, context, unmarked(email), email.html,
            brand=self.rules, brand_name=self.brand_name, sending_domain=self.sending_domain,
            packs=packs_of(context), now=timezone.now().astimezone(zone),
            send_at=send_at.astimezone(zone) if send_at else None,
            pictures=pictures(context), logo=self.logo, gallery=self.gallery, about=about,
        )  # fmt: skip
        return replace(found, links=followed(found.addresses))


def unmarked(email: engine.Email) -> engine.Email:
    """The mail as Braze is given it."""
    return replace(email, html=email.html.replace(FIELD_OPEN, "").replace(FIELD_CLOSE, ""))


def brand_rules() -> rules.BrandRules:
    own = MailRules.objects.first() or MailRules()
    return rules.BrandRules(
        tuple(own.link_domains), tuple(own.image_domains), dict(own.severities),
        tuple(_restriction(row) for row in Restriction.objects.all()),
    )  # fmt: skip


def _restriction(row: Restriction) -> rules.Restriction:
    return rules.Restriction(
        row.pattern, row.is_regex, Severity(row.severity), row.alternative, row.reason, row.needs
    )


def pictures(context: engine.RenderContext) -> dict[str, rules.Picture]:
    """By address, those of the gallery that the context knows."""
    rows = {row.slug: row for row in Image.objects.filter(slug__in=list(context.images))}
    return {
        image.url: _picture(rows[slug]) for slug, image in context.images.items() if slug in rows
    }  # fmt: skip


def _picture(row: Image) -> rules.Picture:
    recalled = (row.recall_reason or row.slug) if row.recalled_at else ""
    return rules.Picture(
        row.slug, row.weight, row.width, row.height, row.licensed_until, recalled, pixels.motion(row)
    )


def followed(addresses: Iterable[str]) -> dict[str, rules.Followed]:
    """What is known of them; those that were never followed are missing."""
    by_digest = {digest(address): address for address in addresses}
    rows = LinkCheck.objects.filter(digest__in=by_digest, checked_at__isnull=False)
    return {
        by_digest[row.digest]: rules.Followed(row.status, row.final_url, row.content_type, row.trouble) for row in rows
    }  # fmt: skip
