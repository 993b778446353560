"""Read meshes and primitives of a glTF file, attributes decoded to float32."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from msgspec import UNSET

from assets_pipeline.errors import causes
from assets_pipeline.errors.exceptions import (
    RE_EXPORT,
    DamagedFileError,
    MissingToolError,
)
from assets_pipeline.gltf.accessors import Accessor, create_accessor
from assets_pipeline.gltf.document import Mesh, Primitive
from assets_pipeline.gltf.materials import Payload, matte_material
from assets_pipeline.readers.json_fields import (
    Fields,
    decode_json,
    get_item,
    map_objects,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assets_pipeline.arrays import AnyArray
    from assets_pipeline.readers.gltf.accessors import AccessorReader
    from assets_pipeline.readers.gltf.materials import MaterialReader
    from assets_pipeline.readers.gltf.records import MeshRecord

_DRACO: Final = "KHR_draco_mesh_compression"
_VARIANTS: Final = "KHR_materials_variants"
_WIDTHS: Final[Mapping[str, tuple[int, ...]]] = {
    "POSITION": (3,),
    "NORMAL": (3,),
    "TANGENT": (4,),
    "TEXCOORD": (2,),
    "COLOR": (3, 4),
    "JOINTS": (4,),
    "WEIGHTS": (4,),
}
_TARGET_WIDTHS: Final[Mapping[str, tuple[int, ...]]] = {
    "POSITION": (3,),
    "NORMAL": (3,),
    "TANGENT": (3,),
    "TEXCOORD": (2,),
    "COLOR": (3, 4),
}
_LAST_MODE: Final = 6
MAX_MORPH_TARGETS: Final = 256
_MOST_FACETED: Final = 15_000
"""Corners up to which no normals mean flat faces, as glTF 2.0 says (3.7.2.1). What is
denser was scanned or thinned, and would look like gravel in three times the bytes."""
_FARTHEST: Final = 1e9


class MeshReader:
    """Reads the meshes of one glTF file, each once."""

    def __init__(
        self,
        records: list[MeshRecord],
        arrays: AccessorReader,
        materials: MaterialReader,
    ) -> None:
        self._arrays = arrays
        self._materials = materials
        self._records = records
        self._meshes: dict[int, Mesh] = {}
        self._alike: dict[object, Mesh] = {}
        self._floats: dict[int, Accessor] = {}
        self._matte = matte_material()

    def mesh(self, index: int, place: str) -> Mesh:
        """Return a mesh by its index; equal meshes of other names are one object."""
        if index not in self._meshes:
            record = get_item(self._records, index, place)
            key = bytes(record.primitives), record.weights
            found = self._alike.get(key) if record.extras is None else None
            if found is None:
                found = self._read_mesh(record, f"meshes[{index}]")
                if record.extras is None:
                    self._alike[key] = found
            self._meshes[index] = found
        return self._meshes[index]

    def _read_mesh(self, record: MeshRecord, place: str) -> Mesh:
        fields = Fields({"primitives": decode_json(bytes(record.primitives))}, place)
        made = [self._read_primitive(item) for item in fields.children("primitives")]
        primitives = [primitive for primitive in made if primitive is not None]
        _check_weights(record.weights, primitives, fields)
        name = None if record.name is UNSET else record.name
        return Mesh(primitives, name, record.weights, record.extras)

    def _read_primitive(self, fields: Fields) -> Primitive | None:
        mode = fields.integer("mode", 4)
        if mode > _LAST_MODE:
            raise fields.invalid(name="mode", reason=f"is {mode}")
        if not fields.child("attributes").has("POSITION"):
            return None  # drawn by nobody (glTF 2.0, section 3.7.2.1)
        extensions = fields.child("extensions")
        indices: Accessor | None
        if extensions.has(_DRACO):
            attributes, indices = self._decode_draco(fields, extensions.child(_DRACO))
        else:
            attributes = self._attributes(fields.child("attributes"), _WIDTHS)
            indices = self._indices(fields)
        count = attributes["POSITION"].count
        targets = [
            self._attributes(target, _TARGET_WIDTHS)
            for target in fields.children("targets")[:MAX_MORPH_TARGETS]
        ]
        _check_counts([attributes, *targets], count, fields.place)
        _check_indices(indices, count, fields.place)
        material = fields.index("material")
        drawn = count if indices is None else indices.count
        return Primitive(
            attributes,
            indices,
            self._matte
            if material is None
            else self._materials.material(material, fields.place),
            mode,
            targets,
            self._variants(extensions),
            fields.values.get("extras"),
            is_faceted=drawn <= _MOST_FACETED,
        )

    def _attributes(
        self, named: Fields, widths: Mapping[str, tuple[int, ...]]
    ) -> dict[str, Accessor]:
        """Return the attributes that viewers use; an application's own are left out."""
        found: dict[str, Accessor] = {}
        for name in named.values:
            semantic = name.partition("_")[0]
            if semantic not in widths:
                continue
            index = named.integer(name)
            stored = self._arrays.read_accessor(index, f"{named.place}.{name}")
            if stored.array.shape[1] not in widths[semantic]:
                raise named.invalid(name, f"is a {stored.kind}")
            if semantic == "JOINTS":
                found[name] = _joints(stored, f"{named.place}.{name}")
                continue
            if index not in self._floats:
                self._floats[index] = _require_finite(stored, name, named.place)
            found[name] = self._floats[index]
        return _sort_attributes(found)

    def _indices(self, fields: Fields) -> Accessor | None:
        index = fields.index("indices")
        if index is None:
            return None
        found = self._arrays.read_accessor(index, f"{fields.place}.indices")
        if found.kind != "SCALAR" or found.array.dtype.kind != "u":
            raise fields.invalid(name="indices", reason="is not whole numbers")
        return found

    def _decode_draco(
        self, fields: Fields, packed: Fields
    ) -> tuple[dict[str, Accessor], Accessor]:
        named, numbers = fields.child("attributes"), packed.child("attributes")
        names = {name: numbers.integer(name) for name in numbers.values}
        content = self._arrays.read_view(packed.integer("bufferView"), packed.place)
        triangles, arrays = decode_draco_primitive(content, names, packed.place)
        found: dict[str, Accessor] = {}
        for name, array in arrays.items():
            semantic = name.partition("_")[0]
            if semantic not in _WIDTHS or not named.has(name):
                continue
            stored = self._convert_types(array, named.integer(name), named.place)
            if stored.array.shape[1] not in _WIDTHS[semantic]:
                raise named.invalid(name, f"is a {stored.kind}")
            if semantic == "JOINTS":
                found[name] = _joints(stored, named.place)
            else:
                found[name] = _require_finite(stored, name, named.place)
        if "POSITION" not in found:
            raise DamagedFileError.from_cause(
                causes.COMPRESSED_DATA_DAMAGED, packed.place, by="Draco"
            )
        return _sort_attributes(found), create_accessor(
            triangles.ravel().astype(np.uint32)
        )

    def _convert_types(self, array: AnyArray, index: int, place: str) -> Accessor:
        """Return decoded Draco numbers in the component type of their accessor."""
        fields, dtype = self._arrays.read_layout(index, place)
        normalized = fields.boolean("normalized", default=False) and dtype.kind != "f"
        return create_accessor(array.astype(dtype), normalized=normalized)

    def _variants(self, extensions: Fields) -> dict[str, Payload]:
        """Return KHR_materials_variants with its materials as objects."""
        if not extensions.has(_VARIANTS):
            return {}
        place = f"{extensions.place}.{_VARIANTS}"

        def change(name: str, value: Payload) -> Payload:
            if name == "mappings" and isinstance(value, dict) and "material" in value:
                index = Fields(value, place).integer("material")
                return {**value, "material": self._materials.material(index, place)}
            return value

        return {_VARIANTS: map_objects(extensions.values[_VARIANTS], change)}


