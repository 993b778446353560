"""What is to be made of one museum: a task a file, each with where it is asked for.

A task is plain data, so that it travels to a worker process and makes a cache key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tours.model import CompareScene, ModelScene, PictureAnchor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tours.diagnostics import Location
    from tours.model import (
        FileReference,
        LocalizedFile,
        ModelSource,
        Museum,
        Tour,
    )

Kind = Literal[
    "model", "picture", "panorama", "recording", "captions", "video", "voice"
]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a model's files say about themselves."""

    title: str
    author: str | None
    license: str

    @property
    def copyright(self) -> str:
        """The one line that glTF has for it."""
        return ". ".join(part for part in (self.author, self.license) if part)


@dataclass(frozen=True, slots=True)
class Task:
    """One file to make something of."""

    kind: Kind
    folder: str
    """The museum's folder."""
    path: str
    """Within it, with forward slashes."""
    metres_per_unit: float = 1.0
    up: Literal["x", "y", "z"] = "y"
    facts: Facts | None = None
    starts_deg: float = 0.0
    """Of a panorama: the azimuth that its poster shows."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A task, and the first place that asks for it."""

    task: Task
    location: Location
    source: ModelSource | None = None
    """Set for a model."""


def tasks_of(museum: Museum) -> list[Asked]:
    """Return every task once, in reading order; what many stops share is made once."""
    found: dict[tuple[object, ...], Asked] = {}
    for asked in _all(museum):
        task = asked.task
        key = (task.kind, task.path, task.metres_per_unit, task.up)
        found.setdefault(key, asked)
    return list(found.values())


def _all(museum: Museum) -> Iterator[Asked]:
    folder = str(museum.folder)
    for tour, stop in museum.stops():
        scene = stop.scene
        if isinstance(scene, ModelScene):
            title = stop.title.best(tour.languages)[1]
            yield _model(folder, scene, _facts(title, scene, tour, museum))
        elif isinstance(scene, CompareScene):
            yield _file("picture", folder, scene.then.picture)
            yield _file("picture", folder, scene.now.picture)
        if scene is not None and scene.poster is not None:
            yield _file("picture", folder, scene.poster)
        for anchor in stop.anchors:
            if isinstance(anchor, PictureAnchor):
                yield _file("picture", folder, anchor.picture)
        for localized in (stop.audio, stop.transcript):
            yield from _recordings(folder, localized)


def _model(folder: str, scene: ModelScene, facts: Facts) -> Asked:
    source = scene.source
    path = str(source.file.path)
    task = Task("model", folder, path, source.metres_per_unit, source.up, facts)
    return Asked(task, source.file.location, source)


def _facts(title: str, scene: ModelScene, tour: Tour, museum: Museum) -> Facts:
    author = scene.credits or tour.credits or museum.credits
    return Facts(title, author, scene.license or tour.license)


def _file(kind: Kind, folder: str, reference: FileReference) -> Asked:
    return Asked(Task(kind, folder, str(reference.path)), reference.location)


def _recordings(folder: str, localized: LocalizedFile | None) -> Iterator[Asked]:
    if localized is not None:
        for _, reference in localized.files:
            yield _file("recording", folder, reference)
