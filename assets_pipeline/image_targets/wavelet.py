"""Integer wavelet transform of grey templates, and its bands.

The lifting of Daubechies and Sweldens' 9/7 filters (Factoring wavelet transforms into
lifting steps, 1998, section 7.7), every step rounded to an integer, so that any machine
undoes exactly what another did. `client/tracker/codec.c` holds the same inverse.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assets_pipeline.arrays import Int32Array, Uint8Array


FRACTION_BITS: Final = 4
"""Of coefficients: a pixel's step is 16."""
_STEP_BITS: Final = 12
_STEPS: Final = (-6497, -217, 3616, 1817)
"""The four lifting constants, in 4096ths: -1.586134, -0.052980, 0.882911, 0.443507.

The filters' last step, a scaling, is left to the quantizer.
"""
_OFFSET: Final = 128
Kind = Literal["low", "across", "down", "both"]


@dataclass(frozen=True, slots=True)
class Band:
    """A rectangle of coefficients, the coarser ones to the left and above."""

    kind: Kind
    """Which way details run: high-passed ``across`` rows, ``down`` columns, or both."""
    level: int
    """1 is the finest."""
    x: int
    y: int
    width: int
    height: int

    @property
    def place(self) -> tuple[slice, slice]:
        """Slices of the band in an array of coefficients."""
        return (
            slice(self.y, self.y + self.height),
            slice(self.x, self.x + self.width),
        )


def level_count(width: int, height: int) -> int:
    """Return the number of levels: until the shorter edge is below 16."""
    levels = 0
    while min(width, height) >> (levels + 1) >= _LEAST_EDGE:
        levels += 1
    return levels


_LEAST_EDGE: Final = 8


def bands_of(width: int, height: int) -> Iterator[Band]:
    """Yield all bands of a template's coefficients, the coarsest first."""
    sizes = [(width, height)]
    for _ in range(level_count(width, height)):
        w, h = sizes[-1]
        sizes.append(((w + 1) // 2, (h + 1) // 2))
    w, h = sizes[-1]
    yield Band("low", len(sizes) - 1, 0, 0, w, h)
    for level in range(len(sizes) - 1, 0, -1):
        (w, h), (wide, high) = sizes[level], sizes[level - 1]
        yield Band("across", level, w, 0, wide - w, h)
        yield Band("down", level, 0, h, w, high - h)
        yield Band("both", level, w, h, wide - w, high - h)


def transform(pixels: Uint8Array) -> Int32Array:
    """Return the coefficients of a template.

    Parameters
    ----------
    pixels : (height, width) uint8

    Returns
    -------
    (height, width) int32
        Laid out as `bands_of` tells.
    """
    plane = (pixels.astype(np.int32) - _OFFSET) << FRACTION_BITS
    h, w = plane.shape
    for _ in range(level_count(w, h)):
        part = plane[:h, :w]
        part[:] = _parted(_parted(part).T).T
        h, w = (h + 1) // 2, (w + 1) // 2
    return plane


def inverse_transform(coefficients: Int32Array) -> Uint8Array:
    """Return the template of coefficients, clipped to 8 bits."""
    plane = coefficients.astype(np.int32)
    height, width = plane.shape
    for level in range(level_count(width, height) - 1, -1, -1):
        part = plane[: -(-height >> level), : -(-width >> level)]
        part[:] = _joined(_joined(part.T).T)
    rounded = ((plane + (1 << FRACTION_BITS >> 1)) >> FRACTION_BITS) + _OFFSET
    return rounded.clip(0, 255).astype(np.uint8)


@cache
def gains(levels: int) -> dict[tuple[Kind, int], float]:
    """Return the weight in the template of one unit of each band's coefficients.

    The root of the summed squares of its basis function, measured by restoring one
    coefficient in the middle of each band: the best quantizer's steps go with its
    inverse.
    """
    edge = _LEAST_EDGE << levels
    found: dict[tuple[Kind, int], float] = {}
    one = 1 << 14
    for band in bands_of(edge, edge):
        plane = np.zeros((edge, edge), np.int32)
        plane[band.y + band.height // 2, band.x + band.width // 2] = one
        for level in range(levels - 1, -1, -1):
            part = plane[: edge >> level, : edge >> level]
            part[:] = _joined(_joined(part.T).T)
        found[band.kind, band.level] = float(np.hypot.reduce(plane.ravel() / one))
    return found


def _parted(rows: Int32Array) -> Int32Array:
    """Return each row's low half, then its high half."""
    even, odd = rows[:, ::2].copy(), rows[:, 1::2].copy()
    for step, constant in enumerate(_STEPS):
        if step % 2 == 0:
            odd += _lifted(even, odd.shape[1], 0, constant)
        else:
            even += _lifted(odd, even.shape[1], -1, constant)
    return np.concatenate([even, odd], axis=1)


def _joined(rows: Int32Array) -> Int32Array:
    """Return rows of which the halves are these; undoes `_parted`."""
    low = (rows.shape[1] + 1) // 2
    even, odd = rows[:, :low].copy(), rows[:, low:].copy()
    for step in reversed(range(len(_STEPS))):
        if step % 2 == 0:
            odd -= _lifted(even, odd.shape[1], 0, _STEPS[step])
        else:
            even -= _lifted(odd, even.shape[1], -1, _STEPS[step])
    together = np.zeros_like(rows)
    together[:, ::2], together[:, 1::2] = even, odd
    return together


def _lifted(source: Int32Array, count: int, before: int, constant: int) -> Int32Array:
    """Return what a lifting step adds: a part of each sample's two neighbours' sum.

    Past an end the picture is mirrored: the one neighbour counts twice.
    """
    places = np.arange(count) + before
    last = source.shape[1] - 1
    first = np.where(places < 0, places + 1, places)
    second = np.where(places + 1 > last, places, places + 1)
    total = source[:, first] + source[:, second]
    return (total * constant + (1 << _STEP_BITS >> 1)) >> _STEP_BITS
