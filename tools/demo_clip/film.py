"""Joins the scenes into a seamless loop and hands the frames on."""
import math

import cairo

from .layers import HEIGHT, WIDTH
from .motion import ease
from .scenes import Brush

FRAMES_PER_SECOND = 25
WIPE_SECONDS = 0.8


class Film:
    """Scenes in a ring; one alone must loop by itself."""

    def __init__(self, layers, scenes):
        self.layers = layers
        self.scenes = scenes
        self.seconds = sum(scene.seconds for scene in self.scenes)
        self.surface = cairo.ImageSurface(cairo.FORMAT_RGB24, WIDTH, HEIGHT)

    def clicks(self):
        """(second in the film, loudness) of every pearl heard."""
        start = 0
        for scene in self.scenes:
            for second, loud in getattr(scene, "clicks", []):
                if second < scene.seconds:
                    yield start + second, loud
            start += scene.seconds

    def wipes(self):
        """Seconds at which a scene gives way to the next."""
        start = 0
        for scene in self.scenes:
            start += scene.seconds
            yield start - WIPE_SECONDS

    def frame(self, index):
        """Draws frame index; returns its BGRx bytes."""
        t = index / FRAMES_PER_SECOND
        at = 0
        while t >= self.scenes[at].seconds:
            t -= self.scenes[at].seconds
            at += 1
        scene, following = self.scenes[at], self.scenes[(at + 1) % len(self.scenes)]
        brush = Brush(cairo.Context(self.surface), self.layers)
        scene.draw(brush, t)
        left = scene.seconds - t
        if left < WIPE_SECONDS and len(self.scenes) > 1:
            self._wipe(brush, following, -left, 1 - left / WIPE_SECONDS)
        self.surface.flush()
        return bytes(self.surface.get_data())

    @staticmethod
    def _wipe(brush, scene, t, progress):
        """The next scene opens inside a growing pearl."""
        cr = brush.cr
        reach = 20 + 780 * ease(progress) ** 1.3
        cr.save()
        cr.arc(WIDTH / 2, HEIGHT / 2, reach, 0, 2 * math.pi)
        cr.clip()
        scene.draw(brush, t)
        cr.restore()
        rim = cairo.RadialGradient(WIDTH / 2, HEIGHT / 2, max(0, reach - 46), WIDTH / 2, HEIGHT / 2, reach)
        for stop, red, green, blue, alpha in ((0, 1, 1, 1, 0), (0.55, 1, 0.9, 0.88, 0.35), (0.85, 1, 1, 1, 0.95), (1, 0.75, 0.86, 0.86, 0.9)):
            rim.add_color_stop_rgba(stop, red, green, blue, alpha * (1 - progress**4))
        cr.set_source(rim)
        cr.arc(WIDTH / 2, HEIGHT / 2, reach, 0, 2 * math.pi)
        cr.fill()
