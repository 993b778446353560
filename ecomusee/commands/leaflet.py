"""``ecomusee leaflet``: draw each tour as a printable leaflet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomusee.arguments import add_build_dir, add_content
from ecomusee.crash_log import logging_to_file
from ecomusee.errors import ContentError, ExitCode
from ecomusee.findings import findings_json, print_counts
from ecomusee.folders import find_museum, translate_publishing_errors
from ecomusee.localization import Message
from ecomusee.worker_pool import default_jobs, process_pool

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from ecomusee.arguments import Parser
    from ecomusee.terminal import Terminal
    from publishing.leaflets.document import LeafletsResult

SUMMARY = Message(
    fr="dessiner le dépliant de chaque visite, à imprimer pour qui n’a pas de téléphone",
    en="draw the leaflet of each tour, to print for those without a phone",
)
_MAKING = Message(fr="images {done}/{total}…", en="pictures {done}/{total}…")
_NOT_DRAWN = Message(
    fr="Aucun dépliant : corrigez d’abord les erreurs.",
    en="No leaflet drawn: mend the errors first.",
)
_DONE = Message(fr="Dépliant : {file}", en="Leaflet: {file}")
_PRINT = Message(
    fr="Imprimez sur une feuille A4, recto verso.",
    en="Print on one sheet of A4, on both sides.",
)
_UNPRINTABLE = Message(
    fr="Pas de dépliant pour {names} : la police n’a pas ces lettres.",
    en="No leaflet for {names}: the font lacks these letters.",
)
_CANNOT_DRAW = Message(
    fr="un dépliant ne peut pas être dessiné, et rien n’est écrit ({detail})",
    en="a leaflet can't be drawn, and nothing is written ({detail})",
)


def add_arguments(parser: Parser) -> None:
    """Add what this command takes."""
    add_content(parser)
    add_build_dir(parser)


def run(options: argparse.Namespace, terminal: Terminal) -> ExitCode:
    """Write the leaflet of every tour in each of its languages."""
    from tours.checks import read_museum

    folder = find_museum(options.content)
    museum = read_museum(folder).museum
    name = museum.id if museum else None
    leaflets = _leaflets(folder, options.build_dir / str(name), terminal)
    terminal.findings(leaflets.diagnostics)
    if leaflets.diagnostics:
        print_counts(folder, leaflets.diagnostics, terminal)
    for pdf in leaflets.pdfs:
        terminal.say(_DONE, file=pdf)
    if leaflets.unprintable:
        terminal.say(_UNPRINTABLE, names=", ".join(leaflets.unprintable))
    terminal.say(_NOT_DRAWN if leaflets.has_errors else _PRINT)
    terminal.document(
        **findings_json(folder, name, leaflets.diagnostics),
        files=[pdf.as_posix() for pdf in leaflets.pdfs],
    )
    return ExitCode.FINDINGS if leaflets.has_errors else ExitCode.CLEAN


def _leaflets(folder: Path, build_dir: Path, terminal: Terminal) -> LeafletsResult:
    from publishing.errors import LabelError
    from publishing.leaflets.document import print_leaflets

    with (
        logging_to_file() as log,
        terminal.progress() as show,
        translate_publishing_errors(build_dir),
    ):

        def progress(done: int, total: int, _share: float, _in_hand: str) -> None:
            show(_MAKING.text(terminal.language, done=done, total=total))

        try:
            with process_pool(default_jobs(), log) as executor:
                return print_leaflets(
                    folder, build_dir, executor=executor, progress=progress
                )
        except LabelError as error:
            raise ContentError(_CANNOT_DRAW, detail=error) from error
