"""Make chateau.png, a drawing of the château de la Verrerie and its two cones.

    python make_chateau.py [FOLDER]

FOLDER is where the file goes: beside this script when not given. The same drawing comes
out every time. Needs numpy and Pillow. Drawn for the demonstration; what is published
and what is not: ``chateau/figures.py``. The museum's build never runs this.
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "image_targets")]

from atelier.sheet import Sheet  # noqa: E402  found through the path above
from chateau import cones, house, plan, setting  # noqa: E402

SIZE = (2400, 1800)
WIDTH_CM = 40
SEED = 1787

ABOUT = {
    "Title": "Le château de la Verrerie et ses deux cônes",
    "Author": "ecomusee",
    "Copyright": "2026 ecomusee contributors, CC-BY-SA-4.0",
    "Description": "Dessiné pour la démonstration ; see make_chateau.py",
}


def main() -> None:
    """Draw the sheet and write it."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    sheet = Sheet(SIZE, SEED, oversampling=2)
    setting.draw(sheet)
    house.draw(sheet)
    cones.draw(sheet)
    setting.foreground(sheet)
    plan.draw(sheet)
    target = folder / "chateau.png"
    sheet.save(target, colors=200, about=ABOUT, dpi=SIZE[0] / WIDTH_CM * 2.54)
    print(f"{target.name}: {target.stat().st_size} bytes")  # noqa: T201  a script that a person runs


if __name__ == "__main__":
    main()
