"""Check files before a build: headers, captions and recorded notes, without decoding.

Timed words are read whole, being text. Of models and panoramas of which nothing was made
as they are now, the headers are read: the first bytes tell renamed files. The rest is
what was noted when files were made, of those that have not changed since.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from assets_pipeline.build import cache
from assets_pipeline.build.build import assemble_index, model_scenes
from assets_pipeline.build.planning import plan_tasks
from assets_pipeline.build.resource_limits import limits_of
from assets_pipeline.build.run_task import Outcome
from assets_pipeline.build.sandbox import Sandbox, SandboxError
from assets_pipeline.checks import model_size
from assets_pipeline.checks.unreadable_files import describe_failure
from assets_pipeline.errors.exceptions import AssetError
from assets_pipeline.findings.catalogue import place_note
from assets_pipeline.gltf.extents import find_far_foot, move_foot_to_origin
from assets_pipeline.images.headers import read_size_px
from assets_pipeline.media.captions import caption_notes, parse_webvtt
from assets_pipeline.media.panorama_checks import check_panorama_size
from assets_pipeline.readers.format_sniffing import misnamed_file_error
from assets_pipeline.readers.headers import check_stl_triangles, read_gltf_extents
from assets_pipeline.resolver import Resolver
from assets_pipeline.tasks.result import Note, TaskResult
from tours.bundle import Bundle, Extents, MediaFile, Recording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assets_pipeline.build.planning import PlannedTask
    from assets_pipeline.tasks.store import Store
    from assets_pipeline.tasks.task import Task
    from tours.bundle import Extents
    from tours.diagnostics import Diagnostic
    from tours.model import ModelSource, Museum


@dataclass(frozen=True, slots=True)
class Preflight:
    """Findings of a preflight, and the files that it could not check."""

    current: tuple[Diagnostic, ...]
    """Of the files as they are."""
    recorded: tuple[Diagnostic, ...]
    """Noted when the files were made, which have not changed since."""
    unread: tuple[str, ...]
    """Files, by path within the museum's folder, whose contents a build is to tell."""


def run_preflight(museum: Museum, store: Store) -> Preflight:
    """Return the findings about a museum's files that need no decoding.

    Parameters
    ----------
    museum
        Its valid part, when not all of it is.
    store
        Where a build keeps what it made; it need not exist, and is only read.
    """
    asked = plan_tasks(museum)
    words = _read_captions(asked)
    made = {
        i.task: Outcome(found)
        for i in asked
        if i.task not in words and (found := cache.load_record(i.task, store))
    }
    unmade = [i for i in asked if i.task not in words and i.task not in made]
    live = _check_headers(museum, asked, words, unmade)
    remembered = {*_assemble_known(museum, asked, made | words)} - live
    unseen = dict.fromkeys(i.task.path for i in unmade if i.task.speech is None)
    return Preflight(tuple(sorted(live)), tuple(sorted(remembered)), tuple(unseen))


def preflight_before_build(museum: Museum, store: Store) -> tuple[Diagnostic, ...]:
    """Return the preflight's findings if there is an error among them, else none.

    A build that is to fail stops before minutes of work, and tells what `validate` does.
    Headers are looked at first, of all files: they cost less than to find out which have
    changed, and seldom tell of an error.

    Parameters
    ----------
    museum
        Already checked.
    store
        As `run_preflight` takes it.
    """
    asked = plan_tasks(museum)
    words = _read_captions(asked)
    others = [i for i in asked if i.task not in words]
    if not any(f.is_error for f in _check_headers(museum, asked, words, others)):
        return ()
    told = run_preflight(museum, store)
    found = (*told.current, *told.recorded)
    return found if any(f.is_error for f in found) else ()


def _read_captions(asked: list[PlannedTask]) -> dict[Task, Outcome]:
    return {
        i.task: _read_caption_file(i.task) for i in asked if i.task.kind == "captions"
    }


def _check_headers(
    museum: Museum,
    asked: list[PlannedTask],
    words: dict[Task, Outcome],
    headed: list[PlannedTask],
) -> set[Diagnostic]:
    """Return what words say, and the headers of some files."""
    return {
        *_assemble_known(museum, asked, words),
        *(finding for item in headed for finding in _check_panorama(item)),
        *_check_models(museum, headed),
    }


def _assemble_known(
    museum: Museum, asked: list[PlannedTask], outcomes: dict[Task, Outcome]
) -> tuple[Diagnostic, ...]:
    known = [item for item in asked if item.task in outcomes]
    return assemble_index(museum, known, outcomes)[1]


