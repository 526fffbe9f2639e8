"""The pearl shop's smaller goods, 1200 x 1200: earrings, loose pearls in a dish, a bracelet."""
import math
import random

from . import pearl, stage
from .svg import Sheet, blob, num, smooth


def hook(sheet, x, y, size):
    """A gold ear hook whose eye is at (x, y)."""
    d = f"M{num(x)} {num(y)}c{num(size * 0.05)} {num(-size * 0.4)} {num(-size * 0.5)} {num(-size * 0.5)} {num(-size * 0.45)} {num(-size * 0.95)}c{num(size * 0.05)} {num(-size * 0.5)} {num(size * 0.75)} {num(-size * 0.5)} {num(size * 0.78)} {num(size * 0.05)}v{num(size * 0.55)}"
    sheet.path(d, fill="none", stroke="#000", stroke_opacity=0.3, stroke_width=11, transform="translate(16 20)",
               filter=sheet.blur(7))
    sheet.path(d, fill="none", stroke="#8a5c18", stroke_width=11, stroke_linecap="round")
    sheet.path(d, fill="none", stroke="#e5b95c", stroke_width=8, stroke_linecap="round")
    sheet.path(d, fill="none", stroke="#fff4cf", stroke_width=2.6, stroke_linecap="round", transform="translate(-1.5 -1)")


def drop_pearl(sheet, x, y, r, lustre):
    """A tear-shaped pearl hanging from (x, y)."""
    skin = pearl.paint_skin(sheet, lustre)
    d = (f"M{num(x)} {num(y)}c{num(r * 0.28)} 0 {num(r * 0.36)} {num(r * 0.42)} {num(r * 0.68)} {num(r * 0.95)}"
         f"c{num(r * 0.62)} {num(r * 1.02)} {num(r * 0.05)} {num(r * 1.95)} {num(-r * 0.68)} {num(r * 1.95)}"
         f"s{num(-r * 1.3)} {num(-r * 0.93)} {num(-r * 0.68)} {num(-r * 1.95)}"
         f"c{num(r * 0.32)} {num(-r * 0.53)} {num(r * 0.4)} {num(-r * 0.95)} {num(r * 0.68)} {num(-r * 0.95)}Z")
    sheet.path(d, fill="#1c2b2b", fill_opacity=0.45, filter=sheet.blur(20), transform="translate(52 46)")
    for part in ("body", "low", "high", "bounce"):
        sheet.path(d, fill=skin[part])
    cx, cy = x - r * 0.32, y + r * 1.35
    sheet.ellipse(cx, cy, r * 0.34, r * 0.56, fill=skin["soft"], fill_opacity=0.9, transform=f"rotate(18 {num(cx)} {num(cy)})")
    sheet.path(f"M{num(cx - r * 0.16)} {num(cy + r * 0.3)}q{num(-r * 0.02)} {num(-r * 0.55)} {num(r * 0.3)} {num(-r * 0.78)}q{num(r * 0.12)} {num(r * 0.02)} {num(r * 0.06)} {num(r * 0.16)}q{num(-r * 0.18)} {num(r * 0.25)} {num(-r * 0.2)} {num(r * 0.6)}q{num(-r * 0.08)} {num(r * 0.1)} {num(-r * 0.16)} {num(r * 0.02)}Z",
               fill="#fff", fill_opacity=0.85)


