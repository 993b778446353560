"""Where the nodes of a COLLADA file stand: their transforms, one after another, as a matrix."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.readers.xml_trees import Element, refuse

if TYPE_CHECKING:
    from collections.abc import Callable

    from assets_pipeline.gltf.document import Matrix
    from assets_pipeline.gltf.geometry import Doubles

_FARTHEST: Final = 1e12


@dataclass(frozen=True, slots=True, eq=False)
class Transform:
    """One step of where a node stands."""

    sid: str
    """What animations name it by; may be empty."""
    tag: str
    numbers: Doubles

    def matrix(self, numbers: Doubles) -> Matrix:
        """Return its (4, 4) matrix with other numbers."""
        return _TRANSFORMS[self.tag][1](numbers)


def transforms_of(node: Element) -> list[Transform]:
    """Return the transforms of a node, in the order that they multiply.

    Raises
    ------
    DamagedFileError
        If one has too few numbers.
    """
    found = []
    for element in node.all(*_TRANSFORMS):
        width = _TRANSFORMS[element.tag][0]
        numbers = element.numbers()
        if len(numbers) < width or not (np.abs(numbers) < _FARTHEST).all():
            refuse(element, f"a {element.tag} of {len(numbers)} numbers, not {width}")
        sid = element.attributes.get("sid", "")
        found.append(Transform(sid, element.tag, numbers[:width]))
    return found


def local_matrix(node: Element) -> Matrix:
    """Return the (4, 4) matrix from a node's frame to its parent's, for column vectors.

    Raises
    ------
    DamagedFileError
        If a transform has too few numbers.
    """
    found = np.eye(4)
    for transform in transforms_of(node):
        found = found @ transform.matrix(transform.numbers)
    return found


def square(numbers: Doubles) -> Matrix:
    """Return a matrix that is written row by row; its last row is what it must be."""
    found = numbers[:16].reshape(4, 4).copy()
    found[3] = (0, 0, 0, 1)
    return found


def _moved(numbers: Doubles) -> Matrix:
    found = np.eye(4)
    found[:3, 3] = numbers[:3]
    return found


def _scaled(numbers: Doubles) -> Matrix:
    return np.diag([*numbers[:3], 1.0])


def _turned(numbers: Doubles) -> Matrix:
    """Return the turn about an axis by an angle in degrees (Rodrigues)."""
    axis, angle = numbers[:3], math.radians(numbers[3])
    length = float(np.linalg.norm(axis))
    found = np.eye(4)
    if length > 0:
        x, y, z = axis / length
        cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
        found[:3, :3] += math.sin(angle) * cross + (1 - math.cos(angle)) * cross @ cross
    return found


def _looking(numbers: Doubles) -> Matrix:
    """Return the frame of one who stands at the first point and looks at the second."""
    eye, target, up = numbers[:3], numbers[3:6], numbers[6:9]
    back = eye - target
    right = np.cross(up, back)
    found = np.eye(4)
    lengths = np.linalg.norm(back), np.linalg.norm(right)
    if min(lengths) > 0:
        back, right = back / lengths[0], right / lengths[1]
        found[:3, :3] = np.stack([right, np.cross(back, right), back], axis=1)
    found[:3, 3] = eye
    return found


def _skewed(numbers: Doubles) -> Matrix:
    """Return the shear by an angle of the second axis towards the first (RenderMan's)."""
    turning, along = numbers[1:4], numbers[4:7]
    found = np.eye(4)
    length = float(np.linalg.norm(along))
    if length > 0 and abs(numbers[0]) < 89:  # noqa: PLR2004  # degrees: beyond, all is flat
        along = along / length
        across = turning - (turning @ along) * along
        size = float(np.linalg.norm(across))
        if size > 0:
            tangent = math.tan(math.radians(numbers[0]))
            found[:3, :3] += tangent * np.outer(along, across / size)
    return found


_TRANSFORMS: Final[dict[str, tuple[int, Callable[[Doubles], Matrix]]]] = {
    "matrix": (16, square),
    "translate": (3, _moved),
    "rotate": (4, _turned),
    "scale": (3, _scaled),
    "lookat": (9, _looking),
    "skew": (7, _skewed),
}
