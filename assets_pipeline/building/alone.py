"""One task in a process of its own, and what is told when that process ends early."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from assets_pipeline.building.apart import Apart, ApartError
from assets_pipeline.building.limits import limits_of
from assets_pipeline.building.work import Outcome, carried_out, failure_of, note_of
from assets_pipeline.errors import LimitExceededError

if TYPE_CHECKING:
    from assets_pipeline.building.tasks import Task


def alone(task: Task, store_folder: str) -> Outcome:
    """Return a task's outcome from a process of its own, where it can harm no other."""
    with Apart() as apart:
        try:
            work = partial(carried_out, task, store_folder)
            return apart.result(work, limits_of(task))
        except (LimitExceededError, ApartError) as error:
            return failed(task, error)


def failed(task: Task, error: LimitExceededError | ApartError) -> Outcome:
    """Return the outcome of a task whose process ended before it answered."""
    if isinstance(error, ApartError):
        return Outcome(None, failure_of(task, str(error)))
    return Outcome(None, note_of(task, error))
