"""A draft voice says the text, as loud as a person, with its words at their times."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from assets_pipeline.errors.exceptions import AssetError, MissingProgramError
from assets_pipeline.media.captions import parse_webvtt
from assets_pipeline.media.speech_synthesis import make_voice
from assets_pipeline.media.speech_text import VOICES
from assets_pipeline.resolver import Resolver
from assets_pipeline.tasks.store import Store
from assets_pipeline.tasks.task import Speech, Task
from tours.bundle import Recording

if TYPE_CHECKING:
    from pathlib import Path

    from assets_pipeline.media.captions import Captions

TEXT = "Le marteau-pilon frappe. Il pèse **cent tonnes**.\n\nOn l'entendait de loin."


@pytest.fixture(autouse=True)
def _has_programs() -> None:
    if shutil.which("espeak-ng") is None or shutil.which("ffmpeg") is None:
        pytest.skip("espeak-ng and ffmpeg are not on this machine")


def make(folder: Path, text: str, language: str = "fr") -> Recording:
    """Return what is made of a text."""
    speech = Speech("visite", "marteau", language, text)
    task = Task("voice", str(folder), "visite/marteau.fr", speech=speech)
    product = make_voice(task, Resolver(folder), Store(folder / "store")).product
    assert isinstance(product, Recording)
    return product


def words_of(folder: Path, recording: Recording) -> Captions:
    """Return the timed words of a voice."""
    assert recording.words is not None
    content = Store(folder / "store").path(recording.words).read_bytes()
    return parse_webvtt(content, "words")


def test_each_sentence_has_the_times_of_its_sound(tmp_path: Path) -> None:
    recording = make(tmp_path, TEXT)

    words = words_of(tmp_path, recording)
    assert [cue.plain for cue in words.cues] == [
        "Le marteau-pilon frappe.",
        "Il pèse cent tonnes.",
        "On l'entendait de loin.",
    ]
    assert words.problems == ()
    assert recording.duration_s - 1 < words.end_s <= recording.duration_s
    gaps = [
        b.start_s - a.end_s for a, b in zip(words.cues, words.cues[1:], strict=False)
    ]
    assert gaps == pytest.approx([0.25, 0.6], abs=0.002)


def test_nothing_is_heard_between_sentences(tmp_path: Path) -> None:
    """The words' times are those of the sound, not a guess: silence lies between."""
    recording = make(tmp_path, TEXT)
    path = Store(tmp_path / "store").path(recording.file)

    meter = ["-af", "silencedetect=noise=-40dB:d=0.2", "-f", "null", "-"]
    command = ["ffmpeg", "-nostdin", "-i", str(path), *meter]
    said = subprocess.run(command, capture_output=True, check=True, text=True).stderr

    starts = [float(s.split()[0]) for s in said.split("silence_start: ")[1:]]
    for cue in words_of(tmp_path, recording).cues:
        assert any(-0.8 < start - cue.end_s < 0.1 for start in starts)


def test_a_machine_is_as_loud_as_a_person(tmp_path: Path) -> None:
    recording = make(tmp_path, TEXT)
    path = Store(tmp_path / "store").path(recording.file)

    meter = ["-af", "ebur128=framelog=quiet", "-f", "null", "-"]
    command = ["ffmpeg", "-nostdin", "-i", str(path), *meter]
    said = subprocess.run(command, capture_output=True, check=True, text=True).stderr

    loudness = float(said.rsplit("I:", 1)[1].split()[0])
    assert abs(loudness - -16) <= 0.5


@pytest.mark.parametrize("language", sorted(VOICES))
def test_every_known_voice_is_there(tmp_path: Path, language: str) -> None:
    assert make(tmp_path, "Creusot 1877", language).duration_s > 0.5


def test_the_same_text_gives_the_same_bytes(tmp_path: Path) -> None:
    assert make(tmp_path, TEXT) == make(tmp_path, TEXT)


@pytest.mark.parametrize(
    "text", ["", "…", "![a](b.jpg)", "Un mot. " * 500, "x" * 200_000]
)
def test_what_cannot_be_said_is_an_error_of_ours(tmp_path: Path, text: str) -> None:
    with pytest.raises(AssetError):
        make(tmp_path, text)


@pytest.mark.parametrize(
    "text", ["-v de --help", "<speak>1</speak>", "[[h@'loU]] & co", "$(id) `id` ; id"]
)
def test_a_text_is_never_an_order(tmp_path: Path, text: str) -> None:
    """Neither options, nor SSML, nor phonemes, nor the shell's signs."""
    assert make(tmp_path, f"Un {text}").duration_s > 0.2


def test_signs_of_webvtt_are_shown_as_they_are(tmp_path: Path) -> None:
    cues = words_of(tmp_path, make(tmp_path, "Un `<b>` & deux.")).cues

    assert [cue.plain for cue in cues] == ["Un <b> & deux."]


def test_without_its_program_a_voice_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(MissingProgramError, match="apt install espeak-ng"):
        make(tmp_path, TEXT)
