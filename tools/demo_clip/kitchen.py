"""The stone shop's clip: a tejolote grinds under the paper flags of a Guanajuato street. Loops in 12 s."""
import math
import random

import cairo

from demo_art import places, scenes as drawn, stage, stone
from demo_art.svg import Sheet

from . import sound
from .layers import HEIGHT, WIDTH, glow, render, shadow
from .motion import ease

TAU = 2 * math.pi
GRIND_SECONDS = 1.5
FLAGS = ("#d0351b", "#f0b23a", "#0b7050", "#e58a9a", "#1d6c8c")


def street():
    sheet = Sheet(WIDTH, HEIGHT)
    drawn.sky(sheet, 520)
    dice = random.Random(31)
    places.hills(sheet, dice, 430, [(50, 120, "#7fa9a4", 6), (8, 90, "#7b9a68", 8)])
    sheet.open(transform="translate(0 60) scale(.86)")
    places.hillside(sheet, dice, 400, 760, 6, -60, 840)
    places.church(sheet, 560, 500, 1.05)
    places.hillside(sheet, random.Random(40), 720, 860, 2, -60, 840)
    sheet.close()
    stone.wood(sheet, 880, 400, "#b87842", "#4d2611")
    sheet.rect(0, 880, WIDTH, 70, fill=sheet.linear("shade", [(0, "#000", 0.45), (1, "#000", 0)]))
    stone.chile(sheet, 60, 1160, 210, -12)
    stage.ground_shadow(sheet, 380, 1076, 280, 50, "#140702", 0.85, 22)
    stone.bowl(sheet, 350, 790, 236, "clip", 0.31, 0.95)
    stone.lime_half(sheet, 640, 1060, 62)
    stone.lime_half(sheet, 560, 1126, 56, 0.8)
    stage.vignette(sheet, "#2b1206", 0.4)
    return sheet


def tejolote():
    sheet = Sheet(360, 460)
    stone.pestle(sheet, 180, 420, 390, 104, 0)
    return sheet


def tomato():
    sheet = Sheet(240, 240)
    stone.tomato(sheet, 116, 112, 84)
    return sheet


def flag(colour):
    sheet = Sheet(90, 110)
    sheet.path("M5 4H85V78L75 98L65 78L55 98L45 78L35 98L25 78L15 98L5 78Z", fill=colour)
    sheet.path("M5 4H85V78L75 98L65 78L55 98L45 78Z", fill="#fff", fill_opacity=0.14)
    for x in (25, 45, 65):
        sheet.circle(x, 30, 7, fill="#fff6e2", fill_opacity=0.75)
        sheet.path(f"M{x - 7} 60L{x} 48L{x + 7} 60L{x} 72Z", fill="#fff6e2", fill_opacity=0.75)
    return sheet


def all_layers(folder):
    sheets = {"street": street(), "pestle": tejolote(), "tomato": tomato(), "shadow": shadow(), "glow": glow("#fff0c8"),
              **{f"flag-{i}": flag(colour) for i, colour in enumerate(FLAGS)}}
    return {name: render(folder, name, sheet) for name, sheet in sheets.items()}


