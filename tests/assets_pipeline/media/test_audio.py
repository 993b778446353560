"""Sounds come out equally loud, bare, in what every phone plays; ffmpeg's meter judges."""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from assets_pipeline.errors.exceptions import (
    AssetError,
    DamagedFileError,
    LimitExceededError,
    MissingProgramError,
    UnsupportedFormatError,
)
from assets_pipeline.media.audio import make_recording
from assets_pipeline.media.ffprobe import detect_demuxer, probe, write_source
from assets_pipeline.resolver import Resolver
from assets_pipeline.tasks.store import Store
from assets_pipeline.tasks.task import Task
from tours.bundle import Recording

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from assets_pipeline.tasks.result import TaskResult


def make(folder: Path, name: str, store: Path) -> TaskResult:
    """Return what is made of a sound."""
    task = Task("recording", str(folder), name)
    return make_recording(task, Resolver(folder), Store(store))


def file_of(made: TaskResult, store: Path) -> Path:
    """Return where a sound is kept."""
    assert isinstance(made.product, Recording)
    return Store(store).path(made.product.file)


def metered(path: Path) -> tuple[float, float]:
    """Return loudness (LUFS) and true peak (dBTP) by ffmpeg's own meter."""
    meter = ["-af", "ebur128=peak=true", "-f", "null", "-"]
    command = ["ffmpeg", "-nostdin", "-hide_banner", "-i", str(path), *meter]
    said = subprocess.run(command, capture_output=True, check=True, text=True).stderr
    summary = said[said.rindex("Summary:") :]
    loudness = re.search(r"I:\s+(\S+) LUFS", summary)
    peak = re.search(r"Peak:\s+(\S+) dBFS", summary)
    assert loudness is not None
    assert peak is not None
    return float(loudness[1]), float(peak[1])


def described(path: Path) -> dict[str, Any]:
    """Return what ffprobe says of a file."""
    command = ["ffprobe", "-v", "error", "-of", "json", "-show_format", "-show_streams"]
    said = subprocess.run([*command, path], capture_output=True, check=True).stdout
    found: dict[str, Any] = json.loads(said)
    return found


@pytest.mark.parametrize("name", ["tone", "stereo", "syllables", "faint", "clipped"])
def test_every_sound_is_as_loud_as_the_others(
    media_folder: Path, tmp_path: Path, name: str
) -> None:
    """EBU R 128: -16 LUFS within half a unit, no peak above -1.5 dBTP."""
    made = make(media_folder, f"{name}.wav", tmp_path)

    loudness, peak = metered(file_of(made, tmp_path))

    assert abs(loudness - -16) <= 0.5
    assert peak <= -1.5


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("tone", []),
        ("syllables", []),
        ("silent", ["A034"]),
        ("faint", ["A035"]),
        ("clipped", ["A036"]),
    ],
)
def test_what_a_curator_can_mend_is_told(
    media_folder: Path, tmp_path: Path, name: str, codes: list[str]
) -> None:
    made = make(media_folder, f"{name}.wav", tmp_path)

    assert [note.code for note in made.notes] == codes


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("x.mp3", "libmp3lame"),
        ("x.m4a", "aac"),
        ("x.m4a", "alac"),
        ("x.ogg", "libvorbis"),
        ("x.opus", "libopus"),
        ("x.flac", "flac"),
        ("x.wav", "pcm_s24le"),
    ],
)
def test_every_usual_format_is_read(
    media_folder: Path, media: ModuleType, tmp_path: Path, name: str, codec: str
) -> None:
    source = str(media_folder / "tone.wav")
    media.ffmpeg(tmp_path, "-i", source, "-c:a", codec, "-metadata", "title=S", name)

    made = make(tmp_path, name, tmp_path / "store")

    assert isinstance(made.product, Recording)
    # Coders of MP3 and AAC add up to a twentieth of a second.
    assert abs(made.product.duration_s - 2) < 0.1
    assert made.product.file.media_type == "audio/mp4"
    assert made.product.fallback is None
    found = described(file_of(made, tmp_path / "store"))
    assert [s["codec_name"] for s in found["streams"]] == ["aac"]
    assert found["streams"][0]["profile"] == "LC"
    assert not {"title", "encoder", "creation_time"} & set(found["format"]["tags"])


def test_two_channels_stay_two(media_folder: Path, tmp_path: Path) -> None:
    stereo = make(media_folder, "stereo.wav", tmp_path)
    mono = make(media_folder, "tone.wav", tmp_path)

    channels = [
        described(file_of(made, tmp_path))["streams"][0]["channels"]
        for made in (stereo, mono)
    ]
    assert channels == [2, 1]


def test_playing_may_begin_before_all_is_fetched(
    media_folder: Path, tmp_path: Path
) -> None:
    content = file_of(make(media_folder, "tone.wav", tmp_path), tmp_path).read_bytes()

    assert content.index(b"moov") < content.index(b"mdat")


def test_the_same_sound_gives_the_same_bytes(
    media_folder: Path, tmp_path: Path
) -> None:
    first = make(media_folder, "syllables.wav", tmp_path / "a")
    second = make(media_folder, "syllables.wav", tmp_path / "b")

    assert first == second


def test_a_playlist_that_calls_itself_a_sound_is_refused(
    media_folder: Path, tmp_path: Path
) -> None:
    """Else it would make ffmpeg read any file of the machine into what is published."""
    with pytest.raises(UnsupportedFormatError):
        make(media_folder, "playlist.m4a", tmp_path)


@pytest.mark.parametrize("content", [b"ffconcat version 1.0\n", b"#EXTM3U\n", b"RIFF"])
def test_no_reader_is_guessed(content: bytes) -> None:
    assert detect_demuxer(content) is None


def test_a_playlist_behind_a_sounds_first_bytes_reaches_nothing(tmp_path: Path) -> None:
    """The reader is named by the first bytes: it finds no sound in the rest."""
    hidden = b"ID3\x04\0\0\0\0\0\0#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n"
    (tmp_path / "x.mp3").write_bytes(hidden)

    with pytest.raises(DamagedFileError):
        make(tmp_path, "x.mp3", tmp_path / "store")


def test_what_is_no_sound_is_refused(media_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFormatError):
        make(media_folder, "text.mp3", tmp_path)


def test_a_film_without_sound_is_no_recording(
    media_folder: Path, tmp_path: Path
) -> None:
    with pytest.raises(DamagedFileError, match="no sound"):
        make(media_folder, "silent.mp4", tmp_path)


def test_what_lasts_too_long_is_refused(media_folder: Path, tmp_path: Path) -> None:
    source = write_source((media_folder / "tone.wav").read_bytes(), tmp_path, "x")

    with pytest.raises(LimitExceededError, match="minutes"):
        probe(source, most_s=1.0)


@pytest.mark.parametrize("name", ["sounding.mp4", "tone.wav"])
def test_a_file_cut_anywhere_gives_a_sound_or_an_error_of_ours(
    media_folder: Path, tmp_path: Path, name: str
) -> None:
    whole = (media_folder / name).read_bytes()
    for at in (5, 20, 44, 100, len(whole) // 2, len(whole) - 1):
        (tmp_path / name).write_bytes(whole[:at])
        with contextlib.suppress(AssetError):
            make(tmp_path, name, tmp_path / "store")


def test_without_its_program_a_sound_says_what_to_install(
    media: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tone.wav").write_bytes(media.wav(media.tone(1)))
    monkeypatch.setenv("PATH", "")

    with pytest.raises(MissingProgramError, match="apt install ffmpeg"):
        make(tmp_path, "tone.wav", tmp_path / "store")
