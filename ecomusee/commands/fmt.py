"""``ecomusee fmt``: format the museum's YAML files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomusee.arguments import add_content
from ecomusee.errors import ExitCode
from ecomusee.file_changes import Change, write_changes
from ecomusee.folders import find_museum
from ecomusee.localization import Message

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from ecomusee.arguments import Parser
    from ecomusee.terminal import Terminal

SUMMARY = Message(
    fr="déplier les accolades, une clé par ligne ; rien n’est mis en ordre",
    en="unfold braces, one key a line; nothing is put in order",
)
_DIFF = Message(
    fr="montrer ce qui changerait, et ne rien écrire",
    en="show what would change, and write nothing",
)
_WRITTEN = Message(fr="{path} : mis en page.", en="{path}: laid out.")
_CLEAN = Message(
    fr="{folder} : rien à mettre en page.", en="{folder}: nothing to lay out."
)
_LEFT = Message(
    fr="{path} : laissé tel quel, il contient des fautes. « ecomusee validate » les dit.",
    en="{path}: left as it is, it has slips. `ecomusee validate` tells them.",
)
_PLACES = ("museum.yaml", "sites/*.yaml", "tours/*.yaml")


def add_arguments(parser: Parser) -> None:
    """Add what this command takes."""
    add_content(parser)
    parser.option("--diff", help=_DIFF, action="store_true")


def run(options: argparse.Namespace, terminal: Terminal) -> ExitCode:
    """Lay out every file of a museum that reads well."""
    folder = find_museum(options.content)
    changes, left = _changes(folder)
    is_written = write_changes(changes, terminal, only_shown=options.diff)
    for change in changes if is_written else ():
        terminal.say(_WRITTEN, path=change.path.as_posix())
    for path in left:
        terminal.say(_LEFT, path=path.as_posix())
    if not changes and not left:
        terminal.say(_CLEAN, folder=folder)
    terminal.document(
        changed=[change.path.as_posix() for change in changes],
        left=[path.as_posix() for path in left],
        written=is_written,
    )
    return ExitCode.FINDINGS if left or (options.diff and changes) else ExitCode.CLEAN


def _changes(folder: Path) -> tuple[list[Change], list[Path]]:
    from tours.formatting import format_source

    changes, left = [], []
    for place in _PLACES:
        for path in sorted(folder.glob(place)):
            before = path.read_bytes()
            after = format_source(path, before)
            if after is None:
                left.append(path)
            elif after != before:
                changes.append(Change(path, before, after))
    return changes, left
