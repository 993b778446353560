"""Accessors, buffer views and the buffer of a GLB being written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.gltf.geometry import bounds

if TYPE_CHECKING:
    from assets_pipeline.arrays import AnyArray
    from assets_pipeline.gltf.accessors import Accessor, EncodedArray

Json = dict[str, object]
MESHOPT: Final = "EXT_meshopt_compression"
_ARRAY_BUFFER, _ELEMENT_ARRAY_BUFFER = 34962, 34963
_COMPONENT_TYPES: Final = {
    "i1": 5120,
    "u1": 5121,
    "i2": 5122,
    "u2": 5123,
    "u4": 5125,
    "f4": 5126,
}
_ALIGNMENT = 4


class ArrayWriter:
    """Collects arrays; each accessor is stored once, however often it is used."""

    def __init__(self) -> None:
        self._accessors: list[Json] = []
        self._views: list[Json] = []
        self._numbers: dict[int, int] = {}
        self._kept: list[Accessor] = []  # so that no id() is used twice
        self._parts: list[bytes] = []
        self._size = 0
        self._fallback_size = 0

    @property
    def required(self) -> set[str]:
        """Extensions that the stored arrays require."""
        return {MESHOPT} if self._fallback_size else set()

    def add_vertices(self, accessor: Accessor, *, is_bounded: bool) -> int:
        """Store a vertex attribute once and return its accessor's index."""
        return self._store_accessor(
            accessor, target=_ARRAY_BUFFER, is_bounded=is_bounded
        )

    def add_indices(self, accessor: Accessor) -> int:
        """Store indices once and return their accessor's index."""
        return self._store_accessor(accessor, target=_ELEMENT_ARRAY_BUFFER)

    def add_values(self, accessor: Accessor, *, is_bounded: bool = False) -> int:
        """Store other values once and return their accessor's index."""
        return self._store_accessor(accessor, target=None, is_bounded=is_bounded)

    def add_image(self, content: bytes) -> int:
        """Store an encoded image and return its buffer view's index."""
        return self._add_view({}, self._put(content), len(content))

    def binary(self) -> bytes:
        """Return the binary chunk; nothing may be added after."""
        return b"".join(self._parts)

    def json_lists(self) -> dict[str, list[Json]]:
        """Return the file's ``buffers``, ``bufferViews`` and ``accessors``."""
        buffers: list[Json] = [{"byteLength": self._size}]
        if self._fallback_size:
            marked = {MESHOPT: {"fallback": True}}
            buffers.append({"byteLength": self._fallback_size, "extensions": marked})
        lists = {
            "buffers": buffers if self._size else [],
            "bufferViews": self._views,
            "accessors": self._accessors,
        }
        return {name: items for name, items in lists.items() if items}

    def _store_accessor(
        self, accessor: Accessor, *, target: int | None, is_bounded: bool = False
    ) -> int:
        if id(accessor) not in self._numbers:
            self._kept.append(accessor)
            self._numbers[id(accessor)] = len(self._accessors)
            self._accessors.append(
                self._accessor(accessor, target, is_bounded=is_bounded)
            )
        return self._numbers[id(accessor)]

    def _accessor(
        self, accessor: Accessor, target: int | None, *, is_bounded: bool
    ) -> Json:
        made: Json = {
            "componentType": _COMPONENT_TYPES[accessor.array.dtype.str[1:]],
            "count": accessor.count,
            "type": accessor.kind,
        }
        if accessor.normalized:
            made["normalized"] = True
        if is_bounded:
            made["min"], made["max"] = bounds(accessor.array).tolist()
        if accessor.encoded is not None or accessor.array.any():
            made["bufferView"] = self._view(accessor, target)
        # Without a view all is 0: the shortest way to write an empty morph target.
        return made

    def _view(self, accessor: Accessor, target: int | None) -> int:
        view: Json = {} if target is None else {"target": target}
        if accessor.encoded is not None:
            return self._encoded_view(view, accessor.encoded, accessor.count)
        rows, stride = accessor.array, accessor.array.shape[1] * accessor.array.itemsize
        if target == _ARRAY_BUFFER:
            rows, stride = _pad_rows(rows)
            view["byteStride"] = stride
        return self._add_view(view, self._put(rows.tobytes()), len(rows) * stride)

    def _encoded_view(self, view: Json, encoded: EncodedArray, count: int) -> int:
        offset = self._put(encoded.content)
        size = count * encoded.stride_bytes
        packed: Json = {
            "buffer": 0,
            "byteOffset": offset,
            "byteLength": len(encoded.content),
            "byteStride": encoded.stride_bytes,
            "count": count,
            "mode": encoded.mode,
        }
        if encoded.filter != "NONE":
            packed["filter"] = encoded.filter
        if view.get("target") == _ARRAY_BUFFER:
            view["byteStride"] = encoded.stride_bytes
        view.update(
            buffer=1,
            byteOffset=self._fallback_size,
            byteLength=size,
            extensions={MESHOPT: packed},
        )
        self._fallback_size += size + -size % _ALIGNMENT
        self._views.append(view)
        return len(self._views) - 1

    def _add_view(self, view: Json, offset: int, size: int) -> int:
        view.update(buffer=0, byteOffset=offset, byteLength=size)
        self._views.append(view)
        return len(self._views) - 1

    def _put(self, content: bytes) -> int:
        offset = self._size
        padding = bytes(-len(content) % _ALIGNMENT)
        self._parts += [content, padding]
        self._size += len(content) + len(padding)
        return offset


def _pad_rows(array: AnyArray) -> tuple[AnyArray, int]:
    """Return rows as bytes at a stride that is a multiple of 4, and that stride."""
    rows = np.ascontiguousarray(array).view(np.uint8).reshape(len(array), -1)
    padding = -rows.shape[1] % _ALIGNMENT
    if padding:
        rows = np.pad(rows, ((0, 0), (0, padding)))
    return rows, rows.shape[1]
