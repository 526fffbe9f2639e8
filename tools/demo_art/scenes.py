"""Shop banners (1600 x 900) and show covers (1080 x 1440)."""
import math
import random

from . import pearl, places, stage, stone
from .svg import Sheet, num, smooth


def strings_above(sheet, lanterns):
    """Paper lanterns strung across the street."""
    d = smooth([(x, y - 26 * size) for x, y, size, _ in lanterns])
    sheet.path(d, fill="none", stroke="#4a2a18", stroke_width=3)
    for x, y, size, colour in lanterns:
        sheet.path(f"M{num(x)} {num(y - 26 * size)}v{num(10 * size)}", stroke="#4a2a18", stroke_width=2)
        for i in range(5):
            px = x + (i - 2) * 9 * size
            sheet.path(f"M{num(px)} {num(y - 16 * size)}v{num(34 * size)}l{num(4.5 * size)} {num(-7 * size)} {num(4.5 * size)} {num(7 * size)}v{num(-34 * size)}Z",
                       fill=places.shade(colour, 0.8 + 0.1 * i))


def workshop(sheet, x, y, w, h):
    """The stone-cutter's open arch, its bench and wares; (x, y) is the wall's upper left corner."""
    wall = sheet.linear("workshop", [(0, "#f0b05c"), (0.6, "#d98a3a"), (1, "#9c5420")], 0, 0, 1, 1)
    sheet.rect(x, y, w, h, fill=wall)
    sheet.rect(x - 14, y - 22, w + 30, 30, fill="#b9522f")
    for i in range(int(w / 34) + 1):
        sheet.path(f"M{num(x - 14 + i * 34)} {num(y - 22)}q17-26 34 0v26h-34Z", fill="#c9603a" if i % 2 else "#ab4728")
    left, right, spring, top = x + w * 0.12, x + w * 0.82, y + h * 0.42, y + h * 0.12
    arch = f"M{num(left)} {num(y + h)}V{num(spring)}C{num(left)} {num(top - 10)} {num(right)} {num(top - 10)} {num(right)} {num(spring)}V{num(y + h)}Z"
    sheet.path(arch, fill="none", stroke="#fbe2b4", stroke_width=30)
    for i in range(15):
        angle = math.pi * (1 - i / 14)
        px, py = (left + right) / 2 + (right - left) / 2 * math.cos(angle), spring - (spring - top) * 0.8 * math.sin(angle)
        sheet.circle(px, py, 3, fill="#c98f4c")
    sheet.path(arch, fill=sheet.linear("indoors", [(0, "#2a130a"), (0.7, "#5c2f18"), (1, "#8a4a24")]))
    stage.pool_of_light(sheet, (left + right) / 2, spring + 40, w * 0.34, "#ffb45e", 0.55, "lamp")
    for row, count in ((0.38, 4), (0.56, 5)):
        level = y + h * row
        sheet.rect(left + 12, level, right - left - 24, 9, fill="#3b1c0d")
        for i in range(count):
            stone.bowl(sheet, left + (right - left) * (0.17 + 0.66 * i / (count - 1)), level - 46, 30, f"shelf{int(row * 100)}{i}", 0.32, 0.98)


