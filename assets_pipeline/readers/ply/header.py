"""Parse the header of PLY files: elements, their counts and properties."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assets_pipeline.errors import causes
from assets_pipeline.errors.exceptions import (
    RE_EXPORT,
    DamagedFileError,
    LimitExceededError,
    UnsupportedFormatError,
)
from assets_pipeline.limits import check_triangles

if TYPE_CHECKING:
    from collections.abc import Mapping

_TYPES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("char", "int8"), "i1"),
    **dict.fromkeys(("uchar", "uint8"), "u1"),
    **dict.fromkeys(("short", "int16"), "i2"),
    **dict.fromkeys(("ushort", "uint16"), "u2"),
    **dict.fromkeys(("int", "int32"), "i4"),
    **dict.fromkeys(("uint", "uint32"), "u4"),
    **dict.fromkeys(("float", "float32"), "f4"),
    **dict.fromkeys(("double", "float64"), "f8"),
}
_ORDERS: Final = {"binary_little_endian": "<", "binary_big_endian": ">", "ascii": "="}
_END: Final = re.compile(rb"end_header\r?\n")
_END_OF_OLD: Final = re.compile(rb"end_header\r")
"""Of the old Macintosh, as Rhinoceros still writes it."""
_REMARKS: Final = ("comment", "obj_info", "Created")  # the last by Blender 2.4 alone
_MOST_HEADER_BYTES: Final = 65_536
MAX_ELEMENTS: Final = 50_000_000


@dataclass(slots=True)
class PlyProperty:
    """A property of an element: name and NumPy type."""

    name: str
    dtype: str
    count_dtype: str | None = None
    """Set for a list."""


@dataclass(slots=True)
class PlyElement:
    """An element of the file: name, count and properties."""

    name: str
    count: int
    properties: list[PlyProperty]


def parse_header(content: bytes) -> tuple[str, list[PlyElement], bytes]:
    """Return the byte order (``<``, ``>``, ``=`` for text), the elements and the body."""
    is_old = content[3:4] == b"\r" and content[4:5] != b"\n"
    end = (_END_OF_OLD if is_old else _END).search(content, 0, _MOST_HEADER_BYTES)
    if not content.startswith(b"ply") or end is None:
        raise DamagedFileError.from_cause(causes.PLY_HEADER_MISSING, "header")
    order, elements = "", list[PlyElement]()
    for raw in content[: end.start()].splitlines()[1:]:
        words = raw.decode("latin-1").split()
        if not words or words[0] in _REMARKS:
            continue
        if words[0] == "format" and len(words) > 1:
            order = _ORDERS.get(words[1], "")
        elif words[0] == "element":
            elements.append(_element(words))
        elif words[0] == "property" and elements:
            elements[-1].properties.append(_property(words))
        else:
            raise _header_line_error(words)
    if not order:
        reason = "the header names no format that is read"
        raise UnsupportedFormatError(reason, "header", RE_EXPORT)
    return order, elements, content[end.end() :]


def _header_line_error(words: list[str]) -> DamagedFileError:
    text = " ".join(words)[:60]
    return DamagedFileError.from_cause(causes.PLY_HEADER_LINE, "header", text=text)


def _element(words: list[str]) -> PlyElement:
    is_counted = len(words) == 3 and words[2].isdigit() and len(words[2]) < 12  # noqa: PLR2004  # element NAME COUNT
    if not is_counted:
        raise _header_line_error(words)
    count = int(words[2])
    if count > MAX_ELEMENTS:
        raise LimitExceededError.from_cause(
            causes.TOO_MANY_ELEMENTS, "header", count=count
        )
    if words[1] == "face":
        check_triangles(count, "header")
    return PlyElement(words[1], count, [])


def _property(words: list[str]) -> PlyProperty:
    is_list = len(words) == 5 and words[1] == "list"  # noqa: PLR2004  # property list T T NAME
    types = words[2:4] if is_list else words[1:2]
    if (not is_list and len(words) != 3) or any(t not in _TYPES for t in types):  # noqa: PLR2004  # property T NAME
        raise _header_line_error(words)
    if is_list:
        return PlyProperty(words[4], _TYPES[types[1]], _TYPES[types[0]])
    return PlyProperty(words[2], _TYPES[types[0]])