class Kitchen:
    seconds = 12

    def __init__(self):
        dice = random.Random(6)
        self.crumbs = [(dice.uniform(0, TAU), math.sqrt(dice.random()), dice.choice([(0.86, 0.2, 0.1), (0.95, 0.75, 0.3), (0.45, 0.62, 0.2)]),
                        dice.uniform(6, 11), dice.random()) for _ in range(70)]

    def draw(self, brush, t):
        brush.put("street", 0, 0, anchor=(0, 0))
        brush.put("glow", 120 + 60 * math.sin(TAU * t / 12), 120, 5, alpha=0.5)
        self._flags(brush, t, 120, 0.0, 0.92)
        self._flags(brush, t, 258, 1.3, 0.72)
        turn = TAU * t / GRIND_SECONDS
        press = 0.5 + 0.5 * math.sin(TAU * t / 6)
        x, y = 352 + 90 * math.cos(turn), 816 + 20 * math.sin(turn) + 6 * press
        self._crumbs(brush, t, x, y)
        brush.put("shadow", x + 26, y + 4, 1.5, alpha=0.75, scale_y=0.42)
        brush.put("pestle", x, y, 1.0, 0.42 + 0.16 * math.cos(turn + 0.6), anchor=(0.5, 420 / 460))
        roll = 30 * math.sin(TAU * t / 6)
        brush.put("tomato", 128 + roll * 0.8, 1010, 0.95, roll / 90)
        self._light(brush, t)

    @staticmethod
    def _flags(brush, t, y, phase, size):
        cr = brush.cr
        places_x = [i * 116 * size - 40 for i in range(12)]
        hang = [y + 26 * math.sin(i * 0.7 + phase) + 5 * math.sin(TAU * t / 4 + i * 0.5 + phase) for i in range(12)]
        cr.set_source_rgb(0.29, 0.16, 0.09)
        cr.set_line_width(3)
        for x, level in zip(places_x, hang):
            cr.line_to(x + 45 * size, level)
        cr.stroke()
        for i, (x, level) in enumerate(zip(places_x, hang)):
            sway = 0.1 * math.sin(TAU * t / 3 + i * 0.9 + phase) + 0.05 * math.sin(TAU * t / 2 + i * 2)
            brush.put(f"flag-{(i + int(phase * 2)) % len(FLAGS)}", x + 45 * size, level, size, sway, anchor=(0.5, 0.03))

    def _crumbs(self, brush, t, px, py):
        """Chile, maize and herbs in the bowl; what the stone passes is pushed and hops."""
        cr = brush.cr
        for angle, far, (red, green, blue), size, phase in self.crumbs:
            x = 350 + 150 * far * math.cos(angle)
            y = 812 + 32 * far * math.sin(angle)
            near = max(0.0, 1 - math.hypot(x - px, (y - py) * 2.6) / 110)
            x += 20 * near * (1 if x > px else -1)
            y -= 16 * near * abs(math.sin(TAU * (t * 2 / GRIND_SECONDS + phase)))
            cr.save()
            cr.translate(x, y)
            cr.rotate(angle)
            cr.scale(size, size * 0.55)
            cr.arc(0, 0, 1, 0, TAU)
            cr.restore()
            cr.set_source_rgba(red, green, blue, 0.95)
            cr.fill()

    @staticmethod
    def _light(brush, t):
        cr = brush.cr
        x = -400 + 1500 * ((t / 6) % 1.0)
        beam = cairo.LinearGradient(x - 160, -80, x + 160, 80)
        for stop, alpha in ((0, 0), (0.5, 0.13 * ease(math.sin(math.pi * ((t / 6) % 1.0)))), (1, 0)):
            beam.add_color_stop_rgba(stop, 1, 0.95, 0.8, alpha)
        cr.set_source(beam)
        cr.paint()


TUNE = """
7 . 4 7 . 9  | 12 . 9 7 . 4  | 5 . 9 12 . 9 | 7 . . 4 . 2
7 . 4 7 . 9  | 12 . 14 16 . 14 | 12 . 9 7 . 5 | 4 2 0 . . .
"""
ROOTS = [0, 0, 5, -5, 0, 0, -5, 0]
G4 = 391.995


def bar_of_wood(pitch_hz, seconds):
    """A marimba's bar: the tone, its fourth harmonic, the mallet."""
    out = []
    for i in range(int(seconds * sound.RATE)):
        t = i / sound.RATE
        out.append(math.exp(-t * 5.5) * math.sin(TAU * pitch_hz * t) + 0.32 * math.exp(-t * 16) * math.sin(TAU * pitch_hz * 3.98 * t)
                   + 0.12 * math.exp(-t * 70) * math.sin(TAU * pitch_hz * 9.6 * t))
    return out


def grinding(mix, dice, loud):
    """Stone on stone, loudest where the tejolote turns back toward the viewer."""
    for channel in (mix.left, mix.right):
        low = band = 0.0
        for i in range(mix.length):
            t = i / sound.RATE
            low += 0.17 * band
            band += 0.17 * (dice.uniform(-1, 1) - low - 0.9 * band)
            channel[i] += band * loud * (0.3 + 0.7 * (0.5 + 0.5 * math.sin(TAU * t / GRIND_SECONDS)) ** 3)


def compose(path, seconds):
    dice = random.Random(3)
    mix = sound.Mix(seconds)
    bars = [bar.split() for line in TUNE.strip().splitlines() for bar in line.split("|")]
    for number, bar in enumerate(bars):
        start = number * GRIND_SECONDS
        for step, note in enumerate(bar):
            if note != ".":
                pitch = G4 * 2 ** (int(note) / 12)
                mix.add(start + step * GRIND_SECONDS / 6, bar_of_wood(pitch, 0.9), 0.5 if step % 3 else 0.62, 0.4 * math.sin(number + step))
        root = G4 / 4 * 2 ** (ROOTS[number] / 12)
        for step, share in ((0, 2.0), (2, 3.0), (3, 2.0), (5, 3.0)):
            mix.add(start + step * GRIND_SECONDS / 6, sound.pluck(dice, root * share, 1.1, 0.45), 0.4, -0.3 + 0.2 * step)
    sound.room(mix, 0.18)
    grinding(mix, dice, 0.08)
    sound.save(mix, path)
