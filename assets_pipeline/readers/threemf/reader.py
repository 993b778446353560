"""Read 3MF packages (slicers, CAD, Windows) with colours, textures and components."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.errors import causes
from assets_pipeline.errors.exceptions import (
    RE_EXPORT,
    AssetError,
    DamagedFileError,
    EmptyModelError,
    LimitExceededError,
)
from assets_pipeline.gltf.accessors import Accessor, create_accessor
from assets_pipeline.gltf.document import Document, Mesh, Node, Primitive, Scene
from assets_pipeline.gltf.geometry import split_offset
from assets_pipeline.gltf.materials import matte_material
from assets_pipeline.gltf.orient import OrientOptions, orient
from assets_pipeline.readers.gltf.nodes import CachedMatrices
from assets_pipeline.readers.threemf.materials import PropertyGroup, PropertyGroups
from assets_pipeline.readers.threemf.model_part import (
    METRES,
    NONE,
    read_integer,
    read_matrix,
    read_part,
)
from assets_pipeline.readers.xml import parse_xml, raise_damaged
from assets_pipeline.readers.zip_archive import ZipArchive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assets_pipeline.arrays import Float32Array, Int64Array
    from assets_pipeline.gltf.materials import Material
    from assets_pipeline.readers.threemf.model_part import ModelPart
    from assets_pipeline.readers.xml import Element
    from assets_pipeline.resolver import Resolver


MAX_NODES: Final = 100_000
MAX_DEPTH: Final = 64
_RELATIONS: Final = PurePosixPath("_rels/.rels")
_START: Final = PurePosixPath("3D/3dmodel.model")
_UNSEEN: Final = ("support", "solidsupport", "other")
"""Kinds of objects that are printed and broken off, or not even that."""
_VERTICES, _GROUP, _ENTRIES = slice(0, 3), 3, slice(4, 7)


def read_3mf(content: bytes, path: PurePosixPath, resolver: Resolver) -> Document:
    """Return the document of a 3MF package, in metres, +Y up.

    Colours of triangles and of their corners are kept, materials, pictures, and several
    layers of these as far as glTF has them. Supports, beams, slices and print tickets
    are left out.

    Parameters
    ----------
    content
        The package's bytes.
    path
        Its place in the museum's folder.
    resolver
        Who read it, and is told of pictures that it lacks.

    Raises
    ------
    AssetError
        A subclass that names the cause.
    """
    package = _Package(ZipArchive(content, path, resolver))
    start = package.start()
    part = package.part(start)
    roots = _Builder(package).build(start)
    if not any(node.mesh for node in roots.nodes):
        raise EmptyModelError.from_cause(causes.NO_TRIANGLES, "build")
    scene = Scene(roots.roots)
    document = Document([scene], scene)
    orient(document, OrientOptions(METRES[part.unit], "z"))
    return document


class _Package:
    """The parts of one package, each read once; names are of any case (OPC, 6.2.2)."""

    def __init__(self, archive: ZipArchive) -> None:
        self._archive = archive
        self._names = {str(name).lower(): name for name in archive.names()}
        self._parts: dict[PurePosixPath, ModelPart] = {}
        self.groups: dict[PurePosixPath, PropertyGroups] = {}

    def read(self, name: PurePosixPath) -> bytes:
        """Return the content of a member."""
        return self._archive.read(self._names.get(str(name).lower(), name))

    def start(self) -> PurePosixPath:
        """Return the part that holds the build."""
        if str(_RELATIONS) not in self._names:
            return _START
        for element in parse_xml(self.read(_RELATIONS)).find_all("Relationship"):
            if element.attributes.get("Type", "").endswith("/3dmodel"):
                return _part_name(element.attributes.get("Target", ""))
        return _START

    def part(self, name: PurePosixPath) -> ModelPart:
        """Return a part.

        Raises
        ------
        AssetError
            If the package lacks it, or it is damaged; its place names the part.
        """
        if name not in self._parts:
            if str(name).lower() not in self._names:
                place = str(name)[:200]
                raise DamagedFileError.from_cause(
                    causes.THREEMF_PART_MISSING, place, name=place
                )
            try:
                part = self._parts[name] = read_part(self.read(name))
            except AssetError as error:
                error.place = f"{name} {error.place}"
                raise
            self.groups[name] = PropertyGroups(part, self.read)
        return self._parts[name]


def _part_name(target: str) -> PurePosixPath:
    return PurePosixPath(target.lstrip("/"))


class _Nodes:
    """What was built."""

    def __init__(self) -> None:
        self.roots: list[Node] = []
        self.nodes: list[Node] = []


class _Builder:
    """Makes nodes of items and components, and meshes once for all who use them."""

    def __init__(self, package: _Package) -> None:
        self._package = package
        self._matrices = CachedMatrices()
        self._meshes: dict[Element, Node | None] = {}
        self._found = _Nodes()

    def build(self, start: PurePosixPath) -> _Nodes:
        """Return the nodes of a part's build."""
        part = self._package.part(start)
        for item in part.items or _unused_objects(part):
            self._found.roots.append(self._place_component(item, start, 0))
        return self._found

    def _place_component(self, user: Element, name: PurePosixPath, depth: int) -> Node:
        """Return the node of an item or a component, and those below it."""
        if depth > MAX_DEPTH or len(self._found.nodes) > MAX_NODES:
            reason = f"objects hang more than {MAX_DEPTH} deep, or more than {MAX_NODES} times"
            raise LimitExceededError(reason, user.place, RE_EXPORT)
        if user.attributes.get("path"):
            name = _part_name(user.attributes["path"])
        part = self._package.part(name)
        wanted = read_integer(user, "id" if user.tag == "object" else "objectid")
        element = part.resources.get(wanted)
        if element is None or element.tag != "object":
            raise_damaged(
                user, f"it shows object {wanted}, which the file does not hold"
            )
        node = Node(name=element.attributes.get("name"))
        self._found.nodes.append(node)
        if element.attributes.get("type", "model") not in _UNSEEN:
            self._fill_object(node, element, name, depth)
        return self._matrices.set_matrix(node, user, lambda: read_matrix(user))

    def _fill_object(
        self, node: Node, element: Element, name: PurePosixPath, depth: int
    ) -> None:
        if element.find("mesh") is not None:
            shown = self._mesh(element, name)
            if shown is not None:
                held = Node(mesh=shown.mesh, translation=shown.translation)
                node.children.append(held)
                self._found.nodes.append(held)
        components = element.find("components")
        for component in components.find_all("component") if components else ():
            node.children.append(self._place_component(component, name, depth + 1))

    def _mesh(self, element: Element, name: PurePosixPath) -> Node | None:
        """Return a node with an object's mesh at its place; None for an empty one."""
        if element not in self._meshes:
            self._meshes[element] = self._build_object(element, name)
        return self._meshes[element]

    def _build_object(self, element: Element, name: PurePosixPath) -> Node | None:
        mesh = element.find("mesh")
        shape = self._package.part(name).shapes.get(mesh) if mesh else None
        if shape is None or not len(shape.rows):
            return None
        positions, middle = split_offset(shape.positions)
        rows = _complete_mesh(element, shape.triangles, len(positions))
        groups = self._package.groups[name]
        primitives = [
            _primitive(positions[some[:, _VERTICES].ravel()], some, look, material)
            for some, look, material in _split_by_material(element, rows, groups)
        ]
        return Node(mesh=Mesh(primitives), translation=middle)


