"""Values that every part of the model is made of: localized texts, lengths, files, places.

A value that a later step may find fault with (a file that is absent, a height that the
model contradicts) carries the place where it was written, which no comparison counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from tours.diagnostics import Location


@dataclass(frozen=True, slots=True)
class LocalizedText:
    """One text in several languages, in the order they were written."""

    texts: tuple[tuple[str, str], ...]
    """Pairs of a language tag (BCP 47) and its text; never empty."""
    location: Location = field(compare=False)

    def get(self, language: str) -> str | None:
        """Return the text in exactly this language, or None."""
        return dict(self.texts).get(language)

    def best(self, languages: tuple[str, ...]) -> tuple[str, str]:
        """Return (language, text) of the first language in `languages` that has one."""
        texts = dict(self.texts)
        for language in languages:
            if language in texts:
                return language, texts[language]
        return self.texts[0]


@dataclass(frozen=True, slots=True)
class Length:
    """A length in metres, more than 0."""

    metres: float
    location: Location = field(compare=False)
    is_estimate: bool = False
    """Nobody has measured it, or sources disagree: visitors are told."""


@dataclass(frozen=True, slots=True)
class Angle:
    """An angle in degrees."""

    degrees: float
    location: Location = field(compare=False)


@dataclass(frozen=True, slots=True)
class Flag:
    """Whether something is written to be so."""

    is_so: bool
    location: Location = field(compare=False)


@dataclass(frozen=True, slots=True)
class Coordinates:
    """A point on the map, WGS 84, degrees."""

    latitude_deg: float
    longitude_deg: float
    location: Location = field(compare=False)


@dataclass(frozen=True, slots=True)
class FileReference:
    """A file of the museum's folder, which existed when the YAML was checked."""

    path: PurePosixPath
    """Relative to the museum's folder; never absolute, never with ``..``."""
    location: Location = field(compare=False)


@dataclass(frozen=True, slots=True)
class LocalizedFile:
    """The same file in each language: ``audio/marteau.{lang}.m4a``.

    A film or its sign language written without ``{lang}`` holds one file for all: it is
    the same whatever is read beside it. Words that are heard or read, written so, are in
    the first language.
    """

    files: tuple[tuple[str, FileReference], ...]
    """Pairs of a language tag and the file that exists for it."""
    location: Location = field(compare=False)

    def get(self, language: str) -> FileReference | None:
        """Return the file of exactly this language, or None."""
        return dict(self.files).get(language)
