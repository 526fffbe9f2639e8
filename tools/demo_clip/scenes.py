"""The clip's four scenes. draw(frame, t): t in seconds since the scene began; a little before 0 too,
for a scene appears in the wipe that closes the one before it."""
import math
import random

import cairo

from .layers import HEIGHT, PEARL_RADIUS, WIDTH
from .motion import Dish, Strand, ease, overshoot

TAU = 2 * math.pi


class Brush:
    """Puts layers on a cairo context."""

    def __init__(self, context, layers):
        self.cr = context
        self.layers = layers

    def put(self, name, x, y, scale=1.0, turn=0.0, alpha=1.0, anchor=(0.5, 0.5), scale_y=None):
        if abs(scale) < 0.04 or alpha <= 0:
            return
        surface = self.layers[name]
        cr = self.cr
        cr.save()
        cr.translate(x, y)
        if turn:
            cr.rotate(turn)
        cr.scale(scale, scale if scale_y is None else scale_y)
        cr.set_source_surface(surface, -surface.get_width() * anchor[0], -surface.get_height() * anchor[1])
        cr.get_source().set_filter(cairo.FILTER_BILINEAR)
        cr.paint_with_alpha(alpha)
        cr.restore()

    def pearl(self, lustre, x, y, r):
        self.put(f"pearl-{lustre}", x, y, r / PEARL_RADIUS)

    def strand(self, pearls, lustre, depth=0.55):
        """pearls: (x, y, r) in order; their shadows, the thread, the pearls, the dark where they touch."""
        cr = self.cr
        for x, y, r in pearls:
            self.put("shadow", x + r * depth, y + r * (depth + 0.3), r / 64 * 1.45, alpha=0.55)
        cr.set_source_rgb(0.95, 0.9, 0.84)
        cr.set_line_width(3)
        for x, y, _ in pearls:
            cr.line_to(x, y)
        cr.stroke()
        for x, y, r in pearls:
            self.pearl(lustre, x, y, r)
        for (x, y, r), (u, v, s) in zip(pearls, pearls[1:]):
            share = r / (r + s)
            self.put("shadow", x + (u - x) * share, y + (v - y) * share, min(r, s) / 64 * 0.3, math.atan2(v - y, u - x),
                     0.55, scale_y=min(r, s) / 64 * 0.6)

    def rounded(self, x, y, width, height, r):
        cr = self.cr
        cr.new_sub_path()
        for cx, cy, turn in ((x + width - r, y + r, -1), (x + width - r, y + height - r, 0), (x + r, y + height - r, 1), (x + r, y + r, 2)):
            cr.arc(cx, cy, r, turn * math.pi / 2, (turn + 1) * math.pi / 2)
        cr.close_path()

    def caption(self, text, unit, x, y, shown, lustre="white"):
        """A pill with a pearl and a measure; shown 0..1 lets it pop in."""
        if shown < 0.08:
            return
        cr = self.cr
        cr.save()
        cr.translate(x, y)
        cr.scale(shown, shown)
        cr.select_font_face("DejaVu Sans", cairo.FONT_SLANT_NORMAL, cairo.FONT_WEIGHT_BOLD)
        cr.set_font_size(26)
        unit_width = cr.text_extents(unit).x_advance
        cr.set_font_size(44)
        text_width = cr.text_extents(text).x_advance
        width = 88 + text_width + (12 + unit_width if unit else 0) + 36
        left = -width / 2
        self.put("shadow", 0, 16, width / 115, alpha=0.5, scale_y=0.9)
        self.rounded(left, -42, width, 84, 42)
        cr.set_source_rgba(0.99, 0.975, 0.95, 0.96)
        cr.fill()
        self.pearl(lustre, left + 46, 0, 27)
        cr.set_source_rgb(0.03, 0.15, 0.18)
        cr.move_to(left + 88, 16)
        cr.show_text(text)
        cr.set_font_size(26)
        cr.set_source_rgb(0.82, 0.21, 0.11)
        cr.move_to(left + 100 + text_width, 16)
        cr.show_text(unit)
        cr.restore()

    def sparkle(self, x, y, size, phase):
        """A glint that lives a fifth of its phase's round."""
        life = phase % 1.0
        if life < 0.2:
            self.put("spark", x, y, size * math.sin(math.pi * life / 0.2), phase * 0.6, 0.95)


