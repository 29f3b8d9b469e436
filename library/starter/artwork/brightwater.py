"""The pictures of Brightwater Trust: layered water and hills, like prints in four inks."""

from __future__ import annotations

from collections.abc import Callable

from .kit import (
    HEIGHT, WIDTH, at, circle, ellipse, fade_down, faded, inside, path, picture, polar, rect, ridge, ripples, scatter,
    smooth, stroke, tag,
)

INK, FOREST, PINE, MOSS, SAGE, MIST = "#0d2f2c", "#14463d", "#1f6152", "#5a8f74", "#a5c7ae", "#e2eee5"
DEEP, RIVER, SHALLOW, SKY, PALE = "#17435c", "#2b7390", "#7fb3c0", "#c3dfe3", "#edf5f1"
OCHRE, SAND, STONE, BRICK, SKIN = "#e0ab4c", "#f1dcae", "#8d9c96", "#b9603c", "#d9a27c"


# Things that appear in several pictures ------------------------------------------------------------------


def reed(height: float, lean: float, fill: str, head: str | None) -> str:
    """One reed growing from the origin, with a bulrush head if ``head`` is given."""
    stem = stroke(f"M0 0C{lean * 0.1:.0f} -{height * 0.4:.0f} {lean * 0.4:.0f} -{height * 0.75:.0f} {lean:.0f} -{height:.0f}", fill, 6)
    blade = path(f"M-5 0C-{12 + lean / 3:.0f} -{height * 0.4:.0f} {-lean * 0.9:.0f} -{height * 0.6:.0f} {-lean * 1.5 - 12:.0f} "
                 f"-{height * 0.72:.0f}C{-lean * 0.6:.0f} -{height * 0.5:.0f} 10 -{height * 0.3:.0f} 9 0Z", fill)
    if not head:
        return stem + blade
    rush = at(lean, -height, rect(-9, -22, 18, 70, head, rx=9) + stroke("M0 -22v-26", fill, 5), turn=lean / 3)
    return stem + blade + rush


def reeds(seed: int, x: float, width: float, y: float, count: int, height: float, fill: str, head: str | None = None) -> str:
    return "".join(
        at(px, y + 20 * chance, reed(height * (0.6 + 0.5 * chance), -34 + 68 * ((n * 7) % 10) / 10, fill, head if n % 2 else None))
        for n, (px, _, chance) in enumerate(sorted(scatter(seed, count, (x, 0, width, 1))))
    )


def pine(fill: str) -> str:
    """A conifer standing on the origin, 200 high."""
    return path("M0 -200L34 -138H20L52 -82H32L68 -20H8V0H-8V-20H-68L-32 -82H-52L-20 -138H-34Z", fill)


def pines(seed: int, x: float, width: float, y: float, count: int, size: float, fill: str) -> str:
    return "".join(at(px, y + 14 * c, pine(fill), size=size * (0.65 + 0.6 * c)) for px, _, c in scatter(seed, count, (x, 0, width, 1)))


def tree(crown: str, light: str) -> str:
    """A round broad-leaved tree standing on the origin, 260 high."""
    trunk = path("M-12 0C-8 -60 -10 -90 -8 -140H8C10 -90 8 -60 14 0Z", INK) + stroke("M0 -90L38 -136M0 -74L-34 -116", INK, 8)
    return trunk + circle(0, -186, 78, crown) + circle(-56, -150, 54, crown) + circle(58, -150, 56, crown) + circle(26, -206, 34, light) + circle(-36, -168, 22, light)


def willow(fill: str) -> str:
    """A young willow standing on the origin, 190 high."""
    twigs = "".join(stroke(f"M0 -60C{dx * 0.2:.0f} -110 {dx * 0.5:.0f} -140 {dx} -{190 - abs(dx)}", fill, 6) for dx in (-58, -30, 0, 30, 58))
    leaves = "".join(at(dx * t, -70 - t * (110 - abs(dx)), ellipse(9, 0, 13, 5, fill) + ellipse(-9, -6, 13, 5, fill), turn=dx / 2)
                     for dx in (-58, -30, 0, 30, 58) for t in (0.45, 0.7, 0.95))
    return stroke("M0 0V-70", INK, 8) + twigs + leaves


