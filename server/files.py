"""Open the files of a release: verified against their digest, kept in memory or as a descriptor.

What was verified is what is sent: small files stay in memory, large ones behind a
descriptor that outlives their name, so that a release may be replaced or removed
while its last visitors still download from it.
"""

from __future__ import annotations

import errno
import hashlib
import os
import weakref
from typing import TYPE_CHECKING

from tours.release import ReleaseError

if TYPE_CHECKING:
    from pathlib import Path

    from tours.release import StoredFile

_NO_ROOM = frozenset({errno.EMFILE, errno.ENFILE})
_CHUNK_BYTES = 1 << 20
_FLAGS = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class DamagedReleaseError(ReleaseError):
    """A file is absent, or is not the one that ``release.json`` names."""


class Descriptor:
    """An open file, closed when the last response that needs it is done."""

    __slots__ = ("__weakref__", "fd", "size_bytes")

    def __init__(self, fd: int, size_bytes: int) -> None:
        self.fd = fd
        self.size_bytes = size_bytes
        weakref.finalize(self, os.close, fd)

    def read(self, offset: int, count: int) -> bytes:
        """Return up to `count` bytes from `offset`; fewer only at the end."""
        if hasattr(os, "pread"):
            return os.pread(self.fd, count, offset)
        os.lseek(self.fd, offset, os.SEEK_SET)
        return os.read(self.fd, count)


Body = bytes | Descriptor
"""What is sent: from memory, or from the disk cache."""


def open_verified(path: Path, stored: StoredFile, *, in_memory: bool) -> Body:
    """Return a file's bytes or its descriptor, once size and digest match.

    Raises
    ------
    DamagedReleaseError
        If the file can't be read, or differs from what `stored` says.
    ReleaseError
        If no more files may be open.
    """
    try:
        body = Descriptor(os.open(path, _FLAGS), stored.size_bytes)
        return _verify(body, stored, in_memory=in_memory)
    except OSError as error:
        if error.errno in _NO_ROOM:
            message = "this machine lets too few files be open: raise `ulimit -n`"
            raise ReleaseError(message) from error
        reason = error.strerror or "cannot be read"
        message = f"{stored.file}: {reason}: publish again, or roll back"
        raise DamagedReleaseError(message) from error


def _verify(body: Descriptor, stored: StoredFile, *, in_memory: bool) -> Body:
    if os.fstat(body.fd).st_size != stored.size_bytes:
        message = f"{stored.file} has not the size that release.json says: publish again, or roll back"
        raise DamagedReleaseError(message)
    digest = hashlib.sha256()
    kept = []
    offset = 0
    while chunk := body.read(offset, _CHUNK_BYTES):
        digest.update(chunk)
        offset += len(chunk)
        if in_memory:
            kept.append(chunk)
    if digest.hexdigest() != stored.sha256:
        message = f"{stored.file} is not the file that was published: publish again, or roll back"
        raise DamagedReleaseError(message)
    return b"".join(kept) if in_memory else body
