"""The two brands of the demo."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from branding.models import Brand
from library.starter import catalogue
from smartersends.founding import open_brand


@dataclass(frozen=True)
class DemoBrand:
    """What a brand has beside its starter library. `column` is its column of cities.csv."""

    slug: str
    column: str
    noun: str
    fence_attribute: str
    domain: str
    hours: str
    customers: int
    campaigns: int
    is_default: bool = False

    @cached_property
    def name(self) -> str:
        return catalogue.brands()[self.slug].name

    @property
    def sending_domain(self) -> str:
        return f"mail.{self.domain}"


BRANDS = (
    DemoBrand(
        slug="bluebird",
        column="stores",
        noun="store",
        fence_attribute="store_id",
        domain="bluebirdcoffee.example",
        hours="Mon–Fri 7:00–18:30\nSat 8:00–18:00\nSun 9:00–17:00",
        customers=17_000,
        campaigns=250,
        is_default=True,
    ),
    DemoBrand(
        slug="brightwater",
        column="chapters",
        noun="chapter",
        fence_attribute="chapter_id",
        domain="brightwatertrust.example",
        hours="Tue and Thu 10:00–16:00\nFirst Saturday of the month 9:30–12:30",
        customers=3_000,
        campaigns=60,
    ),
)


def ensure(demo: DemoBrand) -> Brand:
    """The brand and its host. Another default brand, set by hand, stays the default."""
    default = demo.is_default and not Brand.objects.filter(is_default=True).exists()
    brand = Brand.objects.filter(slug=demo.slug).first()
    return brand or open_brand(demo.slug, demo.name, f"{demo.slug}.localhost", is_default=default)