def gull(x: float, y: float, size: float, colour: str) -> str:
    return at(x, y, stroke("M-40 -14C-24 -22 -8 -12 0 4C8 -12 24 -22 40 -14", colour, 6), size=size)


def sun(x: float, y: float, r: float, colour: str = SAND) -> str:
    return circle(x, y, r * 1.45, colour, opacity="0.35") + circle(x, y, r, colour)


def person(coat: str, trousers: str, hat: str, stoop: float = 0) -> str:
    """Somebody in wellies looking right, standing on the origin, about 300 high; arms are drawn by the scene."""
    legs = (path("M-36 -130L-40 -44H-8L0 -110L16 -44H48L38 -130Z", trousers)
            + path("M-42 -52H-6V0H-48C-48 -14 -42 -24 -42 -52ZM14 -52H50C50 -26 54 -20 78 -14V0H14Z", FOREST) + path("M-42 -52H-6V0H-6L14 0H-10C-8 -12 22 -8 22 0H-42Z", FOREST))
    head = circle(14, -268, 34, SKIN) + path("M-24 -268C-28 -318 50 -322 50 -274L66 -268H-24Z", hat)
    top = path("M-46 -120C-56 -190 -38 -236 6 -238C46 -236 60 -196 50 -120Z", coat) + head
    return legs + at(0, -120, at(0, 120, top), turn=stoop)


# The pictures ----------------------------------------------------------------------------------------------


def river_dawn() -> str:
    river = path("M640 410C560 440 470 452 520 492C580 538 800 546 720 622C660 678 380 700 300 800H900C920 720 1010 680 930 600"
                 "C860 536 600 520 626 478C640 452 690 440 668 410Z", PALE)
    return picture(
        fade_down("sky", "#d6e8e6", "#f3ead0"), rect(0, 0, WIDTH, HEIGHT, "url(#sky)"), sun(760, 250, 86, OCHRE),
        ridge(2, 300, 50, SKY, 190), ridge(5, 360, 46, SHALLOW, 170), ridge(9, 420, 30, MOSS, 210), ridge(12, 470, 22, "#3f7d66", 260),
        pines(4, 0, 400, 478, 14, 0.36, PINE), pines(8, 820, 380, 470, 12, 0.34, PINE),
        river, path("M0 520C160 500 330 520 440 600C500 660 360 720 250 800H0Z", PINE), path("M1200 500C1060 520 960 560 1000 640C1040 700 940 740 930 800H1200Z", PINE),
        ripples(3, 26, (460, 560, 420, 220), SHALLOW), gull(330, 170, 0.8, DEEP), gull(410, 214, 0.55, DEEP), gull(250, 230, 0.5, DEEP),
        reeds(6, -10, 330, 830, 16, 250, INK, BRICK), reeds(7, 960, 260, 830, 12, 220, INK, BRICK), at(80, 540, tree(FOREST, PINE), size=0.8),
    )


def kingfisher() -> str:
    back = path("M-30 -250C40 -300 130 -270 150 -190C180 -90 120 40 40 90L-110 250L-150 236L-80 60C-110 -40 -90 -180 -30 -250Z", RIVER)
    breast = path("M128 -210C190 -120 150 30 44 86C0 100 -40 84 -56 50C-40 -60 20 -150 128 -210Z", "#d98743")
    wing = path("M-84 -70C-50 -130 10 -140 42 -110C60 -20 0 110 -124 222C-112 120 -120 20 -84 -70Z", DEEP)
    spots = "".join(ellipse(x, y, 8, 5, "#7fd0dd") for x, y in ((-40, -60), (-8, -86), (-52, -14), (-20, -30), (10, -60), (-60, 34), (-30, 20), (-70, 84), (-44, 70)))
    head = path("M-46 -220C-40 -320 130 -340 168 -236C150 -180 60 -160 -10 -170C-40 -180 -50 -200 -46 -220Z", RIVER)
    beak = path("M150 -262L368 -232L160 -214Z", INK) + path("M160 -226L368 -232L158 -212Z", BRICK)
    face = (path("M70 -226C110 -250 150 -240 166 -222C140 -200 100 -196 70 -226Z", "#d98743") + path("M28 -222C50 -230 66 -216 58 -186C36 -170 14 -190 28 -222Z", PALE)
            + path("M110 -196C140 -204 160 -204 168 -212C164 -180 130 -160 90 -160Z", PALE) + circle(108, -252, 17, INK) + circle(114, -258, 6, PALE))
    streak = path("M-66 -160L-20 -140L-96 180L-128 232Z", "#59bccc")
    feet = stroke("M36 88v26M66 74v34", BRICK, 12)
    return picture(
        rect(0, 0, WIDTH, HEIGHT, FOREST), circle(640, 370, 320, "#2a6a5c"), circle(640, 370, 250, SAGE),
        ridge(3, 640, 26, PINE, 220), rect(0, 690, WIDTH, 110, DEEP), ripples(9, 26, (0, 706, 1160, 80), SHALLOW, 5),
        stroke("M-20 690C240 560 520 540 900 560S1130 500 1220 470", INK, 34), stroke("M820 556C880 620 900 640 980 650", INK, 18),
        stroke("M300 590C250 540 210 520 150 520", INK, 16), "".join(at(x, y, path("M0 0C30 -20 34 -56 0 -90C-34 -56 -30 -20 0 0Z", MOSS), turn=t) for x, y, t in
        ((150, 520, -70), (210, 528, 10), (980, 650, 110), (930, 640, 40), (1090, 520, 20), (1160, 486, -30))),
        at(600, 440, feet + back + streak + wing + spots + breast + head + beak + face), reeds(5, 960, 240, 830, 9, 330, INK, BRICK),
    )


