"""A museum's folder: files found by exact name, as a server on Linux will find them."""

from __future__ import annotations

import os
import unicodedata
from enum import Enum
from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from tours.suggestions import suggest_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_FILES = 5000
MAX_COMPARED_NAMES = 300
"""Names compared for a suggestion; more would be slow."""


class NameDifference(Enum):
    """How the name that exists differs from the one that was written."""

    NONE = "none"
    CASE = "case"
    ACCENTS = "accents"


class MuseumFolder:
    """A museum's folder, each directory listed once.

    ``Path.exists`` would say yes to ``Marteau.GLB`` on Windows and macOS and let the
    published site fail on Linux, so names are compared with the listing instead.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._names: dict[Path, tuple[str, ...]] = {}
        self._files: tuple[PurePosixPath, ...] | None = None

    def find(
        self, wanted: PurePosixPath
    ) -> tuple[PurePosixPath, NameDifference] | None:
        """Return the file that exists under this name or one that looks the same."""
        here, real, worst = self.path, PurePosixPath(), NameDifference.NONE
        for part in wanted.parts:
            match = self._match(here, part)
            if match is None:
                return None
            name, difference = match
            here, real = here / name, real / name
            worst = worst if difference is NameDifference.NONE else difference
        return (real, worst) if here.is_file() else None

    def is_folder(self, path: PurePosixPath) -> bool:
        """Return whether a path within names a folder, not a file."""
        try:
            return (self.path / path).is_dir() and self.is_inside(path)
        except OSError:  # a name that is too long, say
            return False

    def is_inside(self, path: PurePosixPath) -> bool:
        """Return whether a file is in the folder once symbolic links are followed."""
        try:
            return (self.path / path).resolve().is_relative_to(self.path.resolve())
        except OSError:
            return False

    def is_empty(self, path: PurePosixPath) -> bool:
        """Return whether a file that exists holds nothing."""
        try:
            return (self.path / path).stat().st_size == 0
        except OSError:
            return True

    def read_start(self, path: PurePosixPath, size_bytes: int) -> bytes:
        """Return the first bytes of a file; none of one that can't be read."""
        try:
            with (self.path / path).open("rb") as file:
                return file.read(size_bytes)
        except OSError:
            return b""

    def files(self) -> tuple[PurePosixPath, ...]:
        """Return the visible files of the folder in a lasting order, `MAX_FILES` at most."""
        if self._files is None:
            self._files = tuple(islice(self._walk(), MAX_FILES))
        return self._files

    def nearest(self, wanted: str, endings: tuple[str, ...]) -> str | None:
        """Return the file most likely meant: of that name in another folder, or of a similar name."""
        files = [path for path in self.files() if path.name.lower().endswith(endings)]
        name = PurePosixPath(wanted).name.casefold()
        for path in files:
            if path.name.casefold() == name:
                return str(path)
        parent = PurePosixPath(wanted).parent
        beside = [path for path in files if path.parent == parent]
        # An ending or a folder that all share would make any name look near.
        names = {path.stem: str(path) for path in beside[:MAX_COMPARED_NAMES]}
        found = suggest_name(PurePosixPath(wanted).stem, names)
        if found is not None:
            return names[found]
        paths = {str(p.with_suffix("")): str(p) for p in files[:MAX_COMPARED_NAMES]}
        found = suggest_name(str(PurePosixPath(wanted).with_suffix("")), paths)
        return paths[found] if found is not None else None

    def names(self, directory: Path) -> tuple[str, ...]:
        """Return what a directory holds, sorted; nothing for one that can't be read."""
        if directory not in self._names:
            try:
                self._names[directory] = tuple(sorted(os.listdir(directory)))  # noqa: PTH208 - names, not paths
            except OSError:
                self._names[directory] = ()
        return self._names[directory]

    def _walk(self) -> Iterator[PurePosixPath]:
        for directory, folders, names in os.walk(self.path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            inside = PurePosixPath(
                os.path.relpath(directory, self.path).replace(os.sep, "/")
            )
            for name in sorted(names):
                if not name.startswith("."):
                    yield inside / name

    def _match(self, directory: Path, part: str) -> tuple[str, NameDifference] | None:
        names = self.names(directory)
        if part in names:
            return part, NameDifference.NONE
        composed = unicodedata.normalize("NFC", part)
        for name in names:
            if unicodedata.normalize("NFC", name) == composed:
                return name, NameDifference.ACCENTS
        for name in names:
            if unicodedata.normalize("NFC", name).casefold() == composed.casefold():
                return name, NameDifference.CASE
        return None
