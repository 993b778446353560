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

from atelier.plate import written  # noqa: E402  found through the path above
from chateau import cones, house, plan, setting  # noqa: E402

DRAWN = (setting.draw, house.draw, cones.draw, setting.foreground, plan.draw)

if __name__ == "__main__":
    written(
        __file__, "Le château de la Verrerie et ses deux cônes", 1787, DRAWN, colors=200
    )
