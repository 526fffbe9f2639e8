#!/usr/bin/env bash
# Draws the demo's clip (assets/demo/pearl-village.mp4): 48 s, 720 x 1280, 25 frames/s, H.264 main without
# B-frames, a key frame each second, AAC stereo 48 kHz; it loops without a seam. Takes a few minutes.
# Usage: tools/make_demo_clip.sh
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
clip=$root/assets/demo/pearl-village.mp4
clip_bytes_max=4000000
python=/usr/bin/python3 # Debian's own: it sees python3-cairo

for tool in "$python" rsvg-convert ffmpeg; do
  command -v "$tool" >/dev/null || {
    echo "make_demo_clip: $tool is missing; install the packages in packaging/asset-packages.txt" >&2
    exit 1
  }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$root/tools" && PYTHONDONTWRITEBYTECODE=1 nice "$python" -m demo_clip "$root/assets/demo/products" "$work" "$work/clip.mp4")
size=$(stat -c %s "$work/clip.mp4")
((size <= clip_bytes_max)) || {
  echo "make_demo_clip: the clip is $size bytes, more than $clip_bytes_max" >&2
  exit 1
}
mv "$work/clip.mp4" "$clip"
echo "drew $clip ($size bytes)"
