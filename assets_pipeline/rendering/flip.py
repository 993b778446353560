"""FLIP: perceptual difference of two images (Andersson et al. 2020).

The measure of Andersson, Nilsson, Akenine-Möller, Oskarsson, Åström and Fairchild,
*FLIP: A Difference Evaluator for Alternating Images* (HPG 2020), for pictures of a
standard screen: colours blurred as the eye blurs them, compared in a uniform space,
and raised where edges or points appear or vanish. 0 is no difference, 1 the greatest.

Every filter is a product of two one-dimensional ones, and each of these a banded
matrix, the same for every tile; borders are repeated.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from assets_pipeline.arrays import Float32Array, Float64Array, Uint8Array

PIXELS_PER_DEGREE: Final = 0.7 * 3840 / 0.7 * math.pi / 180
"""Of a screen 0.7 m and 3,840 pixels wide, seen from 0.7 m: the paper's own."""

COLORS: Final = ("#000004", "#51127c", "#b73779", "#fc8961", "#fcfdbf")
"""Of maps for people: ever lighter, so that they are read without colours too."""
MAP_GREATEST: Final = 0.4
"""Where the lightest colour of maps begins: what differs more is plainly another thing."""

_RGB_TO_XYZ: Final = np.array(
    [
        [10135552 / 24577794, 8788810 / 24577794, 4435075 / 24577794],
        [2613072 / 12288897, 8788810 / 12288897, 887015 / 12288897],
        [1425312 / 73733382, 8788810 / 73733382, 70074185 / 73733382],
    ]
)
_WHITE: Final = _RGB_TO_XYZ.sum(axis=1)
# Contrast sensitivity as sums of Gaussians in frequency, (a, b) each: achromatic,
# red-green, blue-yellow (the paper's table 1).
_SENSITIVITIES: Final = (
    ((1.0, 0.0047),),
    ((1.0, 0.0053),),
    ((34.1, 0.04), (13.5, 0.025)),
)
_WIDEST_B = 0.04
_COLOR_EXPONENT, _FEATURE_EXPONENT = 0.7, 0.5
_KNEE, _KNEE_VALUE = 0.4, 0.95
_FEATURE_WIDTH_DEG = 0.082
_ROWS, _COLUMNS = 32, 128
"""Of a tile filtered at once: too small for the matrix library to start threads, whose
waiting costs more than the work on machines that do something else beside."""


@dataclass(frozen=True, slots=True)
class FilteredImage:
    """An image after FLIP's spatial filtering, to compare with others of its size."""

    lab: Float32Array
    """(h, w, 3): CIELAB of the blurred picture, chroma adjusted for lightness."""
    edges: Float32Array
    """(h, w)."""
    points: Float32Array
    """(h, w)."""


def filter_image(pixels: Uint8Array) -> FilteredImage:
    """Return an image after FLIP's spatial filtering.

    Parameters
    ----------
    pixels : (h, w, 3) uint8
        sRGB.
    """
    opponent = _opponent(_LINEAR[pixels])
    lightness: Float32Array = (opponent[..., 0] + np.float32(16)) / np.float32(116)
    edges, points = _features(lightness)
    return FilteredImage(_lab(_clipped_light(_blurred(opponent))), edges, points)


def error_map(one: FilteredImage, other: FilteredImage) -> Float32Array:
    """Return the (h, w) FLIP error of each pixel, 0 to 1."""
    color = _redistributed(_hyab(one.lab, other.lab) ** _COLOR_EXPONENT)
    feature = np.maximum(
        np.abs(one.edges - other.edges), np.abs(one.points - other.points)
    )
    raised = (feature / np.sqrt(np.float32(2))) ** _FEATURE_EXPONENT
    flip: Float32Array = (color ** (1 - raised)).astype(np.float32)
    return flip


def _hyab(one: Float32Array, other: Float32Array) -> Float32Array:
    apart = one - other
    distance: Float32Array = np.abs(apart[..., 0]) + np.hypot(
        apart[..., 1], apart[..., 2]
    )
    return distance


def _redistributed(error: Float32Array) -> Float32Array:
    """Return colour errors from 0 to 1; large ones are pressed together."""
    green, blue = (_lab(np.eye(3, dtype=np.float32)[None, None, i])[0] for i in (1, 2))
    greatest = float(_hyab(green, blue)[0] ** _COLOR_EXPONENT)
    knee = _KNEE * greatest
    low = error * (_KNEE_VALUE / knee)
    high = _KNEE_VALUE + (error - knee) * ((1 - _KNEE_VALUE) / (greatest - knee))
    both: Float32Array = np.where(error < knee, low, high)
    return both


def _opponent(light: Float32Array) -> Float32Array:
    """Return (h, w, 3) lightness, red-green and blue-yellow (YCxCz) of linear RGB."""
    opponent: Float32Array = light @ _TO_OPPONENT.T - _OPPONENT_ZERO
    return opponent


def _clipped_light(opponent: Float32Array) -> Float32Array:
    light = (opponent + _OPPONENT_ZERO) @ _FROM_OPPONENT.T
    return np.asarray(light.clip(0, 1), np.float32)


