"""Encode all accessors with EXT_meshopt_compression."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.codecs import meshopt
from assets_pipeline.gltf.accessors import Accessor, EncodedArray
from assets_pipeline.gltf.document import TRIANGLES

if TYPE_CHECKING:
    from assets_pipeline.arrays import AnyArray, Float32Array
    from assets_pipeline.gltf.accessors import AccessorKind, CodecFilter, CodecMode
    from assets_pipeline.gltf.document import AnimationSampler, Document, Primitive

_BYTE_BITS: Final = 8
_WHOLE_BITS: Final = 24
"""Of a float32's mantissa."""
_STEP: Final = 4


@dataclass(frozen=True, slots=True)
class CompressMeshoptOptions:
    """Bits that the codec's filters keep."""

    normal_bits: int = 8
    """Above 8, a normal takes 8 bytes before compression instead of 4."""
    tangent_bits: int = 8
    rotation_bits: int = 12
    instance_rotation_bits: int = 16
    instance_bits: int = 18
    """Of the mantissas of places and sizes: what touches must keep touching. 24 keep a
    float32 as it is, turns in as many."""
    uv_bits: int = 14
    """Of a texture's width, for coordinates that leave it: steps are 1 / 2^bits."""
    float_bits: int = 15
    """Of the mantissas of morph targets and animated values."""


def compress_meshopt(
    document: Document, options: CompressMeshoptOptions | None = None
) -> None:
    """Encode each accessor, for the writer to store.

    Arrays then hold what these bytes decode to: what is measured is what is shown.
    """
    _Compressor(options or CompressMeshoptOptions()).run(document)


class _Compressor:
    """Encodes each accessor once, however often it is used."""

    def __init__(self, options: CompressMeshoptOptions) -> None:
        self._options = options
        self._made: dict[tuple[Accessor, str], Accessor] = {}

    def run(self, document: Document) -> None:
        for primitive in document.primitives():
            for group in (primitive.attributes, *primitive.targets):
                for name, accessor in group.items():
                    is_base = group is primitive.attributes
                    group[name] = self._attribute(name, accessor, is_base=is_base)
            self._encode_indices(primitive)
        for animation in document.animations:
            for channel in animation.channels:
                self._sampler(channel.sampler, channel.path)
        for node in document.nodes():
            for name, accessor in node.instances.items():
                how = self._instance_encoding(is_turn=name == "ROTATION")
                node.instances[name] = self._encode_once(accessor, how)
        for skin in document.skins():
            if skin.inverse_bind_matrices is not None:
                binds = skin.inverse_bind_matrices
                skin.inverse_bind_matrices = self._encode_once(binds, "plain")

    def _instance_encoding(self, *, is_turn: bool) -> str:
        if self._options.instance_bits >= _WHOLE_BITS:
            return "whole turn" if is_turn else "plain"
        return "instance rotation" if is_turn else "instance"

    def _attribute(self, name: str, accessor: Accessor, *, is_base: bool) -> Accessor:
        if is_base and name in ("NORMAL", "TANGENT"):
            return self._encode_once(accessor, name)
        if accessor.array.dtype.kind != "f":
            return self._encode_once(accessor, "plain")
        is_uv = is_base and name.startswith("TEXCOORD_")
        return self._encode_once(accessor, "uv" if is_uv else "float")

    def _encode_indices(self, primitive: Primitive) -> None:
        if primitive.indices is not None:
            is_triangles = primitive.mode == TRIANGLES
            how = "triangles" if is_triangles else "indices"
            primitive.indices = self._encode_once(primitive.indices, how)

    def _sampler(self, sampler: AnimationSampler, path: str) -> None:
        # Times must stay distinct.
        sampler.input = self._encode_once(sampler.input, "plain")
        is_turn = path == "rotation" and sampler.interpolation != "CUBICSPLINE"
        how = "rotation" if is_turn else "float"
        sampler.output = self._encode_once(sampler.output, how)

    def _encode_once(self, accessor: Accessor, how: str) -> Accessor:
        if accessor.encoded is not None:
            return accessor
        if (accessor, how) not in self._made:
            self._made[accessor, how] = self._encode(accessor, how)
        return self._made[accessor, how]

    def _encode(self, accessor: Accessor, how: str) -> Accessor:
        options = self._options
        if how in ("NORMAL", "TANGENT"):
            is_normal = how == "NORMAL"
            kept = options.normal_bits if is_normal else options.tangent_bits
            return _encode_direction(
                accessor.values, "VEC3" if is_normal else "VEC4", kept
            )
        if how == "uv":
            return _encode_uvs(accessor, options.uv_bits)
        bits = {
            "rotation": options.rotation_bits,
            "instance rotation": options.instance_rotation_bits,
            "float": options.float_bits,
            "instance": options.instance_bits,
            "whole turn": _WHOLE_BITS,
        }
        if how.endswith("rotation") and accessor.array.dtype.kind == "f":
            return _encode_rotation(accessor.values, bits[how])
        if how in bits and accessor.array.dtype.kind == "f":
            return _encode_numbers(accessor, bits[how])
        if how in ("triangles", "indices"):
            return _encode_indices(accessor, is_triangles=how == "triangles")
        return _encode_plain(accessor)


