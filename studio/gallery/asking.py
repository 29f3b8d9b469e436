"""What a field wants of a picture, as the chooser is asked for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import QuerySet

from groups.http import PortalRequest, number
from groups.models import Group
from library.gallery import boxes, shelves
from library.gallery.limits import DENSITY, SHOWN_WIDTH
from library.gallery.standing import Standing, standing_as
from library.models import Image
from studio.gallery.doors import group_asked

_RATIO = re.compile(r"[1-9][0-9]{0,3}:[1-9][0-9]{0,3}")
_NARROWEST, _WIDEST = 16, 1_200


@dataclass(frozen=True)
class Wanted:
    """For whom (None: the brand's templates), in which ratio (empty: any), how many CSS pixels wide it is shown."""

    group: Group | None
    ratio: str
    width: int

    @classmethod
    def of(cls, request: PortalRequest) -> Wanted:
        said = request.POST if request.method == "POST" else request.GET
        ratio, width = said.get("ratio", ""), number(said.get("width")) or SHOWN_WIDTH
        return cls(
            group_asked(request),
            ratio if _RATIO.fullmatch(ratio) else "",
            min(max(width, _NARROWEST), _WIDEST),
        )

    @property
    def query(self) -> str:
        return urlencode(self.values)

    @property
    def values(self) -> dict[str, str]:
        return {
            "group": str(self.group.pk) if self.group else "",
            "ratio": self.ratio,
            "width": str(self.width),
        }

    def offered(self) -> QuerySet[Image]:
        """Whole pictures of the brand and the group that are neither recalled nor out of licence."""
        rows: QuerySet[Image] = Image.objects.filter(
            shelves.on_shelves_of(self.group),
            ~standing_as(Standing.RECALLED) & ~standing_as(Standing.ENDED),
            cut_from=None,
        )
        return rows.select_related("group", "folder", "brand")

    def fits(self, image: Image) -> bool:
        return not self.ratio or boxes.has_ratio(image.width, image.height, self.ratio)

    def is_soft(self, width: int) -> bool:
        """Whether a picture of so many pixels looks soft on a phone's screen."""
        return width < self.width * DENSITY
