"""What a brand admin has made of the starter library: tags, shelves, house rules, a second legal person, a draft."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from branding.models import LegalIdentity
from groups.models import Group, GroupTag, Tag
from library.models import Folder, Image, MailRules, Restriction, Template, TemplateVersion
from smartersends.seed.brands import DemoBrand

_TAGS = {
    "bluebird": (("Open late", 4), ("Roasts its own", 11), ("Pilot", 17)),
    "brightwater": (("Has a boat", 5), ("School partners", 7)),
}
_SHELVES = {
    "bluebird": {
        "On the menu": (
            "cinnamon-buns",
            "cold-brew",
            "maple-latte",
            "autumn-latte",
            "latte-art",
            "coffee-bag",
        ),
        "Our places": ("counter", "storefront", "long-table", "noticeboard", "evening-music"),
    },
    "brightwater": {
        "Wildlife": ("dragonfly", "heron", "kingfisher", "otter", "trout"),
        "Days out": ("canoe", "planting", "volunteers", "water-sample"),
    },
}
#: A picture whose licence ends soon.
_LICENSED = {"bluebird": "evening-music", "brightwater": "kingfisher"}
_WORDS = (
    ("guaranteed", False, "warn", "we do our best", "Nobody can promise it."),
    (r"\b(?:\d{4}[ -]?){3}\d{4}\b", True, "block", "", "Never write card numbers into a mail."),
)
_GERMAN = {
    "bluebird": {
        "legal_name": "Bluebird Coffee GmbH", "street": "Am Hafen 3", "city": "Hamburg", "postcode": "20457", "country": "DE",
        "website": "https://www.bluebirdcoffee.example/de", "privacy_url": "https://www.bluebirdcoffee.example/de/datenschutz",
        "company_line": "Amtsgericht Hamburg, HRB 000000. Geschäftsführung: M. Keller. USt-IdNr. DE000000000.",
        "countries": ["AT", "CH", "DE"],
    },
}  # fmt: skip


def install(demo: DemoBrand) -> bool:
    """All of it, unless the brand has tags already."""
    if Tag.objects.exists():
        return False
    _tags(demo)
    _shelves(demo)
    _rules()
    if demo.slug in _GERMAN and not LegalIdentity.objects.exclude(countries=[]).exists():
        LegalIdentity.objects.create(**_GERMAN[demo.slug])
    _draft()
    return True


def _tags(demo: DemoBrand) -> None:
    groups = list(Group.objects.locations().order_by("code"))
    for name, every in _TAGS[demo.slug]:
        tag = Tag.objects.create(slug=name.lower().replace(" ", "-"), name=name)
        GroupTag.objects.bulk_create(GroupTag(tag=tag, group=group) for group in groups[::every])


def _shelves(demo: DemoBrand) -> None:
    for name, slugs in _SHELVES[demo.slug].items():
        folder, _new = Folder.objects.get_or_create(group=None, name=name)
        Image.objects.filter(slug__in=slugs).update(folder=folder)
    ends = timezone.localdate() + timedelta(days=18)
    Image.objects.filter(slug=_LICENSED[demo.slug]).update(
        licensed_until=ends, licence_note="Licensed for one season; ask the agency to renew."
    )


def _rules() -> None:
    MailRules.objects.get_or_create()
    for pattern, is_regex, severity, alternative, reason in _WORDS:
        said: dict[str, Any] = {"severity": severity, "alternative": alternative, "reason": reason}
        Restriction.objects.get_or_create(pattern=pattern, is_regex=is_regex, defaults=said)


def _draft() -> None:
    """Somebody is at work on the next version of a template that campaigns stand on."""
    template = Template.objects.usable().order_by("slug").last()
    current = template.current if template else None
    if template is None or current is None or template.versions.filter(state="draft").exists():
        return
    envelope = current.spec["envelope"]
    values = {**envelope["values"], "preheader": "A new line below the subject, for the next version."}
    TemplateVersion.objects.create(
        template=template, number=current.number + 1, based_on=current, created_by=User.objects.filter(memberships__group__parent=None).first(),
        spec={**current.spec, "envelope": {**envelope, "values": values}}, note="Says more in the preview text.",
    )  # fmt: skip