def earrings_drop():
    sheet = Sheet(1200, 1200)
    sheet.fill(sheet.linear("wall", [(0, "#9ec4bb"), (0.5, "#7fada5"), (1, "#4f817c")], 0, 0, 0.7, 1))
    stage.window_light(sheet, 330, -120, 760, 1250, 0.4, "#fff8e4", 0.42, (2, 3))
    stage.frond_shadow(sheet, 1240, 150, 660, 168, -36, 10, "#123c3a", 0.26, 10)
    bar = sheet.linear("bar", [(0, "#fff0bd"), (0.3, "#dba94b"), (0.6, "#8d5e19"), (1, "#e8c06c")])
    sheet.rect(-20, 262, 1240, 26, fill="#0c2c2b", fill_opacity=0.4, filter=sheet.blur(14), transform="translate(0 44)")
    sheet.rect(-20, 250, 1240, 24, fill=bar)
    for x, lift in ((392, 0), (800, 0)):
        hook(sheet, x, 470, 230)
        stage.gold_ring(sheet, x, 486, 17, 7)
        pearl.cast(sheet, [(x, 536, 34)], 1.0, 1.0, 1.3, "#123c3a", 0.35)
        pearl.lay(sheet, [(x, 536, 34)], "white")
        stage.gold_ring(sheet, x, 582, 13, 6)
        cap = f"M{num(x - 34)} 640q-2-44 34-46q36 2 34 46q-34 16-68 0Z"
        drop_pearl(sheet, x, 606 + lift, 128, "white")
        sheet.path(cap, fill=stage.gold(sheet))
        sheet.path(f"M{num(x - 30)} 636q30 13 60 0", fill="none", stroke="#7c5212", stroke_width=4)
    stage.vignette(sheet, "#06231f", 0.4)
    stage.grain(sheet, 0.035)
    return sheet


def mussel(sheet, name, d, ribs, transform):
    """One half of an open freshwater mussel, its nacre up."""
    nacre = sheet.radial(f"{name}-nacre", [(0, "#ffffff"), (0.3, "#f9ecec"), (0.52, "#d5e7ea"), (0.72, "#e6cfe2"),
                                            (0.9, "#a9bcc4"), (1, "#74848c")], 0.46, 0.42, 0.62)
    rainbow = sheet.linear(f"{name}-rainbow", [(0, "#f5b6c6", 0.5), (0.35, "#f6e7b8", 0.35), (0.6, "#a9e2d0", 0.5),
                                                (0.85, "#b7b2ec", 0.5), (1, "#f2b9cf", 0.4)], 0, 0.1, 1, 0.9)
    sheet.define(f"{name}-clip", f'<clipPath id="{name}-clip"><path d="{d}"/></clipPath>')
    sheet.open(transform=transform)
    sheet.path(d, fill="#20170e", fill_opacity=0.55, filter=sheet.blur(26), transform="translate(26 40)")
    sheet.path(d, fill="#3c3328", stroke="#2c251d", stroke_width=30, stroke_linejoin="round")
    sheet.path(d, fill="none", stroke="#7d6b52", stroke_width=9, stroke_linejoin="round", transform="translate(-6 -8)")
    sheet.path(d, fill=nacre)
    sheet.path(d, fill=rainbow)
    sheet.open(clip_path=f"url(#{name}-clip)", fill="none")
    for i in range(9):
        t = i / 9
        sheet.path(ribs(t), stroke="#ffffff" if i % 2 else "#8fa5b5", stroke_opacity=0.3, stroke_width=7, filter=sheet.blur(4))
    sheet.path(d, stroke="#36424a", stroke_width=50, stroke_opacity=0.4, filter=sheet.blur(18), transform="translate(8 8)")
    sheet.close()
    sheet.close()


def earrings_stud():
    sheet = Sheet(1200, 1200)
    sheet.fill(sheet.linear("sand", [(0, "#e9c9a9"), (0.5, "#d9a984"), (1, "#a8704f")], 0, 0, 0.7, 1))
    stage.folds(sheet, [[(-60, 220), (380, 160), (760, 260), (1260, 150)], [(-60, 1010), (420, 1120), (820, 1010), (1260, 1090)],
                        [(-60, 560), (200, 620), (320, 560), (500, 600)]], "#fff2df", "#7a4122", 0.2, 90)
    stage.pool_of_light(sheet, 380, 300, 640, "#fff0d8", 0.5)
    d = "M170 640C150 420 330 236 590 214C850 192 1060 330 1072 500C1084 690 900 850 640 880C400 908 190 830 170 640Z"
    ribs = lambda t: f"M{num(230 + 130 * t)} {num(640 - 60 * t)}C{num(240 + 120 * t)} {num(450 + 60 * t)} {num(420 + 60 * t)} {num(290 + 130 * t)} {num(620)} {num(270 + 150 * t)}S{num(1010 - 130 * t)} {num(380 + 70 * t)} {num(1010 - 120 * t)} {num(530)}"
    mussel(sheet, "lid", d, ribs, "translate(980 20) rotate(38) scale(.62) translate(-600 -560)")
    mussel(sheet, "shell", d, ribs, "rotate(-12 600 600) translate(-16 34)")
    studs = [(452, 560, 128), (764, 640, 128)]
    pearl.cast(sheet, studs, 0.5, 0.66, 1.35, "#37323d", 0.62, 0.9)
    for x, y, r in studs:
        sheet.path(f"M{num(x + r * 0.5)} {num(y + r * 0.4)}l{num(r * 0.95)} {num(r * 0.62)}", stroke="#7c5212", stroke_width=13, stroke_linecap="round")
        sheet.path(f"M{num(x + r * 0.5)} {num(y + r * 0.4)}l{num(r * 0.95)} {num(r * 0.62)}", stroke="#f0cf82", stroke_width=7, stroke_linecap="round")
        sheet.ellipse(x + r * 0.11, y + r * 0.09, r * 0.96, r * 0.95, fill=stage.gold(sheet))
    pearl.lay(sheet, studs, "white")
    stage.frond_shadow(sheet, 1230, 1240, 640, 226, -24, 9, "#5c2c12", 0.26, 12)
    stage.vignette(sheet, "#3b1a08", 0.34)
    stage.grain(sheet, 0.04)
    return sheet


