"""The pictures of Bluebird Coffee: round, warm, flat shapes in teal and apricot."""

from __future__ import annotations

from collections.abc import Callable

from .kit import (
    HEIGHT, WIDTH, at, circle, ellipse, faded, inside, path, picture, polar, rect, scatter, smooth, stroke, tag,
)

TEAL, TEAL_MID, TEAL_SOFT, TEAL_PALE = "#0e4a5c", "#1f7086", "#9fcdd1", "#dcedeb"
NIGHT = "#0a3645"
APRICOT, RUST, BLUSH, CREAM, MILK = "#f4a765", "#d4683a", "#fbdfc4", "#fff5e8", "#fffdf8"
COFFEE, ROAST, CARAMEL, GOLD = "#6d412b", "#3e2519", "#b9783f", "#f7c86b"


# Things that appear in several pictures ------------------------------------------------------------------


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
        stroke(f"M0 {y}c-{w} -4 -{w * 1.25:.0f} -34 -{w * 1.1:.0f} -58M0 {y}c{w} -4 {w * 1.25:.0f} -34 {w * 1.1:.0f} -58",
               MILK, 15)
        for y, w in ((96, 44), (66, 62), (34, 70), (2, 64), (-28, 48))
    )
    heart = path("M0 -22c-12 -34 -52 -30 -46 -66c4 -24 36 -26 46 -4c10 -22 42 -20 46 4c6 36 -34 32 -46 66Z", MILK)
    return fronds + at(0, -6, heart, size=0.8) + stroke("M0 -60V112", MILK, 7)


def cup(body: str, shade: str, coffee: str = CARAMEL) -> str:
    """A cup on its saucer; the middle of the rim is the origin, 300 across."""
    outline = "M-152 0C-152 118 -112 196 -58 204L58 204C112 196 152 118 152 0Z"
    dark = "M70 0C74 118 48 190 14 204L58 204C112 196 152 118 152 0Z"
    surface = ellipse(0, 2, 138, 29, coffee)
    art = tag("g", rosetta(), transform="scale(1.05 .2)")
    return (
        shadow(20, 236, 270, 26)
        + ellipse(0, 216, 240, 30, shade) + ellipse(0, 208, 240, 29, MILK) + ellipse(0, 207, 150, 15, TEAL_PALE)
        + stroke("M140 44C238 12 240 132 116 142", body, 30)
        + path(outline, body) + path(dark, shade)
        + ellipse(0, 0, 152, 37, MILK) + surface + inside("surface", surface, art)
    )


def leaf(fill: str, vein: str) -> str:
    """A plain leaf, stem at the origin, tip 150 above."""
    return (
        path("M0 0C48 -26 56 -92 0 -150C-56 -92 -48 -26 0 0Z", fill)
        + stroke("M0 22V-118M0 -34l24 -22M0 -34l-24 -22M0 -68l22 -22M0 -68l-22 -22", vein, 5)
    )


def maple(fill: str, vein: str) -> str:
    """A maple leaf, stem at the origin, about 180 high."""
    half = [(10, -18), (48, -26), (42, -42), (86, -66), (74, -78), (92, -112), (62, -108), (54, -124), (28, -96),
            (34, -150), (18, -142)]
    right = "".join(f"L{x} {y}" for x, y in half)
    left = "".join(f"L{-x} {y}" for x, y in reversed(half))
    veins = stroke("M0 44V-130M0 -26L62 -88M0 -26L-62 -88M0 -18L52 -40M0 -18L-52 -40", vein, 5)
    return path(f"M0 -14{right}L0 -178{left}Z", fill, stroke=fill, stroke_width=8, stroke_linejoin="round") + veins


def bean(fill: str = COFFEE, crease: str = ROAST) -> str:
    return ellipse(0, 0, 25, 36, fill) + stroke("M-3 -31c15 20 -11 40 5 62", crease, 6)


