"""``ecomusee validate``: read a museum's folder and tell all that must be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomusee.arguments import add_content
from ecomusee.errors import ExitCode
from ecomusee.museums import museum_folder
from ecomusee.phrases import Phrase
from ecomusee.terminal import finding_json

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path

    from ecomusee.arguments import Parser
    from ecomusee.terminal import Terminal
    from tours.diagnostics import Diagnostic

SUMMARY = Phrase(
    fr="relire les textes du musée et dire tout ce qui est à corriger",
    en="read the museum's texts and tell all that must be mended",
)
_STRICT = Phrase(
    fr="compter les avertissements comme des erreurs", en="count warnings as errors"
)
_CLEAN = Phrase(fr="{folder} : rien à corriger.", en="{folder}: nothing to mend.")
_COUNTS = Phrase(
    fr="{folder} : {errors} à corriger, {warnings} à vérifier.",
    en="{folder}: {errors} to mend, {warnings} to look at.",
)


def add_arguments(parser: Parser) -> None:
    """Add what this command takes."""
    add_content(parser)
    parser.option("--strict", help=_STRICT, action="store_true")


def run(options: argparse.Namespace, terminal: Terminal) -> ExitCode:
    """Print every finding of a museum's folder."""
    from tours.checks import read_museum

    folder = museum_folder(options.content)
    reading = read_museum(folder)
    terminal.findings(reading.diagnostics)
    say_counts(folder, reading.diagnostics, terminal)
    museum = reading.museum.id if reading.museum else None
    terminal.document(**counted(folder, museum, reading.diagnostics))
    has_failed = reading.has_errors or (options.strict and reading.diagnostics)
    return ExitCode.FINDINGS if has_failed else ExitCode.CLEAN


def counted(
    folder: Path, museum: str | None, diagnostics: Sequence[Diagnostic]
) -> dict[str, object]:
    """Return the findings about a museum's folder as programs read them."""
    errors = sum(finding.is_error for finding in diagnostics)
    return {
        "folder": folder.as_posix(),
        "museum": museum,
        "errors": errors,
        "warnings": len(diagnostics) - errors,
        "findings": [finding_json(finding) for finding in diagnostics],
    }


def say_counts(
    folder: Path, diagnostics: Sequence[Diagnostic], terminal: Terminal
) -> None:
    """Print how many findings there are."""
    if not diagnostics:
        terminal.say(_CLEAN, folder=folder)
        return
    errors = sum(finding.is_error for finding in diagnostics)
    terminal.say(
        _COUNTS, folder=folder, errors=errors, warnings=len(diagnostics) - errors
    )
