"""Build all of a museum's assets on any executor, those in the cache excepted."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assets_pipeline.build import cache
from assets_pipeline.build.planning import plan_tasks
from assets_pipeline.build.progress_estimate import ProgressEstimate, ProgressFiles
from assets_pipeline.build.remote_executor import RemoteExecutor, run_remotely
from assets_pipeline.build.resource_limits import (
    estimate_memory_bytes,
    machine_memory_bytes,
    select_startable,
)
from assets_pipeline.build.run_task import Outcome, run_isolated, run_task
from assets_pipeline.checks import budgets, media, model_size, visual_error
from assets_pipeline.checks.recorded_settings import check_recorded_settings
from assets_pipeline.findings import occlusion
from assets_pipeline.findings.catalogue import place_note
from assets_pipeline.lod import recorded_settings
from assets_pipeline.progress import report_to
from assets_pipeline.tasks.result import Film
from tours.bundle import (
    Bundle,
    BundleIndex,
    ImageTarget,
    Panorama,
    Picture,
    Recording,
    Video,
)
from tours.diagnostics import Location
from tours.model import ModelScene

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor, Future

    from assets_pipeline.build.planning import PlannedTask
    from assets_pipeline.tasks.result import Note
    from assets_pipeline.tasks.store import Store
    from assets_pipeline.tasks.task import Task
    from tours.diagnostics import Diagnostic
    from tours.model import ModelSource, Museum

_LOOKS_EVERY_S: Final = 0.5
"""For whoever waits."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """Products and findings of a build."""

    index: BundleIndex
    """Lacks what failed, for which there is an error among the diagnostics."""
    diagnostics: tuple[Diagnostic, ...]
    transforms: int
    """Files of the museum that something was made of, failures included."""
    reused: int
    """Files whose products were there and whole."""
    decided: tuple[tuple[str, str], ...] = ()
    """What was decided about each model, as ``decisions.to_bytes`` takes it."""


def build_assets(
    museum: Museum,
    store: Store,
    *,
    executor: Executor | RemoteExecutor | None = None,
    progress: Callable[[int, int, float, str], None] | None = None,
    searches: bool = False,
) -> BuildResult:
    """Return the products of all of a museum's files, and the findings about them.

    Parameters
    ----------
    museum
        Already checked.
    store
        Where products are kept and found again.
    executor
        Carries the work out: of any kind, on this machine or, as `Elsewhere`, on others
        that share no disk with it; None for this process.
    progress
        Told how many files are done, of how many, which share of the work that was to
        do when the build began, and which file is being made: while a model is made on
        this machine, too.
    searches
        Whether to search for the smallest file of models that nothing is decided about.
    """
    store.remove_stale()
    asked = plan_tasks(museum, searches=searches)
    reused = {
        a.task: Outcome(made)
        for a in asked
        if (made := cache.find_product(a.task, store))
    }
    wanted = [a.task for a in asked if a.task not in reused]
    estimate = ProgressEstimate(wanted, len(reused), progress or _silently)
    outcomes = dict(reused)
    for task, outcome in _worked(wanted, store, executor, estimate):
        outcomes[task] = outcome
        estimate.finish(task)
    index, found = assemble_index(museum, asked, outcomes)
    return BuildResult(
        index,
        found,
        transforms=len(wanted),
        reused=len(reused),
        decided=tuple(_decided(outcomes)),
    )


def assemble_index(
    museum: Museum, asked: list[PlannedTask], outcomes: dict[Task, Outcome]
) -> tuple[BundleIndex, tuple[Diagnostic, ...]]:
    """Return the index of all products, and the findings; each task has its outcome."""
    index = _index(asked, outcomes)
    outdated = set(_outdated(asked, outcomes))
    told = {finding.location for finding in outdated}
    found = {
        *_noted(museum, asked, outcomes),
        *outdated,
        *_sized(museum, index),
        *(one for one in _unlike(museum, index) if one.location not in told),
        *media.check_media(museum, index, _audible(asked, outcomes)),
    }
    return index, tuple(sorted(found))


def _decided(outcomes: dict[Task, Outcome]) -> Iterator[tuple[str, str]]:
    for task, outcome in outcomes.items():
        if outcome.made is not None and recorded_settings.is_searched(
            outcome.made.decided
        ):
            yield task.entry_name, outcome.made.decided


def _worked(
    tasks: list[Task],
    store: Store,
    executor: Executor | RemoteExecutor | None,
    estimate: ProgressEstimate,
) -> Iterator[tuple[Task, Outcome]]:
    """Give each task's outcome as it comes."""
    folder = str(store.folder)
    match executor:
        case None:
            for task in tasks:
                yield task, _carried_out_here(task, folder, estimate)
        case RemoteExecutor():
            for task, outcome in run_remotely(tasks, store, executor):
                yield task, outcome or run_isolated(task, folder)
        case _:
            yield from _side_by_side(tasks, folder, executor, estimate)


def _carried_out_here(task: Task, folder: str, estimate: ProgressEstimate) -> Outcome:
    estimate.update({task: 0.0})
    with report_to(lambda share: estimate.update({task: share})):
        return run_task(task, folder)


