"""How a size went over some days, as a number and as a line to draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: The drawing's own units; the page stretches it to its place.
WIDTH, HEIGHT, MARGIN = 120, 32, 3


@dataclass(frozen=True)
class Trend:
    """`points` are for an SVG polyline on a ground of WIDTH by HEIGHT."""

    first: int
    last: int
    days: int
    points: str

    @property
    def change(self) -> int:
        return self.last - self.first

    @property
    def direction(self) -> str:
        return "up" if self.change > 0 else "down" if self.change < 0 else "even"


def trend_of(series: Sequence[Sequence[object]]) -> Trend | None:
    """None for fewer than two days: a point is no trend."""
    sizes = [size for _day, size in series if isinstance(size, int)]
    if len(sizes) < 2:  # noqa: PLR2004 - a line has two ends
        return None
    return Trend(sizes[0], sizes[-1], len(sizes), _points(sizes))


def _points(sizes: list[int]) -> str:
    """Lowest at the bottom, highest at the top; a size that never changes runs through the middle."""
    low, span = min(sizes), max(sizes) - min(sizes)
    step = (WIDTH - 2 * MARGIN) / (len(sizes) - 1)
    room = HEIGHT - 2 * MARGIN
    heights = [(size - low) / span if span else 0.5 for size in sizes]
    return " ".join(
        f"{MARGIN + number * step:.1f},{HEIGHT - MARGIN - height * room:.1f}"
        for number, height in enumerate(heights)
    )
