"""Find the folders of a museum and of its releases, and refuse copies of a museum."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ecomusee.errors import MissingError, UsageError
from ecomusee.file_changes import write_atomically
from ecomusee.localization import Message

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator


MUSEUM_FILE = "museum.yaml"
CONTENT = Path("content")

_NO_FOLDER = Message(
    fr="le dossier {folder} n’existe pas. Donnez celui de votre musée : --content DOSSIER",
    en="there is no folder {folder}. Name your museum's: --content FOLDER",
)
_NO_MUSEUM = Message(
    fr="{folder} ne contient pas de museum.yaml. Donnez le dossier de votre musée : --content DOSSIER",
    en="{folder} holds no museum.yaml. Name your museum's folder: --content FOLDER",
)
_SEVERAL = Message(
    fr="{folder} contient plusieurs musées. Ajoutez à votre commande l’un de ceux-ci : {choices}",
    en="{folder} holds several museums. Add one of these to your command: {choices}",
)
_UNKNOWN_MUSEUM = Message(
    fr="museum.yaml ne se lit pas, et {folder} ne contient pas un musée, un seul. "
    "« ecomusee validate » dit ce qui est à corriger",
    en="museum.yaml can't be read, and {folder} does not hold one museum, and only one. "
    "`ecomusee validate` tells what to mend",
)
_BUSY = Message(
    fr="une autre commande écrit déjà dans {folder}. Attendez qu’elle finisse, puis recommencez",
    en="another command is writing into {folder}. Wait until it ends, then try again",
)
_DAMAGED = Message(
    fr="la publication n’est pas entière, et celle d’avant reste servie ({detail}). "
    "Le disque est-il plein ou abîmé ? Recommencez",
    en="the release is not whole, and the one before is still served ({detail}). "
    "Is the disk full or damaged? Try again",
)
_FOREIGN = Message(
    fr="{folder} contient les publications d’un autre musée. Choisissez un autre dossier : --build-dir",
    en="{folder} holds another museum's releases. Choose another folder: --build-dir",
)
_NO_EARLIER = Message(
    fr="pas de publication de ce nom, ou pas de plus ancienne. « ecomusee releases » les montre",
    en="there is no release of that name, or no earlier one. `ecomusee releases` shows them",
)
_FILE: Final = "published-from.txt"
"""In a museum's folder of releases; never served."""
_MOST_BYTES: Final = 10_000
_COPY = Message(
    fr="{build_dir} contient ce qui a été publié depuis {other}, et {folder} porte le même nom "
    "court. Pour essayer une copie sans toucher à l’autre, ajoutez : --build-dir essais. Si "
    "{folder} remplace l’autre pour de bon, déplacez ou renommez d’abord {other}",
    en="{build_dir} holds what was published from {other}, and {folder} has the same short "
    "name. To try a copy without touching the other, add: --build-dir trials. If {folder} "
    "takes the other's place for good, first move or rename {other}",
)


def find_museum(asked: Path | None) -> Path:
    """Return the museum's folder: the one asked for, or the only one here.

    A folder that holds museums stands for its museum when there is only one.

    Raises
    ------
    UsageError
        If there is none, or several to choose from.
    """
    if asked is None:
        here = Path()
        asked = here if (here / MUSEUM_FILE).is_file() else CONTENT
    if asked.name == MUSEUM_FILE and asked.is_file():
        return asked.parent
    if not asked.is_dir():
        raise UsageError(_NO_FOLDER, folder=asked)
    if (asked / MUSEUM_FILE).is_file():
        return asked
    museums = sorted(path.parent for path in asked.glob(f"*/{MUSEUM_FILE}"))
    if not museums:
        raise UsageError(_NO_MUSEUM, folder=asked)
    if len(museums) > 1:
        choices = ", ".join(f"--content {museum.as_posix()}" for museum in museums)
        raise UsageError(_SEVERAL, folder=asked, choices=choices)
    return museums[0]


def find_releases(options: argparse.Namespace) -> Path:
    """Return the folder of a museum's releases, ``build/<museum>``.

    It is found even when the museum's texts are being mended, if it is the only one: what
    has been published must stay within reach.

    Raises
    ------
    UsageError
        If the museum can't be told.
    """
    from tours.checks import read_museum

    build_dir: Path = options.build_dir
    museum = read_museum(find_museum(options.content)).museum
    if museum is not None:
        return build_dir / museum.id
    published = [path.parent for path in build_dir.glob("*/current")]
    if len(published) != 1:
        raise UsageError(_UNKNOWN_MUSEUM, folder=build_dir)
    return published[0]


@contextmanager
def translate_publishing_errors(folder: Path) -> Iterator[None]:
    """Turn publishing's exceptions into messages with an exit code."""
    from publishing import errors

    try:
        yield
    except errors.BusyError as error:
        raise MissingError(_BUSY, folder=folder) from error
    except errors.ForeignReleasesError as error:
        raise UsageError(_FOREIGN, folder=folder) from error
    except errors.NoEarlierReleaseError as error:
        raise UsageError(_NO_EARLIER) from error
    except errors.DamagedReleaseError as error:
        raise MissingError(_DAMAGED, detail=error) from error


def refuse_copy(folder: Path, build_dir: Path) -> None:
    """Raise when another existing folder was published there.

    Raises
    ------
    UsageError
        Naming both folders, and the ways out.
    """
    other = _read_origin(build_dir)
    if other is None or other == folder.resolve():
        return
    if (other / MUSEUM_FILE).is_file():
        raise UsageError(_COPY, build_dir=build_dir, other=other, folder=folder)


def record_origin(folder: Path, build_dir: Path) -> None:
    """Record the folder that was published there."""
    write_atomically(build_dir / _FILE, f"{folder.resolve()}\n".encode())


def _read_origin(build_dir: Path) -> Path | None:
    try:
        with (build_dir / _FILE).open("rb") as file:
            name = file.read(_MOST_BYTES).decode().strip()
    except (OSError, UnicodeDecodeError):
        return None
    return type(build_dir)(name) if name else None
