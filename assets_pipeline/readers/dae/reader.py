"""Read COLLADA files (SketchUp, Blender) with nodes, materials and textures."""

from __future__ import annotations

from collections import ChainMap
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from assets_pipeline.errors import causes
from assets_pipeline.errors.exceptions import (
    RE_EXPORT,
    DamagedFileError,
    EmptyModelError,
    LimitExceededError,
)
from assets_pipeline.gltf.accessors import Accessor, create_accessor
from assets_pipeline.gltf.document import (
    Document,
    Mesh,
    Node,
    Primitive,
    Scene,
    Skin,
    traverse_with_matrices,
)
from assets_pipeline.gltf.orient import OrientOptions, orient
from assets_pipeline.readers.dae.animations import read_animation
from assets_pipeline.readers.dae.elements import Library
from assets_pipeline.readers.dae.geometry import (
    DaeGeometry,
    MaterialTriangles,
    read_geometry,
)
from assets_pipeline.readers.dae.materials import DaeMaterial, DaeMaterials
from assets_pipeline.readers.dae.nodes import SkinBinding, local_matrix, read_binding
from assets_pipeline.readers.gltf.nodes import CachedMatrices, set_matrix
from assets_pipeline.readers.xml import Element, parse_xml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import PurePosixPath

    from assets_pipeline.gltf.materials import Material, TextureInfo
    from assets_pipeline.resolver import Resolver

MAX_NODES: Final = 100_000
MAX_DEPTH: Final = 128
_AXES: Final = {"X_UP": "x", "Y_UP": "y", "Z_UP": "z"}
_LEAST_METRES, _MOST_METRES = 1e-6, 1e6
_MOST_SKELETONS: Final = 16
_USES: Final = ("instance_geometry", "instance_controller", "instance_node", "node")


def read_dae(content: bytes, path: PurePosixPath, resolver: Resolver) -> Document:
    """Return the document of a COLLADA file, in metres, +Y up, as the file states.

    Common effects become materials; skins stand in the pose of the scene, and all that
    moves nodes becomes one animation. Morphs, cameras, lights, curves and shader
    programs are left out.

    Parameters
    ----------
    content
        The file's bytes.
    path
        Its place in the museum's folder; pictures are named from there.
    resolver
        Reads these.

    Raises
    ------
    AssetError
        A subclass that names the cause.
    """
    root = parse_xml(content)
    if root.tag != "COLLADA":
        reason = f"the first element is {root.tag[:40]!r}, not COLLADA"
        raise DamagedFileError(reason, root.place, "Copy the file again whole")
    library = Library(root)
    builder = _Builder(library, DaeMaterials(library, path, resolver))
    nodes = builder.build()
    if not builder.has_triangles:
        raise EmptyModelError.from_cause(causes.NO_TRIANGLES, "visual_scene")
    scene = Scene(nodes)
    document = Document([scene], scene)
    animation = read_animation(library, builder.placed)
    if animation is not None:
        document.animations.append(animation)
    orient(document, _read_up_and_unit(root))
    return document


def _read_up_and_unit(root: Element) -> OrientOptions:
    """Return what a file says of its unit and its axes."""
    unit, axis = root.find("asset", "unit"), root.find("asset", "up_axis")
    try:
        metres = float(unit.attributes.get("meter", "1")) if unit else 1.0
    except ValueError:
        metres = 1.0
    if not _LEAST_METRES <= metres <= _MOST_METRES:
        metres = 1.0
    up = _AXES.get(axis.text.upper() if axis else "", "y")
    return OrientOptions(metres, up)  # type: ignore[arg-type]  # one of the three


@dataclass(frozen=True, slots=True, eq=False)
class _Controller:
    """A skin that is shown; its joints may come later in the file."""

    node: Node
    geometry: Element
    use: Element
    binding: SkinBinding

    @property
    def skeletons(self) -> list[str]:
        """The names of nodes below which its joints are, if it says so."""
        return [e.text.removeprefix("#") for e in self.use.find_all("skeleton")]


