"""What is served: pictures of drinks, buns and beans."""

from __future__ import annotations

from ..kit import (
    HEIGHT,
    WIDTH,
    at,
    circle,
    ellipse,
    inside,
    path,
    picture,
    polar,
    rect,
    scatter,
    smooth,
    stroke,
    tag,
)
from .palette import (
    APRICOT,
    BLUSH,
    CARAMEL,
    COFFEE,
    CREAM,
    GOLD,
    MILK,
    NIGHT,
    ROAST,
    RUST,
    TEAL,
    TEAL_MID,
    TEAL_PALE,
    TEAL_SOFT,
)
from .things import bean, bird, cup, leaf, maple, rosetta, shadow, steam, table

#: On a stamp card, counted from nought.
THE_TENTH = 9


def autumn_latte() -> str:
    drift = [
        (150, 170, 24, 0.8, RUST),
        (330, 330, -50, 0.55, APRICOT),
        (1010, 150, -28, 0.95, RUST),
        (1090, 400, 66, 0.6, GOLD),
        (250, 560, 118, 0.62, GOLD),
        (860, 130, 40, 0.5, GOLD),
    ]
    leaves = "".join(
        at(x, y, maple(fill, BLUSH) if n % 2 == 0 else leaf(fill, BLUSH), turn, size)
        for n, (x, y, turn, size, fill) in enumerate(drift)
    )
    lying = (
        shadow(215, 704, 84, 10)
        + at(170, 700, maple(RUST, APRICOT), turn=74, size=0.8)
        + shadow(985, 730, 70, 9)
        + at(940, 726, leaf(GOLD, RUST), turn=80, size=0.75)
    )
    return picture(
        rect(0, 0, WIDTH, HEIGHT, BLUSH),
        circle(600, 400, 330, APRICOT),
        circle(600, 400, 262, "#f8bd86"),
        table(600, TEAL, NIGHT),
        leaves,
        steam(600, 350, 1.15),
        at(600, 420, cup(CREAM, "#ecd3b6"), size=1.22),
        lying,
        at(820, 722, bean(CARAMEL, ROAST), turn=50, size=0.8),
        at(385, 742, bean(CARAMEL, ROAST), turn=-35, size=0.8),
    )


def layered_glass() -> str:
    outline = path("M-110 -330H110L88 168C86 186 72 192 56 192H-56C-72 192 -86 186 -88 168Z", MILK)
    layers = (
        rect(-120, -340, 240, 600, MILK)
        + rect(-120, -214, 240, 90, "#e9c79d")
        + rect(-120, -150, 240, 150, CARAMEL)
        + rect(-120, -30, 240, 110, "#d9ab7c")
        + rect(-120, 60, 240, 200, "#f6e6d0")
    )
    froth = "".join(
        circle(x, -328 + 18 * chance, 34 + 16 * chance, MILK)
        for x, _, chance in ((-78, 0, 0.2), (-30, 0, 0.9), (24, 0, 0.7), (74, 0, 0.3))
    )
    shine = rect(-78, -250, 16, 370, "#ffffff", rx=8, opacity="0.55")
    dust = "".join(circle(x, y, 3.4, CARAMEL) for x, y, _ in scatter(4, 20, (-82, -352, 160, 36)))
    handle = stroke("M100 -190C206 -196 200 30 92 24", "#cfe4e4", 20)
    return shadow(14, 196, 170) + handle + inside("glass", outline, layers) + shine + froth + dust


