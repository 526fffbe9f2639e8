"""The clip's layers: drawn with demo_art, rendered once by rsvg-convert, kept as cairo surfaces."""
import pathlib
import subprocess

import cairo

from demo_art import pearl, places, stage
from demo_art.svg import Sheet, num

WIDTH, HEIGHT = 720, 1280
PEARL_RADIUS = 64  # of the pearl layers, in their own pixels


def render(folder, name, sheet, width=None):
    """Draws a sheet to a surface; width in px, the sheet's own when left out."""
    drawing, picture = pathlib.Path(folder, f"{name}.svg"), pathlib.Path(folder, f"{name}.png")
    drawing.write_text(sheet.text(), encoding="utf-8")
    size = ["--width", str(width)] if width else []
    subprocess.run(["rsvg-convert", *size, "--output", str(picture), str(drawing)], check=True)
    return cairo.ImageSurface.create_from_png(str(picture))


def lake_ground():
    sheet = places.lake(820, 1280, 560, (500, 400, 84), [], 6, sparkle=False)
    return sheet


def boat():
    sheet = Sheet(440, 240)
    places.boat(sheet, 220, 150, 1.0)
    return sheet


def one_pearl(lustre):
    sheet = Sheet(2 * PEARL_RADIUS + 4, 2 * PEARL_RADIUS + 4)
    pearl.lay(sheet, [(PEARL_RADIUS + 2, PEARL_RADIUS + 2, PEARL_RADIUS)], lustre)
    return sheet


def shadow():
    sheet = Sheet(128, 128)
    paint = sheet.radial("shadow", [(0, "#04141a", 0.85), (0.4, "#04141a", 0.55), (1, "#04141a", 0)])
    sheet.circle(64, 64, 64, fill=paint)
    return sheet


def glow(colour):
    sheet = Sheet(256, 256)
    sheet.circle(128, 128, 128, fill=sheet.radial("glow", [(0, colour, 0.9), (0.3, colour, 0.4), (1, colour, 0)]))
    return sheet


def spark():
    sheet = Sheet(128, 128)
    sheet.circle(64, 64, 40, fill=sheet.radial("core", [(0, "#fff", 1), (0.25, "#fff", 0.5), (1, "#fff", 0)]))
    for turn in (0, 90):
        sheet.path("M64 0Q67 61 64 64Q61 61 64 0ZM64 128Q67 67 64 64Q61 67 64 128Z", fill="#fff", transform=f"rotate({turn} 64 64)")
    return sheet


def stall_wall():
    sheet = Sheet(WIDTH, HEIGHT)
    sheet.fill(sheet.linear("wall", [(0, "#d9ece6"), (0.45, "#9cc7c0"), (1, "#3f817f")], 0, 0, 0.6, 1))
    sheet.rect(0, 1020, WIDTH, 260, fill=sheet.linear("cloth", [(0, "#0f4a56"), (1, "#06262f")]))
    sheet.rect(0, 1012, WIDTH, 12, fill="#f3e3c3", fill_opacity=0.85)
    for i in range(19):
        sheet.path(f"M{i * 40 - 20} 1024q20 34 40 0Z", fill="#d0351b" if i % 2 else "#f3e3c3", fill_opacity=0.92)
    for i in range(6):
        sheet.rect(40 + i * 130, 1024, 46, 256, fill="#000", fill_opacity=0.16, filter=sheet.blur(16))
    return sheet


def stall_light():
    sheet = Sheet(1100, 1280)
    stage.window_light(sheet, 420, -80, 560, 1080, 0.4, "#fff6dc", 0.5, (2, 3))
    return sheet


def frond():
    sheet = Sheet(800, 800)
    stage.frond_shadow(sheet, 760, 100, 640, 150, -34, 10, "#0f3c3c", 0.34, 9)
    return sheet


def finger(sheet, d, width, light, deep):
    sheet.path(d, fill="none", stroke=deep, stroke_width=width + 5, stroke_linecap="round", stroke_linejoin="round")
    sheet.path(d, fill="none", stroke=light, stroke_width=width, stroke_linecap="round", stroke_linejoin="round")
    sheet.path(d, fill="none", stroke="#fff", stroke_opacity=0.22, stroke_width=width * 0.36, stroke_linecap="round",
               transform="translate(-3 -6)", filter=sheet.blur(4))


