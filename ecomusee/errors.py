"""Exit codes, and exceptions that end a command.

CommandError            a sentence and an exit code
├── ContentError        1: the museum's content must be mended
├── UsageError          2: the command was used wrongly
└── MissingError        3: something is missing on this machine
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ecomusee.localization import Message


class ExitCode(IntEnum):
    """What the shell is told."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    MISSING = 3
    UNEXPECTED = 70
    """A defect of the program (the ``EX_SOFTWARE`` of sysexits.h)."""
    INTERRUPTED = 130
    """Stopped by Ctrl-C: 128 + SIGINT, as shells write it."""


class CommandError(Exception):
    """A command can't go on, for a reason that its user can act on."""

    exit_code: ExitCode

    def __init__(self, phrase: Message, **values: object) -> None:
        super().__init__(phrase.text("en", **values))
        self.phrase = phrase
        self.values = values


class ContentError(CommandError):
    """The museum's content must be mended."""

    exit_code = ExitCode.FINDINGS


class UsageError(CommandError):
    """The command was used wrongly."""

    exit_code = ExitCode.USAGE


class MissingError(CommandError):
    """Something is missing on this machine."""

    exit_code = ExitCode.MISSING
