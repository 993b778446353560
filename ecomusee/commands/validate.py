"""``ecomusee validate``: check a museum's folder, and fix what can be fixed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomusee.arguments import add_build_dir, add_content
from ecomusee.errors import ExitCode
from ecomusee.findings import (
    finding_json,
    findings_json,
    preflight_assets,
    print_counts,
)
from ecomusee.folders import find_museum
from ecomusee.localization import Message

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path

    from ecomusee.arguments import Parser
    from ecomusee.terminal import Terminal
    from tours.checks import MuseumReading
    from tours.diagnostics import Diagnostic

SUMMARY = Message(
    fr="relire les textes du musée et dire tout ce qui est à corriger",
    en="read the museum's texts and tell all that must be mended",
)
_STRICT = Message(
    fr="compter les avertissements comme des erreurs", en="count warnings as errors"
)
_FIX = Message(
    fr="corriger ce qui peut l’être sans se tromper, après l’avoir montré",
    en="mend what can be mended without a doubt, after showing it",
)
_DIFF = Message(
    fr="montrer ce que --fix changerait, et ne rien écrire",
    en="show what --fix would change, and write nothing",
)
_FIXED = Message(
    fr="Corrigé : {count} ({codes}), dans {files}.",
    en="Mended: {count} ({codes}), in {files}.",
)
_FIXABLE = Message(
    fr="Se corrige tout seul avec --fix : {count}.",
    en="Mended by --fix alone: {count}.",
)
_UNMENDED = Message(
    fr="Ne se corrige pas tout seul cette fois, parce qu’autre chose ne va pas au même endroit : {codes}. Suivez ce que dit la flèche ( → ).",
    en="Not mended alone this time, for something else is wrong in the same place: {codes}. Do as the arrow ( → ) says.",
)
_REMEMBERED = Message(
    fr="Constaté à la dernière fabrication (« ecomusee build »), sur des fichiers inchangés depuis :",
    en="Found when files were last made (`ecomusee build`); they have not changed since:",
)
_UNSEEN = Message(
    fr="« ecomusee build » dira ce que contiennent les fichiers qui restent à fabriquer : {files}.",
    en="`ecomusee build` will tell what is in the files still to be made: {files}.",
)
_UNSEEN_SHOWN = 3
_MORE = Message(fr="{files} et {count} de plus", en="{files} and {count} more")


def add_arguments(parser: Parser) -> None:
    """Add what this command takes."""
    add_content(parser)
    add_build_dir(parser)
    parser.option("--strict", help=_STRICT, action="store_true")
    parser.option("--fix", help=_FIX, action="store_true")
    parser.option("--diff", help=_DIFF, action="store_true")


def run(options: argparse.Namespace, terminal: Terminal) -> ExitCode:
    """Print every finding of a museum's folder, once what can be mended is."""
    from tours.checks import read_museum

    folder = find_museum(options.content)
    reading = read_museum(folder)
    mended: tuple[Diagnostic, ...] = ()
    if (options.fix or options.diff) and reading.diagnostics:
        reading, mended = _apply_fixes(
            folder, reading, terminal, only_shown=options.diff
        )
    told = preflight_assets(reading.museum, options.build_dir)
    live = tuple(sorted({*reading.diagnostics, *(told.current if told else ())}))
    remembered = told.recorded if told else ()
    terminal.findings(live)
    if remembered:
        terminal.say(_REMEMBERED)
        terminal.findings(remembered)
    print_counts(folder, (*live, *remembered), terminal)
    if reading.diagnostics and not (options.fix or options.diff):
        _print_fixable(reading.diagnostics, terminal)
    unseen = told.unread if told else ()
    if not reading.has_errors:
        _print_pending(unseen, terminal)
    museum = reading.museum.id if reading.museum else None
    document = findings_json(folder, museum, (*live, *remembered))
    document["from_last_build"] = [finding_json(finding) for finding in remembered]
    document["unseen"] = list(unseen)
    if options.fix or options.diff:
        document["mended"] = [finding_json(finding) for finding in mended]
    terminal.document(**document)
    return _exit_code((*live, *remembered), is_strict=options.strict)


def _exit_code(findings: Sequence[Diagnostic], *, is_strict: bool) -> ExitCode:
    has_failed = any(finding.is_error or is_strict for finding in findings)
    return ExitCode.FINDINGS if has_failed else ExitCode.CLEAN


def _apply_fixes(
    folder: Path, reading: MuseumReading, terminal: Terminal, *, only_shown: bool
) -> tuple[MuseumReading, tuple[Diagnostic, ...]]:
    """Return what is left to tell, and what was mended."""
    from ecomusee.file_changes import Change, write_changes
    from tours.autofix import fix_museum, is_fixable

    mending = fix_museum(folder)
    unmended = {f.code for f in mending.left.diagnostics if is_fixable(f)}
    if unmended:
        terminal.say(_UNMENDED, codes=", ".join(sorted(unmended)))
    changes = [Change(file.path, file.before, file.after) for file in mending.files]
    if not changes or not write_changes(changes, terminal, only_shown=only_shown):
        return reading, ()
    codes = sorted({finding.code for finding in mending.mended})
    terminal.say(
        _FIXED,
        count=len(mending.mended),
        codes=", ".join(codes),
        files=", ".join(change.path.as_posix() for change in changes),
    )
    return mending.left, mending.mended


def _print_fixable(diagnostics: Sequence[Diagnostic], terminal: Terminal) -> None:
    from tours.autofix import is_fixable

    count = sum(map(is_fixable, diagnostics))
    if count:
        terminal.say(_FIXABLE, count=count)


def _print_pending(files: Sequence[str], terminal: Terminal) -> None:
    if not files:
        return
    shown = ", ".join(files[:_UNSEEN_SHOWN])
    if more := len(files[_UNSEEN_SHOWN:]):
        shown = _MORE.text(terminal.language, files=shown, count=more)
    terminal.say(_UNSEEN, files=shown)
