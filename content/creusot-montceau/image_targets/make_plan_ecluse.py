"""Make plan-ecluse.png, an engineer's plan of lock IX of the canal du Centre.

    python make_plan_ecluse.py [FOLDER]

FOLDER is where the file goes: beside this script when not given. The same drawing comes
out every time. Needs numpy and Pillow. Drawn for the demonstration, to be printed 60 cm
wide and tracked by phones: full of detail, nowhere the same twice. Dimensions and where
each was read: ``ecluse/figures.py``. The museum's build never runs this.
"""

import sys
from pathlib import Path

from atelier.sheet import Sheet
from ecluse import cross_section, frame, gates, long_section, plan

SIZE = (2400, 2080)
WIDTH_CM = 60
SEED = 1784

ABOUT = {
    "Title": "Plan et coupes de l'écluse IX",
    "Author": "ecomusee",
    "Copyright": "2026 ecomusee contributors, CC-BY-SA-4.0",
    "Description": "Dessiné pour la démonstration ; see make_plan_ecluse.py",
}


def main() -> None:
    """Draw the sheet and write it."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    sheet = Sheet(SIZE, SEED)
    plan.draw(sheet)
    long_section.draw(sheet)
    cross_section.draw(sheet)
    gates.draw(sheet)
    frame.draw(sheet)
    target = folder / "plan-ecluse.png"
    sheet.save(target, colors=255, about=ABOUT, dpi=SIZE[0] / WIDTH_CM * 2.54)
    print(f"{target.name}: {target.stat().st_size} bytes")  # noqa: T201  a script that a person runs


if __name__ == "__main__":
    main()
