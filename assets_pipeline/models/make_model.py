"""Make a model's bundle: LODs, USDZ, poster and notes."""

from __future__ import annotations

from contextlib import nullcontext
from functools import partial
from typing import TYPE_CHECKING

from assets_pipeline import progress
from assets_pipeline.baking.lod_sources import LodLimits, LodSources
from assets_pipeline.checks.animations import check_animations
from assets_pipeline.checks.budgets import check_level_budgets
from assets_pipeline.checks.extensions import check_extensions
from assets_pipeline.checks.occlusion import check_occlusion
from assets_pipeline.checks.referenced_files import check_referenced_files
from assets_pipeline.errors.exceptions import UnsupportedFormatError
from assets_pipeline.gltf import measure
from assets_pipeline.gltf.clone import clone_document
from assets_pipeline.gltf.orient import OrientOptions
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.lod import recorded_settings
from assets_pipeline.lod.budgets import PHONE
from assets_pipeline.lod.levels import LIGHT_BYTES, make_levels
from assets_pipeline.lod.texture_cache import TextureCache
from assets_pipeline.models.clean_model import clean_model, reduce_model
from assets_pipeline.models.read_model import count_geometry, read_model
from assets_pipeline.models.time_shares import (
    estimate_task_time_shares,
    estimate_time_shares,
)
from assets_pipeline.readers.usdz import read_usdz
from assets_pipeline.rendering import poster
from assets_pipeline.rendering.silhouette import trace_outline
from assets_pipeline.rendering.visual_error import (
    ModelFile,
    VisualErrorMeter,
    measure_visual_errors,
)
from assets_pipeline.tasks.result import Note, TaskResult
from assets_pipeline.transforms.flip_normal_maps import flip_normal_maps
from assets_pipeline.transforms.reorder import reorder
from assets_pipeline.transforms.simplify import SimplifyOptions, simplify
from assets_pipeline.usdz import writer as usdz
from assets_pipeline.usdz.lod import make_usdz_level
from tours.bundle import Bundle, Lod, UsdzFacts

if TYPE_CHECKING:
    from assets_pipeline.gltf.document import Document
    from assets_pipeline.lod.budgets import Profile
    from assets_pipeline.lod.levels import Level
    from assets_pipeline.resolver import Resolver
    from assets_pipeline.tasks.store import Store
    from assets_pipeline.tasks.task import Task
    from tours.bundle import Extents, LodName

_USDZ_TRIANGLES = 100_000
_USDZ_TYPE = "model/vnd.usdz+zip"


