"""The demo's people, 480 x 480: the pearl seller, the stone-cutter, a buyer."""
from . import pearl, stage
from .svg import Sheet


def ground(sheet, light, deep):
    sheet.fill(sheet.radial("ground", [(0, light), (1, deep)], 0.36, 0.3, 0.85))


def skin(sheet, light, mid, deep):
    return sheet.radial("skin", [(0, light), (0.6, mid), (1, deep)], 0.38, 0.34, 0.72)


def features(sheet, brow, lip, eye_y=232, spread=44, lashes=True):
    """Friendly closed-smile features about the face's axis x = 240."""
    for side in (-1, 1):
        x = 240 + side * spread
        sheet.path(f"M{x - 20} {eye_y}q20-18 40 0", fill="none", stroke="#22120c", stroke_width=7, stroke_linecap="round")
        if lashes:
            sheet.path(f"M{x + side * 19} {eye_y - 1}l{side * 8}-5", stroke="#22120c", stroke_width=4, stroke_linecap="round")
        sheet.path(f"M{x - 24} {eye_y - 28}q22-15 46 {-2 if side < 0 else 2}", fill="none", stroke=brow, stroke_width=7, stroke_linecap="round")
        blush = sheet.radial("blush", [(0, "#e8583c", 0.42), (1, "#e8583c", 0)])
        sheet.ellipse(240 + side * 66, eye_y + 44, 34, 24, fill=blush)
    sheet.path(f"M238 {eye_y + 6}q-10 28-4 34q8 6 16 1", fill="none", stroke="#7a3b20", stroke_opacity=0.55, stroke_width=5, stroke_linecap="round")
    sheet.path(f"M206 {eye_y + 66}q34 32 68 0q-34 8-68 0Z", fill="#fff", stroke=lip, stroke_width=7, stroke_linejoin="round")


def body(sheet, colour, light):
    sheet.path("M50 500C56 410 120 372 196 356h88c76 16 140 54 146 144Z",
               fill=sheet.linear("coat", [(0, light), (1, colour)], 0, 0, 1, 0.6))


def seller():
    sheet = Sheet(480, 480)
    ground(sheet, "#d5ece6", "#3f8c8b")
    hair = sheet.linear("hair", [(0, "#3b2a2a"), (1, "#120b0d")], 0, 0, 1, 1)
    sheet.path("M112 250C96 110 170 60 244 60S390 116 372 262C374 340 360 396 338 410H140C112 380 112 320 112 250Z", fill=hair)
    body(sheet, "#8c1f12", "#e25a3c")
    sheet.path("M196 320h88v40c-14 30-74 30-88 0Z", fill="#c98a66")
    sheet.path("M182 362l58 60 58-60 26 10-84 96-84-96Z", fill="#fbf3e8")
    sheet.ellipse(240, 236, 104, 118, fill=skin(sheet, "#fbdcc0", "#eebd98", "#c98a66"))
    sheet.path("M134 236C130 150 176 104 236 102C300 100 350 150 348 236C330 220 318 180 306 156C270 190 190 196 158 176C148 196 142 220 134 236Z", fill=hair)
    sheet.circle(244, 58, 44, fill=hair)
    sheet.path("M206 66q34-22 76-4", fill="none", stroke="#d0351b", stroke_width=11, stroke_linecap="round")
    features(sheet, "#2a1a1a", "#b5321d")
    pearl.lay(sheet, [(136, 288, 13), (344, 288, 13)], "white")
    necklace = pearl.strand(stage.curve_through([(186, 344), (204, 392), (240, 412), (276, 392), (294, 344)]), lambda t: 11)
    pearl.cast(sheet, necklace, 0.3, 0.5, 1.3, "#3b120a", 0.4)
    pearl.lay(sheet, necklace, "white")
    return sheet


def stonecutter():
    sheet = Sheet(480, 480)
    ground(sheet, "#fbe0a6", "#d98a3a")
    body(sheet, "#b39a74", "#fff8ea")
    sheet.path("M190 316h100v50c-16 30-84 30-100 0Z", fill="#8d5331")
    sheet.path("M178 360l62 44 62-44 10 26-72 66-72-66Z", fill="#c9402a")
    sheet.ellipse(240, 246, 104, 112, fill=skin(sheet, "#d9a06f", "#b97a4c", "#81492a"))
    sheet.ellipse(136, 250, 18, 26, fill="#a3683f")
    sheet.ellipse(344, 250, 18, 26, fill="#8d5331")
    features(sheet, "#d8d2c8", "#7a3b20", 236, 44, False)
    sheet.path("M240 286C214 268 186 282 170 310C200 318 226 312 240 300C254 312 280 318 310 310C294 282 266 268 240 286Z", fill="#f1ece2")
    sheet.path("M178 306q34-4 58-16M302 306q-34-4-58-16", fill="none", stroke="#b9b2a4", stroke_width=3)
    sheet.ellipse(240, 166, 128, 34, fill="#3b1c0d", fill_opacity=0.4, filter=sheet.blur(8), transform="translate(8 14)")
    sheet.path("M28 168Q240 96 452 168Q400 206 240 198Q80 206 28 168Z", fill=sheet.linear("brim", [(0, "#fbe7b6"), (1, "#c79a55")], 0, 0, 1, 0.6))
    sheet.path("M146 158C150 60 186 40 240 44S330 60 334 158Q240 186 146 158Z", fill=sheet.linear("crown", [(0, "#fff0c8"), (1, "#b98d48")], 0, 0, 1, 0.4))
    sheet.path("M146 150Q240 178 334 150L332 128Q240 156 148 128Z", fill="#7a2f23")
    for i in range(5):
        sheet.path(f"M{68 + 70 * i} {172 + (8 if 0 < i < 4 else 0)}q32 12 60 1", fill="none", stroke="#b98d48", stroke_opacity=0.6, stroke_width=3)
    return sheet


def buyer():
    sheet = Sheet(480, 480)
    ground(sheet, "#f9d3d0", "#c9566a")
    hair = sheet.linear("hair", [(0, "#7d4a2c"), (1, "#36190d")], 0, 0, 1, 1)
    sheet.path("M100 300C60 170 130 66 240 66S420 170 380 300C400 380 372 430 340 440L140 440C100 424 84 372 100 300Z", fill=hair)
    body(sheet, "#083945", "#1f7683")
    sheet.path("M194 318h92v48c-14 30-78 30-92 0Z", fill="#b57a52")
    sheet.ellipse(240, 240, 100, 114, fill=skin(sheet, "#f2c9a3", "#d79f74", "#a86a43"))
    sheet.path("M136 256C126 160 176 104 252 108C320 112 352 170 344 256C336 206 312 178 270 160C226 190 170 190 150 210C144 226 140 240 136 256Z", fill=hair)
    features(sheet, "#4a2614", "#b5321d")
    glasses = "M158 236a38 36 0 1 0 76 0a38 36 0 1 0-76 0ZM246 236a38 36 0 1 0 76 0a38 36 0 1 0-76 0ZM234 232q6-6 12 0M158 230l-20-6M322 230l22-6"
    sheet.path(glasses, fill="none", stroke="#0c3a45", stroke_width=6, stroke_linecap="round")
    sheet.path("M176 214q10-8 22-8M264 214q10-8 22-8", fill="none", stroke="#fff", stroke_opacity=0.7, stroke_width=5, stroke_linecap="round")
    pearl.lay(sheet, [(138, 300, 12), (342, 300, 12)], "gold")
    return sheet


FACES = {"avatars/lin": seller, "avatars/tomas": stonecutter, "avatars/ana": buyer}