def packed(dice, cx, cy, rx, ry, r, tries=2400):
    """Places without overlap for pearls of about r inside an ellipse."""
    out = []
    for _ in range(tries):
        size = r * dice.uniform(0.86, 1.1)
        angle, reach = dice.uniform(0, 2 * math.pi), math.sqrt(dice.random())
        x, y = cx + rx * reach * math.cos(angle), cy + ry * reach * math.sin(angle)
        if all(math.hypot(x - u, (y - v) * 1.12) > (size + s) * 0.93 for u, v, s, *_ in out):
            out.append((x, y, size, dice.choice(["white", "white", "rose", "lavender", "gold", "white"])))
    return stage.save_order(out)


def loose_dish():
    sheet = Sheet(1200, 1200)
    dice = random.Random(5)
    sheet.fill(sheet.linear("slate", [(0, "#3a5c63"), (0.5, "#1f3f47"), (1, "#0a222a")], 0, 0, 0.6, 1))
    stage.window_light(sheet, 300, -100, 720, 1300, 0.42, "#d7eef0", 0.16, (2, 3))
    stage.frond_shadow(sheet, -40, 1120, 640, -46, 34, 9, "#020c10", 0.4, 12)
    sheet.ellipse(650, 690, 470, 420, fill="#010a0d", fill_opacity=0.75, filter=sheet.blur(38))
    rim = sheet.linear("rim", [(0, "#e7f4e6"), (0.45, "#b4d6c2"), (1, "#6d9c88")], 0, 0, 0.6, 1)
    well = sheet.radial("well", [(0, "#a9cfbb"), (0.62, "#8dbaa4"), (0.86, "#5f917c"), (1, "#467763")], 0.56, 0.6, 0.56)
    sheet.ellipse(600, 606, 470, 440, fill="#3f6b5b")
    sheet.ellipse(600, 596, 470, 438, fill=rim)
    sheet.ellipse(600, 606, 424, 392, fill=well)
    sheet.ellipse(600, 596, 468, 436, fill="none", stroke="#fbfff6", stroke_opacity=0.8, stroke_width=4)
    sheet.path("M196 540A424 392 0 0 1 560 216", fill="none", stroke="#1f4436", stroke_opacity=0.5, stroke_width=36,
               filter=sheet.blur(14), transform="translate(16 22)")
    for d in ("M150 590C160 760 300 950 520 1010", "M1040 560C1046 700 960 860 850 930"):
        sheet.path(d, fill="none", stroke="#ffffff", stroke_opacity=0.5, stroke_width=9, stroke_linecap="round", filter=sheet.blur(5))
    low = packed(dice, 600, 614, 350, 318, 52, 9000)
    pearl.cast(sheet, low, 0.4, 0.5, 1.5, "#123327", 0.6)
    pearl.lay(sheet, low, "white")
    high = packed(dice, 588, 590, 210, 180, 55, 1500)
    pearl.cast(sheet, high, 0.35, 0.5, 1.3, "#2a2530", 0.62)
    pearl.lay(sheet, high, "white")
    spilt = [(1052, 1010, 58, "white"), (930, 1082, 50, "rose"), (1108, 884, 46, "lavender"), (142, 196, 48, "white")]
    pearl.cast(sheet, spilt, 0.55, 0.7, 1.5, "#010a0d", 0.75)
    pearl.lay(sheet, spilt, "white")
    stage.vignette(sheet, "#01080b", 0.5)
    stage.grain(sheet, 0.04)
    return sheet


