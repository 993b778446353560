"""``ecomusee doctor``: check this machine, with a remedy for what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecomusee.arguments import add_build_dir
from ecomusee.errors import ExitCode
from ecomusee.localization import Message

if TYPE_CHECKING:
    import argparse

    from ecomusee.arguments import Parser
    from ecomusee.terminal import Terminal

SUMMARY = Message(
    fr="dire ce qui manque à cette machine, et comment y remédier",
    en="tell what this machine lacks, and how to mend it",
)
_PURPOSES = {
    "serve": Message(fr="Écrire, imprimer, servir", en="Write, print, serve"),
    "build": Message(
        fr="Fabriquer les fichiers des téléphones", en="Make the files for phones"
    ),
    "media": Message(
        fr="Sons, vidéos, voix, photographies : si votre musée en a",
        en="Sounds, films, voices, photographs: if your museum has any",
    ),
    "develop": Message(
        fr="Travailler au programme lui-même", en="Work on the program itself"
    ),
}
_ALL_WELL = Message(fr="Tout est là.", en="Everything is here.")
_LACKS = Message(
    fr="Ce qui manque : {count}. Le remède est à la ligne qui suit.",
    en="Missing: {count}. The remedy is on the line after it.",
)


def add_arguments(parser: Parser) -> None:
    """Add what this command takes."""
    add_build_dir(parser)


def run(options: argparse.Namespace, terminal: Terminal) -> ExitCode:
    """Print every check, a remedy under each that failed."""
    from ecomusee.system_checks import run_checks

    language = terminal.language
    checks = run_checks(options.build_dir)
    for purpose, title in _PURPOSES.items():
        terminal.say(title)
        for check in checks:
            if check.purpose == purpose:
                mark = "✓" if check.is_met else "✗"
                terminal.write(f"  {mark} {check.fact.text(language)}")
                if not check.is_met:
                    terminal.write(f"      → {check.remedy.text(language)}")
    # A developer's tools are no part of a museum's machine; those of media are needed
    # by some museums only, whose build names the one that it misses.
    lacking = [c for c in checks if not c.is_met and c.purpose in ("serve", "build")]
    if lacking:
        terminal.say(_LACKS, count=len(lacking))
    else:
        terminal.say(_ALL_WELL)
    terminal.document(
        checks=[
            {
                "name": check.name,
                "purpose": check.purpose,
                "met": check.is_met,
                "fr": {"fact": check.fact.fr, "remedy": check.remedy.fr},
                "en": {"fact": check.fact.en, "remedy": check.remedy.en},
            }
            for check in checks
        ]
    )
    return ExitCode.MISSING if lacking else ExitCode.CLEAN