class Lake:
    """Dawn: boats on their moorings, the sun's path, gulls, a double strand swaying in front."""

    seconds = 12

    def __init__(self):
        dice = random.Random(8)
        self.glitter = [(dice.random() ** 1.4, dice.gauss(0, 1), dice.uniform(10, 36), dice.random(), dice.uniform(0.25, 0.7)) for _ in range(84)]

    def draw(self, brush, t):
        pan = 46 + 40 * math.sin(TAU * t / 24)
        brush.put("lake", -pan, 0, anchor=(0, 0))
        brush.put("glow", 500 - pan, 400, 3.4 + 0.12 * math.sin(TAU * t / 4), alpha=0.5)
        self._shimmer(brush, t, 500 - pan)
        for x, y, size, phase, drift in ((600, 640, 0.5, 0.0, -3), (262, 760, 0.95, 0.4, 4)):
            bob = math.sin(TAU * (t / 4 + phase))
            px, py = x - pan * size + drift * t, y + 4 * bob * size
            brush.put("boat", px, py, size, 0.02 * math.sin(TAU * (t / 4 + phase) + 1))
            brush.put("ember", px - 128 * size, py - 22 * size, 0.42 * size * (1 + 0.1 * math.sin(t * 9 + phase * 20)), alpha=0.75)
        self._gulls(brush, t)
        for base, depth, small, large, lustre, sway in ((820, 330, 24, 36, "lavender", 0.0), (930, 300, 32, 47, "white", 0.9)):
            brush.strand(self._swag(t, base, depth, small, large, sway), lustre)
        brush.sparkle(356, 1236 + 6 * math.sin(t), 1.0, t / 3)
        brush.sparkle(560, 1140, 0.8, t / 3 + 0.5)
        brush.sparkle(160, 1120, 0.8, t / 4 + 0.3)

    def _shimmer(self, brush, t, sun):
        cr = brush.cr
        for depth, aside, length, phase, bright in self.glitter:
            beat = math.sin(TAU * (t / 3 + phase))
            if beat < -0.4:
                continue
            y = 566 + 480 * depth
            x = sun + aside * 44 * (0.12 + depth) * 1.5 + 6 * math.sin(TAU * (t / 6 + phase))
            cr.set_source_rgba(1, 0.955, 0.87, bright * (beat + 0.4) / 1.4)
            cr.save()
            cr.translate(x, y)
            cr.scale(length * (0.35 + depth) * (0.8 + 0.2 * beat), 1.2 + 2.2 * depth)
            cr.arc(0, 0, 1, 0, TAU)
            cr.restore()
            cr.fill()

    @staticmethod
    def _gulls(brush, t):
        cr = brush.cr
        cr.set_line_cap(cairo.LINE_CAP_ROUND)
        cr.set_source_rgba(0.06, 0.24, 0.29, 0.8)
        for i in range(4):
            x, y = -90 + 62 * t + i * 66 - 20 * (i % 2), 250 - 3 * t + 34 * math.sin(i * 2.2)
            lift = 9 * math.sin(TAU * t * 1.15 + i * 1.3)
            cr.set_line_width(3.4)
            cr.move_to(x - 20, y - lift)
            cr.curve_to(x - 12, y - 8 - lift * 0.4, x - 5, y - 2, x, y + 2)
            cr.curve_to(x + 5, y - 2, x + 12, y - 8 - lift * 0.4, x + 20, y - lift)
            cr.stroke()

    @staticmethod
    def _swag(t, base, depth, small, large, phase):
        pearls, s = [], 0.0
        while s <= 1.0:
            bow = max(0.0, math.sin(math.pi * s))
            swing = 20 * math.sin(TAU * t / 6 + phase)
            x = -60 + 840 * s + swing * bow
            y = base + depth * bow ** 0.9 + 9 * math.sin(TAU * (t / 4 + s * 0.8) + phase)
            r = small + (large - small) * bow
            pearls.append((x, y, r))
            slope = depth * math.pi * math.cos(math.pi * s) * 0.95
            s += 2 * r / math.hypot(840, slope)
        return pearls


