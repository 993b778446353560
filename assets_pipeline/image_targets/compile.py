"""Compile a picture and its printed width into an image target pack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assets_pipeline.image_targets.heat_map import encode_heat
from assets_pipeline.image_targets.pack_encoder import (
    encode_pack,
)
from assets_pipeline.image_targets.template import make_template
from assets_pipeline.image_targets.trackability import Trial
from assets_pipeline.image_targets.verdict import find_lookalikes, trackability_notes
from assets_pipeline.images.photographs import read_photograph
from assets_pipeline.tasks.result import TaskResult
from tours.bundle import ImageTarget, Recognition

if TYPE_CHECKING:
    from assets_pipeline.resolver import Resolver
    from assets_pipeline.tasks.store import Store
    from assets_pipeline.tasks.task import Task

EXTENSION: Final = ".ecmt"
MEDIA_TYPE: Final = "application/octet-stream"


def make_target(task: Task, resolver: Resolver, store: Store) -> TaskResult:
    """Return a picture's pack, kept in the store.

    Raises
    ------
    WrongShapeError
        If the picture is too narrow a strip to be recognised.
    AssetError
        Another subclass that names the cause.
    """
    picture = read_photograph(task, resolver)
    template = make_template(picture)
    pack = encode_pack(template, task.width_m)
    height_px, width_px = template.shape
    file = store.put(pack, EXTENSION, MEDIA_TYPE)
    trial = Trial(picture, task.width_m)
    found = trial.measure()
    notes = tuple(
        trackability_notes(task, found, find_lookalikes(task, trial, resolver))
    )
    recognition = Recognition(
        found.score, found.farthest_m, found.largest_angle_deg, encode_heat(found.heat)
    )
    return TaskResult(ImageTarget(file, width_px, height_px, recognition), notes)