def sack() -> str:
    return path("M-52 0C-70 -60 -40 -104 -14 -112L-26 -138H26L14 -112C44 -104 70 -60 52 0Z", OCHRE) + stroke("M-16 -112H16", BRICK, 8) + stroke("M-22 -30C-26 -60 -16 -76 -6 -84", SAND, 7)


def picker(x: float, y: float, coat: str) -> str:
    return at(x, y, stroke("M10 -206L78 -160", coat, 30) + circle(82, -157, 15, SKIN) + stroke("M82 -157L136 -16L126 0M136 -16L148 -4", INK, 7))


def carrier(x: float, y: float, coat: str) -> str:
    return at(x, y, stroke("M0 -204L-52 -128", coat, 30) + circle(-56, -120, 15, SKIN) + at(-72, -6, sack()))


def volunteers() -> str:
    bank = path("M0 600C200 560 420 590 620 640S1020 690 1200 650V800H0Z", MOSS) + path("M0 690C260 650 560 700 760 730S1080 750 1200 730V800H0Z", PINE)
    wheel = at(930, 700, path("M-110 -110H80L44 -30H-70Z", RIVER) + stroke("M-70 -30L-190 -96M44 -30L70 0", INK, 11) + circle(76, 0, 32, INK) + circle(76, 0, 12, SAND)
               + stroke("M-60 -30L-70 26", INK, 11) + at(-40, -104, sack(), size=0.75) + at(36, -104, sack(), size=0.62))
    return picture(
        rect(0, 0, WIDTH, HEIGHT, PALE), sun(900, 190, 74, OCHRE), ridge(8, 300, 36, SKY, 220), ridge(21, 350, 30, SAGE, 240), ridge(4, 400, 18, "#7fb08f", 260),
        pines(3, 640, 520, 420, 14, 0.4, MOSS), rect(0, 430, WIDTH, 230, SHALLOW), rect(0, 430, WIDTH, 60, "#9dc6ce"), ripples(14, 40, (0, 450, 1150, 150), PALE, 5),
        at(120, 600, tree(PINE, MOSS), size=1.35), bank,
        carrier(360, 690, BRICK), at(360, 690, person(BRICK, DEEP, OCHRE)), at(360, 690, stroke("M10 -196L66 -220", BRICK, 30) + circle(72, -224, 15, SKIN)),
        at(590, 706, person(OCHRE, INK, RIVER, stoop=12)), picker(616, 706, "#c8933a"), wheel, at(752, 724, person(RIVER, "#3a4b48", BRICK)),
        at(752, 724, stroke("M8 -204L2 -128", "#215b74", 30) + circle(2, -120, 15, SKIN)), reeds(2, 1060, 150, 800, 8, 190, FOREST, BRICK), reeds(9, -10, 170, 815, 8, 150, FOREST, BRICK),
    )


