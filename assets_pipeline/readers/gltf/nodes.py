"""Read the node hierarchy of a glTF file; decompose matrices; repair skeletons."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from msgspec import UNSET

from assets_pipeline.errors import causes
from assets_pipeline.errors.exceptions import DamagedFileError, LimitExceededError
from assets_pipeline.gltf.document import Node, traverse
from assets_pipeline.readers.json_fields import Fields, get_item

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from assets_pipeline.arrays import BoolArray, Matrix
    from assets_pipeline.gltf.document import Scene, Skin
    from assets_pipeline.gltf.materials import Payload
    from assets_pipeline.readers.gltf.records import NodeRecord

MAX_DEPTH: Final = 256
MAX_NODES: Final = 200_000
_KEPT_AT_NODE: Final = ("KHR_lights_punctual", "KHR_node_visibility")
_UNTURNED: Final = (0.0, 0.0, 0.0, 1.0)
Quaternion = tuple[float, float, float, float]
_SQUARE = 1e-5
"""How far from a right angle two axes may be and still count as one."""


@dataclass(frozen=True, slots=True)
class Nodes:
    """The nodes of one glTF file."""

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
    nodes = [_create_node(record, i) for i, record in enumerate(records)]
    tops = [
        set_matrix(node, np.array(record.matrix).reshape(4, 4).T)
        if record.matrix
        else node
        for node, record in zip(nodes, records, strict=True)
    ]
    has_parent = _join_children(records, nodes, tops)
    roots = [top for i, top in enumerate(tops) if i not in has_parent]
    added = 2 * sum(n is not top for n, top in zip(nodes, tops, strict=True))
    _check_tree(roots, len(nodes) + added)
    return Nodes(nodes, tops, roots)


def keep_extensions(extensions: Fields, names: tuple[str, ...]) -> dict[str, Payload]:
    """Return the extensions that hold no index into the file."""
    return {name: extensions.values[name] for name in names if extensions.has(name)}


def unit_quaternion(values: Iterable[float]) -> tuple[float, float, float, float]:
    """Return a normalized quaternion (x, y, z, w); identity for one of length 0."""
    x, y, z, w = values
    length = math.hypot(x, y, z, w)
    if not length > 0:
        return _UNTURNED
    return x / length, y / length, z / length, w / length


def _create_node(record: NodeRecord, i: int) -> Node:
    """Return a node without parent, children or mesh."""
    node = Node(None if record.name is UNSET else record.name)
    node.translation, node.scale = record.translation, record.scale
    node.rotation = unit_quaternion(record.rotation)
    if record.extensions is not UNSET:
        fields = Fields(record.extensions, f"nodes[{i}].extensions")
        node.extensions = keep_extensions(fields, _KEPT_AT_NODE)
    node.extras = record.extras
    return node


def _join_children(
    records: list[NodeRecord], nodes: list[Node], tops: list[Node]
) -> set[int]:
    """Hang each node under its parent, and return the numbers of those that have one."""
    has_parent: set[int] = set()
    for i, record in enumerate(records):
        for child in record.children:
            nodes[i].children.append(get_item(tops, child, f"nodes[{i}]"))
            if child in has_parent:
                raise DamagedFileError.from_cause(
                    causes.NODE_WITH_TWO_PARENTS, f"nodes[{i}]", node=child
                )
            has_parent.add(child)
    return has_parent


def _check_tree(roots: list[Node], node_count: int) -> None:
    if node_count > MAX_NODES:
        raise LimitExceededError.from_cause(
            causes.TOO_MANY_ELEMENTS, "nodes", count=node_count
        )
    level, seen = roots, len(roots)
    for _ in range(MAX_DEPTH):
        level = [child for node in level for child in node.children]
        seen += len(level)
        if not level:
            break
    if level:
        raise LimitExceededError.from_cause(
            causes.NESTED_TOO_DEEP, "nodes", most=MAX_DEPTH
        )
    if seen < node_count:
        raise DamagedFileError.from_cause(causes.NODE_CYCLE, "nodes")


@dataclass(frozen=True, slots=True)
class Decomposed:
    """Matrices decomposed into translations, rotations and scales."""

    translations: Matrix
    """(n, 3) float64."""
    rotations: Matrix
    """(n, 4) float64: unit quaternions (x, y, z, w)."""
    scales: Matrix
    """(n, 3) float64; the first is negative where a matrix mirrors."""
    is_decomposable: BoolArray
    """(n,) bool: false where a matrix shears or flattens, and can't be decomposed."""


def decompose_matrices(matrices: Matrix) -> Decomposed:
    """Return (n, 4, 4) float64 matrices as translations, rotations, scales."""
    axes = matrices[:, :3, :3]
    scales = np.linalg.norm(axes, axis=1)
    is_solid = (scales > 0).all(axis=1)
    scales[np.linalg.det(axes) < 0, 0] *= -1
    turns = axes / np.where(scales == 0, 1, scales)[:, None]
    angles = np.abs(turns.transpose(0, 2, 1) @ turns - np.eye(3)).max(axis=(1, 2))
    return Decomposed(
        matrices[:, :3, 3],
        _rotations_to_quaternions(turns),
        scales,
        is_solid & (angles < _SQUARE),
    )


