#!/usr/bin/env bash
# Draws the demo's pictures (assets/demo/**/*.svg by tools/demo_art) and renders them and the icons.
# Safe to repeat: a picture is rendered only where its drawing changed or its copy is missing.
# Usage: tools/make_demo_assets.sh [word…]   (only drawings whose name holds a word)
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
demo=$root/assets/demo
jpeg_bytes_max=200000

for tool in python3 rsvg-convert vips; do
  command -v "$tool" >/dev/null || {
    echo "make_demo_assets: $tool is missing; install the packages in packaging/asset-packages.txt" >&2
    exit 1
  }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# photo drawing.svg picture.jpg width
photo() {
  rsvg-convert --width "$3" --output "$work/picture.png" "$1"
  for quality in 82 76 70 62; do
    vips jpegsave "$work/picture.png" "$2" --Q "$quality" --optimize-coding --strip --interlace --background 255
    (($(stat -c %s "$2") < jpeg_bytes_max)) && return
  done
  echo "make_demo_assets: $2 is larger than $jpeg_bytes_max bytes" >&2
  exit 1
}

# icon drawing.svg picture.png size
icon() {
  rsvg-convert --width "$3" --height "$3" --output "$work/icon.png" "$1"
  vips pngsave "$work/icon.png" "$2" --compression 9 --palette --Q 90 --strip
}

draw_demo() {
  (cd "$root/tools" && PYTHONDONTWRITEBYTECODE=1 python3 -m demo_art "$work/demo" "$@")
  mkdir -p "$demo/photos"
  local drawing name target picture
  while IFS= read -r drawing; do
    name=${drawing#"$work/demo/"}
    target=$demo/$name
    picture=$demo/photos/$(basename "$name" .svg).jpg
    cmp -s "$drawing" "$target" && [[ -s $picture ]] && continue
    mkdir -p "$(dirname "$target")"
    cp "$drawing" "$target"
    photo "$target" "$picture" "$(sed -n '1s/.* width="\([0-9]*\)".*/\1/p' "$target")"
    echo "drew $name ($(stat -c %s "$picture") bytes)"
  done < <(find "$work/demo" -name '*.svg' | sort)
}

draw_icons() {
  local brand=$root/assets/brand static=$root/web/static
  mkdir -p "$static"
  cp "$brand/favicon.svg" "$static/favicon.svg"
  [[ $brand/icon-512.png -nt $brand/icon.svg && $brand/icon-maskable-512.png -nt $brand/icon-maskable.svg ]] || {
    icon "$brand/icon.svg" "$brand/icon-192.png" 192
    icon "$brand/icon.svg" "$brand/icon-512.png" 512
    icon "$brand/icon-maskable.svg" "$brand/icon-maskable-512.png" 512
    icon "$brand/icon-maskable.svg" "$brand/apple-touch-icon.png" 180
    echo "drew the icons"
  }
  cp "$brand"/{icon-192,icon-512,icon-maskable-512,apple-touch-icon}.png "$static/"
}

draw_demo "$@"
draw_icons