def pebble(sheet, dice, cx, cy, rx, ry, tones, name):
    d = smooth(blob(dice, cx, cy, rx, ry, 8, 0.05), True)
    sheet.path(d, fill="#0b0f10", fill_opacity=0.6, filter=sheet.blur(24), transform="translate(26 34)")
    light, mid, dark = tones
    sheet.path(d, fill=sheet.radial(f"pebble-{name}", [(0, light), (0.55, mid), (1, dark)], 0.36, 0.26, 0.8))
    sheet.define(f"pebble-{name}-clip", f'<clipPath id="pebble-{name}-clip"><path d="{d}"/></clipPath>')
    sheet.open(clip_path=f"url(#pebble-{name}-clip)", fill="none")
    for _ in range(3):
        y = cy + dice.uniform(-0.6, 0.6) * ry
        sheet.path(f"M{num(cx - rx * 1.1)} {num(y)}q{num(rx)} {num(dice.uniform(-80, 80))} {num(rx * 2.2)} {num(dice.uniform(-50, 50))}",
                   stroke="#ffffff", stroke_opacity=dice.uniform(0.06, 0.2), stroke_width=dice.uniform(4, 16), filter=sheet.blur(2))
    sheet.close()


def bracelet():
    sheet = Sheet(1200, 1200)
    dice = random.Random(12)
    sheet.fill(sheet.linear("water", [(0, "#bcd3cd"), (0.5, "#8fb1ad"), (1, "#567f80")], 0, 0, 0.5, 1))
    stage.pool_of_light(sheet, 330, 220, 700, "#fff9ea", 0.55)
    stage.frond_shadow(sheet, -60, 90, 640, 14, 30, 9, "#123c3a", 0.24, 10)
    greys = ("#c9c7bf", "#8d8c86", "#4c4d4b")
    pebble(sheet, dice, 130, 1010, 260, 190, ("#d9c7b4", "#a38e7b", "#5e4c3f"), "left")
    pebble(sheet, dice, 1120, 330, 210, 160, ("#b9c4c4", "#7b8a8c", "#3d4a4d"), "back")
    pebble(sheet, dice, 620, 700, 500, 380, greys, "big")
    ring = [(600 + 330 * math.cos(a), 610 + 236 * math.sin(a)) for a in [math.pi * (1.5 + 2 * i / 40) for i in range(41)]]
    sizes = lambda t: 33 + 14 * (0.5 - 0.5 * math.cos(2 * math.pi * t))
    pearls = pearl.strand(stage.curve_through(ring), sizes)[:-1]
    pearl.cast(sheet, pearls, 0.5, 0.8, 1.4, "#14110f", 0.62)
    sheet.path(smooth([(x, y) for x, y, _ in pearls], True), fill="none", stroke="#f4ecdf", stroke_width=4)
    pearl.lay(sheet, stage.save_order(pearls), "rose")
    pearl.contacts(sheet, pearls, "rose")
    stage.gold_ring(sheet, 592, 366, 24, 9)
    charm = [(708, 470, 30)]
    sheet.path("M596 388q40 46 92 62", fill="none", stroke="#caa04a", stroke_width=5, stroke_dasharray="9 5")
    pearl.cast(sheet, charm, 0.5, 0.8, 1.4, "#14110f", 0.6)
    pearl.lay(sheet, charm, "white")
    stage.vignette(sheet, "#04191a", 0.4)
    stage.grain(sheet, 0.045)
    return sheet


GOODS = {
    "earrings-drop": earrings_drop,
    "earrings-stud": earrings_stud,
    "loose-pearls": loose_dish,
    "bracelet-freshwater": bracelet,
}
