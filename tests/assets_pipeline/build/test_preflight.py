"""What is told of files without decoding them: what a build tells, or less."""

from __future__ import annotations

import json
import shutil
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

from assets_pipeline.build import cache
from assets_pipeline.build.planning import plan_tasks
from assets_pipeline.build.preflight import Preflight, run_preflight
from assets_pipeline.findings import media as media_catalogue
from assets_pipeline.gltf.orient import OrientOptions
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.readers.dispatch import read_document
from assets_pipeline.resolver import Resolver
from assets_pipeline.tasks.result import Note, TaskResult
from assets_pipeline.tasks.store import Store
from tours.bundle import MediaFile, Recording
from tours.checks import read_museum
from tours.diagnostics import render
from tours.source import read_source_line

if TYPE_CHECKING:
    from types import ModuleType

    from tours.model import Museum

HERE = Path(__file__).parents[1]
MODELS = sorted((HERE / "data").iterdir())
BY_HEADER = {
    "A001-height-of-something-else",
    "A002-axis-already-written",
    "A002-file-lies-on-its-back",
    "A010-cut-short",
    "A011-needs-what-we-do-not-read",
    "A017-renamed",
}
TOUR = """\
tour: visite
title: { fr: Ma visite }
stops:
  - stop: galerie
    title: { fr: La galerie }
    text: { fr: Une galerie. }
    audio: audio/one.m4a
    shows:
      panorama: panoramas/one.png
      alt: { fr: Une galerie. }
"""


def museum_in(folder: Path) -> Museum:
    """Return the valid part of a museum."""
    museum = read_museum(folder).museum
    assert museum is not None
    return museum


def laid(case: Path, sources: tuple[Path, ...]) -> Path:
    """Lay a case of models out in the folder ``musee``."""
    folder = Path("musee")
    (folder / "tours").mkdir(parents=True)
    shutil.copyfile(HERE / "museum/museum.yaml", folder / "museum.yaml")
    shutil.copyfile(case / "visite.yaml", folder / "tours/visite.yaml")
    for line in (case / "made.txt").read_text(encoding="utf-8").splitlines():
        name, target = line.rsplit(maxsplit=1)
        source = next(path / name for path in sources if (path / name).exists())
        (folder / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, folder / target)
    return folder


def sentences(told: Preflight) -> str:
    """Return what is told live, in French, as it is recorded."""
    texts = [render(f, "fr", read_source_line(f.location)) for f in told.current]
    return "".join(f"{text}\n" for text in texts)


