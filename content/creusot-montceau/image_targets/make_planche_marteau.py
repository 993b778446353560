"""Make planche-marteau.png, an engraver's plate of the steam hammer.

    python make_planche_marteau.py [FOLDER]

FOLDER is where the file goes: beside this script when not given. The same drawing comes
out every time. Needs numpy, Pillow and pygltflib, and ``../models/marteau.glb``: the
lines follow its faces. Drawn for the demonstration, to be printed 30 cm wide.
Figures: le-creusot.fr/le-marteau-pilon, as in ``../models/marteau/figures.py``.
"""

import sys
from pathlib import Path

from atelier.sheet import Sheet
from planche import machine, plate

SIZE = (2400, 3200)
WIDTH_CM = 30
SEED = 1877
MODEL = Path(__file__).parent.parent / "models/marteau.glb"

ABOUT = {
    "Title": "Le marteau-pilon de cent tonnes, planche gravée",
    "Author": "ecomusee",
    "Copyright": "2026 ecomusee contributors, CC-BY-SA-4.0",
    "Description": "Dessiné pour la démonstration ; see make_planche_marteau.py",
}


def main() -> None:
    """Draw the sheet and write it."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    sheet = Sheet(SIZE, SEED, oversampling=plate.OVERSAMPLING)
    plate.draw(sheet, machine.read(MODEL))
    target = folder / "planche-marteau.png"
    sheet.save(target, colors=48, about=ABOUT, dpi=SIZE[0] / WIDTH_CM * 2.54)
    print(f"{target.name}: {target.stat().st_size} bytes")  # noqa: T201  a script that a person runs


if __name__ == "__main__":
    main()