def bird() -> str:
    """The bluebird, looking right, about 300 long; its feet are the origin."""
    tail = path("M-70 -92L-196 -42L-182 -20L-44 -50Z", TEAL)
    body = path("M-100 -84C-84 -156 -24 -196 26 -204C52 -262 140 -258 150 -190C158 -120 110 -30 22 -26"
                "C-48 -24 -84 -46 -100 -84Z", TEAL_MID)
    belly = path("M150 -176C152 -108 108 -30 22 -26C-6 -26 -30 -30 -48 -38C20 -52 66 -96 84 -150Z", APRICOT)
    wing = path("M-128 -66C-96 -150 -20 -176 44 -150C40 -96 -20 -58 -128 -66Z", TEAL)
    feathers = stroke("M-84 -84C-50 -90 -14 -100 8 -118M-62 -106C-40 -112 -14 -120 10 -134", TEAL_MID, 6)
    face = path("M146 -214l50 16l-48 18Z", GOLD) + circle(108, -204, 11, NIGHT) + circle(112, -208, 4, MILK)
    feet = stroke("M10 -30V-2M40 -32V-2M-4 0h26M28 0h26", RUST, 7)
    return feet + tail + body + belly + wing + feathers + face


def lamp(x: float, drop: float, shade: str) -> str:
    glow = path(f"M{x - 62} {drop + 58}L{x - 190} {drop + 420}H{x + 190}L{x + 62} {drop + 58}Z", GOLD, opacity="0.12")
    cord = stroke(f"M{x} 0V{drop}", NIGHT, 5)
    hood = path(f"M{x - 66} {drop + 60}C{x - 66} {drop + 8} {x - 30} {drop - 8} {x} {drop - 8}"
                f"C{x + 30} {drop - 8} {x + 66} {drop + 8} {x + 66} {drop + 60}Z", shade)
    return glow + cord + hood + ellipse(x, drop + 60, 34, 14, GOLD)


def plant(pot: str, fill: str, vein: str) -> str:
    """A pot plant standing on the origin, about 200 high."""
    fronds = "".join(at(0, -78, leaf(fill, vein), turn=turn, size=size)
                     for turn, size in ((-62, 0.75), (58, 0.75), (-30, 0.95), (32, 0.92), (0, 1.05)))
    return fronds + path("M-56 -92H56L42 0H-42Z", pot) + rect(-64, -104, 128, 26, pot, rx=8)


def bulbs(seed: int, start: tuple[float, float], sag: float, end: tuple[float, float], count: int) -> str:
    """A string of lights between two hooks."""
    (x0, y0), (x1, y1) = start, end
    spots = [((x0 + (x1 - x0) * t), (y0 + (y1 - y0) * t) + 4 * sag * t * (1 - t))
             for t in (index / (count + 1) for index in range(count + 2))]
    lights = "".join(circle(x, y + 20, 30, GOLD, opacity="0.18") + circle(x, y + 20, 12, GOLD if (n + seed) % 3 else APRICOT)
                     for n, (x, y) in enumerate(spots[1:-1]))
    return stroke(smooth(spots), NIGHT, 4) + lights


# The pictures ----------------------------------------------------------------------------------------------


def autumn_latte() -> str:
    drift = [(150, 170, 24, 0.8, RUST), (330, 330, -50, 0.55, APRICOT), (1010, 150, -28, 0.95, RUST),
             (1090, 400, 66, 0.6, GOLD), (250, 560, 118, 0.62, GOLD), (860, 130, 40, 0.5, GOLD)]
    leaves = "".join(at(x, y, maple(fill, BLUSH) if n % 2 == 0 else leaf(fill, BLUSH), turn, size)
                     for n, (x, y, turn, size, fill) in enumerate(drift))
    lying = (shadow(215, 704, 84, 10) + at(170, 700, maple(RUST, APRICOT), turn=74, size=0.8)
             + shadow(985, 730, 70, 9) + at(940, 726, leaf(GOLD, RUST), turn=80, size=0.75))
    return picture(
        rect(0, 0, WIDTH, HEIGHT, BLUSH), circle(600, 400, 330, APRICOT), circle(600, 400, 262, "#f8bd86"),
        table(600, TEAL, NIGHT), leaves, steam(600, 350, 1.15), at(600, 420, cup(CREAM, "#ecd3b6"), size=1.22), lying,
        at(820, 722, bean(CARAMEL, ROAST), turn=50, size=0.8), at(385, 742, bean(CARAMEL, ROAST), turn=-35, size=0.8),
    )


