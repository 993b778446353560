"""What can be told of a museum's files without decoding any.

Timed words are read whole, being text. Of models and panoramas of which nothing was made
as they are now, the headers are read: the first bytes tell renamed files. The rest is
what was noted when files were made, of those that have not changed since.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from assets_pipeline.build import cache
from assets_pipeline.build.build import assemble_index, model_scenes
from assets_pipeline.build.planning import plan_tasks
from assets_pipeline.build.run_task import Outcome
from assets_pipeline.checks import model_size
from assets_pipeline.checks.unreadable_files import describe_failure
from assets_pipeline.errors.exceptions import AssetError
from assets_pipeline.findings.catalogue import place_note
from assets_pipeline.gltf.bounds import lost_foot, moved
from assets_pipeline.images.headers import size_px
from assets_pipeline.media.captions import caption_notes, parse_webvtt
from assets_pipeline.media.panorama_checks import check_panorama_size
from assets_pipeline.readers.format_sniffing import misnamed_file
from assets_pipeline.readers.headers import box, check_stl
from assets_pipeline.resolver import Resolver
from assets_pipeline.tasks.result import Made, Note
from tours.bundle import MediaFile, Recording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assets_pipeline.build.planning import PlannedTask
    from assets_pipeline.tasks.store import Store
    from assets_pipeline.tasks.task import Task
    from tours.bundle import Extents
    from tours.diagnostics import Diagnostic
    from tours.model import ModelSource, Museum


@dataclass(frozen=True, slots=True)
class Preflight:
    """What was found, and what nobody looked into."""

    live: tuple[Diagnostic, ...]
    """Of the files as they are."""
    remembered: tuple[Diagnostic, ...]
    """Noted when the files were made, which have not changed since."""
    unseen: tuple[str, ...]
    """Files, by path within the museum's folder, whose contents a build is to tell."""


def run_preflight(museum: Museum, store: Store) -> Preflight:
    """Return what is known of a museum's files at once.

    Parameters
    ----------
    museum
        Its valid part, when not all of it is.
    store
        Where a build keeps what it made; it need not exist, and is only read.
    """
    asked = plan_tasks(museum)
    words = _words(asked)
    made = {
        i.task: Outcome(found)
        for i in asked
        if i.task not in words and (found := cache.load_record(i.task, store))
    }
    unmade = [i for i in asked if i.task not in words and i.task not in made]
    live = _live(museum, asked, words, unmade)
    remembered = {*_found(museum, asked, made | words)} - live
    unseen = dict.fromkeys(i.task.path for i in unmade if i.task.speech is None)
    return Preflight(tuple(sorted(live)), tuple(sorted(remembered)), tuple(unseen))


def preflight_before_build(museum: Museum, store: Store) -> tuple[Diagnostic, ...]:
    """Return what is told at once where an error is among it, nothing where none is.

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
    words = _words(asked)
    others = [i for i in asked if i.task not in words]
    if not any(f.is_error for f in _live(museum, asked, words, others)):
        return ()
    told = run_preflight(museum, store)
    found = (*told.live, *told.remembered)
    return found if any(f.is_error for f in found) else ()


def _words(asked: list[PlannedTask]) -> dict[Task, Outcome]:
    return {i.task: _read(i.task) for i in asked if i.task.kind == "captions"}


def _live(
    museum: Museum,
    asked: list[PlannedTask],
    words: dict[Task, Outcome],
    headed: list[PlannedTask],
) -> set[Diagnostic]:
    """Return what words say, and the headers of some files."""
    return {
        *_found(museum, asked, words),
        *(finding for item in headed for finding in _of_panorama(item)),
        *_of_models(museum, headed),
    }


def _found(
    museum: Museum, asked: list[PlannedTask], outcomes: dict[Task, Outcome]
) -> tuple[Diagnostic, ...]:
    known = [item for item in asked if item.task in outcomes]
    return assemble_index(museum, known, outcomes)[1]


def _read(task: Task) -> Outcome:
    """Return what a build would note about timed words; its product stays unwritten."""
    try:
        content = Resolver(_folder(task)).read(PurePosixPath(task.path))
        captions = parse_webvtt(content, task.path)
    except AssetError as error:
        return Outcome(None, describe_failure(task, error))
    unwritten = MediaFile("", 0, ".vtt", "text/vtt")
    return Outcome(
        Made(Recording(unwritten, captions.end_s), caption_notes(captions, task.path))
    )


def _of_panorama(item: PlannedTask) -> Iterator[Diagnostic]:
    task = item.task
    size = size_px(_path(task)) if task.kind == "panorama" else None
    if size is None:
        return
    try:
        notes = check_panorama_size(task.path, *size)
    except AssetError as error:
        notes = (describe_failure(task, error),)
    for note in notes:
        yield _placed(item, note)


def _of_models(museum: Museum, unmade: list[PlannedTask]) -> Iterator[Diagnostic]:
    found: dict[ModelSource, Extents | None] = {}
    for item in unmade:
        task = item.task
        if item.source is None:
            continue
        misnamed = misnamed_file(_path(task), PurePosixPath(task.path))
        if misnamed is not None:
            yield _placed(item, describe_failure(task, misnamed))
            continue
        try:
            check_stl(_path(task))
            extents = box(_path(task), task.metres_per_unit, task.up)
        except AssetError as error:
            yield _placed(item, describe_failure(task, error))
            continue
        foot = None if extents is None else lost_foot(extents)
        if extents is not None and foot is not None:
            yield _placed(item, model_size.recentering_note(task, extents, foot))
            extents = moved(extents, foot)
        found[item.source] = extents
    for scene in model_scenes(museum):
        extents = found.get(scene.source)
        if extents is not None:
            yield from model_size.check_model_size(scene, extents)


def _placed(item: PlannedTask, note: Note) -> Diagnostic:
    return place_note(note, item.location)


def _path(task: Task) -> Path:
    return _folder(task) / task.path


def _folder(task: Task) -> Path:
    return Path(task.folder)
