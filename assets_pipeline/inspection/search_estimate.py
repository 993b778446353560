"""Estimate what a search would save on a model's phone LOD."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assets_pipeline.baking.lod_sources import LodSources
from assets_pipeline.gltf.clone import clone_document
from assets_pipeline.lod.budgets import PHONE
from assets_pipeline.lod.levels import LIGHT_BYTES, make_level, search_settings
from assets_pipeline.lod.measurements import MeasurementCache
from assets_pipeline.lod.settings import LodEncoder
from assets_pipeline.models.clean_model import reduce_model
from assets_pipeline.models.make_model import source_of_lod

if TYPE_CHECKING:
    from assets_pipeline.gltf.document import Document
    from assets_pipeline.rendering.visual_error import ModelFile, VisualErrorMeter
    from assets_pipeline.tasks.task import Task


@dataclass(frozen=True, slots=True)
class SearchEstimate:
    """Size and visual error of the phone LOD, had it been searched for."""

    size_bytes: int
    visual_error: float


def estimate_search(
    task: Task, own: Document, meter: VisualErrorMeter, by_rule: ModelFile
) -> SearchEstimate | None:
    """Return the size and visual error of the phone LOD that a search finds.

    It is the search's own trial of that level alone, from the start that a build by rule
    takes: the others, and the other start where there are two, take most of the time.

    Parameters
    ----------
    task
        Of the model.
    own
        The museum's model, clean and whole; left unchanged.
    meter
        Knows it.
    by_rule
        The level as it is sent now.

    Returns
    -------
    Promise or None
        None where a search would make the level truer, not lighter, or could not look at
        it, and of a level that is light as it is.
    """
    error = by_rule.visual_error
    is_light = len(by_rule.content) <= LIGHT_BYTES
    if is_light or error is None or error > PHONE.most_error:
        return None
    document = clone_document(own)
    starts = LodSources(document, reduce_model(document, task))
    encoder = LodEncoder(source_of_lod(starts, PHONE), PHONE)
    decision = search_settings(encoder, meter, MeasurementCache())
    if decision.visual_error is None:
        return None
    level = make_level(PHONE, decision, encoder)
    return SearchEstimate(len(level.fitted.content), decision.visual_error)
