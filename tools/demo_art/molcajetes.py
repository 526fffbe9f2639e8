"""The Guanajuato shop's goods, 1200 x 1200: three mortars and a metate."""
import math
import random

from . import stage, stone
from .svg import Sheet, blob, num, smooth


def kitchen(wall, table_light, table_dark, horizon=700):
    sheet = Sheet(1200, 1200)
    sheet.fill(sheet.linear("wall", [(0, wall[0]), (0.6, wall[1]), (1, wall[2])], 0, 0, 0.7, 1))
    stage.window_light(sheet, 380, -160, 760, 940, 0.42, "#fff3d2", 0.4, (2, 2))
    stone.wood(sheet, horizon, 1200 - horizon, table_light, table_dark)
    shade = sheet.linear("table-shade", [(0, "#000", 0.5), (0.25, "#000", 0.1), (1, "#000", 0)])
    sheet.rect(0, horizon, 1200, 130, fill=shade)
    return sheet


def finish(sheet, alpha=0.42):
    stage.vignette(sheet, "#1b0a03", alpha)
    stage.grain(sheet, 0.035)
    return sheet


def classic():
    sheet = kitchen(("#e9b04c", "#dc9433", "#a8611d"), "#b87842", "#5b2f14", 690)
    stage.frond_shadow(sheet, -40, 60, 620, 20, 30, 9, "#5e2c07", 0.24, 10)
    stone.tomato(sheet, 160, 800, 118)
    stage.ground_shadow(sheet, 680, 1010, 460, 96, "#140702", 0.8, 30)
    stage.ground_shadow(sheet, 600, 1040, 330, 40, "#000", 0.5, 16)
    stone.bowl(sheet, 600, 520, 390, "classic")
    stone.pestle(sheet, 560, 570, 480, 150, 32)
    stone.lime_half(sheet, 1040, 1000, 96)
    stone.lime_half(sheet, 930, 1096, 84, 0.8)
    stone.chile(sheet, 130, 1080, 300, -14)
    stone.chile(sheet, 210, 1000, 220, 12, ("#c5e07a", "#5c9a2a", "#284f12"), "green")
    return finish(sheet)


def salsa_pool(sheet, cx, cy, rx, ry, dice):
    paint = sheet.radial("salsa", [(0, "#f0643c"), (0.6, "#cf3318"), (1, "#7d150a")], 0.42, 0.36, 0.7)
    sheet.ellipse(cx, cy, rx, ry, fill=paint)
    for _ in range(46):
        angle, reach = dice.uniform(0, 6.28), math.sqrt(dice.random()) * 0.92
        x, y = cx + rx * reach * math.cos(angle), cy + ry * reach * math.sin(angle)
        colour = dice.choice(["#ff9468", "#9c1c0d", "#7fae3c", "#f6e6c8", "#e9b24a"])
        sheet.ellipse(x, y, dice.uniform(5, 14), dice.uniform(3, 7), fill=colour, fill_opacity=0.85,
                      transform=f"rotate({num(dice.uniform(-40, 40))} {num(x)} {num(y)})")
    sheet.ellipse(cx - rx * 0.3, cy - ry * 0.4, rx * 0.4, ry * 0.16, fill="#fff", fill_opacity=0.35, filter=sheet.blur(6))


