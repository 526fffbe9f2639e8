#!/usr/bin/env bash
# Draws the demo's clips: assets/demo/pearl-village.mp4 (48 s) and stone-street.mp4 (12 s), both 720 x 1280,
# 25 frames/s, H.264 main without B-frames, a key frame each second, AAC stereo 48 kHz; they loop without
# a seam. Takes a few minutes.
# Usage: tools/make_demo_clip.sh [pearl-village | stone-street]…
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
demo=$root/assets/demo
all_bytes_max=4000000
python=/usr/bin/python3 # Debian's own: it sees python3-cairo

for tool in "$python" rsvg-convert ffmpeg; do
  command -v "$tool" >/dev/null || {
    echo "make_demo_clip: $tool is missing; install the packages in packaging/asset-packages.txt" >&2
    exit 1
  }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(($#)) || set -- pearl-village stone-street
for name in "$@"; do
  mkdir "$work/$name"
  (cd "$root/tools" && PYTHONDONTWRITEBYTECODE=1 nice "$python" -m demo_clip "$name" "$demo/products" "$work/$name" "$work/$name.mp4")
  mv "$work/$name.mp4" "$demo/$name.mp4"
  echo "drew $name ($(stat -c %s "$demo/$name.mp4") bytes)"
done
size=$(cat "$demo"/*.mp4 | wc -c)
((size <= all_bytes_max)) || {
  echo "make_demo_clip: the clips are $size bytes together, more than $all_bytes_max" >&2
  exit 1
}
