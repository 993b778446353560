"""What tasks take of this machine's memory, and which may be carried out together.

Guesses, by what files announce in their first bytes or by their size: a worker's limits
hold each alone (`assets_pipeline.build.task_limits`), and nothing holds their sum.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from assets_pipeline.build.task_limits import limits_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from assets_pipeline.tasks.task import Task

_OF_A_MODEL: Final = 900_000_000
_OF_A_TRIANGLE: Final = 1700
"""Measured: 0.9 GB for few or 400,000 joined ones; of loose ones 1.6 GB for a million,
3.5 to 7.8 GB for four, by what is on them."""
_OF_OTHERS: Final = 500_000_000
_FOR_TASKS: Final = 0.85
"""Of the machine's memory; the system and other programs have theirs."""
_HEAD_BYTES: Final = 4096
_STL_HEAD, _STL_TRIANGLE = 84, 50
_BYTES_A_TRIANGLE: Final = {".stl": 250, ".ply": 60, ".obj": 70}
"""Of text; anything else may be compressed."""
_BYTES_IF_COMPRESSED: Final = 10
_FACES: Final = re.compile(rb"^element face (\d{1,12})\s*$", re.MULTILINE)


def machine_memory_bytes() -> int | None:
    """Return how much memory this machine has; None where it does not tell."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return None  # Windows does not tell it so


def estimate_memory_bytes(task: Task) -> int:
    """Return about how much memory a task takes at most."""
    if task.kind != "model":
        return _OF_OTHERS
    guess = _OF_A_MODEL + _OF_A_TRIANGLE * _triangles(Path(task.folder) / task.path)
    return min(guess, limits_of(task).memory_bytes or guess)


def select_startable(
    queue: Sequence[Task],
    under_way: Collection[Task],
    needed: Mapping[Task, int],
    memory_bytes: int | None,
) -> list[Task]:
    """Return which tasks may begin beside others, in their order.

    Parameters
    ----------
    queue
        What is to be done.
    under_way
        What is being done; where that is nothing, the first may begin whatever it takes.
    needed
        The memory that each of them takes.
    memory_bytes
        Of the machine; None if nobody knows: then all may.
    """
    if memory_bytes is None:
        return list(queue)
    room = memory_bytes * _FOR_TASKS - sum(needed[task] for task in under_way)
    found: list[Task] = []
    for task in queue:
        if needed[task] <= room or not (found or under_way):
            found.append(task)
            room -= needed[task]
    return found


def _triangles(file: Path) -> int:
    """Return how many triangles a file announces, or may hold by its size."""
    try:
        size_bytes = file.stat().st_size
        with file.open("rb") as opened:
            head = opened.read(_HEAD_BYTES)
    except OSError:
        return 0
    suffix = file.suffix.lower()
    announced = int.from_bytes(head[_STL_HEAD - 4 : _STL_HEAD], "little")
    if suffix == ".stl" and size_bytes == _STL_HEAD + _STL_TRIANGLE * announced:
        return announced
    if suffix == ".ply" and (faces := _FACES.search(head)):
        return int(faces[1])
    return size_bytes // _BYTES_A_TRIANGLE.get(suffix, _BYTES_IF_COMPRESSED)
