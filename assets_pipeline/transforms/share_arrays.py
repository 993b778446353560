"""Let arrays of the same numbers for the same use be one: worked on once, sent once."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assets_pipeline.gltf.accessors import Accessor
    from assets_pipeline.gltf.document import Document, Primitive


def share_arrays(document: Document) -> None:
    """Put the first of equal accessors in place of the others, in all primitives.

    Equal are the same bytes under the same name: a sphere's places may be its normals
    too, but they are not stored alike.
    """
    primitives = document.primitives()
    alike: dict[object, dict[Accessor, None]] = {}
    for use, held in _uses(primitives):
        array = held.array
        kind = (use, held.kind, held.normalized, array.dtype.str, array.shape)
        alike.setdefault(kind, {})[held] = None
    first: dict[Accessor, Accessor] = {}
    for group in alike.values():
        # What is alone of its size is equal to none: its bytes need not be read.
        if len(group) > 1:
            first.update(_first_of_equals(group))
    for primitive in primitives:
        for attributes in (primitive.attributes, *primitive.targets):
            for name, held in attributes.items():
                attributes[name] = first.get(held, held)
        if primitive.indices is not None:
            primitive.indices = first.get(primitive.indices, primitive.indices)


def _uses(primitives: list[Primitive]) -> Iterator[tuple[object, Accessor]]:
    for primitive in primitives:
        for name, held in primitive.attributes.items():
            yield name, held
        for target in primitive.targets:
            for name, held in target.items():
                yield ("target", name), held
        if primitive.indices is not None:
            yield "indices", primitive.indices


def _first_of_equals(
    group: dict[Accessor, None],
) -> Iterator[tuple[Accessor, Accessor]]:
    known: dict[bytes, Accessor] = {}
    for held in group:
        digest = hashlib.sha256(held.array.data).digest()
        yield held, known.setdefault(digest, held)
