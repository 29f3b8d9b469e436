"""Rivers and lakes, and people at them."""

from __future__ import annotations

from ..kit import (
    HEIGHT,
    WIDTH,
    at,
    circle,
    ellipse,
    fade_down,
    faded,
    inside,
    path,
    picture,
    rect,
    ridge,
    ripples,
    scatter,
    stroke,
    tag,
)
from .palette import (
    BRICK,
    DEEP,
    FOREST,
    INK,
    MIST,
    MOSS,
    OCHRE,
    PALE,
    PINE,
    RIVER,
    SAGE,
    SAND,
    SHALLOW,
    SKIN,
    SKY,
    STONE,
)
from .things import gull, person, pines, reeds, sun, tree, willow


def river_dawn() -> str:
    river = path(
        "M640 410C560 440 470 452 520 492C580 538 800 546 720 622C660 678 380 700 300 800H900C920 720 1010 680 930 600"
        "C860 536 600 520 626 478C640 452 690 440 668 410Z",
        PALE,
    )
    return picture(
        fade_down("sky", "#d6e8e6", "#f3ead0"),
        rect(0, 0, WIDTH, HEIGHT, "url(#sky)"),
        sun(760, 250, 86, OCHRE),
        ridge(2, 300, 50, SKY, 190),
        ridge(5, 360, 46, SHALLOW, 170),
        ridge(9, 420, 30, MOSS, 210),
        ridge(12, 470, 22, "#3f7d66", 260),
        pines(4, 0, 400, 478, 14, 0.36, PINE),
        pines(8, 820, 380, 470, 12, 0.34, PINE),
        river,
        path("M0 520C160 500 330 520 440 600C500 660 360 720 250 800H0Z", PINE),
        path("M1200 500C1060 520 960 560 1000 640C1040 700 940 740 930 800H1200Z", PINE),
        ripples(3, 26, (460, 560, 420, 220), SHALLOW),
        gull(330, 170, 0.8, DEEP),
        gull(410, 214, 0.55, DEEP),
        gull(250, 230, 0.5, DEEP),
        reeds(6, -10, 330, 830, 16, 250, INK, BRICK),
        reeds(7, 960, 260, 830, 12, 220, INK, BRICK),
        at(80, 540, tree(FOREST, PINE), size=0.8),
    )


def sack() -> str:
    return (
        path("M-52 0C-70 -60 -40 -104 -14 -112L-26 -138H26L14 -112C44 -104 70 -60 52 0Z", OCHRE)
        + stroke("M-16 -112H16", BRICK, 8)
        + stroke("M-22 -30C-26 -60 -16 -76 -6 -84", SAND, 7)
    )


def picker(x: float, y: float, coat: str) -> str:
    return at(
        x,
        y,
        stroke("M10 -206L78 -160", coat, 30)
        + circle(82, -157, 15, SKIN)
        + stroke("M82 -157L136 -16L126 0M136 -16L148 -4", INK, 7),
    )


def carrier(x: float, y: float, coat: str) -> str:
    return at(x, y, stroke("M0 -204L-52 -128", coat, 30) + circle(-56, -120, 15, SKIN) + at(-72, -6, sack()))


