"""Decode buffers, buffer views and accessors of a glTF file on demand.

Sizes that the file claims are checked against the bytes it has before anything is
allocated, and all that is decoded from one file stays under a common limit.
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Final, get_args
from urllib.parse import unquote_to_bytes

import numpy as np

from assets_pipeline.codecs import meshopt
from assets_pipeline.errors import causes
from assets_pipeline.errors.exceptions import (
    RE_EXPORT,
    DamagedFileError,
    LimitExceededError,
)
from assets_pipeline.gltf.accessors import COMPONENTS, Accessor, AccessorKind, CodecMode
from assets_pipeline.readers.json_fields import Fields, get_item

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from assets_pipeline.arrays import AnyArray

MAX_DECODED_BYTES: Final = 2 << 30
DTYPES: Final[Mapping[int, np.dtype[np.generic]]] = {
    5120: np.dtype("<i1"),
    5121: np.dtype("<u1"),
    5122: np.dtype("<i2"),
    5123: np.dtype("<u2"),
    5125: np.dtype("<u4"),
    5126: np.dtype("<f4"),
}
_KINDS: Final[Mapping[str, AccessorKind]] = {kind: kind for kind in COMPONENTS}
_MODES: Final[Mapping[str, CodecMode]] = {mode: mode for mode in get_args(CodecMode)}
_MAX_STRIDE = 256


class AccessorReader:
    """Decodes the accessors and buffer views of one glTF file.

    Parameters
    ----------
    root
        The file's JSON.
    binary
        The GLB's binary chunk.
    external
        Returns the content of a file beside this one, by its URI.
    """

    def __init__(
        self, root: Fields, binary: bytes | None, external: Callable[[str], bytes]
    ) -> None:
        self._binary = binary
        self._external = external
        self._buffer_fields = root.children("buffers")
        self._view_fields = root.children("bufferViews")
        self._accessor_fields = root.children("accessors")
        self._buffers: dict[int, bytes] = {}
        self._views: dict[int, bytes] = {}
        self._accessors: dict[int, Accessor] = {}
        self._left_bytes = MAX_DECODED_BYTES

    def read_accessor(self, index: int, place: str) -> Accessor:
        """Return a decoded accessor; the same object each time."""
        if index not in self._accessors:
            fields = get_item(self._accessor_fields, index, place)
            self._accessors[index] = self._decode(fields)
        return self._accessors[index]

    def read_layout(
        self, index: int, place: str
    ) -> tuple[Fields, np.dtype[np.generic]]:
        """Return an accessor's JSON and component type, without its values."""
        fields = get_item(self._accessor_fields, index, place)
        return fields, _dtype(fields)

    def read_view(self, index: int, place: str) -> bytes:
        """Return the bytes of a buffer view, decompressed if need be."""
        if index not in self._views:
            fields = get_item(self._view_fields, index, place)
            extensions = fields.child("extensions")
            for name in ("EXT_meshopt_compression", "KHR_meshopt_compression"):
                if extensions.has(name):
                    self._views[index] = self._decompress(
                        fields, extensions.child(name)
                    )
                    break
            else:
                self._views[index] = self._slice_view(fields)
        return self._views[index]

    def read_uri(self, uri: str, place: str) -> bytes:
        """Return the content of a data URI or of the file that a URI references."""
        if not uri.startswith("data:"):
            return self._external(uri)
        head, comma, body = uri.partition(",")
        if not comma:
            reason = "a data URI without a comma"
            raise DamagedFileError(reason, place, RE_EXPORT)
        if not head.endswith(";base64"):
            return unquote_to_bytes(body)
        try:
            return base64.b64decode(body, validate=True)
        except (binascii.Error, ValueError) as error:
            reason = "a data URI that is not base64"
            raise DamagedFileError(reason, place, RE_EXPORT) from error

    def reserve_bytes(self, size_bytes: int, place: str) -> None:
        """Count bytes about to be allocated against the limit.

        Raises
        ------
        LimitExceededError
            If the file wants more than 2 GiB in all.
        """
        self._left_bytes -= size_bytes
        if self._left_bytes < 0:
            raise LimitExceededError.from_cause(
                causes.ARCHIVE_TOO_LARGE, place, mebibytes=MAX_DECODED_BYTES >> 20
            )

    def _decode(self, fields: Fields) -> Accessor:
        kind = _kind(fields)
        dtype, count = _dtype(fields), fields.integer("count", least=1)
        normalized = fields.boolean("normalized", default=False)
        self.reserve_bytes(count * COMPONENTS[kind] * dtype.itemsize, fields.place)
        view = fields.index("bufferView")
        if view is None:
            array: AnyArray = np.zeros((count, COMPONENTS[kind]), dtype)
        else:
            array = self._rows(fields, view, dtype, kind)
        if fields.has("sparse"):
            array = self._apply_sparse(fields.child("sparse"), array, kind)
        array = np.ascontiguousarray(array)
        array.setflags(write=False)
        return Accessor(array, kind, normalized and dtype.kind != "f")

    def _rows(
        self, fields: Fields, view: int, dtype: np.dtype[np.generic], kind: AccessorKind
    ) -> AnyArray:
        """Return (count, k) numbers of a buffer view."""
        content = self.read_view(view, fields.place)
        count, offset = fields.integer("count"), fields.integer("byteOffset", 0)
        pads = _column_padding_bytes(kind, dtype)
        element = COMPONENTS[kind] * dtype.itemsize + pads[0] * pads[1]
        stride = self._view_fields[view].integer("byteStride", element)
        if not element <= stride <= max(_MAX_STRIDE, element):
            reason = f"elements of {element} bytes, {stride} apart"
            raise DamagedFileError(reason, f"{fields.place}.byteStride", RE_EXPORT)
        # Nothing need follow the last column of the last matrix.
        if offset + stride * (count - 1) + element - pads[1] > len(content):
            raise DamagedFileError.from_cause(causes.TRUNCATED, fields.place)
        content += bytes(pads[1])
        packed = _pack(content, (count, element), offset, stride)
        if pads[1]:
            columns = packed.reshape(count, pads[0], -1)[:, :, : -pads[1]]
            packed = np.ascontiguousarray(columns).reshape(count, -1)
        return packed.view(dtype)

    def _apply_sparse(
        self, sparse: Fields, array: AnyArray, kind: AccessorKind
    ) -> AnyArray:
        """Return the array with the sparse accessor's elements written in."""
        count = sparse.integer("count", least=1)
        if count > len(array):
            raise sparse.inconsistent(
                name="count", reason=f"is {count}, of {len(array)} elements"
            )
        indices, values = sparse.child("indices"), sparse.child("values")
        sized = {"count": count}
        at = Fields({**indices.values, **sized}, indices.place)
        rows = self._rows(at, at.integer("bufferView"), _dtype(at), "SCALAR").ravel()
        if rows.dtype.kind != "u" or int(rows.max()) >= len(array):
            raise indices.inconsistent(
                name="bufferView", reason="points past the accessor's end"
            )
        of = Fields({**values.values, **sized}, values.place)
        patched = array.copy()
        patched[rows.astype(np.intp)] = self._rows(
            of, of.integer("bufferView"), array.dtype, kind
        )
        return patched

    def _slice_view(self, fields: Fields) -> bytes:
        """Return the part of a buffer that a view, or its compressed form, names."""
        buffer = self._buffer(fields.integer("buffer"), fields.place)
        offset, length = fields.integer("byteOffset", 0), fields.integer("byteLength")
        if offset + length > len(buffer):
            raise DamagedFileError.from_cause(causes.TRUNCATED, fields.place)
        return buffer[offset : offset + length]

    def _decompress(self, fields: Fields, packed: Fields) -> bytes:
        """Return what a meshopt-compressed view unfolds to."""
        mode = packed.choice("mode", None, _MODES)
        stride = packed.integer("byteStride", least=1)
        count = packed.integer("count")
        is_vertex = mode == "ATTRIBUTES"
        fits = (
            stride % 4 == 0 and stride <= _MAX_STRIDE if is_vertex else stride in (2, 4)
        )
        if mode is None or not fits or (mode == "TRIANGLES" and count % 3):
            raise DamagedFileError.from_cause(
                causes.COMPRESSED_DATA_DAMAGED, packed.place, by="meshopt"
            )
        self.reserve_bytes(count * stride, fields.place)
        codec_filter = packed.string("filter", "NONE")
        content = self._slice_view(packed)
        return meshopt.decode_buffer(
            content, mode, codec_filter, count=count, stride_bytes=stride
        )

    def _buffer(self, index: int, place: str) -> bytes:
        if index not in self._buffers:
            fields = get_item(self._buffer_fields, index, place)
            content = self._buffer_content(index, fields)
            length = fields.integer("byteLength", least=1)
            if len(content) < length:
                raise DamagedFileError.from_cause(causes.TRUNCATED, fields.place)
            self._buffers[index] = content[:length]
        return self._buffers[index]

    def _buffer_content(self, index: int, fields: Fields) -> bytes:
        if fields.has("uri"):
            return self.read_uri(fields.string("uri"), f"{fields.place}.uri")
        if index == 0 and self._binary is not None:
            return self._binary
        raise DamagedFileError.from_cause(causes.BUFFER_MISSING, fields.place)


