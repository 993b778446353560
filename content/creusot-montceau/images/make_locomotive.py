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

from atelier.plate import written  # noqa: E402  found through the path above
from locomotive import engine, plate, tender  # noqa: E402

DRAWN = (tender.draw, engine.draw, plate.draw)

if __name__ == "__main__":
    written(__file__, "La locomotive 241 P 17", 241, DRAWN, colors=160)