@pytest.mark.parametrize("case", MODELS, ids=lambda case: case.name)
def test_a_header_tells_what_a_build_tells_or_nothing(
    case: Path,
    models: Path,
    hostile: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    museum = museum_in(laid(case, (models, hostile)))

    told = run_preflight(museum, Store(tmp_path / "store"))

    recorded = (case / "expected.fr.txt").read_text(encoding="utf-8")
    assert sentences(told) == (recorded if case.name in BY_HEADER else "")


def test_a_survey_is_told_by_its_header(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the words of a build, and not as an origin to be mended (A004)."""
    monkeypatch.chdir(tmp_path)
    case = HERE / "data/A028-survey-in-lambert"
    folder = laid(case, (models,))
    tour, model = folder / "tours/visite.yaml", folder / "models/objet.obj"
    surveyed = read_document(
        PurePosixPath("models/objet.obj"), OrientOptions(), Resolver(folder)
    )
    model.with_suffix(".glb").write_bytes(write_glb(surveyed))
    tour.write_text(tour.read_text().replace(".obj", ".glb"))

    told = run_preflight(museum_in(folder), Store(tmp_path / "store"))

    recorded = (case / "expected.fr.txt").read_text(encoding="utf-8")
    assert sentences(told) == recorded.replace(".obj", ".glb")


def test_too_many_triangles_are_told_by_the_header_of_an_stl(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 12 million, which the file has room for: all of it but the header is a hole."""
    monkeypatch.chdir(tmp_path)
    folder = laid(HERE / "data/A028-survey-in-lambert", (models,))
    tour, model = folder / "tours/visite.yaml", folder / "models/nuage.stl"
    (old,) = (folder / "models").iterdir()
    tour.write_text(tour.read_text().replace(old.name, model.name))
    with model.open("wb") as file:
        file.write(bytes(80) + (12_000_000).to_bytes(4, "little"))
        file.truncate(84 + 50 * 12_000_000)

    told = run_preflight(museum_in(folder), Store(tmp_path / "store"))

    assert codes(told) == (["A012"], [])
    assert "12 millions" in sentences(told).replace("\u00a0", " ")


@pytest.mark.parametrize("count", [-1, 1e400, "many", None, 10**30])
def test_counts_of_a_header_are_believed_of_nobody(
    models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: object
) -> None:
    """What is no count is left to the reader, and a large one is refused."""
    monkeypatch.chdir(tmp_path)
    folder = laid(HERE / "data/A028-survey-in-lambert", (models,))
    tour, model = folder / "tours/visite.yaml", folder / "models/nuage.gltf"
    (old,) = (folder / "models").iterdir()
    tour.write_text(tour.read_text().replace(old.name, model.name))
    primitive = {"attributes": {"POSITION": 0}}
    root = {
        "asset": {"version": "2.0"},
        "accessors": [{"count": count}],
        "meshes": [{"primitives": [primitive]}],
    }
    model.write_text(json.dumps(root), encoding="utf-8")

    told = run_preflight(museum_in(folder), Store(tmp_path / "store"))

    assert codes(told)[0] == (["A012"] if count == 10**30 else [])


@pytest.fixture
def museum(tmp_path: Path, media: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a museum of one panorama, 64 by 32, and one sound."""
    monkeypatch.chdir(tmp_path)
    folder = Path("musee")
    for name in ("tours", "audio", "panoramas"):
        (folder / name).mkdir(parents=True)
    shutil.copyfile(HERE / "museum/museum.yaml", folder / "museum.yaml")
    (folder / "tours/visite.yaml").write_text(TOUR, encoding="utf-8")
    (folder / "audio/one.m4a").write_bytes(b"\0\0\0\x20ftypM4A ")
    (folder / "panoramas/one.png").write_bytes(media.saved(media.turn(64), "PNG"))
    return folder


def codes(told: Preflight) -> tuple[list[str], list[str]]:
    """Return the codes told live, and those remembered."""
    return [f.code for f in told.current], [f.code for f in told.recorded]


def test_a_panorama_is_judged_by_its_header(museum: Path, tmp_path: Path) -> None:
    told = run_preflight(museum_in(museum), Store(tmp_path / "store"))

    assert codes(told) == (["A033"], [])
    assert told.unread == ("panoramas/one.png", "audio/one.m4a")


def test_a_panorama_of_another_shape(
    museum: Path, tmp_path: Path, media: ModuleType
) -> None:
    square = media.turn(64).crop((0, 0, 32, 32))
    (museum / "panoramas/one.png").write_bytes(media.saved(square, "PNG"))

    told = run_preflight(museum_in(museum), Store(tmp_path / "store"))

    assert codes(told) == (["A032"], [])


@pytest.fixture
def store(museum: Path, tmp_path: Path) -> Store:
    """Return a store where the museum's sound was made and found to be faint."""
    store, read = Store(tmp_path / "store"), museum_in(museum)
    task = next(a.task for a in plan_tasks(read) if a.task.kind == "recording")
    resolver = Resolver(museum)
    resolver.read(PurePosixPath(task.path))
    values = {"file": task.path, "level": "-41.0", "gain": "25"}
    file = MediaFile("0" * 64, 1, ".m4a", "audio/mp4")
    note = Note(media_catalogue.RECORDING_QUIET.code, values)
    cache.record_product(
        task, resolver.reads, TaskResult(Recording(file, 2.0), (note,)), store
    )
    return store


def test_what_was_heard_is_remembered(museum: Path, store: Store) -> None:
    told = run_preflight(museum_in(museum), store)

    assert codes(told) == (["A033"], ["A035"])
    assert told.unread == ("panoramas/one.png",)


def test_another_sound_is_no_longer_the_one_that_was_heard(
    museum: Path, store: Store
) -> None:
    (museum / "audio/one.m4a").write_bytes(b"\0\0\0\x20ftypM4A another")

    told = run_preflight(museum_in(museum), store)

    assert codes(told) == (["A033"], [])
    assert "audio/one.m4a" in told.unread


def test_words_are_read_at_once_and_held_to_the_sound_as_it_was_heard(
    museum: Path, store: Store
) -> None:
    """Its two seconds are remembered; the words are those of this moment."""
    tour = museum / "tours/visite.yaml"
    said = "audio: audio/one.m4a\n"
    text = tour.read_text(encoding="utf-8")
    with_words = text.replace(said, f"{said}    transcript: audio/one.vtt\n")
    tour.write_text(with_words, encoding="utf-8")
    (museum / "audio/one.vtt").write_text(
        "WEBVTT\n\n00:00.000 --> 00:09,000\nTrop\n\n00:08.000 --> 00:09.000\nTard\n",
        encoding="utf-8",
    )

    told = run_preflight(museum_in(museum), store)

    assert codes(told) == (["A040", "A033"], ["A035", "A045"])


def test_nothing_is_written(museum: Path, tmp_path: Path) -> None:
    run_preflight(museum_in(museum), Store(tmp_path / "store"))

    assert not (tmp_path / "store").exists()
