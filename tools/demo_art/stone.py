"""Volcanic stone, and what lies beside it on a Guanajuato table."""
import math

from . import stage
from .svg import num, smooth


def basalt(sheet, name="basalt", scale=0.042, depth=3.6, seed=3):
    """A filter that turns a shaded shape into pitted volcanic stone, lit from the upper left."""
    sheet.define(name, (
        f'<filter id="{name}" x="-5%" y="-5%" width="110%" height="110%" color-interpolation-filters="sRGB">'
        f'<feTurbulence type="fractalNoise" baseFrequency="{scale}" numOctaves="5" seed="{seed}" result="noise"/>'
        f'<feDiffuseLighting in="noise" surfaceScale="{depth}" diffuseConstant="1.25" lighting-color="#fff" result="relief">'
        f'<feDistantLight azimuth="230" elevation="48"/></feDiffuseLighting>'
        f'<feComposite in="SourceGraphic" in2="relief" operator="arithmetic" k1="1.15" k2=".08" k3="0" k4="0" result="lit"/>'
        f'<feTurbulence type="fractalNoise" baseFrequency="{scale * 1.9}" numOctaves="3" seed="{seed + 9}" result="dots"/>'
        f'<feColorMatrix in="dots" values="0 0 0 0 .09  0 0 0 0 .09  0 0 0 0 .1  0 0 7 0 -4.75" result="pores"/>'
        f'<feMerge result="all"><feMergeNode in="lit"/><feMergeNode in="pores"/></feMerge>'
        f'<feComposite in="all" in2="SourceAlpha" operator="in"/></filter>'
    ))
    return f"url(#{name})"


def wood(sheet, y, height, light, dark, name="wood", scale=1.0):
    """Planks seen from the front edge."""
    sheet.define(f"{name}-grain", (
        f'<filter id="{name}-grain" x="0" y="0" width="100%" height="100%" color-interpolation-filters="sRGB">'
        f'<feTurbulence type="fractalNoise" baseFrequency="{0.004 / scale} {0.09 / scale}" numOctaves="4" seed="11"/>'
        f'<feColorMatrix values="0 0 0 0 .2  0 0 0 0 .08  0 0 0 0 .02  0 1.9 0 0 -.72"/>'
        f'<feComposite in2="SourceAlpha" operator="in"/></filter>'))
    sheet.rect(0, y, sheet.width, height, fill=sheet.linear(name, [(0, light), (1, dark)]))
    sheet.rect(0, y, sheet.width, height, fill="#000", filter=f"url(#{name}-grain)", opacity=0.8)
    for share in (0.3, 0.68):
        line = y + height * share
        sheet.rect(0, line, sheet.width, 4, fill="#1c0b02", fill_opacity=0.5)
        sheet.rect(0, line + 4, sheet.width, 2, fill="#ffdcae", fill_opacity=0.25)


def greys(sheet, name="rock", light="#b3b0aa", mid="#75746f", dark="#262728"):
    return sheet.radial(f"{name}-grey", [(0, light), (0.45, mid), (1, dark)], 0.28, 0.16, 0.95)


def inside(sheet, cx, cy, rx, ry, name):
    """The hollow of a bowl: deep at the near left, lit on the far right wall."""
    paint = sheet.linear(f"{name}-hollow", [(0, "#141414"), (0.5, "#3b3a38"), (1, "#8d8a83")], 0.1, 0.1, 0.8, 1)
    sheet.ellipse(cx, cy, rx, ry, fill=paint)


def foot(sheet, x, top, bottom, width, lean, paint):
    d = (f"M{num(x - width / 2)} {num(top)}C{num(x - width / 2 + lean * 0.4)} {num((top + bottom) / 2)} {num(x - width * 0.36 + lean)} {num(bottom - 30)} "
         f"{num(x - width * 0.34 + lean)} {num(bottom - 14)}Q{num(x + lean)} {num(bottom + 16)} {num(x + width * 0.34 + lean)} {num(bottom - 14)}"
         f"C{num(x + width * 0.36 + lean)} {num(bottom - 40)} {num(x + width / 2 + lean * 0.4)} {num((top + bottom) / 2)} {num(x + width / 2)} {num(top)}Z")
    sheet.path(d, fill=paint)