def otter() -> str:
    head = (path("M-150 40C-170 -70 -100 -150 0 -150S170 -70 150 40Z", "#6d4a35") + circle(-112, -112, 28, "#5a3b2a") + circle(112, -112, 28, "#5a3b2a")
            + ellipse(0, -10, 100, 66, "#c9a684") + path("M-34 -62C-20 -78 20 -78 34 -62C30 -36 10 -26 0 -26S-30 -36 -34 -62Z", INK)
            + stroke("M0 -26V4C-10 24 -36 22 -46 8M0 4C10 24 36 22 46 8", INK, 7) + circle(-66, -82, 15, INK) + circle(66, -82, 15, INK) + circle(-61, -87, 5, PALE) + circle(71, -87, 5, PALE)
            + stroke("M-60 -18L-150 -30M-60 -4L-150 6M60 -18L150 -30M60 -4L150 6", PALE, 4))
    tail = path("M230 52C300 -20 420 -36 500 6C560 40 560 52 540 54Z", "#6d4a35") + path("M560 54C590 10 640 -6 690 10C660 20 640 40 630 54Z", "#5a3b2a")
    rings = "".join(ellipse(90, 60 + 12 * n, 330 + 100 * n, 34 + 22 * n, "none", stroke=SKY, stroke_width=6, opacity=f"{0.8 - 0.2 * n:.1f}") for n in range(4))
    pads = "".join(at(x, y, ellipse(0, 0, 74, 24, MOSS) + path("M0 0L74 -12V10Z", RIVER), size=size) for x, y, size in ((980, 640, 1.2), (1090, 590, 0.8), (210, 700, 1.1), (120, 640, 0.8)))
    flower = at(1000, 620, "".join(ellipse(0, -22, 11, 24, PALE, transform=f"rotate({a})") for a in (-60, -30, 0, 30, 60)) + circle(0, -8, 10, OCHRE))
    return picture(
        rect(0, 0, WIDTH, HEIGHT, SAGE), sun(860, 150, 80), ridge(6, 260, 40, MOSS, 200), ridge(16, 320, 24, PINE, 240), pines(6, 0, 1200, 360, 26, 0.5, FOREST),
        rect(0, 356, WIDTH, 444, RIVER), rect(0, 356, WIDTH, 70, DEEP, opacity="0.55"), ripples(17, 40, (0, 390, 1120, 380), SHALLOW, 5),
        at(480, 540, rings + tail + head), ripples(19, 8, (300, 590, 460, 20), SKY, 6), pads, flower, reeds(11, -10, 190, 830, 12, 420, INK, BRICK), reeds(12, 1060, 160, 830, 8, 360, INK, BRICK),
    )


def heron() -> str:
    """A heron standing in water at the origin, looking left, 480 high."""
    legs = stroke("M20 0L26 -190M58 0L52 -190", INK, 9)
    body = path("M-30 -210C-20 -280 60 -300 120 -250L216 -150C150 -160 70 -150 20 -170C-10 -180 -30 -190 -30 -210Z", STONE)
    wing = path("M10 -236C60 -270 120 -240 150 -206L226 -140C150 -150 60 -170 10 -236Z", DEEP)
    neck = stroke("M-10 -214C-70 -260 30 -310 -10 -366C-30 -394 -36 -410 -44 -424", "#d5deda", 36)
    head = path("M-20 -450C-60 -470 -92 -450 -100 -432L-226 -410L-100 -414C-70 -404 -30 -410 -20 -450Z", "#d5deda") + path("M-100 -434L-230 -409L-100 -420Z", OCHRE)
    crest = path("M-86 -446C-50 -466 -20 -456 40 -424C0 -434 -40 -436 -86 -446Z", INK) + circle(-80, -436, 6, INK)
    return legs + body + wing + neck + stroke("M-30 -250C-20 -226 -24 -200 -36 -180", "#d5deda", 12) + head + crest