def stonecutter(sheet, x, y, size):
    """A man in a straw hat at his block, hammer raised."""
    sheet.open(transform=f"translate({num(float(x))} {num(float(y))}) scale({num(float(size))})")
    stage.ground_shadow(sheet, 20, 182, 180, 18, "#1b0a03", 0.6, 10)
    block = sheet.linear("block", [(0, "#a9a69f"), (1, "#4b4a47")], 0, 0, 1, 0.6)
    sheet.path("M-150 70L-30 54L26 78L14 184H-142Z", fill=block, filter=stone.basalt(sheet))
    sheet.path("M14 184C4 110 20 20 84 2C146-6 176 60 170 184Z", fill=sheet.linear("shirt", [(0, "#fff8ea"), (0.6, "#e6d6ba"), (1, "#a98f6a")], 0, 0, 1, 0.4))
    sheet.path("M44 184C40 140 46 96 74 84L120 96L128 184Z", fill="#8a4a2a")
    sheet.path("M56 40C16 54-4 40-34 20", fill="none", stroke="#f6ead2", stroke_width=30, stroke_linecap="round")
    sheet.path("M-30 22L-54 6", stroke="#a8673f", stroke_width=24, stroke_linecap="round")
    sheet.path("M-52 34L-78-34", stroke="#6e3f1c", stroke_width=10, stroke_linecap="round")
    sheet.path("M-104-26l44-20 10 20-44 20Z", fill="#55585a")
    sheet.circle(84, -34, 37, fill=sheet.radial("face", [(0, "#c98a5c"), (1, "#8d5331")], 0.34, 0.3, 0.8))
    sheet.path("M58-12q10 12 26 6", fill="none", stroke="#efe9df", stroke_width=9, stroke_linecap="round")
    sheet.path("M0-46Q84-86 166-42Q84-22 0-46Z", fill="#e8c887")
    sheet.path("M46-54C48-104 66-112 86-110S124-98 124-52Q84-40 46-54Z", fill=sheet.linear("hat", [(0, "#fae4ae"), (1, "#b98d48")], 0, 0, 1, 0.5))
    sheet.path("M46-58Q84-44 124-56l-1-12Q84-56 47-70Z", fill="#c9402a")
    sheet.close()


def sky(sheet, bottom):
    sheet.rect(0, 0, sheet.width, bottom, fill=sheet.linear("sky", [(0, "#2f8fb0"), (0.5, "#8fc9cf"), (1, "#fde6bd")]))
    dice = random.Random(2)
    for _ in range(6):
        x, y = dice.uniform(0, sheet.width), dice.uniform(0, bottom * 0.55)
        for k in range(4):
            sheet.ellipse(x + k * 50 - 80, y - 12 * math.sin(k), dice.uniform(50, 90), dice.uniform(16, 30), fill="#fff7e8",
                          fill_opacity=0.45, filter=sheet.blur(9))


def banner_hillside():
    sheet = Sheet(1600, 900)
    dice = random.Random(14)
    sky(sheet, 520)
    places.hills(sheet, dice, 430, [(60, 150, "#7fa9a4", 7), (10, 110, "#7b9a68", 9)])
    places.hillside(sheet, dice, 330, 640, 6)
    places.church(sheet, 560, 400, 1.1)
    places.street(sheet, 640, 720)
    row = random.Random(12)
    for x, bottom, w, h, colour in ((770, 752, 110, 190, "#6f9fc6"), (850, 800, 150, 250, "#e58a9a"), (560, 716, 106, 170, "#d8603f"),
                                    (440, 760, 140, 240, "#8bbf9f"), (270, 820, 190, 330, "#e3b04b"), (-40, 930, 320, 540, "#4fa3a5")):
        places.house(sheet, row, x, bottom - h, w, h, colour)
    workshop(sheet, 960, 330, 700, 480)
    sheet.rect(900, 806, 760, 120, fill=sheet.linear("kerb", [(0, "#d6ab80"), (1, "#7d5540")]))
    stonecutter(sheet, 1190, 700, 0.86)
    for x, y, r, name in ((1400, 742, 78, "front1"), (1545, 770, 66, "front2"), (940, 812, 54, "front3")):
        stage.ground_shadow(sheet, x + 14, y + r * 1.14, r * 1.1, r * 0.2, "#1b0a03", 0.7, 8)
        stone.bowl(sheet, x, y, r, name, 0.3, 0.95)
    strings_above(sheet, [(60 + i * 190, 120 + 34 * math.sin(i * 0.9), 1.15, ("#d0351b", "#f0b23a", "#0b7050", "#e58a9a", "#1d6c8c")[i % 5]) for i in range(9)])
    agave(sheet, 120, 900, 190)
    agave(sheet, 330, 930, 130)
    stage.pool_of_light(sheet, 120, 60, 800, "#fff0c8", 0.4, "noon")
    stage.vignette(sheet, "#2b1206", 0.35)
    stage.grain(sheet, 0.03)
    return sheet


