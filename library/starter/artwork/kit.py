"""A drawing kit: SVG as strings, shapes in the order they are painted."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence

WIDTH, HEIGHT = 1200, 800

Point = tuple[float, float]
Attribute = str | float


def tag(name: str, content: str = "", /, **attributes: Attribute) -> str:
    """One element; ``stroke_width=2`` becomes ``stroke-width="2"``."""
    written = "".join(f' {key.replace("_", "-")}="{_short(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def _short(value: Attribute) -> str:
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")


def path(d: str, fill: str = "none", /, **attributes: Attribute) -> str:
    return tag("path", d=d, fill=fill, **attributes)


def stroke(d: str, colour: str, width: float, /, **attributes: Attribute) -> str:
    """A line with round ends."""
    return path(
        d, stroke=colour, stroke_width=width, stroke_linecap="round", stroke_linejoin="round", **attributes
    )


def circle(x: float, y: float, r: float, fill: str, /, **attributes: Attribute) -> str:
    return tag("circle", cx=x, cy=y, r=r, fill=fill, **attributes)


def ellipse(x: float, y: float, rx: float, ry: float, fill: str, /, **attributes: Attribute) -> str:
    return tag("ellipse", cx=x, cy=y, rx=rx, ry=ry, fill=fill, **attributes)


def rect(
    x: float, y: float, w: float, h: float, fill: str, /, rx: Attribute = 0, **attributes: Attribute
) -> str:
    return tag("rect", x=x, y=y, width=w, height=h, rx=rx, fill=fill, **attributes)


def at(x: float, y: float, content: str, turn: float = 0, size: float = 1, flip: bool = False) -> str:
    """The same drawing elsewhere: moved, turned clockwise by degrees, scaled, mirrored."""
    across = -size if flip else size
    place = f"translate({x:.1f} {y:.1f}) rotate({turn:.1f}) scale({across:.3f} {size:.3f})"
    return tag("g", content, transform=place)


def faded(content: str, opacity: float) -> str:
    return tag("g", content, opacity=f"{opacity:.2f}")


def inside(name: str, shape: str, content: str) -> str:
    """Only what of ``content`` lies inside ``shape``; ``name`` is unique in the picture."""
    return tag("clipPath", shape, id=name) + tag("g", content, clip_path=f"url(#{name})")


def fade_down(name: str, *stops: str) -> str:
    """A vertical gradient to fill with ``url(#name)``."""
    step = 1 / (len(stops) - 1)
    marks = "".join(
        tag("stop", offset=f"{index * step:.2f}", stop_color=stop) for index, stop in enumerate(stops)
    )
    return tag("linearGradient", marks, id=name, x1="0", y1="0", x2="0", y2="1")


def smooth(points: Sequence[Point]) -> str:
    """A soft curve through all points (Catmull-Rom written as Béziers)."""
    padded = [points[0], *points, points[-1]]
    parts = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for before, start, end, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        parts.append(
            f"C{start[0] + (end[0] - before[0]) / 6:.1f} {start[1] + (end[1] - before[1]) / 6:.1f} "
            f"{end[0] - (after[0] - start[0]) / 6:.1f} {end[1] - (after[1] - start[1]) / 6:.1f} "
            f"{end[0]:.1f} {end[1]:.1f}"
        )
    return "".join(parts)


def ridge(seed: int, y: float, rise: float, fill: str, step: float = 150, **attributes: Attribute) -> str:
    """A line of hills over the whole width, filled down to the ground."""
    dice = random.Random(seed)  # noqa: S311 - where a reed stands is no secret
    points: list[Point] = [(-50, y)]
    while points[-1][0] < WIDTH + 60:
        points.append((points[-1][0] + step * dice.uniform(0.7, 1.3), y + rise * dice.uniform(-1, 1)))
    return path(f"{smooth(points)}L{points[-1][0]:.0f} {HEIGHT}L-50 {HEIGHT}Z", fill, **attributes)


def scatter(
    seed: int, count: int, box: tuple[float, float, float, float]
) -> Iterable[tuple[float, float, float]]:
    """Places spread over a box (x, y, w, h), each with a number in 0..1 to vary what is drawn there."""
    dice = random.Random(seed)  # noqa: S311 - where a reed stands is no secret
    x, y, w, h = box
    return [(x + w * dice.random(), y + h * dice.random(), dice.random()) for _ in range(count)]


def ripples(
    seed: int, count: int, box: tuple[float, float, float, float], colour: str, width: float = 4
) -> str:
    """Short level strokes: light on water."""
    return "".join(
        stroke(
            f"M{x:.0f} {y:.0f}h{30 + 90 * chance:.0f}", colour, width, opacity=f"{0.35 + 0.6 * chance:.2f}"
        )
        for x, y, chance in scatter(seed, count, box)
    )


def polar(x: float, y: float, radius: float, degrees: float) -> Point:
    angle = math.radians(degrees)
    return x + radius * math.cos(angle), y + radius * math.sin(angle)


def picture(*layers: str, width: int = WIDTH, height: int = HEIGHT) -> str:
    """The whole SVG document."""
    return tag(
        "svg",
        "\n".join(layers) + "\n",
        xmlns="http://www.w3.org/2000/svg",
        width=str(width),
        height=str(height),
        viewBox=f"0 0 {width} {height}",
    )