def bowl(sheet, cx, cy, r, name="bowl", squash=0.3, deep=0.92, feet=True):
    """A three-legged mortar; (cx, cy) is the middle of its rim, r its half width."""
    paint = greys(sheet, name)
    leg = sheet.linear(f"{name}-leg", [(0, "#8a8882"), (0.5, "#56554f"), (1, "#1b1b1b")], 0, 0, 1, 0.6)
    stone = basalt(sheet) if r > 100 else basalt(sheet, "basalt-small", 0.12, 1.8)
    low = cy + r * deep
    if feet:
        for x, y in ((0.12, 0.18), (-0.62, 0.28), (0.7, 0.28)):
            stage.ground_shadow(sheet, cx + x * r + r * 0.1, low + y * r, r * 0.24, r * 0.07, "#0d0502", 0.85, r * 0.035)
    sheet.open(filter=stone)
    if feet:
        foot(sheet, cx + r * 0.08, low - r * 0.3, low + r * 0.2, r * 0.34, r * 0.02, leg)
        foot(sheet, cx - r * 0.56, low - r * 0.46, low + r * 0.3, r * 0.36, -r * 0.08, leg)
        foot(sheet, cx + r * 0.6, low - r * 0.46, low + r * 0.3, r * 0.36, r * 0.08, leg)
    sheet.path(f"M{num(cx - r)} {num(cy)}C{num(cx - r)} {num(cy + r * 0.62)} {num(cx - r * 0.62)} {num(low)} {num(cx)} {num(low)}"
               f"S{num(cx + r)} {num(cy + r * 0.62)} {num(cx + r)} {num(cy)}Z", fill=paint)
    rim = sheet.linear(f"{name}-rim", [(0, "#d6d3cc"), (0.6, "#9a978f"), (1, "#6b6964")], 0, 0, 1, 0.4)
    sheet.ellipse(cx, cy, r * 1.01, r * squash, fill=rim)
    inside(sheet, cx, cy + r * 0.015, r * 0.87, r * squash * 0.82, name)
    sheet.close()
    sheet.path(f"M{num(cx - r * 0.98)} {num(cy + r * 0.06)}A{num(r * 1.01)} {num(r * squash)} 0 0 0 {num(cx + r * 0.98)} {num(cy + r * 0.06)}",
               fill="none", stroke="#000", stroke_opacity=0.45, stroke_width=r * 0.05, filter=sheet.blur(7),
               transform=f"translate(0 {num(r * 0.04)})")


def pestle(sheet, x, y, length, width, turn):
    """A tejolote: its tip at (x, y), leaning by turn degrees."""
    d = (f"M0 0C{num(-width * 0.62)} 0 {num(-width * 0.66)} {num(-length * 0.3)} {num(-width * 0.4)} {num(-length * 0.56)}"
         f"S{num(-width * 0.46)} {num(-length)} 0 {num(-length)}S{num(width * 0.4)} {num(-length * 0.7)} {num(width * 0.4)} {num(-length * 0.56)}"
         f"S{num(width * 0.62)} 0 0 0Z")
    paint = sheet.linear("pestle", [(0, "#c9c6bf"), (0.35, "#85837d"), (1, "#262626")], 0, 0, 1, 0.15)
    move = f"translate({num(float(x))} {num(float(y))}) rotate({turn})"
    sheet.path(d, fill="#000", fill_opacity=0.55, filter=sheet.blur(14), transform=f"translate(22 16) {move}")
    sheet.path(d, fill=paint, filter=basalt(sheet), transform=move)


def tomato(sheet, x, y, r):
    stage.ground_shadow(sheet, x + r * 0.35, y + r * 0.72, r * 1.1, r * 0.4, "#1d0d05", 0.55, r * 0.16)
    paint = sheet.radial("tomato", [(0, "#ff9a78"), (0.3, "#ea4527"), (0.75, "#b81e0f"), (1, "#6d0d08")], 0.36, 0.3, 0.78)
    sheet.path(smooth([(x + r * 1.06 * math.cos(a) * (1 + 0.03 * math.cos(5 * a)), y + r * 0.94 * math.sin(a)) for a in
                       [2 * math.pi * i / 24 for i in range(24)]], True), fill=paint)
    for i in range(5):
        angle = math.radians(-90 + i * 72 + 14)
        tip = (x + r * 0.1 + r * 0.46 * math.cos(angle), y - r * 0.62 + r * 0.24 * math.sin(angle))
        sheet.path(f"M{num(x + r * 0.02)} {num(y - r * 0.66)}Q{num((x + tip[0]) / 2 + r * 0.1)} {num(tip[1] - r * 0.12)} {num(tip[0])} {num(tip[1])}Q{num((x + tip[0]) / 2)} {num(tip[1] + r * 0.1)} {num(x + r * 0.16)} {num(y - r * 0.58)}Z",
                   fill="#4f7d2b" if i % 2 else "#3c6820")
    sheet.path(f"M{num(x + r * 0.08)} {num(y - r * 0.62)}q{num(r * 0.02)} {num(-r * 0.2)} {num(r * 0.16)} {num(-r * 0.3)}", fill="none",
               stroke="#54802f", stroke_width=r * 0.1, stroke_linecap="round")
    sheet.ellipse(x - r * 0.42, y - r * 0.3, r * 0.26, r * 0.15, fill="#fff", fill_opacity=0.75,
                  transform=f"rotate(-38 {num(x - r * 0.42)} {num(y - r * 0.3)})", filter=sheet.blur(2))