def _sort_attributes(attributes: dict[str, Accessor]) -> dict[str, Accessor]:
    """Return attributes sorted by semantic, so that equal meshes give equal files."""
    ranks = list(_WIDTHS)
    keyed = sorted(attributes, key=lambda n: (ranks.index(n.partition("_")[0]), n))
    return {name: attributes[name] for name in keyed}


def _joints(stored: Accessor, place: str) -> Accessor:
    if stored.array.dtype.kind != "u":
        reason = "joint numbers are not whole numbers"
        raise DamagedFileError(reason, place, RE_EXPORT)
    return stored


def _require_finite(stored: Accessor, name: str, place: str) -> Accessor:
    """Return numbers of an attribute; lost ones become 0, save positions.

    Raises
    ------
    DamagedFileError
        If a position is not a finite number.
    """
    values = stored.values
    is_usable = np.abs(values) < _FARTHEST  # false for what is not a number, too
    if not is_usable.all():
        if name == "POSITION":
            raise DamagedFileError.from_cause(
                causes.NON_FINITE_NUMBERS, f"{place}.{name}"
            )
        values = np.where(is_usable, values, np.float32(0))
    is_plain = values is stored.array and stored.kind.startswith("VEC")
    return stored if is_plain else create_accessor(values)


def _check_counts(groups: list[dict[str, Accessor]], count: int, place: str) -> None:
    for group in groups:
        for name, held in group.items():
            if held.count != count:
                reason = f"has {held.count} elements, and POSITION {count}"
                where = f"{place}.{name}"
                raise DamagedFileError.from_cause(
                    causes.FIELD_INCONSISTENT, where, reason=reason
                )


