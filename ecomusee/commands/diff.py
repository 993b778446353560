"""``ecomusee diff``: compare the current release with what would be published next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ecomusee.arguments import add_build_dir, add_content
from ecomusee.errors import ExitCode
from ecomusee.findings import findings_json, print_counts
from ecomusee.folders import find_museum
from ecomusee.localization import Message

if TYPE_CHECKING:
    import argparse

    from ecomusee.arguments import Parser
    from ecomusee.terminal import Terminal
    from publishing.release.diff import Change

SUMMARY = Message(
    fr="montrer ce que la prochaine publication changerait pour les visiteurs",
    en="show what the next release would change for visitors",
)
_HTML = Message(
    fr="écrire aussi une page, avec les images d’avant et d’après",
    en="write a page as well, with the pictures before and after",
)
_NOTHING_SERVED = Message(
    fr="Rien n’est encore publié : tout serait nouveau.",
    en="Nothing is published yet: all would be new.",
)
_NO_CHANGE = Message(
    fr="Rien ne changerait pour les visiteurs.",
    en="Nothing would change for visitors.",
)
_WAITING = Message(
    fr="Fichiers encore à fabriquer : {waiting}. Ce qu’ils changeront n’est pas montré ; "
    "lancez « ecomusee build ».",
    en="Files still to be made: {waiting}. What they will change is not shown; run `ecomusee build`.",
)
_WRITTEN = Message(fr="Page écrite : {path}", en="Page written: {path}")


def add_arguments(parser: Parser) -> None:
    """Add what this command takes."""
    add_content(parser)
    add_build_dir(parser)
    parser.option("--html", help=_HTML, type=Path, metavar="FILE")


def run(options: argparse.Namespace, terminal: Terminal) -> ExitCode:
    """Print each change in words."""
    from dataclasses import asdict

    from publishing.report.collect import take_snapshot
    from publishing.report.render import diff_page, group_changes

    folder = find_museum(options.content)
    seen = take_snapshot(folder, options.build_dir)
    if seen.museum is None:
        terminal.findings(seen.diagnostics)
        print_counts(folder, seen.diagnostics, terminal)
        terminal.document(**findings_json(folder, None, seen.diagnostics), changes=None)
        return ExitCode.FINDINGS
    difference = seen.difference()
    if difference.release is None:
        terminal.say(_NOTHING_SERVED)
    elif not difference.changes:
        terminal.say(_NO_CHANGE)
    for title, changes in group_changes(difference):
        terminal.write(title)
        for change in changes:
            _say(change, terminal)
    if difference.pending:
        terminal.say(_WAITING, waiting=difference.pending)
    if options.html:
        name = seen.museum.name.best((terminal.language, *seen.museum.languages))[1]
        options.html.write_bytes(diff_page(name, difference, terminal.language))
        terminal.say(_WRITTEN, path=options.html)
    terminal.document(
        museum=seen.museum.id,
        release=difference.release.id if difference.release else None,
        waiting=difference.pending,
        changes=[asdict(change) for change in difference.changes],
    )
    return ExitCode.CLEAN


def _say(change: Change, terminal: Terminal) -> None:
    from publishing.report.messages import describe_change
    from publishing.report.render import diff_excerpts

    terminal.write(f"  {describe_change(change, terminal.language)}")
    if change.what in ("text", "translated", "sources"):
        before, after = diff_excerpts(change.before, change.after)
        for sign, text in (("-", before), ("+", after)):
            if text:
                terminal.write(f"    {sign} {text}")