def maple_latte() -> str:
    arch = path("M330 640V330C330 180 450 80 600 80S870 180 870 330V640Z", APRICOT)
    pane = path("M366 640V334C366 202 470 116 600 116S834 202 834 334V640Z", "#f9c48f")
    sticks = at(
        880, 690, rect(-130, -16, 260, 24, COFFEE, rx=12) + rect(-110, -36, 260, 24, CARAMEL, rx=12), turn=-9
    )
    hills = inside(
        "pane",
        pane,
        circle(480, 680, 200, RUST) + circle(760, 700, 220, "#c25a30") + circle(428, 300, 56, GOLD),
    )
    return picture(
        rect(0, 0, WIDTH, HEIGHT, TEAL),
        arch,
        pane,
        hills,
        table(640, BLUSH, "#f1cba4"),
        at(600, 500, layered_glass(), size=1.0),
        shadow(900, 712, 150, 12),
        sticks,
        shadow(300, 724, 100, 12),
        at(240, 716, maple(RUST, APRICOT), turn=62, size=0.95),
        at(330, 742, leaf(GOLD, CARAMEL), turn=100, size=0.7),
        at(150, 250, leaf(TEAL_MID, TEAL), turn=34, size=1.0),
        at(1050, 300, leaf(TEAL_MID, TEAL), turn=-30, size=1.2),
        at(1010, 160, leaf(TEAL_MID, TEAL), turn=40, size=0.7),
    )


def ice(x: float, y: float, turn: float) -> str:
    block = rect(-46, -46, 92, 92, "#ffffff", rx=16, opacity="0.38") + rect(
        -30, -32, 34, 12, "#ffffff", rx=6, opacity="0.7"
    )
    return at(x, y, block, turn=turn)


def citrus() -> str:
    """A slice of orange, 200 across."""
    segments = "".join(
        path(
            "M0 -8L{:.0f} {:.0f}A74 74 0 0 1 {:.0f} {:.0f}Z".format(
                *polar(0, 0, 74, a + 5), *polar(0, 0, 74, a + 55)
            ),
            APRICOT,
        )
        for a in range(0, 360, 60)
    )
    return circle(0, 0, 100, RUST) + circle(0, 0, 90, CREAM) + segments


def cold_brew() -> str:
    outline = path("M-130 -330H130L98 180C97 194 86 202 72 202H-72C-86 202 -97 194 -98 180Z", TEAL_PALE)
    drink = (
        rect(-140, -340, 280, 600, "#eef7f5")
        + rect(-140, -236, 280, 500, COFFEE)
        + rect(-140, -20, 280, 300, ROAST)
        + ice(-44, -196, 14)
        + ice(52, -172, -20)
        + ice(-18, -84, 40)
        + ice(58, -54, 8)
        + ice(-52, 12, -12)
    )
    straw = at(64, -214, rect(-9, -260, 18, 330, RUST, rx=9), turn=14)
    glass = (
        shadow(10, 204, 190)
        + straw
        + inside("glass", outline, drink)
        + rect(-92, -200, 16, 330, "#ffffff", rx=8, opacity="0.4")
    )
    rays = "".join(
        stroke(
            "M{:.0f} {:.0f}L{:.0f} {:.0f}".format(*polar(880, 270, 190, a), *polar(880, 270, 236, a)),
            APRICOT,
            15,
        )
        for a in range(0, 360, 30)
    )
    return picture(
        rect(0, 0, WIDTH, HEIGHT, TEAL_SOFT),
        circle(880, 270, 160, APRICOT),
        rays,
        path(f"M0 560C240 480 420 620 640 566S1010 500 1200 570V{HEIGHT}H0Z", TEAL_MID),
        table(620, CREAM, "#f0dcc2"),
        at(560, 484, glass, size=1.04),
        at(560, 484, at(-126, -306, citrus(), turn=12, size=0.78)),
        shadow(860, 716, 120, 14),
        at(840, 668, citrus(), turn=20, size=0.66),
        shadow(300, 736, 70, 9),
        at(270, 716, bean(), turn=70),
        at(330, 738, bean(), turn=20, size=0.85),
    )


def bun(x: float, y: float, size: float) -> str:
    """A cinnamon bun from the side and above."""
    turns = [polar(0, 0, 150 - 12.5 * n, 40 + 62 * n) for n in range(12)]
    swirl = stroke(smooth(turns), "#8a4a26", 22)
    icing = path(
        "M-120 -62C-70 -112 60 -116 118 -58C138 -20 96 -6 84 26C76 52 50 40 46 14C38 -14 10 -10 6 18"
        "C0 66 -36 56 -36 18C-40 -12 -70 -10 -82 8C-104 22 -140 -22 -120 -62Z",
        MILK,
    )
    top = tag("g", circle(0, 0, 168, "#dd9a55") + swirl, transform="scale(1 .62)")
    side = path("M-168 0C-168 60 -150 112 -110 124C-50 142 50 142 110 124C150 112 168 60 168 0Z", "#c17a3a")
    return at(x, y, side + top + at(0, 2, tag("g", icing, transform="scale(1 .66)"), size=0.98), size=size)


