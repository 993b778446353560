"""Run tasks on machines that share no disk with this one.

Files travel with the work. A task leaves with the files of the museum that it is known
to read; where it needs another, it comes back to ask, and leaves again. What was made
comes back by content, and is kept in the store here. Nothing stays over there.
"""

from __future__ import annotations

import logging
from collections import deque
from concurrent.futures import FIRST_COMPLETED, wait
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TYPE_CHECKING, Final

from assets_pipeline.build import cache
from assets_pipeline.build.run_task import Outcome, make_outcome
from assets_pipeline.errors.exceptions import (
    AssetError,
    FileNotSentError,
    MissingFileError,
)
from assets_pipeline.resolver import LISTING_SUFFIX, Resolver
from assets_pipeline.tasks import versions as versions_
from assets_pipeline.tasks.result import product_files
from assets_pipeline.tasks.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor, Future

    from assets_pipeline.build.cache import Reads
    from assets_pipeline.tasks.task import Task
    from tours.bundle import MediaFile

_LOG = logging.getLogger(__name__)
_MOST_BYTES: Final = 256 << 20
"""Of files sent at once: they stand in the memory of whoever passes them on."""
_ONE_AT_A_TIME: Final = Lock()
"""Held by the work of one process: a renderer is used from one thread alone."""


@dataclass(frozen=True, slots=True)
class RemoteExecutor:
    """An executor whose workers see neither the museum's folder nor the store.

    Arguments and results are pickled. Workers may vanish: what the executor then raises,
    of whatever kind, only means that a task is made here.
    """

    executor: Executor


@dataclass(frozen=True, slots=True)
class RemoteRequest:
    """A task and its files, sent to a worker."""

    task: Task
    versions: tuple[str, ...]
    """What the task is to be made with."""
    files: dict[str, bytes | None]
    """By path within the museum's folder; None: there is no such file."""

    @property
    def size(self) -> int:
        """Bytes of its files."""
        return sum(len(content) for content in self.files.values() if content)


@dataclass(frozen=True, slots=True)
class RemoteResponse:
    """A worker's outcome and files, or the file that it lacks."""

    outcome: Outcome | None = None
    reads: Reads = field(default_factory=dict)
    files: dict[MediaFile, bytes] = field(default_factory=dict)
    lacks: str = ""
    """A file of the museum; nothing, without an outcome: the same programs."""


def handle_request(parcel: RemoteRequest) -> RemoteResponse:
    """Return the response to a request, run in a temporary folder."""
    if versions_.versions_for(parcel.task.kind) != parcel.versions:
        return RemoteResponse()
    with _ONE_AT_A_TIME, TemporaryDirectory(prefix="ecomusee-") as name:
        museum, store = Path(name) / "museum", Store(Path(name) / "files")
        museum.mkdir()
        for path, content in parcel.files.items():
            if content is not None and not path.endswith(LISTING_SUFFIX):
                (museum / path).parent.mkdir(parents=True, exist_ok=True)
                (museum / path).write_bytes(content)
        resolver = _SentFiles(museum, parcel)
        try:
            task = replace(parcel.task, folder=str(museum))
            outcome = make_outcome(task, resolver, store)
        except FileNotSentError as error:
            return RemoteResponse(lacks=error.name)
        made = () if outcome.made is None else product_files(outcome.made.product)
        files = {file: store.path(file).read_bytes() for file in made}
        return RemoteResponse(outcome, resolver.reads, files)


class _SentFiles(Resolver):
    """Reads what was sent, and tells what is not there from what is still to come."""

    def __init__(self, folder: Path, parcel: RemoteRequest) -> None:
        super().__init__(folder)
        self._known = parcel.files

    def read(self, path: PurePosixPath) -> bytes:
        try:
            return super().read(path)
        except MissingFileError:
            if str(path) in self._known:
                raise
            raise FileNotSentError(str(path)) from None

    def _list_prefix(self, beginning: PurePosixPath) -> list[str]:
        name = f"{beginning}{LISTING_SUFFIX}"
        if name not in self._known:
            raise FileNotSentError(name)
        return (self._known[name] or b"").decode().splitlines()


def run_remotely(
    tasks: list[Task], store: Store, place: RemoteExecutor
) -> Iterator[tuple[Task, Outcome | None]]:
    """Yield each task's outcome as it comes, None where it has to run here.

    Parameters
    ----------
    tasks
        Of the museum that lies on this machine.
    store
        Where what was made is kept, and remembered as if it had been made here.
    place
        Where the work is done.
    """
    waiting = deque((task, _first_names(task, store)) for task in tasks)
    under_way: dict[Future[RemoteResponse], RemoteRequest] = {}
    try:
        while waiting or under_way:
            sent = sum(parcel.size for parcel in under_way.values())
            while waiting and (not under_way or sent < _MOST_BYTES):
                task, names = waiting.popleft()
                parcel = _make_request(task, names)
                future = None if parcel is None else _submit(parcel, place)
                if parcel is None or future is None:
                    yield task, None
                    continue
                under_way[future] = parcel
                sent += parcel.size
            for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                parcel = under_way.pop(future)
                answer = _receive(future, parcel.task)
                if answer.lacks and answer.lacks not in parcel.files:
                    names = [*parcel.files, answer.lacks]
                    waiting.appendleft((parcel.task, names))
                else:
                    yield parcel.task, _store_outcome(parcel.task, answer, store)
    finally:
        for future in under_way:
            future.cancel()


def _first_names(task: Task, store: Store) -> list[str]:
    """Return what a task read the last time, or the file that it is about."""
    names = cache.recorded_reads(task, store)
    if names is None:
        names = [] if task.speech is not None else [task.path]
    return names


def _make_request(task: Task, names: list[str]) -> RemoteRequest | None:
    """Return a task with its files; None where one may not be read, which is told here."""
    resolver = Resolver(Path(task.folder))
    files: dict[str, bytes | None] = {}
    for name in names:
        try:
            files[name] = resolver.reread(name)
        except MissingFileError:
            files[name] = None
        except AssetError:
            return None
    return RemoteRequest(task, versions_.versions_for(task.kind), files)


def _submit(
    parcel: RemoteRequest, place: RemoteExecutor
) -> Future[RemoteResponse] | None:
    try:
        return place.executor.submit(handle_request, parcel)
    except Exception as error:  # of any executor: see `RemoteExecutor`
        _LOG.info("%s can't be sent: %r", parcel.task.path, error)
        return None


def _receive(future: Future[RemoteResponse], task: Task) -> RemoteResponse:
    try:
        return future.result()
    except Exception as error:  # of any executor: see `RemoteExecutor`
        _LOG.info("%s did not come back: %r", task.path, error)
        return RemoteResponse()


def _store_outcome(task: Task, answer: RemoteResponse, store: Store) -> Outcome | None:
    """Return the outcome that came, its files in the store; None where some are not."""
    outcome = answer.outcome
    if outcome is None or outcome.made is None:
        return outcome
    for file, content in answer.files.items():
        store.put(content, file.extension, file.media_type)
    if not all(map(store.contains, product_files(outcome.made.product))):
        return None
    cache.record_product(task, answer.reads, outcome.made, store)
    return outcome
