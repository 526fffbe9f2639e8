"""What stands around the goods: walls, tables, cloth, window light, leaves' shadows, gold, grain."""
import math

from .svg import num, smooth


def curve_through(points):
    """A curve(t) through the points, t in 0..1 (Catmull-Rom)."""
    def at(t):
        span = t * (len(points) - 1)
        i = min(int(span), len(points) - 2)
        f = span - i
        p0, p1 = points[max(i - 1, 0)], points[i]
        p2, p3 = points[i + 1], points[min(i + 2, len(points) - 1)]
        return tuple(
            0.5 * (2 * b + (c - a) * f + (2 * a - 5 * b + 4 * c - d) * f * f + (3 * b - a - 3 * c + d) * f**3)
            for a, b, c, d in zip(p0, p1, p2, p3)
        )
    return at


def grain(sheet, amount=0.05, size=0.85):
    sheet.define(
        "grain",
        f'<filter id="grain" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" '
        f'baseFrequency="{size}" numOctaves="2" seed="7"/><feColorMatrix values="0 0 0 0 .5  0 0 0 0 .5  0 0 0 0 .5  '
        f'0 {amount * 2} 0 0 {-amount * 0.4}"/></filter>',
    )
    sheet.fill("#808080", filter="url(#grain)")


def vignette(sheet, colour="#04141a", alpha=0.45):
    paint = sheet.radial("vignette", [(0.55, colour, 0), (1, colour, alpha)], 0.46, 0.44, 0.78)
    sheet.fill(paint)


def pool_of_light(sheet, cx, cy, r, colour="#fff6e6", alpha=0.6, name="pool"):
    paint = sheet.radial(name, [(0, colour, alpha), (0.5, colour, alpha * 0.45), (1, colour, 0)])
    sheet.ellipse(cx, cy, r, r, fill=paint)


def window_light(sheet, x, y, width, height, lean=0.35, colour="#fff4dc", alpha=0.35, panes=(2, 3)):
    """Slanted panes of light thrown on a wall."""
    sheet.open(filter=sheet.blur(9), fill=colour, fill_opacity=alpha,
               transform=f"translate({x} {y}) skewX({num(-math.degrees(math.atan(lean)))})")
    columns, rows = panes
    gap = width * 0.05
    w, h = (width - gap * (columns - 1)) / columns, (height - gap * (rows - 1)) / rows
    for i in range(columns):
        for j in range(rows):
            sheet.rect(i * (w + gap), j * (h + gap), w, h, rx=3)
    sheet.close()


def leaf(x, y, length, width, turn):
    d = f"M0 0C{num(length * 0.25)} {num(-width)} {num(length * 0.7)} {num(-width)} {num(length)} 0C{num(length * 0.7)} {num(width)} {num(length * 0.25)} {num(width)} 0 0Z"
    return d, f"translate({num(float(x))} {num(float(y))}) rotate({num(float(turn))})"


def frond_points(x, y, reach, turn, bend, count):
    for i in range(count):
        t = (i + 1) / count
        angle = math.radians(turn + bend * t)
        yield x + reach * t * math.cos(angle), y + reach * t * math.sin(angle), turn + bend * t, t


def frond_shadow(sheet, x, y, reach, turn, bend=20, count=9, colour="#04141a", alpha=0.22, soft=10):
    """The blurred shadow of a bamboo or palm frond."""
    sheet.open(fill=colour, fill_opacity=alpha, filter=sheet.blur(soft))
    for px, py, angle, t in frond_points(x, y, reach, turn, bend, count):
        size = reach * (0.5 - 0.22 * t)
        for side in (-1, 1):
            d, move = leaf(px, py, size, size * 0.11, angle + side * (52 - 14 * t))
            sheet.path(d, transform=move)
    sheet.close()


