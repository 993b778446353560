"""STL files, binary or text, to a document: triangles and nothing else."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.errors import RE_EXPORT, DamagedFileError, EmptyModelError
from assets_pipeline.gltf.accessors import accessor
from assets_pipeline.gltf.document import Document, Mesh, Node, Primitive, Scene
from assets_pipeline.gltf.materials import matte

if TYPE_CHECKING:
    from assets_pipeline.gltf.accessors import FloatArray

_HEADER_BYTES: Final = 84
_FARTHEST: Final = 1e9
_FACET: Final = np.dtype(
    [("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("attribute", "<u2")]
)


def read_stl(content: bytes) -> Document:
    """Return the document of an STL file; its normals are computed, never trusted.

    Raises
    ------
    AssetError
        A subclass that names the cause.
    """
    corners = _binary(content)
    if corners is None:
        corners = _text(content)
    if not len(corners):
        reason = "the file holds no triangle"
        raise EmptyModelError(reason, "facets", RE_EXPORT)
    if not (np.abs(corners) < _FARTHEST).all():
        reason = "positions hold numbers that are not finite"
        raise DamagedFileError(reason, "facets", RE_EXPORT)
    primitive = Primitive({"POSITION": accessor(corners)}, material=matte())
    scene = Scene([Node(mesh=Mesh([primitive]))])
    return Document([scene], scene)


def _binary(content: bytes) -> FloatArray | None:
    """Return (3 n, 3) corners, or None when the length is not that of binary STL.

    The first word can't tell: many programs begin binary files with "solid" too.
    """
    if len(content) < _HEADER_BYTES:
        return None
    (count,) = struct.unpack_from("<I", content, _HEADER_BYTES - 4)
    if len(content) < _HEADER_BYTES + count * _FACET.itemsize:
        return None
    if content.startswith(b"solid") and b"facet normal" in content[:1000]:
        return None
    facets = np.frombuffer(content, _FACET, count, _HEADER_BYTES)
    return np.ascontiguousarray(facets["corners"]).reshape(-1, 3)


def _text(content: bytes) -> FloatArray:
    if content.lstrip()[:5].lower() != b"solid":
        reason = "the file is neither text nor whole binary STL"
        raise DamagedFileError(reason, "header", "Copy the file again whole")
    words = content.split()
    starts = [i for i, word in enumerate(words) if word.lower() == b"vertex"]
    try:
        rows = [[float(word) for word in words[i + 1 : i + 4]] for i in starts]
        corners = np.array(rows, np.float32).reshape(-1, 3)
    except ValueError as error:
        reason = "a vertex is not three numbers"
        raise DamagedFileError(reason, "facets", RE_EXPORT) from error
    if len(corners) % 3:
        reason = f"{len(corners)} vertices do not make triangles"
        raise DamagedFileError(reason, "facets", RE_EXPORT)
    return corners
