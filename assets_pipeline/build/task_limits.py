"""What one task may take of the machine, in a process that works for others.

Sizes that a file declares are checked before anything is allocated. This holds what no
such check foresaw: a file that makes somebody's decoder swell, or compute without end.
"""

from __future__ import annotations

import math
import sys
import threading
from dataclasses import dataclass
from multiprocessing import parent_process
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from assets_pipeline.tasks.task import Kind, Task

_DECODING: Final[frozenset[Kind]] = frozenset(
    {"model", "picture", "panorama", "target"}
)
"""Kinds that this process decodes itself; films and sounds are left to programs."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one task may take."""

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
    """Return what a task may take."""
    if task.kind not in _DECODING:
        return UNLIMITED
    usual = Limits()
    if not task.searches or usual.computing_s is None:
        return usual
    return Limits(usual.memory_bytes, usual.computing_s * _SEARCHES_FOR)


def is_worker() -> bool:
    """Whether this is a process made for tasks, and this its only thread for them."""
    is_main = threading.current_thread() is threading.main_thread()
    return is_main and parent_process() is not None


def apply_limits(limits: Limits) -> None:
    """Hold this process to limits from now on; those of the task before are lifted.

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
