"""Check which of the files that a model names are missing or left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assets_pipeline.findings import referenced_files
from assets_pipeline.tasks.result import Note

if TYPE_CHECKING:
    from assets_pipeline.resolver import Resolver
    from assets_pipeline.tasks.task import Task

_TOLD_LEFT_OUT = 3


def check_referenced_files(task: Task, resolver: Resolver) -> list[Note]:
    """Return a note for each file that was named and is not there, or the other way.

    A zip's other models are told as well.
    """
    told = (
        (referenced_files.TEXTURE_MISSING, resolver.missing),
        (referenced_files.TEXTURE_GUESSED, resolver.guesses),
        (referenced_files.MODEL_LEFT_OUT, resolver.ignored_models[:_TOLD_LEFT_OUT]),
    )
    return [
        Note(rule.code, {"file": task.path, "place": name})
        for rule, names in told
        for name in names
    ]