def small_salsa():
    sheet = kitchen(("#e58a9a", "#d5697d", "#9c3c52"), "#d6a56b", "#7a4a22", 640)
    dice = random.Random(8)
    stage.frond_shadow(sheet, 1240, 80, 600, 158, -30, 9, "#5a1526", 0.22, 10)
    plate = sheet.linear("plate", [(0, "#fdf6e6"), (0.5, "#ecd9b8"), (1, "#b9986a")], 0, 0, 0.7, 1)
    stage.ground_shadow(sheet, 640, 990, 520, 120, "#1c0b03", 0.7, 30)
    sheet.ellipse(600, 930, 500, 170, fill="#8a6a3e")
    sheet.ellipse(600, 914, 500, 170, fill=plate)
    for i in range(36):
        angle = 2 * math.pi * i / 36
        sheet.ellipse(600 + 452 * math.cos(angle), 914 + 146 * math.sin(angle), 15, 8, fill="#1d6c8c" if i % 2 else "#c9402a")
    sheet.ellipse(600, 918, 408, 126, fill="none", stroke="#1d6c8c", stroke_width=5)
    stage.ground_shadow(sheet, 640, 950, 300, 56, "#2a1405", 0.7, 18)
    stone.bowl(sheet, 600, 560, 300, "small", 0.32, 0.98)
    salsa_pool(sheet, 600, 572, 244, 72, dice)
    stone.herb(sheet, 580, 556, 130, -24)
    chip = sheet.linear("chip", [(0, "#ffe2a0"), (0.6, "#eebb5b"), (1, "#b97a25")], 0, 0, 0.6, 1)
    for x, y, turn in ((250, 930, -18), (330, 1010, 30), (900, 980, 70), (968, 900, 10)):
        d = "M-84 44Q-20 62 80 40Q40-30-6-82Q-50-30-84 44Z"
        sheet.path(d, fill="#2a1405", fill_opacity=0.5, transform=f"translate({x + 12} {y + 16}) rotate({turn})", filter=sheet.blur(8))
        sheet.path(d, fill=chip, transform=f"translate({x} {y}) rotate({turn})")
        for px, py in ((-30, 10), (20, -6), (2, 26), (-8, -40)):
            sheet.circle(px, py, 5, fill="#b97a25", fill_opacity=0.6, transform=f"translate({x} {y}) rotate({turn})")
    for x, y, turn in ((706, 500, 24), (776, 512, 52)):
        d = "M-64 70Q-76-30-58-140Q10-120 74-88Q30 10-10 84Z"
        sheet.path(d, fill="#4a1208", fill_opacity=0.45, transform=f"translate({x + 10} {y + 12}) rotate({turn})", filter=sheet.blur(6))
        sheet.path(d, fill=chip, stroke="#f9dd98", stroke_width=5, stroke_linejoin="round", transform=f"translate({x} {y}) rotate({turn})")
    sheet.ellipse(712, 590, 92, 24, fill="#d2371c")
    sheet.ellipse(690, 586, 40, 7, fill="#fff", fill_opacity=0.25, filter=sheet.blur(3))
    stone.lime_half(sheet, 1050, 1090, 82)
    return finish(sheet, 0.4)


def pig_head(sheet, x, y, r):
    grey = stone.greys(sheet, "pig", "#c4c1ba", "#84827c", "#2c2c2c")
    sheet.open(filter=stone.basalt(sheet, "basalt-fine", 0.036, 5.5, 6))
    for side in (-1, 1):
        sheet.path(f"M{num(x + side * r * 0.3)} {num(y - r * 0.72)}Q{num(x + side * r * 0.72)} {num(y - r * 1.46)} {num(x + side * r * 1.06)} {num(y - r * 1.24)}Q{num(x + side * r * 1.16)} {num(y - r * 0.7)} {num(x + side * r * 0.8)} {num(y - r * 0.36)}Z",
                   fill=grey)
    sheet.ellipse(x, y, r, r * 0.96, fill=grey)
    snout = sheet.radial("snout", [(0, "#cfccc5"), (0.6, "#95938c"), (1, "#4a4946")], 0.36, 0.26, 0.85)
    sheet.ellipse(x, y + r * 0.34, r * 0.5, r * 0.38, fill=snout)
    sheet.close()
    sheet.path(f"M{num(x - r * 0.46)} {num(y + r * 0.54)}Q{num(x)} {num(y + r * 0.94)} {num(x + r * 0.48)} {num(y + r * 0.52)}", fill="none",
               stroke="#0c0c0c", stroke_opacity=0.5, stroke_width=r * 0.09, filter=sheet.blur(4))
    for side in (-1, 1):
        sheet.ellipse(x + side * r * 0.17, y + r * 0.34, r * 0.085, r * 0.13, fill="#151515")
        sheet.ellipse(x + side * r * 0.4, y - r * 0.16, r * 0.115, r * 0.13, fill="#131313")
        sheet.circle(x + side * r * 0.4 - r * 0.035, y - r * 0.2, r * 0.035, fill="#fff", fill_opacity=0.85)
        sheet.path(f"M{num(x + side * r * 0.24)} {num(y - r * 0.4)}q{num(side * r * 0.18)} {num(-r * 0.1)} {num(side * r * 0.34)} {num(r * 0.03)}",
                   fill="none", stroke="#161616", stroke_opacity=0.7, stroke_width=r * 0.05, stroke_linecap="round")
        sheet.path(f"M{num(x + side * r * 0.52)} {num(y - r * 0.76)}Q{num(x + side * r * 0.78)} {num(y - r * 1.14)} {num(x + side * r * 0.94)} {num(y - r * 1.08)}Q{num(x + side * r * 0.98)} {num(y - r * 0.78)} {num(x + side * r * 0.76)} {num(y - r * 0.54)}Z",
                   fill="#101010", fill_opacity=0.5, filter=sheet.blur(5))
    sheet.path(f"M{num(x - r * 0.26)} {num(y + r * 0.76)}Q{num(x)} {num(y + r * 0.9)} {num(x + r * 0.26)} {num(y + r * 0.76)}", fill="none",
               stroke="#111", stroke_opacity=0.75, stroke_width=r * 0.05, stroke_linecap="round")


