"""``ecomusee rollback``: serve an earlier release again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomusee.arguments import add_build_dir, add_content
from ecomusee.errors import ExitCode
from ecomusee.folders import find_releases, translate_publishing_errors
from ecomusee.localization import Message

if TYPE_CHECKING:
    import argparse

    from ecomusee.arguments import Parser
    from ecomusee.terminal import Terminal

SUMMARY = Message(
    fr="servir de nouveau une publication plus ancienne",
    en="serve an earlier release again",
)
_RELEASE = Message(
    fr="nom de la publication (sinon celle d’avant) ; voir « ecomusee releases »",
    en="name of the release (else the one before); see `ecomusee releases`",
)
_DONE = Message(
    fr="Servie maintenant : {release}, comme {restored}. Aucun code imprimé n’est perdu.",
    en="Served now: {release}, the same as {restored}. No printed code is lost.",
)
_SAME = Message(
    fr="Rien n’a changé : {release} servait déjà la même chose.",
    en="Nothing changed: {release} served the same already.",
)


def add_arguments(parser: Parser) -> None:
    """Add what this command takes."""
    parser.option("release", help=_RELEASE, nargs="?", metavar="RELEASE")
    add_content(parser)
    add_build_dir(parser)


def run(options: argparse.Namespace, terminal: Terminal) -> ExitCode:
    """Make a new release out of an earlier one."""
    from publishing.release.repository import roll_back

    folder = find_releases(options)
    with translate_publishing_errors(folder):
        written = roll_back(folder, options.release)
    phrase = _DONE if written.is_new else _SAME
    restored = written.release.restores or ""
    terminal.say(phrase, release=written.release.id, restored=restored)
    terminal.document(
        folder=folder.as_posix(),
        release=written.release.id,
        restores=written.release.restores,
        is_new=written.is_new,
    )
    return ExitCode.CLEAN