def cinnamon_bun() -> str:
    stars = "".join(
        at(
            x,
            y,
            "".join(ellipse(0, -18, 8, 20, COFFEE, transform=f"rotate({a})") for a in range(0, 360, 45)),
            turn=turn,
            size=1.2,
        )
        for x, y, turn in ((190, 690, 10), (1030, 650, 30))
    )
    cloth = path("M120 560L640 520L1080 590L1010 800H60Z", TEAL) + "".join(
        stroke(f"M{140 + 150 * n} 552L{90 + 165 * n} 800", TEAL_MID, 12) for n in range(7)
    )
    cloth = inside("cloth", path("M120 560L640 520L1080 590L1010 800H60Z", TEAL), cloth)
    plate = (
        shadow(600, 676, 420, 40)
        + ellipse(600, 640, 400, 92, TEAL_PALE)
        + ellipse(600, 626, 400, 90, MILK)
        + ellipse(600, 622, 300, 60, "#eef5f3")
    )
    return picture(
        rect(0, 0, WIDTH, HEIGHT, APRICOT),
        circle(600, 360, 300, "#f8bd86"),
        rect(0, 560, WIDTH, 240, "#e98f52"),
        cloth,
        plate,
        bun(462, 520, 0.92),
        bun(745, 524, 0.88),
        bun(604, 398, 0.98),
        steam(604, 260, 0.8),
        stars,
    )


def coffee_bag() -> str:
    bag = (
        shadow(0, 268, 230, 26)
        + path("M-180 -250L-196 250C-196 262 -186 268 -176 268H176C186 268 196 262 196 250L180 -250Z", TEAL)
        + path("M60 -250L70 268H176C186 268 196 262 196 250L180 -250Z", NIGHT, opacity="0.55")
        + rect(-184, -306, 368, 70, TEAL_MID, rx=12)
        + rect(-184, -262, 368, 12, NIGHT, opacity="0.4")
    )
    label = (
        rect(-128, -150, 256, 300, CREAM, rx=26)
        + circle(0, -50, 78, APRICOT)
        + at(-8, -2, bird(), size=0.4)
        + stroke("M-74 62h148M-50 92h100M-30 120h60", TEAL, 9)
    )
    spill = "".join(
        at(
            x,
            y,
            bean((CARAMEL, COFFEE, COFFEE)[int(chance * 3)], ROAST),
            turn=360 * chance,
            size=0.8 + 0.35 * chance,
        )
        for x, y, chance in scatter(11, 34, (640, 640, 430, 110))
    )
    scoop = shadow(330, 716, 140, 14) + at(
        330,
        660,
        ellipse(0, 0, 92, 34, "#d8b48a")
        + path("M-92 0C-92 60 92 60 92 0Z", "#c49a6a")
        + ellipse(0, 0, 76, 24, ROAST)
        + rect(-250, -10, 166, 22, "#c49a6a", rx=11),
        turn=-6,
    )
    return picture(
        rect(0, 0, WIDTH, HEIGHT, TEAL_SOFT),
        circle(600, 380, 340, TEAL_PALE),
        table(610, APRICOT, "#f8c493"),
        at(600, 420, bag + label, size=1.12),
        scoop,
        spill,
    )


def from_above(body: str, rim: str, coffee: str, name: str) -> str:
    """A cup on a saucer seen from above, 420 across."""
    face = circle(0, 0, 122, coffee)
    return (
        circle(16, 22, 214, ROAST, opacity="0.16")
        + circle(0, 0, 210, rim)
        + circle(0, 0, 168, "#f3e6d4")
        + stroke("M120 -120L186 -186", body, 40)
        + circle(0, 0, 146, body)
        + face
        + inside(name, face, at(0, 8, rosetta(), size=0.98))
    )


