"""Limit tasks' memory and computing time, and select those that fit in memory together.

Sizes that a file declares are checked before anything is allocated. This holds what no
such check foresaw: a file that makes somebody's decoder swell, or compute without end.
"""

from __future__ import annotations

import math
import os
import re
import sys
import threading
from dataclasses import dataclass
from multiprocessing import parent_process
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from assets_pipeline.tasks.task import Task, TaskKind

_DECODING: Final[frozenset[TaskKind]] = frozenset(
    {"model", "picture", "panorama", "target"}
)
"""Kinds that this process decodes itself; films and sounds are left to programs."""
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


@dataclass(frozen=True, slots=True)
class Limits:
    """Most memory and computing time of one task."""

    memory_bytes: int | None = 6 << 30
    """Writable memory of the process: RLIMIT_DATA. Not its addresses (RLIMIT_AS), of
    which WebAssembly reserves gigabytes that it never writes to."""
    computing_s: int | None = 1800
    """Processor time of all threads together: RLIMIT_CPU."""


UNLIMITED: Final = Limits(None, None)
INSPECTION_LIMITS: Final = Limits(computing_s=600)
"""Of a person who waits for what a file holds, and for nothing to be made of it."""
_SEARCHES_FOR: Final = 8
"""How many times longer a task may compute that tries many settings."""


def limits_of(task: Task) -> Limits:
    """Return the limits of a task."""
    if task.kind not in _DECODING:
        return UNLIMITED
    usual = Limits()
    if not task.searches or usual.computing_s is None:
        return usual
    return Limits(usual.memory_bytes, usual.computing_s * _SEARCHES_FOR)


def is_worker() -> bool:
    """Whether this is a worker process, and this its only thread for tasks."""
    is_main = threading.current_thread() is threading.main_thread()
    return is_main and parent_process() is not None


def apply_limits(limits: Limits) -> None:
    """Apply limits to this process, in place of the last task's.

    Too much memory is a `MemoryError`; too long a time ends the process by SIGXCPU,
    wherever it is. The system's own limits stay where they are lower, and Windows has
    none of these.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  # absent on Windows

    used = resource.getrusage(resource.RUSAGE_SELF)
    computed_s = used.ru_utime + used.ru_stime
    seconds = limits.computing_s
    until = None if seconds is None else math.ceil(computed_s + seconds)
    for kind, wanted in (
        (resource.RLIMIT_DATA, limits.memory_bytes),
        (resource.RLIMIT_CPU, until),
    ):
        _, hard = resource.getrlimit(kind)
        soft = hard if wanted is None else wanted
        is_open = hard == resource.RLIM_INFINITY
        resource.setrlimit(kind, (soft if is_open else min(soft, hard), hard))


def machine_memory_bytes() -> int | None:
    """Return this machine's memory; None where the system does not tell."""
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
    """Return the queued tasks that fit in memory beside the running ones, in order.

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
