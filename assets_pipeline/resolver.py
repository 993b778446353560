"""Read files confined to the museum's folder, and record each read for the cache.

Every read is remembered with its digest, and so is every file that was looked for in
vain, so that the cache can tell whether anything a model was made from has changed.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from assets_pipeline.errors import causes
from assets_pipeline.errors.exceptions import (
    LimitExceededError,
    MissingFileError,
    RefusedPathError,
)

if TYPE_CHECKING:
    from pathlib import Path

MAX_FILE_BYTES = 1 << 30
MAX_TOTAL_BYTES = 2 << 30
LISTING_SUFFIX = "*"
"""Ends the name under which a list of names, one a line, counts as read."""
_WORD_ENDS = re.compile(r"[ _.(-]|$")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_INSIDE = (
    "Put the file beside the model, in the museum's folder, and name it from there"
)


class Resolver:
    """Reads files of one museum's folder and records which."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._total_bytes = 0
        self.reads: dict[str, str | None] = {}
        """SHA-256 by path within the folder, in reading order; None: not there."""
        self.guesses: list[str] = []
        """Files that nothing names, and that were taken for a part of the model."""
        self.ignored_models: list[str] = []
        """Other models of a zip, of which one is shown."""
        self.ignored_extensions: list[str] = []
        """Of a glTF model, those that are left out of what is made of it."""

    @property
    def missing(self) -> list[str]:
        """Referenced files that do not exist."""
        return [name for name, digest in self.reads.items() if digest is None]

    @property
    def total_bytes(self) -> int:
        """Size of all files read so far."""
        return self._total_bytes

    def read(self, path: PurePosixPath) -> bytes:
        """Return the content of a file of the folder.

        Raises
        ------
        RefusedPathError
            If it lies outside, or is no ordinary file.
        MissingFileError
            If it does not exist.
        LimitExceededError
            If it is larger than 1 GiB, or all files together are larger than 2.
        """
        real = self._confine(path)
        try:
            # Non-blocking, or a pipe put in place of a file would be waited on for ever.
            handle = os.open(real, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        except (FileNotFoundError, NotADirectoryError):
            self.reads[str(path)] = None
            reason = "this file does not exist"
            raise MissingFileError(reason, str(path), _INSIDE) from None
        except OSError as error:
            reason = f"this file can't be opened: {error.strerror}"
            raise RefusedPathError(
                reason, str(path), "Check its permissions"
            ) from error
        try:
            self._check_kind_and_size(path, os.fstat(handle))
            with os.fdopen(handle, "rb", closefd=False) as file:
                content = file.read(MAX_FILE_BYTES + 1)
        finally:
            os.close(handle)
        self._total_bytes += len(content)
        self.reads[str(path)] = hashlib.sha256(content).hexdigest()
        return content

    def read_beside(
        self, base: PurePosixPath, reference: str, *, is_uri: bool = True
    ) -> bytes:
        """Return the content of a file that another file references.

        On other systems ``Wood.JPG`` is ``wood.jpg``, and an accent may be a letter of
        its own or not. Where nothing has the very name, the one file that has it but
        for that is read, or else the one that lies beside who names it.

        Parameters
        ----------
        base
            The file that names it.
        reference
            As written there.
        is_uri
            Whether ``%20`` stands for a space, as in glTF and not in OBJ.
        """
        path = resolve_reference(base, reference, is_uri=is_uri)
        try:
            return self.read(path)
        except MissingFileError:
            found = self._find_similar(path) or self._find_similar(
                base.with_name(path.name)
            )
            if found is None:
                raise
        del self.reads[str(path)]  # of the list it would change, it counts as read
        return self.read(found)

    def reread(self, name: str) -> bytes:
        """Return what a name in `reads` stands for: a file's content or a listing.

        Raises
        ------
        AssetError
            As `read` does.
        """
        if name.endswith(LISTING_SUFFIX):
            return self._read_listing(PurePosixPath(name.removesuffix(LISTING_SUFFIX)))
        return self.read(PurePosixPath(name))

    def list_siblings(self, path: PurePosixPath) -> list[PurePosixPath]:
        """Return the files beside a file whose names begin with its stem, sorted.

        The list counts as read: when such a file comes or goes, all is made anew.
        """
        names = self._read_listing(path.with_suffix("")).decode().splitlines()
        others = (n for n in names if n != path.name and not n.endswith("/"))
        return [path.with_name(name) for name in others]

    def record_ignored_extensions(self, names: list[str]) -> None:
        """Record the glTF extensions that are ignored."""
        self.ignored_extensions[:] = names

    def _find_similar(self, path: PurePosixPath) -> PurePosixPath | None:
        """Return the one path that differs by case or by how accents are written.

        The lists that tell so count as read.
        """
        found = PurePosixPath()
        for part in path.parts:
            listed = self._read_listing((found / part).with_suffix("")).decode()
            names = [name.removesuffix("/") for name in listed.splitlines()]
            alike = [
                name for name in names if normalize_name(name) == normalize_name(part)
            ]
            exact = [part] if part in alike else alike
            if len(exact) != 1:
                return None
            found /= exact[0]
        return found

    def _read_listing(self, beginning: PurePosixPath) -> bytes:
        content = "\n".join(self._list_prefix(beginning)).encode()
        self.reads[f"{beginning}{LISTING_SUFFIX}"] = hashlib.sha256(content).hexdigest()
        return content

    def _list_prefix(self, beginning: PurePosixPath) -> list[str]:
        """Return what a folder holds that begins with a word, in order.

        Names of folders end in a slash.
        """
        word = normalize_name(beginning.name)
        try:
            entries = list(os.scandir(self._confine(beginning.parent)))
        except OSError:
            return []
        return sorted(
            entry.name if entry.is_file() else f"{entry.name}/"
            for entry in entries
            if (name := normalize_name(entry.name)).startswith(word)
            and _WORD_ENDS.match(name, len(word))
            and entry.name.isprintable()
            and (entry.is_file() or entry.is_dir())
        )

    def _confine(self, path: PurePosixPath) -> Path:
        if path.is_absolute() or ".." in path.parts:
            reason = "this path leaves the museum's folder"
            raise RefusedPathError(reason, str(path), _INSIDE)
        try:
            real = (self._folder / path).resolve()
        except (OSError, RuntimeError, ValueError) as error:
            reason = "this path can't be followed"
            raise RefusedPathError(reason, str(path)[:200], _INSIDE) from error
        if not real.is_relative_to(self._folder):
            reason = "a link on this path leaves the museum's folder"
            raise RefusedPathError(reason, str(path), _INSIDE)
        return real

    def _check_kind_and_size(self, path: PurePosixPath, facts: os.stat_result) -> None:
        if not stat.S_ISREG(facts.st_mode):
            reason = "this is not an ordinary file"
            raise RefusedPathError(reason, str(path), _INSIDE)
        total = self._total_bytes + facts.st_size
        if facts.st_size > MAX_FILE_BYTES or total > MAX_TOTAL_BYTES:
            raise LimitExceededError.from_cause(
                causes.FILE_TOO_LARGE, str(path), mebibytes=facts.st_size >> 20
            )


def normalize_name(name: str) -> str:
    """Return a name for comparison, without case and with composed accents (NFC)."""
    return unicodedata.normalize("NFC", name).casefold()


def resolve_reference(
    base: PurePosixPath, reference: str, *, is_uri: bool = True
) -> PurePosixPath:
    """Return the path, within the folder, that a file's reference means.

    Raises
    ------
    RefusedPathError
        If the reference is absolute, has a scheme, or climbs out of the folder.
    """
    shown = reference[:200]
    if _SCHEME.match(reference) or reference.startswith(("/", "\\")):
        reason = "another file is named by an absolute address"
        raise RefusedPathError(reason, shown, _INSIDE)
    plain = (unquote(reference) if is_uri else reference).replace("\\", "/")
    if "\0" in plain or plain.startswith("/") or _SCHEME.match(plain):
        reason = "this is not the name of a file"
        raise RefusedPathError(reason, shown, _INSIDE)
    parts: list[str] = list(base.parent.parts)
    for part in PurePosixPath(plain).parts:
        if part != "..":
            parts.append(part)
        elif parts:
            parts.pop()
        else:
            reason = "this path leaves the museum's folder"
            raise RefusedPathError(reason, shown, _INSIDE)
    return PurePosixPath(*parts)
