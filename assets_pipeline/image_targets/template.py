"""Reduce a picture to the grey template of an image target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image

from assets_pipeline.errors.exceptions import WrongShapeError
from assets_pipeline.image_targets.pack_encoder import MAX_EDGE_PX, MIN_EDGE_PX

if TYPE_CHECKING:
    from assets_pipeline.arrays import Uint8Array

LONGEST_SHAPE: Final = 12
"""How many times longer than wide a print may be."""


def make_template(picture: Image.Image) -> Uint8Array:
    """Return a picture in grey, at most 512 px along its longer edge.

    Parameters
    ----------
    picture
        Upright, sRGB.

    Returns
    -------
    (height, width) uint8
        Luma, as the tracker sees a camera's frames.

    Raises
    ------
    WrongShapeError
        If the picture is too narrow a strip, or too small.
    """
    longer, shorter = max(picture.size), min(picture.size)
    if longer > LONGEST_SHAPE * shorter or shorter < MIN_EDGE_PX:
        size = f"{picture.width} × {picture.height} px"
        reason = f"a picture of {size} is too narrow to be recognised"
        raise WrongShapeError(reason, size, "Choose one that is less of a strip")
    scale = min(1.0, MAX_EDGE_PX / longer)
    size_px = (
        max(MIN_EDGE_PX, round(picture.width * scale)),
        max(MIN_EDGE_PX, round(picture.height * scale)),
    )
    small = picture.convert("L").resize(size_px, Image.Resampling.LANCZOS)
    return np.asarray(small)
