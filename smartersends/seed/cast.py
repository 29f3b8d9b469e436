"""Who writes and who approves in which group, going by roles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from accounts.models import User
from accounts.permissions import Permission
from groups.models import Group, Membership

#: How often the one nearest does it, rather than the next.
_BY_THE_NEAREST = 0.8


@dataclass(frozen=True)
class Holding:
    """A person's membership: the node's path and the permissions held from there down."""

    group: Group
    person: User
    held: frozenset[str]

    @property
    def composes(self) -> bool:
        """Writes, but needs an approval."""
        return Permission.CREATE_CAMPAIGNS in self.held and Permission.SEND_WITHOUT_APPROVAL not in self.held


@dataclass(frozen=True)
class Cast:
    holdings: Sequence[Holding]

    @classmethod
    def read(cls) -> Cast:
        rows = Membership.objects.select_related("person", "group", "role").order_by("pk")
        return cls([Holding(row.group, row.person, frozenset(row.role.permissions)) for row in rows])

    def homes(self, *, of_composers: bool = False) -> list[Group]:
        """The locations people belong to, in the order of joining."""
        found = [each for each in self.holdings if each.group.kind == Group.Kind.LOCATION]
        return list(
            {each.group.pk: each.group for each in found if each.composes or not of_composers}.values()
        )

    def sender(self, group: Group, dice: Random) -> User:
        """Somebody who sends without asking."""
        people = self._holding(Permission.SEND_WITHOUT_APPROVAL, group)
        return people[0] if len(people) == 1 or dice.random() < _BY_THE_NEAREST else people[1]

    def composer(self, group: Group) -> User:
        """Somebody who has to hand in, if the group has such people."""
        free = self._holding(Permission.SEND_WITHOUT_APPROVAL, group)
        writers = self._holding(Permission.CREATE_CAMPAIGNS, group)
        return next((writer for writer in writers if writer not in free), writers[0])

    def approver(self, group: Group, author: User) -> User:
        return next(user for user in self._holding(Permission.APPROVE, group) if user != author)

    def _holding(self, permission: str, group: Group) -> list[User]:
        """Nearest first: people of the group before those above, and who may little before who may everything."""
        found = [
            each
            for each in self.holdings
            if permission in each.held and group.path.startswith(each.group.path)
        ]
        found.sort(key=lambda each: (-len(each.group.path), len(each.held), each.person.pk))
        return [each.person for each in found]
