"""Strip names from a document, and round transforms to few digits."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assets_pipeline.gltf.document import Document, Node


@dataclass(frozen=True, slots=True)
class StripNamesOptions:
    """Digits that transforms keep."""

    turn_digits: int = 7
    """After the point, of rotations: a part in ten million, as float32 has it."""
    size_digits: int = 8
    """Significant, of scales."""
    place_digits: int = 10
    """Significant, of the largest part of a translation: maps have coordinates of seven
    digits, and what stands there must keep its millimetres."""


def strip_names(document: Document, options: StripNamesOptions | None = None) -> None:
    """Remove names of nodes, meshes, skins and animations; round transforms."""
    options = options or StripNamesOptions()
    for node in document.nodes():
        node.name = None
        if not node.instances:  # many places rest on one size
            _round(node, options)
    for mesh in document.meshes():
        mesh.name = None
    for skin in document.skins():
        skin.name = None
    for animation in document.animations:
        animation.name = None


def _round(node: Node, options: StripNamesOptions) -> None:
    x, y, z, w = [round(part, options.turn_digits) + 0.0 for part in node.rotation]
    node.rotation = (x, y, z, w)
    x, y, z = [float(f"{part:.{options.size_digits}g}") for part in node.scale]
    node.scale = (x, y, z)
    largest = max(map(abs, node.translation))
    if largest > 0:
        digits = options.place_digits - 1 - math.floor(math.log10(largest))
        x, y, z = [round(part, digits) + 0.0 for part in node.translation]
        node.translation = (x, y, z)
