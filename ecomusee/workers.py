"""Processes that make assets side by side."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ecomusee.crash import keep_records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor
    from pathlib import Path


@contextmanager
def workers(jobs: int, log: Path) -> Iterator[Executor]:
    """Give an executor of that many processes; even one is another than this.

    They are made when there is something to do, and held to limits that this process
    could not bear. What they log goes to the end of `log`.

    On Ctrl-C what has not begun is dropped; what is under way ends first, since the
    store keeps whole files only.
    """
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # A forked child would inherit the locks of whatever threads the parent runs.
    context = get_context("spawn")
    executor = ProcessPoolExecutor(
        max(1, jobs), context, initializer=_begin, initargs=(str(log),)
    )
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


def _begin(log: str) -> None:
    """Leave Ctrl-C, which reaches every process of a terminal, to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    keep_records(log)
