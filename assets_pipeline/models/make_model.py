"""One source model to its bundle: levels of detail, USDZ, poster."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from assets_pipeline import progress
from assets_pipeline.baking.detail import detail_of
from assets_pipeline.baking.lod_sources import Start, Starts
from assets_pipeline.checks.animations import motion_notes
from assets_pipeline.errors.exceptions import UnsupportedFormatError
from assets_pipeline.findings import catalogue, extensions, occlusion
from assets_pipeline.gltf import extents as bounds
from assets_pipeline.gltf import measure
from assets_pipeline.gltf.clone import clone_document
from assets_pipeline.gltf.extensions import affects_appearance
from assets_pipeline.gltf.orient import OrientOptions
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.lod import recorded_settings
from assets_pipeline.lod.budgets import PHONE
from assets_pipeline.lod.levels import LIGHT_BYTES, levels
from assets_pipeline.lod.texture_cache import KeptTextures
from assets_pipeline.models.time_shares import times_of, times_of_task
from assets_pipeline.readers.dispatch import read_document
from assets_pipeline.readers.usdz import read_usdz
from assets_pipeline.rendering import poster
from assets_pipeline.rendering.silhouette import outline
from assets_pipeline.rendering.visual_error import Judge, Sent, visual_errors
from assets_pipeline.tasks.result import Note, TaskResult
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
from assets_pipeline.transforms.flip_normal_maps import flip_normal_maps
from assets_pipeline.transforms.join import join
from assets_pipeline.transforms.make_opaque import make_opaque
from assets_pipeline.transforms.metal_rough import metal_rough
from assets_pipeline.transforms.prune import prune
from assets_pipeline.transforms.recenter import recenter
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
from assets_pipeline.usdz import writer as usdz
from assets_pipeline.usdz.lod import usdz_level
from tours.bundle import Bundle, Lod, UsdzFacts

if TYPE_CHECKING:
    from assets_pipeline.baking.detail import Detail
    from assets_pipeline.gltf.document import Document
    from assets_pipeline.lod.budgets import Profile
    from assets_pipeline.lod.levels import Level
    from assets_pipeline.resolver import Resolver
    from assets_pipeline.tasks.store import Store
    from assets_pipeline.tasks.task import Task
    from tours.bundle import Extents, LodName

_USDZ_TRIANGLES = 100_000
_USDZ_TYPE = "model/vnd.usdz+zip"
_WORKING_TRIANGLES = 250_000
_TOLD_LEFT_OUT = 3
_HUGE_TRIANGLES = 500_000
"""Above this, all levels start from `_WORKING_TRIANGLES`, two and a half times the finest's."""


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
    counts = _counts(document)
    clean(document)
    progress.update(times_of_task(*counts, task).clean)
    own = clone_document(document)
    detail = lightened(document, task)
    progress.update(times_of_task(*counts, task).light)
    starts = Starts(document, detail)
    made_of = recorded_settings.made_of(options, resolver.reads, detail.added)
    decided = recorded_settings.replayed(task.decided, made_of)
    searches = task.searches and decided is None
    times = times_of(*counts, searches=searches, replays=bool(decided))
    kept = KeptTextures(store)
    start = partial(start_of, starts)
    with Judge(write_glb(own), extents) if searches else nullcontext() as judge:
        with progress.subrange(times.light, times.levels):
            found = levels(start, decided, judge, kept)
        with progress.subrange(times.levels, times.usdz):
            packed = usdz_level(start, (decided or {}).get("usdz"), judge)
    is_decided = task.searches or decided is not None
    kept.keep(image for level in found for image in level.fitted.document.images())
    notes = [*read.notes, *_notes(task, resolver, found)]
    package = usdz.Package(packed.fitted.content) if packed else _usdz(starts)
    files = [Sent(level.fitted.content, level.decision.visual_error) for level in found]
    known = packed.decision.visual_error if packed else None
    files.append(Sent(package.content, known))
    with progress.subrange(times.package, times.looked_at):
        *errors, usdz_error = _looked_at(own, extents, files)
    lods = tuple(
        _lod(level, name, error, store)
        for level, error in zip(found, errors, strict=True)
        if (name := level.profile.name) != "usdz"
    )
    pixels = poster.render_poster(found[-1].fitted.content, extents)
    progress.update(times.drawn)
    bundle = Bundle(
        extents=extents,
        lods=lods,
        usdz=store.put(package.content, ".usdz", _USDZ_TYPE),
        poster=poster.encoded(pixels, store.put),
        source_triangles=counts[1],
        outline=outline(document, extents),
        usdz_facts=_usdz_facts(package.content, usdz_error),
        is_searched=is_decided,
    )
    notes += _left_pale(task, detail, found[-1])
    notes += motion_notes(task.path, document, package)
    every = [*found, packed] if packed else found
    record = recorded_settings.recorded(made_of, every if is_decided else ())
    return TaskResult(bundle, tuple(notes), record)


@dataclass(frozen=True, slots=True)
class Read:
    """A model as it is in its file, where it is placed."""

    document: Document
    extents: Extents
    notes: tuple[Note, ...] = ()
    """What is told where it had to be moved."""