def heron_lake() -> str:
    mirror = faded(at(640, 668, tag("g", heron(), transform="scale(1 -.35)")), 0.28)
    return picture(
        fade_down("dusk", "#bcd9d6", "#f1e6c8"), rect(0, 0, WIDTH, HEIGHT, "url(#dusk)"), sun(640, 300, 180, "#f3d58f"), ridge(31, 330, 30, SHALLOW, 260), ridge(7, 372, 22, MOSS, 240),
        pines(15, 0, 380, 408, 16, 0.42, PINE), pines(16, 860, 340, 408, 14, 0.42, PINE), rect(0, 404, WIDTH, 396, SHALLOW), rect(0, 404, WIDTH, 26, PINE, opacity="0.5"),
        "".join(rect(640 - w, 436 + 34 * n, 2 * w, 12, "#f3d58f", rx=6, opacity="0.75") for n, w in enumerate((170, 120, 146, 84, 110, 60))),
        ripples(23, 34, (0, 440, 1140, 330), PALE, 5), mirror, at(640, 668, heron()), ellipse(670, 668, 90, 12, "none", stroke=PALE, stroke_width=5),
        reeds(13, -10, 300, 820, 18, 430, FOREST, BRICK), reeds(14, 940, 280, 820, 16, 380, FOREST, BRICK), reeds(18, 0, 1200, 850, 26, 130, INK),
    )


def jar(water: str, level: float) -> str:
    """A sample jar standing on the origin, 330 high."""
    shape = rect(-95, -290, 190, 290, PALE, rx=26)
    shape_id = f"jar{level:.0f}"
    fill = rect(-95, -290, 190, 290, "#f7fbf9") + rect(-95, -level, 190, level, water) + ripples(int(level), 6, (-70, -level + 20, 90, level - 60), PALE)
    marks = "".join(stroke(f"M62 {-40 - 40 * n}h22", DEEP, 5) for n in range(6))
    return (ellipse(16, 2, 124, 16, INK, opacity="0.18") + inside(shape_id, shape, fill) + rect(-95, -290, 190, 290, "none", rx=26, stroke=DEEP, stroke_width=9) + marks
            + rect(-84, -336, 168, 52, DEEP, rx=12) + rect(-70, -190, 104, 76, "#fffdf4", rx=8) + stroke("M-54 -166h70M-54 -142h46", MOSS, 8))


def water_sample() -> str:
    tubes = "".join(at(x, 0, rect(-22, -230, 44, 200, "#f7fbf9", rx=22) + rect(-22, -230 + 90, 44, 110, fill, rx=22) + rect(-22, -140, 44, 40, fill) + rect(-22, -230, 44, 200, "none", rx=22, stroke=DEEP, stroke_width=7))
                    for x, fill in ((-120, "#a9d3c6"), (-40, "#7fb7a4"), (40, OCHRE), (120, "#d98743")))
    rack = rect(-180, -150, 360, 34, "#b98a55", rx=8) + rect(-180, -26, 360, 34, "#9a7043", rx=8) + rect(-176, -150, 20, 150, "#9a7043") + rect(156, -150, 20, 150, "#9a7043")
    notebook = at(0, 0, rect(-150, -100, 300, 200, FOREST, rx=14) + rect(-136, -90, 276, 180, "#fffdf4", rx=8) + stroke("M-110 -56h220M-110 -20h180M-110 16h210M-110 52h120", SAGE, 8)
                  + at(150, 40, rect(-9, -120, 18, 190, OCHRE, rx=5) + path("M-9 70H9L0 100Z", INK), turn=24))
    stone = path("M-20 640C200 590 420 610 640 604S1040 590 1220 640V820H-20Z", STONE) + path("M-20 700C240 660 520 690 760 676S1080 680 1220 704V820H-20Z", "#74837d")
    return picture(
        rect(0, 0, WIDTH, HEIGHT, MIST), ridge(41, 220, 40, SAGE, 220), ridge(42, 290, 26, MOSS, 260), pines(43, 0, 1200, 330, 24, 0.36, PINE), rect(0, 330, WIDTH, 330, RIVER),
        ripples(44, 46, (0, 350, 1120, 260), SHALLOW, 5), stone, at(330, 668, jar(SHALLOW, 190)), at(540, 690, jar("#9cc4a0", 130), size=0.78), at(830, 676, tubes + rack, size=1.12),
        at(1010, 742, notebook, turn=-8, size=0.5), at(170, 742, ellipse(0, 0, 60, 24, "#9fada7")), reeds(45, -10, 120, 700, 8, 330, FOREST, BRICK), reeds(46, 1100, 120, 690, 7, 360, FOREST, BRICK),
    )


