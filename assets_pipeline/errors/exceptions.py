"""Exceptions of the pipeline: one class for each kind of cause.

    AssetError                   the common root: file, place, reason, remedy
    ├── RefusedPathError         a file names another that it may not reach
    ├── MissingFileError         a file that is named does not exist
    ├── UnsupportedFormatError   a format or a required extension we do not read
    ├── DamagedFileError         bytes that contradict the format or themselves
    │   └── UnreadablePictureError  those of a picture; place: its name
    ├── MisnamedFileError        a sound file of another format than its name says
    ├── LimitExceededError       larger than any phone could use: refused unread
    ├── EmptyModelError          nothing to see: no triangle, or a single point
    ├── WrongShapeError     a sound picture that its use does not allow
    └── MissingToolError         a part of this installation is absent
        └── MissingProgramError  a program that the system should bring; place: its package
    NotSentError                 no fault of the asset: work elsewhere waits for a file

Messages are English sentences for programmers and logs; curators get the same four
parts through ``assets_pipeline.findings.catalogue``, in their own language where the
cause is a common one (``assets_pipeline.errors.causes``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Self

    from assets_pipeline.errors.causes import Cause


class AssetError(Exception):
    """An asset can't be used: the file, the place in it, the reason and the remedy.

    Parameters
    ----------
    reason
        What is wrong, with the value shown.
    place
        Where in the file, in the format's own words: ``accessors[3].count``.
    remedy
        What a person can do about it.
    file
        Its name within the museum's folder; filled by the first reader that knows it.
    """

    def __init__(
        self, reason: str, place: str, remedy: str, *, file: str | None = None
    ) -> None:
        super().__init__(reason, place, remedy, file)
        self.reason = reason
        self.place = place
        self.remedy = remedy
        self.file = file
        self.cause: Cause | None = None
        """The reason and the remedy in both languages, for curators."""

    @classmethod
    def from_cause(cls, cause: Cause, place: str, **values: object) -> Self:
        """Return the error of a cause that is worded in French and English.

        Parameters
        ----------
        cause
            Why, and what to do.
        place
            As everywhere.
        **values
            What its sentences name, beside the place.
        """
        told = cause.format({"place": place[:120], **values})
        reason, remedy = told.en.reason.rstrip("."), told.en.remedy.rstrip(".")
        error = cls(reason, place, remedy or RE_EXPORT)
        error.cause = told
        return error

    def __str__(self) -> str:
        file = self.file or "(in memory)"
        return f"{file}: {self.place}: {self.reason}. {self.remedy}"

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way back from a worker process, keyword argument included."""
        made = (type(self), (self.reason, self.place, self.remedy))
        return (_rebuild, (*made, self.file, self.cause))

    def in_file(self, file: str) -> AssetError:
        """Return the same error with its file's name, unless it already has one."""
        if self.file is None:
            self.file = file
        return self


class RefusedPathError(AssetError):
    """A reference to a file outside the museum's folder, or on a network."""


class MissingFileError(AssetError):
    """A referenced file does not exist."""


class UnsupportedFormatError(AssetError):
    """A file format, or an extension that the file requires, is not supported."""


class DamagedFileError(AssetError):
    """The bytes of a file contradict its format or themselves."""


class UnreadablePictureError(DamagedFileError):
    """A picture can't be decoded; ``place`` is its name."""


class MisnamedFileError(AssetError):
    """A file has another format than its extension says; ``place`` is that format."""


class LimitExceededError(AssetError):
    """A file is larger than any phone could use; refused before it is read whole."""


class EmptyModelError(AssetError):
    """A model without any surface."""


class WrongShapeError(AssetError):
    """A valid picture whose shape does not suit its use: a panorama that is not 2:1."""


class MissingToolError(AssetError):
    """A part of this installation is missing."""


class MissingProgramError(MissingToolError):
    """An external program is missing; ``place`` names the package that brings it."""


class FileNotSentError(Exception):
    """A file is needed on a remote worker, and was not sent there yet."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


RE_EXPORT = "Export it again from the program that made it"


def _rebuild(
    kind: type[AssetError],
    parts: tuple[str, str, str],
    file: str | None,
    cause: Cause | None,
) -> AssetError:
    error = kind(*parts, file=file)
    error.cause = cause
    return error