def hand():
    """A hand from the right; thumb and forefinger pinch the point (90, 150)."""
    sheet = Sheet(620, 420)
    light, mid, deep = "#f3c9a5", "#e3ad83", "#b67850"
    sheet.open(transform="translate(90 150)")
    sheet.path("M196-66L560-70V250L190 108Z", fill=sheet.linear("sleeve", [(0, "#e8603f"), (0.6, "#c33219"), (1, "#7d180c")]))
    sheet.path("M190-72q26-8 40 4q10 96-6 178q-22 6-40-6Z", fill="#fbf1e2")
    palm = sheet.linear("palm", [(0, light), (1, mid)])
    sheet.path("M74-44C120-84 186-74 212-56C216 0 212 60 200 104C150 124 92 118 70 84Z", fill=palm, stroke=deep, stroke_width=3)
    for y, x in ((112, 78), (82, 58), (48, 44)):
        finger(sheet, f"M142 {y - 14}C{x + 44} {y - 22} {x + 4} {y - 18} {x} {y}C{x + 2} {y + 16} {x + 28} {y + 10} {x + 44} {y + 4}", 31, mid if y > 60 else "#ebba92", deep)
    finger(sheet, "M150-44C104-74 44-66 4-10", 36, light, deep)
    finger(sheet, "M158 22C116 44 60 44 10 16", 37, light, deep)
    sheet.path("M134-56C160-62 190-58 202-46L196 34C176 48 152 42 138 32C128 6 126-30 134-56Z", fill=mid, filter=sheet.blur(7))
    sheet.ellipse(7, 8, 9, 13, fill="#fbe0d2", transform="rotate(60 7 8)")
    sheet.ellipse(2, -12, 8, 11, fill="#fde9df", transform="rotate(34 2 -12)")
    sheet.close()
    return sheet


def slate():
    sheet = Sheet(WIDTH, HEIGHT)
    sheet.fill(sheet.linear("slate", [(0, "#d9a67e"), (0.5, "#b9764f"), (1, "#6d3a22")], 0, 0, 0.6, 1))
    stage.folds(sheet, [[(-40, 190), (260, 130), (520, 220), (780, 150)], [(-40, 1130), (240, 1060), (520, 1140), (780, 1040)]],
                "#fff0dd", "#4d2210", 0.2, 80)
    stage.pool_of_light(sheet, 220, 260, 620, "#fff0d6", 0.5)
    return sheet


def dish():
    sheet = Sheet(700, 700)
    sheet.ellipse(376, 388, 310, 300, fill="#1d0a03", fill_opacity=0.7, filter=sheet.blur(24))
    rim = sheet.linear("rim", [(0, "#eef8ec"), (0.45, "#b9dac7"), (1, "#6d9c88")], 0, 0, 0.6, 1)
    well = sheet.radial("well", [(0, "#b3d8c5"), (0.62, "#93c0aa"), (0.88, "#5f917c"), (1, "#427060")], 0.54, 0.58, 0.56)
    sheet.circle(350, 356, 318, fill="#3f6b5b")
    sheet.circle(350, 350, 318, fill=rim)
    sheet.circle(350, 354, 282, fill=well)
    sheet.circle(350, 350, 317, fill="none", stroke="#fbfff6", stroke_opacity=0.8, stroke_width=3)
    sheet.path("M80 320A282 282 0 0 1 330 74", fill="none", stroke="#1f4436", stroke_opacity=0.5, stroke_width=26, filter=sheet.blur(10), transform="translate(12 16)")
    for i in range(28):
        sheet.use("petal", 350, 350, 1, turn=i * 360 / 28)
    sheet.define("petal", f'<path id="petal" d="M0 {num(-306.0)}q6 8 0 16q-6-8 0-16Z" fill="#2f7f6b" fill-opacity=".55"/>')
    return sheet


LUSTRES = ("white", "lavender", "rose", "gold", "black")


def all_layers(folder, products):
    """Every surface by name; products is the folder of the committed product drawings."""
    sheets = {
        "lake": lake_ground(), "boat": boat(), "shadow": shadow(), "glow": glow("#fff0d0"), "ember": glow("#ff7a4d"),
        "spark": spark(), "wall": stall_wall(), "light": stall_light(), "frond": frond(), "hand": hand(),
        "slate": slate(), "dish": dish(), **{f"pearl-{name}": one_pearl(name) for name in LUSTRES},
    }
    surfaces = {name: render(folder, name, sheet) for name, sheet in sheets.items()}
    for name in ("necklace-classic", "necklace-lavender", "necklace-black"):
        picture = pathlib.Path(folder, f"{name}.png")
        drawing = pathlib.Path(products, f"{name}.svg")
        subprocess.run(["rsvg-convert", "--width", "600", "--output", str(picture), str(drawing)], check=True)
        surfaces[name] = cairo.ImageSurface.create_from_png(str(picture))
    return surfaces
