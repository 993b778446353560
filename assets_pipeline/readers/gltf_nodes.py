"""The nodes of a glTF file, placed and hung under their parents."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from msgspec import UNSET

from assets_pipeline import causes
from assets_pipeline.errors import DamagedFileError, LimitExceededError
from assets_pipeline.gltf.document import Node
from assets_pipeline.readers.fields import Fields, picked
from assets_pipeline.readers.gltf_matrices import place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assets_pipeline.gltf.materials import Payload
    from assets_pipeline.readers.gltf_records import NodeRecord

MAX_DEPTH: Final = 256
MAX_NODES: Final = 200_000
_KEPT_AT_NODE: Final = ("KHR_lights_punctual", "KHR_node_visibility")
_UNTURNED: Final = (0.0, 0.0, 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Nodes:
    """The nodes of one file."""

    all: list[Node]
    """By their number in the file; they show nothing yet."""
    tops: list[Node]
    """What hangs in the tree for each: itself, or one above it where its matrix shears."""
    roots: list[Node]
    """Tops that hang under none."""


def read_nodes(records: list[NodeRecord]) -> Nodes:
    """Return a file's nodes.

    Raises
    ------
    DamagedFileError
        If a node has two parents, or is its own ancestor.
    LimitExceededError
        If there are more than 200,000, or the tree is deeper than 256.
    """
    nodes = [_bare(record, i) for i, record in enumerate(records)]
    tops = [
        place(node, np.array(record.matrix).reshape(4, 4).T) if record.matrix else node
        for node, record in zip(nodes, records, strict=True)
    ]
    has_parent = _join_children(records, nodes, tops)
    roots = [top for i, top in enumerate(tops) if i not in has_parent]
    added = 2 * sum(n is not top for n, top in zip(nodes, tops, strict=True))
    _check_tree(roots, len(nodes) + added)
    return Nodes(nodes, tops, roots)


def kept(extensions: Fields, names: tuple[str, ...]) -> dict[str, Payload]:
    """Return the extensions that name nothing which is renumbered."""
    return {name: extensions.values[name] for name in names if extensions.has(name)}


def unit_quaternion(values: Iterable[float]) -> tuple[float, float, float, float]:
    """Return a rotation (x, y, z, w) of length 1; of no length it turns nothing."""
    x, y, z, w = values
    length = math.hypot(x, y, z, w)
    if not length > 0:
        return _UNTURNED
    return x / length, y / length, z / length, w / length


def _bare(record: NodeRecord, i: int) -> Node:
    """Return a node where it stands, alone."""
    node = Node(None if record.name is UNSET else record.name)
    node.translation, node.scale = record.translation, record.scale
    node.rotation = unit_quaternion(record.rotation)
    if record.extensions is not UNSET:
        fields = Fields(record.extensions, f"nodes[{i}].extensions")
        node.extensions = kept(fields, _KEPT_AT_NODE)
    node.extras = record.extras
    return node


def _join_children(
    records: list[NodeRecord], nodes: list[Node], tops: list[Node]
) -> set[int]:
    """Hang each node under its parent, and return the numbers of those that have one."""
    has_parent: set[int] = set()
    for i, record in enumerate(records):
        for child in record.children:
            nodes[i].children.append(picked(tops, child, f"nodes[{i}]"))
            if child in has_parent:
                raise DamagedFileError.because(
                    causes.NODE_TWICE, f"nodes[{i}]", node=child
                )
            has_parent.add(child)
    return has_parent


def _check_tree(roots: list[Node], node_count: int) -> None:
    if node_count > MAX_NODES:
        raise LimitExceededError.because(causes.TOO_MANY, "nodes", count=node_count)
    level, seen = roots, len(roots)
    for _ in range(MAX_DEPTH):
        level = [child for node in level for child in node.children]
        seen += len(level)
        if not level:
            break
    if level:
        raise LimitExceededError.because(causes.NESTED_DEEP, "nodes", most=MAX_DEPTH)
    if seen < node_count:
        raise DamagedFileError.because(causes.NODE_IN_ITSELF, "nodes")