class _Builder:
    """Makes nodes of nodes, and meshes once for all who show them alike."""

    def __init__(self, library: Library, materials: DaeMaterials) -> None:
        self._library, self._dae_materials = library, materials
        self._shapes: dict[Element, DaeGeometry] = {}
        self._matrices = CachedMatrices()
        self._meshes: dict[tuple[Element, SkinBinding | None, str], Mesh | None] = {}
        self._materials: dict[tuple[DaeMaterial, tuple[int, ...]], Material] = {}
        self.placed: dict[Element, list[Node]] = {}
        """What was made of each ``node`` that does not shear."""
        self._count = 0
        self._names: dict[int, tuple[str, ...]] = {}
        """The ``id`` and the ``sid`` of nodes, by the ``id`` of these in Python."""
        self._bindings: dict[Element, SkinBinding | None] = {}
        self._controllers: list[_Controller] = []

    @property
    def has_triangles(self) -> bool:
        """Whether anything is to be seen."""
        return any(mesh is not None for mesh in self._meshes.values())

    def build(self) -> list[Node]:
        """Return the roots of the scene that is shown."""
        asked = self._library.root.find("scene", "instance_visual_scene")
        url = asked.attributes.get("url", "") if asked else ""
        scene = self._library.find(url, "visual_scene")
        scene = scene or self._library.root.find(
            "library_visual_scenes", "visual_scene"
        )
        if scene is None:
            return [
                self._geometry_node(geometry, geometry)
                for geometry in self._unused_geometries()
            ]
        roots = [self._node(element, 0) for element in scene.find_all("node")]
        if self._controllers:
            self._attach_all(roots)
        return roots

    def _attach_all(self, roots: list[Node]) -> None:
        """Let controllers follow their joints, sought below their skeletons first."""
        everywhere = self._nodes_by_name(roots)
        below: dict[str, dict[str, Node]] = {}
        for skinned in self._controllers:
            skeletons = skinned.skeletons[:_MOST_SKELETONS]
            for name in skeletons:
                if name not in below:
                    start = everywhere.get(name)
                    below[name] = self._nodes_by_name([start] if start else [])
            near = (below[name] for name in skeletons)
            self._attach(skinned, ChainMap(*near, everywhere))

    def _nodes_by_name(self, roots: list[Node]) -> dict[str, Node]:
        """Return the nodes at or under some by their names, the first of each."""
        found: dict[str, Node] = {}
        for node, _ in traverse_with_matrices(roots):
            for name in self._names.get(id(node), ()):
                found.setdefault(name, node)
        return found

    def _unused_geometries(self) -> list[Element]:
        """Return the geometries of a file without a scene."""
        held = self._library.root.find("library_geometries")
        return held.find_all("geometry") if held else []

    def _node(self, element: Element, depth: int) -> Node:
        self._count += 1
        if self._count > MAX_NODES or depth > MAX_DEPTH:
            reason = f"nodes hang more than {MAX_DEPTH} deep, or there are more than {MAX_NODES}"
            raise LimitExceededError(reason, element.place, RE_EXPORT)
        node = Node(name=element.attributes.get("name") or element.attributes.get("id"))
        self._names[id(node)] = tuple(
            element.attributes[key]
            for key in ("id", "sid")
            if key in element.attributes
        )
        node.children = [
            child
            for use in element.find_all(*_USES)
            if (child := self._child(use, depth)) is not None
        ]
        top = self._matrices.set_matrix(node, element, lambda: local_matrix(element))
        if top is node:
            self.placed.setdefault(element, []).append(node)
        return top

    def _child(self, use: Element, depth: int) -> Node | None:
        if use.tag == "node":
            return self._node(use, depth + 1)
        url = use.attributes.get("url", "")
        if use.tag == "instance_node":
            found = self._library.find(url, "node")
            return self._node(found, depth + 1) if found else None
        if use.tag == "instance_geometry":
            geometry = self._library.find(url, "geometry")
            return self._geometry_node(geometry, use) if geometry else None
        return self._controller_node(use, url)

    def _geometry_node(self, geometry: Element, use: Element) -> Node:
        shape = self._shape(geometry)
        mesh = self._mesh(geometry, shape, use, None)
        self._count += 1
        return Node(mesh=mesh, translation=shape.middle if mesh else (0.0, 0.0, 0.0))

    def _controller_node(self, use: Element, url: str) -> Node | None:
        """Return the node of a skin; of a morph, its shape at rest."""
        controller = self._library.find(url, "controller")
        binding = None
        for _ in range(MAX_DEPTH):
            if controller is None:
                return None
            skin = controller.find("skin")
            held = skin or controller.find("morph")
            if held is None:
                return None
            binding = binding or (self._binding(skin) if skin else None)
            source = held.attributes.get("source", "")
            geometry = self._library.find(source, "geometry")
            if geometry is not None:
                return self._bind(geometry, use, binding)
            controller = self._library.find(source, "controller")
        return None

    def _binding(self, skin: Element) -> SkinBinding | None:
        if skin not in self._bindings:
            self._bindings[skin] = read_binding(skin, self._library)
        return self._bindings[skin]

    def _bind(
        self, geometry: Element, use: Element, binding: SkinBinding | None
    ) -> Node:
        if binding is None:
            return self._geometry_node(geometry, use)
        self._count += 1
        skinned = _Controller(Node(), geometry, use, binding)
        self._controllers.append(skinned)
        return skinned.node

    def _attach(self, skinned: _Controller, names: Mapping[str, Node]) -> None:
        """Give a node its skin, if the scene has all its joints; else show it as it is bound."""
        binding, use = skinned.binding, skinned.use
        shape = self._shape(skinned.geometry)
        moved = binding.moved(shape.middle)
        found = [names[name] for name in binding.joints if name in names]
        if len(found) == len(binding.joints):
            skinned.node.mesh = self._mesh(skinned.geometry, shape, use, binding)
            if skinned.node.mesh is not None:
                inverses = create_accessor(moved.inverse_matrices, kind="MAT4")
                skinned.node.skin = Skin(found, inverses)
            return
        inner = Node(mesh=self._mesh(skinned.geometry, shape, use, None))
        skinned.node.children = [set_matrix(inner, moved.rest)]

    def _shape(self, geometry: Element) -> DaeGeometry:
        if geometry not in self._shapes:
            self._shapes[geometry] = read_geometry(geometry, self._library)
        return self._shapes[geometry]

    def _mesh(
        self,
        geometry: Element,
        shape: DaeGeometry,
        use: Element,
        binding: SkinBinding | None,
    ) -> Mesh | None:
        bound = _bindings(use)
        key = (geometry, binding, repr(sorted(bound.items())))
        if key not in self._meshes:
            primitives = [
                self._primitive(part, bound.get(part.symbol), binding)
                for part in shape.pieces
            ]
            name = geometry.attributes.get("name")
            self._meshes[key] = Mesh(primitives, name) if primitives else None
        return self._meshes[key]

    def _primitive(
        self,
        part: MaterialTriangles,
        bound: tuple[str, dict[str, int]] | None,
        binding: SkinBinding | None,
    ) -> Primitive:
        attributes: dict[str, Accessor] = dict(part.attributes)
        if binding is not None:
            attributes |= binding.attributes(part.vertices)
        target, channels = bound or (part.symbol, {})
        look = self._dae_materials.material(target)
        return Primitive(attributes, material=self._material(look, part, channels))

    def _material(
        self, look: DaeMaterial, part: MaterialTriangles, channels: dict[str, int]
    ) -> Material:
        """Return a material whose pictures lie by the texture coordinates of a part."""
        places = []
        for slot in sorted(look.channels):
            wanted = channels.get(look.channels[slot], min(part.uv_sets, default=0))
            is_there = wanted in part.uv_sets
            places.append(part.uv_sets.index(wanted) if is_there else 0)
        key = (look, tuple(places))
        if key not in self._materials:
            made = look.material
            for slot, place_ in zip(sorted(look.channels), places, strict=True):
                info: TextureInfo | None = getattr(made, slot)
                if place_ and info is not None:
                    made = replace(made)
                    setattr(made, slot, replace(info, tex_coord=place_))
            self._materials[key] = made
        return self._materials[key]


def _bindings(use: Element) -> dict[str, tuple[str, dict[str, int]]]:
    """Return what an instance binds: by symbol, the material and the sets of its coordinates."""
    bind = use.find("bind_material", "technique_common")
    found: dict[str, tuple[str, dict[str, int]]] = {}
    for one in bind.find_all("instance_material") if bind else ():
        channels: dict[str, int] = {}
        for vertex in one.find_all("bind_vertex_input"):
            text = vertex.attributes.get("input_set", "0")
            channels[vertex.attributes.get("semantic", "")] = (
                int(text) if text.isdecimal() and len(text) < 6 else 0  # noqa: PLR2004
            )
        symbol = one.attributes.get("symbol", "")
        found[symbol] = (one.attributes.get("target", ""), channels)
    return found
