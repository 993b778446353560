"""Which folder a museum was published from, so that a copy never takes its place unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ecomusee.changes import write_whole
from ecomusee.errors import UsageError
from ecomusee.museums import MUSEUM_FILE
from ecomusee.phrases import Phrase

if TYPE_CHECKING:
    from pathlib import Path

_FILE: Final = "published-from.txt"
"""In a museum's folder of releases; never served."""
_MOST_BYTES: Final = 10_000
_COPY = Phrase(
    fr="{build_dir} contient ce qui a été publié depuis {other}, et {folder} porte le même nom "
    "court. Pour essayer une copie sans toucher à l’autre, ajoutez : --build-dir essais. Si "
    "{folder} remplace l’autre pour de bon, déplacez ou renommez d’abord {other}",
    en="{build_dir} holds what was published from {other}, and {folder} has the same short "
    "name. To try a copy without touching the other, add: --build-dir trials. If {folder} "
    "takes the other's place for good, first move or rename {other}",
)


def refuse_copy(folder: Path, build_dir: Path) -> None:
    """Raise when another folder of this machine was published there, and still can be.

    Raises
    ------
    UsageError
        Naming both folders, and the ways out.
    """
    other = _origin(build_dir)
    if other is None or other == folder.resolve():
        return
    if (other / MUSEUM_FILE).is_file():
        raise UsageError(_COPY, build_dir=build_dir, other=other, folder=folder)


def note_origin(folder: Path, build_dir: Path) -> None:
    """Write down that a folder was published there."""
    write_whole(build_dir / _FILE, f"{folder.resolve()}\n".encode())


def _origin(build_dir: Path) -> Path | None:
    try:
        with (build_dir / _FILE).open("rb") as file:
            name = file.read(_MOST_BYTES).decode().strip()
    except (OSError, UnicodeDecodeError):
        return None
    return type(build_dir)(name) if name else None
