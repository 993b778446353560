"""Limits on the triangles of a file and on graphics memory; imports no decoder."""

from __future__ import annotations

from typing import Final

from assets_pipeline.errors import causes
from assets_pipeline.errors.exceptions import LimitExceededError

MAX_TRIANGLES: Final = 10_000_000
"""A build takes some 650 bytes of memory for each triangle of a grey scan, 1,700 of loose
ones, where a task may take 6 GiB (`assets_pipeline.build.resource_limits`): fewer may be too
many as well, and more always are."""
_MILLION: Final = 1_000_000
MAX_GPU_BYTES: Final = 64_000_000
"""For what every phone is given: eleven textures of 1,024 pixels, with their mips.

A phone of 2019 with 2 or 3 GB gives a page a few hundred MB before it is closed, and the
camera's pictures, the drawing itself at three pixels a point and the decoding of textures
take most of them. Beside ``profiles``, and not in it: a build that finds all its work
done loads nothing of it.
"""


def check_triangles(count: int, place: str) -> None:
    """Raise an error if a file has more triangles than a build can process.

    Raises
    ------
    LimitExceededError
        If it can't.
    """
    if count <= MAX_TRIANGLES:
        return
    raise LimitExceededError.from_cause(
        causes.TOO_MANY_TRIANGLES,
        place,
        millions=-(-count // _MILLION),
        most=MAX_TRIANGLES // _MILLION,
    )
