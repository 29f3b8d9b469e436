"""Two pictures that suit either brand: invitations and news."""

from __future__ import annotations

from collections.abc import Callable

from .kit import (
    HEIGHT,
    WIDTH,
    at,
    circle,
    ellipse,
    path,
    picture,
    rect,
    ridge,
    scatter,
    smooth,
    stroke,
)

DUSK, HILL, FIELD, LAWN = "#f6d9b4", "#9cc3ba", "#5f9a88", "#2f7268"
INK, TEAL, CREAM, APRICOT, RUST, GOLD, WOOD = (
    "#123c46",
    "#1d6672",
    "#fff8ec",
    "#f0a35e",
    "#c9633b",
    "#f4c76a",
    "#a8703f",
)
#: The marked square on the noticeboard's calendar.
TODAY = 6


def bunting(start: tuple[float, float], end: tuple[float, float], sag: float, count: int) -> str:
    """Flags on a line between two posts."""
    (x0, y0), (x1, y1) = start, end
    spots = [
        (x0 + (x1 - x0) * t, y0 + (y1 - y0) * t + 4 * sag * t * (1 - t))
        for t in (n / (count + 1) for n in range(count + 2))
    ]
    flags = "".join(
        at(x, y, path("M-26 0H26L0 58Z", (RUST, CREAM, TEAL, GOLD)[n % 4]))
        for n, (x, y) in enumerate(spots[1:-1])
    )
    return stroke(smooth(spots), INK, 5) + flags


def tree(x: float, y: float, size: float) -> str:
    crown = (
        circle(0, -250, 110, LAWN)
        + circle(-84, -190, 74, LAWN)
        + circle(86, -190, 78, LAWN)
        + circle(36, -280, 44, FIELD)
        + circle(-50, -226, 30, FIELD)
    )
    return at(x, y, path("M-16 0C-12 -80 -14 -120 -10 -190H12C12 -120 12 -80 20 0Z", INK) + crown, size=size)


def chair(x: float, y: float, colour: str) -> str:
    return at(
        x, y, stroke("M-34 0V-180M34 0V-180M-34 -84H34", colour, 11) + rect(-40, -186, 80, 54, colour, rx=14)
    )


def on_the_table() -> str:
    """What stands on the long table: jugs, flowers, bread and cups."""
    jug = path("M-34 -110H30L40 0H-44Z", TEAL) + stroke("M34 -92C80 -90 80 -30 38 -26", TEAL, 11)
    stems = "".join(
        stroke(f"M0 0L{dx} -{h}", LAWN, 6) + circle(dx, -h, 19, fill) + circle(dx, -h, 7, GOLD)
        for dx, h, fill in ((-44, 120, RUST), (-10, 160, CREAM), (32, 136, APRICOT), (58, 96, CREAM))
    )
    vase = at(0, -50, stems) + path("M-30 -64H30L40 0H-40Z", CREAM)
    loaf = (
        ellipse(0, -34, 92, 40, WOOD)
        + stroke("M-40 -58L-24 -22M0 -66L12 -28M40 -60L48 -28", CREAM, 7)
        + rect(-112, -14, 224, 14, INK, rx=7)
    )
    mug = path("M-28 -58H28V-14a14 14 0 0 1 -14 14H-14a14 14 0 0 1 -14 -14Z", APRICOT) + stroke(
        "M28 -44C56 -46 56 -12 28 -14", APRICOT, 9
    )
    cake = (
        rect(-70, -62, 140, 56, RUST, rx=10)
        + rect(-70, -74, 140, 26, CREAM, rx=12)
        + rect(-90, -10, 180, 10, INK, rx=5)
        + circle(0, -82, 13, RUST)
    )
    return (
        at(250, 520, jug)
        + at(420, 520, loaf)
        + at(600, 520, vase)
        + at(768, 520, cake)
        + at(910, 520, mug)
        + at(990, 520, mug, flip=True)
        + at(150, 520, mug)
    )


