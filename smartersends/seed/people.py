"""People in every role, and ops."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from accounts.models import User
from branding.scope import across_brands
from groups.importing.regions import country_code
from groups.models import Group, Membership
from smartersends.founding import enrol, install_roles
from smartersends.seed import profiles, stable
from smartersends.seed.brands import DemoBrand

#: For everybody in the demo; seed_demo refuses to make such people where the portal is reached over TLS.
PASSWORD = "otters-like-espresso"  # noqa: S105 - printed by demo_links, and good for the demo only
OPS_EMAIL = "admin@smartersends.example"


@dataclass(frozen=True)
class Person:
    """Somebody of people.toml; `tip` says what to try as them."""

    name: str
    email: str
    role: str
    at: tuple[str, ...]
    tip: str


def people_of(brand_slug: str) -> list[Person]:
    rows = stable.data("people.toml")[brand_slug]
    return [Person(row["name"], row["email"], row["role"], tuple(row["at"]), row["try"]) for row in rows]


def install(demo: DemoBrand) -> int:
    """Roles, people and memberships, unless the brand has people already. Returns how many were made."""
    roles = install_roles()
    if User.objects.exists():
        return 0
    people, password = people_of(demo.slug), make_password(PASSWORD)
    locations = _largest_first(demo)
    for number, person in enumerate(people):
        user = enrol(person.email, person.name, password=password)
        nodes = {_node(place, locations, number * 5 + turn) for turn, place in enumerate(person.at)}
        for node in sorted(nodes, key=lambda group: group.pk):
            Membership.objects.create(person=user, group=node, role=roles[person.role])
    return len(people)


def _largest_first(demo: DemoBrand) -> list[Group]:
    """People of the demo work where there is something to see."""
    groups = list(Group.objects.locations().order_by("code"))
    sizes = profiles.counts(demo, tuple(group.code for group in groups))
    return sorted(groups, key=lambda group: -sizes.get(group.code, 0))


def _node(place: str, locations: list[Group], otherwise: int) -> Group:
    """The named node; in a network without it another location, of its own for each person."""
    kind, _, rest = place.partition(":")
    root: Group = Group.objects.get(parent__isnull=True)
    if kind != "city":
        return Group.objects.filter(code=country_code(rest)).first() or root
    city, _, number = rest.partition(":")
    found = [group for group in locations if group.city == city]
    index = int(number or 0)
    return found[index] if index < len(found) else locations[otherwise % len(locations)]


def install_ops() -> bool:
    """The one account of ops, outside every brand."""
    with across_brands("seed ops"):
        if User.objects.filter(brand__isnull=True).exists():
            return False
    User.objects.create_superuser(OPS_EMAIL, PASSWORD, name="Ops")
    return True
