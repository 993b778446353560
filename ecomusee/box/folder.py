"""The folder that `ecomusee box` writes: whole or not at all, and never over another's work."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ecomusee.box.files import file_mode
from ecomusee.box.settings import SETTINGS_FILE, settings_from_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ecomusee.box.settings import BoxSettings


@dataclass(frozen=True, slots=True)
class FolderState:
    """What stands in a folder, beside what is to be written."""

    to_write: tuple[str, ...]
    """Files that are absent, or say other things."""
    edited: tuple[str, ...]
    """Those that somebody changed since they were written, or that are not ours."""


def kept_settings(folder: Path) -> BoxSettings | None:
    """Return the settings that a folder was written from; None where it was not.

    Raises
    ------
    ValueError
        If what is kept can't be read.
    """
    path = folder / SETTINGS_FILE
    return settings_from_json(path.read_bytes()) if path.exists() else None


def folder_state(
    folder: Path,
    files: Mapping[str, bytes],
    rendered: Callable[[BoxSettings], Mapping[str, bytes]],
) -> FolderState:
    """Return which files are to be written, and which of them somebody else changed.

    Parameters
    ----------
    files
        What is to stand there.
    rendered
        Gives the files of other settings: what was written last is ours to replace.
    """
    kept = kept_settings(folder)
    before = rendered(kept) if kept is not None else {}
    to_write, edited = [], []
    for name, content in files.items():
        path = folder / name
        there = path.read_bytes() if path.exists() else None
        if there != content:
            to_write.append(name)
            if there is not None and there != before.get(name):
                edited.append(name)
    return FolderState(tuple(to_write), tuple(edited))


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files; all are whole on the disk before the first takes its place."""
    drafts: list[tuple[Path, Path]] = []
    try:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft.")
            drafts.append((Path(draft), path))
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(draft).chmod(file_mode(name))
        for draft_path, path in drafts:
            draft_path.replace(path)
    finally:
        for draft_path, _ in drafts:
            draft_path.unlink(missing_ok=True)
