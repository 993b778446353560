"""Collect the facts of the report from a museum's folder and its releases."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from assets_pipeline.build.partial_build import PartialBuildCache, build_partially
from assets_pipeline.build.planning import plan_tasks
from assets_pipeline.build.resource_limits import Limits
from assets_pipeline.build.sandbox import Sandbox, SandboxError
from assets_pipeline.errors.exceptions import LimitExceededError
from assets_pipeline.tasks.store import STORE, Store
from publishing import checks
from publishing.labels import code_lock
from publishing.labels.recognition import cached_recognition
from publishing.release import diff as comparing
from publishing.release import draft, repository
from publishing.report import facts, image_targets
from publishing.report.facts import ReportFacts
from publishing.report.savings import find_savings
from tours.checks import read_museum

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from assets_pipeline.build.partial_build import PartialBuild
    from assets_pipeline.inspection.before_after import ModelComparison
    from assets_pipeline.inspection.search_estimate import SearchEstimate
    from assets_pipeline.tasks.task import Task
    from publishing.release.diff import Change
    from publishing.release.plan import KeptRelease
    from tours.bundle import Bundle
    from tours.diagnostics import Diagnostic
    from tours.manifest import Manifest
    from tours.model import Museum
    from tours.release import Release

T = TypeVar("T")
_LOG = logging.getLogger(__name__)
_OF_FILES = frozenset(
    {"scene", "scene_added", "scene_removed", "sound", "sound_added", "sound_removed"}
    | {"placement"}
)
"""Changes that can't be told before files are made."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What the next release would change, with its pictures."""

    changes: tuple[Change, ...]
    release: Release | None
    """The one that is served now; None before the first."""
    pictures: dict[str, Path]
    """By address: of the release that is served, and of what was made since."""
    titles: dict[tuple[str, str | None], str]
    """By tour and stop."""
    pending: int
    """Files still to be made: what they change is not told yet."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A museum's folder, built assets and releases at one moment."""

    museum: Museum | None
    """None when findings leave no museum to tell of."""
    diagnostics: tuple[Diagnostic, ...]
    build_dir: Path
    ready: PartialBuild | None = None
    manifests: tuple[Manifest, ...] = ()
    past: tuple[KeptRelease, ...] = ()

    def difference(self) -> Difference:
        """Return what the next release would change."""
        before = comparing.released_manifests(self.past[0]) if self.past else {}
        after = comparing.draft_manifests(self.manifests)
        unmade = self._unmade()
        found = comparing.compare_manifests(before, after) if before else ()
        return Difference(
            tuple(c for c in found if not (c.stop in unmade and c.what in _OF_FILES)),
            self.past[0].release if self.past else None,
            self._pictures(),
            _titles(self.museum.languages if self.museum else (), before, after),
            len(self.ready.waiting) if self.ready else 0,
        )

    def _unmade(self) -> frozenset[str]:
        """Return the stops whose files are not all made: what they show is not known."""
        if self.ready is None or self.museum is None:
            return frozenset()
        pairs = zip(self.museum.stops(), self.ready.museum.stops(), strict=True)
        return frozenset(whole.id for (_, whole), (_, now) in pairs if whole != now)

    def _pictures(self) -> dict[str, Path]:
        found: dict[str, Path] = {}
        if self.past:
            kept = self.past[0]
            for entry in kept.release.entries:
                if entry.media_type.startswith("image/"):
                    found[entry.url] = kept.folder / entry.identity.file
        if self.ready:
            for item in draft.media_files(self.ready.index, self.build_dir / STORE):
                if item.media_type.startswith("image/"):
                    path = getattr(item.content, "path", None)
                    found |= {item.url: path} if path is not None else {}
        return found


def take_snapshot(folder: Path, releases_folder: Path) -> Snapshot:
    """Return a museum's folder, its built assets and its releases; nothing is built.

    Parameters
    ----------
    folder
        The museum's.
    releases_folder
        The folder of all museums' releases.
    """
    reading = read_museum(folder)
    museum, registry = reading.museum, reading.registry
    if museum is None or reading.has_errors or not museum.tours:
        return Snapshot(None, reading.diagnostics, releases_folder)
    build_dir = releases_folder / museum.id
    ready = build_partially(museum, Store(build_dir / STORE), PartialBuildCache())
    past = repository.read_history(build_dir) if build_dir.is_dir() else ()
    manifests = draft.compile_manifests(ready.museum, ready.index, registry)
    trials = cached_recognition(museum, manifests, registry, Store(build_dir / STORE))
    found = {
        *reading.diagnostics,
        *checks.check_museum(museum, registry),
        *checks.check_past_releases(
            folder, museum, registry, [k.release for k in past]
        ),
        *checks.check_label_recognition(museum, trials or {}),
        *ready.diagnostics,
    }
    return Snapshot(museum, tuple(sorted(found)), build_dir, ready, manifests, past)


