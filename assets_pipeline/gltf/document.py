"""The glTF 2.0 document in memory: objects that reference each other, arrays decoded.

There are no indices here: a node holds its mesh, a primitive its material, a texture
its image. Readers build these objects, transforms change them, the writer numbers
them. An `Accessor` and an `Image` never change; a transform puts another in place.

Matrices are (4, 4) float64 for column vectors: ``world = matrix @ [x, y, z, 1]``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Literal, TypeVar

import numpy as np

from assets_pipeline.gltf.materials import find_materials

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assets_pipeline.arrays import Float32Array, Matrix, Uint32Array
    from assets_pipeline.gltf.accessors import Accessor
    from assets_pipeline.gltf.materials import Image, Material, Payload, Texture


Path = Literal["translation", "rotation", "scale", "weights"]
Interpolation = Literal["LINEAR", "STEP", "CUBICSPLINE"]

_TRIANGLE_CORNERS = 3
POINTS, TRIANGLES, TRIANGLE_STRIP, TRIANGLE_FAN = 0, 4, 5, 6


@dataclass(slots=True, eq=False)
class Primitive:
    """One draw call; all ``attributes`` have the same count."""

    attributes: dict[str, Accessor]
    indices: Accessor | None = None
    """(m, 1) unsigned integers."""
    material: Material | None = None
    mode: int = TRIANGLES
    targets: list[dict[str, Accessor]] = field(default_factory=list)
    """Morph targets: displacements by attribute."""
    extensions: dict[str, Payload] = field(default_factory=dict)
    extras: Payload = None
    is_faceted: bool = False
    """Whether it is flat between its edges where it has no normals."""

    @property
    def positions(self) -> Float32Array:
        """(n, 3) float32, in the mesh's own frame."""
        return self.attributes["POSITION"].values

    @property
    def triangles(self) -> Uint32Array:
        """(m, 3) uint32 vertex indices, strips and fans unrolled; (0, 3) for lines."""
        return _unroll_triangles(self.flat_indices, self.mode)

    @property
    def flat_indices(self) -> Uint32Array:
        """(m,) uint32 vertex indices; 0, 1, 2 ... where the primitive has none."""
        if self.indices is None:
            return np.arange(self.attributes["POSITION"].count, dtype=np.uint32)
        return self.indices.array.ravel().astype(np.uint32, copy=False)


@dataclass(slots=True, eq=False)
class Mesh:
    """The primitives that a node draws."""

    primitives: list[Primitive]
    name: str | None = None
    weights: tuple[float, ...] = ()
    """Of the morph targets at rest."""
    extras: Payload = None


@dataclass(slots=True, eq=False)
class Node:
    """A node of the scene graph: transform, children, mesh."""

    name: str | None = None
    children: list[Node] = field(default_factory=list)
    mesh: Mesh | None = None
    skin: Skin | None = None
    translation: tuple[float, float, float] = (0.0, 0.0, 0.0)
    rotation: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 1.0)
    """Unit quaternion (x, y, z, w)."""
    scale: tuple[float, float, float] = (1.0, 1.0, 1.0)
    weights: tuple[float, ...] = ()
    instances: dict[str, Accessor] = field(default_factory=dict)
    """Set by the instance transform: TRANSLATION, ROTATION and SCALE, of one count, of
    each place below the node where its mesh is shown."""
    extensions: dict[str, Payload] = field(default_factory=dict)
    extras: Payload = None

    @property
    def instance_count(self) -> int:
        """How often the node draws its mesh."""
        return min((held.count for held in self.instances.values()), default=1)

    @property
    def local_matrix(self) -> Matrix:
        """(4, 4) float64, from the node's frame to its parent's."""
        return compose_matrix(self.translation, self.rotation, self.scale)


@dataclass(slots=True, eq=False)
class Skin:
    """Joints that deform a mesh."""

    joints: list[Node]
    inverse_bind_matrices: Accessor | None = None
    """MAT4, one a joint; None is identity for each."""
    name: str | None = None
    extras: Payload = None


@dataclass(slots=True, eq=False)
class AnimationSampler:
    """Keys and values of an animation over time."""

    input: Accessor
    """(n, 1) float32 seconds, growing."""
    output: Accessor
    interpolation: Interpolation = "LINEAR"


@dataclass(slots=True, eq=False)
class AnimationChannel:
    """The node property that a sampler drives."""

    node: Node
    path: Path
    sampler: AnimationSampler


@dataclass(slots=True, eq=False)
class Animation:
    """Channels that play together."""

    channels: list[AnimationChannel]
    name: str | None = None
    extras: Payload = None


@dataclass(slots=True, eq=False)
class Scene:
    """Root nodes that are drawn together."""

    nodes: list[Node]
    name: str | None = None
    extras: Payload = None


