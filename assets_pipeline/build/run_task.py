"""One task carried out, in whichever process it lands; nothing gets out but values."""

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
from assets_pipeline.build.progress_estimate import mark
from assets_pipeline.build.sandbox import Apart, ApartError
from assets_pipeline.build.task_limits import hold, is_worker, limits_of
from assets_pipeline.errors import causes, media_causes
from assets_pipeline.errors.exceptions import (
    AssetError,
    DamagedFileError,
    EmptyModelError,
    FileNotSentError,
    LimitExceededError,
    MisnamedFileError,
    MissingFileError,
    MissingProgramError,
    MissingToolError,
    RefusedPathError,
    UnreadablePictureError,
    UnsupportedFormatError,
    WrongShapeError,
)
from assets_pipeline.findings import catalogue, image_targets, media, unreadable_files
from assets_pipeline.progress import report_to
from assets_pipeline.resolver import Resolver
from assets_pipeline.tasks.result import Note, TaskResult
from assets_pipeline.tasks.store import Store

if TYPE_CHECKING:
    from assets_pipeline.tasks.task import Task, TaskKind
    from tours.diagnostics import Rule

_LOG = logging.getLogger(__name__)
_RULES: dict[type[AssetError], Rule] = {
    UnreadablePictureError: catalogue.MODEL_PICTURE_UNREADABLE,
    MisnamedFileError: catalogue.MODEL_MISNAMED,
    DamagedFileError: catalogue.MODEL_DAMAGED,
    UnsupportedFormatError: catalogue.MODEL_UNSUPPORTED,
    LimitExceededError: catalogue.MODEL_TOO_LARGE,
    EmptyModelError: catalogue.MODEL_EMPTY,
    RefusedPathError: catalogue.PATH_REFUSED,
    MissingFileError: catalogue.PART_MISSING,
    MissingToolError: catalogue.TOOL_MISSING,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a task: what it made, or why it made nothing."""

    made: TaskResult | None
    failure: Note | None = None


def carried_out(task: Task, store_folder: str, marked: str = "") -> Outcome:
    """Return what a task gives, and remember it in the store's records.

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
        hold(limits_of(task))
    store, resolver = Store(Path(store_folder)), Resolver(Path(task.folder))
    if marked:
        mark(marked, 0.0)
    told = report_to(partial(mark, marked)) if marked else nullcontext()
    with told:
        outcome = outcome_of(task, resolver, store)
    if outcome.made is not None:
        cache.remember(task, resolver.reads, outcome.made, store)
    return outcome


def outcome_of(task: Task, resolver: Resolver, store: Store) -> Outcome:
    """Return what a task gives, its files kept in the store.

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
        return Outcome(None, note_of(task, error))
    except MemoryError:
        refusal = LimitExceededError.from_cause(causes.OUT_OF_MEMORY, "memory")
        return Outcome(None, note_of(task, refusal))
    except Exception as error:
        # The outermost edge of one file's work: a fault of ours, met on one museum's
        # file, must not keep the others from being published.
        _LOG.exception("failed on %s", task.path)
        return Outcome(None, failure_of(task, repr(error)))


def failure_of(task: Task, reason: str) -> Note:
    """Return the note about a fault of this program."""
    code = catalogue.PROGRAM_FAILED.code
    return Note(code, {"file": task.path, "reason": reason[:200]})


def note_of(task: Task, error: AssetError) -> Note:
    """Return what a curator is told about a file that can't be used."""
    place = error.place[:120]
    if isinstance(error, MissingProgramError):
        values = {"file": task.path, "reason": error.reason, "package": place}
        return Note(media.PROGRAM_ABSENT.code, values)
    if isinstance(error, WrongShapeError):
        values = {"file": task.path, "size": place}
        return Note(_WRONG_SHAPES[task.kind].code, values)
    rule = _rule_of(task, error)
    untold = unreadable_files.UNTOLD.get(rule.code, unreadable_files.UNTOLD_OF_MEDIA)
    told = error.cause or untold.format({"place": place, "reason": error.reason[:200]})
    if rule is catalogue.PICTURE_UNREADABLE and place in _OF_THE_MACHINE:
        told = media_causes.PICTURE_TOO_COSTLY
    own = unreadable_files.REMEDIES.get(rule.code, unreadable_files.NO_REMEDY)
    values = {
        "file": task.path,
        "place": place,
        "reason": error.reason,
        "reason_fr": told.fr.reason,
        "reason_en": told.en.reason,
        "remedy_fr": told.fr.remedy or own.fr.remedy,
        "remedy_en": told.en.remedy or own.en.remedy,
    }
    return Note(rule.code, values)


def _rule_of(task: Task, error: AssetError) -> Rule:
    """Return what an error of a kind of task is told as."""
    is_about_file = isinstance(error, RefusedPathError | MissingToolError)
    unreadable = _UNREADABLE.get(task.kind)
    if unreadable is not None and not is_about_file:
        return unreadable
    return next(rule for kind, rule in _RULES.items() if isinstance(error, kind))


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


_WRONG_SHAPES: dict[TaskKind, Rule] = {
    "panorama": media.PANORAMA_SHAPE,
    "target": image_targets.TARGET_NARROW,
}
_OF_THE_MACHINE = ("memory", "time")
"""Places of errors that are about what a task takes, not about its file."""
_UNREADABLE: dict[TaskKind, Rule] = {
    "picture": catalogue.PICTURE_UNREADABLE,
    "panorama": catalogue.PICTURE_UNREADABLE,
    "target": catalogue.PICTURE_UNREADABLE,
    "recording": catalogue.RECORDING_UNREADABLE,
    "captions": catalogue.RECORDING_UNREADABLE,
    "video": media.VIDEO_UNREADABLE,
    "voice": media.VOICE_FAILED,
}
"""What any fault of a file means, for all but models, whose parts are told apart."""


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