def collect_facts(
    seen: Snapshot, progress: Callable[[int, int], None], *, has_pictures: bool
) -> ReportFacts:
    """Return every fact of the report.

    Parameters
    ----------
    seen
        With a museum.
    progress
        Told how many models were photographed, and of how many.
    has_pictures
        Models are photographed before and after; a model takes seconds the first time.

    Raises
    ------
    ValueError
        If there is no museum to tell of.
    """
    museum, ready = seen.museum, seen.ready
    if museum is None or ready is None:
        message = "a report needs a museum without errors"
        raise ValueError(message)
    registry = read_museum(museum.folder).registry
    by_language = {(m.tour.id, m.language): m for m in seen.manifests}
    sizes = {
        item.task.path: (museum.folder / item.task.path).stat().st_size
        for item in plan_tasks(museum)
        if item.task.kind == "model"
    }
    models = tuple(facts.model_facts(ready, sizes))
    found = tuple(_prints(seen, museum, ready))
    if has_pictures:
        with Sandbox() as apart:
            models = _render_models(seen, models, progress, apart)
            found = tuple(_draw_target(one, museum, apart) for one in found)
    difference = seen.difference()
    return ReportFacts(
        museum,
        seen.diagnostics,
        tuple(facts.tour_facts(museum, ready, by_language, registry)),
        models,
        found,
        find_savings(ready.index, _searched(models)),
        difference.changes,
        difference.release,
        code_lock.labels_to_print_from_manifests(seen.manifests, registry),
        tuple(dict.fromkeys(task.path for task in ready.waiting)),
    )


def _prints(
    seen: Snapshot, museum: Museum, ready: PartialBuild
) -> Iterator[image_targets.TargetFacts]:
    registry = read_museum(museum.folder).registry
    yield from image_targets.picture_target_facts(museum, ready)
    yield from image_targets.label_target_facts(
        museum, seen.manifests, registry, seen.build_dir
    )


def _draw_target(
    one: image_targets.TargetFacts, museum: Museum, apart: Sandbox
) -> image_targets.TargetFacts:
    return _run_isolated(partial(image_targets.draw_target, one, museum), apart) or one


def _render_models(
    seen: Snapshot,
    models: tuple[facts.ModelFacts, ...],
    progress: Callable[[int, int], None],
    apart: Sandbox,
) -> tuple[facts.ModelFacts, ...]:
    museum, store = seen.museum, Store(seen.build_dir / STORE)
    asked = plan_tasks(museum) if museum else []
    tasks = {item.task.path: item.task for item in asked if item.task.kind == "model"}
    found = []
    for number, model in enumerate(models):
        progress(number, len(models))
        kept = seen.build_dir / "photographs"
        work = partial(_pair, tasks[model.path], model.bundle, store, kept)
        pair = _run_isolated(work, apart)
        found.append(model if pair is None else _with_comparison(model, pair))
    return tuple(found)


def _pair(
    task: Task, bundle: Bundle, store: Store, kept: Path
) -> ModelComparison | None:
    # Imported here: a second, in the other process alone.
    from assets_pipeline.inspection.before_after import compare_model  # noqa: PLC0415

    return compare_model(task, bundle, store, kept)


def _run_isolated(work: Callable[[], T], apart: Sandbox) -> T | None:
    """Return what work on a file gives, None where it ended the process it was done in.

    The report does without: what a build makes of the file, it tells itself.
    """
    try:
        return apart.run(work, Limits())
    except (LimitExceededError, SandboxError) as error:
        _LOG.warning("left out of the report: %s", error)
        return None


def _with_comparison(
    model: facts.ModelFacts, pair: ModelComparison
) -> facts.ModelFacts:
    """Return a model's facts with what was seen of it."""
    *levels, usdz = (
        replace(level, visual_error=one.visual_error, compared=one)
        for level, one in zip(model.every, pair.levels, strict=True)
    )
    return replace(
        model,
        levels=tuple(levels),
        usdz=usdz,
        photograph=pair.source,
        promised=pair.search_estimate,
        occlusion_offer=pair.occlusion_offer,
    )


def _searched(models: tuple[facts.ModelFacts, ...]) -> dict[str, SearchEstimate]:
    """Return what a search would give for phones, by path, where that was tried."""
    tried = ((model.path, model.promised) for model in models)
    return {path: given for path, given in tried if given is not None}


def _titles(
    languages: tuple[str, ...], *sets: comparing.Manifests
) -> dict[tuple[str, str | None], str]:
    """Return what tours and stops are called, in the first language that has them."""
    found: dict[tuple[str, str | None], str] = {}
    order = {tag: place for place, tag in enumerate(languages)}
    for manifests in sets:
        seen = set()
        for (tour, _), manifest in sorted(
            manifests.items(), key=lambda item: order.get(item[0][1], len(order))
        ):
            if tour in seen:
                continue
            seen.add(tour)
            found[tour, None] = manifest["tour"]["title"]["text"]
            for stop in manifest["tour"]["stops"]:
                found[tour, stop["id"]] = stop["title"]["text"]
    return found