def _encode_direction(values: Float32Array, kind: AccessorKind, bits: int) -> Accessor:
    """Return unit vectors through the octahedral filter; w is -1, 0 or 1."""
    four = np.zeros((len(values), 4), np.float32)
    four[:, : values.shape[1]] = values
    is_byte = bits <= _BYTE_BITS
    stride = 4 if is_byte else 8
    packed = meshopt.encode_filter(four, "OCTAHEDRAL", bits=bits, stride_bytes=stride)
    dtype = np.dtype(np.int8 if is_byte else np.int16)
    return _roundtrip(packed, "OCTAHEDRAL", dtype, kind, normalized=True)


def _encode_rotation(values: Float32Array, bits: int) -> Accessor:
    packed = meshopt.encode_filter(values, "QUATERNION", bits=bits, stride_bytes=8)
    dtype = np.dtype(np.int16)
    return _roundtrip(packed, "QUATERNION", dtype, "VEC4", normalized=True)


def _encode_uvs(accessor: Accessor, bits: int) -> Accessor:
    """Return numbers in steps of 1 / 2^bits, whatever their greatest is."""
    greatest = float(np.abs(accessor.values).max(initial=0))
    needed = bits + 1 + max(0, math.frexp(greatest)[1])
    return _encode_numbers(accessor, min(_WHOLE_BITS, needed), shares_exponent=True)


def _encode_numbers(
    accessor: Accessor, bits: int, *, shares_exponent: bool = False
) -> Accessor:
    stride = accessor.array.shape[1] * 4
    packed = meshopt.encode_filter(
        accessor.values,
        "EXPONENTIAL",
        bits=bits,
        stride_bytes=stride,
        shares_exponent=shares_exponent,
    )
    dtype = np.dtype(np.float32)
    return _roundtrip(packed, "EXPONENTIAL", dtype, accessor.kind, normalized=False)


def _roundtrip(
    packed: bytes,
    codec_filter: CodecFilter,
    dtype: np.dtype[np.generic],
    kind: AccessorKind,
    *,
    normalized: bool,
) -> Accessor:
    """Return the accessor of filtered elements, its array decoded again."""
    width = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4}[kind]
    stride = -(-width * dtype.itemsize // _STEP) * _STEP
    stride = 8 if codec_filter == "OCTAHEDRAL" and dtype.itemsize > 1 else stride
    count = len(packed) // stride
    content = meshopt.encode_buffer(
        packed, "ATTRIBUTES", count=count, stride_bytes=stride
    )
    raw = meshopt.decode_buffer(
        content, "ATTRIBUTES", codec_filter, count=count, stride_bytes=stride
    )
    array = np.frombuffer(raw, dtype).reshape(count, -1)[:, :width]
    array = np.ascontiguousarray(array)
    array.setflags(write=False)
    encoded = EncodedArray(content, "ATTRIBUTES", codec_filter, stride)
    return Accessor(array, kind, normalized, encoded)


def _encode_indices(accessor: Accessor, *, is_triangles: bool) -> Accessor:
    size = accessor.array.itemsize
    wide = accessor.array.astype(np.uint16) if size == 1 else accessor.array
    stride, count = wide.itemsize, accessor.count
    mode: CodecMode = "TRIANGLES" if is_triangles else "INDICES"
    raw = wide.tobytes()
    content = meshopt.encode_buffer(raw, mode, count=count, stride_bytes=stride)
    # The codec may begin a triangle at another corner: keep what it gives back.
    back = meshopt.decode_buffer(
        content, mode, "NONE", count=count, stride_bytes=stride
    )
    array: AnyArray = np.frombuffer(back, wide.dtype).reshape(-1, 1)
    encoded = EncodedArray(content, mode, "NONE", stride)
    return Accessor(array, accessor.kind, encoded=encoded)


def _encode_plain(accessor: Accessor) -> Accessor:
    """Return an accessor whose rows, padded to 4 bytes, are stored without loss."""
    rows = accessor.array.view(np.uint8).reshape(accessor.count, -1)
    rows = np.pad(rows, ((0, 0), (0, -rows.shape[1] % _STEP)))
    stride = rows.shape[1]
    content = meshopt.encode_buffer(
        rows.tobytes(), "ATTRIBUTES", count=accessor.count, stride_bytes=stride
    )
    encoded = EncodedArray(content, "ATTRIBUTES", "NONE", stride)
    return Accessor(accessor.array, accessor.kind, accessor.normalized, encoded)
