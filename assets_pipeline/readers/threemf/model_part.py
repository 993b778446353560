"""Parse one part of a 3MF package: its unit, resources and meshes."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.errors.exceptions import RE_EXPORT, DamagedFileError
from assets_pipeline.readers.xml import Element, parse_xml, raise_damaged

if TYPE_CHECKING:
    from assets_pipeline.arrays import Float64Array, Int64Array, Matrix

METRES: Final = {
    "micron": 1e-6,
    "millimeter": 1e-3,
    "centimeter": 1e-2,
    "inch": 0.0254,
    "foot": 0.3048,
    "meter": 1.0,
}
NONE: Final = -1
_COLOR: Final = re.compile(r"#([0-9A-Fa-f]{6})([0-9A-Fa-f]{2})?")
_MATRIX_NUMBERS: Final = 12
_FARTHEST: Final = 1e9
_UNREAD: Final = ("slicestack", "beamlattice")
"""With vertices of their own, and more elements than a tree holds."""
_WHOLE: Final = re.compile(r"\d{1,10}", re.ASCII)


@dataclass(slots=True, eq=False)
class ModelPart:
    """One ``.model`` part of a package."""

    unit: str
    resources: dict[int, Element]
    """Objects and groups of properties, by number."""
    items: list[Element]
    """Of the build."""
    shapes: dict[Element, PartMesh]
    """By their ``mesh`` element."""


@dataclass(slots=True, eq=False)
class PartMesh:
    """The triangles of one mesh."""

    places: array[float] = field(default_factory=lambda: array("d"))
    rows: array[int] = field(default_factory=lambda: array("q"))
    """Seven a triangle: vertices, group of properties, and its three entries."""

    @property
    def positions(self) -> Float64Array:
        """(n, 3) float64, in the file's unit."""
        return np.array(self.places, np.float64).reshape(-1, 3)

    @property
    def triangles(self) -> Int64Array:
        """(m, 7) int64, as `rows`; `NONE` for what the triangle does not say."""
        return np.array(self.rows, np.int64).reshape(-1, 7)


def read_part(content: bytes) -> ModelPart:
    """Return the parsed content of a part.

    Raises
    ------
    AssetError
        A subclass that names the cause.
    """
    leaves = _MeshCollector()
    root = parse_xml(content, leaves.take)
    unit = root.attributes.get("unit", "millimeter").lower()
    if root.tag != "model" or unit not in METRES:
        raise_damaged(root, f"a model in {unit!r} is none that 3MF knows")
    resources = root.find("resources")
    build = root.find("build")
    held = resources.children if resources else []
    return ModelPart(
        unit,
        {read_integer(e, "id"): e for e in held if "id" in e.attributes},
        build.find_all("item") if build else [],
        leaves.shapes,
    )


class _MeshCollector:
    """Takes vertices and triangles out of the XML as they pass by."""

    def __init__(self) -> None:
        self.shapes: dict[Element, PartMesh] = {}
        self._mesh: Element | None = None

    def take(self, around: Element, tag: str, attributes: dict[str, str]) -> bool:
        """Return whether an element was a vertex or a triangle, or is left out whole."""
        if tag in _UNREAD:
            return True
        if tag == "vertex" and around.tag == "vertices":
            self._shape().places.extend(_three(around, attributes))
            return True
        if tag == "triangle" and around.tag == "triangles":
            self._shape().rows.extend(_triangle(around, attributes))
            return True
        if around.tag == "mesh" and self._mesh is not around:
            self._mesh = around
            self.shapes[around] = PartMesh()
        return False

    def _shape(self) -> PartMesh:
        if self._mesh is None:
            reason = "vertices stand outside a mesh"
            raise DamagedFileError(reason, "mesh", RE_EXPORT)
        return self.shapes[self._mesh]


def _three(around: Element, attributes: dict[str, str]) -> list[float]:
    try:
        x, y, z = (float(attributes[name]) for name in "xyz")
    except (KeyError, ValueError):
        raise_damaged(around, f"{str(attributes)[:60]} is no vertex")
    if not all(abs(value) < _FARTHEST for value in (x, y, z)):
        raise_damaged(around, "positions hold numbers that are not finite")
    return [x, y, z]


def _triangle(around: Element, attributes: dict[str, str]) -> list[int]:
    try:
        corners = [int(attributes[name]) for name in ("v1", "v2", "v3")]
        group = int(attributes.get("pid", NONE))
        first = int(attributes.get("p1", NONE))
        others = [int(attributes.get(name, first)) for name in ("p2", "p3")]
        row = [*corners, group, first, *others]
        array("q", row)
    except (KeyError, ValueError, OverflowError):
        raise_damaged(around, f"{str(attributes)[:60]} is no triangle")
    return row


def read_integer(element: Element, name: str) -> int:
    """Return the value of an attribute as an integer."""
    text = element.attributes.get(name, "")
    if not _WHOLE.fullmatch(text):
        raise_damaged(element, f"{name}={text[:40]!r} is not a number of the file")
    return int(text)


def read_integers(element: Element, name: str) -> list[int]:
    """Return the integers of an attribute, separated by spaces."""
    words = element.attributes.get(name, "").split()
    if not all(_WHOLE.fullmatch(word) for word in words):
        raise_damaged(element, f"{name} holds something else than numbers")
    return [int(word) for word in words]


def read_floats(element: Element, name: str) -> list[float]:
    """Return the numbers of an attribute, separated by spaces."""
    try:
        found = [float(word) for word in element.attributes.get(name, "").split()]
    except ValueError:
        raise_damaged(element, f"{name} holds something else than numbers")
    if not all(abs(value) < _FARTHEST for value in found):
        raise_damaged(element, f"{name} holds numbers that are not finite")
    return found


def read_color(element: Element, name: str) -> tuple[float, float, float, float]:
    """Return an sRGB colour with alpha, each from 0 to 1; white if absent."""
    text = element.attributes.get(name, "#FFFFFF").strip()
    found = _COLOR.fullmatch(text)
    if found is None:
        raise_damaged(element, f"{name}={text[:40]!r} is not a colour like #RRGGBB")
    red, green, blue = bytes.fromhex(found[1])
    alpha = int(found[2], 16) if found[2] else 255
    return red / 255, green / 255, blue / 255, alpha / 255


def read_matrix(element: Element) -> Matrix:
    """Return the (4, 4) matrix of an element's ``transform``, for column vectors."""
    found = np.eye(4)
    values = read_floats(element, "transform")
    if values:
        if len(values) != _MATRIX_NUMBERS:
            raise_damaged(element, f"a transform of {len(values)} numbers, not 12")
        found[:3, :] = np.array(values).reshape(4, 3).T
    return found