def _side_by_side(
    tasks: list[Task], folder: str, executor: Executor, estimate: ProgressEstimate
) -> Iterator[tuple[Task, Outcome]]:
    under_way: dict[Future[Outcome], Task] = {}
    queue = list(tasks)
    unlucky: list[Task] = []
    needed, memory_bytes = (
        {task: estimate_memory_bytes(task) for task in tasks},
        machine_memory_bytes(),
    )
    with ProgressFiles() as progress_files:
        try:
            while queue or under_way:
                others = under_way.values()
                for task in select_startable(queue, others, needed, memory_bytes):
                    mark = progress_files.path_for(task)
                    try:
                        future = executor.submit(run_task, task, folder, mark)
                        under_way[future] = task
                    except BrokenExecutor:
                        unlucky.append(task)
                    queue.remove(task)
                for future in wait(under_way, _LOOKS_EVERY_S, FIRST_COMPLETED).done:
                    task = under_way.pop(future)
                    try:
                        yield task, future.result()
                    except BrokenExecutor:
                        unlucky.append(task)
                estimate.update(progress_files.shares(list(under_way.values())))
        finally:
            for future in under_way:
                future.cancel()
    # When a worker dies, the pool can't tell whose fault it was.
    for task in unlucky:
        yield task, run_isolated(task, folder)


def _index(asked: list[PlannedTask], outcomes: dict[Task, Outcome]) -> BundleIndex:
    models: dict[ModelSource, Bundle] = {}
    pictures: dict[str, Picture] = {}
    recordings: dict[str, Recording] = {}
    panoramas: dict[str, Panorama] = {}
    videos: dict[str, Video] = {}
    voices: dict[tuple[str, str, str], Recording] = {}
    for item in asked:
        task, made = item.task, outcomes[item.task].made
        match None if made is None else made.product:
            case Bundle() as bundle:
                if item.source is not None:
                    models[item.source] = bundle
            case Picture() as picture:
                pictures[task.path] = picture
            case Panorama() as panorama:
                panoramas[task.path] = panorama
            case Film(video=video):
                videos[task.path] = video
            case Recording() as voice if task.speech is not None:
                said = task.speech
                voices[said.tour, said.stop, said.language] = voice
            case Recording() as recording:
                recordings[task.path] = recording
            case _:
                pass  # targets come below; what failed is told among the findings
    targets = dict(_targets(asked, outcomes))
    return BundleIndex(models, pictures, recordings, panoramas, videos, voices, targets)


def _targets(
    asked: list[PlannedTask], outcomes: dict[Task, Outcome]
) -> Iterator[tuple[tuple[str, float], ImageTarget]]:
    for item in asked:
        task, made = item.task, outcomes[item.task].made
        if made is not None and isinstance(made.product, ImageTarget):
            yield (task.path, task.width_m), made.product


def _audible(asked: list[PlannedTask], outcomes: dict[Task, Outcome]) -> frozenset[str]:
    """Return the films in which one hears something."""
    made = ((item.task.path, outcomes[item.task].made) for item in asked)
    products = ((path, one.product) for path, one in made if one is not None)
    return frozenset(
        path for path, film in products if isinstance(film, Film) and film.is_audible
    )


def _noted(
    museum: Museum, asked: list[PlannedTask], outcomes: dict[Task, Outcome]
) -> Iterator[Diagnostic]:
    """Give what was noted about each file: at its own line, or where it is asked for."""
    for item in asked:
        outcome = outcomes[item.task]
        notes: list[Note] = [] if outcome.failure is None else [outcome.failure]
        notes += () if outcome.made is None else outcome.made.notes
        for note in notes:
            is_written = note.code == occlusion.OCCLUSION_NOT_BAKED.code
            place = item.occlusion_location if is_written else item.location
            if note.line is not None:
                path = museum.folder / item.task.path
                place = Location(path, note.line, length=_WHOLE_LINE)
            yield place_note(note, place)


def _outdated(
    asked: list[PlannedTask], outcomes: dict[Task, Outcome]
) -> Iterator[Diagnostic]:
    """Give a finding for each model that a search was done for, and must be again."""
    for item in asked:
        task, made = item.task, outcomes[item.task].made
        if made is not None:
            for note in check_recorded_settings(task, made):
                yield place_note(note, item.location)


_WHOLE_LINE = 1000
"""More than any line of text has; what is shown ends with the line."""


def _sized(museum: Museum, index: BundleIndex) -> Iterator[Diagnostic]:
    for scene in model_scenes(museum):
        bundle = index.models.get(scene.source)
        if bundle is not None:
            yield from model_size.check_model_size(scene, bundle.extents)
            yield from budgets.check_gpu_memory(scene, bundle)


def _unlike(museum: Museum, index: BundleIndex) -> Iterator[Diagnostic]:
    for scene in model_scenes(museum):
        bundle = index.models.get(scene.source)
        if bundle is not None:
            yield from visual_error.check_visual_error(scene, bundle)


def model_scenes(museum: Museum) -> Iterator[ModelScene]:
    """Yield every scene that shows a model, in reading order."""
    for _, stop in museum.stops():
        if isinstance(stop.scene, ModelScene):
            yield stop.scene


def _silently(_done: int, _total: int, _share: float, _in_hand: str) -> None:
    """Tell nobody."""
