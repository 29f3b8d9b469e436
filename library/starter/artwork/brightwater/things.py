"""What grows, flies and stands in several pictures."""

from __future__ import annotations

from ..kit import at, circle, ellipse, path, rect, scatter, stroke
from .palette import FOREST, INK, SAND, SKIN


def reed(height: float, lean: float, fill: str, head: str | None) -> str:
    """One reed growing from the origin, with a bulrush head if ``head`` is given."""
    stem = stroke(
        f"M0 0C{lean * 0.1:.0f} -{height * 0.4:.0f} {lean * 0.4:.0f} -{height * 0.75:.0f} {lean:.0f} -{height:.0f}",
        fill,
        6,
    )
    blade = path(
        f"M-5 0C-{12 + lean / 3:.0f} -{height * 0.4:.0f} {-lean * 0.9:.0f} -{height * 0.6:.0f} {-lean * 1.5 - 12:.0f} "
        f"-{height * 0.72:.0f}C{-lean * 0.6:.0f} -{height * 0.5:.0f} 10 -{height * 0.3:.0f} 9 0Z",
        fill,
    )
    if not head:
        return stem + blade
    rush = at(lean, -height, rect(-9, -22, 18, 70, head, rx=9) + stroke("M0 -22v-26", fill, 5), turn=lean / 3)
    return stem + blade + rush


def reeds(
    seed: int, x: float, width: float, y: float, count: int, height: float, fill: str, head: str | None = None
) -> str:
    return "".join(
        at(
            px,
            y + 20 * chance,
            reed(
                height * (0.6 + 0.5 * chance), -34 + 68 * ((n * 7) % 10) / 10, fill, head if n % 2 else None
            ),
        )
        for n, (px, _, chance) in enumerate(sorted(scatter(seed, count, (x, 0, width, 1))))
    )


def pine(fill: str) -> str:
    """A conifer standing on the origin, 200 high."""
    return path("M0 -200L34 -138H20L52 -82H32L68 -20H8V0H-8V-20H-68L-32 -82H-52L-20 -138H-34Z", fill)


def pines(seed: int, x: float, width: float, y: float, count: int, size: float, fill: str) -> str:
    return "".join(
        at(px, y + 14 * c, pine(fill), size=size * (0.65 + 0.6 * c))
        for px, _, c in scatter(seed, count, (x, 0, width, 1))
    )


def tree(crown: str, light: str) -> str:
    """A round broad-leaved tree standing on the origin, 260 high."""
    trunk = path("M-12 0C-8 -60 -10 -90 -8 -140H8C10 -90 8 -60 14 0Z", INK) + stroke(
        "M0 -90L38 -136M0 -74L-34 -116", INK, 8
    )
    return (
        trunk
        + circle(0, -186, 78, crown)
        + circle(-56, -150, 54, crown)
        + circle(58, -150, 56, crown)
        + circle(26, -206, 34, light)
        + circle(-36, -168, 22, light)
    )


def willow(fill: str) -> str:
    """A young willow standing on the origin, 190 high."""
    twigs = "".join(
        stroke(f"M0 -60C{dx * 0.2:.0f} -110 {dx * 0.5:.0f} -140 {dx} -{190 - abs(dx)}", fill, 6)
        for dx in (-58, -30, 0, 30, 58)
    )
    leaves = "".join(
        at(
            dx * t,
            -70 - t * (110 - abs(dx)),
            ellipse(9, 0, 13, 5, fill) + ellipse(-9, -6, 13, 5, fill),
            turn=dx / 2,
        )
        for dx in (-58, -30, 0, 30, 58)
        for t in (0.45, 0.7, 0.95)
    )
    return stroke("M0 0V-70", INK, 8) + twigs + leaves


def gull(x: float, y: float, size: float, colour: str) -> str:
    return at(x, y, stroke("M-40 -14C-24 -22 -8 -12 0 4C8 -12 24 -22 40 -14", colour, 6), size=size)


def sun(x: float, y: float, r: float, colour: str = SAND) -> str:
    return circle(x, y, r * 1.45, colour, opacity="0.35") + circle(x, y, r, colour)


def person(coat: str, trousers: str, hat: str, stoop: float = 0) -> str:
    """Somebody in wellies looking right, standing on the origin, about 300 high; arms are drawn by the scene."""
    legs = (
        path("M-36 -130L-40 -44H-8L0 -110L16 -44H48L38 -130Z", trousers)
        + path("M-42 -52H-6V0H-48C-48 -14 -42 -24 -42 -52ZM14 -52H50C50 -26 54 -20 78 -14V0H14Z", FOREST)
        + path("M-42 -52H-6V0H-6L14 0H-10C-8 -12 22 -8 22 0H-42Z", FOREST)
    )
    head = circle(14, -268, 34, SKIN) + path("M-24 -268C-28 -318 50 -322 50 -274L66 -268H-24Z", hat)
    top = path("M-46 -120C-56 -190 -38 -236 6 -238C46 -236 60 -196 50 -120Z", coat) + head
    return legs + at(0, -120, at(0, 120, top), turn=stoop)
