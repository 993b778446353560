"""Parse nodes and meshes of a glTF file into typed records.

A file of many small parts has thousands of them. Parsed straight into records, they take
a third of the time that dictionaries take which are asked field by field. Where a record
refuses what the file holds, it is asked so after all: that tells what is wrong, where.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeAlias

import msgspec
from msgspec import UNSET, Meta, Raw, UnsetType

from assets_pipeline.limits import MAX_TRIANGLES, check_triangles
from assets_pipeline.readers.json_fields import (
    FLOAT32_LIMIT,
    INTEGER_LIMIT,
    Fields,
    check_json_limits,
    decode_json,
    parse_json_object,
)

if TYPE_CHECKING:
    from assets_pipeline.gltf.materials import Payload

ABSENT: Final = -1
"""In place of an index."""
Index: TypeAlias = Annotated[int, Meta(ge=0, lt=INTEGER_LIMIT)]
Number: TypeAlias = Annotated[float, Meta(gt=-FLOAT32_LIMIT, lt=FLOAT32_LIMIT)]
_Three: TypeAlias = tuple[Number, Number, Number]
_Four: TypeAlias = tuple[Number, Number, Number, Number]
_Sixteen: TypeAlias = Annotated[tuple[Number, ...], Meta(min_length=16, max_length=16)]


class NodeRecord(msgspec.Struct, gc=False):
    """A node as in the file; absent indices are `ABSENT`, other fields empty."""

    name: str | UnsetType = UNSET
    children: tuple[Index, ...] = ()
    mesh: Index = ABSENT
    skin: Index = ABSENT
    translation: _Three = (0.0, 0.0, 0.0)
    rotation: _Four = (0.0, 0.0, 0.0, 1.0)
    scale: _Three = (1.0, 1.0, 1.0)
    matrix: _Sixteen = ()
    weights: tuple[Number, ...] = ()
    extensions: dict[str, Any] | UnsetType = UNSET
    extras: Any = None


class MeshRecord(msgspec.Struct, gc=False):
    """A mesh as in the file."""

    primitives: Raw = Raw(b"[]")
    """Still JSON: what many meshes have alike is parsed once."""
    name: str | UnsetType = UNSET
    weights: tuple[Number, ...] = ()
    extensions: dict[str, Any] | UnsetType = UNSET
    extras: Any = None


@dataclass(frozen=True, slots=True)
class Records:
    """The parsed JSON of a glTF file."""

    root: Fields
    """All but its nodes and meshes."""
    nodes: list[NodeRecord]
    meshes: list[MeshRecord]


class _Root(msgspec.Struct):
    """What the readers ask of a file; each is checked where it is used."""

    asset: Any = UNSET
    scene: Any = UNSET
    scenes: Any = UNSET
    nodes: list[NodeRecord] = msgspec.field(default_factory=list)
    meshes: list[MeshRecord] = msgspec.field(default_factory=list)
    skins: Any = UNSET
    animations: Any = UNSET
    materials: Any = UNSET
    textures: Any = UNSET
    images: Any = UNSET
    samplers: Any = UNSET
    accessors: Any = UNSET
    bufferViews: Any = UNSET  # noqa: N815  # glTF's own name
    buffers: Any = UNSET
    extensions: Any = UNSET
    extensionsUsed: Any = UNSET  # noqa: N815  # glTF's own name
    extensionsRequired: Any = UNSET  # noqa: N815  # glTF's own name


_ASKED: Final = tuple(
    name for name in _Root.__struct_fields__ if name not in ("nodes", "meshes")
)
_DECODER: Final = msgspec.json.Decoder(_Root)


def read_records(text: bytes) -> Records:
    """Return the records of a glTF file's JSON.

    Raises
    ------
    DamagedFileError
        If it is no JSON, or a node or mesh holds what it must not.
    LimitExceededError
        If it is larger than 128 MiB or nested deeper than 64.
    """
    check_json_limits(text)
    try:
        found = _DECODER.decode(text)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return _read_field_by_field(parse_json_object(text))
    held = ((name, getattr(found, name)) for name in _ASKED)
    root = {name: value for name, value in held if value is not UNSET}
    return Records(Fields(root, ""), found.nodes, found.meshes)


def _read_field_by_field(root: Fields) -> Records:
    nodes = [_node(fields) for fields in root.children("nodes")]
    meshes = [_mesh(fields) for fields in root.children("meshes")]
    return Records(root, nodes, meshes)


def _node(fields: Fields) -> NodeRecord:
    blank = NodeRecord()
    x, y, z = fields.numbers("translation", blank.translation)
    i, j, k, real = fields.numbers("rotation", blank.rotation)
    a, b, c = fields.numbers("scale", blank.scale)
    has_matrix = fields.has("matrix")
    return NodeRecord(
        name=_name(fields),
        children=fields.integers("children"),
        mesh=fields.integer("mesh") if fields.has("mesh") else ABSENT,
        skin=fields.integer("skin") if fields.has("skin") else ABSENT,
        translation=(x, y, z),
        rotation=(i, j, k, real),
        scale=(a, b, c),
        matrix=fields.numbers("matrix", (0.0,) * 16) if has_matrix else (),
        weights=fields.numbers("weights", ()),
        extensions=_extensions(fields),
        extras=fields.values.get("extras"),
    )


def _mesh(fields: Fields) -> MeshRecord:
    primitives: Payload = fields.values.get("primitives", [])
    return MeshRecord(
        primitives=Raw(msgspec.json.encode(primitives)),
        name=_name(fields),
        weights=fields.numbers("weights", ()),
        extensions=_extensions(fields),
        extras=fields.values.get("extras"),
    )


def _extensions(fields: Fields) -> dict[str, Payload] | UnsetType:
    has_some = fields.has("extensions")
    return dict(fields.child("extensions").values) if has_some else UNSET


def _name(fields: Fields) -> str | UnsetType:
    return fields.string("name") if fields.has("name") else UNSET


def check_triangle_count(records: Records) -> None:
    """Raise an error if a glTF file's accessors hold too many triangles.

    Only a file that announces too many is refused here: one that contradicts itself is
    left to those who read it.
    """
    accessors = _objects(records.root.values.get("accessors"))
    if sum(_count(held) for held in accessors) <= MAX_TRIANGLES:
        return
    named = set[int]()
    for primitives in {bytes(mesh.primitives) for mesh in records.meshes}:
        for primitive in _objects(decode_json(primitives)):
            attributes = primitive.get("attributes")
            position = attributes.get("POSITION") if isinstance(attributes, dict) else 0
            corners = primitive.get("indices", position)
            if isinstance(corners, int) and 0 <= corners < len(accessors):
                named.add(corners)
    total = sum(_count(accessors[index]) for index in named)
    check_triangles(total // 3, "meshes")


def _count(held: dict[str, Payload]) -> int:
    count = held.get("count")
    return count if isinstance(count, int) else 0


def _objects(value: Payload) -> list[dict[str, Payload]]:
    listed = value if isinstance(value, list) else []
    return [item if isinstance(item, dict) else {} for item in listed]
