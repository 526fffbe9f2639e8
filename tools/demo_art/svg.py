"""A sheet to draw on: collects definitions and shapes, and writes one SVG file.

Coordinates are user units (1 unit = 1 px of the rendered picture), y down, light from the upper left.
"""
import math


def num(value):
    """A coordinate as text, two decimals at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def attributes(pairs):
    out = []
    for key, value in pairs.items():
        if value is not None:
            out.append(f'{key.rstrip("_").replace("_", "-")}="{num(value)}"')
    return " ".join(out)


def stops(colours):
    """colours: (offset, colour) or (offset, colour, opacity)."""
    out = []
    for offset, colour, *opacity in colours:
        extra = f' stop-opacity="{num(opacity[0])}"' if opacity else ""
        out.append(f'<stop offset="{num(offset)}" stop-color="{colour}"{extra}/>')
    return "".join(out)


class Sheet:
    def __init__(self, width, height):
        self.width = width
        self.height = height
        self.defs = {}
        self.body = []

    def define(self, name, text):
        self.defs.setdefault(name, text)
        return f"url(#{name})"

    def linear(self, name, colours, x1=0, y1=0, x2=0, y2=1, **more):
        spec = attributes({"id": name, "x1": x1, "y1": y1, "x2": x2, "y2": y2, **more})
        return self.define(name, f"<linearGradient {spec}>{stops(colours)}</linearGradient>")

    def radial(self, name, colours, cx=0.5, cy=0.5, r=0.5, **more):
        spec = attributes({"id": name, "cx": cx, "cy": cy, "r": r, **more})
        return self.define(name, f"<radialGradient {spec}>{stops(colours)}</radialGradient>")

    def blur(self, deviation):
        name = f"blur{num(float(deviation)).replace('.', '_')}"
        return self.define(
            name,
            f'<filter id="{name}" x="-60%" y="-60%" width="220%" height="220%">'
            f'<feGaussianBlur stdDeviation="{num(deviation)}"/></filter>',
        )

    def add(self, text):
        self.body.append(text)

    def shape(self, tag, **pairs):
        self.add(f"<{tag} {attributes(pairs)}/>")

    def path(self, d, **pairs):
        self.shape("path", d=d, **pairs)

    def ellipse(self, cx, cy, rx, ry, **pairs):
        self.shape("ellipse", cx=float(cx), cy=float(cy), rx=float(rx), ry=float(ry), **pairs)

    def circle(self, cx, cy, r, **pairs):
        self.shape("circle", cx=float(cx), cy=float(cy), r=float(r), **pairs)

    def rect(self, x, y, width, height, **pairs):
        self.shape("rect", x=x, y=y, width=width, height=height, **pairs)

    def fill(self, paint, **pairs):
        self.rect(0, 0, self.width, self.height, fill=paint, **pairs)

    def use(self, name, x, y, scale_x, scale_y=None, turn=0.0, **pairs):
        size = num(float(scale_x)) if scale_y is None else f"{num(float(scale_x))} {num(float(scale_y))}"
        rotation = f" rotate({num(float(turn))})" if turn else ""
        move = f"translate({num(float(x))} {num(float(y))}){rotation} scale({size})"
        self.add(f'<use href="#{name}" {attributes({"transform": move, **pairs})}/>')

    def open(self, **pairs):
        self.add(f"<g {attributes(pairs)}>")

    def close(self):
        self.add("</g>")

    def text(self):
        body = "\n".join(self.body)
        defs = "\n".join(self.defs.values())
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" '
            f'width="{self.width}" height="{self.height}">\n<defs>\n{defs}\n</defs>\n{body}\n</svg>\n'
        )


def smooth(points, closed=False, tension=1 / 6):
    """A path through the points (Catmull-Rom as cubic Beziers)."""
    n = len(points)
    d = [f"M{num(float(points[0][0]))} {num(float(points[0][1]))}"]
    for i in range(n if closed else n - 1):
        before = points[(i - 1) % n] if closed or i > 0 else points[i]
        here, there = points[i], points[(i + 1) % n]
        after = points[(i + 2) % n] if closed or i + 2 < n else there
        controls = (
            here[0] + (there[0] - before[0]) * tension,
            here[1] + (there[1] - before[1]) * tension,
            there[0] - (after[0] - here[0]) * tension,
            there[1] - (after[1] - here[1]) * tension,
            there[0],
            there[1],
        )
        d.append("C" + " ".join(num(float(c)) for c in controls))
    return "".join(d) + ("Z" if closed else "")


def blob(random, cx, cy, rx, ry, bumps=9, roughness=0.1, turn=0.0):
    """Points of an irregular oval, for smooth(closed=True)."""
    points = []
    for i in range(bumps):
        angle = 2 * math.pi * i / bumps
        reach = 1 + random.uniform(-roughness, roughness)
        x, y = rx * reach * math.cos(angle), ry * reach * math.sin(angle)
        points.append(
            (cx + x * math.cos(turn) - y * math.sin(turn), cy + x * math.sin(turn) + y * math.cos(turn))
        )
    return points
