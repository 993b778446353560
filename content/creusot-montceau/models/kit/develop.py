"""Turns linear light into a picture: glow round lamps, a film's curve, JPEG."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageFile

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


# Pillow gives an optimised JPEG one block of memory: grainy pictures need a big one.
ImageFile.MAXBLOCK = 1 << 24


def bloomed(light: NDArray[np.float32], part: float, *, wraps: bool) -> NDArray:
    """Return (h, w, 3) light of which a part has spread softly round its source.

    Parameters
    ----------
    light
        Linear.
    part
        Of the light that spreads.
    wraps
        Whether the left edge meets the right one, as in a panorama.
    """
    height, width = light.shape[:2]
    fy = np.fft.fftfreq(height * 2)[:, None]
    fx = np.fft.rfftfreq(width if wraps else width * 2)[None, :]
    pad = ((0, height), (0, 0 if wraps else width))
    glow = np.zeros_like(light)
    for sigma, share in ((0.0022, 0.5), (0.009, 0.3), (0.035, 0.2)):
        spread = np.exp(-2 * (np.pi * sigma * width) ** 2 * (fy**2 + fx**2))
        for channel in range(3):
            padded = np.pad(np.minimum(light[..., channel], 40.0), pad)
            soft = np.fft.irfft2(np.fft.rfft2(padded) * spread, s=padded.shape)
            glow[..., channel] += share * soft[:height, :width]
    return light * (1 - part) + glow * part


def filmed(light: NDArray[np.float32], exposure: float) -> NDArray[np.uint8]:
    """Return sRGB bytes of linear light, highlights rolled off.

    The curve is Narkowicz's fit of the ACES reference (2015).
    """
    x = np.maximum(light * exposure, 0)
    shown = np.clip(x * (2.51 * x + 0.03) / (x * (2.43 * x + 0.59) + 0.14), 0, 1)
    code = np.where(
        shown <= 0.0031308, shown * 12.92, 1.055 * shown ** (1 / 2.4) - 0.055
    )
    return np.round(code * 255).astype(np.uint8)


def save_jpeg(pixels: NDArray[np.uint8], path: Path, limit_bytes: int) -> int:
    """Write the finest JPEG that stays within a limit; return its quality."""
    picture = Image.fromarray(pixels)
    for quality in range(93, 40, -3):
        picture.save(path, "JPEG", quality=quality, optimize=True, progressive=True)
        if path.stat().st_size <= limit_bytes:
            return quality
    reason = f"{path.name} is over {limit_bytes} bytes at any fair quality"
    raise ValueError(reason)
