"""Draw a mesh that still nodes repeat at once (EXT_mesh_gpu_instancing)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.gltf.accessors import accessor
from assets_pipeline.gltf.document import Node
from assets_pipeline.readers.gltf_matrices import taken_apart
from assets_pipeline.transforms.prune import drop_empty_nodes
from assets_pipeline.transforms.still import repeats

if TYPE_CHECKING:
    import numpy.typing as npt

    from assets_pipeline.gltf.document import Document
    from assets_pipeline.readers.gltf_matrices import TakenApart

    Doubles = npt.NDArray[np.float64]

_NO_MIRROR: Final = np.eye(4)
_MIRROR: Final = np.diag([-1.0, 1.0, 1.0, 1.0])
_ALIKE: Final = 1e-6
"""Of a scale: float32 tells no more."""


@dataclass(frozen=True, slots=True)
class InstanceOptions:
    """From when on repeats are drawn at once."""

    least_uses: int = 4
    """Fewer take more bytes of JSON as instances than as nodes."""


def instance(document: Document, options: InstanceOptions | None = None) -> None:
    """Show each mesh that still nodes repeat through one node and its instances.

    What is skinned, morphed, animated, hidden, see-through, sheared or in several scenes
    stays a node. The last change to the tree: other transforms, and
    what measures places, don't know instances.
    """
    chosen = options or InstanceOptions()
    if len(document.scenes) > 1:
        return
    for pairs in repeats(document).values():
        nodes = [node for node, _ in pairs]
        mesh = nodes[0].mesh
        worlds = np.array([world for _, world in pairs])
        # Viewers turn a whole draw call inside out or nothing of it.
        for mirror in (_NO_MIRROR, _MIRROR):
            apart = taken_apart(mirror @ worlds)
            alike = np.flatnonzero(apart.is_whole & (apart.scales > 0).all(axis=1))
            if len(alike) >= chosen.least_uses:
                together = _together(apart, alike)
                x, y, z = together.scale
                together.scale = (x * float(mirror[0, 0]), y, z)
                together.mesh = mesh
                for i in alike:
                    nodes[i].mesh = None
                document.scene.nodes.append(together)
    drop_empty_nodes(document)


def _together(apart: TakenApart, rows: npt.NDArray[np.intp]) -> Node:
    """Return one node with an instance for each place, near ones beside each other.

    It takes the greatest scale, and with it the grid of quantized positions: where all
    are equally large, instances need none of their own. Where they do, it takes a power
    of two, and nothing is rounded.
    """
    scales, turns = apart.scales[rows], apart.rotations[rows]
    largest = float(scales.max())
    is_alike = bool((np.abs(scales / largest - 1) <= _ALIKE).all())
    largest = largest if is_alike else 2.0 ** math.floor(math.log2(largest))
    places = apart.translations[rows] / largest
    turns *= np.where(turns[:, 3:] < 0, -1, 1)  # q and -q turn alike
    order = _nearest_first(places)
    columns: dict[str, Doubles] = {"TRANSLATION": places}
    if (np.abs(turns[:, :3]) > _ALIKE).any():
        columns["ROTATION"] = turns
    if not is_alike:
        columns["SCALE"] = scales / largest
    return Node(
        scale=(largest, largest, largest),
        instances={
            name: accessor(values[order].astype(np.float32))
            for name, values in columns.items()
        },
    )


def _nearest_first(places: Doubles) -> npt.NDArray[np.intp]:
    """Return an order along a Z-curve (Morton, 1966): neighbours differ in few bits."""
    least, size = places.min(axis=0), np.ptp(places, axis=0).max()
    cells = ((places - least) / (size or 1.0) * 1023).astype(np.uint32)
    keys = np.zeros(len(places), np.uint32)
    for bit in range(10):
        for axis in range(3):
            keys |= ((cells[:, axis] >> bit) & 1) << (3 * bit + axis)
    return np.argsort(keys, kind="stable")