def lime_half(sheet, x, y, r, squash=0.9):
    stage.ground_shadow(sheet, x + r * 0.3, y + r * 0.6, r * 1.1, r * 0.55, "#1d0d05", 0.5, r * 0.16)
    sheet.ellipse(x + r * 0.03, y + r * 0.12, r, r * squash, fill="#2f5d14")
    sheet.ellipse(x, y, r, r * squash, fill="#5d9a25")
    sheet.ellipse(x, y, r * 0.92, r * 0.92 * squash, fill="#eef5cf")
    pulp = sheet.radial("pulp", [(0, "#eaf5ae"), (0.6, "#b9d95f"), (1, "#86b537")])
    for i in range(9):
        a, b = math.radians(i * 40 + 3), math.radians(i * 40 + 37)
        m, reach = (a + b) / 2, r * 0.84
        points = [(x + r * 0.08 * math.cos(m), y + r * 0.08 * squash * math.sin(m))]
        points += [(x + reach * math.cos(t), y + reach * squash * math.sin(t)) for t in (a, m, b)]
        d = f"M{num(points[0][0])} {num(points[0][1])}L{num(points[1][0])} {num(points[1][1])}Q{num(points[2][0])} {num(points[2][1])} {num(points[3][0])} {num(points[3][1])}Z"
        sheet.path(d, fill=pulp, stroke="#d9ecA0", stroke_width=r * 0.03, stroke_linejoin="round")
    sheet.ellipse(x - r * 0.3, y - r * 0.4, r * 0.34, r * 0.12, fill="#fff", fill_opacity=0.5, filter=sheet.blur(5),
                  transform=f"rotate(-30 {num(x - r * 0.3)} {num(y - r * 0.4)})")


def chile(sheet, x, y, length, turn, colour=("#ff7a4d", "#cf2312", "#6f0c08"), name="red"):
    d = f"M0 0C{num(length * 0.05)} {num(-length * 0.16)} {num(length * 0.3)} {num(-length * 0.16)} {num(length * 0.55)} {num(-length * 0.06)}S{num(length * 0.92)} {num(length * 0.02)} {num(length)} {num(-length * 0.1)}C{num(length * 0.92)} {num(length * 0.12)} {num(length * 0.6)} {num(length * 0.14)} {num(length * 0.4)} {num(length * 0.11)}S0 {num(length * 0.1)} 0 0Z"
    move = f"translate({num(float(x))} {num(float(y))}) rotate({turn})"
    sheet.path(d, fill="#1d0d05", fill_opacity=0.55, transform=f"translate(14 22) {move}", filter=sheet.blur(9))
    sheet.open(transform=move)
    sheet.path(d, fill=sheet.linear(f"chile-{name}", [(0, colour[0]), (0.4, colour[1]), (1, colour[2])], 0.3, 0, 0.5, 1))
    sheet.path(f"M{num(length * 0.1)} {num(-length * 0.06)}q{num(length * 0.2)} {num(-length * 0.07)} {num(length * 0.42)} {num(length * 0.02)}",
               fill="none", stroke="#fff", stroke_opacity=0.65, stroke_width=length * 0.02, stroke_linecap="round")
    sheet.path(f"M{num(length * 0.03)} {num(-length * 0.05)}q{num(-length * 0.07)} {num(length * 0.03)} {num(-length * 0.02)} {num(length * 0.1)}q{num(length * 0.05)} {num(-length * 0.02)} {num(length * 0.06)} {num(-length * 0.03)}z",
               fill="#55802e")
    sheet.path(f"M0 0q{num(-length * 0.12)} {num(-length * 0.02)} {num(-length * 0.17)} {num(-length * 0.1)}", fill="none", stroke="#4a7426",
               stroke_width=length * 0.035, stroke_linecap="round")
    sheet.close()


def herb(sheet, x, y, size, turn):
    """A sprig with small lobed leaves."""
    sheet.open(transform=f"translate({num(float(x))} {num(float(y))}) rotate({turn})")
    sheet.path(f"M0 0Q{num(size * 0.5)} {num(-size * 0.14)} {num(size)} 0", fill="none", stroke="#3f6d22", stroke_width=size * 0.03)
    for i, (px, side) in enumerate(((0.35, -1), (0.5, 1), (0.66, -1), (0.8, 1), (1.0, 0))):
        cx, cy = px * size, -size * 0.05 + side * size * 0.15
        for k in range(3):
            angle = math.radians(k * 62 - 62 + side * 50)
            sheet.circle(cx + size * 0.075 * math.cos(angle), cy + size * 0.075 * math.sin(angle), size * 0.085,
                         fill=("#5c9430", "#487d24", "#6ba53a")[(i + k) % 3])
    sheet.close()
