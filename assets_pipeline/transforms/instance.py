"""Draw meshes that static nodes repeat by EXT_mesh_gpu_instancing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.document import Node
from assets_pipeline.readers.gltf.nodes import decompose_matrices, node_transforms
from assets_pipeline.transforms.prune import drop_empty_nodes
from assets_pipeline.transforms.static_meshes import static_nodes_by_mesh

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assets_pipeline.arrays import Float64Array, IntpArray, Matrix
    from assets_pipeline.gltf.document import Document
    from assets_pipeline.readers.gltf.nodes import Decomposed


_AS_IT_IS: Final = np.eye(4)
_MIRROR: Final = np.diag([-1.0, 1.0, 1.0, 1.0])
_ALIKE: Final = 1e-6
"""Of a scale: float32 tells no more."""


@dataclass(frozen=True, slots=True)
class InstanceOptions:
    """How often a mesh must be repeated to be instanced."""

    least_uses: int = 4
    """Fewer take more bytes of JSON as instances than as nodes."""


def instance(document: Document, options: InstanceOptions | None = None) -> None:
    """Replace static nodes that repeat a mesh by one node with instances.

    What is skinned, morphed, animated, hidden, see-through, sheared or in several scenes
    stays a node. The last change to the tree: other transforms, and
    what measures places, don't know instances.
    """
    chosen = options or InstanceOptions()
    if len(document.scenes) > 1:
        return
    stage = _Stage(document)
    for nodes in static_nodes_by_mesh(document).values():
        if len(nodes) >= chosen.least_uses:
            for placing in stage.placings(nodes):
                _instance_meshes(placing, document, chosen)
    drop_empty_nodes(document)


@dataclass(frozen=True, slots=True)
class _Placement:
    """Where some nodes stand, that are drawn the same side out."""

    nodes: list[Node]
    decomposed: Decomposed
    """In a scene that is mirrored along x where they mirror what they show."""
    is_mirrored: bool


class _Stage:
    """The shown scene before anything is gathered."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._tops = set(map(id, document.scene.nodes))

    def placings(self, nodes: list[Node]) -> Iterator[_Placement]:
        """Yield nodes of one mesh: viewers turn a whole draw call inside out or nothing."""
        if all(id(node) in self._tops and min(node.scale) > 0 for node in nodes):
            yield _Placement(nodes, node_transforms(nodes), is_mirrored=False)
            return
        worlds = np.array([self._worlds[id(node)] for node in nodes])
        mirrors = np.linalg.det(worlds) < 0
        for is_mirrored, scene in ((False, _AS_IT_IS), (True, _MIRROR)):
            rows = np.flatnonzero(mirrors == is_mirrored)
            if len(rows):
                found = [nodes[row] for row in rows]
                yield _Placement(
                    found, decompose_matrices(scene @ worlds[rows]), is_mirrored
                )

    @cached_property
    def _worlds(self) -> dict[int, Matrix]:
        return {
            id(node): world
            for node, world in self._document.shown_nodes_with_matrices()
        }


def _instance_meshes(
    placing: _Placement, document: Document, options: InstanceOptions
) -> None:
    """Put one node in place of many where there are enough."""
    whole = np.flatnonzero(placing.decomposed.is_decomposable)
    if len(whole) < options.least_uses:
        return
    together = _create_instances(placing.decomposed, whole)
    together.mesh = placing.nodes[0].mesh
    if placing.is_mirrored:
        x, y, z = together.scale
        together.scale = (-x, y, z)
    for i in whole.tolist():
        placing.nodes[i].mesh = None
    document.scene.nodes.append(together)


def _create_instances(decomposed: Decomposed, rows: IntpArray) -> Node:
    """Return one node with an instance for each place, near ones beside each other.

    It takes the greatest scale, and with it the grid of quantized positions: where all
    are equally large, instances need none of their own. Where they do, it takes a power
    of two, and nothing is rounded.
    """
    scales, turns = decomposed.scales[rows], decomposed.rotations[rows]
    largest = float(scales.max())
    is_alike = bool((np.abs(scales / largest - 1) <= _ALIKE).all())
    largest = largest if is_alike else 2.0 ** math.floor(math.log2(largest))
    places = decomposed.translations[rows] / largest
    turns *= np.where(turns[:, 3:] < 0, -1, 1)  # q and -q turn alike
    order = _sort_by_distance(places)
    columns: dict[str, Float64Array] = {"TRANSLATION": places}
    if (np.abs(turns[:, :3]) > _ALIKE).any():
        columns["ROTATION"] = turns
    if not is_alike:
        columns["SCALE"] = scales / largest
    return Node(
        scale=(largest, largest, largest),
        instances={
            name: create_accessor(values[order].astype(np.float32))
            for name, values in columns.items()
        },
    )


def _sort_by_distance(places: Float64Array) -> IntpArray:
    """Return an order along a Z-curve (Morton, 1966): neighbours differ in few bits."""
    least, size = places.min(axis=0), np.ptp(places, axis=0).max()
    cells = ((places - least) / (size or 1.0) * 1023).astype(np.uint32)
    keys = np.zeros(len(places), np.uint32)
    for bit in range(10):
        for axis in range(3):
            keys |= ((cells[:, axis] >> bit) & 1) << (3 * bit + axis)
    return np.argsort(keys, kind="stable")
