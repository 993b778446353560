"""Optimize the model of one task, in any process."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from assets_pipeline import progress
from assets_pipeline.baking.lod_sources import LodSources
from assets_pipeline.errors.exceptions import EmptyModelError, UnsupportedFormatError
from assets_pipeline.gltf import measure
from assets_pipeline.gltf.clone import clone_document
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.inspection.before_after import render_comparison
from assets_pipeline.lod.budgets import PHONE, USDZ
from assets_pipeline.lod.levels import find_level
from assets_pipeline.lod.measurements import MeasurementCache
from assets_pipeline.lod.settings import LodEncoder
from assets_pipeline.models.clean_model import clean_model, reduce_model
from assets_pipeline.models.make_model import source_of_lod, write_usdz
from assets_pipeline.models.read_model import read_model
from assets_pipeline.optimization.result import (
    ModelFacts,
    Optimized,
    OptimizedFile,
)
from assets_pipeline.readers.usdz import read_usdz
from assets_pipeline.rendering import views
from assets_pipeline.rendering.visual_error import VisualErrorMeter
from assets_pipeline.resolver import Resolver
from assets_pipeline.transforms.compress_textures import TextureCache
from assets_pipeline.usdz.lod import make_usdz_level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assets_pipeline.gltf.document import Document
    from assets_pipeline.lod.budgets import Profile
    from assets_pipeline.lod.levels import Level
    from assets_pipeline.optimization.options import OptimizeOptions
    from assets_pipeline.optimization.result import Limit
    from assets_pipeline.tasks.task import Task

Step: TypeAlias = Literal["read", "clean", "search", "usdz", "render"]
Progress: TypeAlias = "Callable[[float, Step], None]"
_READ, _CLEAN, _LODS, _USDZ = 0.05, 0.15, 0.9, 0.95
"""Shares of the time, once each step is done; without USDZ, pictures follow the LODs."""
_DIGITS: Final = 5
_SEARCHED_AGAIN: Final = 3
_LESS: Final = 0.95
_LITTLE_OVER: Final = 1.25
"""Times its limit, an error that comes of the check's other views; beyond, other limits
stand in the way and no search finds a truer file."""


def optimize_task(
    task: Task, options: OptimizeOptions, tell: Progress | None = None
) -> Optimized:
    """Return the optimized files of a model.

    Parameters
    ----------
    task
        Names the file; its unit and axis are those of the options.
    options
        What to keep, and what to make.
    tell
        Called with the share of the work that is done, 0 to 1, and the step in hand.

    Raises
    ------
    AssetError
        A subclass that names the cause.
    """
    work = _Optimization(task, options)
    if tell is None:
        return work.run()
    with progress.report_to(lambda share: tell(share, work.step)):
        return work.run()


def optimize_with_progress_file(
    task: Task, options: OptimizeOptions, file: str
) -> Optimized:
    """Return what `optimize_task` does, its progress written to a file."""

    def tell(share: float, step: Step) -> None:
        with suppress(OSError):
            Path(file).write_text(f"{share:.4f} {step}", encoding="ascii")

    return optimize_task(task, options, tell)


class _Optimization:
    """One model on its way."""

    def __init__(self, task: Task, options: OptimizeOptions) -> None:
        self._task, self._options = task, options
        self._resolver = Resolver(Path(task.folder))
        self.step: Step = "read"

    def run(self) -> Optimized:
        read = read_model(self._task, self._resolver)
        document, resolver = read.document, self._resolver
        before = clone_document(document) if self._options.pictures else None
        source = _facts(document, resolver.total_bytes)
        self._begin("clean", _READ)
        clean_model(document)
        own = clone_document(document)
        starts = LodSources(document, reduce_model(document, self._task))
        self._begin("search", _CLEAN)
        with VisualErrorMeter(write_glb(own), read.extents) as meter:
            files = list(self._lods(starts, meter))
            if self._options.usdz:
                self._begin("usdz", _LODS)
                files.append(_usdz(starts, meter))
        made = Optimized(
            source,
            tuple(file for file in files if file.name != "usdz"),
            next((file for file in files if file.name == "usdz"), None),
            max_bytes=self._options.max_bytes,
            max_triangles=self._options.max_triangles,
            moved_from_m=read.moved_from_m,
            ignored_extensions=tuple(resolver.ignored_extensions),
            missing_files=tuple(resolver.missing),
            guessed_files=tuple(resolver.guesses),
            ignored_models=tuple(resolver.ignored_models),
        )
        if before is not None:
            self._begin("render", _USDZ)
            made = _with_pictures(made, before)
        progress.update(1.0)
        return made

    def _begin(self, step: Step, share: float) -> None:
        self.step = step
        progress.update(share)

    def _lods(
        self, starts: LodSources, meter: VisualErrorMeter
    ) -> Iterator[OptimizedFile]:
        textures = TextureCache({})
        measurements: defaultdict[tuple[int, int], MeasurementCache] = defaultdict(
            MeasurementCache
        )
        profiles = self._options.profiles()
        share = (_LODS - _CLEAN) / len(profiles)
        for number, profile in enumerate(profiles):
            rebaked = source_of_lod(starts, profile, rebakes=True)
            plain = source_of_lod(starts, profile, rebakes=False)
            encoder = LodEncoder(rebaked, profile, textures)
            other = None if plain is rebaked else LodEncoder(plain, profile, textures)
            begun = _CLEAN + number * share
            with progress.subrange(begun, begun + share):
                level = _find_within_error(encoder, other, meter, measurements)
            yield _lod(number, level, profile, self._options.max_triangles)


def _find_within_error(
    encoder: LodEncoder,
    other: LodEncoder | None,
    meter: VisualErrorMeter,
    measurements: defaultdict[tuple[int, int], MeasurementCache],
) -> Level:
    """Return the level that `find_level` gives, searched anew where it is over its error.

    The search and its check look from different sides: a little over is common.
    """
    limit = aim = encoder.profile.most_error
    best = found = find_level(encoder, other, meter, measurements)
    for _ in range(_SEARCHED_AGAIN):
        error = found.decision.visual_error
        if error is None or not limit < error <= _LITTLE_OVER * limit:
            return found
        best = found
        aim *= min(_LESS, limit / error)
        for one in (encoder, other):
            if one is not None:
                one.profile = replace(one.profile, most_error=aim)
        found = find_level(encoder, other, meter, measurements)
        if (found.decision.visual_error or 0) >= error:
            return best  # nothing truer is left
    return found


def _lod(
    number: int, level: Level, profile: Profile, most_triangles: int | None
) -> OptimizedFile:
    fitted, error = level.fitted, level.decision.visual_error
    exceeded: list[Limit] = []
    if error is not None and error > profile.most_error:
        exceeded.append("error")
    if not fitted.is_within_bytes:
        exceeded.append("bytes")
    if not fitted.is_within_triangles and most_triangles is not None:
        exceeded.append("triangles")
    return OptimizedFile(
        f"lod{number}",
        fitted.content,
        _facts(fitted.document, len(fitted.content)),
        error,
        profile.most_error,
        tuple(exceeded),
    )


def _usdz(starts: LodSources, meter: VisualErrorMeter) -> OptimizedFile:
    def start(profile: Profile, *, rebakes: bool | None = None) -> Document:
        return source_of_lod(starts, profile, rebakes=rebakes)

    level = make_usdz_level(start, None, meter)
    if level is not None:
        content, error = level.fitted.content, level.decision.visual_error
    else:
        content, error = write_usdz(start(PHONE)).content, None
        with suppress(UnsupportedFormatError, EmptyModelError):
            error = round(meter.error(content, views.CHECK_RIG), _DIGITS)
    facts = _facts(read_usdz(content), len(content))
    return OptimizedFile("usdz", content, facts, error, USDZ.most_error)


def _facts(document: Document, size_bytes: int) -> ModelFacts:
    return ModelFacts(
        size_bytes,
        measure.count_triangles(document),
        measure.count_draw_calls(document),
        len(document.images()),
        measure.estimate_gpu_bytes(document),
    )


def _with_pictures(made: Optimized, before: Document) -> Optimized:
    """Return a result with its pictures; as it is where they can't be rendered."""
    try:
        source, pictures = render_comparison(
            before, [file.content for file in made.files]
        )
    except (UnsupportedFormatError, EmptyModelError):
        return made

    def pictured(file: OptimizedFile) -> OptimizedFile:
        picture, difference = pictures[file.content]
        return replace(file, picture=picture, difference=difference)

    return replace(
        made,
        lods=tuple(map(pictured, made.lods)),
        usdz=made.usdz and pictured(made.usdz),
        source_picture=source,
    )
