"""Convert between sRGB and linear light, and resize images in linear light."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

    from assets_pipeline.arrays import Float32Array

_STEPS: Final = 1 << 14
_ROWS: Final = 64


def srgb_to_linear(srgb: Float32Array) -> Float32Array:
    """Return sRGB values in [0, 1] as linear light (IEC 61966-2-1)."""
    low = srgb / np.float32(12.92)
    high = ((srgb + np.float32(0.055)) / np.float32(1.055)) ** np.float32(2.4)
    return np.where(srgb <= np.float32(0.04045), low, high).astype(np.float32)


def linear_to_srgb(light: Float32Array) -> Float32Array:
    """Return linear light in [0, 1] as sRGB values (IEC 61966-2-1)."""
    low = light * np.float32(12.92)
    high = np.float32(1.055) * light ** np.float32(1 / 2.4) - np.float32(0.055)
    return np.where(light <= np.float32(0.0031308), low, high).astype(np.float32)


_LIGHT: Final = srgb_to_linear(np.arange(256, dtype=np.float32) / np.float32(255))


_CODES: Final = np.round(
    255 * linear_to_srgb(np.arange(_STEPS + 1, dtype=np.float32) / np.float32(_STEPS))
).astype(np.uint8)


def resize_in_linear_light(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    """Return 8-bit RGB or RGBA pixels resized in linear light, alpha apart."""
    from PIL import Image as Pillow  # noqa: PLC0415  # 90 ms

    scaling = Pillow.Resampling.LANCZOS
    bands = [
        _encode_band(Pillow.fromarray(_decode_band(band, size)).resize(size, scaling))
        if name != "A"
        else band.resize(size, scaling)
        for name, band in zip(pixels.getbands(), pixels.split(), strict=True)
    ]
    return Pillow.merge(pixels.mode, bands)


def _decode_band(band: Pixels, size: tuple[int, int]) -> Float32Array:
    """Return a band's linear light, already smaller where it is to be much smaller.

    A picture of 8,192 pixels a side would take a quarter of a gibibyte.
    """
    codes = np.asarray(band)
    factor = min(band.width // (2 * size[0]), band.height // (2 * size[1]))
    if factor < 2 or band.width % factor or band.height % factor:  # noqa: PLR2004  # as it is
        return np.asarray(_LIGHT[codes])
    step = _ROWS * factor
    rows = [
        _LIGHT[codes[at : at + step]]
        .reshape(-1, factor, band.width // factor, factor)
        .mean(axis=(1, 3), dtype=np.float32)
        for at in range(0, band.height, step)
    ]
    return np.concatenate(rows)


def _encode_band(light: Pixels) -> Pixels:
    from PIL import Image as Pillow  # noqa: PLC0415  # 90 ms

    steps = np.asarray(light).clip(0, 1) * np.float32(_STEPS)
    return Pillow.fromarray(_CODES[np.round(steps).astype(np.int32)])