def _read_caption_file(task: Task) -> Outcome:
    """Return what a build would note about timed words; its product stays unwritten."""
    try:
        content = Resolver(_folder(task)).read(PurePosixPath(task.path))
        captions = parse_webvtt(content, task.path)
    except AssetError as error:
        return Outcome(None, describe_failure(task, error))
    unwritten = MediaFile("", 0, ".vtt", "text/vtt")
    return Outcome(
        TaskResult(
            Recording(unwritten, captions.end_s), caption_notes(captions, task.path)
        )
    )


def _check_panorama(item: PlannedTask) -> Iterator[Diagnostic]:
    task = item.task
    size = read_size_px(_path(task)) if task.kind == "panorama" else None
    if size is None:
        return
    try:
        notes = check_panorama_size(task.path, *size)
    except AssetError as error:
        notes = (describe_failure(task, error),)
    for note in notes:
        yield _place(item, note)


def _check_models(museum: Museum, unmade: list[PlannedTask]) -> Iterator[Diagnostic]:
    found: dict[ModelSource, Extents | None] = {}
    for item in unmade:
        task = item.task
        if item.source is None:
            continue
        misnamed = misnamed_file_error(_path(task), PurePosixPath(task.path))
        if misnamed is not None:
            yield _place(item, describe_failure(task, misnamed))
            continue
        try:
            check_stl_triangles(_path(task))
            extents = read_gltf_extents(_path(task), task.metres_per_unit, task.up)
        except AssetError as error:
            yield _place(item, describe_failure(task, error))
            continue
        foot = None if extents is None else find_far_foot(extents)
        if extents is not None and foot is not None:
            yield _place(item, model_size.recentering_note(task, extents, foot))
            extents = move_foot_to_origin(extents, foot)
        found[item.source] = extents
    for scene in model_scenes(museum):
        extents = found.get(scene.source)
        if extents is not None:
            yield from model_size.check_model_size(scene, extents)


def _place(item: PlannedTask, note: Note) -> Diagnostic:
    return place_note(note, item.location)


def _path(task: Task) -> Path:
    return _folder(task) / task.path


def _folder(task: Task) -> Path:
    return Path(task.folder)


def preflight_before_search(museum: Museum, store: Store) -> tuple[Diagnostic, ...]:
    """Return the errors of models that need reading, but no making.

    Each model that was not made before is read, in a process of its own.

    Parameters
    ----------
    museum
        Already checked.
    store
        Where a build keeps what it made.
    """
    boxes: dict[ModelSource, Extents] = {}
    unmade: list[tuple[ModelSource, PlannedTask]] = []
    for item in plan_tasks(museum, searches=True):
        if item.source is None:
            continue
        made = cache.load_record(item.task, store)
        if made is not None and isinstance(made.product, Bundle):
            boxes[item.source] = made.product.extents
        else:
            unmade.append((item.source, item))
    found = list(_read_unmade(unmade, boxes)) if unmade else []
    found += _check_sizes(museum, boxes)
    return tuple(sorted({finding for finding in found if finding.is_error}))


def read_extents(task: Task) -> Extents:
    """Return a model's placed bounding box, the model read whole.

    Raises
    ------
    AssetError
        If it can't be read, or not be placed.
    """
    from assets_pipeline.models.read_model import read_model  # noqa: PLC0415  # a second, in its process

    return read_model(task, Resolver(Path(task.folder))).extents


def _read_unmade(
    unmade: Iterable[tuple[ModelSource, PlannedTask]], boxes: dict[ModelSource, Extents]
) -> Iterator[Diagnostic]:
    """Add the boxes of models that nothing was made of; give why one can't be read."""
    with Sandbox() as sandbox:
        for source, item in unmade:
            work = partial(read_extents, item.task)
            try:
                boxes[source] = sandbox.run(work, limits_of(item.task))
            except AssetError as error:
                yield _place_error(item, error)
            except SandboxError:
                continue  # a fault of ours, which the build tells and writes down


def _check_sizes(
    museum: Museum, boxes: dict[ModelSource, Extents]
) -> Iterator[Diagnostic]:
    for scene in model_scenes(museum):
        extents = boxes.get(scene.source)
        if extents is not None:
            yield from model_size.check_model_size(scene, extents)


def _place_error(item: PlannedTask, error: AssetError) -> Diagnostic:
    note = describe_failure(item.task, error)
    return place_note(note, item.location)
