"""Read a source model, oriented, and moved to the origin from far away."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from assets_pipeline import progress
from assets_pipeline.checks.model_size import recentering_note
from assets_pipeline.gltf import extents as bounds
from assets_pipeline.gltf import measure
from assets_pipeline.gltf.orient import OrientOptions
from assets_pipeline.models.time_shares import estimate_task_time_shares
from assets_pipeline.readers.dispatch import read_document as read_source
from assets_pipeline.transforms.recenter import recenter

if TYPE_CHECKING:
    from assets_pipeline.gltf.document import Document
    from assets_pipeline.gltf.extents import Point
    from assets_pipeline.resolver import Resolver
    from assets_pipeline.tasks.result import Note
    from assets_pipeline.tasks.task import Task
    from tours.bundle import Extents


@dataclass(frozen=True, slots=True)
class SourceModel:
    """A source model in its placed frame."""

    document: Document
    extents: Extents
    notes: tuple[Note, ...] = ()
    """What is told where it had to be moved."""
    moved_from_m: Point | None = None
    """Where its foot was before it was moved to the origin, metres, +Y up."""


def read_model(task: Task, resolver: Resolver) -> SourceModel:
    """Return a source model, before any change.

    Raises
    ------
    AssetError
        A subclass that names the cause.
    """
    options = OrientOptions(task.metres_per_unit, task.up)
    document = read_source(PurePosixPath(task.path), options, resolver)
    extents = measure.compute_extents(document)
    bounds.check_size(extents)
    progress.update(estimate_task_time_shares(*count_geometry(document), task).read)
    foot = recenter(document, extents)
    if foot is None:
        return SourceModel(document, extents)
    note = recentering_note(task, extents, foot)
    return SourceModel(document, measure.compute_extents(document), (note,), foot)


def count_geometry(document: Document) -> tuple[int, int]:
    """Return how many vertices and triangles there are."""
    return measure.count_vertices(document), measure.count_triangles(document)
