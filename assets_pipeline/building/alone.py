"""One task in a process of its own, and what is told when that process ends early."""

from __future__ import annotations

import signal
from multiprocessing import get_context
from typing import TYPE_CHECKING

from assets_pipeline import causes
from assets_pipeline.building.limits import limits_of
from assets_pipeline.building.work import Outcome, carried_out, failure_of, note_of
from assets_pipeline.errors import LimitExceededError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from assets_pipeline.building.tasks import Task


def alone(task: Task, store_folder: str) -> Outcome:
    """Return a task's outcome from a process of its own, where it can harm no other."""
    context = get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(sending, task, store_folder))
    process.start()
    sending.close()  # or there is no end to what the other end might send
    with receiving:
        try:
            outcome: Outcome | None = receiving.recv()
        except EOFError:
            outcome = None
    process.join()
    return ended(task, process.exitcode) if outcome is None else outcome


def ended(task: Task, exit_code: int | None) -> Outcome:
    """Return the outcome of a task whose process ended before it answered.

    Parameters
    ----------
    task
        What it was about.
    exit_code
        Of the process: negative for the signal that ended it.
    """
    seconds = limits_of(task).computing_s
    ran_out = getattr(signal, "SIGXCPU", None)
    if seconds is not None and ran_out is not None and exit_code == -ran_out:
        error = LimitExceededError.because(causes.TIME, "time", minutes=seconds // 60)
        return Outcome(None, note_of(task, error))
    return Outcome(None, failure_of(task, "its process was ended"))


def _send(sending: Connection, task: Task, store_folder: str) -> None:
    sending.send(carried_out(task, store_folder))