def volunteers() -> str:
    bank = path("M0 600C200 560 420 590 620 640S1020 690 1200 650V800H0Z", MOSS) + path(
        "M0 690C260 650 560 700 760 730S1080 750 1200 730V800H0Z", PINE
    )
    wheel = at(
        930,
        700,
        path("M-110 -110H80L44 -30H-70Z", RIVER)
        + stroke("M-70 -30L-190 -96M44 -30L70 0", INK, 11)
        + circle(76, 0, 32, INK)
        + circle(76, 0, 12, SAND)
        + stroke("M-60 -30L-70 26", INK, 11)
        + at(-40, -104, sack(), size=0.75)
        + at(36, -104, sack(), size=0.62),
    )
    return picture(
        rect(0, 0, WIDTH, HEIGHT, PALE),
        sun(900, 190, 74, OCHRE),
        ridge(8, 300, 36, SKY, 220),
        ridge(21, 350, 30, SAGE, 240),
        ridge(4, 400, 18, "#7fb08f", 260),
        pines(3, 640, 520, 420, 14, 0.4, MOSS),
        rect(0, 430, WIDTH, 230, SHALLOW),
        rect(0, 430, WIDTH, 60, "#9dc6ce"),
        ripples(14, 40, (0, 450, 1150, 150), PALE, 5),
        at(120, 600, tree(PINE, MOSS), size=1.35),
        bank,
        carrier(360, 690, BRICK),
        at(360, 690, person(BRICK, DEEP, OCHRE)),
        at(360, 690, stroke("M10 -196L66 -220", BRICK, 30) + circle(72, -224, 15, SKIN)),
        at(590, 706, person(OCHRE, INK, RIVER, stoop=12)),
        picker(616, 706, "#c8933a"),
        wheel,
        at(752, 724, person(RIVER, "#3a4b48", BRICK)),
        at(752, 724, stroke("M8 -204L2 -128", "#215b74", 30) + circle(2, -120, 15, SKIN)),
        reeds(2, 1060, 150, 800, 8, 190, FOREST, BRICK),
        reeds(9, -10, 170, 815, 8, 150, FOREST, BRICK),
    )


def jar(water: str, level: float) -> str:
    """A sample jar standing on the origin, 330 high."""
    shape = rect(-95, -290, 190, 290, PALE, rx=26)
    shape_id = f"jar{level:.0f}"
    fill = (
        rect(-95, -290, 190, 290, "#f7fbf9")
        + rect(-95, -level, 190, level, water)
        + ripples(int(level), 6, (-70, -level + 20, 90, level - 60), PALE)
    )
    marks = "".join(stroke(f"M62 {-40 - 40 * n}h22", DEEP, 5) for n in range(6))
    return (
        ellipse(16, 2, 124, 16, INK, opacity="0.18")
        + inside(shape_id, shape, fill)
        + rect(-95, -290, 190, 290, "none", rx=26, stroke=DEEP, stroke_width=9)
        + marks
        + rect(-84, -336, 168, 52, DEEP, rx=12)
        + rect(-70, -190, 104, 76, "#fffdf4", rx=8)
        + stroke("M-54 -166h70M-54 -142h46", MOSS, 8)
    )


def water_sample() -> str:
    tubes = "".join(
        at(
            x,
            0,
            rect(-22, -230, 44, 200, "#f7fbf9", rx=22)
            + rect(-22, -230 + 90, 44, 110, fill, rx=22)
            + rect(-22, -140, 44, 40, fill)
            + rect(-22, -230, 44, 200, "none", rx=22, stroke=DEEP, stroke_width=7),
        )
        for x, fill in ((-120, "#a9d3c6"), (-40, "#7fb7a4"), (40, OCHRE), (120, "#d98743"))
    )
    rack = (
        rect(-180, -150, 360, 34, "#b98a55", rx=8)
        + rect(-180, -26, 360, 34, "#9a7043", rx=8)
        + rect(-176, -150, 20, 150, "#9a7043")
        + rect(156, -150, 20, 150, "#9a7043")
    )
    notebook = at(
        0,
        0,
        rect(-150, -100, 300, 200, FOREST, rx=14)
        + rect(-136, -90, 276, 180, "#fffdf4", rx=8)
        + stroke("M-110 -56h220M-110 -20h180M-110 16h210M-110 52h120", SAGE, 8)
        + at(150, 40, rect(-9, -120, 18, 190, OCHRE, rx=5) + path("M-9 70H9L0 100Z", INK), turn=24),
    )
    stone = path("M-20 640C200 590 420 610 640 604S1040 590 1220 640V820H-20Z", STONE) + path(
        "M-20 700C240 660 520 690 760 676S1080 680 1220 704V820H-20Z", "#74837d"
    )
    return picture(
        rect(0, 0, WIDTH, HEIGHT, MIST),
        ridge(41, 220, 40, SAGE, 220),
        ridge(42, 290, 26, MOSS, 260),
        pines(43, 0, 1200, 330, 24, 0.36, PINE),
        rect(0, 330, WIDTH, 330, RIVER),
        ripples(44, 46, (0, 350, 1120, 260), SHALLOW, 5),
        stone,
        at(330, 668, jar(SHALLOW, 190)),
        at(540, 690, jar("#9cc4a0", 130), size=0.78),
        at(830, 676, tubes + rack, size=1.12),
        at(1010, 742, notebook, turn=-8, size=0.5),
        at(170, 742, ellipse(0, 0, 60, 24, "#9fada7")),
        reeds(45, -10, 120, 700, 8, 330, FOREST, BRICK),
        reeds(46, 1100, 120, 690, 7, 360, FOREST, BRICK),
    )


