"""What one person may see and do, read once a request."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from accounts.models import User
from accounts.permissions import BRAND_WIDE, Permission
from groups.models import Group, Membership


@dataclass(frozen=True)
class Access:
    """Pairs of a node's path and the permissions held from there down."""

    grants: tuple[tuple[str, frozenset[str]], ...]

    def within(self, field: str, permission: Permission | None = None) -> Q:
        """A filter on a path column: only rows of groups seen, or of groups where `permission` is held."""
        rows = Q(pk__in=[])  # nothing granted, nothing seen
        for path, permissions in self.grants:
            if permission is None or permission in permissions:
                rows |= Q(**{f"{field}__startswith": path})
        return rows

    def can(self, permission: Permission, group: Group) -> bool:
        return any(group.path.startswith(path) and permission in held for path, held in self.grants)

    def can_somewhere(self, permission: Permission) -> bool:
        """Held at some node; what concerns the whole brand, at its top."""
        grants = self.grants if permission not in BRAND_WIDE else self._at_the_top()
        return any(permission in held for _path, held in grants)

    def _at_the_top(self) -> tuple[tuple[str, frozenset[str]], ...]:
        return tuple((path, held) for path, held in self.grants if path.count(".") == 1)


def access_of(person: User) -> Access:
    """Cached on the person object, which lives as long as its request."""
    known: Access | None = getattr(person, "_access", None)
    if known is None:
        rows = Membership.objects.filter(person_id=person.pk).values_list("group__path", "role__permissions")
        known = Access(tuple((path, frozenset(held)) for path, held in rows if person.is_active))
        person._access = known  # type: ignore[attr-defined]
    return known
