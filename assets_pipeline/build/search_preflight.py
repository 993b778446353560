"""What would stop a publication after a search, told before it begins.

A search takes minutes a model. Whether a model can be read, and whether it has the
height that its curator wrote, is known once it is read, in a second.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from assets_pipeline.build import cache
from assets_pipeline.build.build import model_scenes
from assets_pipeline.build.planning import plan_tasks
from assets_pipeline.build.sandbox import Sandbox, SandboxError
from assets_pipeline.build.task_limits import limits_of
from assets_pipeline.checks import model_size
from assets_pipeline.checks.unreadable_files import describe_failure
from assets_pipeline.errors.exceptions import AssetError
from assets_pipeline.findings.catalogue import place_note
from assets_pipeline.resolver import Resolver
from tours.bundle import Bundle, Extents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assets_pipeline.build.planning import PlannedTask
    from assets_pipeline.tasks.store import Store
    from assets_pipeline.tasks.task import Task
    from tours.diagnostics import Diagnostic
    from tours.model import ModelSource, Museum


def preflight_before_search(museum: Museum, store: Store) -> tuple[Diagnostic, ...]:
    """Return the errors of a museum's models that are known without making any.

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
    found = list(_examined(unmade, boxes)) if unmade else []
    found += _of_sizes(museum, boxes)
    return tuple(sorted({finding for finding in found if finding.is_error}))


def read_extents(task: Task) -> Extents:
    """Return the box of a model where it is placed, all of it read.

    Raises
    ------
    AssetError
        If it can't be read, or not be placed.
    """
    from assets_pipeline.models.make_model import read_model  # noqa: PLC0415  # a second, in its process

    return read_model(task, Resolver(Path(task.folder))).extents


def _examined(
    unmade: Iterable[tuple[ModelSource, PlannedTask]], boxes: dict[ModelSource, Extents]
) -> Iterator[Diagnostic]:
    """Add the boxes of models that nothing was made of; give why one can't be read."""
    with Sandbox() as apart:
        for source, item in unmade:
            work = partial(read_extents, item.task)
            try:
                boxes[source] = apart.result(work, limits_of(item.task))
            except AssetError as error:
                yield _placed(item, error)
            except SandboxError:
                continue  # a fault of ours, which the build tells and writes down


def _of_sizes(
    museum: Museum, boxes: dict[ModelSource, Extents]
) -> Iterator[Diagnostic]:
    for scene in model_scenes(museum):
        extents = boxes.get(scene.source)
        if extents is not None:
            yield from model_size.check_model_size(scene, extents)


def _placed(item: PlannedTask, error: AssetError) -> Diagnostic:
    note = describe_failure(item.task, error)
    return place_note(note, item.location)
