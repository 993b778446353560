"""From the numbers that files and screens use to those that light adds up in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from assets_pipeline.gltf.accessors import FloatArray


def linear(srgb: FloatArray) -> FloatArray:
    """Return sRGB values in [0, 1] as linear light (IEC 61966-2-1)."""
    low = srgb / np.float32(12.92)
    high = ((srgb + np.float32(0.055)) / np.float32(1.055)) ** np.float32(2.4)
    return np.where(srgb <= np.float32(0.04045), low, high).astype(np.float32)


def srgb(light: FloatArray) -> FloatArray:
    """Return linear light in [0, 1] as sRGB values (IEC 61966-2-1)."""
    low = light * np.float32(12.92)
    high = np.float32(1.055) * light ** np.float32(1 / 2.4) - np.float32(0.055)
    return np.where(light <= np.float32(0.0031308), low, high).astype(np.float32)
