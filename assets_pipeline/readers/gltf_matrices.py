"""Nodes placed by a matrix, told as translation, rotation and scale.

Most matrices are just that. One that shears is the product of two turns with a
stretch between (its singular value decomposition), so it becomes three nodes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assets_pipeline.gltf.document import Node

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from assets_pipeline.gltf.accessors import BoolArray
    from assets_pipeline.gltf.document import Matrix

Quaternion = tuple[float, float, float, float]
_SQUARE = 1e-5
"""How far from a right angle two axes may be and still count as one."""


@dataclass(frozen=True, slots=True)
class TakenApart:
    """Many matrices as translations, rotations and scales."""

    translations: Matrix
    """(n, 3) float64."""
    rotations: Matrix
    """(n, 4) float64: unit quaternions (x, y, z, w)."""
    scales: Matrix
    """(n, 3) float64; the first is negative where a matrix mirrors."""
    is_whole: BoolArray
    """(n,) bool: false where a matrix shears or flattens, and can't be told so."""


def taken_apart(matrices: Matrix) -> TakenApart:
    """Return (n, 4, 4) float64 matrices as translations, rotations and scales."""
    axes = matrices[:, :3, :3]
    scales = np.linalg.norm(axes, axis=1)
    is_solid = (scales > 0).all(axis=1)
    scales[np.linalg.det(axes) < 0, 0] *= -1
    turns = axes / np.where(scales == 0, 1, scales)[:, None]
    angles = np.abs(turns.transpose(0, 2, 1) @ turns - np.eye(3)).max(axis=(1, 2))
    return TakenApart(
        matrices[:, :3, 3], _quaternions(turns), scales, is_solid & (angles < _SQUARE)
    )


def as_placed(nodes: list[Node]) -> TakenApart:
    """Return where nodes stand under their parents."""
    translations, rotations, scales = (
        np.array([getattr(node, name) for node in nodes])
        for name in ("translation", "rotation", "scale")
    )
    return TakenApart(translations, rotations, scales, (scales != 0).all(axis=1))


def place(node: Node, matrix: Matrix) -> Node:
    """Place a node by a (4, 4) matrix and return the node to hang in the tree.

    It is `node` itself, or one above it when the matrix shears.
    """
    apart = taken_apart(np.asarray(matrix, np.float64)[None])
    if apart.is_whole[0]:
        node.translation = _three(apart.translations[0])
        node.rotation = _four(apart.rotations[0])
        node.scale = _three(apart.scales[0])
        return node
    left, stretch, right = _turns_and_stretch(matrix[:3, :3])
    node.rotation = quaternion(right)
    middle = Node(scale=_three(stretch), children=[node])
    return Node(
        name=node.name,
        translation=_three(apart.translations[0]),
        rotation=quaternion(left),
        children=[middle],
    )


class Places:
    """Places many nodes by few matrices, each taken apart once."""

    def __init__(self) -> None:
        self._known: dict[Hashable, tuple[Matrix, Node | None]] = {}

    def place(self, node: Node, key: Hashable, matrix: Callable[[], Matrix]) -> Node:
        """Place a node as `place` does, by the matrix that goes with a key."""
        if key not in self._known:
            found, model = matrix(), Node()
            is_plain = place(model, found) is model
            self._known[key] = found, model if is_plain else None
        known, plain = self._known[key]
        if plain is None:
            return place(node, known)
        node.translation, node.scale = plain.translation, plain.scale
        node.rotation = plain.rotation
        return node


def quaternion(turn: Matrix) -> Quaternion:
    """Return the unit quaternion (x, y, z, w) of a (3, 3) rotation matrix."""
    return _four(_quaternions(turn[None])[0])


def _quaternions(turns: Matrix) -> Matrix:
    """Return (n, 4) unit quaternions of (n, 3, 3) rotations."""
    # Of the four squares, the largest is the safe one to divide by.
    diagonal = np.diagonal(turns, axis1=1, axis2=2)
    trace = diagonal.sum(axis=1)
    squares = np.column_stack([2 * diagonal - trace[:, None], trace])
    sums, differences = (
        turns + turns.transpose(0, 2, 1),
        turns.transpose(0, 2, 1) - turns,
    )
    xy, xz, yz = sums[:, 0, 1], sums[:, 0, 2], sums[:, 1, 2]
    wx, wy, wz = differences[:, 1, 2], differences[:, 2, 0], differences[:, 0, 1]
    x, y, z, w = 1 + squares.T
    by_largest = np.array(
        [[x, xy, xz, wx], [xy, y, yz, wy], [xz, yz, z, wz], [wx, wy, wz, w]]
    )
    found = by_largest[squares.argmax(axis=1), :, np.arange(len(turns))]
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True))


def _turns_and_stretch(axes: Matrix) -> tuple[Matrix, Matrix, Matrix]:
    """Return rotation, scale, rotation whose product is `axes`."""
    left, stretch, right = np.linalg.svd(axes)
    if np.linalg.det(left) < 0:
        left[:, 2], stretch[2] = -left[:, 2], -stretch[2]
    if np.linalg.det(right) < 0:
        right[2], stretch[2] = -right[2], -stretch[2]
    return left, stretch, right


def _three(values: Matrix) -> tuple[float, float, float]:
    x, y, z = (float(value) for value in values)
    return x, y, z


def _four(values: Matrix) -> Quaternion:
    x, y, z, w = (float(value) for value in values)
    return x, y, z, w