def layered_glass() -> str:
    outline = path("M-110 -330H110L88 168C86 186 72 192 56 192H-56C-72 192 -86 186 -88 168Z", MILK)
    layers = (rect(-120, -340, 240, 600, MILK) + rect(-120, -214, 240, 90, "#e9c79d") + rect(-120, -150, 240, 150, CARAMEL)
              + rect(-120, -30, 240, 110, "#d9ab7c") + rect(-120, 60, 240, 200, "#f6e6d0"))
    froth = "".join(circle(x, -328 + 18 * chance, 34 + 16 * chance, MILK) for x, _, chance in
                    ((-78, 0, 0.2), (-30, 0, 0.9), (24, 0, 0.7), (74, 0, 0.3)))
    shine = rect(-78, -250, 16, 370, "#ffffff", rx=8, opacity="0.55")
    dust = "".join(circle(x, y, 3.4, CARAMEL) for x, y, _ in scatter(4, 20, (-82, -352, 160, 36)))
    handle = stroke("M100 -190C206 -196 200 30 92 24", "#cfe4e4", 20)
    return shadow(14, 196, 170) + handle + inside("glass", outline, layers) + shine + froth + dust


def maple_latte() -> str:
    arch = path("M330 640V330C330 180 450 80 600 80S870 180 870 330V640Z", APRICOT)
    pane = path("M366 640V334C366 202 470 116 600 116S834 202 834 334V640Z", "#f9c48f")
    sticks = at(880, 690, rect(-130, -16, 260, 24, COFFEE, rx=12) + rect(-110, -36, 260, 24, CARAMEL, rx=12), turn=-9)
    hills = inside("pane", pane, circle(480, 680, 200, RUST) + circle(760, 700, 220, "#c25a30") + circle(428, 300, 56, GOLD))
    return picture(
        rect(0, 0, WIDTH, HEIGHT, TEAL), arch, pane, hills, table(640, BLUSH, "#f1cba4"),
        at(600, 500, layered_glass(), size=1.0), shadow(900, 712, 150, 12), sticks,
        shadow(300, 724, 100, 12), at(240, 716, maple(RUST, APRICOT), turn=62, size=0.95),
        at(330, 742, leaf(GOLD, CARAMEL), turn=100, size=0.7),
        at(150, 250, leaf(TEAL_MID, TEAL), turn=34, size=1.0), at(1050, 300, leaf(TEAL_MID, TEAL), turn=-30, size=1.2),
        at(1010, 160, leaf(TEAL_MID, TEAL), turn=40, size=0.7),
    )


def ice(x: float, y: float, turn: float) -> str:
    block = rect(-46, -46, 92, 92, "#ffffff", rx=16, opacity="0.38") + rect(-30, -32, 34, 12, "#ffffff", rx=6, opacity="0.7")
    return at(x, y, block, turn=turn)


def citrus() -> str:
    """A slice of orange, 200 across."""
    segments = "".join(
        path("M0 -8L{:.0f} {:.0f}A74 74 0 0 1 {:.0f} {:.0f}Z".format(*polar(0, 0, 74, a + 5), *polar(0, 0, 74, a + 55)), APRICOT)
        for a in range(0, 360, 60)
    )
    return circle(0, 0, 100, RUST) + circle(0, 0, 90, CREAM) + segments


