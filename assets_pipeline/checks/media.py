"""Check captions against the sounds and films that they belong to, and voices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assets_pipeline.findings import media
from assets_pipeline.findings.diagnose import diagnose
from assets_pipeline.media.speech_text import VOICES, find_voice, languages_to_speak
from tours.model import VideoScene

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tours.bundle import BundleIndex
    from tours.diagnostics import Diagnostic
    from tours.model import FileReference, LocalizedFile, Museum

SLACK_S = 1.0
"""How much later than a sound its last words may leave."""


def check_media(
    museum: Museum, index: BundleIndex, audible: frozenset[str]
) -> Iterator[Diagnostic]:
    """Yield findings about captions, sounds, films and voices that do not match.

    Parameters
    ----------
    museum
        What was asked for.
    index
        What was made.
    audible
        The films in which one hears something, by path.
    """
    for tour, stop in museum.stops():
        for language, words in _files(stop.transcript):
            heard = stop.audio.get(language) if stop.audio else None
            recording = index.recordings.get(str(heard.path)) if heard else None
            if heard is not None and recording is not None:
                yield from _too_long(words, heard, recording.duration_s, index)
        if isinstance(stop.scene, VideoScene):
            yield from _of_film(stop.scene, index, audible)
        for language in languages_to_speak(tour, stop):
            if find_voice(language) is None:
                yield diagnose(
                    media.VOICE_UNKNOWN,
                    stop.location,
                    language=language,
                    stop=stop.id,
                    known=", ".join(VOICES),
                )


def _files(localized: LocalizedFile | None) -> tuple[tuple[str, FileReference], ...]:
    return localized.files if localized else ()


def _of_film(
    scene: VideoScene, index: BundleIndex, audible: frozenset[str]
) -> Iterator[Diagnostic]:
    """Give what a film's captions lack, and those that outlast it."""
    languages_of: dict[FileReference, list[str]] = {}
    for language, film in scene.video.files:
        languages_of.setdefault(film, []).append(language)
    for film, languages in languages_of.items():
        path, video = str(film.path), index.videos.get(str(film.path))
        words = [
            scene.captions.get(tag) if scene.captions else None for tag in languages
        ]
        # One film for several languages is heard in one, which its museum does not
        # tell: captions in any of them are those.
        if path in audible and not any(words):
            yield diagnose(
                media.VIDEO_WITHOUT_CAPTIONS,
                film.location,
                file=path,
                language=languages[0],
                addition=_captions_beside(film, languages[0]),
            )
        for timed in words:
            if timed is not None and video is not None:
                yield from _too_long(timed, film, video.duration_s, index)


def _too_long(
    words: FileReference, heard: FileReference, duration_s: float, index: BundleIndex
) -> Iterator[Diagnostic]:
    timed = index.recordings.get(str(words.path))
    if timed is not None and timed.duration_s > duration_s + SLACK_S:
        yield diagnose(
            media.CAPTIONS_TOO_LONG,
            words.location,
            file=words.path,
            heard=heard.path,
            end=_minutes(timed.duration_s),
            length=_minutes(duration_s),
        )


def _minutes(time_s: float) -> str:
    minutes, seconds = divmod(round(time_s), 60)
    return f"{minutes}:{seconds:02}"


def _captions_beside(film: FileReference, language: str) -> str:
    """Return how to name the captions of a film that stand beside it."""
    plain = str(film.path.with_suffix("")).removesuffix(f".{language}")
    return f"{plain}.{{lang}}.vtt"
