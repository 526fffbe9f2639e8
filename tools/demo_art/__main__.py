"""Writes the demo's drawings: python3 -m demo_art FOLDER [name…], run in tools/."""
import pathlib
import sys

from . import faces, jewels, molcajetes, necklaces, scenes

GOODS = {**necklaces.GOODS, **jewels.GOODS, **molcajetes.GOODS}
DRAWINGS = {**{f"products/{name}": draw for name, draw in GOODS.items()}, **scenes.SCENES, **faces.FACES}


def main(folder, only):
    for name, draw in DRAWINGS.items():
        if only and not any(word in name for word in only):
            continue
        path = pathlib.Path(folder, f"{name}.svg")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(draw().text(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
