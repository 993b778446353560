"""How many triangles a glTF file announces, before it is read for any of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assets_pipeline.readers.fields import decoded
from assets_pipeline.readers.most_triangles import MOST_TRIANGLES, check_triangles

if TYPE_CHECKING:
    from assets_pipeline.gltf.materials import Payload
    from assets_pipeline.readers.gltf_records import Records


def check_triangles_of_gltf(records: Records) -> None:
    """Check a glTF file as `check_triangles` does, by what its accessors announce.

    Only a file that announces too many is refused here: one that contradicts itself is
    left to those who read it.
    """
    accessors = _objects(records.root.values.get("accessors"))
    if sum(_count(held) for held in accessors) <= MOST_TRIANGLES:
        return
    named = set[int]()
    for primitives in {bytes(mesh.primitives) for mesh in records.meshes}:
        for primitive in _objects(decoded(primitives)):
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