def cold_brew() -> str:
    outline = path("M-130 -330H130L98 180C97 194 86 202 72 202H-72C-86 202 -97 194 -98 180Z", TEAL_PALE)
    drink = (rect(-140, -340, 280, 600, "#eef7f5") + rect(-140, -236, 280, 500, COFFEE) + rect(-140, -20, 280, 300, ROAST)
             + ice(-44, -196, 14) + ice(52, -172, -20) + ice(-18, -84, 40) + ice(58, -54, 8) + ice(-52, 12, -12))
    straw = at(64, -214, rect(-9, -260, 18, 330, RUST, rx=9), turn=14)
    glass = shadow(10, 204, 190) + straw + inside("glass", outline, drink) + rect(-92, -200, 16, 330, "#ffffff", rx=8, opacity="0.4")
    rays = "".join(stroke("M{:.0f} {:.0f}L{:.0f} {:.0f}".format(*polar(880, 270, 190, a), *polar(880, 270, 236, a)), APRICOT, 15)
                   for a in range(0, 360, 30))
    return picture(
        rect(0, 0, WIDTH, HEIGHT, TEAL_SOFT), circle(880, 270, 160, APRICOT), rays,
        path(f"M0 560C240 480 420 620 640 566S1010 500 1200 570V{HEIGHT}H0Z", TEAL_MID),
        table(620, CREAM, "#f0dcc2"), at(560, 484, glass, size=1.04), at(560, 484, at(-126, -306, citrus(), turn=12, size=0.78)),
        shadow(860, 716, 120, 14), at(840, 668, citrus(), turn=20, size=0.66), shadow(300, 736, 70, 9),
        at(270, 716, bean(), turn=70), at(330, 738, bean(), turn=20, size=0.85),
    )


def bun(x: float, y: float, size: float) -> str:
    """A cinnamon bun from the side and above."""
    turns = [polar(0, 0, 150 - 12.5 * n, 40 + 62 * n) for n in range(12)]
    swirl = stroke(smooth(turns), "#8a4a26", 22)
    icing = path("M-120 -62C-70 -112 60 -116 118 -58C138 -20 96 -6 84 26C76 52 50 40 46 14C38 -14 10 -10 6 18"
                 "C0 66 -36 56 -36 18C-40 -12 -70 -10 -82 8C-104 22 -140 -22 -120 -62Z", MILK)
    top = tag("g", circle(0, 0, 168, "#dd9a55") + swirl, transform="scale(1 .62)")
    side = path("M-168 0C-168 60 -150 112 -110 124C-50 142 50 142 110 124C150 112 168 60 168 0Z", "#c17a3a")
    return at(x, y, side + top + at(0, 2, tag("g", icing, transform="scale(1 .66)"), size=0.98), size=size)


def cinnamon_bun() -> str:
    stars = "".join(at(x, y, "".join(ellipse(0, -18, 8, 20, COFFEE, transform=f"rotate({a})") for a in range(0, 360, 45)),
                       turn=turn, size=1.2) for x, y, turn in ((190, 690, 10), (1030, 650, 30)))
    cloth = path("M120 560L640 520L1080 590L1010 800H60Z", TEAL) + "".join(
        stroke(f"M{140 + 150 * n} 552L{90 + 165 * n} 800", TEAL_MID, 12) for n in range(7))
    cloth = inside("cloth", path("M120 560L640 520L1080 590L1010 800H60Z", TEAL), cloth)
    plate = shadow(600, 676, 420, 40) + ellipse(600, 640, 400, 92, TEAL_PALE) + ellipse(600, 626, 400, 90, MILK) + ellipse(
        600, 622, 300, 60, "#eef5f3")
    return picture(
        rect(0, 0, WIDTH, HEIGHT, APRICOT), circle(600, 360, 300, "#f8bd86"), rect(0, 560, WIDTH, 240, "#e98f52"), cloth, plate,
        bun(462, 520, 0.92), bun(745, 524, 0.88), bun(604, 398, 0.98), steam(604, 260, 0.8), stars,
    )