def pig():
    sheet = kitchen(("#57b0b0", "#36918f", "#1a5f5f"), "#c98a55", "#673a1b", 720)
    stage.frond_shadow(sheet, 1250, 40, 640, 160, -30, 9, "#062d2d", 0.26, 10)
    stone.tomato(sheet, 1076, 900, 92)
    stone.tomato(sheet, 1000, 1010, 80)
    stage.ground_shadow(sheet, 680, 1040, 440, 90, "#140702", 0.8, 30)
    tail = "M960 560q84 0 92-58q2-46-40-42q-32 6-18 40q24 34 76-4"
    sheet.path(tail, fill="none", stroke="#3a3a38", stroke_width=34, stroke_linecap="round", filter=stone.basalt(sheet))
    sheet.path(tail, fill="none", stroke="#b9b6af", stroke_opacity=0.4, stroke_width=10, stroke_linecap="round", transform="translate(-6 -7)")
    stone.bowl(sheet, 600, 520, 380, "pig-bowl", 0.3, 0.96)
    stage.ground_shadow(sheet, 480, 780, 250, 200, "#000", 0.5, 26)
    pig_head(sheet, 440, 740, 220)
    stone.chile(sheet, 110, 1110, 280, -8)
    stone.herb(sheet, 760, 1130, 220, -12)
    return finish(sheet)


def corn(sheet, x, y, length, turn, tones, name):
    """A cob in its husk."""
    width = length * 0.24
    sheet.open(transform=f"translate({num(float(x))} {num(float(y))}) rotate({turn})")
    shape = f"M0 0C{num(length * 0.04)} {num(-width * 0.7)} {num(length * 0.7)} {num(-width * 0.66)} {num(length)} 0C{num(length * 0.7)} {num(width * 0.66)} {num(length * 0.04)} {num(width * 0.7)} 0 0Z"
    sheet.path(shape, fill="#1a0a02", fill_opacity=0.6, filter=sheet.blur(12), transform="translate(10 26)")
    sheet.path(shape, fill=tones[2])
    sheet.define(f"cob-{name}", f'<clipPath id="cob-{name}"><path d="{shape}"/></clipPath>')
    sheet.open(clip_path=f"url(#cob-{name})")
    kernel = sheet.radial(f"kernel-{name}", [(0, tones[0]), (0.6, tones[1]), (1, tones[2])], 0.36, 0.28, 0.8)
    for row in range(-3, 4):
        for i in range(26):
            px = length * (i + 0.5 * (row % 2)) / 24
            sheet.rect(px, row * width * 0.165 - width * 0.08, length / 26, width * 0.165, rx=7, fill=kernel)
    sheet.close()
    for bend, tone in ((-0.95, "#a9b25a"), (1.0, "#87923f"), (-0.5, "#cdd088")):
        sheet.path(f"M{num(-length * 0.1)} 0C{num(length * 0.06)} {num(width * bend * 0.9)} {num(length * 0.34)} {num(width * bend * 0.8)} {num(length * 0.62)} {num(width * bend * 0.5)}C{num(length * 0.3)} {num(width * bend * 0.4)} {num(length * 0.1)} {num(width * 0.1 * bend)} {num(-length * 0.1)} 0Z", fill=tone)
    sheet.close()


