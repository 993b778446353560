"""glTF accessors in memory: typed arrays and their decoded values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assets_pipeline.arrays import AnyArray, Float32Array


AccessorKind = Literal["SCALAR", "VEC2", "VEC3", "VEC4", "MAT2", "MAT3", "MAT4"]
COMPONENTS: Mapping[AccessorKind, int] = {
    "SCALAR": 1,
    "VEC2": 2,
    "VEC3": 3,
    "VEC4": 4,
    "MAT2": 4,
    "MAT3": 9,
    "MAT4": 16,
}
_KIND_OF_WIDTH: Mapping[int, AccessorKind] = {
    1: "SCALAR",
    2: "VEC2",
    3: "VEC3",
    4: "VEC4",
    9: "MAT3",
    16: "MAT4",
}
_GREATEST = {"i1": 127, "u1": 255, "i2": 32767, "u2": 65535, "u4": 4294967295}

CodecMode = Literal["ATTRIBUTES", "TRIANGLES", "INDICES"]
CodecFilter = Literal["NONE", "OCTAHEDRAL", "QUATERNION", "EXPONENTIAL"]


@dataclass(frozen=True, slots=True)
class EncodedArray:
    """The EXT_meshopt_compression encoding to write in place of an array."""

    content: bytes
    mode: CodecMode
    filter: CodecFilter
    stride_bytes: int


@dataclass(frozen=True, slots=True, eq=False)
class Accessor:
    """A typed array, as stored; users of the same accessor share the object."""

    array: AnyArray
    """(n, k), read-only, in its component type; matrices column by column."""
    kind: AccessorKind
    normalized: bool = False
    """Integers stand for [0, 1] or [-1, 1]."""
    encoded: EncodedArray | None = None
    """Set by the compress transform: the bytes to write, which decode to `array`."""

    @property
    def count(self) -> int:
        """Number of elements."""
        return len(self.array)

    def take_rows(self, rows: npt.NDArray[np.integer]) -> Accessor:
        """Return an accessor of some elements, in the given order."""
        array = self.array.take(rows, axis=0)
        array.setflags(write=False)
        return Accessor(array, self.kind, self.normalized)

    @property
    def values(self) -> Float32Array:
        """(n, k) float32: the values, normalized integers decoded; read-only."""
        if not self.normalized or self.array.dtype.kind == "f":
            return self.array.astype(np.float32, copy=False)
        limit = np.float32(_GREATEST[self.array.dtype.str[1:]])
        # The least integer means -1 as its neighbour does (glTF 2.0, section 3.6.2.2).
        decoded: Float32Array = np.maximum(self.array.astype(np.float32) / limit, -1)
        return decoded


def create_accessor(
    array: npt.ArrayLike, *, kind: AccessorKind | None = None, normalized: bool = False
) -> Accessor:
    """Return an accessor that owns a read-only copy of an (n,) or (n, k) array."""
    owned = np.array(array)
    owned = np.ascontiguousarray(owned.reshape(len(owned), -1) if owned.size else owned)
    if owned.ndim == 1:
        owned = owned[:, None]
    owned.setflags(write=False)
    return Accessor(owned, kind or _KIND_OF_WIDTH[owned.shape[1]], normalized)