@dataclass(slots=True, eq=False)
class Document:
    """A whole glTF asset; in metres and +Y up once oriented."""

    scenes: list[Scene]
    scene: Scene
    """The one that is shown; a member of ``scenes``."""
    animations: list[Animation] = field(default_factory=list)
    copyright: str | None = None
    generator: str | None = None
    extensions: dict[str, Payload] = field(default_factory=dict)
    """At the root: lights, names of material variants, notes in XMP."""
    asset_extensions: dict[str, Payload] = field(default_factory=dict)
    """Of ``asset``: which of the notes are about the whole."""
    extras: Payload = None
    """Of ``asset``: title, author, licence."""

    def nodes(self) -> list[Node]:
        """Return every node once, parents before children, scene after scene."""
        roots = [node for scene in self.scenes for node in scene.nodes]
        found = traverse(roots)
        if len(self.scenes) > 1:  # they may share what hangs in one only once
            found = _unique(found)
        named = [c.node for a in self.animations for c in a.channels]
        named += [j for n in found if n.skin is not None for j in n.skin.joints]
        if not named:
            return found
        seen = {id(node) for node in found}
        stray = [node for node in named if id(node) not in seen]
        return _unique([*found, *traverse(stray)])

    def meshes(self) -> list[Mesh]:
        """Return every mesh once."""
        return _unique([n.mesh for n in self.nodes() if n.mesh is not None])

    def skins(self) -> list[Skin]:
        """Return every skin once."""
        return _unique([n.skin for n in self.nodes() if n.skin is not None])

    def primitives(self) -> list[Primitive]:
        """Return every primitive once, mesh after mesh."""
        return [p for mesh in self.meshes() for p in mesh.primitives]

    def materials(self) -> list[Material]:
        """Return every material once, those of variants included."""
        used: list[Material] = []
        for primitive in self.primitives():
            if primitive.material is not None:
                used.append(primitive.material)
            used.extend(find_materials(primitive.extensions))
        return _unique(used)

    def textures(self) -> list[Texture]:
        """Return every texture once."""
        infos = (info for m in self.materials() for _, info in m.texture_infos())
        return _unique([info.texture for info in infos])

    def images(self) -> list[Image]:
        """Return every image once."""
        return _unique([texture.image for texture in self.textures()])

    def shown_nodes_with_matrices(self) -> list[tuple[Node, Matrix]]:
        """Return each node of the shown scene with its (4, 4) world matrix."""
        return traverse_with_matrices(self.scene.nodes)

    def shown_nodes(self) -> list[Node]:
        """Return the nodes of the shown scene, parents before children."""
        return traverse(self.scene.nodes)


def traverse_with_matrices(roots: list[Node]) -> list[tuple[Node, Matrix]]:
    """Return each node at or under `roots` with its world matrix, parents first."""
    return list(zip(*world_matrices(roots), strict=True))


def world_matrices(roots: list[Node]) -> tuple[list[Node], Matrix]:
    """Return the nodes at or under `roots`, and (n, 4, 4) their world matrices."""
    nodes = traverse(roots)
    worlds = local_matrices(nodes)
    parents = [node for node in roots if node.children]
    rows = {id(node): row for row, node in enumerate(nodes)} if parents else {}
    while parents:
        pairs = [(rows[id(c)], rows[id(p)]) for p in parents for c in p.children]
        level, above = np.array(pairs, np.intp).T
        worlds[level] = worlds[above] @ worlds[level]
        parents = [c for p in parents for c in p.children if c.children]
    return nodes, worlds


def local_matrices(nodes: list[Node]) -> Matrix:
    """Return (n, 4, 4) float64, from each node's frame to its parent's."""
    return _compose_matrices(
        _to_rows([node.translation for node in nodes], 3),
        _to_rows([node.rotation for node in nodes], 4),
        _to_rows([node.scale for node in nodes], 3),
    )


def _to_rows(items: Sequence[tuple[float, ...]], width: int) -> Matrix:
    """Return (n, width) float64."""
    flat = np.fromiter(chain.from_iterable(items), np.float64, len(items) * width)
    return flat.reshape(-1, width)


def compose_matrix(
    translation: tuple[float, float, float],
    rotation: tuple[float, float, float, float],
    scale: tuple[float, float, float],
) -> Matrix:
    """Return translation · rotation · scale as a (4, 4) float64 matrix."""
    parts = (np.array([part], np.float64) for part in (translation, rotation, scale))
    matrix: Matrix = _compose_matrices(*parts)[0]
    return matrix


def _compose_matrices(
    translations: Matrix, rotations: Matrix, scales: Matrix
) -> Matrix:
    """Return (n, 4, 4) matrices of (n, 3), (n, 4) and (n, 3) float64."""
    x, y, z, w = rotations.T
    turns = [
        [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
        [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
        [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
    ]
    matrices = np.zeros((len(translations), 4, 4))
    matrices[:, :3, :3] = np.array(turns).transpose(2, 0, 1) * scales[:, None]
    matrices[:, :3, 3] = translations
    matrices[:, 3, 3] = 1
    return matrices


Item = TypeVar("Item")


def _unique(values: list[Item]) -> list[Item]:
    return list(dict.fromkeys(values))


def traverse(roots: list[Node]) -> list[Node]:
    """Return the nodes at or under `roots`, parents before children."""
    if not [True for node in roots if node.children]:
        return roots.copy()
    found: list[Node] = []
    open_lists = [iter(roots)]
    while open_lists:
        for node in open_lists[-1]:
            found.append(node)
            if node.children:
                open_lists.append(iter(node.children))
                break
        else:
            open_lists.pop()
    return found


def _unroll_triangles(flat: Uint32Array, mode: int) -> Uint32Array:
    if mode == TRIANGLES:
        return flat[: len(flat) // 3 * 3].reshape(-1, 3)
    if mode not in (TRIANGLE_STRIP, TRIANGLE_FAN) or len(flat) < _TRIANGLE_CORNERS:
        return np.zeros((0, 3), np.uint32)
    if mode == TRIANGLE_FAN:
        hub = np.repeat(flat[:1], len(flat) - 2)
        return np.stack([flat[1:-1], flat[2:], hub], axis=1)
    # Every other triangle of a strip is written backwards (glTF 2.0, section 3.7.2.1).
    odd = np.arange(len(flat) - 2) % 2
    second = np.where(odd == 0, flat[1:-1], flat[2:])
    third = np.where(odd == 0, flat[2:], flat[1:-1])
    return np.stack([flat[:-2], second, third], axis=1)