def planting() -> str:
    spade = at(830, 700, rect(-9, -330, 18, 250, "#b98a55", rx=8) + stroke("M-40 -340H40", INK, 18) + path("M-56 -110H56V-30C56 10 20 36 0 50C-20 36 -56 10 -56 -30Z", STONE) + path("M0 -110H56V-30C56 10 20 36 0 50Z", "#74837d"), turn=12)
    guard = "".join(at(x, y, willow(PINE) + rect(-17, -78, 34, 84, "#d9e8d8", rx=5, opacity="0.95") + rect(22, -120, 10, 130, "#9a7043", rx=3), size=s)
                    for x, y, s in ((420, 560, 0.75), (600, 590, 0.95), (300, 640, 1.25), (520, 700, 1.55), (980, 610, 1.0), (1110, 580, 0.8)))
    soil = "".join(ellipse(x, y, w, w / 5, "#5b4632") for x, y, w in ((420, 562, 50), (600, 594, 62), (300, 644, 78), (520, 704, 100), (850, 742, 120), (980, 612, 60), (1110, 582, 46)))
    can = at(130, 716, path("M-70 -110H70L60 0H-60Z", RIVER) + stroke("M66 -30L150 -110", RIVER, 18) + ellipse(156, -116, 26, 14, DEEP, transform="rotate(42 156 -116)") + stroke("M-66 -96C-150 -110 -140 -10 -62 -20M-40 -110C-30 -170 40 -170 46 -110", DEEP, 13))
    return picture(
        rect(0, 0, WIDTH, HEIGHT, "#e9f1e3"), sun(250, 170, 76), ridge(51, 280, 44, SKY, 200), ridge(52, 340, 34, SAGE, 230), rect(0, 390, WIDTH, 120, SHALLOW), ripples(53, 28, (0, 400, 1140, 70), PALE, 5),
        pines(54, 720, 480, 400, 12, 0.36, MOSS), path("M0 470C240 440 520 500 760 490S1060 450 1200 470V800H0Z", "#86b28c"), path("M0 620C260 580 520 640 800 640S1100 600 1200 610V800H0Z", MOSS),
        "".join(at(x, y, stroke("M0 0V-26M0 0L-12 -20M0 0L12 -20", PINE, 5)) for x, y, _ in scatter(55, 40, (20, 520, 1160, 260))),
        soil, guard, spade, can,
    )


def bridge_stones() -> str:
    return "".join(rect(x, y, 40 + 40 * c, 16, "#a3b0aa" if c > 0.5 else "#7d8c86", rx=5) for x, y, c in scatter(61, 70, (150, 306, 900, 180)))


def stone_bridge() -> str:
    arch = "M100 520V400C300 300 460 272 600 272S900 300 1100 400V520H850C850 380 730 330 600 330S350 380 350 520Z"
    stones = inside("arch", path(arch, STONE), rect(0, 250, WIDTH, 300, STONE) + bridge_stones())
    rim = stroke("M340 522C340 372 724 300 790 420C836 462 860 500 860 522", "#64736d", 0) + stroke("M350 520C350 380 470 330 600 330S850 380 850 520", "#64736d", 20) + stroke("M100 398C300 298 460 270 600 270S900 298 1100 398", "#64736d", 22)
    mirror = faded(at(0, 1040, tag("g", path(arch, FOREST), transform="scale(1 -1)")), 0.35)
    return picture(
        rect(0, 0, WIDTH, HEIGHT, SKY), sun(600, 200, 70, PALE), ridge(62, 260, 40, SAGE, 210), ridge(63, 340, 30, MOSS, 240), pines(64, 380, 440, 420, 12, 0.4, PINE), rect(0, 410, WIDTH, 120, "#7fb08f"),
        rect(0, 520, WIDTH, 280, RIVER), mirror, path("M350 520H850C850 600 730 640 600 640S350 600 350 520Z", "#8dbfc9"), ripples(65, 54, (0, 540, 1140, 240), SKY, 5), stones, rim,
        path("M0 420C100 400 180 440 230 520C180 560 90 560 0 590Z", PINE), path("M1200 400C1090 410 1010 450 970 520C1040 560 1120 560 1200 600Z", PINE),
        at(90, 470, tree(FOREST, PINE), size=1.5), at(1120, 480, tree(FOREST, PINE), size=1.3), reeds(66, -10, 160, 640, 9, 150, INK, BRICK), reeds(67, 1060, 150, 650, 9, 150, INK, BRICK), gull(440, 130, 0.7, DEEP), gull(520, 170, 0.5, DEEP),
    )