def machine() -> str:
    """An espresso machine standing on the origin, 420 wide."""
    groups = "".join(rect(x - 30, -150, 60, 34, NIGHT, rx=6) + stroke(f"M{x} -110h-70", ROAST, 13) + rect(x - 26, -118, 52, 20, "#6f7f84", rx=5)
                     for x in (-84, 104))
    cups = "".join(path(f"M{x - 24} -44h48l-8 40h-32Z", CREAM) for x in (-84, 104))
    stack = "".join(rect(-170 + 64 * n, -330, 52, 30, CREAM if n % 2 else APRICOT, rx=8) for n in range(6))
    dials = circle(-150, -230, 16, CREAM) + circle(-104, -230, 16, CREAM) + rect(30, -246, 140, 30, TEAL, rx=15)
    return (stack + rect(-200, -300, 400, 150, APRICOT, rx=26) + rect(-200, -190, 400, 50, RUST, rx=6) + rect(-180, -150, 360, 150, TEAL)
            + dials + groups + cups + rect(-210, -8, 420, 18, NIGHT, rx=9))


def counter() -> str:
    tiles = "".join(rect(60 * x + (30 if y % 2 else 0) - 30, 236 + 44 * y, 56, 40, TEAL_PALE if (x * 7 + y * 3) % 5 else TEAL_SOFT, rx=5)
                    for x in range(21) for y in range(7))
    shelf = rect(90, 196, 470, 14, COFFEE, rx=7) + "".join(
        rect(112 + 74 * n, 196 - h, 52, h, fill, rx=10) + rect(120 + 74 * n, 196 - h - 12, 36, 16, NIGHT, rx=6)
        for n, (h, fill) in enumerate(((84, APRICOT), (108, CREAM), (84, RUST), (96, TEAL_MID), (108, APRICOT), (84, CREAM))))
    board = rect(640, 60, 460, 150, NIGHT, rx=16) + "".join(
        stroke(f"M680 {96 + 38 * n}h{w}", CREAM, 8, opacity="0.9") + stroke(f"M1020 {96 + 38 * n}h40", APRICOT, 8)
        for n, w in enumerate((180, 240, 150)))
    case = rect(760, 404, 380, 166, "#eef7f5", rx=16) + rect(784, 486, 332, 8, TEAL_SOFT) + "".join(
        ellipse(830 + 84 * n, 470, 34, 24, "#dd9a55") + ellipse(830 + 84 * n, 462, 22, 11, "#8a4a26") for n in range(4)) + "".join(
        rect(806 + 78 * n, 526, 56, 40, fill, rx=10) for n, fill in enumerate((APRICOT, COFFEE, APRICOT, RUST)))
    front = rect(0, 570, WIDTH, 26, COFFEE) + rect(0, 596, WIDTH, 204, TEAL) + "".join(
        rect(20 + 100 * n, 620, 80, 180, TEAL_MID, rx=10, opacity="0.45") for n in range(12))
    return picture(
        rect(0, 0, WIDTH, HEIGHT, BLUSH), tiles, shelf, board, at(370, 562, machine(), size=1.0), case, front,
        at(680, 572, cup(APRICOT, RUST), size=0.36), at(80, 572, plant(RUST, TEAL_MID, TEAL), size=0.9),
        lamp(240, 40, RUST), lamp(600, 40, APRICOT), lamp(960, 40, RUST),
    )


