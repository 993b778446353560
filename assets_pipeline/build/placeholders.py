"""Make quick placeholder pictures of files that are still to be built."""

from __future__ import annotations

import io
import logging
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from PIL import Image

from assets_pipeline.errors.exceptions import AssetError
from assets_pipeline.gltf import measure
from assets_pipeline.gltf.orient import OrientOptions
from assets_pipeline.images.photographs import read_photograph
from assets_pipeline.lod.budgets import PREVIEW
from assets_pipeline.lod.rules import fit_to_budgets
from assets_pipeline.media.panoramas import render_rectilinear
from assets_pipeline.models.clean_model import prepare_model
from assets_pipeline.readers.dispatch import read_document
from assets_pipeline.rendering import poster
from assets_pipeline.rendering.studio_scene import PosterOptions
from assets_pipeline.resolver import Resolver
from assets_pipeline.tasks.store import Store
from tours.bundle import Picture, PictureVariant

if TYPE_CHECKING:
    from assets_pipeline.tasks.task import Task

_LOG = logging.getLogger(__name__)
_SIZE_PX = (960, 720)
_QUICK = PosterOptions(width_px=480, height_px=360, frames=1)
KINDS = frozenset({"model", "panorama", "picture"})


def make_placeholder(task: Task, store_folder: str) -> Picture | None:
    """Return a placeholder picture of a task's file; None where it can't be read.

    What is wrong with the file is not told here: the task itself tells it.
    """
    store, resolver = Store(Path(store_folder)), Resolver(Path(task.folder))
    try:
        pixels = _pixels(task, resolver)
    except AssetError as error:
        _LOG.info("no stand-in: %s", error.in_file(task.path))
        return None
    pixels.thumbnail(_SIZE_PX)
    content = io.BytesIO()
    pixels.save(content, "JPEG", quality=80)
    file = store.put(content.getvalue(), ".jpg", "image/jpeg")
    return Picture((PictureVariant(file, pixels.width, pixels.height),))


def _pixels(task: Task, resolver: Resolver) -> Image.Image:
    if task.kind == "model":
        return _photograph(task, resolver)
    picture = read_photograph(task, resolver)
    if task.kind == "panorama":
        return Image.fromarray(render_rectilinear(picture, task.starts_deg))
    return picture


def _photograph(task: Task, resolver: Resolver) -> Image.Image:
    options = OrientOptions(task.metres_per_unit, task.up)
    document = read_document(PurePosixPath(task.path), options, resolver)
    extents = measure.compute_extents(document)
    prepare_model(document, task)
    glb = fit_to_budgets(document, PREVIEW).content
    return Image.fromarray(poster.render_poster(glb, extents, _QUICK))