def latte_art() -> str:
    boards = (
        rect(0, 0, WIDTH, HEIGHT, "#dd9858")
        + "".join(rect(0, 134 * n, WIDTH, 131, "#f0b67f" if n % 2 else "#ecab70") for n in range(6))
        + "".join(
            stroke(f"M{x:.0f} {y:.0f}c60 -12 120 12 {120 + 90 * c:.0f} 0", "#d98f4f", 4, opacity="0.6")
            for x, y, c in scatter(3, 26, (0, 20, 1100, 760))
        )
    )
    jug = (
        circle(18, 24, 150, ROAST, opacity="0.16")
        + stroke("M96 96L190 190", "#9fb3b7", 36)
        + path(
            "M-130 36C-140 -20 -132 -52 -112 -84L-150 -150L-78 -122C-20 -160 70 -150 112 -92C160 -20 140 80 70 122C-20 168 -120 120 -130 36Z",
            "#c9d6d8",
        )
        + path(
            "M-108 30C-116 -20 -108 -46 -92 -74L-118 -118L-66 -100C-14 -134 58 -124 92 -76C130 -16 114 62 58 98C-16 136 -98 98 -108 30Z",
            MILK,
        )
    )
    spoon = at(
        0,
        0,
        ellipse(0, 0, 34, 50, "#c9d6d8")
        + rect(-8, 40, 16, 210, "#c9d6d8", rx=8)
        + ellipse(0, 2, 22, 36, "#e6eeee"),
    )
    beans = "".join(
        at(x, y, bean(COFFEE, ROAST), turn=360 * c, size=0.9)
        for x, y, c in ((120, 690, 0.1), (176, 730, 0.4), (96, 752, 0.8), (1080, 110, 0.6), (1130, 160, 0.3))
    )
    napkin = at(
        1010,
        640,
        rect(-150, -150, 300, 300, TEAL_PALE, rx=10)
        + rect(-126, -126, 252, 252, "none", rx=6, stroke=TEAL_SOFT, stroke_width=8),
        turn=16,
    )
    return picture(
        boards,
        napkin,
        at(430, 420, from_above(TEAL, MILK, CARAMEL, "left"), turn=-14, size=1.25),
        at(930, 220, jug, turn=-14, size=1.05),
        at(980, 590, spoon, turn=40),
        beans,
    )


def stamp_card() -> str:
    def stamp(n: int) -> str:
        x, y = -268 + 134 * (n % 5), -34 + 132 * (n // 5)
        if n == THE_TENTH:
            return circle(x, y, 54, APRICOT) + at(
                x, y - 22, tag("g", cup(MILK, BLUSH), transform="scale(.2)")
            )
        done = circle(x, y, 52, TEAL) + at(x, y, bean(APRICOT, TEAL), turn=24, size=0.82)
        return at(0, 0, done)

    card = (
        rect(-370, -218, 740, 468, ROAST, rx=40, opacity="0.14", transform="translate(14 22)")
        + rect(-370, -218, 740, 468, CREAM, rx=40)
        + path("M-370 -120V-178a40 40 0 0 1 40 -40H330a40 40 0 0 1 40 40V-120Z", TEAL_MID)
        + at(-296, -128, bird(), size=0.26)
        + stroke("M-220 -168h210", CREAM, 13)
        + stroke("M220 -168h80", APRICOT, 13)
        + "".join(stamp(n) for n in range(10))
    )
    confetti = "".join(
        rect(
            x,
            y,
            26,
            12,
            (GOLD, CREAM, TEAL_SOFT)[int(chance * 3)],
            rx=6,
            transform=f"rotate({360 * chance:.0f} {x:.0f} {y:.0f})",
        )
        for x, y, chance in scatter(21, 44, (20, 20, 1150, 750))
    )
    return picture(
        rect(0, 0, WIDTH, HEIGHT, APRICOT),
        circle(600, 400, 380, "#f8bd86"),
        confetti,
        at(560, 430, rect(-370, -218, 740, 468, TEAL, rx=40), turn=7, size=0.98),
        at(600, 396, card, turn=-5, size=1.08),
    )
