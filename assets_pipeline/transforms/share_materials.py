"""Let primitives share materials that are equal: more is drawn together."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Final

from assets_pipeline.gltf.materials import Material, TextureInfo

if TYPE_CHECKING:
    from collections.abc import Callable

    from assets_pipeline.gltf.document import Document
    from assets_pipeline.gltf.materials import Payload

_TRANSMISSION: Final = "KHR_materials_transmission"
_LOOK: Final = tuple(f.name for f in fields(Material) if f.name != "name")


def share_materials(document: Document) -> None:
    """Put the first of equal materials in place of the others, in variants too.

    Names don't count, `extras` do. See-through materials stay apart: what shares one
    is drawn together, and viewers sort by distance only what they draw one by one.
    Wants shared textures, as `prune` leaves them.
    """
    first: dict[object, Material] = {}
    known: dict[Material, Material] = {}

    def shared(material: Material) -> Material:
        if material not in known:
            key = material if is_clear(material) else _key(material)
            known[material] = first.setdefault(key, material)
        return known[material]

    for primitive in document.primitives():
        if primitive.material is not None:
            primitive.material = shared(primitive.material)
        primitive.extensions = {
            name: _with_shared(part, shared)
            for name, part in primitive.extensions.items()
        }


def is_clear(material: Material) -> bool:
    """Return whether one sees through a material what is behind."""
    return material.alpha_mode == "BLEND" or _TRANSMISSION in material.extensions


def _key(material: Material) -> object:
    return tuple(frozen(getattr(material, name)) for name in _LOOK)


def frozen(payload: object) -> object:
    """Return a value that is equal where two payloads say the same.

    Textures and materials are the same when they are one object.
    """
    if isinstance(payload, Material):
        return id(payload)
    if isinstance(payload, TextureInfo):
        parts = (getattr(payload, f.name) for f in fields(payload))
        return tuple(
            frozen(part) if part is not payload.texture else id(part) for part in parts
        )
    if isinstance(payload, dict):
        return frozenset((name, frozen(part)) for name, part in payload.items())
    if isinstance(payload, list | tuple):
        return tuple(frozen(part) for part in payload)
    # Python takes 1, 1.0 and True for equal; JSON does not.
    return type(payload), payload


def _with_shared(payload: Payload, shared: Callable[[Material], Material]) -> Payload:
    if isinstance(payload, Material):
        return shared(payload)
    if isinstance(payload, dict):
        return {name: _with_shared(part, shared) for name, part in payload.items()}
    if isinstance(payload, list):
        return [_with_shared(part, shared) for part in payload]
    return payload
