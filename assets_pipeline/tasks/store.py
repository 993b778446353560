"""A content-addressed file store, and records of what files were made from.

    <folder>/<sha256>.<ext>        what visitors are sent
    <folder>/.made/<key>.json      what a step gave for one key

Files are written whole or not at all: under another name first, synced, then renamed
within the folder, then the folder synced. Any number of processes may write at once:
equal names hold equal bytes. A record is believed only while every file it names is
there with the right bytes.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import time
from typing import TYPE_CHECKING, Final

from tours.bundle import MediaFile

if TYPE_CHECKING:
    from pathlib import Path

STORE: Final = "files"
"""The folder of the store, within a museum's build folder."""
_RECORDS: Final = ".made"
_FRESH: Final = ".fresh-"
_STALE_S: Final = 24 * 3600
_BINARY: Final[int] = getattr(os, "O_BINARY", 0)

Json = dict[str, object]


class Store:
    """A content-addressed folder.

    Parameters
    ----------
    folder
        Made when the first file is written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, file: MediaFile) -> Path:
        """Return the path at which a file is or would be stored."""
        return self.folder / file.name

    def put(self, content: bytes, extension: str, media_type: str) -> MediaFile:
        """Store a file's content and return its description.

        Parameters
        ----------
        content
            The bytes to keep.
        extension
            With its dot: ``.glb``.
        media_type
            As HTTP names it: ``model/gltf-binary``.
        """
        digest = hashlib.sha256(content).hexdigest()
        file = MediaFile(digest, len(content), extension, media_type)
        if not self.contains(file):
            _write(self.path(file), content)
        return file

    def contains(self, file: MediaFile) -> bool:
        """Return whether a file is stored with the right bytes."""
        path = self.path(file)
        try:
            if path.stat().st_size != file.size_bytes:
                return False
            with path.open("rb") as opened:
                return hashlib.file_digest(opened, "sha256").hexdigest() == file.sha256
        except OSError:
            return False

    def read_record(self, key: str) -> Json | None:
        """Return the record of a key; None if there is no readable one."""
        try:
            found = json.loads(self._record_path(key).read_bytes())
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def write_record(self, key: str, record: Json) -> None:
        """Write the record of a key, over an earlier one."""
        text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True)
        _write(self._record_path(key), text.encode())

    def remove_stale(self) -> None:
        """Remove temporary files that interrupted programs left a day ago or more."""
        for folder in (self.folder, self.folder / _RECORDS):
            for path in folder.glob(f"{_FRESH}*"):
                with contextlib.suppress(OSError):
                    if time.time() - path.stat().st_mtime > _STALE_S:
                        path.unlink()

    def _record_path(self, key: str) -> Path:
        return self.folder / _RECORDS / f"{key}.json"


def _write(path: Path, content: bytes) -> None:
    """Put a whole file in place of whatever is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{_FRESH}{secrets.token_hex(8)}")
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY
    descriptor = os.open(fresh, flags, 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut, where the system lets folders be synced."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