def _unused_objects(part: ModelPart) -> list[Element]:
    """Return the objects that no other holds: a file without a build shows these."""
    objects = [e for e in part.resources.values() if e.tag == "object"]
    held = {
        read_integer(component, "objectid")
        for element in objects
        for component in element.iterate()
        if component.tag == "component"
    }
    return [e for e in objects if read_integer(e, "id") not in held]


def _complete_mesh(element: Element, rows: Int64Array, count: int) -> Int64Array:
    """Return triangles with the object's own properties where they say none."""
    corners = rows[:, _VERTICES]
    if corners.min() < 0 or corners.max() >= count:
        raise_damaged(
            element,
            f"a triangle names vertex {corners.max()}, counted from 0, of {count}",
        )
    rows = rows.copy()
    if "pid" in element.attributes:
        is_bare = (rows[:, _GROUP] == NONE) & (rows[:, 4] == NONE)
        rows[is_bare, 4:] = (
            read_integer(element, "pindex") if "pindex" in element.attributes else 0
        )
        rows[rows[:, _GROUP] == NONE, _GROUP] = read_integer(element, "pid")
    rows[:, _ENTRIES] = np.where(rows[:, _ENTRIES] < 0, 0, rows[:, _ENTRIES])
    return rows


def _split_by_material(
    element: Element, rows: Int64Array, groups: PropertyGroups
) -> Iterator[tuple[Int64Array, PropertyGroup | None, Material]]:
    """Give the triangles that are drawn at once, their look and their material."""
    plain = matte_material()
    for some in _split(rows, rows[:, _GROUP]):
        group = int(some[0, _GROUP])
        look = groups.group(group) if group != NONE else None
        if look is None or not look.count:
            yield some, None, plain
            continue
        entries = some[:, _ENTRIES]
        if entries.max() >= look.count:
            raise_damaged(
                element,
                f"a triangle names property {entries.max()}, counted from 0, of {look.count}",
            )
        if look.colors is not None or look.uvs is not None:
            yield some, look, look.materials[0]
            continue
        for alike in _split(some, entries[:, 0]):
            yield alike, None, look.materials[int(alike[0, _ENTRIES.start])]


def _split(rows: Int64Array, keys: Int64Array) -> list[Int64Array]:
    """Return rows by their keys, the least first; in one pass however many keys."""
    order = np.argsort(keys, kind="stable")
    changes = np.nonzero(np.diff(keys[order]))[0] + 1
    return np.split(rows[order], changes)


def _primitive(
    corners: Float32Array,
    rows: Int64Array,
    look: PropertyGroup | None,
    material: Material,
) -> Primitive:
    attributes: dict[str, Accessor] = {"POSITION": create_accessor(corners)}
    entries = rows[:, _ENTRIES].ravel()
    if look is not None and look.colors is not None:
        width = 3 if (look.colors[:, 3] >= 1).all() else 4
        attributes["COLOR_0"] = create_accessor(look.colors[entries, :width])
    if look is not None and look.uvs is not None:
        attributes["TEXCOORD_0"] = create_accessor(look.uvs[entries])
    return Primitive(attributes, material=material)
