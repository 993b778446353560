"""Find nodes that never move, and meshes that static nodes repeat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assets_pipeline.gltf.document import TRIANGLES
from assets_pipeline.gltf.materials import has_thickness, is_transparent

if TYPE_CHECKING:
    from assets_pipeline.gltf.document import Document, Mesh, Node, Primitive


@dataclass(frozen=True, slots=True)
class RepeatOptions:
    """How often a mesh must be used to be stored once instead of joined."""

    least_uses: int = 4
    """Fewer take more bytes of JSON as instances than as nodes."""
    least_saved_vertices: int = 1_000

    def is_met(self, uses: int, vertices: int) -> bool:
        """Return whether a mesh with so many vertices is used often enough."""
        is_often = uses >= self.least_uses
        return is_often and (uses - 1) * vertices >= self.least_saved_vertices


REPEATED_OFTEN: Final = RepeatOptions()
REPEATED_TWICE: Final = RepeatOptions(least_uses=2, least_saved_vertices=0)


def moving_node_ids(document: Document) -> set[int]:
    """Return the `id` of nodes that an animation or a skin moves, descendants too."""
    moved = [c.node for a in document.animations for c in a.channels]
    moved += [joint for skin in document.skins() for joint in skin.joints]
    found: set[int] = set()
    while moved:
        node = moved.pop()
        if id(node) not in found:
            found.add(id(node))
            moved.extend(node.children)
    return found


def is_static(node: Node, primitive: Primitive) -> bool:
    """Return whether a primitive is drawn as stored, up to its node's matrix."""
    return _is_plain(node) and _is_as_stored(primitive)


def static_nodes_by_mesh(document: Document) -> dict[int, list[Node]]:
    """Return the static nodes of each mesh, by the mesh's `id`.

    A mesh that is see-through has none: viewers sort such things by distance, one by
    one.
    """
    moved = moving_node_ids(document)
    showing: dict[int, list[Node]] = {}
    for node in document.shown_nodes():
        if node.mesh is not None and id(node) not in moved and _is_plain(node):
            showing.setdefault(id(node.mesh), []).append(node)
    return {
        key: nodes
        for key, nodes in showing.items()
        if nodes[0].mesh is not None and all(map(_is_fixed, nodes[0].mesh.primitives))
    }


def repeated_mesh_ids(document: Document, options: RepeatOptions) -> set[int]:
    """Return the `id` of meshes that static nodes use often enough."""
    uses = {key: len(nodes) for key, nodes in static_nodes_by_mesh(document).items()}
    return {
        id(mesh)
        for mesh in document.meshes()
        if options.is_met(uses.get(id(mesh), 0), count_vertices(mesh))
    }


def count_vertices(mesh: Mesh) -> int:
    """Return how many vertices a mesh stores."""
    return sum(p.attributes["POSITION"].count for p in mesh.primitives)


def _is_plain(node: Node) -> bool:
    return node.skin is None and not node.extensions and not node.weights


def _is_fixed(primitive: Primitive) -> bool:
    is_clear_one = primitive.material is not None and is_transparent(primitive.material)
    return _is_as_stored(primitive) and not is_clear_one


def _is_as_stored(primitive: Primitive) -> bool:
    is_fixed = not primitive.targets and not primitive.extensions
    is_thick = has_thickness(primitive.material)
    return is_fixed and not is_thick and primitive.mode == TRIANGLES