def make_model(task: Task, resolver: Resolver, store: Store) -> TaskResult:
    """Return the bundle of a model, its files kept in the store.

    Raises
    ------
    AssetError
        A subclass that names the cause.
    """
    options = OrientOptions(task.metres_per_unit, task.up)
    read = read_model(task, resolver)
    document, extents = read.document, read.extents
    counts = count_geometry(document)
    clean_model(document)
    progress.update(estimate_task_time_shares(*counts, task).clean)
    own = clone_document(document)
    detail = reduce_model(document, task)
    progress.update(estimate_task_time_shares(*counts, task).light)
    starts = LodSources(document, detail)
    made_of = recorded_settings.digest_inputs(options, resolver.reads, detail.added)
    decided = recorded_settings.read_entry(task.decided, made_of)
    searches = task.searches and decided is None
    times = estimate_time_shares(*counts, searches=searches, replays=bool(decided))
    texture_cache = TextureCache(store)
    start = partial(source_of_lod, starts)
    measured = VisualErrorMeter(write_glb(own), extents) if searches else nullcontext()
    with measured as meter:
        with progress.subrange(times.light, times.levels):
            found = make_levels(start, decided, meter, texture_cache)
        with progress.subrange(times.levels, times.usdz):
            packed = make_usdz_level(start, (decided or {}).get("usdz"), meter)
    is_decided = task.searches or decided is not None
    texture_cache.save(
        image for level in found for image in level.fitted.document.images()
    )
    notes = [*read.notes, *_notes(task, resolver, found)]
    package = (
        usdz.Package(packed.fitted.content)
        if packed
        else write_usdz(source_of_lod(starts, PHONE))
    )
    files = [
        ModelFile(level.fitted.content, level.decision.visual_error) for level in found
    ]
    known = packed.decision.visual_error if packed else None
    files.append(ModelFile(package.content, known))
    if detail.shape is not None:  # a search leaves out the occlusion that is added
        files = [ModelFile(file.content) for file in files]
    with progress.subrange(times.package, times.looked_at):
        *errors, usdz_error = _measure_errors(own, extents, files)
    lods = tuple(
        _lod(level, name, error, store)
        for level, error in zip(found, errors, strict=True)
        if (name := level.profile.name) != "usdz" and name != "free"
    )
    pixels = poster.render_poster(found[-1].fitted.content, extents)
    progress.update(times.drawn)
    bundle = Bundle(
        extents=extents,
        lods=lods,
        usdz=store.put(package.content, ".usdz", _USDZ_TYPE),
        poster=poster.encode_variants(pixels, store.put),
        source_triangles=counts[1],
        outline=trace_outline(document, extents),
        usdz_facts=_usdz_facts(package.content, usdz_error),
        is_searched=is_decided,
    )
    notes += check_occlusion(task, detail, found[-1])
    notes += check_animations(task.path, document, package)
    every = [*found, packed] if packed else found
    record = recorded_settings.write_entry(made_of, every if is_decided else ())
    return TaskResult(bundle, tuple(notes), record)


def _measure_errors(
    own: Document, extents: Extents, files: list[ModelFile]
) -> list[float | None]:
    """Return the visual error of each file; of light ones, what is known of it."""
    if all(len(file.content) <= LIGHT_BYTES for file in files):
        return [file.visual_error for file in files]
    return measure_visual_errors(own, extents, files)


def _usdz_facts(package: bytes, visual_error: float | None) -> UsdzFacts | None:
    try:
        document = read_usdz(package)
    except UnsupportedFormatError:
        return None
    return UsdzFacts(
        measure.count_triangles(document),
        measure.count_draw_calls(document),
        measure.estimate_gpu_bytes(document),
        visual_error,
    )


def _lod(level: Level, name: LodName, error: float | None, store: Store) -> Lod:
    document = level.fitted.document
    return Lod(
        name=name,
        file=store.put(level.fitted.content, ".glb", "model/gltf-binary"),
        triangles=measure.count_triangles(document),
        draw_calls=measure.count_draw_calls(document),
        gpu_bytes=measure.estimate_gpu_bytes(document),
        visual_error=error,
    )


def _notes(task: Task, resolver: Resolver, found: list[Level]) -> list[Note]:
    """Return what is to be told of a model's files, and of those it names."""
    over: list[Note] = []
    for level in found:
        triangles = measure.count_triangles(level.fitted.document)
        over += check_level_budgets(level, triangles, task)
    return [
        *over,
        *check_referenced_files(task, resolver),
        *check_extensions(task, resolver),
    ]


def source_of_lod(
    starts: LodSources, profile: Profile, *, rebakes: bool | None = None
) -> Document:
    """Return the source document of an LOD; not to change. See `levels.LodSource`."""
    most = LodLimits(profile.most_triangles, profile.edge_px, profile.packed_edge_px)
    return starts.document(most, rebakes=rebakes)


def write_usdz(source: Document) -> usdz.Package:
    """Return a document as a USDZ made by rule.

    Parameters
    ----------
    source
        Of an LOD; left unchanged.
    """
    reduced = clone_document(source)
    flip_normal_maps(reduced)
    simplify(reduced, SimplifyOptions(target_triangles=_USDZ_TRIANGLES))
    reorder(reduced)  # and leave out vertices that nothing is drawn with
    return usdz.write_package(reduced)