def _lab(light: Float32Array) -> Float32Array:
    """Return CIELAB of linear RGB, chroma scaled by lightness (the Hunt effect)."""
    ratio = light @ _TO_RELATIVE_XYZ.T
    threshold = (6 / 29) ** 3
    straight = ratio * np.float32((29 / 6) ** 2 / 3) + np.float32(4 / 29)
    f = np.where(ratio > threshold, np.cbrt(ratio), straight)
    lightness = 116 * f[..., 1] - 16
    a, b = 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])
    hunt = lightness * np.float32(0.01)
    return np.stack([lightness, a * hunt, b * hunt], axis=-1).astype(np.float32)


def _blurred(opponent: Float32Array) -> Float32Array:
    """Return (h, w, 3) without what is too fine to be seen from where one stands."""
    channels: list[Float32Array] = []
    for i, gaussians in enumerate(_SENSITIVITIES):
        whole = np.zeros(opponent.shape[:2], np.float32)
        for share, b in _shares(gaussians):
            whole += share * _filtered(opponent[..., i], _gauss(b), _gauss(b))
        channels.append(whole)
    return np.stack(channels, axis=-1)


def _shares(
    gaussians: tuple[tuple[float, float], ...],
) -> list[tuple[np.float32, float]]:
    """Return what each Gaussian brings to a filter that sums to 1, and its b."""
    sums = [a * math.sqrt(math.pi / b) * _kernel(b).sum() ** 2 for a, b in gaussians]
    total = sum(sums)
    return [
        (np.float32(part / total), b)
        for part, (_, b) in zip(sums, gaussians, strict=True)
    ]


def _features(lightness: Float32Array) -> tuple[Float32Array, Float32Array]:
    """Return how strong edges and points are at each pixel."""
    smooth = _feature_band(0)
    found: list[Float32Array] = []
    for order in (1, 2):
        steep = _feature_band(order)
        across = _filtered(lightness, smooth, steep)
        along = _filtered(lightness, steep, smooth)
        found.append(np.hypot(across, along).astype(np.float32))
    return found[0], found[1]


def _filtered(
    channel: Float32Array, down: Float32Array, right: Float32Array
) -> Float32Array:
    """Return (h, w) correlated along both axes by the kernels of two bands."""
    return _along(_along(channel, down).T, right).T


def _along(channel: Float32Array, band: Float32Array) -> Float32Array:
    """Return columns correlated with a band's kernel, tile by tile."""
    height, width = channel.shape
    radius = (band.shape[1] - _ROWS) // 2
    below, beside = -height % _ROWS, -width % _COLUMNS
    padded = np.pad(channel, ((radius, radius + below), (0, beside)), "edge")
    down, right = (height + below) // _ROWS, (width + beside) // _COLUMNS
    row, column = padded.strides
    tiles = np.lib.stride_tricks.as_strided(
        padded,
        (down, right, band.shape[1], _COLUMNS),
        (row * _ROWS, column * _COLUMNS, row, column),
        writeable=False,
    )
    made: Float32Array = np.matmul(band, tiles).swapaxes(1, 2)
    return made.reshape(down * _ROWS, right * _COLUMNS)[:height, :width]


def _kernel(b: float) -> Float64Array:
    radius = math.ceil(3 * math.sqrt(_WIDEST_B / (2 * math.pi**2)) * PIXELS_PER_DEGREE)
    x = np.arange(-radius, radius + 1) / PIXELS_PER_DEGREE
    return np.exp(-(math.pi**2) / b * x * x)


@cache
def _gauss(b: float) -> Float32Array:
    kernel = _kernel(b)
    return _band(kernel / kernel.sum())


@cache
def _feature_band(order: int) -> Float32Array:
    """Return a Gaussian, or a derivative of it whose two signs weigh the same."""
    deviation = 0.5 * _FEATURE_WIDTH_DEG * PIXELS_PER_DEGREE
    radius = math.ceil(3 * deviation)
    x = np.arange(-radius, radius + 1, dtype=np.float64)
    kernel: Float64Array = np.exp(-(x * x) / (2 * deviation**2))
    if order == 0:
        return _band(kernel / kernel.sum())
    kernel = kernel * (-x if order == 1 else x * x / deviation**2 - 1)
    above, below = kernel.clip(min=0), kernel.clip(max=0)
    return _band(above / above.sum() - below / below.sum())


def _band(kernel: Float64Array) -> Float32Array:
    """Return the matrix whose product with rows correlates them with a kernel."""
    band = np.zeros((_ROWS, _ROWS + len(kernel) - 1), np.float32)
    for row in range(_ROWS):
        band[row, row : row + len(kernel)] = kernel
    return band


def _linear_codes() -> Float32Array:
    code = np.arange(256) / 255
    curved = ((code + 0.055) / 1.055) ** 2.4
    return np.where(code <= 0.04045, code / 12.92, curved).astype(np.float32)  # noqa: PLR2004  IEC 61966-2-1


_LINEAR: Final = _linear_codes()
_RELATIVE: Final = _RGB_TO_XYZ / _WHITE[:, None]
_TO_RELATIVE_XYZ: Final = _RELATIVE.astype(np.float32)
_MIX: Final = np.array([[0.0, 116.0, 0.0], [500.0, -500.0, 0.0], [0.0, 200.0, -200.0]])
_TO_OPPONENT: Final = (_MIX @ _RELATIVE).astype(np.float32)
_FROM_OPPONENT: Final = np.linalg.inv(_MIX @ _RELATIVE).astype(np.float32)
_OPPONENT_ZERO: Final = np.array([16.0, 0.0, 0.0], np.float32)