def agave(sheet, x, y, size):
    for i in range(13):
        angle = math.radians(-168 + 13 * i)
        reach = size * (0.75 + 0.25 * math.sin(i * 2.1))
        tip = (x + reach * math.cos(angle), y + reach * math.sin(angle))
        side = (size * 0.1 * math.sin(angle), -size * 0.1 * math.cos(angle))
        sheet.path(f"M{num(x - side[0])} {num(y - side[1])}Q{num((x + tip[0]) / 2 - side[0] * 1.7)} {num((y + tip[1]) / 2 - side[1] * 1.7)} {num(tip[0])} {num(tip[1])}"
                   f"Q{num((x + tip[0]) / 2 + side[0] * 1.7)} {num((y + tip[1]) / 2 + side[1] * 1.7)} {num(x + side[0])} {num(y + side[1])}Z",
                   fill=("#6f9d86", "#558871", "#85b09a")[i % 3], stroke="#31594a", stroke_width=1.5)


def cover_pearls():
    sheet = places.lake(1080, 1440, 640, (720, 430, 96), [(860, 720, 0.5, True), (250, 840, 0.95, False)], 6)
    veil = sheet.linear("veil", [(0, "#04202a", 0), (0.5, "#04202a", 0.2), (1, "#04202a", 0.62)])
    sheet.rect(0, 760, 1080, 680, fill=veil)
    for points, small, large, lustre in (
        ([(-60, 700), (60, 960), (330, 1160), (640, 1190), (930, 1010), (1150, 640)], 40, 58, "lavender"),
        ([(-70, 880), (90, 1140), (380, 1330), (690, 1330), (970, 1150), (1160, 850)], 54, 76, "white"),
    ):
        pearls = pearl.strand(stage.curve_through(points), lambda t: small + (large - small) * math.sin(math.pi * t))
        pearl.cast(sheet, pearls, 0.3, 0.6, 1.3, "#021218", 0.5)
        pearl.lay(sheet, pearls, lustre)
        pearl.contacts(sheet, pearls, lustre)
    return sheet


def cover_stone():
    sheet = Sheet(1080, 1440)
    dice = random.Random(31)
    sky(sheet, 620)
    places.hills(sheet, dice, 500, [(70, 160, "#7fa9a4", 6), (10, 110, "#7b9a68", 8)])
    places.hillside(sheet, dice, 430, 860, 6)
    places.church(sheet, 700, 520, 1.2)
    places.hillside(sheet, random.Random(40), 760, 900, 2)
    strings_above(sheet, [(-20 + i * 160, 150 + 46 * math.sin(i * 0.8), 1.4, ("#d0351b", "#f0b23a", "#0b7050", "#e58a9a", "#1d6c8c")[i % 5]) for i in range(8)])
    stone.wood(sheet, 1080, 360, "#b87842", "#4d2611")
    sheet.rect(0, 1080, 1080, 80, fill=sheet.linear("table-shade", [(0, "#000", 0.45), (1, "#000", 0)]))
    stone.tomato(sheet, 130, 1180, 120)
    stage.ground_shadow(sheet, 620, 1350, 420, 70, "#140702", 0.85, 26)
    stone.bowl(sheet, 560, 940, 340, "cover", 0.3, 0.94)
    stone.pestle(sheet, 520, 985, 430, 136, 30)
    stone.lime_half(sheet, 960, 1270, 92)
    stone.chile(sheet, 90, 1370, 280, -12)
    stage.pool_of_light(sheet, 80, 120, 800, "#fff0c8", 0.45, "noon")
    stage.vignette(sheet, "#2b1206", 0.4)
    stage.grain(sheet, 0.03)
    return sheet


SCENES = {
    "banners/pearl-lake": places.banner_lake,
    "banners/guanajuato": banner_hillside,
    "covers/pearl-morning": cover_pearls,
    "covers/stone-street": cover_stone,
}
