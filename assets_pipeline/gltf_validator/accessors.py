"""Validate buffers, buffer views and accessors: bounds, alignment, values."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.errors.exceptions import AssetError
from assets_pipeline.gltf.accessors import COMPONENTS
from assets_pipeline.gltf_validator.schema_check import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from assets_pipeline.gltf_validator.gltf_file import GltfFile, Object

_SIZES: Final[Mapping[int, int]] = {
    5120: 1,
    5121: 1,
    5122: 2,
    5123: 2,
    5125: 4,
    5126: 4,
}
_WHOLE: Final = (5125, 5126)
_VERTICES: Final = 34962
_WORD: Final = 4
_DATA_HEAD: Final = re.compile(
    r"data:([\w.+-]+/[\w.+-]+)?(;[\w.+-]+=[^;,]*)*(;base64)?"
)


def accessor_faults(file: GltfFile) -> Iterator[Fault]:
    """Yield the faults of a file's buffers, buffer views and accessors."""
    for i, buffer in enumerate(file.objects("buffers")):
        yield from _buffer(file, i, buffer)
    for i, view in enumerate(file.objects("bufferViews")):
        yield from _view(file, view, f"bufferViews[{i}]")
    for i, accessor in enumerate(file.objects("accessors")):
        yield from _accessor(file, accessor, f"accessors[{i}]")
        yield from _sparse(file, accessor, f"accessors[{i}].sparse")
        yield from _bounds(file, i, accessor)


def _buffer(file: GltfFile, index: int, buffer: Object) -> Iterator[Fault]:
    place, uri = f"buffers[{index}]", buffer.get("uri")
    wanted = buffer.get("byteLength")
    if isinstance(uri, str):
        if uri.startswith("data:"):
            yield from _data_uri(uri, f"{place}.uri")
        try:
            size = len(file.content(uri))
        except AssetError as error:
            yield Fault.from_error(error, f"{place}.uri")
            return
        if isinstance(wanted, int) and size < wanted:
            yield Fault(place, f"says {wanted} bytes and has {size}")
    elif index == 0 and file.binary is not None:
        size = len(file.binary)
        if isinstance(wanted, int) and size < wanted:
            yield Fault(place, f"says {wanted} bytes and has {size}")


def _data_uri(uri: str, place: str) -> Iterator[Fault]:
    head, comma, body = uri.partition(",")
    if not comma or not _DATA_HEAD.fullmatch(head):
        yield Fault(place, "is no data address")
        return
    if head.endswith(";base64"):
        try:
            base64.b64decode(body, validate=True)
        except (binascii.Error, ValueError):
            yield Fault(place, "is not base64")


def _view(file: GltfFile, view: Object, place: str) -> Iterator[Fault]:
    buffer = file.named("buffers", view.get("buffer"))
    if buffer is not None:
        start, size = _whole(view, "byteOffset"), _whole(view, "byteLength")
        if start + size > _whole(buffer, "byteLength"):
            yield Fault(place, f"ends at byte {start + size}, past its buffer")
    stride = view.get("byteStride")
    if stride is None:
        return
    if isinstance(stride, int) and stride % _WORD:
        yield Fault(f"{place}.byteStride", f"is {stride}, no multiple of {_WORD}")
    if isinstance(stride, int) and stride > _whole(view, "byteLength"):
        yield Fault(f"{place}.byteStride", f"is {stride}, more than the view has")
    if view.get("target", _VERTICES) != _VERTICES:
        yield Fault(f"{place}.byteStride", "has no meaning for indices")


