"""Machines that share no disk make the same as this one, and may vanish."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from assets_pipeline.build.build import BuildResult, build_assets
from assets_pipeline.build.remote_executor import (
    RemoteExecutor,
    RemoteRequest,
    RemoteResponse,
    handle_request,
)
from assets_pipeline.tasks import versions
from assets_pipeline.tasks.store import Store
from assets_pipeline.tasks.task import Task
from tours.checks import read_museum

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BASE = Path(__file__).parents[1] / "museum"
STOP = """\
  - stop: objet-{number}
    title: {{ fr: Objet {number} }}
    text: {{ fr: Un objet. }}
    shows: {{ {shown}, alt: {{ fr: Un objet. }} }}
"""


@pytest.fixture(scope="module")
def museum(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a museum of six photographs, which are soon made."""
    folder = tmp_path_factory.mktemp("six")
    (folder / "images").mkdir()
    shades = np.random.default_rng(1).integers(0, 255, (6, 40, 60, 3), np.uint8)
    for number, picture in enumerate(shades):
        large = Image.fromarray(picture).resize((480, 320))
        large.save(folder / f"images/{number}.png")
    return _laid(folder, *(f"picture: images/{n}.png" for n in range(6)))


def _laid(folder: Path, *shown: str) -> Path:
    shutil.copy(BASE / "museum.yaml", folder)
    (folder / "tours").mkdir()
    stops = "".join(STOP.format(number=n, shown=one) for n, one in enumerate(shown))
    tour = f"tour: visit\ntitle: {{ fr: Visite }}\nstops:\n{stops}"
    (folder / "tours/visit.yaml").write_text(tour, encoding="utf-8")
    return folder


def build(
    museum: Path,
    store: Path,
    place: Executor | RemoteExecutor | None = None,
    progress: Callable[[int, int, float, str], None] | None = None,
) -> BuildResult:
    """Return what building gives; the museum must be right."""
    reading = read_museum(museum)
    assert reading.museum is not None
    assert not reading.has_errors
    return build_assets(reading.museum, Store(store), executor=place, progress=progress)


def names(store: Path) -> set[str]:
    """Return the names of everything in a store, records included."""
    return {p.relative_to(store).as_posix() for p in store.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def local(
    museum: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[BuildResult, set[str]]:
    """Return what a build here gives, and the names of its files."""
    store = tmp_path_factory.mktemp("here")
    return build(museum, store), names(store)


class Lame(Executor):
    """Loses all that it is given, in whichever way."""

    def __init__(self, *, refuses: bool) -> None:
        self._refuses = refuses

    def submit(  # noqa: D102  # as any executor's
        self, *_: object, **__: object
    ) -> Future[object]:
        if self._refuses:
            reason = "no more work, please"
            raise RuntimeError(reason)
        future: Future[object] = Future()
        future.set_exception(ConnectionError("worker lost"))
        return future


def test_what_is_made_elsewhere_is_the_same(
    museum: Path, local: tuple[BuildResult, set[str]], tmp_path: Path
) -> None:
    """The index, the files and the records: the next build here finds all done."""
    store = tmp_path / "store"

    with ThreadPoolExecutor(2) as executor:
        built = build(museum, store, RemoteExecutor(executor))

    assert (built.index, built.diagnostics) == (local[0].index, local[0].diagnostics)
    assert names(store) == local[1]
    assert build(museum, store).transforms == 0


def test_a_model_of_many_files_is_made_elsewhere(models: Path, tmp_path: Path) -> None:
    """It names its vertices and its picture, which nobody knows before it is read."""
    (tmp_path / "models").mkdir()
    for name in ("box.gltf", "box.bin", "red squares.png"):
        shutil.copy(models / name, tmp_path / "models")
    museum = _laid(tmp_path, "model: models/box.gltf")

    with ThreadPoolExecutor(1) as executor:
        built = build(museum, tmp_path / "store", RemoteExecutor(executor))

    assert built.diagnostics == ()
    assert len(built.index.models) == 1
    assert build(museum, tmp_path / "store").transforms == 0


def test_a_picture_that_nothing_names_is_found_elsewhere(
    models: Path, tmp_path: Path
) -> None:
    """A worker sees no folder: what lies beside the model travels as a list of names."""
    (tmp_path / "models").mkdir()
    shutil.copy(models / "bare.obj", tmp_path / "models/box.obj")
    shutil.copy(models / "a b.png", tmp_path / "models/box_texture.png")
    museum = _laid(tmp_path, "model: models/box.obj")

    with ThreadPoolExecutor(1) as executor:
        built = build(museum, tmp_path / "store", RemoteExecutor(executor))

    assert [found.code for found in built.diagnostics] == ["A027"]
    assert build(museum, tmp_path / "store").transforms == 0


def test_a_task_asks_for_the_files_that_it_lacks(models: Path) -> None:
    task = Task("model", "", "box.obj")
    files: dict[str, bytes | None] = {"box.obj": (models / "box.obj").read_bytes()}

    answer = handle_request(RemoteRequest(task, versions.versions_for("model"), files))

    assert answer == RemoteResponse(lacks="box.mtl")


def test_other_versions_make_nothing() -> None:
    """What they would give could differ, and would be kept as if made here."""
    answer = handle_request(
        RemoteRequest(Task("picture", "", "x.png"), ("numpy 0",), {})
    )

    assert answer == RemoteResponse()


@pytest.mark.parametrize("refuses", [True, False])
def test_what_does_not_come_back_is_made_here(tmp_path: Path, *, refuses: bool) -> None:
    Image.new("RGB", (60, 40), "orange").save(tmp_path / "one.png")
    museum = _laid(tmp_path, "picture: one.png")

    built = build(museum, tmp_path / "store", RemoteExecutor(Lame(refuses=refuses)))

    assert built.diagnostics == ()
    assert list(built.index.pictures) == ["one.png"]


@contextmanager
def started(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Start one of Dask's programs, and end it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *arguments], stderr=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_a_worker_lost_midway_changes_nothing(
    museum: Path, local: tuple[BuildResult, set[str]], tmp_path: Path
) -> None:
    """Two workers on loopback; the one that is at work when the first file is done dies."""
    distributed = pytest.importorskip("distributed")
    lost: list[int] = []
    with ExitStack() as opened:
        options = ("--host", "127.0.0.1", "--no-dashboard")
        scheduler = opened.enter_context(started("scheduler", "--port", "0", *options))
        assert scheduler.stderr is not None
        said = next(line for line in scheduler.stderr if "Scheduler at:" in line)
        address = said.split()[-1]
        for _ in range(2):
            ours = ("--nthreads", "1", "--no-nanny", *options)
            opened.enter_context(started("worker", address, *ours))
        client = opened.enter_context(distributed.Client(address, set_as_default=False))
        client.wait_for_workers(2, timeout=120)
        pids = client.run(os.getpid)

        def lose(done: int, total: int, _share: float, _name: str) -> None:
            busy = [name for name, tasks in client.processing().items() if tasks]
            if not lost and 0 < done < total and busy:
                lost.append(pids[busy[0]])
                os.kill(lost[0], signal.SIGKILL)

        place = RemoteExecutor(client.get_executor(pure=False))
        built = build(museum, tmp_path / "store", place, lose)
        left = client.run(os.getpid)

    assert lost
    assert lost[0] not in left.values()
    assert (built.index, built.diagnostics) == (local[0].index, local[0].diagnostics)
    assert names(tmp_path / "store") == local[1]
