"""Plan the tasks of one museum: one a file, with the place that asks for it.

A task is plain data, so that it travels to a worker process and makes a cache key.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING

from assets_pipeline.lod import recorded_settings
from assets_pipeline.media.speech_text import find_voice, languages_to_speak
from assets_pipeline.tasks.task import ModelCredits, Speech, Task, TaskKind
from tours.model import (
    FileReference,
    ModelScene,
    PanoramaScene,
    PictureAnchor,
    VideoScene,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tours.diagnostics import Location
    from tours.model import (
        LocalizedFile,
        ModelSource,
        Museum,
        Scene,
        Stop,
        Tour,
    )


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """A task, and the first place that asks for it."""

    task: Task
    location: Location
    source: ModelSource | None = None
    """Set for a model."""

    @property
    def occlusion_location(self) -> Location:
        """Where `occlusion:` is written; else the file's place."""
        written = None if self.source is None else self.source.occlusion
        return self.location if written is None else written.location


def plan_tasks(museum: Museum, *, searches: bool = False) -> list[PlannedTask]:
    """Return every task once, in reading order.

    Parameters
    ----------
    museum
        Already checked.
    searches
        Whether models are to be searched for where nothing is decided.
    """
    found: dict[tuple[object, ...], PlannedTask] = {}
    for asked in _all(museum):
        task = asked.task
        of_model = task.metres_per_unit, task.up, task.occlusion
        of_target = task.width_m, task.is_forced
        key = (task.kind, task.path, *of_model, *of_target)
        found.setdefault(key, asked)
    decided = recorded_settings.read_recorded_settings(museum.folder)
    return [_as_decided(asked, decided, searches=searches) for asked in found.values()]


def _as_decided(
    asked: PlannedTask, decided: dict[str, str], *, searches: bool
) -> PlannedTask:
    """Return what is asked with what was decided about it before."""
    if asked.task.kind != "model":
        return asked
    entry = decided.get(asked.task.entry_name, "")
    return replace(asked, task=replace(asked.task, decided=entry, searches=searches))


def _all(museum: Museum) -> Iterator[PlannedTask]:
    folder = str(museum.folder)
    for tour in museum.tours:
        if tour.plan and tour.plan.picture:
            yield _file("picture", folder, tour.plan.picture.file)
    for tour, stop in museum.stops():
        if stop.scene is not None:
            yield from _of_scene(museum, tour, stop, stop.scene)
        for anchor in stop.anchors:
            if isinstance(anchor, PictureAnchor):
                yield _file("picture", folder, anchor.picture)
                yield _target(museum, anchor)
        yield from _files("recording", folder, stop.audio)
        yield from _files("captions", folder, stop.transcript)
        yield from _voices(folder, tour, stop)


def _of_scene(
    museum: Museum, tour: Tour, stop: Stop, scene: Scene
) -> Iterator[PlannedTask]:
    folder = str(museum.folder)
    for kind, file in scene_files(scene):
        if isinstance(scene, ModelScene) and kind == "model":
            title = stop.title.best(tour.languages)[1]
            yield _model(folder, scene, _facts(title, scene, tour, museum))
        elif isinstance(scene, PanoramaScene) and kind == "panorama":
            path, degrees = str(file.path), scene.starts.degrees
            yield PlannedTask(
                Task(kind, folder, path, starts_deg=degrees), file.location
            )
        else:
            yield _file(kind, folder, file)


def _model(folder: str, scene: ModelScene, facts: ModelCredits) -> PlannedTask:
    source = scene.source
    path = str(source.file.path)
    task = Task(
        "model",
        folder,
        path,
        source.metres_per_unit,
        source.up,
        facts,
        None if source.occlusion is None else source.occlusion.is_so,
    )
    return PlannedTask(task, source.file.location, source)


def _facts(title: str, scene: ModelScene, tour: Tour, museum: Museum) -> ModelCredits:
    credits_ = scene.credits or tour.credits or museum.credits
    author = credits_.best(tour.languages)[1] if credits_ else None
    return ModelCredits(title, author, scene.license or tour.license)


def _file(kind: TaskKind, folder: str, reference: FileReference) -> PlannedTask:
    return PlannedTask(Task(kind, folder, str(reference.path)), reference.location)


def _target(museum: Museum, anchor: PictureAnchor) -> PlannedTask:
    path, width_m = str(anchor.picture.path), anchor.width.metres
    task = Task(
        "target",
        str(museum.folder),
        path,
        width_m=width_m,
        is_forced=anchor.is_forced,
        beside=_beside(museum, (path, width_m)),
    )
    return PlannedTask(task, anchor.picture.location)


def _beside(museum: Museum, one: tuple[str, float]) -> tuple[tuple[str, float], ...]:
    """Return the other pictures to recognise of all tours that have this one."""
    found: set[tuple[str, float]] = set()
    for tour in museum.tours:
        prints = {
            (str(anchor.picture.path), anchor.width.metres)
            for stop in tour.stops
            for anchor in stop.anchors
            if isinstance(anchor, PictureAnchor)
        }
        found |= prints if one in prints else set()
    return tuple(sorted(other for other in found if other[0] != one[0]))


def scene_files(scene: Scene) -> Iterator[tuple[TaskKind, FileReference]]:
    """Yield each file that a scene is made of, its poster last, with what makes it."""
    match scene:
        case ModelScene():
            yield "model", scene.source.file
        case PanoramaScene():
            yield "panorama", scene.picture
        case VideoScene():
            yield from _localized("video", scene.video)
            yield from _localized("captions", scene.captions)
            yield from _localized("video", scene.described)
            yield from _localized("video", scene.sign)
        case _:
            own = replace(scene, poster=None)
            for file in _references(own):
                yield "picture", file
    if scene.poster is not None:
        yield "picture", scene.poster


def _references(value: object) -> Iterator[FileReference]:
    """Yield the files of a dataclass and of those within it, in the order of fields."""
    if isinstance(value, FileReference):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _references(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _references(getattr(value, field.name))


def _files(
    kind: TaskKind, folder: str, localized: LocalizedFile | None
) -> Iterator[PlannedTask]:
    """Give the task of a file in each of its languages."""
    for own_kind, reference in _localized(kind, localized):
        yield _file(own_kind, folder, reference)


def _localized(
    kind: TaskKind, localized: LocalizedFile | None
) -> Iterator[tuple[TaskKind, FileReference]]:
    """Give a file in each of its languages; audio description may be sound alone."""
    for _, reference in localized.files if localized else ():
        is_sound = reference.path.suffix.lower() in _SOUNDS
        yield "recording" if kind == "video" and is_sound else kind, reference


_SOUNDS = (".m4a", ".mp3", ".ogg", ".opus", ".wav", ".flac")


def _voices(folder: str, tour: Tour, stop: Stop) -> Iterator[PlannedTask]:
    for language in languages_to_speak(tour, stop):
        if find_voice(language) is None:
            continue
        speech = Speech(tour.id, stop.id, language, stop.text.get(language) or "")
        name = f"{tour.id}/{stop.id}.{language}"
        yield PlannedTask(Task("voice", folder, name, speech=speech), stop.location)
