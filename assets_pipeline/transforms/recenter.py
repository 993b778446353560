"""Move a model that stands far from its file's origin to the origin.

Placed by its origin, a survey in Lambert 93 would be shown 6,800 km from its visitor.
Each node is moved where its own place is far, so that no two large numbers stand one
above the other for a viewer to take from each other in 32 bits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.errors import causes
from assets_pipeline.errors.exceptions import UnsupportedFormatError
from assets_pipeline.gltf import extents as bounds
from assets_pipeline.gltf.document import Node

if TYPE_CHECKING:
    from assets_pipeline.arrays import Float64Array, Matrix
    from assets_pipeline.gltf.document import Document, Primitive
    from assets_pipeline.gltf.extents import Point
    from tours.bundle import Extents


_SMALLEST_DETAIL: Final = 1 / 1000
"""Of an object's size: steps above this show as stairs."""
_MANY: Final = 250
"""Vertices; fewer may well stand at round numbers."""
_WHOLE: Final = 1e-4


def recenter(document: Document, extents: Extents) -> Point | None:
    """Move all scenes so that the shown one's foot is the origin, if it is far.

    Parameters
    ----------
    document
        In metres, +Y up.
    extents
        Of its shown scene.

    Returns
    -------
    Where the foot was, None where it stays.

    Raises
    ------
    UnsupportedFormatError
        If its positions were written so far away that 32 bits lost their decimals.
    """
    foot = bounds.find_far_foot(extents)
    if foot is None:
        return None
    _check_precision(document, extents)
    animated = {
        id(channel.node)
        for animation in document.animations
        for channel in animation.channels
    }
    done: dict[int, Node] = {}
    for scene in document.scenes:
        for root in scene.nodes:
            if id(root) not in done:
                done[id(root)] = _translate_roots(
                    root, np.array(foot, np.float64), animated
                )
        scene.nodes = [done[id(root)] for root in scene.nodes]
    return foot


def _translate_roots(node: Node, by: Float64Array, animated: set[int]) -> Node:
    """Move a node by so much less in its parent's frame; return what hangs there now."""
    if id(node) in animated:
        x, y, z = (-float(along) for along in by)
        return Node(name="origin at the foot", children=[node], translation=(x, y, z))
    place = np.array(node.translation)
    turn = node.local_matrix[:3, :3]
    is_passed_on = (
        node.children
        and node.mesh is None
        and np.linalg.norm(place - by) > np.linalg.norm(place)
        and abs(np.linalg.det(turn)) > 0
    )
    if is_passed_on:
        within = np.asarray(np.linalg.solve(turn, by), np.float64)
        node.children = [
            _translate_roots(child, within, animated) for child in node.children
        ]
        return node
    x, y, z = (float(along) for along in place - by)
    node.translation = x, y, z
    return node


def _check_precision(document: Document, extents: Extents) -> None:
    """Raise where positions stand on a grid that shows."""
    most_m = _SMALLEST_DETAIL * max(extents.size_m)
    for node, world in document.shown_nodes_with_matrices():
        if node.mesh is None or node.skin is not None:
            continue
        for primitive in node.mesh.primitives:
            step_m = _step_m(primitive, world)
            if step_m > most_m:
                step = f"{100 * step_m:.2g} cm"
                raise UnsupportedFormatError.from_cause(
                    causes.PRECISION_LOST_FAR_FROM_ORIGIN, "POSITION", step=step
                )


def _step_m(primitive: Primitive, world: Matrix) -> float:
    """Return the grid that positions stand on as numbers of 32 bits would; else 0.

    A reader may have parted them from where they stand: they are tried on the grid of
    the numbers that their file held.
    """
    positions = primitive.positions.astype(np.float64)
    turn = world[:3, :3]
    if len(positions) < _MANY or np.linalg.det(turn) == 0:
        return 0.0
    written = np.abs(positions + np.linalg.solve(turn, world[:3, 3])).max(axis=0)
    grid = np.spacing(written.astype(np.float32)).astype(np.float64)
    steps = (positions - positions[0]) / grid
    is_on_it = (np.abs(steps - np.round(steps)) < _WHOLE).all(axis=0)
    return float((grid * np.linalg.norm(turn, axis=0) * is_on_it).max())
