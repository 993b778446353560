"""Estimate the shares of time that the steps of making a model take."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from assets_pipeline.tasks.task import Task

_READ, _CLEAN = 0.1, 0.4
"""Of what grows with every vertex of the source, what is done once these are."""
_PER_VERTEX_S: Final = 1e-5
"""To read, clean and light it: of loose triangles three each, joined ones half of one."""
_PER_WORKED_TRIANGLE_S: Final = 1.2e-4
"""To make its levels of detail."""
_OF_ANY_S: Final = (1, 0, 1.3, 5, 8.5, 2)
"""Of any model, however small: its levels, USDZ, package, looks, poster, what is left."""
_WORKED_TRIANGLES: Final = 500_000
"""What a source is brought down to, before its levels are made."""
_SEARCHED: Final = 8
"""Times as long as by rule (`assets_pipeline.build.progress_estimate`)."""
_REPLAYED_PARTS: Final = (0.15, 0.25, 0.25, 0.25, 0.95)
_SEARCHED_PARTS: Final = (0.35, 0.8, 0.8, 0.8, 0.95)
"""Of what comes after the light, what is done once each of the others is."""


@dataclass(frozen=True, slots=True)
class TimeShares:
    """Share of a model's time once each step is done, 0 to 1."""

    read: float
    clean: float
    light: float
    levels: float
    usdz: float
    """Searched for, or as decided."""
    package: float
    """The USDZ, by rule if need be."""
    looked_at: float
    """All files, where a search did not."""
    drawn: float


def estimate_time_shares(
    vertices: int, triangles: int, *, searches: bool, replays: bool
) -> TimeShares:
    """Return the estimated time shares of making a model.

    Parameters
    ----------
    vertices, triangles
        Of its source, as read.
    searches
        Whether it is searched for the smallest files.
    replays
        Whether what was decided before is done again.
    """
    early_s = vertices * _PER_VERTEX_S
    worked = min(triangles, _WORKED_TRIANGLES)
    parts_s = (_OF_ANY_S[0] + worked * _PER_WORKED_TRIANGLE_S, *_OF_ANY_S[1:])
    late_s = sum(parts_s)
    light = early_s / (early_s + late_s * (_SEARCHED if searches else 1))
    by_rule = tuple(done_s / late_s for done_s in accumulate(parts_s[:-1]))
    shares = _SEARCHED_PARTS if searches else _REPLAYED_PARTS if replays else by_rule
    late = (light + share * (1 - light) for share in shares)
    return TimeShares(_READ * light, _CLEAN * light, light, *late)


def estimate_task_time_shares(vertices: int, triangles: int, task: Task) -> TimeShares:
    """Return the time shares as far as a task tells: recorded settings may be outdated."""
    replays = bool(task.decided)
    searches = task.searches and not replays
    return estimate_time_shares(vertices, triangles, searches=searches, replays=replays)
