"""The clip's sound, synthesised: plucked strings on a pentatonic scale, the lake, pearls, the wipes.

48 kHz stereo, 16 bit. The loop is seamless: what rings past the end is mixed into the start.
"""
import array
import math
import random
import wave

RATE = 48000
BAR_SECONDS = 3.0
STEPS_PER_BAR = 8
D4 = 293.665

# Semitones above D4 by eighth note, one string a bar; '.' rests. Pentatonic: 0 2 4 7 9.
MELODY = """
0 . 4 . 7 . 9 .   | 7 . 4 . 2 . . .   | 4 . 7 9 12 . 9 . | 7 . . . 4 . . .
9 . 12 . 14 . 12 .| 9 . 7 . 4 . . .   | 7 9 7 4 2 . 4 .  | 0 . . . . . . .
12 . . 9 12 . 14 .| 16 . 14 12 9 . . .| 14 . 12 9 7 . 9 .| 12 . . . 9 7 . .
4 . 7 . 9 . 12 .  | 9 . 7 4 2 . . .   | 4 2 0 . 2 . 4 .  | 7 . . . . . 4 2
"""
BASS = [0, -3, 5, 7, -3, 5, -5, 0, 0, -3, 5, 0, -3, 5, 7, -5]


class Mix:
    def __init__(self, seconds):
        self.length = int(seconds * RATE)
        self.left = array.array("d", bytes(8 * self.length))
        self.right = array.array("d", bytes(8 * self.length))

    def add(self, at_second, samples, loud, pan):
        """pan: -1 left .. 1 right."""
        a, b = loud * math.cos((pan + 1) * math.pi / 4), loud * math.sin((pan + 1) * math.pi / 4)
        left, right, length = self.left, self.right, self.length
        at = int(at_second * RATE)
        for i, sample in enumerate(samples):
            place = (at + i) % length
            left[place] += sample * a
            right[place] += sample * b


def pluck(dice, pitch_hz, seconds, bright=0.5, slide=0.0):
    """A plucked string (Karplus-Strong, fractional delay); slide bends its first tenth of a second up to pitch."""
    period = RATE / pitch_hz
    size = int(period) + 2
    ring = [dice.uniform(-1, 1) for _ in range(size)]
    for _ in range(3 if bright < 0.5 else 1):
        ring = [(ring[i] + ring[i - 1]) / 2 for i in range(size)]
    damp = 0.5 ** (1 / (pitch_hz * seconds * 0.32))
    out, before, total = [], 0.0, int(seconds * RATE)
    history = ring[:]
    at = size
    for i in range(total):
        bend = 1 + slide * max(0.0, 1 - i / (RATE * 0.12))
        place = at - period * bend
        whole = int(place)
        part = place - whole
        now = history[whole] * (1 - part) + history[min(whole + 1, at - 1)] * part
        sample = damp * (bright * now + (1 - bright) * before)
        before = now
        history.append(sample)
        at += 1
        out.append(sample * min(1.0, (total - i) / (RATE * 0.2)))
    return out


def clack(dice, loud):
    """A pearl against another: two short high partials and a breath of noise."""
    pitch = dice.uniform(2600, 3900)
    out = []
    for i in range(int(RATE * 0.05)):
        t = i / RATE
        fall = math.exp(-t * 120)
        out.append(fall * (0.6 * math.sin(2 * math.pi * pitch * t) + 0.35 * math.sin(2 * math.pi * pitch * 1.73 * t) + 0.2 * dice.uniform(-1, 1) * math.exp(-t * 500)) * loud)
    return out


def breath(dice, seconds, centre_hz):
    """Noise through a swept band: the wipe's swish."""
    out, low, band = [], 0.0, 0.0
    total = int(seconds * RATE)
    for i in range(total):
        shape = math.sin(math.pi * i / total) ** 2
        f = 2 * math.sin(math.pi * centre_hz * (0.4 + 1.2 * i / total) / RATE)
        low += f * band
        band += f * (dice.uniform(-1, 1) - low - 0.7 * band)
        out.append(band * shape)
    return out