def read_model(task: Task, resolver: Resolver) -> Read:
    """Return a model before anything is made of it.

    Raises
    ------
    AssetError
        A subclass that names the cause.
    """
    options = OrientOptions(task.metres_per_unit, task.up)
    document = read_document(PurePosixPath(task.path), options, resolver)
    extents = measure.compute_extents(document)
    bounds.check_size(extents)
    progress.update(times_of_task(*_counts(document), task).read)
    foot = recenter(document, extents)
    if foot is None:
        return Read(document, extents)
    shift = bounds.describe_shift(extents, foot, task.metres_per_unit, task.up)
    note = Note(catalogue.BROUGHT_NEAR.code, {"file": task.path, **shift})
    return Read(document, measure.compute_extents(document), (note,))


def _counts(document: Document) -> tuple[int, int]:
    """Return how many vertices and triangles there are to work on."""
    return measure.count_vertices(document), measure.count_triangles(document)


def prepare(document: Document, task: Task) -> Detail:
    """Make a document ready for its levels of detail: `clean`, then `lightened`."""
    clean(document)
    return lightened(document, task)


def clean(document: Document) -> None:
    """Leave out what shows nothing, and complete what every viewer would."""
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


def lightened(document: Document, task: Task) -> Detail:
    """Make a clean document light without changing how it looks.

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
    detail = detail_of(document, occlusion=task.occlusion)
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


def _looked_at(
    own: Document, extents: Extents, files: list[Sent]
) -> list[float | None]:
    """Return the visual error of each file; of light ones, what is known of it."""
    if all(len(file.content) <= LIGHT_BYTES for file in files):
        return [file.visual_error for file in files]
    return visual_errors(own, extents, files)


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
    over = [note for level in found for note in _over(level, task)]
    return [*over, *_missing(task, resolver), *_extensions(task, resolver)]


def _over(level: Level, task: Task) -> list[Note]:
    profile, fit = level.profile, level.fitted
    named = {"file": task.path, "lod": profile.name}
    notes = []
    if not fit.is_within_bytes:
        sizes = {
            "kilobytes": _kilobytes(len(fit.content)),
            "most": _kilobytes(profile.most_bytes),
        }
        notes.append(Note(catalogue.OVER_BYTES.code, named | sizes))
    triangles = measure.count_triangles(fit.document)
    # A preview of a few more is slower to come, but draws as the phone's level does.
    if not fit.is_within_triangles and triangles > PHONE.most_triangles:
        counts = {"triangles": str(triangles), "most": str(profile.most_triangles)}
        notes.append(Note(catalogue.OVER_TRIANGLES.code, named | counts))
    return notes


def start_of(
    starts: Starts, profile: Profile, *, repaints: bool | None = None
) -> Document:
    """Return what a level of detail is made of; not to change. See `levels.Origin`."""
    most = Start(profile.most_triangles, profile.edge_px, profile.packed_edge_px)
    return starts.document(most, repaints=repaints)


def _usdz(starts: Starts) -> usdz.Package:
    reduced = clone_document(start_of(starts, PHONE))
    flip_normal_maps(reduced)
    simplify(reduced, SimplifyOptions(target_triangles=_USDZ_TRIANGLES))
    reorder(reduced)  # and leave out vertices that nothing is drawn with
    return usdz.package_of(reduced)


def _missing(task: Task, resolver: Resolver) -> list[Note]:
    """Return a note for each file that was named and is not there, or the other way.

    A zip's other models are told as well.
    """
    told = (
        (catalogue.LOOK_MISSING, resolver.missing),
        (catalogue.PICTURE_TAKEN, resolver.guesses),
        (catalogue.MODEL_LEFT_OUT, resolver.ignored_models[:_TOLD_LEFT_OUT]),
    )
    return [
        Note(rule.code, {"file": task.path, "place": name})
        for rule, names in told
        for name in names
    ]


def _extensions(task: Task, resolver: Resolver) -> list[Note]:
    """Return a note on extensions that may be missed, and one on those that are not."""
    notes = []
    for are_seen in (True, False):
        names = [
            name
            for name in resolver.ignored_extensions
            if affects_appearance(name) == are_seen
        ]
        if names:
            told = extensions.told_of(names, are_seen=are_seen)
            code = extensions.EXTENSIONS_LEFT_OUT.code
            notes.append(Note(code, {"file": task.path, **told}))
    return notes


def _left_pale(task: Task, detail: Detail, finest: Level) -> list[Note]:
    """Return a note where hollows were to be darkened and none is."""
    refusal = detail.refusal
    if detail.shape is not None:
        made = (m.occlusion_texture for m in finest.fitted.document.materials())
        refusal = None if any(made) else "pieces"
    if not task.occlusion or refusal is None:
        return []
    told = {"file": task.path, **occlusion.WHY_LEFT_PALE[refusal]}
    return [Note(occlusion.LEFT_PALE.code, told)]


def _kilobytes(size_bytes: int) -> str:
    return f"{size_bytes / 1000:.0f}"