def long_table() -> str:
    cloth = (
        path("M70 520H1130L1090 640H110Z", CREAM)
        + "".join(rect(110 + 140 * n, 520, 26, 116, APRICOT, opacity="0.55") for n in range(8))
        + rect(60, 512, 1080, 18, CREAM, rx=9)
    )
    legs = stroke("M190 640L170 760M1010 640L1030 760", WOOD, 20)
    tufts = "".join(
        at(x, y, stroke("M0 0V-20M0 0L-10 -15M0 0L10 -15", FIELD, 5))
        for x, y, _ in scatter(5, 30, (20, 640, 1160, 150))
    )
    return picture(
        rect(0, 0, WIDTH, HEIGHT, DUSK),
        circle(820, 250, 120, "#fbeccb"),
        ridge(3, 330, 40, HILL, 230),
        ridge(8, 400, 26, FIELD, 260),
        rect(0, 470, WIDTH, 330, LAWN),
        tree(90, 500, 1.15),
        tree(1130, 490, 1.05),
        bunting((110, 200), (600, 150), 60, 8),
        bunting((600, 150), (1110, 190), 60, 8),
        stroke("M600 150V480", INK, 10),
        "".join(chair(x, 560, TEAL if n % 2 else WOOD) for n, x in enumerate((200, 400, 600, 800, 1000))),
        legs,
        tufts,
        cloth,
        on_the_table(),
    )


def pinned(x: float, y: float, w: float, h: float, fill: str, turn: float, drawing: str) -> str:
    return at(
        x,
        y,
        rect(-w / 2 + 8, -h / 2 + 10, w, h, INK, rx=6, opacity="0.2")
        + rect(-w / 2, -h / 2, w, h, fill, rx=6)
        + drawing
        + circle(0, -h / 2 + 18, 12, RUST),
        turn=turn,
    )


def noticeboard() -> str:
    lines = "".join(stroke(f"M-70 {-36 + 34 * n}h{w}", HILL, 9) for n, w in enumerate((140, 110, 140, 70)))
    scene = (
        rect(-104, -62, 208, 150, HILL, rx=4)
        + circle(50, -14, 26, GOLD)
        + path("M-104 60C-50 10 0 20 30 50S80 30 104 40V88H-104Z", LAWN)
    )
    dates = "".join(
        rect(-82 + 44 * (n % 4), -26 + 40 * (n // 4), 34, 30, APRICOT if n == TODAY else "#e4efe9", rx=6)
        for n in range(12)
    ) + rect(-90, -74, 180, 34, TEAL, rx=6)
    heart = path(
        "M0 60C-90 0 -70 -70 -30 -62C-10 -60 0 -40 0 -34C0 -40 10 -60 30 -62C70 -70 90 0 0 60Z", RUST
    )
    post = "".join(rect(x, 120, 44, 700, WOOD, rx=8) for x in (128, 1028))
    frame = (
        path("M70 150L600 50L1130 150V186H70Z", INK)
        + rect(110, 180, 980, 460, WOOD, rx=16)
        + rect(146, 214, 908, 392, "#e9c99b", rx=8)
    )
    grass = "".join(
        at(x, y, stroke("M0 0V-46M0 0L-18 -36M0 0L18 -36", LAWN, 7))
        for x, y, _ in scatter(9, 36, (10, 770, 1180, 40))
    )
    return picture(
        rect(0, 0, WIDTH, HEIGHT, "#cfe3df"),
        circle(960, 150, 92, "#fbeccb"),
        ridge(6, 420, 50, HILL, 230),
        ridge(14, 540, 40, FIELD, 260),
        post,
        frame,
        pinned(300, 400, 240, 280, CREAM, -4, scene),
        pinned(545, 390, 200, 220, CREAM, 3, lines),
        pinned(770, 430, 220, 230, "#fffdf8", -2, dates),
        pinned(
            955,
            380,
            160,
            190,
            APRICOT,
            5,
            rect(-56, -44, 112, 110, CREAM, rx=8) + at(0, 12, heart, size=0.62),
        ),
        pinned(545, 552, 150, 76, GOLD, -3, stroke("M-46 6h92", INK, 8)),
        rect(0, 750, WIDTH, 60, FIELD),
        grass,
    )


PICTURES: dict[str, Callable[[], str]] = {"long-table": long_table, "noticeboard": noticeboard}