def node_transforms(nodes: list[Node]) -> Decomposed:
    """Return the local translations, rotations and scales of nodes."""
    translations, rotations, scales = (
        np.array([getattr(node, name) for node in nodes])
        for name in ("translation", "rotation", "scale")
    )
    return Decomposed(translations, rotations, scales, (scales != 0).all(axis=1))


def set_matrix(node: Node, matrix: Matrix) -> Node:
    """Give a node a (4, 4) matrix and return the node to hang in the tree.

    It is `node` itself, or one above it when the matrix shears.
    """
    skin_roots = decompose_matrices(np.asarray(matrix, np.float64)[None])
    if skin_roots.is_decomposable[0]:
        node.translation = _to_tuple(skin_roots.translations[0])
        node.rotation = _to_quaternion(skin_roots.rotations[0])
        node.scale = _to_tuple(skin_roots.scales[0])
        return node
    left, stretch, right = _decompose_shear(matrix[:3, :3])
    node.rotation = rotation_to_quaternion(right)
    middle = Node(scale=_to_tuple(stretch), children=[node])
    return Node(
        name=node.name,
        translation=_to_tuple(skin_roots.translations[0]),
        rotation=rotation_to_quaternion(left),
        children=[middle],
    )


class CachedMatrices:
    """Gives nodes matrices, each decomposed once."""

    def __init__(self) -> None:
        self._known: dict[Hashable, tuple[Matrix, Node | None]] = {}

    def set_matrix(
        self, node: Node, key: Hashable, matrix: Callable[[], Matrix]
    ) -> Node:
        """Give a node the matrix of a key, as `set_matrix` does."""
        if key not in self._known:
            found, model = matrix(), Node()
            is_plain = set_matrix(model, found) is model
            self._known[key] = found, model if is_plain else None
        known, plain = self._known[key]
        if plain is None:
            return set_matrix(node, known)
        node.translation, node.scale = plain.translation, plain.scale
        node.rotation = plain.rotation
        return node


def rotation_to_quaternion(turn: Matrix) -> Quaternion:
    """Return the unit quaternion (x, y, z, w) of a (3, 3) rotation matrix."""
    return _to_quaternion(_rotations_to_quaternions(turn[None])[0])


def _rotations_to_quaternions(turns: Matrix) -> Matrix:
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


def _decompose_shear(axes: Matrix) -> tuple[Matrix, Matrix, Matrix]:
    """Return rotation, scale, rotation whose product is `axes`."""
    left, stretch, right = np.linalg.svd(axes)
    if np.linalg.det(left) < 0:
        left[:, 2], stretch[2] = -left[:, 2], -stretch[2]
    if np.linalg.det(right) < 0:
        right[2], stretch[2] = -right[2], -stretch[2]
    return left, stretch, right


def _to_tuple(values: Matrix) -> tuple[float, float, float]:
    x, y, z = (float(value) for value in values)
    return x, y, z


def _to_quaternion(values: Matrix) -> Quaternion:
    x, y, z, w = (float(value) for value in values)
    return x, y, z, w


def repair_skeletons(scenes: list[Scene], roots: Iterable[Node]) -> None:
    """Give the joints of each skin a common root in the scenes that show it.

    A root that carries anything to be seen is listed nowhere else than the file says.

    Parameters
    ----------
    scenes
        Changed in place.
    roots
        All nodes that hang under none.
    """
    every = [*roots, *(node for scene in scenes for node in scene.nodes)]
    tops = {id(node): root for root in every for node in traverse([root])}
    shown = [{id(node): node for node in traverse(scene.nodes)} for scene in scenes]
    skins = {id(n.skin): n.skin for held in shown for n in held.values() if n.skin}
    for skin in skins.values():
        skin_roots = _skin_roots(skin, tops)
        if len(skin_roots) > 1:
            _add_common_root(skin_roots, scenes, tops)
    for scene, held in zip(scenes, shown, strict=True):
        for skin in {id(n.skin): n.skin for n in held.values() if n.skin}.values():
            for top in _skin_roots(skin, tops):
                is_shown = any(root is top for root in scene.nodes)
                if not is_shown and _shows_nothing([top]):
                    scene.nodes.append(top)


def _skin_roots(skin: Skin, tops: dict[int, Node]) -> list[Node]:
    """Return what a skin's joints hang under in the end, each once."""
    return list({id(tops[id(j)]): tops[id(j)] for j in skin.joints}.values())


def _add_common_root(
    skin_roots: list[Node], scenes: list[Scene], tops: dict[int, Node]
) -> None:
    """Put one node over several, where they stood."""
    hung = {id(node) for node in skin_roots}
    listed = [sum(id(node) in hung for node in scene.nodes) for scene in scenes]
    if any(0 < count < len(skin_roots) for count in listed) and not _shows_nothing(
        skin_roots
    ):
        return
    root = Node(name="skeleton", children=skin_roots)
    for scene, count in zip(scenes, listed, strict=True):
        if count:
            kept = [node for node in scene.nodes if id(node) not in hung]
            scene.nodes = [*kept, root]
    tops.update((id(node), root) for node in traverse([root]))


def _shows_nothing(roots: list[Node]) -> bool:
    """Whether nothing is to be seen of nodes and what hangs below them."""
    return all(node.mesh is None for node in traverse(roots))
