"""Assemble what is already built, with placeholders for the rest (live preview).

For a visit that is being written: nobody waits for a model to read a mended sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assets_pipeline.build import cache
from assets_pipeline.build.build import assemble_index
from assets_pipeline.build.planning import plan_tasks, scene_files
from assets_pipeline.build.run_task import Outcome
from tours.model import PictureAnchor, PictureScene

if TYPE_CHECKING:
    from assets_pipeline.tasks.store import Store
    from assets_pipeline.tasks.task import Task
    from tours.bundle import BundleIndex, Picture
    from tours.diagnostics import Diagnostic
    from tours.model import Museum, Scene, Stop, Tour

_HEARD = frozenset({"recording", "captions", "voice"})


@dataclass(slots=True)
class PartialBuildCache:
    """Outcomes and placeholders since the museum's media last changed."""

    outcomes: dict[Task, Outcome] = field(default_factory=dict)
    placeholders: dict[str, Picture] = field(default_factory=dict)
    """By path: the picture that is shown until the file itself is made."""

    def clear(self) -> None:
        """Forget the outcomes, so that every file is looked up again."""
        self.outcomes.clear()


@dataclass(frozen=True, slots=True)
class PartialBuild:
    """A museum reduced to what is built, and the tasks still to run."""

    museum: Museum
    index: BundleIndex
    diagnostics: tuple[Diagnostic, ...]
    waiting: tuple[Task, ...]
    """What is still to be made, in reading order."""


def build_partially(
    museum: Museum, store: Store, memory: PartialBuildCache
) -> PartialBuild:
    """Return the museum reduced to what is in the store.

    A stop whose scene is to be made shows its stand-in, or nothing where it has none.
    """
    asked = plan_tasks(museum)
    for item in asked:
        if item.task not in memory.outcomes and (
            made := cache.find_product(item.task, store)
        ):
            memory.outcomes[item.task] = Outcome(made)
    known = [item for item in asked if item.task in memory.outcomes]
    index, found = assemble_index(museum, known, memory.outcomes)
    waiting = tuple(a.task for a in asked if a.task not in memory.outcomes)
    lacking = frozenset(
        (item.task.kind, item.task.path)
        for item in asked
        if item.task not in memory.outcomes or memory.outcomes[item.task].made is None
    )
    placeholders = {
        path: picture
        for path, picture in memory.placeholders.items()
        if path not in index.pictures
    }
    if lacking:
        museum = _reduced(museum, lacking, frozenset(placeholders))
        index = replace(index, pictures={**index.pictures, **placeholders})
    return PartialBuild(museum, index, found, waiting)


_Lacking = frozenset[tuple[str, str]]
"""The kind and the path of what is not made."""


def _reduced(museum: Museum, lacking: _Lacking, placeholders: frozenset[str]) -> Museum:
    tours = tuple(
        replace(
            tour,
            stops=tuple(
                _reduced_stop(museum, tour, stop, lacking, placeholders)
                for stop in tour.stops
            ),
        )
        for tour in museum.tours
    )
    return replace(museum, tours=tours)


def _reduced_stop(
    museum: Museum,
    tour: Tour,
    stop: Stop,
    lacking: _Lacking,
    placeholders: frozenset[str],
) -> Stop:
    alone = replace(museum, tours=(replace(tour, stops=(stop,)),))
    asked = ((item.task.kind, item.task.path) for item in plan_tasks(alone))
    missing: set[tuple[str, str]] = {one for one in asked if one in lacking}
    if not missing:
        return stop
    if any(kind in _HEARD for kind, _ in missing):
        stop = replace(stop, audio=None, transcript=None)
    unheld = {path for kind, path in missing if kind in ("target", "picture")}
    anchors = tuple(
        anchor
        for anchor in stop.anchors
        if not (
            isinstance(anchor, PictureAnchor) and str(anchor.picture.path) in unheld
        )
    )
    stop = replace(stop, anchors=anchors)
    scene = stop.scene
    if scene is None or not _is_wanting(scene, missing):
        return stop
    return replace(stop, anchors=(), scene=_placeholder(scene, placeholders))


def _is_wanting(scene: Scene, missing: set[tuple[str, str]]) -> bool:
    """Return whether a scene itself, or its poster, is not made."""
    return any((kind, str(file.path)) in missing for kind, file in scene_files(scene))


def _placeholder(scene: Scene, placeholders: frozenset[str]) -> PictureScene | None:
    """Return what stands in for a scene: its poster's stand-in before its own."""
    files = [scene.poster] if scene.poster else []
    files += [file for _, file in scene_files(scene)]
    picture = next((f for f in files if str(f.path) in placeholders), None)
    if picture is None:
        return None
    return PictureScene(
        picture, scene.alt, None, scene.credits, scene.license, scene.location
    )
