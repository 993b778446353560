"""Messages of the command line in French and English, and the choice of language."""

from __future__ import annotations

import locale
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tours.diagnostics import Language

LANGUAGES: tuple[Language, ...] = ("fr", "en")
_BARE = re.compile(r"[\w./:@%+,-]+")


class Decimal(NamedTuple):
    """A number with a decimal point, which a message writes with its language's sign."""

    digits: str


class Message(NamedTuple):
    """A message in both languages; ``{name}`` stands for a value."""

    fr: str
    en: str

    def text(self, language: Language, **values: object) -> str:
        """Return the sentence in one language, with its values written in."""
        sentence = self.fr if language == "fr" else self.en
        return sentence.format_map(
            {name: _localized(value, language) for name, value in values.items()}
        )


def _localized(value: object, language: Language) -> object:
    if not isinstance(value, Decimal):
        return value
    return value.digits.replace(".", ",") if language == "fr" else value.digits


def shell_quoted(path: Path) -> str:
    """Return a path as it is typed in a command: quoted if necessary."""
    written = path.as_posix()
    return written if _BARE.fullmatch(written) else f'"{written}"'


def preferred_language(
    arguments: Sequence[str], environment: Mapping[str, str]
) -> Language:
    """Return the language of messages: the one asked for, else the machine's, else French.

    It is needed before the arguments are read, for their own errors and help.
    """
    asked = _asked_language(arguments)
    if asked is not None:
        return asked
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(variable):
            return "en" if value.startswith("en") else "fr"
    # Windows has none of these.
    machine_locale = locale.getlocale()[0] or ""
    return "en" if machine_locale.lower().startswith("en") else "fr"


def _asked_language(arguments: Sequence[str]) -> Language | None:
    for position, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name == "--language":
            asked = value if equals else "".join(arguments[position + 1 : position + 2])
            return next((known for known in LANGUAGES if known == asked), None)
    return None
