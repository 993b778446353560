"""Make canal.png, a drawing of the canal du Centre from the Loire to the Saône.

    python make_canal.py [FOLDER]

FOLDER is where the file goes: beside this script when not given. The same drawing comes
out every time. Needs numpy and Pillow. Drawn for the demonstration; what is published
and what is not: ``canal/figures.py``. The museum's build never runs this.
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "image_targets")]

from atelier.plate import written  # noqa: E402  found through the path above
from canal import lifting, profile  # noqa: E402

DRAWN = (profile.draw, lifting.draw)

if __name__ == "__main__":
    written(__file__, "Le canal du Centre, vu de côté", 1793, DRAWN, colors=180)
