"""Rotate and scale a document to metres, +Y up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from assets_pipeline.gltf.document import Node

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assets_pipeline.gltf.document import Document

_HALF: Final = 0.5**0.5
# The front stays the front: Z-up sources look down -Y, and glTF assets down +Z.
_TURNS: Final[Mapping[str, tuple[float, float, float, float]]] = {
    "x": (0.0, 0.0, _HALF, _HALF),
    "y": (0.0, 0.0, 0.0, 1.0),
    "z": (-_HALF, 0.0, 0.0, _HALF),
}


@dataclass(frozen=True, slots=True)
class OrientOptions:
    """Length unit and up axis of the source."""

    metres_per_unit: float = 1.0
    up: Literal["x", "y", "z"] = "y"


def orient(document: Document, options: OrientOptions) -> None:
    """Put each root under a node that rotates and scales it, if it needs that.

    Joints hang under the roots, so skins and animations follow.
    """
    if options == OrientOptions():
        return
    size = options.metres_per_unit
    wrapped: dict[int, Node] = {}
    for scene in document.scenes:
        for root in scene.nodes:
            if id(root) not in wrapped:
                wrapped[id(root)] = Node(
                    name="metres, +Y up",
                    children=[root],
                    rotation=_TURNS[options.up],
                    scale=(size, size, size),
                )
        scene.nodes = [wrapped[id(root)] for root in scene.nodes]