def storefront() -> str:
    stripes = "".join(path(f"M{190 + 82 * n} 300h82v86a41 41 0 0 1 -82 0Z", APRICOT if n % 2 else CREAM) for n in range(10))
    window = rect(230, 380, 420, 260, "#ffdf9e", rx=12) + inside("window", rect(230, 380, 420, 260, "none", rx=12), (
        rect(230, 560, 420, 90, COFFEE) + at(330, 562, machine(), size=0.4) + at(560, 562, plant(RUST, TEAL_MID, TEAL), size=0.7)
        + lamp(430, 400, RUST))) + rect(230, 380, 420, 260, "none", rx=12, stroke=NIGHT, stroke_width=12) + rect(434, 380, 12, 260, NIGHT)
    door = (rect(720, 390, 200, 330, NIGHT, rx=10) + rect(746, 416, 148, 200, "#ffdf9e", rx=8) + circle(754, 650, 11, GOLD)
            + rect(786, 466, 68, 44, CREAM, rx=8) + stroke("M802 488h36", TEAL, 7))
    sign = rect(330, 206, 540, 84, NIGHT, rx=20) + at(600, 274, at(-14, 0, bird(), size=0.25)) + stroke(
        "M380 248h130M690 248h130", APRICOT, 9)
    roofs = rect(0, 250, 190, 470, "#c9774d") + rect(1010, 190, 190, 530, "#b9643f") + "".join(
        rect(x, y, 54, 78, "#ffdf9e" if (x + y) % 4 else "#8f4a30", rx=8) for x in (34, 108, 1044, 1116) for y in (300, 420, 540))
    house = rect(170, 150, 860, 570, TEAL, rx=16) + rect(150, 132, 900, 34, NIGHT, rx=10)
    bistro = shadow(1030, 728, 110, 10) + rect(1022, 640, 12, 90, NIGHT) + rect(960, 628, 136, 16, RUST, rx=8) + at(1014, 586, cup(CREAM, "#ecd3b6"), size=0.2)
    return picture(
        rect(0, 0, WIDTH, HEIGHT, "#f6b98a"), circle(930, 170, 120, "#fbd3a4"), circle(930, 170, 84, CREAM), roofs, house, sign, window, door,
        rect(190, 286, 820, 18, NIGHT), stripes, rect(0, 716, WIDTH, 84, "#7b4a38"), rect(0, 716, WIDTH, 12, "#93604a"),
        at(200, 722, plant(APRICOT, "#4f9a8f", TEAL), size=0.95), at(678, 722, plant(RUST, "#4f9a8f", TEAL), size=0.72), bistro,
    )


def coffee_bag() -> str:
    bag = (shadow(0, 268, 230, 26) + path("M-180 -250L-196 250C-196 262 -186 268 -176 268H176C186 268 196 262 196 250L180 -250Z", TEAL)
           + path("M60 -250L70 268H176C186 268 196 262 196 250L180 -250Z", NIGHT, opacity="0.55")
           + rect(-184, -306, 368, 70, TEAL_MID, rx=12) + rect(-184, -262, 368, 12, NIGHT, opacity="0.4"))
    label = rect(-128, -150, 256, 300, CREAM, rx=26) + circle(0, -50, 78, APRICOT) + at(-8, -2, bird(), size=0.4) + stroke(
        "M-74 62h148M-50 92h100M-30 120h60", TEAL, 9)
    spill = "".join(at(x, y, bean(COFFEE if chance > 0.4 else CARAMEL, ROAST), turn=360 * chance, size=0.8 + 0.35 * chance)
                    for x, y, chance in scatter(11, 34, (640, 640, 430, 110)))
    scoop = shadow(330, 716, 140, 14) + at(330, 660, ellipse(0, 0, 92, 34, "#d8b48a") + path("M-92 0C-92 60 92 60 92 0Z", "#c49a6a")
             + ellipse(0, 0, 76, 24, ROAST) + rect(-250, -10, 166, 22, "#c49a6a", rx=11), turn=-6)
    return picture(
        rect(0, 0, WIDTH, HEIGHT, TEAL_SOFT), circle(600, 380, 340, TEAL_PALE), table(610, APRICOT, "#f8c493"),
        at(600, 420, bag + label, size=1.12), scoop, spill,
    )


def from_above(body: str, rim: str, coffee: str, name: str) -> str:
    """A cup on a saucer seen from above, 420 across."""
    face = circle(0, 0, 122, coffee)
    return (circle(16, 22, 214, ROAST, opacity="0.16") + circle(0, 0, 210, rim) + circle(0, 0, 168, "#f3e6d4") + stroke("M120 -120L186 -186", body, 40)
            + circle(0, 0, 146, body) + face + inside(name, face, at(0, 8, rosetta(), size=0.98)))


