"""Clean and reduce a document before its LODs are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assets_pipeline.baking.lod_sources import find_detail
from assets_pipeline.gltf import measure
from assets_pipeline.transforms.compute_normals import compute_normals
from assets_pipeline.transforms.decompress_ktx2 import decompress_ktx2
from assets_pipeline.transforms.dedup import (
    DedupMeshesOptions,
    dedup_accessors,
    dedup_materials,
    dedup_meshes,
)
from assets_pipeline.transforms.drop_duplicate_triangles import drop_duplicate_triangles
from assets_pipeline.transforms.fix_winding import fix_winding
from assets_pipeline.transforms.join import join
from assets_pipeline.transforms.make_opaque import make_opaque
from assets_pipeline.transforms.metal_rough import metal_rough
from assets_pipeline.transforms.prune import prune
from assets_pipeline.transforms.reorder import reorder
from assets_pipeline.transforms.replace_solid_textures import replace_solid_textures
from assets_pipeline.transforms.resample import resample
from assets_pipeline.transforms.simplify import SimplifyOptions, simplify
from assets_pipeline.transforms.static_meshes import REPEATED_OFTEN
from assets_pipeline.transforms.weld import WeldOptions, weld
from assets_pipeline.transforms.write_metadata import (
    WriteMetadataOptions,
    write_metadata,
)

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
    decompress_ktx2(document)
    metal_rough(document)
    replace_solid_textures(document)
    make_opaque(document)
    dedup_accessors(document)
    prune(document)
    dedup_materials(document)
    weld(document)
    drop_duplicate_triangles(
        document
    )  # or their edges would have too many triangles to tell sides
    fix_winding(document)
    compute_normals(document)


def reduce_model(document: Document, task: Task) -> Detail:
    """Simplify a clean document without changing its look.

    Returns
    -------
    Detail
        What is to be baked of it as it was before it became light.
    """
    dedup_meshes(document, DedupMeshesOptions(REPEATED_OFTEN))
    join(document)
    weld(document, WeldOptions(is_tolerant=True))
    dedup_meshes(document)  # the rest after: what is joined is drawn at once
    resample(document)
    detail = find_detail(document, occlusion=bool(task.occlusion))
    if measure.count_triangles(document) > _HUGE_TRIANGLES:
        simplify(document, SimplifyOptions(target_triangles=_WORKING_TRIANGLES))
        reorder(document)
    if task.facts is not None:
        facts = task.facts
        write_metadata(
            document,
            WriteMetadataOptions(
                title=facts.title,
                author=facts.author,
                license=facts.license,
                copyright=facts.copyright,
            ),
        )
    return detail
