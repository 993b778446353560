"""Whoever waits for a build is told how far it is, within a single model too."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from assets_pipeline.build.build import build_assets
from assets_pipeline.build.progress_estimate import (
    ProgressEstimate,
    ProgressFiles,
    write_progress,
)
from assets_pipeline.build.run_task import run_task
from assets_pipeline.tasks.store import Store
from assets_pipeline.tasks.task import Task
from tours.checks import read_museum

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from pathlib import Path

MUSEUM = """\
museum: petit
name: { fr: Petit musée }
languages: [fr]
address: https://petit.example
color: "#225588"
license: CC-BY-SA-4.0
"""
TOUR = """\
tour: visite
title: { fr: Ma visite }
stops:
  - stop: objet
    title: { fr: L'objet }
    text: { fr: Voici un objet. }
    sources: [archives]
    shows:
      model: box.obj
      height: 2 m
      alt: { fr: Un objet. }
"""
OBJ = "v 0 0 0\nv 1 0 0\nv 0 2 0\nv 0 0 1\nf 1 3 2\nf 1 2 4\nf 2 3 4\nf 1 4 3\n"
Told = list[tuple[int, int, float, str]]


@pytest.fixture
def museum(tmp_path: Path) -> Path:
    """Return the folder of a museum of one model."""
    folder = tmp_path / "museum"
    (folder / "tours").mkdir(parents=True)
    (folder / "museum.yaml").write_text(MUSEUM, encoding="utf-8")
    (folder / "tours/visite.yaml").write_text(TOUR, encoding="utf-8")
    (folder / "box.obj").write_text(OBJ, encoding="utf-8")
    return folder


def told_of(folder: Path, store: Path, executor: Executor | None) -> Told:
    """Return what is told while a museum is built."""
    reading = read_museum(folder)
    assert reading.museum is not None
    told: Told = []

    def tell(done: int, total: int, share: float, in_hand: str) -> None:
        told.append((done, total, share, in_hand))

    build_assets(reading.museum, Store(store), executor=executor, progress=tell)
    return told


def test_one_model_is_told_of_while_it_is_made(museum: Path, tmp_path: Path) -> None:
    told = told_of(museum, tmp_path / "files", None)

    within = [share for done, _, share, _ in told if done == 0 and share > 0]
    assert len(within) > 4
    assert within == sorted(within)
    assert (told[0], told[-1]) == ((0, 1, 0.0, ""), (1, 1, 1.0, ""))
    assert {in_hand for *_, in_hand in told} == {"", "box.obj"}


def test_another_process_tells_it_through_a_file(museum: Path, tmp_path: Path) -> None:
    file = tmp_path / "mark"

    run_task(Task("model", str(museum), "box.obj"), str(tmp_path / "f"), str(file))

    assert 0.5 < float(file.read_text()) < 1


def test_processes_give_the_same_as_this_one(museum: Path, tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as executor:
        told = told_of(museum, tmp_path / "files", executor)

    assert told[-1] == (1, 1, 1.0, "")


def test_marks_are_read_as_they_were_written() -> None:
    one, other = (Task("model", "museum", name) for name in ("a.glb", "b.glb"))
    with ProgressFiles() as progress_files:
        path, _ = progress_files.path_for(one), progress_files.path_for(other)
        write_progress(path, 0.25)

        assert progress_files.shares([one, other]) == {one: 0.25}


def test_a_mark_that_is_half_written_is_passed_over() -> None:
    task = Task("model", "museum", "a.glb")
    with (
        ProgressFiles() as progress_files,
        open(progress_files.path_for(task), "w", encoding="ascii"),  # noqa: PTH123
    ):
        assert progress_files.shares([task]) == {}


def test_a_folder_that_is_gone_harms_nobody(tmp_path: Path) -> None:
    write_progress(str(tmp_path / "gone" / "0"), 0.5)


def test_a_share_never_shrinks() -> None:
    told: Told = []
    one, other = (Task("picture", "museum", name) for name in ("a.png", "b.png"))
    estimate = ProgressEstimate([one, other], 3, lambda *it: told.append(it))

    estimate.update({one: 0.5, other: 0.25})
    estimate.update({one: 0.5})
    estimate.finish(one)

    shares = [share for _, _, share, _ in told]
    assert shares == [0.0, 0.375, 0.375, 0.5]


def test_of_several_under_way_the_longest_is_named() -> None:
    told: Told = []
    picture, scan = Task("picture", "museum", "a.png"), Task("model", "museum", "b.ply")
    estimate = ProgressEstimate([picture, scan], 0, lambda *it: told.append(it))

    estimate.update({picture: 0.5, scan: 0.0})

    assert told[-1][3] == "b.ply"