def latte_art() -> str:
    boards = rect(0, 0, WIDTH, HEIGHT, "#dd9858") + "".join(rect(0, 134 * n, WIDTH, 131, "#f0b67f" if n % 2 else "#ecab70") for n in range(6)) + "".join(
        stroke(f"M{x:.0f} {y:.0f}c60 -12 120 12 {120 + 90 * c:.0f} 0", "#d98f4f", 4, opacity="0.6") for x, y, c in scatter(3, 26, (0, 20, 1100, 760)))
    jug = (circle(18, 24, 150, ROAST, opacity="0.16") + stroke("M96 96L190 190", "#9fb3b7", 36)
           + path("M-130 36C-140 -20 -132 -52 -112 -84L-150 -150L-78 -122C-20 -160 70 -150 112 -92C160 -20 140 80 70 122C-20 168 -120 120 -130 36Z", "#c9d6d8")
           + path("M-108 30C-116 -20 -108 -46 -92 -74L-118 -118L-66 -100C-14 -134 58 -124 92 -76C130 -16 114 62 58 98C-16 136 -98 98 -108 30Z", MILK))
    spoon = at(0, 0, ellipse(0, 0, 34, 50, "#c9d6d8") + rect(-8, 40, 16, 210, "#c9d6d8", rx=8) + ellipse(0, 2, 22, 36, "#e6eeee"))
    beans = "".join(at(x, y, bean(COFFEE, ROAST), turn=360 * c, size=0.9) for x, y, c in ((120, 690, 0.1), (176, 730, 0.4), (96, 752, 0.8), (1080, 110, 0.6), (1130, 160, 0.3)))
    napkin = at(1010, 640, rect(-150, -150, 300, 300, TEAL_PALE, rx=10) + rect(-126, -126, 252, 252, "none", rx=6, stroke=TEAL_SOFT, stroke_width=8), turn=16)
    return picture(boards, napkin, at(430, 420, from_above(TEAL, MILK, CARAMEL, "left"), turn=-14, size=1.25), at(930, 220, jug, turn=-14, size=1.05),
                   at(980, 590, spoon, turn=40), beans)


