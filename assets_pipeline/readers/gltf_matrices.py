"""Nodes placed by a matrix, told as translation, rotation and scale.

Most matrices are just that. One that shears is the product of two turns with a
stretch between (its singular value decomposition), so it becomes three nodes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assets_pipeline.gltf.document import Node

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from assets_pipeline.gltf.document import Matrix

Quaternion = tuple[float, float, float, float]
_SQUARE = 1e-5
"""How far from a right angle two axes may be and still count as one."""


def place(node: Node, matrix: Matrix) -> Node:
    """Place a node by a (4, 4) matrix and return the node to hang in the tree.

    It is `node` itself, or one above it when the matrix shears.
    """
    x, y, z = (float(value) for value in matrix[:3, 3])
    axes = matrix[:3, :3]
    lengths = np.linalg.norm(axes, axis=0)
    if (lengths > 0).all():
        if np.linalg.det(axes) < 0:
            lengths[0] = -lengths[0]
        turn = axes / lengths
        if np.abs(turn.T @ turn - np.eye(3)).max() < _SQUARE:
            node.translation, node.rotation = (x, y, z), quaternion(turn)
            node.scale = _three(lengths)
            return node
    left, stretch, right = _turns_and_stretch(axes)
    node.rotation = quaternion(right)
    middle = Node(scale=_three(stretch), children=[node])
    return Node(
        name=node.name,
        translation=(x, y, z),
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
    # Of the four squares, the largest is the safe one to divide by.
    trace = float(np.trace(turn))
    squares = [*(float(turn[i, i]) * 2 - trace for i in range(3)), trace]
    largest = int(np.argmax(squares))
    found = np.zeros(4)
    found[largest] = 1 + squares[largest]
    if largest == 3:  # noqa: PLR2004  # w
        found[0] = turn[2, 1] - turn[1, 2]
        found[1] = turn[0, 2] - turn[2, 0]
        found[2] = turn[1, 0] - turn[0, 1]
    else:
        i, j, k = largest, (largest + 1) % 3, (largest + 2) % 3
        found[j] = turn[j, i] + turn[i, j]
        found[k] = turn[k, i] + turn[i, k]
        found[3] = turn[k, j] - turn[j, k]
    x, y, z, w = (float(value) for value in found / np.linalg.norm(found))
    return x, y, z, w


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
