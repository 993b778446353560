"""Atomic file operations and locks: every change that publishing makes on disk.

Nothing else in this package writes. Each step is one system call and is announced to
``before``, so that a test can kill the program at any of them and look at what is
left. What is written is on the disk (``fsync``), not in a cache, when a method ends.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from typing import TYPE_CHECKING, TypeVar

from publishing.errors import BusyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

T = TypeVar("T")
_COPY_BYTES = 1 << 20
_BINARY: int = getattr(os, "O_BINARY", 0)
_LOCKED_BYTE = 1 << 30
"""Locks are taken on a byte far past the end, so that Windows still lets others read."""


def _no_hook(_step: str, _path: Path) -> None:
    """Let every step happen."""


class Disk:
    """File-system operations, each announced before its system call.

    Parameters
    ----------
    before
        Called ahead of each system call that changes the disk, with its name and the
        path it changes.
    """

    def __init__(self, before: Callable[[str, Path], None] = _no_hook) -> None:
        self._before = before

    def make_folder(self, path: Path) -> None:
        """Create a folder and those above it, where they are missing."""
        if path.is_dir():
            return
        self.make_folder(path.parent)
        self._before("mkdir", path)
        path.mkdir()

    def write(self, path: Path, content: bytes) -> None:
        """Create a file that must not exist, with its content."""
        self._before("create", path)
        descriptor = os.open(
            path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, 0o666
        )
        with _closing(descriptor):
            self._append(descriptor, path, content)
            self._before("fsync", path)
            os.fsync(descriptor)

    def link(self, source: Path, target: Path) -> None:
        """Give a file a second name, or copy it where the file system can't."""
        self._before("link", target)
        try:
            os.link(source, target)
        except OSError:
            # Another volume, a FAT disk, NTFS' 1,023 names for one file: all say so
            # in their own way, and a copy serves for each.
            self._copy(source, target)

    def replace(self, path: Path, content: bytes) -> None:
        """Write a file whole, or leave the one that is there."""
        fresh = path.with_name(f".{path.name}.new")
        self.remove(fresh)
        try:
            self.write(fresh, content)
            self.rename(fresh, path)
        except BaseException:
            self.remove(fresh)
            raise
        self.sync_folder(path.parent)

    def rename(self, source: Path, target: Path) -> None:
        """Rename a file or a folder; a file takes the place of another."""
        self._before("rename", target)
        _retry_on_windows(lambda: source.replace(target))

    def sync_folder(self, path: Path) -> None:
        """Bring the names within a folder to the disk, where the system can."""
        if os.name == "nt":
            return  # Windows opens no folder; NTFS keeps names in its journal
        self._before("fsync", path)
        descriptor = os.open(path, os.O_RDONLY)
        with _closing(descriptor):
            os.fsync(descriptor)

    def remove(self, path: Path) -> None:
        """Remove a file, or a folder with all it holds, if it is there."""
        if path.is_dir() and not path.is_symlink():
            for item in sorted(path.iterdir()):
                self.remove(item)
            self._before("rmdir", path)
            _retry_on_windows(path.rmdir)
        elif path.exists() or path.is_symlink():
            self._before("unlink", path)
            _retry_on_windows(path.unlink)

    def _append(self, descriptor: int, path: Path, content: bytes) -> None:
        rest = memoryview(content)
        while rest:
            self._before("write", path)
            rest = rest[os.write(descriptor, rest) :]

    def _copy(self, source: Path, target: Path) -> None:
        self._before("create", target)
        descriptor = os.open(
            target, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, 0o666
        )
        with _closing(descriptor), source.open("rb") as stream:
            while piece := stream.read(_COPY_BYTES):
                self._append(descriptor, target, piece)
            self._before("fsync", target)
            os.fsync(descriptor)


@contextlib.contextmanager
def exclusive_lock(path: Path, busy: str) -> Iterator[None]:
    """Hold an exclusive lock on a file until the block ends.

    The lock goes with the process: killing it leaves nothing to clean up. Children do
    not inherit it.

    Parameters
    ----------
    path
        The file to lock; created empty when missing, never removed.
    busy
        What to say when another holds it.

    Raises
    ------
    BusyError
        If another process, or another thread of this one, holds the lock.
    """
    key = os.path.realpath(path)
    with _HELD_GUARD:
        if key in _HELD:
            raise BusyError(busy)
        _HELD.add(key)
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_RDWR | _BINARY, 0o666)
        with _closing(descriptor):
            try:
                _lock(descriptor)
            except OSError as error:
                raise BusyError(busy) from error
            yield
    finally:
        with _HELD_GUARD:
            _HELD.discard(key)


_HELD: set[str] = set()
"""Files locked by this process: the system's locks do not part threads."""
_HELD_GUARD = threading.Lock()


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415  (Windows has no fcntl, and the reverse)

        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415  (as above)

        flags = fcntl.LOCK_EX | fcntl.LOCK_NB
        fcntl.lockf(descriptor, flags, 1, _LOCKED_BYTE)


@contextlib.contextmanager
def _closing(descriptor: int) -> Iterator[None]:
    try:
        yield
    finally:
        os.close(descriptor)


def _retry_on_windows(change: Callable[[], T]) -> T:
    """Do a change that Windows refuses while another program has the file open.

    A server that reads ``current``, or a virus scanner, holds it for milliseconds.
    """
    for _ in range(20 if os.name == "nt" else 0):
        try:
            return change()
        except PermissionError:
            time.sleep(0.05)
    return change()
