"""Entry point of the command line: parse, dispatch, exit code."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from ecomusee.arguments import command_parser, read_arguments
from ecomusee.commands import (
    box,
    build,
    diff,
    doctor,
    explain,
    fmt,
    inspect,
    labels,
    leaflet,
    new,
    optimize,
    releases,
    report,
    rollback,
    serve,
    target,
    translations,
    validate,
)
from ecomusee.errors import CommandError, ExitCode, MissingError
from ecomusee.localization import Message, preferred_language
from ecomusee.terminal import standard_terminal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

    from ecomusee.terminal import Terminal

COMMANDS = (
    new,
    validate,
    fmt,
    build,
    serve,
    labels,
    leaflet,
    box,
    inspect,
    optimize,
    target,
    translations,
    report,
    diff,
    releases,
    rollback,
    explain,
    doctor,
)
_OUR_PACKAGES = ("assets_pipeline", "ecomusee", "publishing", "server", "tours")

_STOPPED = Message(
    fr="Arrêté. Aucun fichier n’est resté à moitié écrit.",
    en="Stopped. No file was left half written.",
)
_NO_PACKAGE = Message(
    fr="il manque le paquet Python « {package} ». « ecomusee doctor » dit comment l’installer",
    en="the Python package '{package}' is missing. `ecomusee doctor` tells how to install it",
)
_REFUSED = Message(
    fr="cette machine refuse l’accès à {path} ({reason}). « ecomusee doctor » aide à trouver pourquoi",
    en="this machine refuses access to {path} ({reason}). `ecomusee doctor` helps to find out why",
)
_UNEXPECTED = Message(
    fr="Le programme s’est trompé, pas vous. Rien n’est perdu ; les détails sont dans {log} : "
    "envoyez ce fichier à qui s’occupe du programme.",
    en="The program went wrong, not you. Nothing is lost; the details are in {log}: send that "
    "file to whoever looks after the program.",
)


def run() -> None:
    """Run the command that the process was started with, and exit."""
    sys.exit(main(sys.argv[1:]))


def main(arguments: Sequence[str], commands: Sequence[ModuleType] = COMMANDS) -> int:
    """Run one of several commands and return its exit code; no exception comes out."""
    language = preferred_language(arguments, os.environ)
    terminal = standard_terminal(language, as_json="--json" in arguments)
    try:
        return int(_command(arguments, commands, terminal))
    except CommandError as error:
        terminal.error(error)
        return int(error.exit_code)
    except KeyboardInterrupt:
        print(_STOPPED.text(language), file=sys.stderr)
        return int(ExitCode.INTERRUPTED)
    except BrokenPipeError:
        # Whoever read us has seen enough (`ecomusee validate | head`). What is still
        # buffered goes nowhere, so that the interpreter does not trip over it on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(ExitCode.CLEAN)
    except Exception as error:  # the outermost edge
        return _failure(error, arguments, terminal)


def _command(
    arguments: Sequence[str], commands: Sequence[ModuleType], terminal: Terminal
) -> ExitCode:
    parser = command_parser(terminal.language, commands)
    try:
        options = read_arguments(parser, arguments)
    except SystemExit:  # argparse has printed the help
        return ExitCode.CLEAN
    if options.version:
        from importlib.metadata import version

        terminal.document(version=version("ecomusee"))
        terminal.write(f"ecomusee {version('ecomusee')}")
        return ExitCode.CLEAN
    if "run" not in options:
        parser.print_help(sys.stderr)
        return ExitCode.USAGE
    exit_code: ExitCode = options.run(options, terminal)
    sys.stdout.flush()
    return exit_code


def _failure(error: Exception, arguments: Sequence[str], terminal: Terminal) -> int:
    if known := _known_failure(error):
        terminal.error(known)
        return int(known.exit_code)
    from ecomusee.crash_log import write_log

    log = write_log(error, arguments)
    unexpected = _UNEXPECTED.text(terminal.language, log=log)
    terminal.document(error={"exit_code": int(ExitCode.UNEXPECTED), "log": str(log)})
    print(unexpected, file=sys.stderr)
    return int(ExitCode.UNEXPECTED)


def _known_failure(error: Exception) -> MissingError | None:
    """Return what a machine's shortcomings look like from inside, or None."""
    if isinstance(error, ModuleNotFoundError) and error.name:
        package = error.name.partition(".")[0]
        if package not in _OUR_PACKAGES:
            return MissingError(_NO_PACKAGE, package=package)
    if isinstance(error, OSError) and error.filename:
        return MissingError(_REFUSED, path=error.filename, reason=error.strerror)
    return None
