"""Heat map of a print: which of its features are found again in views of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assets_pipeline.arrays import Float64Array, Int64Array, Uint8Array
    from assets_pipeline.image_targets.tracker import FrameFeatures


CELLS_ALONG: Final = 24
"""Along the print's longer edge."""
_NEAR_PX: Final = 3.0
"""In the frame: two features this close are one."""
_ALIKE_BITS: Final = 64
"""Descriptors this close are one feature's: of 256 bits, chance leaves half."""
_LEVELS: Final = 9
"""Of a heat map that is kept."""
_PLENTY: Final = 1.5
"""Features of a cell, in a view, that are as good as any number."""


@dataclass(frozen=True, slots=True)
class ReferenceFeatures:
    """A print's features in a clear frontal view."""

    places: Float64Array
    """(n, 2) float, print px."""
    descriptors: Uint8Array
    """(n, 256) uint8, a bit each."""


def reference_features(
    features: FrameFeatures, homography: Float64Array
) -> ReferenceFeatures:
    """Return the features of a clear view, by their places on the print.

    Parameters
    ----------
    homography
        The print's px to the frame's.
    """
    places = _mapped(np.linalg.inv(homography).astype(np.float64), features.places)
    return ReferenceFeatures(places, np.unpackbits(features.descriptors, axis=1))


class HeatMap:
    """Counts, cell by cell, the features found again in views.

    Parameters
    ----------
    size_px
        Width and height of the print's picture.
    """

    def __init__(self, reference: ReferenceFeatures, size_px: tuple[int, int]) -> None:
        self._size = np.array(size_px)
        cell = max(size_px) / CELLS_ALONG
        columns, rows = (max(1, round(edge / cell)) for edge in size_px)
        self._shape = rows, columns
        inside = np.all((reference.places >= 0) & (reference.places < self._size), 1)
        self._places = reference.places[inside]
        self._bits = reference.descriptors[inside].astype(np.float32)
        self._cells = self._cells_of(self._places)
        self._sum: Float64Array = np.zeros(self._shape)
        self._views = 0

    @property
    def feature_count(self) -> int:
        """How many features the clear view has on the print."""
        return len(self._places)

    @property
    def heat(self) -> Float64Array:
        """(rows, columns) from 0, nothing found again, to 1."""
        return self._sum / max(self._views, 1)

    def add(self, features: FrameFeatures, homography: Float64Array) -> None:
        """Count one more view, given the homography from the print's px to the frame's."""
        self._views += 1
        if not len(features.places) or not len(self._places):
            return
        expected = _mapped(homography, self._places)
        offsets = expected[:, None] - features.places[None]
        is_near = (np.abs(offsets) < _NEAR_PX).all(2)
        pairs = np.argwhere(is_near)
        if not len(pairs):
            return
        seen = np.unpackbits(features.descriptors[pairs[:, 1]], axis=1)
        differing = np.abs(self._bits[pairs[:, 0]] - seen).sum(1)
        again = np.unique(pairs[differing <= _ALIKE_BITS, 0])
        counts = np.bincount(self._cells[again], minlength=self._sum.size)
        self._sum += np.minimum(counts / _PLENTY, 1).reshape(self._shape)

    def _cells_of(self, places: Float64Array) -> Int64Array:
        rows, columns = self._shape
        column = (places[:, 0] * columns / self._size[0]).astype(np.int64)
        row = (places[:, 1] * rows / self._size[1]).astype(np.int64)
        return np.asarray(row * columns + column, np.int64)


def encode_heat(heat: Float64Array) -> tuple[str, ...]:
    """Return a heat map as rows of digits."""
    levels = np.round(heat.clip(0, 1) * _LEVELS).astype(int)
    return tuple("".join(map(str, row)) for row in levels.tolist())


def decode_heat(rows: Sequence[str]) -> Float64Array:
    """Return the heat map of rows of digits."""
    return np.array([[int(digit) for digit in row] for row in rows]) / _LEVELS


def _mapped(homography: Float64Array, places: Float64Array) -> Float64Array:
    whole = np.column_stack([places, np.ones(len(places))]) @ homography.T
    mapped: Float64Array = whole[:, :2] / whole[:, 2:]
    return mapped
