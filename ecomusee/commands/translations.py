"""``ecomusee translations``: export texts to translators, import their translations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ecomusee.arguments import add_content
from ecomusee.errors import ExitCode, UsageError
from ecomusee.file_changes import Change, write_changes
from ecomusee.folders import find_museum
from ecomusee.localization import Message, shell_quoted

if TYPE_CHECKING:
    import argparse

    from ecomusee.arguments import Parser
    from ecomusee.terminal import Terminal
    from publishing.po_files import PoImport
    from tours.model import Museum

SUMMARY = Message(
    fr="envoyer les textes aux traducteurs (PO), et reprendre leur travail",
    en="send texts to translators (PO), and take their work back",
)
_ACTION = Message(
    fr="export : écrire le fichier d’une langue ; import : reprendre un fichier traduit",
    en="export: write the file of a language; import: take a translated file back",
)
_FILE = Message(
    fr="fichier PO (export : sinon <musée>.<langue>.po)",
    en="PO file (export: else <museum>.<language>.po)",
)
_TO = Message(fr="langue à traduire (export)", en="language to translate into (export)")
_DIFF = Message(
    fr="montrer ce qui changerait, et ne rien écrire (import)",
    en="show what would change, and write nothing (import)",
)
_NO_LANGUAGE = Message(
    fr="dites vers quelle langue traduire, par exemple : --to en. Le musée annonce {known}",
    en="say which language to translate into, for instance: --to en. The museum announces {known}",
)
_NO_FILE = Message(
    fr="dites quel fichier reprendre : ecomusee translations import FICHIER",
    en="say which file to take back: ecomusee translations import FILE",
)
_NOT_PO = Message(
    fr="{path} ne se lit pas comme un fichier d’« ecomusee translations export » ({detail})",
    en="{path} does not read as a file of `ecomusee translations export` ({detail})",
)
_ERRORS = Message(
    fr="les textes du musée ont des fautes. « ecomusee validate » les dit ; corrigez-les d’abord",
    en="the museum's texts have errors. `ecomusee validate` tells them; mend them first",
)
_WRITTEN = Message(
    fr="Écrit : {path}. Donnez ce fichier au traducteur ; « ecomusee translations import {typed} » le reprendra.",
    en="Written: {path}. Give this file to the translator; `ecomusee translations import {typed}` takes it back.",
)
_TAKEN = Message(
    fr="Traductions reprises : {written}. Déjà là : {same}.",
    en="Translations taken back: {written}. There already: {same}.",
)
_WOULD = Message(
    fr="Traductions à reprendre : {written}. Déjà là : {same}.",
    en="Translations to take back: {written}. There already: {same}.",
)
_DOUBTFUL = Message(
    fr="Laissées de côté, marquées incertaines par le traducteur (« fuzzy ») : {names}",
    en="Left out, marked unsure by the translator (“fuzzy”): {names}",
)
_OUTDATED = Message(
    fr="Laissées de côté, le texte a changé depuis l’envoi : {names}. Exportez de nouveau.",
    en="Left out, the text has changed since it was sent: {names}. Export again.",
)
_UNKNOWN = Message(
    fr="Laissées de côté, ce texte n’existe plus : {names}",
    en="Left out, there is no such text any more: {names}",
)


def add_arguments(parser: Parser) -> None:
    """Add what this command takes."""
    add_content(parser)
    parser.option("action", help=_ACTION, choices=("export", "import"))
    parser.option("file", help=_FILE, type=Path, nargs="?", metavar="FILE")
    parser.option("--to", help=_TO, metavar="LANG")
    parser.option("--diff", help=_DIFF, action="store_true")


def run(options: argparse.Namespace, terminal: Terminal) -> ExitCode:
    """Write a translator's file, or take one back."""
    from tours.checks import read_museum

    folder = find_museum(options.content)
    reading = read_museum(folder)
    if reading.museum is None or reading.has_errors:
        raise UsageError(_ERRORS)
    if options.action == "export":
        return _export(reading.museum, options, terminal)
    if options.file is None:
        raise UsageError(_NO_FILE)
    return _import(folder, options, terminal)


def _export(
    museum: Museum, options: argparse.Namespace, terminal: Terminal
) -> ExitCode:
    from publishing.po_files import export_po

    if options.to not in museum.languages:
        raise UsageError(_NO_LANGUAGE, known=", ".join(museum.languages))
    path: Path = options.file or Path(f"{museum.id}.{options.to}.po")
    path.write_text(export_po(museum, options.to), encoding="utf-8")
    terminal.say(_WRITTEN, path=path, typed=shell_quoted(path))
    terminal.document(file=path.as_posix(), language=options.to)
    return ExitCode.CLEAN


def _import(folder: Path, options: argparse.Namespace, terminal: Terminal) -> ExitCode:
    from publishing.po_files import PoFormatError, import_po

    try:
        content = options.file.read_text(encoding="utf-8-sig")
        returned = import_po(folder, content)
    except (PoFormatError, UnicodeDecodeError) as error:
        raise UsageError(_NOT_PO, path=options.file, detail=error) from error
    changes = [Change(*file) for file in returned.files]
    is_written = write_changes(changes, terminal, only_shown=options.diff)
    counts = {"written": returned.written, "same": returned.same}
    terminal.say(_TAKEN if is_written else _WOULD, **counts)
    _say_left(returned, terminal)
    terminal.document(
        **counts,
        changed=[change.path.as_posix() for change in changes] if is_written else [],
        doubtful=list(returned.doubtful),
        outdated=list(returned.outdated),
        unknown=list(returned.unknown),
    )
    # What the translator marked unsure is theirs to finish: nothing is wrong here.
    is_clean = not (returned.outdated or returned.unknown)
    return ExitCode.CLEAN if is_clean else ExitCode.FINDINGS


def _say_left(returned: PoImport, terminal: Terminal) -> None:
    for phrase, names in (
        (_DOUBTFUL, returned.doubtful),
        (_OUTDATED, returned.outdated),
        (_UNKNOWN, returned.unknown),
    ):
        if names:
            terminal.say(phrase, names=", ".join(names))
