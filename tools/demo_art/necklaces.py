"""The pearl shop's necklaces, 1200 x 1200."""
import math
import random

from . import pearl, stage
from .svg import Sheet, num, smooth


def graduated(small, large):
    """Sizes from the middle (t = 0) to the clasp (t = 1)."""
    return lambda t: large + (small - large) * t**1.25


def hanging(points, sizes, axis=600):
    """A necklace that hangs symmetrically: points run from its lowest pearl up the left side."""
    left = pearl.strand(stage.curve_through(points), sizes)
    right = [(2 * axis - x, y, r) for x, y, r in left[1:]]
    return left[::-1] + right


def dress(sheet, bust, necklaces, lustre, shadow, hidden=2):
    """Puts necklaces on a bust; the last pearls of each pass behind the neck."""
    sheet.open(transform="translate(600 470) scale(1.22) translate(-600 -470)")
    for pearls in necklaces:
        pearl.lay(sheet, pearls[:hidden] + pearls[-hidden:], lustre)
    stage.velvet_bust(sheet, *bust)
    for pearls in necklaces:
        front = pearls[hidden:-hidden]
        pearl.cast(sheet, front, 0.5, 0.62, 1.4, shadow, 0.5, 1.0)
        sheet.path(smooth([(x, y) for x, y, _ in front]), fill="none", stroke="#efe4d2", stroke_width=3)
        pearl.lay(sheet, front, lustre)
        pearl.contacts(sheet, front, lustre)
    sheet.close()


def classic():
    sheet = Sheet(1200, 1200)
    sheet.fill(sheet.linear("wall", [(0, "#f3ede3"), (0.6, "#e3d9cb"), (1, "#c9bcac")], 0, 0, 0.5, 1))
    stage.window_light(sheet, 250, -60, 620, 900, 0.34, "#fffaf0", 0.75)
    stage.frond_shadow(sheet, -30, 160, 560, 8, 34, 9, "#5a4a3a", 0.2, 9)
    neck = [(600, 880), (486, 838), (402, 730), (366, 590), (374, 450), (408, 350), (432, 290), (448, 240), (464, 196), (490, 150)]
    dress(sheet, ("#07313b", "#12596a", "#2f8494"), [hanging(neck, graduated(25, 46))], "white", "#010d11")
    stage.frond_shadow(sheet, 1230, 1010, 520, 200, -26, 8, "#010d11", 0.4, 12)
    stage.vignette(sheet, "#1c1408", 0.3)
    stage.grain(sheet, 0.035)
    return sheet


def lavender_baroque():
    sheet = Sheet(1200, 1200)
    dice = random.Random(21)
    sheet.fill(sheet.linear("linen", [(0, "#efe9ea"), (0.5, "#e0d8dc"), (1, "#c3b9c2")], 0, 0, 0.8, 1))
    stage.folds(sheet, [
        [(-40, 300), (260, 380), (620, 250), (1240, 330)],
        [(-40, 760), (300, 650), (700, 720), (1240, 560)],
        [(-40, 1130), (420, 1010), (820, 1080), (1240, 930)],
        [(980, -40), (1020, 200), (1100, 420), (1240, 520)],
    ], "#ffffff", "#6b5a70", 0.22, 84)
    stage.window_light(sheet, 420, -80, 760, 1180, 0.45, "#fffaf2", 0.34, (2, 3))
    points = [(392, 168), (640, 108), (900, 214), (1010, 480), (916, 780), (650, 930), (350, 866), (196, 620), (232, 360), (326, 234)]
    curve = stage.curve_through(points)
    sizes = lambda t: 50 + 15 * math.sin(math.pi * t) ** 2 + 5 * math.sin(t * 41)
    pearls = pearl.strand(curve, sizes, gap=1.06)
    pearl.cast(sheet, pearls, 0.5, 0.62, 1.42, "#3b2c48", 0.42, 0.95)
    sheet.path(smooth([(x, y) for x, y, _ in pearls]), fill="none", stroke="#f7eef0", stroke_width=5)
    for x, y, r in pearls:
        pearl.baroque(sheet, dice, x, y, r, "lavender")
    pearl.contacts(sheet, pearls, "lavender")
    (x, y, _), (u, v, _) = pearls[0], pearls[-1]
    stage.gold_ring(sheet, (x * 1.1 + u * 0.9) / 2 - 16, (y + v) / 2 - 14, 27, 11)
    spare = [(690, 520, 54), (566, 590, 40)]
    pearl.cast(sheet, spare, 0.5, 0.6, 1.4, "#3b2c48", 0.42, 0.95)
    for x, y, r in spare:
        pearl.baroque(sheet, dice, x, y, r, "lavender")
    stage.frond_shadow(sheet, 1240, 1180, 620, 214, -20, 9, "#3b2c48", 0.22, 11)
    stage.vignette(sheet, "#2a1b33", 0.28)
    stage.grain(sheet, 0.04)
    return sheet


def black_double():
    sheet = Sheet(1200, 1200)
    sheet.fill(sheet.linear("wall", [(0, "#d9b48f"), (0.5, "#c08a62"), (1, "#8f5a3c")], 0, 0, 0.6, 1))
    stage.pool_of_light(sheet, 330, 260, 620, "#ffe7c2", 0.7)
    stage.frond_shadow(sheet, 1250, 60, 620, 165, -30, 9, "#4d2512", 0.26, 10)
    inner = [(600, 668), (516, 640), (452, 568), (430, 480), (438, 400), (456, 330), (462, 274), (464, 226), (480, 176), (510, 150)]
    outer = [(600, 900), (466, 856), (372, 740), (336, 590), (350, 460), (400, 366), (436, 300), (450, 250), (466, 200), (500, 170)]
    necklaces = [hanging(outer, graduated(24, 45)), hanging(inner, graduated(20, 38))]
    dress(sheet, ("#e2d6c4", "#fbf5ea", "#fffdf6"), necklaces, "black", "#3a2410")
    stage.vignette(sheet, "#2b1206", 0.34)
    stage.grain(sheet, 0.035)
    return sheet


GOODS = {"necklace-classic": classic, "necklace-lavender": lavender_baroque, "necklace-black": black_double}
