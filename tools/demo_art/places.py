"""The two villages as places: banners (1600 x 900) and the show covers' grounds."""
import math
import random

from . import stage
from .svg import Sheet, blob, num, smooth


def ridge(dice, y, rise, width, steps, base):
    """A hill line across the sheet as a closed path down to base."""
    points = [(-60 + (width + 120) * i / steps, y - rise * (0.35 + 0.65 * dice.random()) * (0.6 + 0.4 * math.sin(i * 1.7)))
              for i in range(steps + 1)]
    return f"{smooth(points)}L{width + 60} {num(float(base))}L-60 {num(float(base))}Z"


def hills(sheet, dice, horizon, layers):
    """Mountains behind mist: (height above the horizon, rise, colour) from far to near."""
    mist = sheet.linear("mist", [(0, "#ffe9d2", 0), (1, "#ffe9d2", 0.75)])
    for lift, rise, colour, steps in layers:
        sheet.path(ridge(dice, horizon - lift, rise, sheet.width, steps, horizon), fill=colour)
        sheet.rect(0, horizon - lift - 20, sheet.width, lift + 20, fill=mist, opacity=0.55)


def glitter(sheet, dice, cx, top, bottom, spread, count, colour, alpha=0.8):
    """The sun's path on the water: short strokes, wider toward the viewer."""
    for _ in range(count):
        t = dice.random() ** 1.4
        y = top + (bottom - top) * t
        x = cx + dice.gauss(0, 1) * spread * (0.12 + t)
        sheet.ellipse(x, y, dice.uniform(8, 34) * (0.35 + t), 1.2 + 2.6 * t, fill=colour,
                      fill_opacity=alpha * dice.uniform(0.3, 1))


def ripples(sheet, dice, top, bottom, count, colour, alpha=0.25):
    for _ in range(count):
        t = dice.random()
        y = top + (bottom - top) * t
        sheet.ellipse(dice.uniform(0, sheet.width), y, dice.uniform(30, 130) * (0.3 + t), 1 + 2 * t, fill=colour,
                      fill_opacity=alpha * dice.uniform(0.3, 1))


def boat(sheet, x, y, size, mirrored=False, lantern=True):
    """A pearl farmer's sampan with its mat roof, the farmer and, below, its reflection."""
    flip = -1 if mirrored else 1
    sheet.open(transform=f"translate({num(float(x))} {num(float(y))}) scale({num(size * flip)} {num(float(size))})")
    sheet.ellipse(0, 16, 190, 15, fill="#0b2c35", fill_opacity=0.5, filter=sheet.blur(6))
    sheet.path("M-150 14C-80 74 90 74 150 10L120 40H-110Z", fill="#0b2c35", fill_opacity=0.35, filter=sheet.blur(5))
    sheet.path("M-186-14C-150 30-90 34 0 34S140 28 192-24L168-12C120 4-120 8-164-8Z",
               fill=sheet.linear("hull", [(0, "#a9603a"), (0.5, "#71371f"), (1, "#34160c")]))
    sheet.path("M-186-14C-120 12 120 10 192-24L168-14C120 0-120 4-164-10Z", fill="#d59464")
    mat = sheet.linear("mat", [(0, "#f3d79f"), (0.55, "#c79a55"), (1, "#7d5527")], 0, 0, 1, 0.5)
    sheet.path("M-88 0C-88-58-52-72-16-72S58-58 58-2C10 8-50 8-88 0Z", fill=mat)
    for bend in (-62, -34, -6, 22):
        sheet.path(f"M{bend} 4C{bend - 6}-40 {bend + 4}-66 {bend + 18}-70", fill="none", stroke="#7d5527", stroke_opacity=0.7, stroke_width=3)
    sheet.path("M58-2C58-44 40-66 8-71C34-62 40-40 40 2Z", fill="#3b210e", fill_opacity=0.75)
    sheet.path("M104-6C100-50 104-76 122-80C142-76 146-44 142-10Z", fill="#1d4d5a")
    sheet.path("M110-40C96-30 88-22 84-14", fill="none", stroke="#1d4d5a", stroke_width=12, stroke_linecap="round")
    sheet.circle(122, -92, 13, fill="#c98d66")
    sheet.path("M88-92Q122-134 156-92Q122-82 88-92Z", fill="#e8c887")
    sheet.path("M88-92Q122-82 156-92Q150-86 122-84Q96-85 88-92Z", fill="#8d6430")
    sheet.path("M72-120L96 46", stroke="#3b210e", stroke_width=5, stroke_linecap="round")
    if lantern:
        sheet.path("M-150-10V-70h22", fill="none", stroke="#3b210e", stroke_width=5, stroke_linecap="round")
        stage.pool_of_light(sheet, -128, -50, 60, "#ff9d6a", 0.8, "lantern-glow")
        sheet.ellipse(-128, -50, 13, 16, fill="#d0351b")
        sheet.ellipse(-131, -52, 5, 11, fill="#ffb08c")
    sheet.close()