def paddler(coat: str, hat: str) -> str:
    return path("M-30 0C-36 -70 -20 -104 6 -106C32 -104 42 -70 36 0Z", coat) + circle(8, -132, 24, SKIN) + path("M-18 -134C-22 -170 36 -172 34 -140L48 -134Z", hat)


def canoe() -> str:
    boat = path("M-290 -46C-250 -20 250 -20 290 -46C280 20 220 50 160 50H-160C-220 50 -280 20 -290 -46Z", BRICK) + path("M-280 -24C-240 0 240 0 280 -24L286 -46C250 -20 -250 -20 -290 -46Z", OCHRE)
    crew = at(-110, -24, paddler(FOREST, OCHRE)) + at(110, -24, paddler(RIVER, BRICK))
    arms = stroke("M-100 -110L-50 -70", "#0f3a33", 24) + stroke("M120 -110L170 -70", "#215b74", 24)
    paddles = stroke("M-30 -150L-74 60", "#8a5f36", 9) + ellipse(-80, 84, 15, 40, "#8a5f36", transform="rotate(12 -80 84)") + stroke("M190 -150L146 60", "#8a5f36", 9) + ellipse(140, 84, 15, 40, "#8a5f36", transform="rotate(12 140 84)")
    peaks = path("M-20 430L200 150L300 270L430 90L640 330L800 190L980 380L1220 220V460H-20Z", SHALLOW) + path("M430 90L366 178L410 206L440 176L474 210L506 176ZM200 150L150 214L190 232L216 206L240 220Z", PALE)
    return picture(
        rect(0, 0, WIDTH, HEIGHT, "#d3e6e6"), sun(900, 140, 66, OCHRE), peaks, ridge(71, 390, 24, MOSS, 200), pines(72, 0, 1200, 430, 40, 0.42, PINE), rect(0, 428, WIDTH, 372, "#8fc0c6"),
        rect(0, 428, WIDTH, 20, PINE, opacity="0.6"), ripples(73, 60, (0, 460, 1130, 320), PALE, 5), ellipse(600, 664, 320, 24, DEEP, opacity="0.35"), at(600, 620, crew + arms + boat + paddles), ripples(74, 8, (340, 676, 440, 24), PALE, 6),
        reeds(75, -10, 210, 830, 12, 260, FOREST, BRICK), reeds(76, 1040, 170, 830, 9, 230, FOREST, BRICK),
    )


def trout_fish() -> str:
    """A brown trout swimming left, 480 long, its middle the origin."""
    body = path("M-240 0C-180 -90 40 -110 170 -20C120 60 -150 90 -240 0Z", "#b58a4a")
    belly = path("M-240 0C-160 50 60 60 170 -20C110 66 -150 92 -240 0Z", SAND)
    tail = path("M140 -24C190 -40 220 -90 250 -96C236 -40 236 0 254 56C216 40 190 0 140 -8Z", "#9a7038")
    fins = path("M-40 -84C-10 -140 50 -130 60 -76Z", "#9a7038") + path("M-60 48C-50 100 10 110 10 56Z", "#9a7038") + path("M70 36C90 80 120 74 116 18Z", "#9a7038")
    spots = "".join(circle(x, y, 5 + 5 * c, "#6a3f24" if n % 3 else BRICK) for n, (x, y, c) in enumerate(scatter(81, 26, (-150, -66, 270, 56))))
    return fins + tail + body + belly + spots + stroke("M-150 -50C-120 -20 -124 20 -150 42", "#8a6430", 7) + circle(-190, -16, 13, INK) + circle(-194, -20, 4, PALE) + stroke("M-236 6C-220 12 -210 12 -200 8", "#8a6430", 6)


