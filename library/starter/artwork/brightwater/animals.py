"""Who lives there."""

from __future__ import annotations

from ..kit import (
    HEIGHT,
    WIDTH,
    at,
    circle,
    ellipse,
    fade_down,
    faded,
    path,
    picture,
    rect,
    ridge,
    ripples,
    scatter,
    smooth,
    stroke,
    tag,
)
from .palette import BRICK, DEEP, FOREST, INK, MOSS, OCHRE, PALE, PINE, RIVER, SAGE, SAND, SHALLOW, SKY, STONE
from .things import pines, reeds, sun


def kingfisher() -> str:
    back = path(
        "M-30 -250C40 -300 130 -270 150 -190C180 -90 120 40 40 90L-110 250L-150 236L-80 60C-110 -40 -90 -180 -30 -250Z",
        RIVER,
    )
    breast = path("M128 -210C190 -120 150 30 44 86C0 100 -40 84 -56 50C-40 -60 20 -150 128 -210Z", "#d98743")
    wing = path("M-84 -70C-50 -130 10 -140 42 -110C60 -20 0 110 -124 222C-112 120 -120 20 -84 -70Z", DEEP)
    spots = "".join(
        ellipse(x, y, 8, 5, "#7fd0dd")
        for x, y in (
            (-40, -60),
            (-8, -86),
            (-52, -14),
            (-20, -30),
            (10, -60),
            (-60, 34),
            (-30, 20),
            (-70, 84),
            (-44, 70),
        )
    )
    head = path(
        "M-46 -220C-40 -320 130 -340 168 -236C150 -180 60 -160 -10 -170C-40 -180 -50 -200 -46 -220Z", RIVER
    )
    beak = path("M150 -262L368 -232L160 -214Z", INK) + path("M160 -226L368 -232L158 -212Z", BRICK)
    face = (
        path("M70 -226C110 -250 150 -240 166 -222C140 -200 100 -196 70 -226Z", "#d98743")
        + path("M28 -222C50 -230 66 -216 58 -186C36 -170 14 -190 28 -222Z", PALE)
        + path("M110 -196C140 -204 160 -204 168 -212C164 -180 130 -160 90 -160Z", PALE)
        + circle(108, -252, 17, INK)
        + circle(114, -258, 6, PALE)
    )
    streak = path("M-66 -160L-20 -140L-96 180L-128 232Z", "#59bccc")
    feet = stroke("M36 88v26M66 74v34", BRICK, 12)
    return picture(
        rect(0, 0, WIDTH, HEIGHT, FOREST),
        circle(640, 370, 320, "#2a6a5c"),
        circle(640, 370, 250, SAGE),
        ridge(3, 640, 26, PINE, 220),
        rect(0, 690, WIDTH, 110, DEEP),
        ripples(9, 26, (0, 706, 1160, 80), SHALLOW, 5),
        stroke("M-20 690C240 560 520 540 900 560S1130 500 1220 470", INK, 34),
        stroke("M820 556C880 620 900 640 980 650", INK, 18),
        stroke("M300 590C250 540 210 520 150 520", INK, 16),
        "".join(
            at(x, y, path("M0 0C30 -20 34 -56 0 -90C-34 -56 -30 -20 0 0Z", MOSS), turn=t)
            for x, y, t in (
                (150, 520, -70),
                (210, 528, 10),
                (980, 650, 110),
                (930, 640, 40),
                (1090, 520, 20),
                (1160, 486, -30),
            )
        ),
        at(600, 440, feet + back + streak + wing + spots + breast + head + beak + face),
        reeds(5, 960, 240, 830, 9, 330, INK, BRICK),
    )


def otter() -> str:
    head = (
        path("M-150 40C-170 -70 -100 -150 0 -150S170 -70 150 40Z", "#6d4a35")
        + circle(-112, -112, 28, "#5a3b2a")
        + circle(112, -112, 28, "#5a3b2a")
        + ellipse(0, -10, 100, 66, "#c9a684")
        + path("M-34 -62C-20 -78 20 -78 34 -62C30 -36 10 -26 0 -26S-30 -36 -34 -62Z", INK)
        + stroke("M0 -26V4C-10 24 -36 22 -46 8M0 4C10 24 36 22 46 8", INK, 7)
        + circle(-66, -82, 15, INK)
        + circle(66, -82, 15, INK)
        + circle(-61, -87, 5, PALE)
        + circle(71, -87, 5, PALE)
        + stroke("M-60 -18L-150 -30M-60 -4L-150 6M60 -18L150 -30M60 -4L150 6", PALE, 4)
    )
    tail = path("M230 52C300 -20 420 -36 500 6C560 40 560 52 540 54Z", "#6d4a35") + path(
        "M560 54C590 10 640 -6 690 10C660 20 640 40 630 54Z", "#5a3b2a"
    )
    rings = "".join(
        ellipse(
            90,
            60 + 12 * n,
            330 + 100 * n,
            34 + 22 * n,
            "none",
            stroke=SKY,
            stroke_width=6,
            opacity=f"{0.8 - 0.2 * n:.1f}",
        )
        for n in range(4)
    )
    pads = "".join(
        at(x, y, ellipse(0, 0, 74, 24, MOSS) + path("M0 0L74 -12V10Z", RIVER), size=size)
        for x, y, size in ((980, 640, 1.2), (1090, 590, 0.8), (210, 700, 1.1), (120, 640, 0.8))
    )
    flower = at(
        1000,
        620,
        "".join(ellipse(0, -22, 11, 24, PALE, transform=f"rotate({a})") for a in (-60, -30, 0, 30, 60))
        + circle(0, -8, 10, OCHRE),
    )
    return picture(
        rect(0, 0, WIDTH, HEIGHT, SAGE),
        sun(860, 150, 80),
        ridge(6, 260, 40, MOSS, 200),
        ridge(16, 320, 24, PINE, 240),
        pines(6, 0, 1200, 360, 26, 0.5, FOREST),
        rect(0, 356, WIDTH, 444, RIVER),
        rect(0, 356, WIDTH, 70, DEEP, opacity="0.55"),
        ripples(17, 40, (0, 390, 1120, 380), SHALLOW, 5),
        at(480, 540, rings + tail + head),
        ripples(19, 8, (300, 590, 460, 20), SKY, 6),
        pads,
        flower,
        reeds(11, -10, 190, 830, 12, 420, INK, BRICK),
        reeds(12, 1060, 160, 830, 8, 360, INK, BRICK),
    )


