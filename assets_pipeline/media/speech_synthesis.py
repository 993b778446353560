"""Synthesize a draft voice of a stop's text (espeak-ng).

The sentences are spoken one by one, so that each cue of the words shown beside them has
the times of what is heard.
"""

from __future__ import annotations

import itertools
import wave
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from assets_pipeline.codecs import programs
from assets_pipeline.errors import media_causes
from assets_pipeline.errors.exceptions import (
    DamagedFileError,
    LimitExceededError,
    UnsupportedFormatError,
)
from assets_pipeline.media.audio import store_recording
from assets_pipeline.media.captions import Cue, write_webvtt
from assets_pipeline.media.ffprobe import Source
from assets_pipeline.media.speech_text import (
    find_voice,
    split_caption,
    split_paragraphs,
)
from assets_pipeline.tasks.result import TaskResult
from tours.bundle import Recording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assets_pipeline.resolver import Resolver
    from assets_pipeline.tasks.store import Store
    from assets_pipeline.tasks.task import Task

WORDS_PER_MINUTE: Final = 150
MOST_SENTENCES: Final = 400
MOST_SIGNS: Final = 30_000
"""Of a text: half an hour."""
_RATE_HZ: Final = 22_050
_SENTENCE_GAP_S: Final = 0.25
_PARAGRAPH_GAP_S: Final = 0.6
_SAMPLE_BYTES: Final = 2
_LIMITS: Final = programs.RunLimits(timeout_s=60.0, memory_bytes=1 << 30)


def make_voice(task: Task, resolver: Resolver, store: Store) -> TaskResult:
    """Return a text's draft voice, kept in the store, with timed captions.

    Raises
    ------
    AssetError
        A subclass that names the cause.
    """
    if task.speech is None:
        reason = "there is nothing to say"
        raise DamagedFileError(reason, task.path, "Write a text")
    with TemporaryDirectory(prefix="ecomusee-") as name:
        folder = Path(name)
        cues = _spoken(task.speech.text, task.speech.language, folder)
        heard, _ = store_recording(Source(folder, _WHOLE, "wav"), store)
    words = store.put(write_webvtt(cues).encode(), ".vtt", "text/vtt")
    return TaskResult(Recording(heard.file, heard.duration_s, words=words))


_WHOLE: Final = "whole.wav"


def _spoken(text: str, language: str, folder: Path) -> list[Cue]:
    """Write a text's whole sound into a folder; return its words with their times."""
    voice = find_voice(language)
    if voice is None:
        reason = f"no voice speaks {language}"
        raise UnsupportedFormatError(reason, language, "Record a person")
    if len(text) > MOST_SIGNS:
        signs = {"signs": len(text), "most": MOST_SIGNS}
        raise LimitExceededError.from_cause(media_causes.TEXT_TOO_LONG, "text", **signs)
    said = split_paragraphs(text)
    sentences = [sentence for paragraph in said for sentence in paragraph]
    if not sentences:
        raise DamagedFileError.from_cause(media_causes.TEXT_EMPTY, "text")
    if len(sentences) > MOST_SENTENCES:
        reason = (
            f"the text has {len(sentences)} sentences; {MOST_SENTENCES} are the most"
        )
        raise LimitExceededError(reason, "text", "Shorten it")
    closing = set(itertools.accumulate(map(len, said)))
    cues: list[Cue] = []
    with wave.open(str(folder / _WHOLE), "wb") as whole:
        whole.setparams((1, _SAMPLE_BYTES, _RATE_HZ, 0, "NONE", ""))
        samples = 0
        for number, sentence in enumerate(sentences, 1):
            sound = _sound(sentence, voice, folder)
            length = len(sound) // _SAMPLE_BYTES
            cues += _timed(sentence, samples / _RATE_HZ, length / _RATE_HZ)
            gap_s = _PARAGRAPH_GAP_S if number in closing else _SENTENCE_GAP_S
            gap = round(gap_s * _RATE_HZ)
            whole.writeframes(sound + bytes(gap * _SAMPLE_BYTES))
            samples += length + gap
    return cues


def _sound(sentence: str, voice: str, folder: Path) -> bytes:
    """Return a sentence's samples, 16 bits, mono."""
    # Double brackets would be read as phonemes.
    plain = sentence.replace("[[", "[").replace("]]", "]")
    options = ["-v", voice, "-s", str(WORDS_PER_MINUTE), "-b", "1", "-w", "one.wav"]
    programs.run(
        "espeak-ng",
        [*options, "--stdin"],
        folder,
        limits=_LIMITS,
        stdin=plain.encode(),
    )
    try:
        with wave.open(str(folder / "one.wav"), "rb") as spoken:
            if spoken.getparams()[:3] != (1, _SAMPLE_BYTES, _RATE_HZ):
                reason = "espeak-ng speaks in another format than it used to"
                raise DamagedFileError(reason, voice, "Install Debian's espeak-ng")
            return spoken.readframes(spoken.getnframes())
    except (OSError, EOFError, wave.Error) as error:
        reason = f"espeak-ng did not speak with the voice {voice}"
        raise DamagedFileError(
            reason, voice, "Install Debian's espeak-ng-data"
        ) from error


def _timed(sentence: str, start_s: float, length_s: float) -> Iterator[Cue]:
    """Give a sentence's cues; within it, time passes with its letters."""
    pieces = split_caption(sentence)
    whole = sum(map(len, pieces))
    for piece in pieces:
        end_s = start_s + length_s * len(piece) / whole
        yield Cue(start_s, end_s, _escaped(piece))
        start_s = end_s


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
