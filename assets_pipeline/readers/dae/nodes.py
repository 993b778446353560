"""Node transforms and skins of a COLLADA file."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.gltf.accessors import Accessor, create_accessor
from assets_pipeline.readers.dae.elements import input_offset
from assets_pipeline.readers.xml import Element, raise_damaged

if TYPE_CHECKING:
    from collections.abc import Callable

    from assets_pipeline.arrays import Float32Array, Float64Array, Int64Array, Matrix
    from assets_pipeline.readers.dae.elements import Library


_FARTHEST: Final = 1e12
_INFLUENCES = 4
_MATRIX_NUMBERS = 16


@dataclass(frozen=True, slots=True, eq=False)
class Transform:
    """One transform element of a node."""

    sid: str
    """What animations name it by; may be empty."""
    tag: str
    numbers: Float64Array

    def matrix(self, numbers: Float64Array) -> Matrix:
        """Return its (4, 4) matrix for other numbers, as an animation gives them."""
        return _TRANSFORMS[self.tag][1](numbers)


def read_transforms(node: Element) -> list[Transform]:
    """Return the transforms of a node, in the order in which they multiply.

    Raises
    ------
    DamagedFileError
        If one has too few numbers.
    """
    found = []
    for element in node.find_all(*_TRANSFORMS):
        width = _TRANSFORMS[element.tag][0]
        numbers = element.numbers()
        if len(numbers) < width or not (np.abs(numbers) < _FARTHEST).all():
            raise_damaged(
                element, f"a {element.tag} of {len(numbers)} numbers, not {width}"
            )
        sid = element.attributes.get("sid", "")
        found.append(Transform(sid, element.tag, numbers[:width]))
    return found


def local_matrix(node: Element) -> Matrix:
    """Return the (4, 4) matrix from a node's frame to its parent's.

    Raises
    ------
    DamagedFileError
        If a transform has too few numbers.
    """
    found = np.eye(4)
    for transform in read_transforms(node):
        found = found @ transform.matrix(transform.numbers)
    return found


def matrix_from_rows(numbers: Float64Array) -> Matrix:
    """Return a (4, 4) matrix from 16 numbers row by row, its last row repaired."""
    found = numbers[:16].reshape(4, 4).copy()
    found[3] = (0, 0, 0, 1)
    return found


def _translate_matrix(numbers: Float64Array) -> Matrix:
    found = np.eye(4)
    found[:3, 3] = numbers[:3]
    return found


def _scale_matrix(numbers: Float64Array) -> Matrix:
    return np.diag([*numbers[:3], 1.0])


def _rotate_matrix(numbers: Float64Array) -> Matrix:
    """Return the turn about an axis by an angle in degrees (Rodrigues)."""
    axis, angle = numbers[:3], math.radians(numbers[3])
    length = float(np.linalg.norm(axis))
    found = np.eye(4)
    if length > 0:
        x, y, z = axis / length
        cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
        found[:3, :3] += math.sin(angle) * cross + (1 - math.cos(angle)) * cross @ cross
    return found


def _look_at_matrix(numbers: Float64Array) -> Matrix:
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


def _skew_matrix(numbers: Float64Array) -> Matrix:
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


_TRANSFORMS: Final[dict[str, tuple[int, Callable[[Float64Array], Matrix]]]] = {
    "matrix": (16, matrix_from_rows),
    "translate": (3, _translate_matrix),
    "rotate": (4, _rotate_matrix),
    "scale": (3, _scale_matrix),
    "lookat": (9, _look_at_matrix),
    "skew": (7, _skew_matrix),
}


@dataclass(frozen=True, slots=True, eq=False)
class SkinBinding:
    """The joints of a skin and their weights for each position of its geometry."""

    joints: tuple[str, ...]
    """Names: the ``sid`` or the ``id`` of nodes."""
    inverses: Float64Array
    """(j, 4, 4), to each joint's frame."""
    rest: Matrix
    """(4, 4), from the geometry's frame to where it is bound."""
    held_by: Int64Array
    """(n, 4) the strongest joints of each position."""
    weights: Float64Array
    """(n, 4), their sum 1."""

    @property
    def inverse_matrices(self) -> Float32Array:
        """(j, 16) float32, from the geometry's frame to each joint's, column by column."""
        whole = self.inverses @ self.rest
        whole[:, 3] = (0, 0, 0, 1)
        turned = whole.transpose(0, 2, 1).reshape(-1, _MATRIX_NUMBERS)
        return turned.astype(np.float32)

    def moved(self, middle: tuple[float, float, float]) -> SkinBinding:
        """Return the binding for positions that had an offset subtracted."""
        shift = np.eye(4)
        shift[:3, 3] = middle
        return replace(self, rest=self.rest @ shift)

    def attributes(self, vertices: Int64Array) -> dict[str, Accessor]:
        """Return JOINTS_0 and WEIGHTS_0 of corners, by their positions' indices."""
        rows = np.minimum(vertices, len(self.weights) - 1)
        return {
            "JOINTS_0": create_accessor(self.held_by[rows].astype(np.uint16)),
            "WEIGHTS_0": create_accessor(self.weights[rows].astype(np.float32)),
        }


