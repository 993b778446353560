"""``ecomusee releases``: list the releases, newest first."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from ecomusee.arguments import add_build_dir, add_content
from ecomusee.errors import ExitCode
from ecomusee.folders import find_releases
from ecomusee.localization import Message

if TYPE_CHECKING:
    import argparse

    from ecomusee.arguments import Parser
    from ecomusee.terminal import Terminal

SUMMARY = Message(fr="montrer ce qui a été publié", en="show what has been published")
_NONE = Message(
    fr="Rien n’est publié dans {folder}. Commencez par « ecomusee build ».",
    en="Nothing is published in {folder}. Start with `ecomusee build`.",
)
_SERVED = Message(fr="servie", en="served")
_RESTORES = Message(fr="retour à {release}", en="back to {release}")


def add_arguments(parser: Parser) -> None:
    """Add what this command takes."""
    add_content(parser)
    add_build_dir(parser)


def run(options: argparse.Namespace, terminal: Terminal) -> ExitCode:
    """Print every release that can be served or rolled back to."""
    from publishing.release.repository import read_history

    folder = find_releases(options)
    releases = [kept.release for kept in read_history(folder)]
    if not releases:
        terminal.say(_NONE, folder=folder)
    for position, release in enumerate(releases):
        notes = [_SERVED.text(terminal.language)] if position == 0 else []
        if release.restores:
            notes.append(_RESTORES.text(terminal.language, release=release.restores))
        when = local_time(release.created)
        terminal.write("  ".join([release.id, when, *notes]))
    terminal.document(
        folder=folder.as_posix(),
        releases=[
            {
                "id": release.id,
                "created": release.created,
                "served": position == 0,
                "restores": release.restores,
            }
            for position, release in enumerate(releases)
        ],
    )
    return ExitCode.CLEAN


def local_time(created: str) -> str:
    """Return when a release was made by the clock on the wall: ``2026-05-11 14:03``."""
    return datetime.fromisoformat(created).astimezone().strftime("%Y-%m-%d %H:%M")