def planting() -> str:
    spade = at(
        830,
        700,
        rect(-9, -330, 18, 250, "#b98a55", rx=8)
        + stroke("M-40 -340H40", INK, 18)
        + path("M-56 -110H56V-30C56 10 20 36 0 50C-20 36 -56 10 -56 -30Z", STONE)
        + path("M0 -110H56V-30C56 10 20 36 0 50Z", "#74837d"),
        turn=12,
    )
    guard = "".join(
        at(
            x,
            y,
            willow(PINE)
            + rect(-17, -78, 34, 84, "#d9e8d8", rx=5, opacity="0.95")
            + rect(22, -120, 10, 130, "#9a7043", rx=3),
            size=s,
        )
        for x, y, s in (
            (420, 560, 0.75),
            (600, 590, 0.95),
            (300, 640, 1.25),
            (520, 700, 1.55),
            (980, 610, 1.0),
            (1110, 580, 0.8),
        )
    )
    soil = "".join(
        ellipse(x, y, w, w / 5, "#5b4632")
        for x, y, w in (
            (420, 562, 50),
            (600, 594, 62),
            (300, 644, 78),
            (520, 704, 100),
            (850, 742, 120),
            (980, 612, 60),
            (1110, 582, 46),
        )
    )
    can = at(
        130,
        716,
        path("M-70 -110H70L60 0H-60Z", RIVER)
        + stroke("M66 -30L150 -110", RIVER, 18)
        + ellipse(156, -116, 26, 14, DEEP, transform="rotate(42 156 -116)")
        + stroke("M-66 -96C-150 -110 -140 -10 -62 -20M-40 -110C-30 -170 40 -170 46 -110", DEEP, 13),
    )
    return picture(
        rect(0, 0, WIDTH, HEIGHT, "#e9f1e3"),
        sun(250, 170, 76),
        ridge(51, 280, 44, SKY, 200),
        ridge(52, 340, 34, SAGE, 230),
        rect(0, 390, WIDTH, 120, SHALLOW),
        ripples(53, 28, (0, 400, 1140, 70), PALE, 5),
        pines(54, 720, 480, 400, 12, 0.36, MOSS),
        path("M0 470C240 440 520 500 760 490S1060 450 1200 470V800H0Z", "#86b28c"),
        path("M0 620C260 580 520 640 800 640S1100 600 1200 610V800H0Z", MOSS),
        "".join(
            at(x, y, stroke("M0 0V-26M0 0L-12 -20M0 0L12 -20", PINE, 5))
            for x, y, _ in scatter(55, 40, (20, 520, 1160, 260))
        ),
        soil,
        guard,
        spade,
        can,
    )


def bridge_stones() -> str:
    return "".join(
        rect(x, y, 40 + 40 * c, 16, ("#7d8c86", "#a3b0aa")[round(c)], rx=5)
        for x, y, c in scatter(61, 70, (150, 306, 900, 180))
    )