def folds(sheet, lines, light="#ffffff", dark="#000000", alpha=0.25, width=60):
    """Soft cloth folds along the given point lists: a shade and, beside it, a light."""
    sheet.open(fill="none", stroke_linecap="round", filter=sheet.blur(width * 0.36))
    for points in lines:
        d = smooth(points)
        sheet.path(d, stroke=dark, stroke_opacity=alpha, stroke_width=width)
        sheet.path(d, stroke=light, stroke_opacity=alpha * 0.9, stroke_width=width * 0.55,
                   transform=f"translate({num(-width * 0.75)} {num(-width * 0.3)})")
    sheet.close()


def table(sheet, y, top, front, name="table"):
    """A horizon: everything below y is the table, lit from the back edge."""
    paint = sheet.linear(name, [(0, top), (1, front)])
    sheet.rect(0, y, sheet.width, sheet.height - y, fill=paint)
    edge = sheet.linear(f"{name}-edge", [(0, "#000000", 0.28), (1, "#000000", 0)])
    sheet.rect(0, y - 1, sheet.width, 26, fill=edge, fill_opacity=0.5)


def ground_shadow(sheet, cx, cy, rx, ry, colour="#04141a", alpha=0.6, soft=22):
    sheet.ellipse(cx, cy, rx, ry, fill=colour, fill_opacity=alpha, filter=sheet.blur(soft))


def gold(sheet):
    return sheet.linear("gold", [(0, "#fff3c4"), (0.28, "#e9bf62"), (0.5, "#a8741f"), (0.7, "#f0d083"), (1, "#7c5212")])


def gold_ring(sheet, cx, cy, r, width, squash=1.0, turn=0.0):
    spin = f"rotate({num(turn)} {num(cx)} {num(cy)})" if turn else None
    sheet.ellipse(cx + width * 0.3, cy + width * 0.5, r, r * squash, fill="none", stroke="#000", stroke_opacity=0.3,
                  stroke_width=width, transform=spin)
    sheet.ellipse(cx, cy, r, r * squash, fill="none", stroke=gold(sheet), stroke_width=width, transform=spin)
    sheet.ellipse(cx - width * 0.12, cy - width * 0.12, r, r * squash, fill="none", stroke="#fff8dc", stroke_opacity=0.7,
                  stroke_width=width * 0.18, transform=spin)


def velvet_bust(sheet, deep, mid, rim, name="bust"):
    """A necklace stand seen from the front; 1200 x 1200."""
    outline = "M462-20C466 120 462 214 430 286C392 366 262 402 176 470C76 552 40 690 34 860C30 1010 60 1130 96 1240H1104C1140 1130 1170 1010 1166 860C1160 690 1124 552 1024 470C938 402 808 366 770 286C738 214 734 120 738-20Z"
    clip = f'<clipPath id="{name}-clip"><path d="{outline}"/></clipPath>'
    sheet.define(f"{name}-clip", clip)
    sheet.path(outline, fill="#04141a", fill_opacity=0.5, filter=sheet.blur(38), transform="translate(46 30)")
    body = sheet.radial(f"{name}-body", [(0, mid), (0.55, deep), (0.86, deep), (1, rim)], 0.44, 0.42, 0.66)
    sheet.path(outline, fill=body)
    sheet.open(clip_path=f"url(#{name}-clip)")
    sheet.path(outline, fill="none", stroke=rim, stroke_width=46, stroke_opacity=0.75, filter=sheet.blur(20))
    dark = sheet.linear(f"{name}-dark", [(0, "#000", 0), (0.55, "#000", 0), (1, "#000", 0.5)], 0, 0, 1, 0.3)
    sheet.path(outline, fill=dark)
    sheet.ellipse(700, 40, 110, 330, fill="#000", fill_opacity=0.2, filter=sheet.blur(50))
    pool_of_light(sheet, 400, 620, 420, "#ffffff", 0.12, f"{name}-pool")
    sheet.ellipse(640, 250, 150, 90, fill="#000", fill_opacity=0.16, filter=sheet.blur(44))
    sheet.close()


def save_order(items):
    """Back to front on a table seen from above: what is lower in the picture comes later."""
    return sorted(items, key=lambda item: item[1])