def floats(sheet, left, right, y, count, size):
    """A line of the pearl farm's buoys."""
    for i in range(count):
        t = i / max(1, count - 1)
        x = left + (right - left) * t
        sag = y + 10 * math.sin(t * 9)
        sheet.ellipse(x, sag + size * 0.7, size * 1.2, size * 0.3, fill="#06303a", fill_opacity=0.45)
        sheet.circle(x, sag, size, fill=sheet.radial("buoy", [(0, "#ffffff"), (0.5, "#d7e4e0"), (1, "#5d8288")], 0.34, 0.28, 0.8))


def reeds(sheet, dice, x, y, count, height, spread, colour="#05262c"):
    for _ in range(count):
        px = x + dice.uniform(-spread, spread)
        tall = height * dice.uniform(0.5, 1)
        lean = dice.uniform(-0.28, 0.28) * tall
        sheet.path(f"M{num(px)} {num(y)}Q{num(px)} {num(y - tall * 0.6)} {num(px + lean)} {num(y - tall)}Q{num(px + 9)} {num(y - tall * 0.5)} {num(px + 9)} {num(y)}Z", fill=colour)


def lake(width, height, horizon, sun, boats, seed=3, sparkle=True):
    """Dawn over the pearl lake; boats: (x, y, size, mirrored); without sparkle no sun on the water, no grain."""
    sheet = Sheet(width, height)
    dice = random.Random(seed)
    sx, sy, r = sun
    sheet.fill(sheet.linear("sky", [(0, "#1c5a6b"), (0.2, "#5796a0"), (0.42, "#f4c9a4"), (0.56, "#f8a787"), (1, "#f6d3b0")]))
    stage.pool_of_light(sheet, sx, sy, r * 7, "#fff0d2", 0.85, "dawn")
    for i in range(7):
        y = horizon * (0.12 + 0.09 * i)
        sheet.path(smooth(blob(dice, dice.uniform(0, width), y, dice.uniform(180, 420), dice.uniform(8, 22), 9, 0.25), True),
                   fill="#fff3e4", fill_opacity=0.34, filter=sheet.blur(9))
    pearl_sun = sheet.radial("sun", [(0, "#ffffff"), (0.4, "#fff6e8"), (0.8, "#fbdcc6"), (1, "#f2b8a0")], 0.4, 0.36, 0.68)
    sheet.circle(sx, sy, r, fill=pearl_sun)
    hills(sheet, dice, horizon, [(70, 190, "#d9a793", 7), (44, 140, "#a98a8c", 9), (22, 96, "#6c7f86", 8), (4, 52, "#35626a", 12)])
    water = sheet.linear("water", [(0, "#f0bd9b"), (0.12, "#b9a9a2"), (0.4, "#4f8b93"), (0.75, "#155766"), (1, "#07303b")])
    sheet.rect(0, horizon, width, height - horizon, fill=water)
    ripples(sheet, dice, horizon + 8, height, 150, "#0a3a46", 0.3)
    ripples(sheet, dice, horizon + 8, height, 130, "#ffe6cd", 0.35)
    if sparkle:
        glitter(sheet, dice, sx, horizon + 4, height, width * 0.05, 230, "#fff3dd")
    for i, share in enumerate((0.1, 0.2, 0.36)):
        floats(sheet, width * 0.02, width * (0.42 - 0.06 * i), horizon + (height - horizon) * share, 15 - 3 * i, 5 + 4 * i)
        floats(sheet, width * (0.66 + 0.05 * i), width * 0.99, horizon + (height - horizon) * share * 1.1, 12 - 3 * i, 5 + 4 * i)
    for spot in boats:
        boat(sheet, *spot)
    reeds(sheet, dice, width * 0.04, height + 10, 26, height * 0.3, width * 0.07)
    reeds(sheet, dice, width * 0.97, height + 10, 20, height * 0.22, width * 0.06)
    stage.vignette(sheet, "#04202a", 0.35)
    if sparkle:
        stage.grain(sheet, 0.03)
    return sheet


