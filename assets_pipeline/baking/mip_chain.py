"""Build the mip chain of a texture, and sample it with trilinear filtering.

What lies between charts is often black, or anything. Means are of what charts cover
alone, in linear light, and the gaps are filled with them, so that nothing bleeds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.images.color import linear_to_srgb, srgb_to_linear

if TYPE_CHECKING:
    from assets_pipeline.arrays import BoolArray, Float32Array, Int64Array, Uint8Array
    from assets_pipeline.gltf.materials import Sampler


_BAND: Final = 256  # rows at once, which bounds memory
_CLAMPED, _MIRRORED, _NEAREST = 33071, 33648, 9728
_STEPS: Final = np.arange(256, dtype=np.float32) / np.float32(255)


@dataclass(slots=True)
class _Level:
    """One size: what is known of it, and where; None once gaps are filled."""

    pixels: Uint8Array
    is_known: BoolArray | None


class MipChain:
    """A texture and its mip levels, sampled as a GPU does.

    Parameters
    ----------
    pixels : (h, w, 3) uint8
    is_known : (h, w) bool
        Which texels a surface shows.
    sampler
        How it goes on past its edges.
    is_color
        Whether its numbers are sRGB.
    most_edge_px
        Larger sizes than this are not kept.
    """

    def __init__(
        self,
        pixels: Uint8Array,
        is_known: BoolArray,
        sampler: Sampler,
        *,
        is_color: bool,
        most_edge_px: int = 4096,
    ) -> None:
        self._sampler = sampler
        self._values = srgb_to_linear(_STEPS) if is_color else _STEPS
        self._is_color = is_color
        self.width_px, self.height_px = pixels.shape[1], pixels.shape[0]
        self._first = 0
        while max(pixels.shape[:2]) > most_edge_px:
            pixels, is_known = self._halved(pixels, is_known)
            self._first += 1
        self._raw = [_Level(pixels, is_known)]
        while max(pixels.shape[:2]) > 1:
            pixels, is_known = self._halved(pixels, is_known)
            self._raw.append(_Level(pixels, is_known))

    def sample(self, uvs: Float32Array, spans: Float32Array) -> Float32Array:
        """Return (n, 3) samples, in linear light if the texture holds colours.

        Parameters
        ----------
        uvs : (n, 2) float32
        spans : (n,) float32
            How many of the picture's texels each place is wide.
        """
        found = np.zeros((len(uvs), 3), np.float32)
        levels = np.round(np.log2(np.maximum(spans, np.float32(1)))).astype(np.int64)
        levels = (levels - self._first).clip(0, len(self._raw) - 1)
        for level in np.unique(levels):
            rows = np.nonzero(levels == level)[0]
            found[rows] = self._between(self._filled(int(level)), uvs[rows])
        return found

    def _between(self, pixels: Uint8Array, uvs: Float32Array) -> Float32Array:
        height, width = pixels.shape[:2]
        places = uvs.astype(np.float64) * (width, height)
        if self._sampler.mag_filter == _NEAREST:
            x, y = np.floor(places).astype(np.int64).T
            return self._values[pixels[self._row(y, height), self._column(x, width)]]
        places -= 0.5
        low = np.floor(places)
        part = (places - low).astype(np.float32)
        x, y = low.astype(np.int64).T
        columns = [self._column(x + step, width) for step in (0, 1)]
        rows = [self._row(y + step, height) for step in (0, 1)]
        u, v = part[:, :1], part[:, 1:]
        upper, lower = (
            self._values[pixels[row, columns[0]]] * (1 - u)
            + self._values[pixels[row, columns[1]]] * u
            for row in rows
        )
        return (upper * (1 - v) + lower * v).astype(np.float32)

    def _column(self, x: Int64Array, width: int) -> Int64Array:
        return _wrapped(x, width, self._sampler.wrap_s)

    def _row(self, y: Int64Array, height: int) -> Int64Array:
        return _wrapped(y, height, self._sampler.wrap_t)

    def _filled(self, level: int) -> Uint8Array:
        """Return a size without gaps: what is unknown is as in the next smaller one."""
        held = self._raw[level]
        if held.is_known is None:
            return held.pixels
        if level + 1 < len(self._raw) and not held.is_known.all():
            held.pixels = held.pixels.copy()
            smaller = self._filled(level + 1)
            for row, known in enumerate(held.is_known):
                gaps = np.nonzero(~known)[0]
                held.pixels[row, gaps] = smaller[row // 2, gaps // 2]
        held.is_known = None
        return held.pixels

    def _halved(
        self, pixels: Uint8Array, is_known: BoolArray
    ) -> tuple[Uint8Array, BoolArray]:
        """Return the next size: means of what is known in squares of four."""
        height, width = ((edge + 1) // 2 for edge in is_known.shape)
        smaller = np.zeros((height, width, 3), np.uint8)
        is_there = np.zeros((height, width), bool)
        for start in range(0, height, _BAND):
            band = slice(2 * start, 2 * (start + _BAND))
            known = _even(is_known[band].astype(np.float32)[..., None])
            values = _even(self._values[pixels[band]]) * known
            count = _fours(known)
            means = (_fours(values) / np.maximum(count, 1)).astype(np.float32)
            means = linear_to_srgb(means) if self._is_color else means
            here = slice(start, start + len(count))
            smaller[here] = np.round(means * np.float32(255)).astype(np.uint8)
            is_there[here] = count[..., 0] > 0
        return smaller, is_there


def _even(values: Float32Array) -> Float32Array:
    """Return a picture with an even number of rows and columns, 0 in those added."""
    height, width = values.shape[:2]
    return np.pad(values, ((0, height % 2), (0, width % 2), (0, 0)))


def _fours(values: Float32Array) -> Float32Array:
    total: Float32Array = (
        values[::2, ::2] + values[1::2, ::2] + values[::2, 1::2] + values[1::2, 1::2]
    )
    return total


def _wrapped(places: Int64Array, edge: int, wrap: int) -> Int64Array:
    """Return texels of a picture that goes on past its edges."""
    if wrap == _CLAMPED:
        return places.clip(0, edge - 1)
    if wrap == _MIRRORED:
        there = places % (2 * edge)
        return np.where(there < edge, there, 2 * edge - 1 - there)
    return places % edge
