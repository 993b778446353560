"""Check whether the settings recorded for a model still apply to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assets_pipeline.findings.recorded_settings import SETTINGS_OUTDATED
from assets_pipeline.lod.recorded_settings import FILE_NAME, is_outdated
from assets_pipeline.tasks.result import Note

if TYPE_CHECKING:
    from assets_pipeline.tasks.result import TaskResult
    from assets_pipeline.tasks.task import Task


def check_recorded_settings(task: Task, made: TaskResult) -> list[Note]:
    """Return a note on a model that was searched for, and must be again."""
    if task.searches or not is_outdated(task.decided, made.decided):
        return []
    values = {"file": task.path, "decisions": FILE_NAME}
    return [Note(SETTINGS_OUTDATED.code, values)]