def banner_lake():
    return lake(1600, 900, 430, (980, 250, 80), [(1130, 500, 0.5, True), (470, 560, 0.72, False), (800, 700, 1.25, True)])


WALLS = ["#e9a23b", "#d8603f", "#e58a9a", "#4fa3a5", "#f0cf7c", "#c9503f", "#8bbf9f", "#d98b4a", "#b9699a", "#f3e3c3", "#6f9fc6", "#e3b04b"]


def shade(colour, factor):
    rgb = [min(255, int(int(colour[i:i + 2], 16) * factor)) for i in (1, 3, 5)]
    return "#" + "".join(f"{c:02x}" for c in rgb)


def window(sheet, x, y, w, h, shutters):
    sheet.rect(x - w * 0.14, y - h * 0.08, w * 1.28, h * 1.16, fill="#fff6e2", fill_opacity=0.9)
    sheet.rect(x, y, w, h, fill=sheet.linear("pane", [(0, "#17343d"), (0.6, "#2f5b64"), (1, "#f2b877")]))
    sheet.path(f"M{num(x + w / 2)} {num(y)}v{num(h)}M{num(x)} {num(y + h / 2)}h{num(w)}", stroke="#fff6e2", stroke_width=w * 0.07)
    if shutters:
        sheet.rect(x - w * 0.62, y, w * 0.46, h, fill=shutters)
        sheet.rect(x + w * 1.16, y, w * 0.46, h, fill=shutters)


def house(sheet, dice, x, y, w, h, colour):
    """A house front lit from the left, its side in shade, with windows and perhaps pots."""
    front = sheet.linear(f"wall-{colour[1:]}", [(0, shade(colour, 1.1)), (0.7, colour), (1, shade(colour, 0.78))], 0, 0, 0.9, 1)
    depth = w * 0.2
    sheet.path(f"M{num(x + w)} {num(y)}l{num(depth)} {num(-depth * 0.4)}v{num(h)}l{num(-depth)} {num(depth * 0.4)}Z", fill=shade(colour, 0.52))
    sheet.rect(x, y, w, h, fill=front)
    sheet.rect(x - w * 0.03, y - h * 0.03, w * 1.06, h * 0.05, fill=shade(colour, 0.66))
    sheet.rect(x - w * 0.03, y - h * 0.045, w * 1.06, h * 0.03, fill="#fff6e2", fill_opacity=0.8)
    columns = 2 if w > 90 else 1
    ww, wh = w * (0.17 if columns == 2 else 0.3), h * 0.17
    shutters = dice.choice([None, "#24626c", "#7a2f23", None])
    for row in range(max(1, int(h / (w * 0.9)))):
        for column in range(columns):
            wx = x + w * (0.2 + 0.43 * column) if columns == 2 else x + w * 0.35
            window(sheet, wx, y + h * 0.13 + row * wh * 1.9, ww, wh, shutters)
    if dice.random() < 0.4:
        sheet.circle(x + w * dice.uniform(0.1, 0.9), y - h * 0.07, w * 0.1, fill="#5d8a3f")


