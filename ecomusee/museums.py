"""Which museum's folder a command is about."""

from __future__ import annotations

from pathlib import Path

from ecomusee.errors import UsageError
from ecomusee.phrases import Phrase

MUSEUM_FILE = "museum.yaml"
CONTENT = Path("content")

_NO_FOLDER = Phrase(
    fr="le dossier {folder} n’existe pas. Donnez celui de votre musée : --content DOSSIER",
    en="there is no folder {folder}. Name your museum's: --content FOLDER",
)
_NO_MUSEUM = Phrase(
    fr="{folder} ne contient pas de museum.yaml. Donnez le dossier de votre musée : --content DOSSIER",
    en="{folder} holds no museum.yaml. Name your museum's folder: --content FOLDER",
)
_SEVERAL = Phrase(
    fr="{folder} contient plusieurs musées. Ajoutez à votre commande l’un de ceux-ci : {choices}",
    en="{folder} holds several museums. Add one of these to your command: {choices}",
)


def museum_folder(asked: Path | None) -> Path:
    """Return the folder asked for, or the only museum here.

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
