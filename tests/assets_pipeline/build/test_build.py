"""A museum's assets are made once, found again, and never break each other."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from assets_pipeline.build.build import BuildResult, build_assets
from assets_pipeline.tasks.store import Store
from tours.checks import read_museum

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from types import ModuleType

BASE = Path(__file__).parents[1] / "museum"
VTT = b"WEBVTT\n\n00:00.000 --> 00:01.000\nBonjour\n"


@pytest.fixture(scope="session")
def whole(
    models: Path, media: ModuleType, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return a museum of two stops: a box with sound and picture, and a tetrahedron."""
    if not media.has_ffmpeg():
        pytest.skip("ffmpeg is not on this machine")
    folder = tmp_path_factory.mktemp("whole") / "museum"
    shutil.copytree(BASE, folder)
    for name in ("models", "audio", "images"):
        (folder / name).mkdir()
    for name in ("textured_box.glb", "tetrahedron.stl"):
        shutil.copy(models / name, folder / "models")
    (folder / "one.wav").write_bytes(media.wav(media.tone(2)))
    media.ffmpeg(folder, "-i", "one.wav", "-c:a", "aac", "audio/one.m4a")
    (folder / "audio/one.vtt").write_bytes(VTT)
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112], exif[0x8825] = 6, {1: "N", 2: (46.0, 47.0, 12.0)}
    Image.new("RGB", (600, 400), "orange").save(out, "JPEG", exif=exif)
    (folder / "images/one.jpg").write_bytes(out.getvalue())
    return folder