def stamp_card() -> str:
    def stamp(n: int) -> str:
        x, y = -268 + 134 * (n % 5), -34 + 132 * (n // 5)
        if n == 9:
            return circle(x, y, 54, APRICOT) + at(x, y - 22, tag("g", cup(MILK, BLUSH), transform="scale(.2)"))
        done = circle(x, y, 52, TEAL) + at(x, y, bean(APRICOT, TEAL), turn=24, size=0.82)
        return at(0, 0, done)

    card = (rect(-370, -218, 740, 468, ROAST, rx=40, opacity="0.14", transform="translate(14 22)") + rect(-370, -218, 740, 468, CREAM, rx=40)
            + path("M-370 -120V-178a40 40 0 0 1 40 -40H330a40 40 0 0 1 40 40V-120Z", TEAL_MID) + at(-296, -128, bird(), size=0.26)
            + stroke("M-220 -168h210", CREAM, 13) + stroke("M220 -168h80", APRICOT, 13) + "".join(stamp(n) for n in range(10)))
    confetti = "".join(rect(x, y, 26, 12, (GOLD, CREAM, TEAL_SOFT)[int(chance * 3)], rx=6, transform=f"rotate({360 * chance:.0f} {x:.0f} {y:.0f})")
                       for x, y, chance in scatter(21, 44, (20, 20, 1150, 750)))
    return picture(rect(0, 0, WIDTH, HEIGHT, APRICOT), circle(600, 400, 380, "#f8bd86"), confetti,
                   at(560, 430, rect(-370, -218, 740, 468, TEAL, rx=40), turn=7, size=0.98), at(600, 396, card, turn=-5, size=1.08))


def window_bird() -> str:
    frame = rect(250, 70, 700, 560, CREAM, rx=30)
    view = rect(284, 104, 632, 500, TEAL_SOFT, rx=14)
    garden = (rect(284, 104, 632, 500, TEAL_SOFT) + circle(760, 230, 84, CREAM) + circle(390, 620, 210, "#4f9a8f") + circle(640, 660, 220, TEAL_MID)
              + circle(880, 640, 190, "#4f9a8f") + stroke("M930 300C820 350 700 352 560 384", COFFEE, 20) + stroke("M720 346L664 282", COFFEE, 11)
              + at(664, 284, leaf(APRICOT, RUST), turn=-30, size=0.5) + at(850, 330, leaf(APRICOT, RUST), turn=16, size=0.6)
              + at(790, 350, leaf(GOLD, RUST), turn=160, size=0.5) + at(590, 376, leaf(GOLD, RUST), turn=-70, size=0.5)
              + at(655, 362, bird(), size=0.86, flip=True))
    return picture(
        rect(0, 0, WIDTH, HEIGHT, "#f8bd86"), frame, inside("view", view, garden), rect(200, 620, 800, 40, MILK, rx=12),
        rect(0, 656, WIDTH, 144, APRICOT), rect(230, 660, 740, 16, RUST, opacity="0.25"),
        path("M180 40C190 300 250 420 150 640H60V40Z", TEAL) + path("M1020 40C1010 300 950 420 1050 640H1140V40Z", TEAL),
        rect(40, 30, 1120, 22, NIGHT, rx=11), steam(390, 470, 0.6), at(390, 512, cup(TEAL, NIGHT), size=0.58),
        at(850, 622, plant(RUST, TEAL, TEAL_MID), size=0.78),
    )


def guitar() -> str:
    """An acoustic guitar upright, its foot at the origin, 560 high."""
    body = path("M0 -20C-110 -20 -132 -130 -84 -190C-60 -226 -84 -262 -62 -300C-40 -338 40 -338 62 -300C84 -262 60 -226 84 -190C132 -130 110 -20 0 -20Z", CARAMEL)
    return (body + circle(0, -214, 36, ROAST) + rect(-40, -104, 80, 18, ROAST, rx=6) + rect(-13, -560, 26, 330, COFFEE, rx=6)
            + rect(-22, -612, 44, 72, ROAST, rx=10) + stroke("M-5 -580V-96M5 -580V-96", CREAM, 2.5))


def evening_music() -> str:
    beam = path("M600 0L260 760H940Z", GOLD, opacity="0.14")
    stool = rect(716, 560, 160, 22, APRICOT, rx=11) + stroke("M746 580L720 724M846 580L872 724M734 650h124", APRICOT, 13)
    stand = stroke("M600 724V360M600 724L540 744M600 724L660 744M600 362L650 330", TEAL_SOFT, 11) + at(664, 322, rect(-18, -40, 36, 70, NIGHT, rx=18) + rect(-18, -40, 36, 34, TEAL_SOFT, rx=17), turn=60)
    stage = ellipse(600, 752, 520, 66, "#0a3040") + ellipse(600, 736, 520, 64, RUST) + ellipse(600, 728, 520, 62, "#e07b4c")
    curtains = "".join(path(f"M{x} 0h90v760c-30 20 -60 20 -90 0Z", fill) for x, fill in ((0, "#14566a"), (80, "#0f4b5e"), (1030, "#0f4b5e"), (1110, "#14566a")))
    notes = "".join(at(x, y, circle(0, 0, 20, APRICOT) + stroke("M17 0V-76L58 -88V-12", APRICOT, 8) + circle(41, -12, 20, APRICOT), turn=turn, size=size)
                    for x, y, turn, size in ((250, 330, -8, 0.9), (880, 270, 10, 0.9), (990, 400, 6, 0.65)))
    return picture(
        rect(0, 0, WIDTH, HEIGHT, TEAL), circle(600, 420, 380, "#145a70"), beam, curtains, stage,
        at(440, 724, guitar(), turn=-9, size=0.92), stand, stool, at(796, 518, cup(CREAM, "#ecd3b6"), size=0.2), notes,
        bulbs(0, (0, 60), 90, (600, 50), 9), bulbs(1, (600, 50), 90, (1200, 60), 9),
    )


PICTURES: dict[str, Callable[[], str]] = {
    "autumn-latte": autumn_latte,
    "maple-latte": maple_latte,
    "cold-brew": cold_brew,
    "cinnamon-buns": cinnamon_bun,
    "counter": counter,
    "storefront": storefront,
    "coffee-bag": coffee_bag,
    "latte-art": latte_art,
    "stamp-card": stamp_card,
    "window-bird": window_bird,
    "evening-music": evening_music,
}
