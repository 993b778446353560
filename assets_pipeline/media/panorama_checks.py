"""Check a panorama's size from its header (light to import)."""

from __future__ import annotations

from typing import Final

from assets_pipeline.errors.exceptions import WrongShapeError
from assets_pipeline.findings import media
from assets_pipeline.tasks.result import Note

LEVEL_WIDTHS_PX: Final = (2048, 4096)
"""4096 is the widest texture that every phone with WebGL 2 holds in practice."""
SHAPE_TOLERANCE: Final = 0.01


def check_panorama_size(path: str, width_px: int, height_px: int) -> tuple[Note, ...]:
    """Return the notes on a panorama's size.

    Raises
    ------
    WrongShapeError
        If it is not twice as wide as high.
    """
    if abs(width_px / height_px / 2 - 1) > SHAPE_TOLERANCE:
        size = f"{width_px} × {height_px} px"
        reason = f"the picture has {size}, and 360 by 180 degrees make a 2:1 picture"
        raise WrongShapeError(reason, size, "Export it as equirectangular, 2:1")
    if width_px >= LEVEL_WIDTHS_PX[0]:
        return ()
    values = {"file": path, "width": str(width_px)}
    return (Note(media.PANORAMA_SMALL.code, values),)
