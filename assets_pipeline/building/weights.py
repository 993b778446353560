"""How long tasks take beside each other, for whoever waits.

Estimates, not measurements: only ratios count, since the time that was spent so far says
how fast this machine is.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from assets_pipeline.building.tasks import Kind, Task

_SECONDS: Final[dict[Kind, tuple[float, float]]] = {
    "model": (8, 1.3),
    "picture": (1, 0.3),
    "panorama": (3, 0.3),
    "recording": (1, 0.5),
    "captions": (0.1, 0),
    "video": (5, 5),
    "voice": (2, 0),
    "target": (8, 0),
}
"""For any file, and more for each megabyte of it."""
_SEARCHED: Final = 8
"""Times as long as by rule."""


def weight(task: Task) -> float:
    """Return about how many seconds a task takes; never 0."""
    base, more = _SECONDS[task.kind]
    try:
        size_bytes = (Path(task.folder) / task.path).stat().st_size
    except OSError:
        size_bytes = 0
    is_searched = task.kind == "model" and task.searches
    return (base + more * size_bytes / 1e6) * (_SEARCHED if is_searched else 1)
