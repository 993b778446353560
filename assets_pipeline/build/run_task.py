"""Run one task in any process, and return its outcome as a value."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from assets_pipeline.build import cache
from assets_pipeline.build.progress_estimate import write_progress
from assets_pipeline.build.resource_limits import apply_limits, is_worker, limits_of
from assets_pipeline.build.sandbox import Sandbox, SandboxError
from assets_pipeline.checks.unreadable_files import (
    describe_failure,
    describe_program_error,
)
from assets_pipeline.errors import causes
from assets_pipeline.errors.exceptions import (
    AssetError,
    FileNotSentError,
    LimitExceededError,
)
from assets_pipeline.progress import report_to
from assets_pipeline.resolver import Resolver
from assets_pipeline.tasks.result import Note, TaskResult
from assets_pipeline.tasks.store import Store

if TYPE_CHECKING:
    from assets_pipeline.tasks.task import Task, TaskKind

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A task's product, or the note about why there is none."""

    made: TaskResult | None
    failure: Note | None = None


def run_task(task: Task, store_folder: str, marked: str = "") -> Outcome:
    """Return a task's outcome, and record it in the store.

    In a worker process, a task is held to its limits.

    Parameters
    ----------
    task
        What is to be made.
    store_folder
        Where it is kept.
    marked
        File to write into which share of it is made, for who waits; "" for nobody else
        than who is told already.
    """
    if is_worker():
        apply_limits(limits_of(task))
    store, resolver = Store(Path(store_folder)), Resolver(Path(task.folder))
    if marked:
        write_progress(marked, 0.0)
    told = report_to(partial(write_progress, marked)) if marked else nullcontext()
    with told:
        outcome = make_outcome(task, resolver, store)
    if outcome.made is not None:
        cache.record_product(task, resolver.reads, outcome.made, store)
    return outcome


def make_outcome(task: Task, resolver: Resolver, store: Store) -> Outcome:
    """Return a task's outcome, its files kept in the store.

    Raises
    ------
    NotSentError
        Where files are sent with the work, and one of them is still to come.
    """
    try:
        return Outcome(_make(task, resolver, store))
    except FileNotSentError:
        raise
    except AssetError as error:
        _LOG.info("%s", error.in_file(task.path))
        return Outcome(None, describe_failure(task, error))
    except MemoryError:
        refusal = LimitExceededError.from_cause(causes.OUT_OF_MEMORY, "memory")
        return Outcome(None, describe_failure(task, refusal))
    except Exception as error:
        # The outermost edge of one file's work: a fault of ours, met on one museum's
        # file, must not keep the others from being published.
        _LOG.exception("failed on %s", task.path)
        return Outcome(None, describe_program_error(task, repr(error)))


def _make(task: Task, resolver: Resolver, store: Store) -> TaskResult:
    """Return what the maker of a task's kind gives."""
    # Imported here: a build that finds all its work done loads none of them.
    module, name = _MAKERS[task.kind]
    make: Maker = getattr(importlib.import_module(module), name)
    return make(task, resolver, store)


Maker = Callable[["Task", Resolver, Store], TaskResult]
_MAKERS: dict[TaskKind, tuple[str, str]] = {
    "model": ("assets_pipeline.models.make_model", "make_model"),
    "picture": ("assets_pipeline.media.pictures", "make_picture"),
    "panorama": ("assets_pipeline.media.panoramas", "make_panorama"),
    "recording": ("assets_pipeline.media.audio", "make_recording"),
    "captions": ("assets_pipeline.media.captions", "make_captions"),
    "video": ("assets_pipeline.media.video", "make_video"),
    "voice": ("assets_pipeline.media.speech_synthesis", "make_voice"),
    "target": ("assets_pipeline.image_targets.compile", "make_target"),
}


def run_isolated(task: Task, store_folder: str) -> Outcome:
    """Return a task's outcome, run in a sandbox of its own."""
    with Sandbox() as sandbox:
        try:
            work = partial(run_task, task, store_folder)
            return sandbox.run(work, limits_of(task))
        except (LimitExceededError, SandboxError) as error:
            return crash_outcome(task, error)


def crash_outcome(task: Task, error: LimitExceededError | SandboxError) -> Outcome:
    """Return the outcome of a task whose process ended before it answered."""
    if isinstance(error, SandboxError):
        return Outcome(None, describe_program_error(task, str(error)))
    return Outcome(None, describe_failure(task, error))