def element_size_bytes(accessor: Object) -> int:
    """Return the size of an element, matrix columns padded to words; 0 if unknown."""
    kind, component = accessor.get("type"), accessor.get("componentType")
    if not isinstance(kind, str) or not isinstance(component, int):
        return 0
    size, count = _SIZES.get(component, 0), COMPONENTS.get(kind, 0)  # type: ignore[call-overload]  # any text
    if kind.startswith("MAT"):
        columns = int(kind[3])
        return columns * (-(-columns * size // _WORD) * _WORD)
    return int(size * count)


def _accessor(file: GltfFile, accessor: Object, place: str) -> Iterator[Fault]:
    component = accessor.get("componentType")
    if accessor.get("normalized") is True and component in _WHOLE:
        yield Fault(f"{place}.normalized", "is for integers of 8 and 16 bits")
    view = file.named("bufferViews", accessor.get("bufferView"))
    size = _SIZES.get(component, 0) if isinstance(component, int) else 0
    if view is None:
        if "byteOffset" in accessor and "bufferView" not in accessor:
            yield Fault(f"{place}.byteOffset", "has no bufferView to count in")
        return
    if not size:
        return
    offset = _whole(accessor, "byteOffset")
    is_matrix = str(accessor.get("type")).startswith("MAT")
    step = _WORD if is_matrix else size
    if offset % step or (offset + _whole(view, "byteOffset")) % size:
        yield Fault(f"{place}.byteOffset", f"is no multiple of {step}")
    element = element_size_bytes(accessor)
    stride = _whole(view, "byteStride") or element
    if stride < element:
        yield Fault(place, f"has elements of {element} bytes, {stride} apart")
    count = _whole(accessor, "count")
    # Nothing need follow the last column of the last matrix.
    spare = -int(str(accessor["type"])[3]) * size % _WORD if is_matrix else 0
    end = offset + stride * (count - 1) + element - spare
    if count and end > _whole(view, "byteLength"):
        yield Fault(place, "ends past its view")


def _sparse(file: GltfFile, accessor: Object, place: str) -> Iterator[Fault]:
    sparse = accessor.get("sparse")
    if not isinstance(sparse, dict):
        return
    if _whole(sparse, "count") > _whole(accessor, "count"):
        yield Fault(f"{place}.count", "is more than there are elements")
    for name in ("indices", "values"):
        part = sparse.get(name)
        if not isinstance(part, dict):
            continue
        view = file.named("bufferViews", part.get("bufferView"))
        if view is None:
            continue
        if "byteStride" in view:
            yield Fault(f"{place}.{name}.bufferView", "has a stride")
        component = (part if name == "indices" else accessor).get("componentType")
        size = _SIZES.get(component, 1) if isinstance(component, int) else 1
        offset = _whole(part, "byteOffset")
        if offset % size or (offset + _whole(view, "byteOffset")) % size:
            yield Fault(f"{place}.{name}.byteOffset", f"is no multiple of {size}")
        element = size if name == "indices" else element_size_bytes(accessor)
        if offset + element * _whole(sparse, "count") > _whole(view, "byteLength"):
            yield Fault(f"{place}.{name}", "ends past its view")


def _bounds(file: GltfFile, index: int, accessor: Object) -> Iterator[Fault]:
    """Give the faults of what an accessor says of its least and greatest numbers."""
    place = f"accessors[{index}]"
    width = COMPONENTS.get(accessor.get("type"), 0)  # type: ignore[call-overload]  # any value
    said = {name: accessor[name] for name in ("min", "max") if name in accessor}
    for name, values in said.items():
        if isinstance(values, list) and width and len(values) != width:
            yield Fault(f"{place}.{name}", f"has {len(values)} numbers, not {width}")
            return
    held = file.array(index)
    if held is None:
        return
    if held.array.dtype.kind == "f" and not np.isfinite(held.array.astype(float)).all():
        yield Fault(place, "holds numbers that are not finite")
        return
    for name, values in said.items():
        found = getattr(held.array, name)(axis=0).astype(float)
        is_told = isinstance(values, list) and all(
            isinstance(v, int | float) for v in values
        )
        if is_told and not np.array_equal(np.float32(found), np.float32(values)):  # type: ignore[arg-type]  # numbers
            yield Fault(f"{place}.{name}", f"is {values}, and it is {found.tolist()}")


def _whole(values: Object, name: str) -> int:
    value = values.get(name, 0)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