class Stall:
    """Two hands show a strand; it swings as they move. Window light and a frond's shadow wander."""

    seconds = 12

    def __init__(self):
        radii = [15 + 15 * max(0.0, math.sin(math.pi * i / 25)) ** 1.3 for i in range(26)]
        self.radii = radii
        self.moves = {}
        strand = Strand(radii, *self._hands(-4.0))
        for i in range(-100, int(self.seconds * 25) + 30):
            strand.step(*self._hands(i / 25))
            self.moves[i] = [(x, y, r) for (x, y), r in zip(strand.points, radii)]

    @staticmethod
    def _hands(t):
        lift = 30 * math.sin(TAU * t / 4)
        apart = 24 * math.sin(TAU * t / 6)
        swing = 17 * math.sin(TAU * t / 3)
        return (196 - apart + swing, 410 + lift), (524 + apart + swing, 410 + 26 * math.sin(TAU * t / 4 + 1.2))

    def draw(self, brush, t):
        brush.put("wall", 0, 0, anchor=(0, 0))
        brush.put("light", -160 + 70 * math.sin(TAU * t / 12), 0, anchor=(0, 0), alpha=0.9)
        brush.put("frond", 800, -20, 1.0, 0.07 * math.sin(TAU * t / 6) - 0.06, anchor=(1, 0))
        left, right = self._hands(t)
        pearls = self.moves[max(-100, min(round(t * 25), int(self.seconds * 25) + 29))]
        for x, y, r in pearls:
            brush.put("shadow", x + 74, y + 84, r / 64 * 1.9, alpha=0.26)
        brush.strand(pearls, "white", 0.4)
        brush.put("hand", right[0], right[1], 0.74, 0.1, anchor=(90 / 620, 150 / 420))
        brush.put("hand", left[0], left[1], -0.74, -0.1, anchor=(90 / 620, 150 / 420), scale_y=0.74)
        for i, pace in ((9, 2.4), (13, 3.0), (18, 2.0)):
            x, y, r = pearls[i]
            brush.sparkle(x - r * 0.35, y - r * 0.4, 0.8, t / pace + i * 0.21)
        for start, text in ((1.2, "7–8"), (4.7, "8–9"), (8.2, "9–10")):
            shown = overshoot((t - start) / 0.5) * (1 - ease((t - start - 2.7) / 0.35))
            brush.caption(text, "mm", 360, 1130, shown)


