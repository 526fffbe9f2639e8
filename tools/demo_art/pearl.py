"""Pearls: the body's gradient, two overtones, the bounced light, the window's highlight."""
import math

from .svg import blob, num, smooth

# name: body stops, (overtone lower left, overtone upper right), bounced light, shade at contacts
LUSTRES = {
    "white": (
        [(0, "#ffffff"), (0.2, "#fffaf3"), (0.42, "#f1e4de"), (0.62, "#d3c3c3"), (0.84, "#8f8992"), (0.94, "#a3a4aa"), (1, "#d3dcd8")],
        ("#f3aebd", 0.36, "#a9dccf", 0.34), "#fff1da", "#4a3f4a",
    ),
    "rose": (
        [(0, "#ffffff"), (0.26, "#fff2ea"), (0.5, "#f5d6cb"), (0.7, "#dbaea6"), (0.87, "#a57f80"), (0.95, "#b79694"), (1, "#edd6cc")],
        ("#f59fae", 0.4, "#f6e0b4", 0.4), "#ffe9cf", "#4d2f30",
    ),
    "lavender": (
        [(0, "#ffffff"), (0.22, "#f8eff9"), (0.48, "#dcc6e4"), (0.7, "#b497c6"), (0.87, "#7d6a97"), (0.95, "#978aab"), (1, "#cdc4dc")],
        ("#f39ac0", 0.42, "#9fd6ee", 0.42), "#f7e2f2", "#33254a",
    ),
    "black": (
        [(0, "#dcebe4"), (0.14, "#8ba59d"), (0.4, "#3d5755"), (0.64, "#1c2b33"), (0.85, "#0c1219"), (0.95, "#26283a"), (1, "#55656c")],
        ("#a8507f", 0.34, "#3aa586", 0.34), "#8c9fb0", "#000408",
    ),
    "gold": (
        [(0, "#ffffff"), (0.22, "#fff5dc"), (0.48, "#f3dba4"), (0.7, "#d3ac66"), (0.87, "#926d35"), (0.95, "#a98650"), (1, "#ecd9ab")],
        ("#f3a98b", 0.4, "#d9ecc0", 0.35), "#fff0c8", "#3d2a0c",
    ),
}


def paint_skin(sheet, lustre):
    """Defines the gradients of one lustre; returns their paints by part."""
    body, (low, low_alpha, high, high_alpha), bounce, _ = LUSTRES[lustre]
    prefix = f"pearl-{lustre}"
    return {
        "body": sheet.radial(f"{prefix}-body", body, 0.4, 0.35, 0.72, fx=0.34, fy=0.27),
        "low": sheet.radial(f"{prefix}-low", [(0, low, low_alpha), (0.5, low, low_alpha * 0.6), (1, low, 0)], 0.26, 0.74, 0.56),
        "high": sheet.radial(f"{prefix}-high", [(0, high, high_alpha), (0.5, high, high_alpha * 0.6), (1, high, 0)], 0.78, 0.34, 0.55),
        "bounce": sheet.radial(f"{prefix}-bounce", [(0, bounce, 0.75), (1, bounce, 0)], 0.64, 0.9, 0.3),
        "soft": sheet.radial("pearl-soft", [(0, "#ffffff", 1), (0.45, "#ffffff", 0.7), (1, "#ffffff", 0)]),
    }


def define_pearl(sheet, lustre):
    """Defines a round pearl of radius 100 about the origin, as a symbol to be used."""
    name = f"pearl-{lustre}"
    if name in sheet.defs:
        return name
    skin = paint_skin(sheet, lustre)
    glow = 0.85 if lustre == "black" else 0.95
    parts = [f'<circle r="100" fill="{skin[part]}"/>' for part in ("body", "low", "high", "bounce")]
    parts.append(f'<ellipse cx="-31" cy="-38" rx="42" ry="30" transform="rotate(-40 -31 -38)" fill="{skin["soft"]}" fill-opacity="{glow}"/>')
    parts.append('<path d="M-52-38q4-16 20-24q7-1 8 5q-12 8-17 22q-8 4-11-3Z" fill="#fff" fill-opacity=".92"/>')
    parts.append('<path d="M-20-66q8-3 14-2q3 3-1 5q-6 0-11 2q-5-1-2-5Z" fill="#fff" fill-opacity=".8"/>')
    parts.append(f'<ellipse cx="34" cy="52" rx="22" ry="9" transform="rotate(-38 34 52)" fill="{skin["soft"]}" fill-opacity=".38"/>')
    sheet.define(name, f'<g id="{name}">{"".join(parts)}</g>')
    return name


