"""How many triangles a binary STL file announces: its first bytes are read, and no more."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from assets_pipeline.readers.most_triangles import check_triangles

if TYPE_CHECKING:
    from pathlib import Path

HEADER_BYTES: Final = 84
_FACET_BYTES: Final = 50
_TEXT_BYTES: Final = 1000
"""Within which a text names its first facet."""


def facets_of(start: bytes, size_bytes: int) -> int | None:
    """Return how many facets a file has, None when its length is not that of binary STL.

    The first word can't tell: many programs begin binary files with "solid" too.

    Parameters
    ----------
    start
        Its first bytes, a thousand of them where there are as many.
    size_bytes
        Of the whole file.
    """
    if len(start) < HEADER_BYTES:
        return None
    (count,) = struct.unpack_from("<I", start, HEADER_BYTES - 4)
    if size_bytes < HEADER_BYTES + count * _FACET_BYTES:
        return None
    if start.startswith(b"solid") and b"facet normal" in start[:_TEXT_BYTES]:
        return None
    return int(count)


def check_stl(path: Path) -> None:
    """Check that a build can bear what a file announces, where it is a binary STL.

    Raises
    ------
    LimitExceededError
        If it can't.
    """
    if path.suffix.lower() != ".stl":
        return
    try:
        with path.open("rb") as file:
            count = facets_of(file.read(_TEXT_BYTES), path.stat().st_size)
    except OSError:
        return
    check_triangles(count or 0, "facets")