def read_binding(skin: Element, library: Library) -> SkinBinding | None:
    """Return the joints and weights of a ``skin``; None if it has none.

    Raises
    ------
    DamagedFileError
        If numbers are missing, or name others that are.
    """
    joints, told = skin.find("joints"), skin.find("vertex_weights")
    if joints is None or told is None:
        return None
    names = _names(joints, library)
    inverse = _source(joints, "INV_BIND_MATRIX", library)
    table = library.table(inverse) if inverse else None
    if table is None or table.shape != (len(names), _MATRIX_NUMBERS) or not len(names):
        raise_damaged(joints, f"{len(names)} joints, and not as many matrices")
    shape = skin.find("bind_shape_matrix")
    numbers = shape.numbers() if shape else np.eye(4).ravel()
    if len(numbers) < _MATRIX_NUMBERS:
        raise_damaged(skin, f"a bind_shape_matrix of {len(numbers)} numbers, not 16")
    held_by, weights = _keep_strongest(told, len(names), library)
    if not len(weights):
        return None
    inverses = np.stack([matrix_from_rows(row) for row in table])
    return SkinBinding(names, inverses, matrix_from_rows(numbers), held_by, weights)


def _names(joints: Element, library: Library) -> tuple[str, ...]:
    source = _source(joints, "JOINT", library)
    held = (
        next(iter(source.find_all("Name_array", "IDREF_array")), None)
        if source
        else None
    )
    return tuple(held.text.split()) if held else ()


def _source(element: Element, semantic: str, library: Library) -> Element | None:
    for child in element.find_all("input"):
        if child.attributes.get("semantic") == semantic:
            return library.find_reference(child, "source", "source")
    return None


def _keep_strongest(
    told: Element, joint_count: int, library: Library
) -> tuple[Int64Array, Float64Array]:
    """Return the four strongest joints of each position, and their weights."""
    listed = told.find("vcount")
    counts = listed.integers() if listed else np.zeros(0, np.int64)
    table, joints, chosen = _pairs(told, library)
    # One by one first: a sum of such counts may come round to 0.
    if len(counts) and not 0 <= counts.min() <= counts.max() <= len(joints):
        raise_damaged(told, f"a vertex of {counts.max()} weights, {len(joints)} there")
    total = int(counts.sum())
    if total > len(joints):
        raise_damaged(told, f"{total} weights announced, {len(joints)} there")
    joints, chosen = joints[:total], chosen[:total]
    if total and (
        joints.max() >= joint_count
        or not 0 <= chosen.min() <= chosen.max() < len(table)
    ):
        raise_damaged(told, "a vertex names a joint or a weight that is not there")
    owner = np.repeat(np.arange(len(counts)), counts)
    strength = np.where(joints < 0, 0, table[chosen])  # -1: the shape at rest
    order = np.lexsort((-strength, owner))
    rank = np.arange(total) - np.repeat(np.cumsum(counts) - counts, counts)
    is_kept = rank < _INFLUENCES
    kept = order[is_kept]
    held_by = np.zeros((len(counts), _INFLUENCES), np.int64)
    weights = np.zeros((len(counts), _INFLUENCES))
    held_by[owner[kept], rank[is_kept]] = np.maximum(joints[kept], 0)
    weights[owner[kept], rank[is_kept]] = np.maximum(strength[kept], 0)
    sums = weights.sum(axis=1, keepdims=True)
    weights = np.where(sums > 0, weights / np.where(sums > 0, sums, 1), [1, 0, 0, 0])
    return np.where(weights > 0, held_by, 0), weights


def _pairs(
    told: Element, library: Library
) -> tuple[Float64Array, Int64Array, Int64Array]:
    """Return the weights of a source, and the joint and the weight that each pair names."""
    inputs = {
        child.attributes.get("semantic", ""): child for child in told.find_all("input")
    }
    joint, weight = inputs.get("JOINT"), inputs.get("WEIGHT")
    if joint is None or weight is None:
        raise_damaged(told, "weights are not told in pairs of a joint and a weight")
    listed = told.find("v")
    numbers = listed.integers() if listed else np.zeros(0, np.int64)
    stride = 1 + max(input_offset(child) for child in inputs.values())
    rows = numbers[: len(numbers) // stride * stride].reshape(-1, stride)
    table = library.table(library.find_reference(weight, "source", "source"))[:, 0]
    return table, rows[:, input_offset(joint)], rows[:, input_offset(weight)]