def shade_paint(sheet, colour="#04141a", alpha=0.55):
    name = f"shade-{colour[1:]}-{int(alpha * 100)}"
    sheet.radial(name, [(0, colour, alpha), (0.45, colour, alpha * 0.72), (1, colour, 0)])
    return f"url(#{name})"


def cast(sheet, pearls, dx=0.55, dy=0.75, spread=1.35, colour="#04141a", alpha=0.5, flat=0.8):
    """The pearls' shadow on the ground under them; (x, y, r, …) each."""
    paint = shade_paint(sheet, colour, alpha)
    core = shade_paint(sheet, colour, min(0.95, alpha * 1.5))
    for x, y, r, *_ in pearls:
        sheet.ellipse(x + dx * r, y + dy * r, r * spread, r * spread * flat, fill=paint)
    for x, y, r, *_ in pearls:
        sheet.ellipse(x + dx * 0.4 * r, y + dy * 0.7 * r, r * 0.95, r * 0.95 * flat, fill=core)


def contacts(sheet, pearls, lustre, closed=False):
    """Where neighbours touch they darken each other."""
    paint = shade_paint(sheet, LUSTRES[lustre][3], 0.62)
    pairs = list(zip(pearls, pearls[1:] + (pearls[:1] if closed else [])))
    for (x, y, r, *_), (u, v, s, *_) in pairs[: len(pearls) if closed else len(pearls) - 1]:
        turn = math.degrees(math.atan2(v - y, u - x))
        share = r / (r + s)
        cx, cy = x + (u - x) * share, y + (v - y) * share
        size = min(r, s)
        sheet.ellipse(cx, cy, size * 0.24, size * 0.58, fill=paint,
                      transform=f"rotate({num(turn)} {num(cx)} {num(cy)})")


def lay(sheet, pearls, lustre):
    """Draws pearls in order; (x, y, r) or (x, y, r, lustre)."""
    for x, y, r, *own in pearls:
        sheet.use(define_pearl(sheet, own[0] if own else lustre), x, y, r / 100)


def strand(curve, sizes, start=0.0, gap=1.0, steps=4000):
    """Pearls threaded along curve(t), t in 0..1; sizes(t) gives the radius there. Returns (x, y, r)."""
    points = [curve(i / steps) for i in range(steps + 1)]
    reach = [0.0]
    for (x, y), (u, v) in zip(points, points[1:]):
        reach.append(reach[-1] + math.hypot(u - x, v - y))
    out, at, i = [], start, 0
    while at < reach[-1]:
        while reach[i] < at:
            i += 1
        r = sizes(i / steps)
        out.append((points[i][0], points[i][1], r))
        ahead = sizes(min(1.0, (i + steps * 2 * r / reach[-1]) / steps))
        at += (r + ahead) * gap
    return out


def baroque(sheet, random, x, y, r, lustre):
    """An irregular pearl: the same skin on a grown shape, with its growth lines and a second highlight."""
    skin = paint_skin(sheet, lustre)
    turn = random.uniform(0, math.pi)
    shape = smooth(blob(random, x, y, r * random.uniform(0.96, 1.16), r * random.uniform(0.82, 0.96), 7, 0.085, turn), True)
    for part in ("body", "low", "high", "bounce"):
        sheet.path(shape, fill=skin[part])
    for _ in range(2):
        px, py = x + r * random.uniform(-0.1, 0.4), y + r * random.uniform(-0.15, 0.45)
        length, bend = r * random.uniform(0.3, 0.5), r * random.uniform(0.08, 0.2)
        d = f"M{num(px - length)} {num(py + bend)}q{num(length)} {num(-bend * 2)} {num(length * 1.7)} {num(-bend)}"
        sheet.path(d, fill="none", stroke="#fff", stroke_opacity=0.1, stroke_width=r * 0.14, stroke_linecap="round")
        sheet.path(d, fill="none", stroke=LUSTRES[lustre][3], stroke_opacity=0.06, stroke_width=r * 0.08,
                   stroke_linecap="round", transform=f"translate({num(r * 0.03)} {num(r * 0.1)})")
    for dx, dy, rx, ry, alpha in ((-0.32, -0.36, 0.4, 0.25, 0.95), (-0.4, -0.42, 0.16, 0.09, 1), (0.18, -0.1, 0.22, 0.1, 0.6)):
        cx, cy = x + dx * r * random.uniform(0.8, 1.1), y + dy * r
        sheet.ellipse(cx, cy, rx * r, ry * r, fill=skin["soft"], fill_opacity=alpha,
                      transform=f"rotate({num(random.uniform(-60, -20))} {num(cx)} {num(cy)})")
