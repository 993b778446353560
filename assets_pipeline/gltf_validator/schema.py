"""Schemas of glTF 2.0 objects: type, range and references of each property."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["index", "integer", "number", "text", "flag", "object", "list", "map"]


@dataclass(frozen=True, slots=True)
class Property:
    """The schema of one property."""

    kind: Kind
    target: str = ""
    """Of an index: the list at the root; of an object: its shape."""
    least: float = -math.inf
    most: float = math.inf
    known: tuple[int | str, ...] = ()
    """All that it may be, when not empty."""
    item: Property | None = None
    """Of a list or a map."""
    lengths: tuple[int, ...] = ()
    """Of a list; any but 0 when empty."""
    is_set: bool = False
    """Whether no item may come twice."""
    is_needed: bool = False


Shape = dict[str, Property]

_TEXT, _FLAG, _NUMBER = Property("text"), Property("flag"), Property("number")
_COUNT = Property("integer", least=1)
_OFFSET = Property("integer", least=0)
_UNIT = Property("number", least=0, most=1)
_POSITIVE = Property("number", least=0)


def _to(target: str) -> Property:
    return Property("index", target)


def _one(shape: str) -> Property:
    return Property("object", shape)


def _listed(item: Property, *lengths: int, is_set: bool = False) -> Property:
    return Property("list", item=item, lengths=lengths, is_set=is_set)


def _needed(value: Property) -> Property:
    return replace(value, is_needed=True)


def _among(*known: int | str) -> Property:
    return Property("text" if isinstance(known[0], str) else "integer", known=known)


_INFO = _one("textureInfo")
_COMPONENTS = _among(5120, 5121, 5122, 5123, 5125, 5126)
_WRAP = _among(33071, 33648, 10497)
_VECTOR_3 = _listed(_NUMBER, 3)
_COLOR = _listed(_UNIT, 3)
_NAMED: Shape = {"name": _TEXT}
_NAMES = _listed(_TEXT, is_set=True)

SHAPES: Final[Mapping[str, Shape]] = {
    "glTF": {
        "asset": _needed(_one("asset")),
        "extensionsUsed": _NAMES,
        "extensionsRequired": _NAMES,
        "scene": _to("scenes"),
        **{
            plural: _listed(_one(single))
            for plural, single in (
                *(("accessors", "accessor"), ("animations", "animation")),
                *(("buffers", "buffer"), ("bufferViews", "bufferView")),
                *(("cameras", "camera"), ("images", "image")),
                *(("materials", "material"), ("meshes", "mesh"), ("nodes", "node")),
                *(("samplers", "sampler"), ("scenes", "scene"), ("skins", "skin")),
                ("textures", "texture"),
            )
        },
    },
    "asset": {
        "version": _needed(_TEXT),
        **dict.fromkeys(("copyright", "generator", "minVersion"), _TEXT),
    },
    "accessor": {
        "bufferView": _to("bufferViews"),
        "byteOffset": _OFFSET,
        "componentType": _needed(_COMPONENTS),
        "normalized": _FLAG,
        "count": _needed(_COUNT),
        "type": _needed(
            _among("SCALAR", "VEC2", "VEC3", "VEC4", "MAT2", "MAT3", "MAT4")
        ),
        "max": _listed(_NUMBER, 1, 2, 3, 4, 9, 16),
        "min": _listed(_NUMBER, 1, 2, 3, 4, 9, 16),
        "sparse": _one("sparse"),
        **_NAMED,
    },
    "sparse": {
        "count": _needed(_COUNT),
        "indices": _needed(_one("sparseIndices")),
        "values": _needed(_one("sparseValues")),
    },
    "sparseIndices": {
        "bufferView": _needed(_to("bufferViews")),
        "byteOffset": _OFFSET,
        "componentType": _needed(_among(5121, 5123, 5125)),
    },
    "sparseValues": {
        "bufferView": _needed(_to("bufferViews")),
        "byteOffset": _OFFSET,
    },
    "animation": {
        "channels": _needed(_listed(_one("channel"))),
        "samplers": _needed(_listed(_one("animationSampler"))),
        **_NAMED,
    },
    "channel": {"sampler": _needed(_OFFSET), "target": _needed(_one("channelTarget"))},
    "channelTarget": {"node": _to("nodes"), "path": _needed(_TEXT)},
    "animationSampler": {
        "input": _needed(_to("accessors")),
        "output": _needed(_to("accessors")),
        "interpolation": _TEXT,
    },
    "buffer": {"uri": _TEXT, "byteLength": _needed(_COUNT), **_NAMED},
    "bufferView": {
        "buffer": _needed(_to("buffers")),
        "byteOffset": _OFFSET,
        "byteLength": _needed(_COUNT),
        "byteStride": Property("integer", least=4, most=252),
        "target": _among(34962, 34963),
        **_NAMED,
    },
    "camera": {
        "type": _needed(_TEXT),
        "perspective": _one("perspective"),
        "orthographic": _one("orthographic"),
        **_NAMED,
    },
    "perspective": {
        "yfov": _needed(_POSITIVE),
        "znear": _needed(_POSITIVE),
        **dict.fromkeys(("aspectRatio", "zfar"), _POSITIVE),
    },
    "orthographic": {
        **{n: _needed(_NUMBER) for n in ("xmag", "ymag")},
        **{n: _needed(_POSITIVE) for n in ("zfar", "znear")},
    },
    "image": {
        **dict.fromkeys(("uri", "mimeType", "name"), _TEXT),
        "bufferView": _to("bufferViews"),
    },
    "material": {
        "pbrMetallicRoughness": _one("metallicRoughness"),
        **dict.fromkeys(
            ("normalTexture", "occlusionTexture", "emissiveTexture"), _INFO
        ),
        "emissiveFactor": _COLOR,
        "alphaMode": _TEXT,
        "alphaCutoff": _POSITIVE,
        "doubleSided": _FLAG,
        **_NAMED,
    },
    "metallicRoughness": {
        "baseColorFactor": _listed(_UNIT, 4),
        "baseColorTexture": _INFO,
        "metallicFactor": _UNIT,
        "roughnessFactor": _UNIT,
        "metallicRoughnessTexture": _INFO,
    },
    "textureInfo": {
        "index": _needed(_to("textures")),
        "texCoord": _OFFSET,
        "scale": _NUMBER,
        "strength": _UNIT,
    },
    "mesh": {
        "primitives": _needed(_listed(_one("primitive"))),
        "weights": _listed(_NUMBER),
        **_NAMED,
    },
    "primitive": {
        "attributes": _needed(Property("map", item=_to("accessors"))),
        "indices": _to("accessors"),
        "material": _to("materials"),
        "mode": Property("integer", least=0, most=6),
        "targets": _listed(Property("map", item=_to("accessors"))),
    },
    "node": {
        "camera": _to("cameras"),
        "children": _listed(_to("nodes"), is_set=True),
        "skin": _to("skins"),
        "matrix": _listed(_NUMBER, 16),
        "mesh": _to("meshes"),
        "rotation": _listed(Property("number", least=-1, most=1), 4),
        **dict.fromkeys(("scale", "translation"), _VECTOR_3),
        "weights": _listed(_NUMBER),
        **_NAMED,
    },
    "sampler": {
        "magFilter": _among(9728, 9729),
        "minFilter": _among(9728, 9729, 9984, 9985, 9986, 9987),
        **dict.fromkeys(("wrapS", "wrapT"), _WRAP),
        **_NAMED,
    },
    "scene": {"nodes": _listed(_to("nodes"), is_set=True), **_NAMED},
    "skin": {
        "inverseBindMatrices": _to("accessors"),
        "skeleton": _to("nodes"),
        "joints": _needed(_listed(_to("nodes"), is_set=True)),
        **_NAMED,
    },
    "texture": {"sampler": _to("samplers"), "source": _to("images"), **_NAMED},
}
