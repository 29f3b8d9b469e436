"""What a newer version of a template left for a person to decide, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from campaigns import three_way
from campaigns.models import Campaign

#: Where the person's own stands in the mail until they decide. In all other cases the template's does.
KEPT = frozenset({three_way.BOTH, three_way.LIMIT, three_way.ITEMS, three_way.HIDDEN})


@dataclass(frozen=True)
class OpenPoint:
    """One entry of Campaign.open_points. `mine` and `theirs` are values as stored."""

    path: str
    reason: str
    label: str
    mine: Any
    theirs: Any

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> OpenPoint:
        return cls(*(stored.get(name, "") for name in ("path", "reason", "label", "mine", "theirs")))

    @property
    def place(self) -> str:
        """The part of the mail it is about: the composer's step."""
        return self.path.split(".")[0]

    @property
    def keeps_mine(self) -> bool:
        """Whether the person's own stands in the mail, and may go on standing there."""
        return self.reason in KEPT

    @property
    def words(self) -> str:
        return {
            three_way.BOTH: _("Your brand has changed this, and so had you. Yours stands there for now."),
            three_way.LOCKED: _("Your brand has fixed this now. What you had written is kept here to read."),
            three_way.GONE: _(
                "Your brand has taken this out of the template. What you had written is kept here."
            ),
            three_way.TYPE: _(
                "Your brand asks for something else here now. What you had written is kept here."
            ),
            three_way.OPTION: _(
                "What you had chosen is no longer offered. Choose again, or leave the template's."
            ),
            three_way.LIMIT: _(
                "What you wrote no longer fits what your brand allows here. Shorten or change it."
            ),
            three_way.ITEMS: _("Your brand has changed which parts stand here. Yours stand there for now."),
            three_way.HIDDEN: _("Your brand leaves this part out now. It is shown, because you wrote in it."),
        }[self.reason]


def open_points(campaign: Campaign) -> tuple[OpenPoint, ...]:
    """In the order of the mail; empty when nothing waits for a decision."""
    return tuple(OpenPoint.read(each) for each in campaign.open_points)