class Rolling:
    """Pearls drop into a celadon dish and roll as it is tilted; what is heard is kept for the sound."""

    seconds = 12

    def __init__(self):
        self.moves, self.clicks = {}, []
        dish = Dish((360, 640), 262, 26)
        for i in range(-30, int(self.seconds * 25) + 30):
            heard = dish.step(self._tilt(i / 25))
            self.clicks += [(i / 25, loud) for loud in sorted(heard)[-2:] if i >= 0]
            self.moves[i] = [dict(p) for p in dish.pearls]

    @staticmethod
    def _tilt(t):
        strength = 0.34 * ease((t - 3) / 3)
        return strength * math.cos(TAU * t / 3.2), strength * math.sin(TAU * t / 3.2)

    def draw(self, brush, t):
        lean = self._tilt(t)
        brush.put("slate", 0, 0, anchor=(0, 0))
        brush.put("glow", 150 + 130 * math.sin(TAU * t / 12), 250, 4.2, alpha=0.34)
        brush.put("frond", 770, 1330, 1.0, -1.5 + 0.06 * math.sin(TAU * t / 5), anchor=(1, 0), alpha=0.8)
        ox, oy = lean[0] * 34, lean[1] * 34
        brush.put("dish", 360 + ox, 640 + oy)
        pearls = self.moves[max(-30, min(round(t * 25), int(self.seconds * 25) + 29))]
        seen = [p for p in pearls if p["z"] < 900]
        for p in seen:
            far = p["z"] / 900
            spread = p["r"] / 64 * (1.5 + 1.6 * far)
            brush.put("shadow", p["x"] + ox + p["r"] * 0.45 + 200 * far, p["y"] + oy + p["r"] * 0.55 + 160 * far, spread, alpha=0.6 * (1 - far) ** 3)
        for p in sorted(seen, key=lambda p: (p["z"] > 30, p["y"] + p["z"])):
            brush.pearl(p["lustre"], p["x"] + ox, p["y"] + oy - p["z"] * 0.55, p["r"] * (1 + p["z"] / 900))
        count = sum(1 for p in pearls if p["z"] < 60 and p["vz"] >= -30)
        brush.caption(str(count), "", 360, 1140, overshoot((t - 0.8) / 0.5) * (1 - ease((t - 11.2) / 0.35)), "rose")


class Shelf:
    """Three necklaces pass on cards over the lake, each with its number."""

    seconds = 12
    cards = (("necklace-classic", "1", "white"), ("necklace-lavender", "2", "lavender"), ("necklace-black", "3", "black"))

    def draw(self, brush, t):
        pan = 50 + 30 * math.sin(TAU * t / 24 + 2)
        brush.put("lake", -pan, 0, anchor=(0, 0))
        cr = brush.cr
        cr.set_source_rgba(0.016, 0.11, 0.14, 0.62)
        cr.paint()
        brush.put("glow", 360 + 160 * math.sin(TAU * t / 6), 480, 5, alpha=0.28)
        place = sum(ease((t - 3.6 * (i + 1)) / 1.1) for i in range(2))
        order = sorted(range(3), key=lambda i: -abs(i - place))
        for i in order:
            self._card(brush, t, i, i - place)
        for i, (_, number, lustre) in enumerate(self.cards):
            near = max(0.0, 1 - abs(i - place) * 2.2)
            brush.caption(number, "/ 3", 360, 1090, ease(near), lustre)

    def _card(self, brush, t, i, aside):
        cr, name = brush.cr, self.cards[i][0]
        size = 1 - 0.2 * min(1.5, abs(aside))
        sway = math.sin(TAU * t / 4 + i * 2)
        cr.save()
        cr.translate(360 + aside * 520, 590 + 10 * sway)
        cr.rotate(0.09 * aside + 0.012 * math.sin(TAU * t / 6 + i))
        cr.scale(size, size)
        brush.put("shadow", 14, 60, 5.4, alpha=0.55, scale_y=6)
        brush.rounded(-286, -360, 572, 720, 40)
        cr.set_source_rgb(0.99, 0.98, 0.96)
        cr.fill()
        brush.rounded(-266, -340, 532, 532 + 148, 26)
        cr.clip()
        brush.put(name, 0, 0, 1.17 + 0.03 * sway, 0.01 * sway)
        sweep = ((t / 3 + i * 0.37) % 1.0) * 1500 - 750
        light = cairo.LinearGradient(sweep - 130, -130, sweep + 130, 130)
        for stop, alpha in ((0, 0), (0.5, 0.34), (1, 0)):
            light.add_color_stop_rgba(stop, 1, 0.97, 0.9, alpha)
        cr.set_source(light)
        cr.paint()
        for x, y, pace in ((-60, 150, 2.2), (90, 120, 3.1), (10, 190, 2.7)):
            brush.sparkle(x, y, 0.9, t / pace + i * 0.3)
        cr.restore()
