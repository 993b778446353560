"""What every drawn plate has: a border, two notes under it, and one way to be written."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from atelier.lettering import Hand, write
from atelier.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = (2400, 1800)
WIDTH_CM = 40
MADE = "Dessiné pour la démonstration, 2026"


def written(
    script: str,
    title: str,
    seed: int,
    drawn: tuple[Callable[[Sheet], None], ...],
    *,
    colors: int,
) -> None:
    """Draw a plate and write its PNG, beside its script or where the command says.

    ``make_canal.py`` gives ``canal.png``. ``title`` is told inside the file; ``drawn``
    are carried out in their order on one sheet, whose chance comes from ``seed``.
    """
    path = Path(script).resolve()
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else path.parent
    sheet = Sheet(SIZE, seed, oversampling=2)
    for draw in drawn:
        draw(sheet)
    about = {
        "Title": title,
        "Author": "ecomusee",
        "Copyright": "2026 ecomusee contributors, CC-BY-SA-4.0",
        "Description": f"Dessiné pour la démonstration ; see {path.name}",
    }
    target = folder / f"{path.stem.removeprefix('make_')}.png"
    sheet.save(target, colors=colors, about=about, dpi=SIZE[0] / WIDTH_CM * 2.54)
    print(f"{target.name}: {target.stat().st_size} bytes")  # noqa: T201  a script that a person runs


def border(sheet: Sheet, note: str) -> None:
    """Draw three lines round the plate, and under them what is true to scale on it."""
    w, h = sheet.size
    for inset, width in ((52, 6.0), (68, 1.8), (75, 1.8)):
        corners = [
            (inset, inset),
            (w - inset, inset),
            (w - inset, h - inset),
            (inset, h - inset),
        ]
        sheet.line(corners, width, closed=True, hand=0.8)
    write(sheet, (80, h - 20), MADE, Hand(size=25))
    write(sheet, (w - 80, h - 20), note, Hand(size=25, align=1))