@pytest.fixture(scope="session")
def first_store(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store in which the museum is already built."""
    folder = tmp_path_factory.mktemp("store") / "files"
    built = build(whole, folder)
    assert (built.transforms, built.reused) == (5, 0)
    return folder


@pytest.fixture
def museum(whole: Path, tmp_path: Path) -> Path:
    """Return a copy of the museum to change."""
    return shutil.copytree(whole, tmp_path / "museum")


@pytest.fixture
def store(first_store: Path, tmp_path: Path) -> Path:
    """Return a copy of the built store to change."""
    return shutil.copytree(first_store, tmp_path / "files")


def build(museum: Path, store: Path, executor: Executor | None = None) -> BuildResult:
    """Return what building gives; the museum must be right."""
    reading = read_museum(museum)
    assert [d for d in reading.diagnostics if d.is_error] == []
    assert reading.museum is not None
    return build_assets(reading.museum, Store(store), executor=executor)


def counts(built: BuildResult) -> tuple[int, int]:
    """Return how many were made and how many found."""
    return built.transforms, built.reused


def test_a_second_build_makes_nothing(museum: Path, store: Path) -> None:
    assert counts(build(museum, store)) == (0, 5)


def test_a_moved_museum_makes_nothing(museum: Path, store: Path) -> None:
    """Keys hold paths within the folder and contents, not where the folder lies."""
    moved = museum.rename(museum.parent / "elsewhere")

    assert counts(build(moved, store)) == (0, 5)


@pytest.mark.parametrize(
    "name", ["models/textured_box.glb", "audio/one.vtt", "images/one.jpg"]
)
def test_a_touched_file_alone_is_made_again(
    museum: Path, store: Path, name: str
) -> None:
    content = (museum / name).read_bytes()
    is_glb = name.endswith(".glb")
    changed = content.replace(b"1876.1", b"1876.2") if is_glb else content + b"\n"
    (museum / name).write_bytes(changed)

    assert counts(build(museum, store)) == (1, 4)


def test_what_was_made_before_is_found_after_a_change_back(
    museum: Path, store: Path
) -> None:
    path = museum / "audio/one.vtt"
    path.write_bytes(VTT + b"\n")
    build(museum, store)

    path.write_bytes(VTT)

    assert counts(build(museum, store)) == (0, 5)


def test_changed_units_make_the_model_again(museum: Path, store: Path) -> None:
    tour = museum / "tours/visit.yaml"
    text = tour.read_text(encoding="utf-8")
    tour.write_text(
        text.replace("tetrahedron.stl\n", "tetrahedron.stl\n      units: cm\n"),
        encoding="utf-8",
    )

    assert counts(build(museum, store)) == (1, 4)


def test_a_missing_product_is_made_again(museum: Path, store: Path) -> None:
    usdz = next(store.glob("*.usdz"))
    content = usdz.read_bytes()
    usdz.unlink()

    assert counts(build(museum, store)) == (1, 4)
    assert usdz.read_bytes() == content


def test_a_damaged_product_is_made_again(museum: Path, store: Path) -> None:
    """Of the same length, as a failing disk leaves it."""
    words = next(store.glob("*.vtt"))
    content = words.read_bytes()
    words.write_bytes(bytes(len(content)))

    assert counts(build(museum, store)) == (1, 4)
    assert words.read_bytes() == content


def test_a_damaged_record_is_made_again(museum: Path, store: Path) -> None:
    for path in (store / ".made").iterdir():
        if '"Recording"' in path.read_text(encoding="utf-8"):
            path.write_text('{"kind": "Recording", "product": 3}', encoding="utf-8")

    assert counts(build(museum, store)) == (2, 3)


def test_a_broken_model_breaks_no_other(museum: Path, store: Path) -> None:
    (museum / "models/textured_box.glb").write_bytes(b"glTF, not really, but long")

    built = build(museum, store)

    assert [d.code for d in built.diagnostics] == ["A011"]
    assert len(built.index.models) == 1
    assert len(built.index.recordings) == 2


def test_processes_give_the_same_as_one(
    museum: Path, first_store: Path, tmp_path: Path
) -> None:
    alone = build(museum, first_store)

    with ProcessPoolExecutor(2, get_context("spawn")) as executor:
        built = build(museum, tmp_path / "other", executor)

    assert built.index == alone.index


def test_progress_counts_up_to_the_end(museum: Path, store: Path) -> None:
    told: list[tuple[int, int, float, str]] = []
    (museum / "audio/one.vtt").write_bytes(VTT + b"\n")
    reading = read_museum(museum)
    assert reading.museum is not None

    build_assets(
        reading.museum, Store(store), progress=lambda *numbers: told.append(numbers)
    )

    assert told == [
        (4, 5, 0.0, ""),
        (4, 5, 0.0, "audio/one.vtt"),
        (5, 5, 1.0, ""),
    ]


def test_a_second_build_loads_nothing_heavy(museum: Path, store: Path) -> None:
    """Loading them would take longer than all the rest."""
    program = (
        "import sys; from pathlib import Path\n"
        "from assets_pipeline.build.build import build_assets\n"
        "from assets_pipeline.tasks.store import Store\n"
        "from tours.checks import read_museum\n"
        f"built = build_assets(read_museum(Path({str(museum)!r})).museum,"
        f" Store(Path({str(store)!r})))\n"
        "heavy = {'numpy', 'PIL', 'wasmtime', 'pxr', 'filly', 'trimesh', 'cv2'}\n"
        "print(built.transforms, sorted(heavy & set(sys.modules)))\n"
    )

    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )

    assert run.stdout.strip() == "0 []"


def test_pictures_are_upright_and_say_nothing_of_their_place(
    museum: Path, store: Path
) -> None:
    """Taken sideways and with GPS: shown tall and without either."""
    picture = build(museum, store).index.pictures["images/one.jpg"]

    largest = picture.variants[-1]
    assert largest.file.extension == ".jpg"
    assert (largest.width_px, largest.height_px) == (400, 600)
    for variant in picture.variants:
        with Image.open(Store(store).path(variant.file)) as shown:
            assert dict(shown.getexif()) == {}


def test_a_sound_and_its_words_keep_their_kind(museum: Path, store: Path) -> None:
    recordings = build(museum, store).index.recordings

    sound, words = recordings["audio/one.m4a"].file, recordings["audio/one.vtt"].file
    assert (sound.media_type, words.media_type) == ("audio/mp4", "text/vtt")
    assert "Bonjour" in Store(store).path(words).read_text(encoding="utf-8")
