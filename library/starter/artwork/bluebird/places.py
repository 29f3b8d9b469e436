"""The store, inside and out."""

from __future__ import annotations

from ..kit import HEIGHT, WIDTH, at, circle, ellipse, inside, path, picture, rect, stroke
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
from .things import bird, bulbs, cup, lamp, leaf, plant, shadow, steam


def machine() -> str:
    """An espresso machine standing on the origin, 420 wide."""
    groups = "".join(
        rect(x - 30, -150, 60, 34, NIGHT, rx=6)
        + stroke(f"M{x} -110h-70", ROAST, 13)
        + rect(x - 26, -118, 52, 20, "#6f7f84", rx=5)
        for x in (-84, 104)
    )
    cups = "".join(path(f"M{x - 24} -44h48l-8 40h-32Z", CREAM) for x in (-84, 104))
    stack = "".join(rect(-170 + 64 * n, -330, 52, 30, CREAM if n % 2 else APRICOT, rx=8) for n in range(6))
    dials = (
        circle(-150, -230, 16, CREAM) + circle(-104, -230, 16, CREAM) + rect(30, -246, 140, 30, TEAL, rx=15)
    )
    return (
        stack
        + rect(-200, -300, 400, 150, APRICOT, rx=26)
        + rect(-200, -190, 400, 50, RUST, rx=6)
        + rect(-180, -150, 360, 150, TEAL)
        + dials
        + groups
        + cups
        + rect(-210, -8, 420, 18, NIGHT, rx=9)
    )


def counter() -> str:
    tiles = "".join(
        rect(
            60 * x + (30 if y % 2 else 0) - 30,
            236 + 44 * y,
            56,
            40,
            TEAL_PALE if (x * 7 + y * 3) % 5 else TEAL_SOFT,
            rx=5,
        )
        for x in range(21)
        for y in range(7)
    )
    shelf = rect(90, 196, 470, 14, COFFEE, rx=7) + "".join(
        rect(112 + 74 * n, 196 - h, 52, h, fill, rx=10)
        + rect(120 + 74 * n, 196 - h - 12, 36, 16, NIGHT, rx=6)
        for n, (h, fill) in enumerate(
            ((84, APRICOT), (108, CREAM), (84, RUST), (96, TEAL_MID), (108, APRICOT), (84, CREAM))
        )
    )
    board = rect(640, 60, 460, 150, NIGHT, rx=16) + "".join(
        stroke(f"M680 {96 + 38 * n}h{w}", CREAM, 8, opacity="0.9")
        + stroke(f"M1020 {96 + 38 * n}h40", APRICOT, 8)
        for n, w in enumerate((180, 240, 150))
    )
    case = (
        rect(760, 404, 380, 166, "#eef7f5", rx=16)
        + rect(784, 486, 332, 8, TEAL_SOFT)
        + "".join(
            ellipse(830 + 84 * n, 470, 34, 24, "#dd9a55") + ellipse(830 + 84 * n, 462, 22, 11, "#8a4a26")
            for n in range(4)
        )
        + "".join(
            rect(806 + 78 * n, 526, 56, 40, fill, rx=10)
            for n, fill in enumerate((APRICOT, COFFEE, APRICOT, RUST))
        )
    )
    front = (
        rect(0, 570, WIDTH, 26, COFFEE)
        + rect(0, 596, WIDTH, 204, TEAL)
        + "".join(rect(20 + 100 * n, 620, 80, 180, TEAL_MID, rx=10, opacity="0.45") for n in range(12))
    )
    return picture(
        rect(0, 0, WIDTH, HEIGHT, BLUSH),
        tiles,
        shelf,
        board,
        at(370, 562, machine(), size=1.0),
        case,
        front,
        at(680, 572, cup(APRICOT, RUST), size=0.36),
        at(80, 572, plant(RUST, TEAL_MID, TEAL), size=0.9),
        lamp(240, 40, RUST),
        lamp(600, 40, APRICOT),
        lamp(960, 40, RUST),
    )


def storefront() -> str:
    stripes = "".join(
        path(f"M{190 + 82 * n} 300h82v86a41 41 0 0 1 -82 0Z", APRICOT if n % 2 else CREAM) for n in range(10)
    )
    window = (
        rect(230, 380, 420, 260, "#ffdf9e", rx=12)
        + inside(
            "window",
            rect(230, 380, 420, 260, "none", rx=12),
            (
                rect(230, 560, 420, 90, COFFEE)
                + at(330, 562, machine(), size=0.4)
                + at(560, 562, plant(RUST, TEAL_MID, TEAL), size=0.7)
                + lamp(430, 400, RUST)
            ),
        )
        + rect(230, 380, 420, 260, "none", rx=12, stroke=NIGHT, stroke_width=12)
        + rect(434, 380, 12, 260, NIGHT)
    )
    door = (
        rect(720, 390, 200, 330, NIGHT, rx=10)
        + rect(746, 416, 148, 200, "#ffdf9e", rx=8)
        + circle(754, 650, 11, GOLD)
        + rect(786, 466, 68, 44, CREAM, rx=8)
        + stroke("M802 488h36", TEAL, 7)
    )
    sign = (
        rect(330, 206, 540, 84, NIGHT, rx=20)
        + at(600, 274, at(-14, 0, bird(), size=0.25))
        + stroke("M380 248h130M690 248h130", APRICOT, 9)
    )
    roofs = (
        rect(0, 250, 190, 470, "#c9774d")
        + rect(1010, 190, 190, 530, "#b9643f")
        + "".join(
            rect(x, y, 54, 78, "#ffdf9e" if (x + y) % 4 else "#8f4a30", rx=8)
            for x in (34, 108, 1044, 1116)
            for y in (300, 420, 540)
        )
    )
    house = rect(170, 150, 860, 570, TEAL, rx=16) + rect(150, 132, 900, 34, NIGHT, rx=10)
    bistro = (
        shadow(1030, 728, 110, 10)
        + rect(1022, 640, 12, 90, NIGHT)
        + rect(960, 628, 136, 16, RUST, rx=8)
        + at(1014, 586, cup(CREAM, "#ecd3b6"), size=0.2)
    )
    return picture(
        rect(0, 0, WIDTH, HEIGHT, "#f6b98a"),
        circle(930, 170, 120, "#fbd3a4"),
        circle(930, 170, 84, CREAM),
        roofs,
        house,
        sign,
        window,
        door,
        rect(190, 286, 820, 18, NIGHT),
        stripes,
        rect(0, 716, WIDTH, 84, "#7b4a38"),
        rect(0, 716, WIDTH, 12, "#93604a"),
        at(200, 722, plant(APRICOT, "#4f9a8f", TEAL), size=0.95),
        at(678, 722, plant(RUST, "#4f9a8f", TEAL), size=0.72),
        bistro,
    )


