"""What is cut out of a picture, in shares of its width and height."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _

from library.errors import LibraryError

#: Two shapes that differ by less look the same.
_SAME = 0.01
_DIGITS = 5


@dataclass(frozen=True)
class Box:
    """All four between 0 and 1."""

    x: float
    y: float
    width: float
    height: float

    def as_json(self) -> dict[str, float]:
        return {name: round(value, _DIGITS) for name, value in asdict(self).items()}

    @property
    def percent(self) -> dict[str, float]:
        """As people type it."""
        return {name: round(value * 100, 1) for name, value in asdict(self).items()}

    def pixels(self, size: tuple[int, int]) -> tuple[int, int, int, int]:
        """Left, top, right, bottom, inside the picture and never empty."""
        across, down = size
        left, top = min(round(self.x * across), across - 1), min(round(self.y * down), down - 1)
        right = max(left + 1, min(across, round((self.x + self.width) * across)))
        bottom = max(top + 1, min(down, round((self.y + self.height) * down)))
        return left, top, right, bottom


WHOLE = Box(0, 0, 1, 1)


def proportion(ratio: str) -> float:
    """Width for each unit of height, of “3:2”."""
    across, _colon, down = ratio.partition(":")
    return int(across) / int(down)


def has_ratio(width: int, height: int, ratio: str) -> bool:
    return abs(width / height / proportion(ratio) - 1) < _SAME


def around(focus: tuple[float, float], size: tuple[int, int], ratio: str) -> Box:
    """The largest box of this ratio, with the focus as near to its middle as the picture allows."""
    relative = proportion(ratio) * size[1] / size[0]
    width, height = min(1.0, relative), min(1.0, 1 / relative)
    return Box(_placed(focus[0], width), _placed(focus[1], height), width, height)


def _placed(focus: float, length: float) -> float:
    return min(max(focus - length / 2, 0.0), 1.0 - length)


def typed(values: Mapping[str, str], size: tuple[int, int], ratio: str = "") -> Box:
    """A box from what a form says in percent: x, y, width_share, and height where no ratio gives it.

    Raises LibraryError.
    """
    x, y, width = (_share(values.get(name, "")) for name in ("x", "y", "width_share"))
    height = width * size[0] / size[1] / proportion(ratio) if ratio else _share(values.get("height", ""))
    if width <= 0 or height <= 0 or height > 1 + _SAME:
        raise LibraryError(_("That cuts out nothing, or more than there is. Make the part smaller."))
    width, height = min(width, 1.0), min(height, 1.0)
    return Box(min(x, 1 - width), min(y, 1 - height), width, height)


def _share(text: str) -> float:
    try:
        value = float(text.replace(",", ".")) / 100
    except ValueError:
        raise LibraryError(_("Say the part to cut out in percent, with numbers from 0 to 100.")) from None
    if not 0 <= value <= 1:  # also false for what is no number
        raise LibraryError(_("Say the part to cut out in percent, with numbers from 0 to 100."))
    return value