def trout() -> str:
    weed = "".join(at(x, 740, path("M0 0C-40 -80 40 -140 0 -230C-10 -260 10 -300 6 -320C40 -280 36 -240 30 -210C60 -130 0 -80 30 0Z", fill), size=s, flip=f)
                   for x, s, f, fill in ((120, 1.2, False, PINE), (190, 0.9, True, MOSS), (1010, 1.3, False, PINE), (1090, 1.0, True, MOSS), (940, 0.7, False, MOSS)))
    bed = path("M0 700C240 660 420 720 640 706S1040 680 1200 720V800H0Z", "#b9a679") + "".join(
        ellipse(x, y, 24 + 34 * c, 14 + 16 * c, (STONE, "#a3b0aa", "#74837d", "#c9b88d")[n % 4]) for n, (x, y, c) in enumerate(scatter(82, 44, (0, 716, 1200, 80))))
    light = "".join(path(f"M{x} 170L{x - 120} 720H{x + 20}L{x + 90} 170Z", PALE, opacity="0.13") for x in (240, 520, 800, 1060))
    bubbles = "".join(circle(x, y, 6 + 12 * c, "none", stroke=PALE, stroke_width=5, opacity="0.7") for x, y, c in scatter(83, 9, (180, 230, 110, 180)))
    surface = path(smooth([(-20, 170), (150, 150), (330, 178), (520, 152), (720, 180), (900, 150), (1080, 176), (1230, 154)]) + "L1230 -20H-20Z", PALE)
    return picture(
        fade_down("depth", "#7fb9bf", RIVER, DEEP), rect(0, 0, WIDTH, HEIGHT, "url(#depth)"), light, surface, ridge(84, 116, 12, SAGE, 180, clip_path="url(#air)"), tag("clipPath", rect(0, 0, WIDTH, 150, "none"), id="air"),
        stroke(smooth([(-20, 172), (150, 152), (330, 180), (520, 154), (720, 182), (900, 152), (1080, 178), (1230, 156)]), "#ffffff", 8),
        bed, weed, at(560, 420, trout_fish(), turn=6, size=1.3), at(880, 580, trout_fish(), turn=-4, size=0.6), at(390, 610, trout_fish(), turn=2, size=0.5), bubbles,
    )


def dragonfly() -> str:
    wings = "".join(at(0, y, ellipse(150, 0, 156, 34, SKY, opacity="0.92") + stroke("M10 0H290M60 0L120 -24M60 0L120 24M150 0L220 -24M150 0L220 24", SHALLOW, 4), turn=turn)
                    for y, turn in ((-20, -20), (10, 14), (-20, 200), (10, 166)))
    tail = "".join(rect(-11, 40 + 46 * n, 22, 40, RIVER if n % 2 else DEEP, rx=10) for n in range(6))
    body = ellipse(0, 0, 26, 46, DEEP) + circle(0, -62, 30, RIVER) + circle(-20, -72, 17, INK) + circle(20, -72, 17, INK) + circle(-24, -78, 5, PALE) + circle(16, -78, 5, PALE)
    blades = "".join(path(f"M{x} 820C{x + lean * 0.2:.0f} 560 {x + lean * 0.5:.0f} 330 {x + lean} {top}C{x + lean * 0.5 + 44:.0f} 350 {x + 50} 580 {x + 44} 820Z", fill)
                     for x, lean, top, fill in ((60, 90, 150, PINE), (200, -50, 260, MOSS), (930, 70, 120, PINE), (1060, -90, 230, MOSS), (1120, 60, 60, FOREST), (0, 40, 330, FOREST)))
    return picture(
        rect(0, 0, WIDTH, HEIGHT, "#d9e8d4"), circle(620, 360, 330, "#eef3dc"), sun(860, 170, 60, OCHRE), rect(0, 640, WIDTH, 160, SHALLOW), ripples(91, 36, (0, 656, 1140, 130), PALE, 5), blades,
        stroke("M420 820C440 640 520 500 600 330", FOREST, 16), at(600, 330, rect(-24, -130, 48, 190, BRICK, rx=24) + stroke("M0 -130v-60", FOREST, 8), turn=20),
        at(630, 330, wings + tail + body, turn=28, size=1.12), reeds(92, 260, 620, 850, 10, 170, PINE),
    )


PICTURES: dict[str, Callable[[], str]] = {
    "river-dawn": river_dawn,
    "kingfisher": kingfisher,
    "volunteers": volunteers,
    "otter": otter,
    "heron": heron_lake,
    "water-sample": water_sample,
    "planting": planting,
    "stone-bridge": stone_bridge,
    "canoe": canoe,
    "trout": trout,
    "dragonfly": dragonfly,
}