def water(mix, dice, loud):
    """Lapping: slow swells of low noise, each side its own; whole numbers of swells keep the loop seamless."""
    for channel, turn in ((mix.left, 0.0), (mix.right, 1.9)):
        low = slow = 0.0
        for i in range(mix.length):
            t = i / mix.length * 2 * math.pi
            swell = 0.55 + 0.25 * math.sin(t * 13 + turn) + 0.2 * math.sin(t * 7 + 2 * turn)
            low += 0.055 * (dice.uniform(-1, 1) - low)
            slow += 0.004 * (low - slow)
            channel[i] += (low - slow) * swell * loud


def drops(mix, dice, count, loud):
    for _ in range(count):
        pitch, second = dice.uniform(700, 1300), dice.uniform(0, mix.length / RATE)
        samples = [math.exp(-i / RATE * 45) * math.sin(2 * math.pi * pitch * (1 + 5 * i / RATE) * i / RATE) for i in range(int(RATE * 0.09))]
        mix.add(second, samples, loud * dice.uniform(0.4, 1), dice.uniform(-0.8, 0.8))


def room(mix, loud):
    """A small room: two taps a side, crossed, running round the loop's end."""
    dry_left, dry_right = mix.left[:], mix.right[:]
    for taps, source, into in (((4127, 9871), dry_right, mix.left), ((5309, 11777), dry_left, mix.right)):
        for tap, share in zip(taps, (1.0, 0.55)):
            shifted = source[-tap:] + source[:-tap]
            for i, sample in enumerate(shifted):
                into[i] += sample * loud * share


def melody(mix, dice):
    bars = [bar.split() for line in MELODY.strip().splitlines() for bar in line.split("|")]
    for number, bar in enumerate(bars):
        for step, note in enumerate(bar):
            if note == ".":
                continue
            second = number * BAR_SECONDS + step * BAR_SECONDS / STEPS_PER_BAR + dice.uniform(0, 0.012)
            accent = 1.0 if step % 4 == 0 else 0.78
            slide = 0.03 if step == 0 and number % 2 == 0 else 0.0
            mix.add(second, pluck(dice, D4 * 2 ** (int(note) / 12), 2.2, 0.62, slide), 0.55 * accent, 0.25 * math.sin(number + step))
        root = D4 / 4 * 2 ** (BASS[number] / 12)
        mix.add(number * BAR_SECONDS, pluck(dice, root * 2, 2.8, 0.42), 0.6, -0.2)
        mix.add(number * BAR_SECONDS + BAR_SECONDS / 2, pluck(dice, root * 3, 2.0, 0.42), 0.32, 0.3)


def compose(path, seconds, clicks, wipes):
    """Writes the sound; clicks: (second, loudness) of pearls, wipes: seconds at which a scene changes."""
    dice = random.Random(7)
    mix = Mix(seconds)
    melody(mix, dice)
    for second, loud in clicks:
        mix.add(second, clack(dice, loud), 0.2, dice.uniform(-0.5, 0.5))
    for second in wipes:
        mix.add(second - 0.1, breath(dice, 1.1, 900), 0.1, 0)
    drops(mix, dice, 26, 0.09)
    room(mix, 0.2)
    water(mix, dice, 0.35)
    save(mix, path)


def save(mix, path):
    peak = max(max(map(abs, mix.left)), max(map(abs, mix.right)))
    drive = 2.6 / peak  # rounds off the few peaks, so that the rest may be louder
    frames = array.array("h", bytes(4 * mix.length))
    for side, samples in enumerate((mix.left, mix.right)):
        frames[side::2] = array.array("h", (int(math.tanh(s * drive) * 0.58 * 32767) for s in samples))
    with wave.open(str(path), "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(frames.tobytes())
