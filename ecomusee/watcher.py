"""Watch a museum's folder and update its preview after each change."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import time
from concurrent.futures import BrokenExecutor
from contextlib import ExitStack
from typing import TYPE_CHECKING, TypeVar

from watchfiles import Change, DefaultFilter, awatch

from assets_pipeline.build.placeholders import KINDS, make_placeholder
from assets_pipeline.build.resource_limits import apply_limits, limits_of
from assets_pipeline.build.run_task import run_isolated, run_task
from ecomusee.localization import Message
from ecomusee.worker_pool import default_jobs, process_pool
from publishing.release.draft import StoreFile
from server.live_reload import LiveFile, LivePreview
from server.routes import CURRENT
from tours.release import StoredFile, file_for_url
from tours.source import read_source_line

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from concurrent.futures import Executor
    from pathlib import Path

    from aiohttp import web

    from assets_pipeline.build.run_task import Outcome
    from assets_pipeline.tasks.task import Task
    from ecomusee.terminal import Terminal
    from publishing.preview import Preview, Previewer
    from publishing.release.draft import Draft, DraftFile
    from tours.bundle import Picture
    from tours.diagnostics import Diagnostic

T = TypeVar("T")
_TEXT = (".yaml", ".geojson", ".json")
"""What is read again at every look; another file may be what a model was made from."""
_SETTLED_MS = 20
"""Quiet after a change: editors write a file in two or three strokes."""
_MOST_TOLD = 50
_LOWEST_PRIORITY = 19
"""As POSIX counts them."""
_LOOKED = Message(
    fr="{clock} La page est à jour ({time_ms} ms).",
    en="{clock} The page is up to date ({time_ms} ms).",
)
_REFUSED = Message(
    fr="{clock} À corriger : {errors}. La page reste comme avant.",
    en="{clock} To mend: {errors}. The page stays as it was.",
)
_TITLE_ERRORS = Message(
    fr="À corriger : {errors}. La page reste comme avant.",
    en="To mend: {errors}. The page stays as it was.",
)
_TITLE_WAITING = Message(
    fr="Fichiers en fabrication : {waiting}", en="Files being made: {waiting}"
)
_TITLE_WARNINGS = Message(fr="À vérifier : {warnings}", en="To check: {warnings}")


class _Filter(DefaultFilter):
    """Editors' own files, and those that begin with a dot, are not the museum's."""

    def __call__(self, change: Change, path: str) -> bool:
        """Return whether a change may alter the visit."""
        name = path.replace("\\", "/").rpartition("/")[2]
        is_ours = not name.startswith((".", "#")) and not name.endswith(("~", ".py"))
        return is_ours and super().__call__(change, path)


class PreviewWatcher:
    """Keeps the live preview in step with a museum's folder."""

    def __init__(
        self,
        folder: Path,
        previewer: Previewer,
        live: LivePreview,
        terminal: Terminal,
        log: Path,
    ) -> None:
        self._folder = folder
        self._previewer = previewer
        self._live = live
        self._terminal = terminal
        self._log = log
        self._looking = asyncio.Lock()
        self._token = secrets.token_hex(4)
        self._count = 0
        self._draft: Draft | None = None
        self._at_work: dict[Task, asyncio.Task[None]] = {}
        self._age = 0
        """Grows when media change: what was made of the ones before says nothing."""
        self._held = ExitStack()
        self._executor: Executor | None = None
        self._alone = asyncio.Lock()

    async def kept_open(self, app: web.Application) -> AsyncIterator[None]:
        """Follow the folder while the application runs."""
        await self.look(app)
        watch = asyncio.create_task(self._watch(app))
        yield
        for task in (watch, *self._at_work.values()):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        await asyncio.to_thread(self._held.close)

    async def look(self, app: web.Application) -> None:
        """Show what the folder holds now; where it has errors, tell them instead."""
        async with self._looking:
            began = time.monotonic()
            seen = await asyncio.to_thread(self._previewer.look)
            if seen.draft is not None and seen.draft != self._draft:
                await self._show(app, seen.draft)
            self._live.broadcast(self._news(seen))
            self._say(seen, round((time.monotonic() - began) * 1000))
        self._begin(app, seen.pending)

    async def _watch(self, app: web.Application) -> None:
        changes = awatch(
            self._folder,
            watch_filter=_Filter(),
            debounce=1600,
            step=_SETTLED_MS,
            stop_event=None,
        )
        async for changed in changes:
            if any(not path.endswith(_TEXT) for _, path in changed):
                self._age += 1
                self._previewer.memory.clear()
            await self.look(app)

    async def _show(self, app: web.Application, draft: Draft) -> None:
        self._draft = draft
        self._count += 1
        shown = [_live_file(item) for item in draft.items]
        app[CURRENT].release = await asyncio.to_thread(
            self._live.prepare, self._name, shown, draft.codes, draft.languages
        )

    @property
    def _name(self) -> str:
        return f"{self._token}-{self._count}"

    def _news(self, seen: Preview) -> dict[str, object]:
        language = self._terminal.language
        warnings = len(seen.diagnostics) - seen.errors
        if seen.errors:
            title = _TITLE_ERRORS.text(language, errors=seen.errors)
        elif seen.pending:
            title = _TITLE_WAITING.text(language, waiting=len(seen.pending))
        else:
            title = _TITLE_WARNINGS.text(language, warnings=warnings)
        told = sorted(seen.diagnostics, key=lambda d: (not d.is_error, d))
        return {
            "shown": self._name if self._count else "nothing",
            "language": language,
            "title": title,
            "errors": seen.errors,
            "waiting": len(seen.pending),
            "findings": [self._told(finding) for finding in told[:_MOST_TOLD]],
        }

    def _told(self, finding: Diagnostic) -> dict[str, object]:
        place, words = finding.location, finding.wording(self._terminal.language)
        line = read_source_line(place)
        if line is not None:
            indent = min(len(line) - len(line.lstrip()), place.column - 1)
            length = max(1, min(place.length, len(line) - place.column + 1))
            carets = " " * (place.column - 1 - indent) + "^" * length
            line = f"{line[indent:]}\n{carets}"
        path = place.path
        if path.is_relative_to(self._folder):
            path = path.relative_to(self._folder)
        return {
            "severity": str(finding.severity),
            "place": f"{path.as_posix()}:{place.line}:{place.column} · {finding.code}",
            "line": line,
            "what": words.what,
            "why": words.why,
            "remedy": words.remedy,
        }

    def _say(self, seen: Preview, time_ms: int) -> None:
        clock = time.strftime("%H:%M:%S")
        errors = [finding for finding in seen.diagnostics if finding.is_error]
        aside = self._terminal.aside()
        if errors:
            aside.findings(errors)
            aside.say(_REFUSED, clock=clock, errors=len(errors))
        else:
            aside.say(_LOOKED, clock=clock, time_ms=time_ms)

    def _begin(self, app: web.Application, pending: tuple[Task, ...]) -> None:
        """Have made what is awaited, first pictures first."""
        for task in pending:
            if task not in self._at_work:
                self._at_work[task] = asyncio.create_task(self._make(app, task))

    async def _make(self, app: web.Application, task: Task) -> None:
        store, age = self._previewer.store, self._age
        memory = self._previewer.memory
        if store is None:
            return
        folder = str(store.folder)
        try:
            if task.kind in KINDS and task.path not in memory.placeholders:
                picture = await self._first_picture(task, folder)
                if picture is not None:
                    memory.placeholders[task.path] = picture
                    await self.look(app)
            outcome = await self._outcome(task, folder)
            if age == self._age:
                memory.outcomes[task] = outcome
        finally:
            del self._at_work[task]
        memory.placeholders.pop(task.path, None)
        await self.look(app)

    async def _first_picture(self, task: Task, folder: str) -> Picture | None:
        try:
            return await self._elsewhere(make_placeholder, task, folder)
        except (BrokenExecutor, MemoryError):
            return None  # the task itself tells why

    async def _outcome(self, task: Task, folder: str) -> Outcome:
        try:
            return await self._elsewhere(run_task, task, folder)
        except BrokenExecutor:
            # A worker has died, and the pool can't tell whose fault it was.
            async with self._alone:
                return await asyncio.to_thread(run_isolated, task, folder)

    async def _elsewhere(
        self, work: Callable[[Task, str], T], task: Task, folder: str
    ) -> T:
        executor = self._executor
        if executor is None:
            held = process_pool(max(2, default_jobs()), self._log)
            executor = self._executor = self._held.enter_context(held)
        try:
            future = executor.submit(_run_at_low_priority, work, task, folder)
            return await asyncio.wrap_future(future)
        except BrokenExecutor:
            if self._executor is executor:
                self._executor = None  # the next work gets another
            raise


def _run_at_low_priority(work: Callable[[Task, str], T], task: Task, folder: str) -> T:
    """Work behind what a person waits for: a text saved meanwhile is shown first."""
    apply_limits(limits_of(task))
    if hasattr(os, "nice"):
        os.nice(_LOWEST_PRIORITY - os.nice(0))
    return work(task, folder)


def _live_file(item: DraftFile) -> LiveFile:
    content = item.content
    if isinstance(content, StoreFile):
        file = file_for_url(item.url, item.media_type)
        stored = StoredFile(file, content.sha256, content.size_bytes)
        return LiveFile(item.url, item.media_type, item.caching, (content.path, stored))
    return LiveFile(item.url, item.media_type, item.caching, content)