def _pack(content: bytes, shape: tuple[int, int], offset: int, stride: int) -> AnyArray:
    """Return elements as rows of bytes, what lies between them left out."""
    count, element = shape
    if stride == element:
        whole = np.frombuffer(content, np.uint8, count * element, offset)
        return whole.reshape(shape)
    raw = np.frombuffer(content, np.uint8)[offset:]
    spaced = np.lib.stride_tricks.as_strided(raw, shape, (stride, 1))
    return np.ascontiguousarray(spaced)


def _kind(fields: Fields) -> AccessorKind:
    kind = fields.choice("type", None, _KINDS)
    if kind is None:
        raise DamagedFileError.from_cause(causes.FIELD_MISSING, f"{fields.place}.type")
    return kind


def _dtype(fields: Fields) -> np.dtype[np.generic]:
    code = fields.integer("componentType")
    if code not in DTYPES:
        raise fields.invalid(name="componentType", reason=f"is {code}")
    return DTYPES[code]


def _column_padding_bytes(
    kind: AccessorKind, dtype: np.dtype[np.generic]
) -> tuple[int, int]:
    """Return a matrix's columns and the bytes after each, which starts at 4 (3.6.2.4)."""
    if not kind.startswith("MAT"):
        return 1, 0
    columns = int(kind[3])
    return columns, -columns * dtype.itemsize % 4
