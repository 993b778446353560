"""Clean and reduce a document before its LODs are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assets_pipeline.baking.lod_sources import find_detail
from assets_pipeline.gltf import measure
from assets_pipeline.transforms.dedup import (
    ShareMeshesOptions,
    share_arrays,
    share_materials,
    share_meshes,
)
from assets_pipeline.transforms.duplicate_triangles import duplicates
from assets_pipeline.transforms.fix_winding import winding
from assets_pipeline.transforms.join import join
from assets_pipeline.transforms.ktx2_to_png import unpack_textures
from assets_pipeline.transforms.metadata import MetadataOptions, metadata
from assets_pipeline.transforms.metal_rough import metal_rough
from assets_pipeline.transforms.normals import normals
from assets_pipeline.transforms.opaque_alpha import opaque
from assets_pipeline.transforms.prune import prune
from assets_pipeline.transforms.reorder import reorder
from assets_pipeline.transforms.resample import resample
from assets_pipeline.transforms.simplify import SimplifyOptions, simplify
from assets_pipeline.transforms.solid_textures import solids
from assets_pipeline.transforms.static_meshes import OFTEN
from assets_pipeline.transforms.weld import weld

if TYPE_CHECKING:
    from assets_pipeline.baking.lod_sources import Detail
    from assets_pipeline.gltf.document import Document
    from assets_pipeline.tasks.task import Task

_WORKING_TRIANGLES = 250_000
_HUGE_TRIANGLES = 500_000
"""Above this, all levels start from `_WORKING_TRIANGLES`, two and a half times the finest's."""


def prepare_model(document: Document, task: Task) -> Detail:
    """Clean and reduce a document for its LODs, in place; return the detail to bake."""
    clean_model(document)
    return reduce_model(document, task)


def clean_model(document: Document) -> None:
    """Remove what shows nothing, and complete what every viewer would."""
    unpack_textures(document)
    metal_rough(document)
    solids(document)
    opaque(document)
    share_arrays(document)
    prune(document)
    share_materials(document)
    weld(document)
    duplicates(document)  # or their edges would have too many triangles to tell sides
    winding(document)
    normals(document)


def reduce_model(document: Document, task: Task) -> Detail:
    """Simplify a clean document without changing its look.

    Returns
    -------
    Detail
        What is to be baked of it as it was before it became light.
    """
    share_meshes(document, ShareMeshesOptions(OFTEN))
    join(document)
    weld(document, alike=True)
    share_meshes(document)  # the rest after: what is joined is drawn at once
    resample(document)
    detail = find_detail(document, occlusion=task.occlusion)
    if measure.triangles(document) > _HUGE_TRIANGLES:
        simplify(document, SimplifyOptions(target_triangles=_WORKING_TRIANGLES))
        reorder(document)
    if task.facts is not None:
        facts = task.facts
        metadata(
            document,
            MetadataOptions(
                title=facts.title,
                author=facts.author,
                license=facts.license,
                copyright=facts.copyright,
            ),
        )
    return detail