def heron() -> str:
    """A heron standing in water at the origin, looking left, 480 high."""
    legs = stroke("M20 0L26 -190M58 0L52 -190", INK, 9)
    body = path(
        "M-30 -210C-20 -280 60 -300 120 -250L216 -150C150 -160 70 -150 20 -170C-10 -180 -30 -190 -30 -210Z",
        STONE,
    )
    wing = path("M10 -236C60 -270 120 -240 150 -206L226 -140C150 -150 60 -170 10 -236Z", DEEP)
    neck = stroke("M-10 -214C-70 -260 30 -310 -10 -366C-30 -394 -36 -410 -44 -424", "#d5deda", 36)
    head = path(
        "M-20 -450C-60 -470 -92 -450 -100 -432L-226 -410L-100 -414C-70 -404 -30 -410 -20 -450Z", "#d5deda"
    ) + path("M-100 -434L-230 -409L-100 -420Z", OCHRE)
    crest = path("M-86 -446C-50 -466 -20 -456 40 -424C0 -434 -40 -436 -86 -446Z", INK) + circle(
        -80, -436, 6, INK
    )
    return (
        legs
        + body
        + wing
        + neck
        + stroke("M-30 -250C-20 -226 -24 -200 -36 -180", "#d5deda", 12)
        + head
        + crest
    )


def heron_lake() -> str:
    mirror = faded(at(640, 668, tag("g", heron(), transform="scale(1 -.35)")), 0.28)
    return picture(
        fade_down("dusk", "#bcd9d6", "#f1e6c8"),
        rect(0, 0, WIDTH, HEIGHT, "url(#dusk)"),
        sun(640, 300, 180, "#f3d58f"),
        ridge(31, 330, 30, SHALLOW, 260),
        ridge(7, 372, 22, MOSS, 240),
        pines(15, 0, 380, 408, 16, 0.42, PINE),
        pines(16, 860, 340, 408, 14, 0.42, PINE),
        rect(0, 404, WIDTH, 396, SHALLOW),
        rect(0, 404, WIDTH, 26, PINE, opacity="0.5"),
        "".join(
            rect(640 - w, 436 + 34 * n, 2 * w, 12, "#f3d58f", rx=6, opacity="0.75")
            for n, w in enumerate((170, 120, 146, 84, 110, 60))
        ),
        ripples(23, 34, (0, 440, 1140, 330), PALE, 5),
        mirror,
        at(640, 668, heron()),
        ellipse(670, 668, 90, 12, "none", stroke=PALE, stroke_width=5),
        reeds(13, -10, 300, 820, 18, 430, FOREST, BRICK),
        reeds(14, 940, 280, 820, 16, 380, FOREST, BRICK),
        reeds(18, 0, 1200, 850, 26, 130, INK),
    )


def trout_fish() -> str:
    """A brown trout swimming left, 480 long, its middle the origin."""
    body = path("M-240 0C-180 -90 40 -110 170 -20C120 60 -150 90 -240 0Z", "#b58a4a")
    belly = path("M-240 0C-160 50 60 60 170 -20C110 66 -150 92 -240 0Z", SAND)
    tail = path("M140 -24C190 -40 220 -90 250 -96C236 -40 236 0 254 56C216 40 190 0 140 -8Z", "#9a7038")
    fins = (
        path("M-40 -84C-10 -140 50 -130 60 -76Z", "#9a7038")
        + path("M-60 48C-50 100 10 110 10 56Z", "#9a7038")
        + path("M70 36C90 80 120 74 116 18Z", "#9a7038")
    )
    spots = "".join(
        circle(x, y, 5 + 5 * c, "#6a3f24" if n % 3 else BRICK)
        for n, (x, y, c) in enumerate(scatter(81, 26, (-150, -66, 270, 56)))
    )
    return (
        fins
        + tail
        + body
        + belly
        + spots
        + stroke("M-150 -50C-120 -20 -124 20 -150 42", "#8a6430", 7)
        + circle(-190, -16, 13, INK)
        + circle(-194, -20, 4, PALE)
        + stroke("M-236 6C-220 12 -210 12 -200 8", "#8a6430", 6)
    )


