"""Apply a change once to primitives that share the same arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from assets_pipeline.gltf.document import Primitive


def transform_distinct(
    primitives: Iterable[Primitive], change: Callable[[Primitive], None]
) -> None:
    """Change primitives in place, those with the same arrays once.

    Parameters
    ----------
    primitives
        Changed in place.
    change
        Puts other arrays in a primitive, by nothing but its arrays, mode and material,
        and leaves its material alone.
    """
    changed: dict[object, Primitive] = {}
    for primitive in primitives:
        if primitive.extensions:  # they may name other materials
            change(primitive)
            continue
        key = _arrays(primitive)
        if key not in changed:
            change(primitive)
            changed[key] = primitive
        else:
            _copy_arrays(primitive, changed[key])


def _arrays(primitive: Primitive) -> object:
    held = tuple(primitive.attributes.items())
    moved = tuple([tuple(target.items()) for target in primitive.targets])
    return held, moved, primitive.indices, primitive.mode, primitive.material


def _copy_arrays(primitive: Primitive, model: Primitive) -> None:
    primitive.attributes = dict(model.attributes)
    primitive.targets = [dict(target) for target in model.targets]
    primitive.indices, primitive.mode = model.indices, model.mode