def stone_bridge() -> str:
    arch = "M100 520V400C300 300 460 272 600 272S900 300 1100 400V520H850C850 380 730 330 600 330S350 380 350 520Z"
    stones = inside("arch", path(arch, STONE), rect(0, 250, WIDTH, 300, STONE) + bridge_stones())
    rim = (
        stroke("M340 522C340 372 724 300 790 420C836 462 860 500 860 522", "#64736d", 0)
        + stroke("M350 520C350 380 470 330 600 330S850 380 850 520", "#64736d", 20)
        + stroke("M100 398C300 298 460 270 600 270S900 298 1100 398", "#64736d", 22)
    )
    mirror = faded(at(0, 1040, tag("g", path(arch, FOREST), transform="scale(1 -1)")), 0.35)
    return picture(
        rect(0, 0, WIDTH, HEIGHT, SKY),
        sun(600, 200, 70, PALE),
        ridge(62, 260, 40, SAGE, 210),
        ridge(63, 340, 30, MOSS, 240),
        pines(64, 380, 440, 420, 12, 0.4, PINE),
        rect(0, 410, WIDTH, 120, "#7fb08f"),
        rect(0, 520, WIDTH, 280, RIVER),
        mirror,
        path("M350 520H850C850 600 730 640 600 640S350 600 350 520Z", "#8dbfc9"),
        ripples(65, 54, (0, 540, 1140, 240), SKY, 5),
        stones,
        rim,
        path("M0 420C100 400 180 440 230 520C180 560 90 560 0 590Z", PINE),
        path("M1200 400C1090 410 1010 450 970 520C1040 560 1120 560 1200 600Z", PINE),
        at(90, 470, tree(FOREST, PINE), size=1.5),
        at(1120, 480, tree(FOREST, PINE), size=1.3),
        reeds(66, -10, 160, 640, 9, 150, INK, BRICK),
        reeds(67, 1060, 150, 650, 9, 150, INK, BRICK),
        gull(440, 130, 0.7, DEEP),
        gull(520, 170, 0.5, DEEP),
    )


def paddler(coat: str, hat: str) -> str:
    return (
        path("M-30 0C-36 -70 -20 -104 6 -106C32 -104 42 -70 36 0Z", coat)
        + circle(8, -132, 24, SKIN)
        + path("M-18 -134C-22 -170 36 -172 34 -140L48 -134Z", hat)
    )


def canoe() -> str:
    boat = path(
        "M-290 -46C-250 -20 250 -20 290 -46C280 20 220 50 160 50H-160C-220 50 -280 20 -290 -46Z", BRICK
    ) + path("M-280 -24C-240 0 240 0 280 -24L286 -46C250 -20 -250 -20 -290 -46Z", OCHRE)
    crew = at(-110, -24, paddler(FOREST, OCHRE)) + at(110, -24, paddler(RIVER, BRICK))
    arms = stroke("M-100 -110L-50 -70", "#0f3a33", 24) + stroke("M120 -110L170 -70", "#215b74", 24)
    paddles = (
        stroke("M-30 -150L-74 60", "#8a5f36", 9)
        + ellipse(-80, 84, 15, 40, "#8a5f36", transform="rotate(12 -80 84)")
        + stroke("M190 -150L146 60", "#8a5f36", 9)
        + ellipse(140, 84, 15, 40, "#8a5f36", transform="rotate(12 140 84)")
    )
    peaks = path("M-20 430L200 150L300 270L430 90L640 330L800 190L980 380L1220 220V460H-20Z", SHALLOW) + path(
        "M430 90L366 178L410 206L440 176L474 210L506 176ZM200 150L150 214L190 232L216 206L240 220Z", PALE
    )
    return picture(
        rect(0, 0, WIDTH, HEIGHT, "#d3e6e6"),
        sun(900, 140, 66, OCHRE),
        peaks,
        ridge(71, 390, 24, MOSS, 200),
        pines(72, 0, 1200, 430, 40, 0.42, PINE),
        rect(0, 428, WIDTH, 372, "#8fc0c6"),
        rect(0, 428, WIDTH, 20, PINE, opacity="0.6"),
        ripples(73, 60, (0, 460, 1130, 320), PALE, 5),
        ellipse(600, 664, 320, 24, DEEP, opacity="0.35"),
        at(600, 620, crew + arms + boat + paddles),
        ripples(74, 8, (340, 676, 440, 24), PALE, 6),
        reeds(75, -10, 210, 830, 12, 260, FOREST, BRICK),
        reeds(76, 1040, 170, 830, 9, 230, FOREST, BRICK),
    )
