"""Check whether the ambient occlusion that was asked for was baked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assets_pipeline.findings import occlusion
from assets_pipeline.tasks.result import Note

if TYPE_CHECKING:
    from assets_pipeline.baking.lod_sources import Detail
    from assets_pipeline.lod.levels import Level
    from assets_pipeline.tasks.task import Task


def check_occlusion(task: Task, detail: Detail, finest: Level) -> list[Note]:
    """Return a note where hollows were to be darkened and none is."""
    refusal = detail.refusal
    if detail.shape is not None:
        made = (m.occlusion_texture for m in finest.fitted.document.materials())
        refusal = None if any(made) else "pieces"
    if not task.occlusion or refusal is None:
        return []
    told = {"file": task.path, **occlusion.OCCLUSION_REFUSALS[refusal]}
    return [Note(occlusion.OCCLUSION_NOT_BAKED.code, told)]