def window_bird() -> str:
    frame = rect(250, 70, 700, 560, CREAM, rx=30)
    view = rect(284, 104, 632, 500, TEAL_SOFT, rx=14)
    garden = (
        rect(284, 104, 632, 500, TEAL_SOFT)
        + circle(760, 230, 84, CREAM)
        + circle(390, 620, 210, "#4f9a8f")
        + circle(640, 660, 220, TEAL_MID)
        + circle(880, 640, 190, "#4f9a8f")
        + stroke("M930 300C820 350 700 352 560 384", COFFEE, 20)
        + stroke("M720 346L664 282", COFFEE, 11)
        + at(664, 284, leaf(APRICOT, RUST), turn=-30, size=0.5)
        + at(850, 330, leaf(APRICOT, RUST), turn=16, size=0.6)
        + at(790, 350, leaf(GOLD, RUST), turn=160, size=0.5)
        + at(590, 376, leaf(GOLD, RUST), turn=-70, size=0.5)
        + at(655, 362, bird(), size=0.86, flip=True)
    )
    return picture(
        rect(0, 0, WIDTH, HEIGHT, "#f8bd86"),
        frame,
        inside("view", view, garden),
        rect(200, 620, 800, 40, MILK, rx=12),
        rect(0, 656, WIDTH, 144, APRICOT),
        rect(230, 660, 740, 16, RUST, opacity="0.25"),
        path("M180 40C190 300 250 420 150 640H60V40Z", TEAL)
        + path("M1020 40C1010 300 950 420 1050 640H1140V40Z", TEAL),
        rect(40, 30, 1120, 22, NIGHT, rx=11),
        steam(390, 470, 0.6),
        at(390, 512, cup(TEAL, NIGHT), size=0.58),
        at(850, 622, plant(RUST, TEAL, TEAL_MID), size=0.78),
    )


def guitar() -> str:
    """An acoustic guitar upright, its foot at the origin, 560 high."""
    body = path(
        "M0 -20C-110 -20 -132 -130 -84 -190C-60 -226 -84 -262 -62 -300C-40 -338 40 -338 62 -300C84 -262 60 -226 84 -190C132 -130 110 -20 0 -20Z",
        CARAMEL,
    )
    return (
        body
        + circle(0, -214, 36, ROAST)
        + rect(-40, -104, 80, 18, ROAST, rx=6)
        + rect(-13, -560, 26, 330, COFFEE, rx=6)
        + rect(-22, -612, 44, 72, ROAST, rx=10)
        + stroke("M-5 -580V-96M5 -580V-96", CREAM, 2.5)
    )


def evening_music() -> str:
    beam = path("M600 0L260 760H940Z", GOLD, opacity="0.14")
    stool = rect(716, 560, 160, 22, APRICOT, rx=11) + stroke(
        "M746 580L720 724M846 580L872 724M734 650h124", APRICOT, 13
    )
    stand = stroke("M600 724V360M600 724L540 744M600 724L660 744M600 362L650 330", TEAL_SOFT, 11) + at(
        664, 322, rect(-18, -40, 36, 70, NIGHT, rx=18) + rect(-18, -40, 36, 34, TEAL_SOFT, rx=17), turn=60
    )
    stage = (
        ellipse(600, 752, 520, 66, "#0a3040")
        + ellipse(600, 736, 520, 64, RUST)
        + ellipse(600, 728, 520, 62, "#e07b4c")
    )
    curtains = "".join(
        path(f"M{x} 0h90v760c-30 20 -60 20 -90 0Z", fill)
        for x, fill in ((0, "#14566a"), (80, "#0f4b5e"), (1030, "#0f4b5e"), (1110, "#14566a"))
    )
    notes = "".join(
        at(
            x,
            y,
            circle(0, 0, 20, APRICOT)
            + stroke("M17 0V-76L58 -88V-12", APRICOT, 8)
            + circle(41, -12, 20, APRICOT),
            turn=turn,
            size=size,
        )
        for x, y, turn, size in ((250, 330, -8, 0.9), (880, 270, 10, 0.9), (990, 400, 6, 0.65))
    )
    return picture(
        rect(0, 0, WIDTH, HEIGHT, TEAL),
        circle(600, 420, 380, "#145a70"),
        beam,
        curtains,
        stage,
        at(440, 724, guitar(), turn=-9, size=0.92),
        stand,
        stool,
        at(796, 518, cup(CREAM, "#ecd3b6"), size=0.2),
        notes,
        bulbs(0, (0, 60), 90, (600, 50), 9),
        bulbs(1, (600, 50), 90, (1200, 60), 9),
    )
