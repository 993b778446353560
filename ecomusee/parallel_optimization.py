"""Optimize several models at once, each in a process with limits, and show progress."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from ecomusee.localization import Message
from ecomusee.remaining_time import RemainingTime
from ecomusee.worker_pool import default_jobs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future

    from assets_pipeline.build.sandbox import Sandbox
    from assets_pipeline.errors.exceptions import AssetError
    from assets_pipeline.optimization.options import OptimizeOptions
    from assets_pipeline.optimization.result import Optimized
    from assets_pipeline.tasks.task import Task
    from ecomusee.terminal import Terminal

_STEPS: Final = {
    "": Message(fr="attend son tour", en="waiting for its turn"),
    "read": Message(fr="lecture", en="reading"),
    "clean": Message(fr="nettoyage", en="cleaning"),
    "search": Message(fr="recherche du plus léger", en="looking for the lightest"),
    "usdz": Message(fr="fichier USDZ", en="USDZ file"),
    "render": Message(fr="photographies", en="taking pictures"),
}
_OF_ONE = Message(
    fr="{bar} {percent} % · {name} : {step} {left}",
    en="{bar} {percent}% · {name}: {step} {left}",
)
_OF_SEVERAL = Message(
    fr="{bar} {percent} % · {done}/{total} · {name} : {step} {left}",
    en="{bar} {percent}% · {done}/{total} · {name}: {step} {left}",
)
_BAR_SIGNS: Final = 20
_SHOWN_EVERY_S: Final = 0.2


@dataclass(frozen=True, slots=True)
class Outcome:
    """An optimized model, or why there is none."""

    task: Task
    made: Optimized | AssetError


def optimize_all(
    tasks: Sequence[Task], options: OptimizeOptions, terminal: Terminal
) -> list[Outcome]:
    """Return the outcome of each task, in order; all cores work at once.

    Raises
    ------
    SandboxError
        If one failed by a fault of the program.
    """
    from assets_pipeline.build.sandbox import Sandbox

    jobs = min(len(tasks), default_jobs())
    with (
        TemporaryDirectory(prefix="ecomusee-") as folder,
        ThreadPoolExecutor(jobs) as pool,
        # Left first, on Ctrl-C too: threads end when their processes are killed.
        ExitStack() as stack,
    ):
        idle = [stack.enter_context(Sandbox()) for _ in range(jobs)]
        files = [Path(folder) / str(number) for number in range(len(tasks))]
        futures = [
            pool.submit(_optimize, task, options, str(file), idle)
            for task, file in zip(tasks, files, strict=True)
        ]
        try:
            _wait(tasks, files, futures, terminal)
            return [future.result() for future in futures]
        finally:  # on Ctrl-C, models whose turn has not come are left
            pool.shutdown(wait=False, cancel_futures=True)


def _optimize(
    task: Task, options: OptimizeOptions, file: str, idle: list[Sandbox]
) -> Outcome:
    from assets_pipeline.build.resource_limits import limits_of
    from assets_pipeline.errors.exceptions import AssetError
    from assets_pipeline.optimization.optimize_task import optimize_with_progress_file

    sandbox = idle.pop()
    try:
        work = partial(optimize_with_progress_file, task, options, file)
        return Outcome(task, sandbox.run(work, limits_of(task)))
    except AssetError as error:
        return Outcome(task, error)
    finally:
        idle.append(sandbox)


def _wait(
    tasks: Sequence[Task],
    files: Sequence[Path],
    futures: Sequence[Future[Outcome]],
    terminal: Terminal,
) -> None:
    """Show what is being done until all is."""
    remaining = RemainingTime(time.monotonic())
    with terminal.progress() as show:
        while True:
            _, pending = wait(futures, timeout=_SHOWN_EVERY_S)
            if not pending:
                return
            _show(tasks, files, futures, terminal, (show, remaining))


def _show(
    tasks: Sequence[Task],
    files: Sequence[Path],
    futures: Sequence[Future[Outcome]],
    terminal: Terminal,
    shown: tuple[Callable[[str], None], RemainingTime],
) -> None:
    show, remaining = shown
    progress = [
        (1.0, "") if future.done() else _read_progress(file)
        for future, file in zip(futures, files, strict=True)
    ]
    share = sum(done for done, _ in progress) / len(progress)
    current = next((i for i, (_, step) in enumerate(progress) if step), 0)
    phrase = _OF_ONE if len(tasks) == 1 else _OF_SEVERAL
    left = remaining.told(time.monotonic(), share, terminal.language)
    full = round(_BAR_SIGNS * share)
    show(
        phrase.text(
            terminal.language,
            bar="█" * full + "░" * (_BAR_SIGNS - full),
            percent=int(100 * share),
            done=sum(future.done() for future in futures),
            total=len(tasks),
            name=tasks[current].path,
            step=_STEPS[progress[current][1]].text(terminal.language),
            left=f"({left})" if left else "",
        )
    )


def _read_progress(file: Path) -> tuple[float, str]:
    with suppress(OSError, ValueError):  # nothing told yet, or half written
        share, step = file.read_text(encoding="ascii").split()
        if step in _STEPS:
            return float(share), step
    return 0.0, ""