def hillside(sheet, dice, top, bottom, rows, left=-60, right=None):
    """Rows of coloured houses climbing a hill, far and small ones first."""
    right = right or sheet.width
    for row in range(rows):
        t = row / max(1, rows - 1)
        size = 62 + 92 * t
        y = top + (bottom - top) * t
        x = left + dice.uniform(-40, 20)
        while x < right + 60:
            w = size * dice.uniform(0.8, 1.3)
            h = size * dice.uniform(1.1, 1.8)
            lift = 90 * (1 - t) * math.sin(math.pi * min(1, max(0, x / sheet.width)))
            house(sheet, dice, x, y - h - lift, w, h + 260, dice.choice(WALLS))
            x += w * dice.uniform(1.02, 1.14)
        haze = sheet.linear(f"haze-{row}", [(0, "#ffe7c4", 0), (0.4, "#ffe7c4", 0.3 * (1 - t)), (1, "#ffe7c4", 0.1 * (1 - t))])
        sheet.rect(0, top - 260, sheet.width, sheet.height - top + 260, fill=haze)


def church(sheet, x, y, size):
    wall = sheet.linear("church", [(0, "#f7c66f"), (0.6, "#e29b3d"), (1, "#a4621f")], 0, 0, 1, 0.4)
    sheet.open(transform=f"translate({num(float(x))} {num(float(y))}) scale({num(float(size))})")
    for px in (-118, 78):
        sheet.rect(px, -150, 46, 260, fill=wall)
        sheet.path(f"M{px - 4}-150h54l-10-16h-34Z", fill="#fbe3b0")
        sheet.path(f"M{px + 12}-104q11-20 22 0v34h-22Z", fill="#5c2f12")
        sheet.path(f"M{px + 6}-166q17-44 34 0Z", fill="#c9503f")
        sheet.path(f"M{px + 23}-190v-26m-8 9h16", stroke="#7d4a1a", stroke_width=4)
    sheet.rect(-76, -70, 158, 180, fill=wall)
    sheet.path("M-70-70C-70-160-40-190 2-192C44-190 76-160 76-70Z", fill=sheet.linear("dome", [(0, "#ef8a5a"), (0.5, "#c9503f"), (1, "#74261d")], 0, 0, 1, 0.3))
    sheet.path("M2-192v-34m-11 12h22", stroke="#7d4a1a", stroke_width=5)
    sheet.path("M-40-74C-40-150-20-184 0-190M40-74C40-150 22-184 4-190", fill="none", stroke="#fbe3b0", stroke_opacity=0.5, stroke_width=4)
    sheet.close()


def street(sheet, horizon, vanish):
    """Cobbles that run up toward the vanishing point."""
    width, height = sheet.width, sheet.height
    d = f"M{width * 0.04} {height}L{vanish - 46} {horizon}H{vanish + 60}L{width * 0.74} {height}Z"
    sheet.path(d, fill=sheet.linear("cobbles", [(0, "#d9a878"), (0.4, "#a97f62"), (1, "#5a4038")]))
    sheet.define("street-clip", f'<clipPath id="street-clip"><path d="{d}"/></clipPath>')
    sheet.open(clip_path="url(#street-clip)")
    dice = random.Random(9)
    rows = 22
    for row in range(rows):
        t = (row / rows) ** 2.1
        y = horizon + (height - horizon) * t
        step = 10 + 74 * t
        x = -dice.random() * step
        while x < width:
            tone = dice.choice(["#f3d0a4", "#c49a78", "#8b6a58", "#dbb48c"])
            sheet.ellipse(x, y + step * 0.2, step * 0.46, step * 0.19 + 1, fill=tone, fill_opacity=0.4)
            x += step
    sheet.close()