def trout() -> str:
    weed = "".join(
        at(
            x,
            740,
            path(
                "M0 0C-40 -80 40 -140 0 -230C-10 -260 10 -300 6 -320C40 -280 36 -240 30 -210C60 -130 0 -80 30 0Z",
                fill,
            ),
            size=s,
            flip=f,
        )
        for x, s, f, fill in (
            (120, 1.2, False, PINE),
            (190, 0.9, True, MOSS),
            (1010, 1.3, False, PINE),
            (1090, 1.0, True, MOSS),
            (940, 0.7, False, MOSS),
        )
    )
    bed = path("M0 700C240 660 420 720 640 706S1040 680 1200 720V800H0Z", "#b9a679") + "".join(
        ellipse(x, y, 24 + 34 * c, 14 + 16 * c, (STONE, "#a3b0aa", "#74837d", "#c9b88d")[n % 4])
        for n, (x, y, c) in enumerate(scatter(82, 44, (0, 716, 1200, 80)))
    )
    light = "".join(
        path(f"M{x} 170L{x - 120} 720H{x + 20}L{x + 90} 170Z", PALE, opacity="0.13")
        for x in (240, 520, 800, 1060)
    )
    bubbles = "".join(
        circle(x, y, 6 + 12 * c, "none", stroke=PALE, stroke_width=5, opacity="0.7")
        for x, y, c in scatter(83, 9, (180, 230, 110, 180))
    )
    surface = path(
        smooth(
            [(-20, 170), (150, 150), (330, 178), (520, 152), (720, 180), (900, 150), (1080, 176), (1230, 154)]
        )
        + "L1230 -20H-20Z",
        PALE,
    )
    return picture(
        fade_down("depth", "#7fb9bf", RIVER, DEEP),
        rect(0, 0, WIDTH, HEIGHT, "url(#depth)"),
        light,
        surface,
        ridge(84, 116, 12, SAGE, 180, clip_path="url(#air)"),
        tag("clipPath", rect(0, 0, WIDTH, 150, "none"), id="air"),
        stroke(
            smooth(
                [
                    (-20, 172),
                    (150, 152),
                    (330, 180),
                    (520, 154),
                    (720, 182),
                    (900, 152),
                    (1080, 178),
                    (1230, 156),
                ]
            ),
            "#ffffff",
            8,
        ),
        bed,
        weed,
        at(560, 420, trout_fish(), turn=6, size=1.3),
        at(880, 580, trout_fish(), turn=-4, size=0.6),
        at(390, 610, trout_fish(), turn=2, size=0.5),
        bubbles,
    )


def dragonfly() -> str:
    wings = "".join(
        at(
            0,
            y,
            ellipse(150, 0, 156, 34, SKY, opacity="0.92")
            + stroke("M10 0H290M60 0L120 -24M60 0L120 24M150 0L220 -24M150 0L220 24", SHALLOW, 4),
            turn=turn,
        )
        for y, turn in ((-20, -20), (10, 14), (-20, 200), (10, 166))
    )
    tail = "".join(rect(-11, 40 + 46 * n, 22, 40, RIVER if n % 2 else DEEP, rx=10) for n in range(6))
    body = (
        ellipse(0, 0, 26, 46, DEEP)
        + circle(0, -62, 30, RIVER)
        + circle(-20, -72, 17, INK)
        + circle(20, -72, 17, INK)
        + circle(-24, -78, 5, PALE)
        + circle(16, -78, 5, PALE)
    )
    blades = "".join(
        path(
            f"M{x} 820C{x + lean * 0.2:.0f} 560 {x + lean * 0.5:.0f} 330 {x + lean} {top}C{x + lean * 0.5 + 44:.0f} 350 {x + 50} 580 {x + 44} 820Z",
            fill,
        )
        for x, lean, top, fill in (
            (60, 90, 150, PINE),
            (200, -50, 260, MOSS),
            (930, 70, 120, PINE),
            (1060, -90, 230, MOSS),
            (1120, 60, 60, FOREST),
            (0, 40, 330, FOREST),
        )
    )
    return picture(
        rect(0, 0, WIDTH, HEIGHT, "#d9e8d4"),
        circle(620, 360, 330, "#eef3dc"),
        sun(860, 170, 60, OCHRE),
        rect(0, 640, WIDTH, 160, SHALLOW),
        ripples(91, 36, (0, 656, 1140, 130), PALE, 5),
        blades,
        stroke("M420 820C440 640 520 500 600 330", FOREST, 16),
        at(600, 330, rect(-24, -130, 48, 190, BRICK, rx=24) + stroke("M0 -130v-60", FOREST, 8), turn=20),
        at(630, 330, wings + tail + body, turn=28, size=1.12),
        reeds(92, 260, 620, 850, 10, 170, PINE),
    )
