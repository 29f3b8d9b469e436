"""What appears in several pictures: cups, leaves, beans, the bird."""

from __future__ import annotations

from ..kit import HEIGHT, WIDTH, at, circle, ellipse, inside, path, rect, smooth, stroke, tag
from .palette import APRICOT, CARAMEL, COFFEE, GOLD, MILK, NIGHT, ROAST, RUST, TEAL, TEAL_MID, TEAL_PALE


def shadow(x: float, y: float, rx: float, ry: float = 22) -> str:
    return ellipse(x, y, rx, ry, ROAST, opacity="0.16")


def table(y: float, fill: str, edge: str) -> str:
    return rect(0, y, WIDTH, HEIGHT - y, fill) + rect(0, y, WIDTH, 14, edge)


def steam(x: float, y: float, size: float = 1, colour: str = MILK) -> str:
    wisps = "".join(
        stroke(f"M{dx} 0c-34 -40 34 -72 0 -112s30 -62 4 -{rise}", colour, 13, opacity="0.75")
        for dx, rise in ((-58, 74), (0, 120), (58, 84))
    )
    return at(x, y, wisps, size=size)


def rosetta() -> str:
    """A fern of milk, seen from above, about 200 across."""
    fronds = "".join(
        stroke(
            f"M0 {y}c-{w} -4 -{w * 1.25:.0f} -34 -{w * 1.1:.0f} -58M0 {y}c{w} -4 {w * 1.25:.0f} -34 {w * 1.1:.0f} -58",
            MILK,
            15,
        )
        for y, w in ((96, 44), (66, 62), (34, 70), (2, 64), (-28, 48))
    )
    heart = path(
        "M0 -22c-12 -34 -52 -30 -46 -66c4 -24 36 -26 46 -4c10 -22 42 -20 46 4c6 36 -34 32 -46 66Z", MILK
    )
    return fronds + at(0, -6, heart, size=0.8) + stroke("M0 -60V112", MILK, 7)


def cup(body: str, shade: str, coffee: str = CARAMEL) -> str:
    """A cup on its saucer; the middle of the rim is the origin, 300 across."""
    outline = "M-152 0C-152 118 -112 196 -58 204L58 204C112 196 152 118 152 0Z"
    dark = "M70 0C74 118 48 190 14 204L58 204C112 196 152 118 152 0Z"
    surface = ellipse(0, 2, 138, 29, coffee)
    art = tag("g", rosetta(), transform="scale(1.05 .2)")
    return (
        shadow(20, 236, 270, 26)
        + ellipse(0, 216, 240, 30, shade)
        + ellipse(0, 208, 240, 29, MILK)
        + ellipse(0, 207, 150, 15, TEAL_PALE)
        + stroke("M140 44C238 12 240 132 116 142", body, 30)
        + path(outline, body)
        + path(dark, shade)
        + ellipse(0, 0, 152, 37, MILK)
        + surface
        + inside("surface", surface, art)
    )


def leaf(fill: str, vein: str) -> str:
    """A plain leaf, stem at the origin, tip 150 above."""
    return path("M0 0C48 -26 56 -92 0 -150C-56 -92 -48 -26 0 0Z", fill) + stroke(
        "M0 22V-118M0 -34l24 -22M0 -34l-24 -22M0 -68l22 -22M0 -68l-22 -22", vein, 5
    )


def maple(fill: str, vein: str) -> str:
    """A maple leaf, stem at the origin, about 180 high."""
    half = [
        (10, -18),
        (48, -26),
        (42, -42),
        (86, -66),
        (74, -78),
        (92, -112),
        (62, -108),
        (54, -124),
        (28, -96),
        (34, -150),
        (18, -142),
    ]
    right = "".join(f"L{x} {y}" for x, y in half)
    left = "".join(f"L{-x} {y}" for x, y in reversed(half))
    veins = stroke("M0 44V-130M0 -26L62 -88M0 -26L-62 -88M0 -18L52 -40M0 -18L-52 -40", vein, 5)
    return (
        path(f"M0 -14{right}L0 -178{left}Z", fill, stroke=fill, stroke_width=8, stroke_linejoin="round")
        + veins
    )


def bean(fill: str = COFFEE, crease: str = ROAST) -> str:
    return ellipse(0, 0, 25, 36, fill) + stroke("M-3 -31c15 20 -11 40 5 62", crease, 6)


def bird() -> str:
    """The bluebird, looking right, about 300 long; its feet are the origin."""
    tail = path("M-70 -92L-196 -42L-182 -20L-44 -50Z", TEAL)
    body = path(
        "M-100 -84C-84 -156 -24 -196 26 -204C52 -262 140 -258 150 -190C158 -120 110 -30 22 -26"
        "C-48 -24 -84 -46 -100 -84Z",
        TEAL_MID,
    )
    belly = path("M150 -176C152 -108 108 -30 22 -26C-6 -26 -30 -30 -48 -38C20 -52 66 -96 84 -150Z", APRICOT)
    wing = path("M-128 -66C-96 -150 -20 -176 44 -150C40 -96 -20 -58 -128 -66Z", TEAL)
    feathers = stroke("M-84 -84C-50 -90 -14 -100 8 -118M-62 -106C-40 -112 -14 -120 10 -134", TEAL_MID, 6)
    face = path("M146 -214l50 16l-48 18Z", GOLD) + circle(108, -204, 11, NIGHT) + circle(112, -208, 4, MILK)
    feet = stroke("M10 -30V-2M40 -32V-2M-4 0h26M28 0h26", RUST, 7)
    return feet + tail + body + belly + wing + feathers + face


def lamp(x: float, drop: float, shade: str) -> str:
    glow = path(
        f"M{x - 62} {drop + 58}L{x - 190} {drop + 420}H{x + 190}L{x + 62} {drop + 58}Z", GOLD, opacity="0.12"
    )
    cord = stroke(f"M{x} 0V{drop}", NIGHT, 5)
    hood = path(
        f"M{x - 66} {drop + 60}C{x - 66} {drop + 8} {x - 30} {drop - 8} {x} {drop - 8}"
        f"C{x + 30} {drop - 8} {x + 66} {drop + 8} {x + 66} {drop + 60}Z",
        shade,
    )
    return glow + cord + hood + ellipse(x, drop + 60, 34, 14, GOLD)


def plant(pot: str, fill: str, vein: str) -> str:
    """A pot plant standing on the origin, about 200 high."""
    fronds = "".join(
        at(0, -78, leaf(fill, vein), turn=turn, size=size)
        for turn, size in ((-62, 0.75), (58, 0.75), (-30, 0.95), (32, 0.92), (0, 1.05))
    )
    return fronds + path("M-56 -92H56L42 0H-42Z", pot) + rect(-64, -104, 128, 26, pot, rx=8)


def bulbs(seed: int, start: tuple[float, float], sag: float, end: tuple[float, float], count: int) -> str:
    """A string of lights between two hooks."""
    (x0, y0), (x1, y1) = start, end
    spots = [
        ((x0 + (x1 - x0) * t), (y0 + (y1 - y0) * t) + 4 * sag * t * (1 - t))
        for t in (index / (count + 1) for index in range(count + 2))
    ]
    lights = "".join(
        circle(x, y + 20, 30, GOLD, opacity="0.18")
        + circle(x, y + 20, 12, GOLD if (n + seed) % 3 else APRICOT)
        for n, (x, y) in enumerate(spots[1:-1])
    )
    return stroke(smooth(spots), NIGHT, 4) + lights
