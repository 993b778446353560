"""Read STL files, binary or text, with facet colours."""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.errors import causes
from assets_pipeline.errors.exceptions import (
    RE_EXPORT,
    DamagedFileError,
    EmptyModelError,
)
from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.document import Document, Mesh, Node, Primitive, Scene
from assets_pipeline.gltf.materials import matte_material
from assets_pipeline.images.color import srgb_to_linear
from assets_pipeline.limits import check_triangles
from assets_pipeline.readers.headers import HEADER_BYTES, count_binary_stl_facets

if TYPE_CHECKING:
    import numpy.typing as npt

    from assets_pipeline.arrays import Float32Array, Uint16Array

_FARTHEST: Final = 1e9
_VERTEX: Final = re.compile(rb"(?<!\S)vertex\s+(\S+)\s+(\S+)\s+(\S+)", re.IGNORECASE)
_OF_ALL: Final = b"COLOR="
_UPPER_BIT: Final = np.uint16(1 << 15)
_FIVE_BITS: Final = 31
_FACET: Final = np.dtype(
    [("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("attribute", "<u2")]
)


def read_stl(content: bytes) -> Document:
    """Return the document of an STL file; its stored normals are ignored.

    Raises
    ------
    AssetError
        A subclass that names the cause.
    """
    facets = _binary(content)
    if facets is None:
        corners = _text(content)
    else:
        corners = np.ascontiguousarray(facets["corners"]).reshape(-1, 3)
    if not len(corners):
        raise EmptyModelError.from_cause(causes.NO_FACES, "facets")
    if not (np.abs(corners) < _FARTHEST).all():
        raise DamagedFileError.from_cause(causes.NON_FINITE_NUMBERS, "facets")
    primitive = Primitive(
        {"POSITION": create_accessor(corners)}, material=matte_material()
    )
    colors = None if facets is None else _colors(content, facets["attribute"])
    if colors is not None:
        primitive.attributes["COLOR_0"] = create_accessor(np.repeat(colors, 3, axis=0))
    scene = Scene([Node(mesh=Mesh([primitive]))])
    return Document([scene], scene)


def _binary(content: bytes) -> npt.NDArray[np.void] | None:
    """Return (n,) facets, or None when the length is not that of binary STL."""
    count = count_binary_stl_facets(content, len(content))
    if count is None:
        return None
    check_triangles(count, "facets")
    return np.frombuffer(content, _FACET, count, HEADER_BYTES)


def _colors(content: bytes, words: Uint16Array) -> Float32Array | None:
    """Return (n, 3) linear colours of facets; None where they say none.

    Two programs put them in the spare word of a facet, five bits a colour, each the
    other way round. Materialise Magics names the colour of the whole in the header, and
    sets the upper bit where it holds; VisCAM sets it where a facet has its own.
    """
    at = content.find(_OF_ALL, 0, HEADER_BYTES - 4 - len(_OF_ALL) - 3)
    own = words & _UPPER_BIT
    shifts = (10, 5, 0)
    rest = np.full(3, 255, np.uint8)
    if at >= 0:
        own, shifts = own ^ _UPPER_BIT, (0, 5, 10)
        rest = np.frombuffer(content, np.uint8, 3, at + len(_OF_ALL))
    if not own.any() and at < 0:
        return None
    told = np.stack([words >> shift & _FIVE_BITS for shift in shifts], axis=1)
    shown = np.where(own[:, None] != 0, told / _FIVE_BITS, rest / 255)
    return srgb_to_linear(shown.astype(np.float32))


def _text(content: bytes) -> Float32Array:
    if content.lstrip()[:5].lower() != b"solid":
        raise DamagedFileError.from_cause(causes.STL_TRUNCATED, "header")
    numbers = array("d")
    try:
        for vertex in _VERTEX.finditer(content):
            numbers.extend(map(float, vertex.groups()))
    except ValueError as error:
        reason = "a vertex is not three numbers"
        raise DamagedFileError(reason, "facets", RE_EXPORT) from error
    corners = np.array(numbers, np.float32).reshape(-1, 3)
    if len(corners) % 3:
        reason = f"{len(corners)} vertices do not make triangles"
        raise DamagedFileError(reason, "facets", RE_EXPORT)
    return corners
