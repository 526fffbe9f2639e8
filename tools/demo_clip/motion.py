"""What moves by physics: a strand held by two hands, pearls rolling in a tilting dish. Deterministic."""
import math
import random


def ease(t):
    """0..1 to 0..1 with a soft start and end; clamped."""
    t = min(1.0, max(0.0, t))
    return t * t * (3 - 2 * t)


def overshoot(t):
    """0..1 to 0..1, past the end and back."""
    t = min(1.0, max(0.0, t)) - 1
    return t * t * (2.4 * t + 1.4) + 1


class Strand:
    """Pearls on a thread between two points that move (Verlet, constraints in order)."""

    def __init__(self, radii, left, right):
        self.radii = radii
        n = len(radii)
        self.points = [[left[0] + (right[0] - left[0]) * i / (n - 1), left[1] + 300 * math.sin(math.pi * i / (n - 1))]
                       for i in range(n)]
        self.before = [list(p) for p in self.points]

    def step(self, left, right, gravity=0.9, drag=0.985):
        points = self.points
        for i, (point, old) in enumerate(zip(points, self.before)):
            vx, vy = (point[0] - old[0]) * drag, (point[1] - old[1]) * drag
            old[0], old[1] = point
            point[0] += vx
            point[1] += vy + gravity
        for _ in range(60):
            points[0][:], points[-1][:] = left, right
            for i in range(len(points) - 1):
                self._hold(points[i], points[i + 1], (self.radii[i] + self.radii[i + 1]) * 0.985)
        points[0][:], points[-1][:] = left, right

    @staticmethod
    def _hold(a, b, reach):
        dx, dy = b[0] - a[0], b[1] - a[1]
        far = math.hypot(dx, dy) or 1e-9
        share = (far - reach) / far / 2
        a[0] += dx * share
        a[1] += dy * share
        b[0] -= dx * share
        b[1] -= dy * share


class Dish:
    """Pearls that drop into a round dish, then roll as it tilts. Units: px of the frame, frames."""

    def __init__(self, centre, reach, count, seed=4):
        dice = random.Random(seed)
        self.centre, self.reach = centre, reach
        self.pearls = []
        for i in range(count):
            angle, far = dice.uniform(0, 6.283), reach * 0.55 * math.sqrt(dice.random())
            self.pearls.append({
                "x": centre[0] + far * math.cos(angle), "y": centre[1] + far * math.sin(angle),
                "vx": dice.uniform(-2, 2), "vy": dice.uniform(-2, 2), "r": dice.uniform(25, 34),
                "z": 900.0 + 150 * i, "vz": 0.0, "lustre": dice.choice(["white", "white", "rose", "lavender", "gold"]),
            })

    def step(self, tilt):
        """Advances one frame; returns the strengths of what was heard."""
        heard = []
        for p in self.pearls:
            heard += self._fall(p)
            if p["z"] < 40:
                p["vx"] = (p["vx"] + tilt[0]) * 0.992
                p["vy"] = (p["vy"] + tilt[1]) * 0.992
            p["x"] += p["vx"]
            p["y"] += p["vy"]
        for _ in range(4):
            heard += self._part()
            heard += self._wall()
        return heard

    @staticmethod
    def _fall(p):
        if p["z"] <= 0 and p["vz"] == 0:
            return []
        p["vz"] -= 2.6
        p["z"] += p["vz"]
        if p["z"] > 0:
            return []
        loud = min(1.0, -p["vz"] / 60)
        p["z"] = 0.0
        p["vz"] = -p["vz"] * 0.38 if p["vz"] < -9 else 0.0
        return [loud] if loud > 0.08 else []

    def _part(self):
        heard = []
        low = [p for p in self.pearls if p["z"] < 30]
        for i, a in enumerate(low):
            for b in low[i + 1:]:
                dx, dy = b["x"] - a["x"], b["y"] - a["y"]
                far, near = math.hypot(dx, dy) or 1e-9, a["r"] + b["r"]
                if far >= near:
                    continue
                nx, ny, push = dx / far, dy / far, (near - far) / 2
                a["x"] -= nx * push
                a["y"] -= ny * push
                b["x"] += nx * push
                b["y"] += ny * push
                speed = (a["vx"] - b["vx"]) * nx + (a["vy"] - b["vy"]) * ny
                if speed > 0:
                    for p, sign in ((a, -1), (b, 1)):
                        p["vx"] += sign * speed * 0.9 * nx
                        p["vy"] += sign * speed * 0.9 * ny
                    if speed > 1.6:
                        heard.append(min(0.8, speed / 16))
        return heard

    def _wall(self):
        heard = []
        for p in self.pearls:
            dx, dy = p["x"] - self.centre[0], p["y"] - self.centre[1]
            far = math.hypot(dx, dy)
            if far <= self.reach - p["r"]:
                continue
            nx, ny = dx / far, dy / far
            p["x"], p["y"] = (c + n * (self.reach - p["r"]) for c, n in zip(self.centre, (nx, ny)))
            speed = p["vx"] * nx + p["vy"] * ny
            if speed > 0:
                p["vx"] -= 1.5 * speed * nx
                p["vy"] -= 1.5 * speed * ny
                if speed > 2.2:
                    heard.append(min(0.7, speed / 20))
        return heard