def _check_indices(indices: Accessor | None, count: int, place: str) -> None:
    if indices is not None and int(indices.array.max(initial=0)) >= count:
        raise DamagedFileError.from_cause(
            causes.VERTEX_INDEX_OUT_OF_RANGE, f"{place}.indices"
        )


def _check_weights(
    weights: tuple[float, ...], primitives: list[Primitive], fields: Fields
) -> None:
    counts = {len(primitive.targets) for primitive in primitives}
    if len(counts) > 1:
        raise fields.inconsistent(
            name="primitives", reason="differ in their number of morph targets"
        )
    if weights and len(weights) != next(iter(counts), 0):
        raise fields.inconsistent(
            name="weights", reason="has another length than targets"
        )


def decode_draco_primitive(
    content: bytes, names: Mapping[str, int], place: str
) -> tuple[AnyArray, dict[str, AnyArray]]:
    """Return the triangles and attributes of one Draco-compressed primitive.

    Parameters
    ----------
    content
        The buffer view that KHR_draco_mesh_compression names.
    names
        Draco's unique number of each glTF attribute.
    place
        Of the extension in the file.

    Returns
    -------
    (m, 3) uint32, {name: (n, k) array}

    Raises
    ------
    DamagedFileError
        If the content is not a Draco mesh with these attributes.
    MissingToolError
        If the decoder is not installed.
    """
    try:
        import DracoPy  # type: ignore[import-not-found]  # noqa: PLC0415  # no stubs; rare
    except ModuleNotFoundError as error:
        reason = "the model is compressed with Draco, and DracoPy is not installed"
        remedy = "Run `pip install DracoPy`, or export the model without Draco"
        raise MissingToolError(reason, place, remedy) from error
    try:
        mesh = DracoPy.decode(content)
    except (ValueError, RuntimeError, DracoPy.FileTypeException) as error:
        raise DamagedFileError.from_cause(
            causes.COMPRESSED_DATA_DAMAGED, place, by="Draco"
        ) from error
    by_number = {item["unique_id"]: item["data"] for item in mesh.attributes}
    missing = [name for name, number in names.items() if number not in by_number]
    if missing or not hasattr(mesh, "faces"):
        raise DamagedFileError.from_cause(
            causes.COMPRESSED_DATA_DAMAGED, place, by="Draco"
        )
    attributes = {name: by_number[number] for name, number in names.items()}
    return mesh.faces, {name: a.reshape(len(a), -1) for name, a in attributes.items()}
