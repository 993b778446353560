"""Describe to curators why a file can't be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assets_pipeline.errors import media_causes
from assets_pipeline.errors.exceptions import (
    AssetError,
    DamagedFileError,
    EmptyModelError,
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
from assets_pipeline.findings import image_targets, media, unreadable_files
from assets_pipeline.tasks.result import Note

if TYPE_CHECKING:
    from assets_pipeline.tasks.task import Task, TaskKind
    from tours.diagnostics import Rule

_RULES: dict[type[AssetError], Rule] = {
    UnreadablePictureError: unreadable_files.MODEL_PICTURE_UNREADABLE,
    MisnamedFileError: unreadable_files.MODEL_MISNAMED,
    DamagedFileError: unreadable_files.MODEL_DAMAGED,
    UnsupportedFormatError: unreadable_files.MODEL_UNSUPPORTED,
    LimitExceededError: unreadable_files.MODEL_TOO_LARGE,
    EmptyModelError: unreadable_files.MODEL_EMPTY,
    RefusedPathError: unreadable_files.PATH_REFUSED,
    MissingFileError: unreadable_files.PART_MISSING,
    MissingToolError: unreadable_files.TOOL_MISSING,
}
_WRONG_SHAPES: dict[TaskKind, Rule] = {
    "panorama": media.PANORAMA_SHAPE,
    "target": image_targets.TARGET_NARROW,
}
_OF_THE_MACHINE = ("memory", "time")
"""Places of errors that are about what a task takes, not about its file."""
_UNREADABLE: dict[TaskKind, Rule] = {
    "picture": unreadable_files.PICTURE_UNREADABLE,
    "panorama": unreadable_files.PICTURE_UNREADABLE,
    "target": unreadable_files.PICTURE_UNREADABLE,
    "recording": unreadable_files.RECORDING_UNREADABLE,
    "captions": unreadable_files.RECORDING_UNREADABLE,
    "video": unreadable_files.VIDEO_UNREADABLE,
    "voice": unreadable_files.VOICE_FAILED,
}
"""What any fault of a file means, for all but models, whose parts are told apart."""


def describe_program_error(task: Task, reason: str) -> Note:
    """Return the note about a fault of this program."""
    code = unreadable_files.PROGRAM_FAILED.code
    return Note(code, {"file": task.path, "reason": reason[:200]})


def describe_failure(task: Task, error: AssetError) -> Note:
    """Return the note that tells a curator why a file can't be used."""
    place = error.place[:120]
    if isinstance(error, MissingProgramError):
        values = {"file": task.path, "reason": error.reason, "package": place}
        return Note(unreadable_files.PROGRAM_ABSENT.code, values)
    if isinstance(error, WrongShapeError):
        values = {"file": task.path, "size": place}
        return Note(_WRONG_SHAPES[task.kind].code, values)
    rule = _rule_of(task, error)
    untold = unreadable_files.DEFAULT_REASONS.get(
        rule.code, unreadable_files.DEFAULT_MEDIA_REASON
    )
    told = error.cause or untold.format({"place": place, "reason": error.reason[:200]})
    if rule is unreadable_files.PICTURE_UNREADABLE and place in _OF_THE_MACHINE:
        told = media_causes.PICTURE_TOO_COSTLY
    own = unreadable_files.DEFAULT_REMEDIES.get(rule.code, unreadable_files.NO_REMEDY)
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
    """Return the rule that an error of a kind of task falls under."""
    is_about_file = isinstance(error, RefusedPathError | MissingToolError)
    unreadable = _UNREADABLE.get(task.kind)
    if unreadable is not None and not is_about_file:
        return unreadable
    return next(rule for kind, rule in _RULES.items() if isinstance(error, kind))
