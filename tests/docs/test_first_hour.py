"""A curator's first hour, played by the commands: from nothing to a printed label.

Five mistakes are made on the way, and mended. What the program answers is recorded in
``docs/curators/premiere-heure.md``: ``ECOMUSEE_RECORD=1 pytest tests/docs/test_first_hour.py``.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.docs.test_curators import FOLDER, Block, Reader, _difference

if TYPE_CHECKING:
    from pathlib import Path

PAGE = FOLDER / "premiere-heure.md"
TOUR = "ma-forge/tours/premiere-visite.yaml"


@dataclass(frozen=True)
class Types:
    """What somebody changes in a file."""

    right: str
    wrong: str

    @property
    def shown(self) -> str:
        """The line that is typed, its tabs to be seen."""
        return self.wrong.replace("\t", "→").strip("\n").rstrip()


STEPS: tuple[str | tuple[Types, ...], ...] = (
    ("# Une première heure, jouée d’un bout à l’autre\n\nUne conservatrice commence un musée, se trompe cinq fois, "
    "corrige, construit et imprime. Tout ce qui suit est ce que le programme a vraiment répondu.\n\n## Commencer"),
    '$ ecomusee new ma-forge --name "Musée de la forge" --languages fr',
    ("## Écrire, et se tromper\n\nElle change cinq lignes de `tours/premiere-visite.yaml` : un deux-points dans un titre, "
    "une tabulation, une barre à l’envers, une hauteur sans unité, une clé en français."),
    (
        Types("  fr: Première visite\n", "  fr: La forge : une visite\n"),
        Types("      slope: 30°", "\tslope: 30°"),
        Types("      model: models/phare.glb", "      model: models\\phare.glb"),
        Types("      height: 24 m ", "      height: 24 "),
        Types("    title:\n      fr: Le quai", "    titre:\n      fr: Le quai"),
    ),
    "$ ecomusee validate --content ma-forge",
    "## Corriger\n\nQuatre des cinq ne laissent aucun doute : le programme les corrige.",
    "$ ecomusee validate --content ma-forge --fix",
    "La dernière, elle seule peut la corriger : vingt-quatre mètres.",
    (Types("      height: 24 ", "      height: 24 m "),),
    "$ ecomusee validate --content ma-forge",
    "## Construire\n\nLe programme fabrique les pages et les fichiers pour les téléphones.",
    "$ ecomusee build --content ma-forge",
    "## Imprimer\n\nIl attribue à chaque arrêt son code, pour toujours, et dessine les étiquettes.",
    "$ ecomusee labels --content ma-forge",
    "Une dernière construction, et les codes répondent.",
    "$ ecomusee build --content ma-forge",
)  # fmt: skip


def test_first_hour(tmp_path: Path) -> None:
    reader = Reader(tmp_path)

    parts = [_part(reader, step) for step in STEPS]

    found = "\n\n".join(parts) + "\n"
    if os.environ.get("ECOMUSEE_RECORD"):
        PAGE.write_text(found, encoding="utf-8")
    assert _difference(PAGE.read_text(encoding="utf-8"), found) is None
    printed = list(tmp_path.rglob("*.pdf"))
    assert printed
    assert printed[0].read_bytes().startswith(b"%PDF")


def _part(reader: Reader, step: str | tuple[Types, ...]) -> str:
    """Return what a step adds to the page."""
    if isinstance(step, tuple):
        path = reader.folder / TOUR
        text = path.read_text(encoding="utf-8")
        for typed in step:
            assert typed.right in text, typed.right
            text = text.replace(typed.right, typed.wrong, 1)
        path.write_text(text, encoding="utf-8")
        lines = "\n".join(typed.shown for typed in step)
        return f"```text\n{lines}\n```"
    if not step.startswith("$ "):
        return step
    command = step.removeprefix("$ ")
    problem = reader.does(Block(PAGE.name, 1, "sh", command))
    assert problem is None, problem
    answer = re.sub(r"(?m)[ \t]+$", "", reader.answer).strip()
    return f"```text\n$ {command}\n{answer}\n```"
