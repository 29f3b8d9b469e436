from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TypedDict

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import demo
from accounts.models import User
from accounts.permissions import BUILT_IN_ROLES
from branding.models import Brand
from branding.scope import brand_scope
from branding.urls import base_url
from smartersends.seed.brands import BRANDS
from smartersends.seed.people import OPS_EMAIL, PASSWORD, people_of


class Link(TypedDict):
    """One way in."""

    brand: str
    role: str
    name: str
    email: str
    tip: str
    url: str


class Command(BaseCommand):
    help = "Prints a log-in link for each person of the demo."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print JSON for programs")

    def handle(self, *_args: Any, **options: Any) -> None:
        if settings.HTTPS or not settings.DEMO:
            raise CommandError(
                "Log-in links exist only in the demo: set DEMO=yes, and never together with HTTPS."
            )
        links = [link for brand in BRANDS for link in _of_brand(brand.slug)]
        ops = {
            "url": f"http://localhost:{settings.PUBLIC_PORT}/admin/",
            "email": OPS_EMAIL,
            "password": PASSWORD,
        }
        if options["json"]:
            self.stdout.write(json.dumps({"people": links, "password": PASSWORD, "ops": ops}, indent=2))
            return
        for line in _lines(links):
            self.stdout.write(line)
        self.stdout.write(f"\nOps (Django admin)\n  {ops['url']}\n  {ops['email']}, password {PASSWORD}")
        self.stdout.write(f"\nEverybody can also sign in with e-mail address and the password {PASSWORD}")


def _of_brand(slug: str) -> Iterator[Link]:
    roles = {key: name for key, name, _permissions in BUILT_IN_ROLES}
    brand = Brand.objects.filter(slug=slug).first()
    if brand is None:
        return
    with brand_scope(brand.pk):
        users = {user.email: user for user in User.objects.filter(is_active=True)}
    for person in people_of(slug):
        if user := users.get(person.email):
            url = base_url(brand) + demo.link(user)
            yield Link(
                brand=brand.name,
                role=roles[person.role],
                name=user.name,
                email=user.email,
                tip=person.tip,
                url=url,
            )


def _lines(links: list[Link]) -> Iterator[str]:
    role, name = (max((len(link[key]) for link in links), default=0) for key in ("role", "name"))
    brand = ""
    for link in links:
        if link["brand"] != brand:
            brand = link["brand"]
            yield f"\n{brand}"
        yield f"  {link['role']:{role}}  {link['name']:{name}}  {link['tip']}"
        yield f"  {'':{role}}  {link['url']}"
