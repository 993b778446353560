"""Make locomotive.png, a drawing of locomotive 241 P 17 with its tender.

    python make_locomotive.py [FOLDER]

FOLDER is where the file goes: beside this script when not given. The same drawing comes
out every time. Needs numpy and Pillow. Drawn for the demonstration; what is published
and what is not: ``locomotive/figures.py``. The museum's build never runs this.
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "image_targets")]

from atelier.sheet import Sheet  # noqa: E402  found through the path above
from locomotive import engine, plate, tender  # noqa: E402

SIZE = (2400, 1800)
WIDTH_CM = 40
SEED = 241

ABOUT = {
    "Title": "La locomotive 241 P 17",
    "Author": "ecomusee",
    "Copyright": "2026 ecomusee contributors, CC-BY-SA-4.0",
    "Description": "Dessiné pour la démonstration ; see make_locomotive.py",
}


def main() -> None:
    """Draw the sheet and write it."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    sheet = Sheet(SIZE, SEED, oversampling=2)
    tender.draw(sheet)
    engine.draw(sheet)
    plate.draw(sheet)
    target = folder / "locomotive.png"
    sheet.save(target, colors=160, about=ABOUT, dpi=SIZE[0] / WIDTH_CM * 2.54)
    print(f"{target.name}: {target.stat().st_size} bytes")  # noqa: T201  a script that a person runs


if __name__ == "__main__":
    main()