def metate():
    sheet = kitchen(("#efe0c0", "#dcc298", "#a98352"), "#a85f38", "#4e2411", 600)
    dice = random.Random(4)
    stage.frond_shadow(sheet, -40, 40, 620, 26, 26, 9, "#5a3a12", 0.24, 10)
    stage.ground_shadow(sheet, 640, 1010, 520, 90, "#120602", 0.8, 30)
    leg = sheet.linear("metate-leg", [(0, "#8a8882"), (0.5, "#4f4e4a"), (1, "#191919")], 0, 0, 1, 0.5)
    top = sheet.linear("metate-top", [(0, "#a3a099"), (0.5, "#7b7872"), (1, "#55534f")], 0, 0, 1, 0.7)
    side = sheet.linear("metate-side", [(0, "#6a6863"), (1, "#262626")])
    sheet.open(filter=stone.basalt(sheet))
    stone.foot(sheet, 880, 620, 900, 110, 26, leg)
    stone.foot(sheet, 300, 700, 1010, 130, -26, leg)
    stone.foot(sheet, 740, 760, 1040, 140, 22, leg)
    sheet.path("M150 700C420 760 640 790 850 812L1040 560L1044 614L856 880C620 856 380 820 150 770Z", fill=side)
    sheet.path("M150 700C250 610 330 540 400 470C620 470 860 500 1040 560C986 650 930 740 850 812C640 790 420 760 150 700Z", fill=top)
    sheet.close()
    sheet.path("M250 680C330 600 390 550 440 508C620 512 800 536 950 574C908 640 870 700 820 758C640 742 440 720 250 680Z",
               fill="#2b2a28", fill_opacity=0.35, filter=sheet.blur(26))
    masa = smooth(blob(dice, 520, 650, 215, 66, 11, 0.14, 0.1), True)
    sheet.path(masa, fill="#3b2b10", fill_opacity=0.45, filter=sheet.blur(9), transform="translate(10 16)")
    sheet.path(masa, fill=sheet.radial("masa", [(0, "#fff6d6"), (0.6, "#f0d896"), (1, "#bf9a4c")], 0.4, 0.3, 0.75))
    mano = "M352 470C362 424 410 414 452 424L930 506C982 520 998 570 980 604C962 634 920 634 876 626L400 544C358 532 344 504 352 470Z"
    sheet.path(mano, fill="#000", fill_opacity=0.75, filter=sheet.blur(16), transform="translate(0 58)")
    roll = sheet.linear("mano", [(0, "#f1eee6"), (0.3, "#b9b6ae"), (0.68, "#5d5b57"), (1, "#3a3937")], 0.55, 0.1, 0.44, 0.92)
    sheet.path(mano, fill=roll, filter=stone.basalt(sheet))
    corn(sheet, 110, 1090, 380, -16, ("#fff0b0", "#f2c14a", "#a86c12"), "yellow")
    corn(sheet, 420, 1130, 330, -4, ("#b7a5d8", "#5b4791", "#231645"), "blue")
    for i in range(34):
        x, y = dice.uniform(760, 1120), dice.uniform(1000, 1150)
        r = dice.uniform(11, 16)
        sheet.ellipse(x + 5, y + 8, r, r * 0.7, fill="#120602", fill_opacity=0.5)
        sheet.ellipse(x, y, r, r * 0.82, fill=f"url(#kernel-{'blue' if i % 3 == 0 else 'yellow'})")
    return finish(sheet)


GOODS = {
    "molcajete-classic": classic,
    "molcajete-salsa": small_salsa,
    "molcajete-pig": pig,
    "metate": metate,
}
