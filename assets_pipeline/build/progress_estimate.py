"""Estimate a build's progress, by weights of tasks and shares of running ones.

Processes that make things tell it by a file each, which asks for nothing but a folder
that they share with who reads it. Machines elsewhere tell what is done, and no parts.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Self

    from assets_pipeline.tasks.task import Task, TaskKind

_SECONDS: Final[dict[TaskKind, tuple[float, float]]] = {
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


class ProgressEstimate:
    """Reports how many tasks are done, and which share of the work.

    Parameters
    ----------
    wanted
        What there is to do.
    found
        How many were done before.
    tell
        Called with how many are done, of how many, the share, which never shrinks, and
        the name of what is being made: of several, of what takes longest; "" if nobody
        tells it.
    """

    def __init__(
        self,
        wanted: Sequence[Task],
        found: int,
        tell: Callable[[int, int, float, str], None],
    ) -> None:
        self._weights = {task: estimate_seconds(task) for task in wanted}
        self._all = sum(self._weights.values())
        self._count, self._total = found, found + len(wanted)
        self._done = self._share = 0.0
        self._tell = tell
        tell(self._count, self._total, 0.0, "")

    def finish(self, task: Task) -> None:
        """Report that one more task is done."""
        self._done += self._weights[task]
        self._count += 1
        self.update({})

    def update(self, shares: Mapping[Task, float]) -> None:
        """Report the shares done of the running tasks."""
        parts = sum(self._weights[task] * share for task, share in shares.items())
        share = (self._done + parts) / self._all
        self._share = max(self._share, min(1.0, share))
        longest = max(shares, key=self._weights.__getitem__, default=None)
        in_hand = longest.path if longest else ""
        self._tell(self._count, self._total, self._share, in_hand)


class ProgressFiles:
    """A file for each running task, in which its process writes its share."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="ecomusee-")
        self._files: dict[Task, Path] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def path_for(self, task: Task) -> str:
        """Return the path of a task's file."""
        name = str(len(self._files))
        self._files[task] = Path(self._folder.name) / name
        return str(self._files[task])

    def shares(self, tasks: Sequence[Task]) -> dict[Task, float]:
        """Return the shares that tasks have written."""
        found = {}
        for task in tasks:
            with suppress(OSError, ValueError):  # nothing told, or half written
                found[task] = float(self._files[task].read_text())
        return found


def write_progress(file: str, share: float) -> None:
    """Write a task's share; failures to write are ignored."""
    with suppress(OSError):
        Path(file).write_text(f"{share:.4f}")


def estimate_seconds(task: Task) -> float:
    """Return about how many seconds a task takes; never 0."""
    base, more = _SECONDS[task.kind]
    try:
        size_bytes = (Path(task.folder) / task.path).stat().st_size
    except OSError:
        size_bytes = 0
    is_searched = task.kind == "model" and task.searches
    return (base + more * size_bytes / 1e6) * (_SEARCHED if is_searched else 1)
