"""The hammer's triangles, read from its GLB."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from pygltflib import GLTF2

if TYPE_CHECKING:
    from pathlib import Path

_TYPES = {5120: "i1", 5121: "u1", 5122: "i2", 5123: "u2", 5125: "u4", 5126: "f4"}
_WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4}


@dataclass(frozen=True)
class Machine:
    """Triangles with their normals, and the part that each belongs to.

    Attributes
    ----------
    corners, normals : (n, 3, 3) float32
        Metres, +Y up; unit vectors.
    parts : (n,) int16
    """

    corners: np.ndarray
    normals: np.ndarray
    parts: np.ndarray

    def only(self, *parts: int) -> Machine:
        """Return some of the parts."""
        kept = np.isin(self.parts, parts)
        return Machine(self.corners[kept], self.normals[kept], self.parts[kept])


def read(path: Path) -> Machine:
    """Return the triangles of a GLB whose nodes have no transform of their own."""
    file = GLTF2().load(str(path))
    corners, normals, parts = [], [], []
    for number, node in enumerate(file.nodes):
        if node.mesh is None:
            continue
        for primitive in file.meshes[node.mesh].primitives:
            triangles = _array(file, primitive.indices).reshape(-1, 3)
            corners.append(_array(file, primitive.attributes.POSITION)[triangles])
            normals.append(_unit(_array(file, primitive.attributes.NORMAL))[triangles])
            parts.append(np.full(len(triangles), number, np.int16))
    return Machine(
        np.concatenate(corners), np.concatenate(normals), np.concatenate(parts)
    )


def _unit(vectors: np.ndarray) -> np.ndarray:
    """Return vectors of length 1, whatever whole numbers they were stored as."""
    length = np.linalg.norm(vectors.astype(np.float32), axis=-1, keepdims=True)
    return (vectors / np.maximum(length, 1e-6)).astype(np.float32)


def _array(file: GLTF2, index: int) -> np.ndarray:
    accessor = file.accessors[index]
    view = file.bufferViews[accessor.bufferView]
    dtype = np.dtype(_TYPES[accessor.componentType])
    width = _WIDTHS[accessor.type]
    start = (view.byteOffset or 0) + (accessor.byteOffset or 0)
    stride = view.byteStride or dtype.itemsize * width
    blob = np.frombuffer(file.binary_blob(), np.uint8)
    rows = np.lib.stride_tricks.as_strided(
        blob[start:], (accessor.count, dtype.itemsize * width), (stride, 1)
    )
    values = np.ascontiguousarray(rows).view(dtype)
    return values if width > 1 else values[:, 0].astype(np.int64)
