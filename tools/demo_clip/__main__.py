"""Draws a clip of the demo: python3 -m demo_clip NAME PRODUCT_DRAWINGS WORK_FOLDER CLIP, run in tools/."""
import pathlib
import subprocess
import sys

from . import film, kitchen, layers, scenes, sound

VIDEO_BITS_PER_S = 450_000
AUDIO_BITS_PER_S = 64_000


def draw(reel, path):
    """All frames, without loss."""
    size = f"{layers.WIDTH}x{layers.HEIGHT}"
    command = ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "bgr0", "-s", size, "-r", str(film.FRAMES_PER_SECOND),
               "-i", "-", "-vf", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p",
               "-c:v", "libx264", "-preset", "ultrafast", "-qp", "0", str(path)]
    frames = reel.seconds * film.FRAMES_PER_SECOND
    with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
        for index in range(frames):
            encoder.stdin.write(reel.frame(index))
            if index % 100 == 0:
                print(f"frame {index} of {frames}", flush=True)
        encoder.stdin.close()
        if encoder.wait() != 0:
            raise SystemExit("ffmpeg refused the frames")


def encode(picture, tone, folder, clip):
    """Two passes; no B-frames and a key frame each second, so that it can be pushed as it is. One thread:
    x264 bounded by a buffer gives the same bytes only then."""
    keyframes = str(film.FRAMES_PER_SECOND)
    video = ["-c:v", "libx264", "-preset", "slow", "-profile:v", "main", "-bf", "0", "-g", keyframes, "-keyint_min", keyframes,
             "-sc_threshold", "0", "-b:v", str(VIDEO_BITS_PER_S), "-maxrate", str(2 * VIDEO_BITS_PER_S), "-bufsize", str(2 * VIDEO_BITS_PER_S),
             "-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709", "-threads", "1",
             "-passlogfile", str(pathlib.Path(folder, "pass"))]
    start = ["ffmpeg", "-v", "error", "-y", "-i", str(picture)]
    subprocess.run([*start, *video, "-pass", "1", "-an", "-f", "null", "-"], check=True)
    subprocess.run([*start, "-i", str(tone), *video, "-pass", "2", "-c:a", "aac", "-b:a", str(AUDIO_BITS_PER_S), "-ar", str(sound.RATE),
                    "-ac", "2", "-shortest", "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact",
                    "-movflags", "+faststart", str(clip)], check=True)


def pearl_village(folder, products):
    reel = film.Film(layers.all_layers(folder, products), [scenes.Lake(), scenes.Stall(), scenes.Rolling(), scenes.Shelf()])
    return reel, lambda tone: sound.compose(tone, reel.seconds, reel.clicks(), reel.wipes())


def stone_street(folder, _):
    reel = film.Film(kitchen.all_layers(folder), [kitchen.Kitchen()])
    return reel, lambda tone: kitchen.compose(tone, reel.seconds)


CLIPS = {"pearl-village": pearl_village, "stone-street": stone_street}


def main(name, products, folder, clip):
    reel, compose = CLIPS[name](folder, products)
    picture, tone = pathlib.Path(folder, "picture.mkv"), pathlib.Path(folder, "tone.wav")
    compose(tone)
    draw(reel, picture)
    encode(picture, tone, folder, clip)


if __name__ == "__main__":
    main(*sys.argv[1:5])
