"""Films come out in two codecs, of a phone's size, with a picture that is not black."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

from assets_pipeline.errors.exceptions import (
    AssetError,
    DamagedFileError,
    UnsupportedFormatError,
)
from assets_pipeline.media.video import fit_size, make_video
from assets_pipeline.resolver import Resolver
from assets_pipeline.tasks.result import Film
from assets_pipeline.tasks.store import Store
from assets_pipeline.tasks.task import Task

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from tours.bundle import MediaFile


def make(folder: Path, name: str, store: Path) -> Film:
    """Return what is made of a film."""
    task = Task("video", str(folder), name)
    product = make_video(task, Resolver(folder), Store(store)).product
    assert isinstance(product, Film)
    return product


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="module")
def sounding(media_folder: Path, store: Path) -> Film:
    """Return what is made of two seconds of film with a tone."""
    return make(media_folder, "sounding.mp4", store)


@pytest.fixture(scope="module")
def large(media_folder: Path, store: Path) -> Film:
    """Return what is made of a film of 1920 × 1080 at 50 frames a second, silent."""
    return make(media_folder, "large.mp4", store)


def described(store: Path, file: MediaFile) -> dict[str, Any]:
    """Return what ffprobe says of a file."""
    command = ["ffprobe", "-v", "error", "-of", "json", "-show_format", "-show_streams"]
    path = Store(store).path(file)
    said = subprocess.run([*command, path], capture_output=True, check=True).stdout
    found: dict[str, Any] = json.loads(said)
    return found


def test_the_modern_codec_comes_first_and_what_plays_everywhere_last(
    sounding: Film, store: Path
) -> None:
    found = [described(store, file)["streams"] for file in sounding.video.files]

    assert [[s["codec_name"] for s in streams] for streams in found] == [
        ["av1", "aac"],
        ["h264", "aac"],
    ]
    assert found[1][0]["profile"] == "High"
    assert {s["pix_fmt"] for streams in found for s in streams[:1]} == {"yuv420p"}


def test_types_name_the_codecs_that_are_inside(
    sounding: Film, large: Film, store: Path
) -> None:
    """A phone chooses by them alone: a level below the file's would not play."""
    assert [f.media_type for f in sounding.video.files] == [
        'video/mp4; codecs="av01.0.05M.08,mp4a.40.2"',
        'video/mp4; codecs="avc1.64001F,mp4a.40.2"',
    ]
    assert [f.media_type for f in large.video.files] == [
        'video/mp4; codecs="av01.0.05M.08"',
        'video/mp4; codecs="avc1.64001F"',
    ]
    av1, h264 = (described(store, f)["streams"][0] for f in large.video.files)
    assert av1["level"] <= 5
    assert h264["level"] == 31


def test_a_film_fits_a_phone(large: Film, store: Path) -> None:
    streams = [described(store, f)["streams"][0] for f in large.video.files]

    assert (large.video.width_px, large.video.height_px) == (1280, 720)
    assert {(s["width"], s["height"]) for s in streams} == {(1280, 720)}
    assert {s["avg_frame_rate"] for s in streams} == {"30/1"}


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((320, 180), (320, 180)),
        ((3840, 2160), (1280, 720)),
        ((1080, 1920), (720, 1280)),
        ((1001, 501), (1000, 502)),
        ((4000, 1000), (1280, 320)),
    ],
)
def test_sizes_are_even_and_never_grow(
    size: tuple[int, int], expected: tuple[int, int]
) -> None:
    width, height = fit_size(*size)

    assert abs(width - expected[0]) <= 2
    assert abs(height - expected[1]) <= 2
    assert width % 2 == height % 2 == 0


def test_a_film_of_a_phone_held_upright_stands_upright(
    media_folder: Path, store: Path
) -> None:
    film = make(media_folder, "turned.mov", store)

    assert (film.video.width_px, film.video.height_px) == (180, 320)


def test_a_film_tells_whether_one_hears_it(
    sounding: Film, large: Film, media_folder: Path, media: ModuleType, tmp_path: Path
) -> None:
    """A track of pure silence is no sound: it needs no captions, and is left out."""
    mute = ["-i", str(media_folder / "silent.mp4"), "-f", "lavfi", "-i", "anullsrc"]
    media.ffmpeg(tmp_path, *mute, "-c:v", "copy", "-c:a", "aac", "-t", "1", "mute.mp4")

    assert sounding.is_audible
    assert not large.is_audible
    assert not make(tmp_path, "mute.mp4", tmp_path / "store").is_audible


def test_a_film_says_nothing_of_its_author(sounding: Film, store: Path) -> None:
    for file in sounding.video.files:
        assert b"secret" not in Store(store).path(file).read_bytes()
        assert not {"title", "encoder", "creation_time"} & set(
            described(store, file)["format"]["tags"]
        )


def test_playing_may_begin_before_all_is_fetched(sounding: Film, store: Path) -> None:
    for file in sounding.video.files:
        content = Store(store).path(file).read_bytes()
        assert content.index(b"moov") < content.index(b"mdat")


def test_the_same_film_gives_the_same_bytes(
    sounding: Film, media_folder: Path, tmp_path: Path
) -> None:
    assert make(media_folder, "sounding.mp4", tmp_path) == sounding


def test_the_picture_of_a_film_that_begins_black_is_not_black(
    media: ModuleType, media_folder: Path, tmp_path: Path
) -> None:
    source = ["-i", str(media_folder / "silent.mp4")]
    media.ffmpeg(tmp_path, *source, "-vf", "fade=in:st=0.5:d=1", "fading.mp4")

    film = make(tmp_path, "fading.mp4", tmp_path / "store")

    still = film.video.poster.variants[-1].file
    with Image.open(Store(tmp_path / "store").path(still)) as picture:
        assert np.asarray(picture).mean() > 60


@pytest.mark.parametrize("name", ["cut.mp4", "tone.wav"])
def test_what_is_no_whole_film_is_refused(
    media_folder: Path, tmp_path: Path, name: str
) -> None:
    with pytest.raises(DamagedFileError):
        make(media_folder, name, tmp_path)


@pytest.mark.parametrize("name", ["playlist.m4a", "halves.png"])
def test_what_is_no_film_is_refused(
    media_folder: Path, tmp_path: Path, name: str
) -> None:
    with pytest.raises(UnsupportedFormatError):
        make(media_folder, name, tmp_path)


def test_a_film_that_names_another_file_does_not_reach_it(
    media_folder: Path, tmp_path: Path, store: Path
) -> None:
    """QuickTime may keep its frames in other files: their names are not followed."""
    content = (media_folder / "turned.mov").read_bytes()
    named = content.replace(b"url \0\0\0\1", b"url \0\0\0\0")
    assert named != content
    (tmp_path / "x.mov").write_bytes(named)

    try:
        film = make(tmp_path, "x.mov", store)
    except AssetError:
        return
    assert film.video.duration_s > 1
