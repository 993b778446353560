"""Read a model and its files from a zip, in memory."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Final

from assets_pipeline.errors import causes
from assets_pipeline.errors.exceptions import (
    DamagedFileError,
    LimitExceededError,
    MissingFileError,
    RefusedPathError,
    UnsupportedFormatError,
)
from assets_pipeline.resolver import (
    MAX_FILE_BYTES,
    MAX_TOTAL_BYTES,
    Resolver,
    normalize_name,
    resolve_reference,
)
from tours.file_formats import find_unsupported_format

MAX_MEMBERS: Final = 10_000
_MOST_RATIO: Final = 200  # text of numbers packs to a tenth
_SMALL_BYTES: Final = 16 << 20
_PACK_AGAIN: Final = "Pack the files again as a plain zip, without a password"
_ENCRYPTED: Final = 0x1
_IS_UTF8: Final = 0x800
_CLUTTER: Final = ("__MACOSX", ".DS_Store", "Thumbs.db")


class ZipArchive(Resolver):
    """A `Resolver` over the members of a zip.

    ``place`` is where it lies in the museum's folder.

    Parameters
    ----------
    content
        The zip's bytes.
    path
        Its place in the museum's folder.
    outer
        Who read it, and is told of members that were looked for in vain.

    Raises
    ------
    DamagedFileError
        If it is no whole zip.
    LimitExceededError
        If it unfolds to more than any model needs.
    RefusedPathError
        If a member's name leaves the zip.
    """

    def __init__(self, content: bytes, path: PurePosixPath, outer: Resolver) -> None:
        super().__init__(Path())
        self._around = outer if isinstance(outer, ZipArchive) else None
        self.place: PurePosixPath = self._around.place / path if self._around else path
        self.reads = outer.reads
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise DamagedFileError.from_cause(causes.ZIP_DAMAGED, "zip") from error
        self._members = _members(self._zip)
        self.guesses = outer.guesses
        self.ignored_models = outer.ignored_models
        self.ignored_extensions = outer.ignored_extensions

    def names(self) -> list[PurePosixPath]:
        """Return the members, sorted by name."""
        return sorted(self._members)

    def list_siblings(self, path: PurePosixPath) -> list[PurePosixPath]:
        """Return all other members: what is packed together belongs together."""
        return [name for name in self.names() if name != path]

    def read(self, path: PurePosixPath) -> bytes:
        """Return the content of a member.

        Raises
        ------
        MissingFileError
            If there is none of that name.
        DamagedFileError, LimitExceededError, UnsupportedFormatError
            If it can't be unfolded.
        """
        found = self._members.get(path)
        if found is None:
            self.reads[str(self.place / path)] = None
            reason = "the zip holds no such file"
            remedy = "Pack it with the model, and name it from there"
            raise MissingFileError(reason, str(path)[:200], remedy)
        if found.flag_bits & _ENCRYPTED:
            raise UnsupportedFormatError.from_cause(causes.ZIP_ENCRYPTED, str(path))
        try:
            with self._zip.open(found) as member:
                return member.read(found.file_size + 1)
        except NotImplementedError as error:
            raise UnsupportedFormatError.from_cause(
                causes.ZIP_COMPRESSION_UNSUPPORTED, str(path)
            ) from error
        except (
            *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError),
            *(OSError, RuntimeError, ValueError),
        ) as error:
            raise DamagedFileError.from_cause(
                causes.ZIP_MEMBER_DAMAGED, str(path), name=path
            ) from error

    def read_beside(
        self, base: PurePosixPath, reference: str, *, is_uri: bool = True
    ) -> bytes:
        """Return the content of a member that another one references.

        Where none has the very name, case and accents apart, the one member that has it
        in any folder is read, and at last that of a zip around this one: programs pack
        pictures apart from the model.
        """
        path = resolve_reference(base, reference, is_uri=is_uri)
        try:
            return self.read(path)
        except MissingFileError:
            content = self._read_similar(path)
            if content is None:
                raise
        del self.reads[str(self.place / path)]
        return content

    def _read_similar(self, path: PurePosixPath) -> bytes | None:
        bare = PurePosixPath(path.name)
        found = self._find_similar(path) or self._find_similar(bare)
        if found is not None:
            return self.read(found)
        return self._around.read_named(bare) if self._around else None

    def read_named(self, name: PurePosixPath) -> bytes | None:
        """Return the content of the only member of a name; None if there is not one."""
        found = self._find_similar(name)
        return None if found is None else self.read(found)

    def _find_similar(self, path: PurePosixPath) -> PurePosixPath | None:
        """Return the one member whose path ends so, case and kinds of accents apart."""
        parts = [normalize_name(part) for part in path.parts]
        alike = [
            name
            for name in self._members
            if [normalize_name(part) for part in name.parts[-len(parts) :]] == parts
        ]
        return alike[0] if len(alike) == 1 else None


def find_only_model(
    names: list[PurePosixPath], suffixes: tuple[str, ...]
) -> PurePosixPath:
    """Return the only model among the members of a zip.

    Raises
    ------
    UnsupportedFormatError
        If there is none, or if it can't be told which is meant.
    """
    models = [name for name in names if name.suffix.lower() in suffixes]
    if not models:
        raise _no_model_error(names, suffixes)
    # Sites that give models away pack one in several formats: glTF keeps most.
    kind = min(suffixes.index(name.suffix.lower()) for name in models)
    best = [name for name in models if name.suffix.lower() == suffixes[kind]]
    if len(best) > 1:
        named = ", ".join(map(str, best[:4]))
        raise UnsupportedFormatError.from_cause(
            causes.ZIP_WITH_SEVERAL_MODELS, "zip", names=named[:120]
        )
    return best[0]


def other_models(
    shown: PurePosixPath, names: list[PurePosixPath], suffixes: tuple[str, ...]
) -> list[PurePosixPath]:
    """Return the models of a zip that are not the same one in another format."""
    return [
        name
        for name in names
        if name.suffix.lower() in suffixes
        and normalize_name(name.stem) != normalize_name(shown.stem)
    ]


def _no_model_error(
    names: list[PurePosixPath], suffixes: tuple[str, ...]
) -> UnsupportedFormatError:
    for name in names:
        foreign = find_unsupported_format(name.suffix)
        if foreign is not None and foreign.is_shape:
            return UnsupportedFormatError.from_cause(
                causes.ZIP_WITHOUT_READABLE_MODEL,
                "zip",
                name=str(name)[:120],
                **foreign.values(),
            )
    return UnsupportedFormatError.from_cause(
        causes.ZIP_EMPTY, "zip", known=", ".join(suffixes)
    )


def _members(archive: zipfile.ZipFile) -> dict[PurePosixPath, zipfile.ZipInfo]:
    # Python 3.11's own `is_dir` fails on a name that is empty.
    listed = [i for i in archive.infolist() if not i.filename.endswith("/")]
    if len(listed) > MAX_MEMBERS:
        raise LimitExceededError.from_cause(
            causes.ZIP_WITH_TOO_MANY_FILES, "zip", count=len(listed)
        )
    _check_sizes(listed)
    found: dict[PurePosixPath, zipfile.ZipInfo] = {}
    for info in listed:
        name = PurePosixPath(_name(info).replace("\\", "/"))
        if not name.parts:
            continue
        if name.is_absolute() or ".." in name.parts or ":" in name.parts[0]:
            reason = "a name in the zip leaves it"
            raise RefusedPathError(reason, info.filename[:200], _PACK_AGAIN)
        if not set(_CLUTTER) & set(name.parts):
            found.setdefault(name, info)
    return found


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's name; macOS writes UTF-8 and does not say so."""
    if info.flag_bits & _IS_UTF8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode()
    except UnicodeError:
        return info.filename


def _check_sizes(listed: list[zipfile.ZipInfo]) -> None:
    total = sum(info.file_size for info in listed)
    for info in listed:
        is_bomb = info.file_size > _SMALL_BYTES and info.file_size > _MOST_RATIO * max(
            1, info.compress_size
        )
        if is_bomb or info.file_size > MAX_FILE_BYTES or total > MAX_TOTAL_BYTES:
            raise LimitExceededError.from_cause(
                causes.ARCHIVE_TOO_LARGE,
                info.filename[:200],
                mebibytes=MAX_FILE_BYTES >> 20,
            )
