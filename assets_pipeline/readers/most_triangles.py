"""How many triangles a file may announce; nothing is imported that decodes any."""

from __future__ import annotations

from typing import Final

from assets_pipeline import causes
from assets_pipeline.errors import LimitExceededError

MOST_TRIANGLES: Final = 10_000_000
"""A build takes some 650 bytes of memory for each triangle of a grey scan, 1,700 of loose
ones, where a task may take 6 GiB (`assets_pipeline.building.limits`): fewer may be too
many as well, and more always are."""
_MILLION: Final = 1_000_000


def check_triangles(count: int, place: str) -> None:
    """Check that a build can bear so many triangles.

    Raises
    ------
    LimitExceededError
        If it can't.
    """
    if count <= MOST_TRIANGLES:
        return
    raise LimitExceededError.because(
        causes.MANY_TRIANGLES,
        place,
        millions=-(-count // _MILLION),
        most=MOST_TRIANGLES // _MILLION,
    )
