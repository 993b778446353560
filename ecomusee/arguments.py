"""Command-line arguments, with help and errors in French and English.

argparse speaks English only; what it reports is matched and said again.
"""

from __future__ import annotations

import argparse
import difflib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from ecomusee.errors import UsageError
from ecomusee.localization import LANGUAGES, Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import ModuleType

    from tours.diagnostics import Language

_DESCRIPTION = Message(
    fr="D’un dossier de textes, de modèles et d’images à une visite en réalité augmentée.",
    en="From a folder of texts, models and pictures to a visit in augmented reality.",
)
_COMMANDS = Message(fr="commandes", en="commands")
_COMMAND = Message(fr="COMMANDE", en="COMMAND")
_WORDS = Message(fr="arguments", en="arguments")
_USAGE = Message(fr="utilisation : ", en="usage: ")
_HELP = Message(fr="montrer cette aide", en="show this help")
_VERSION = Message(fr="dire la version", en="tell the version")
_LANGUAGE = Message(
    fr="langue des messages (sinon celle de la machine)",
    en="language of the messages (else this machine's)",
)
_JSON = Message(
    fr="résultat en JSON, pour un programme", en="result as JSON, for a program"
)
_CONTENT = Message(
    fr="dossier du musée, celui qui contient museum.yaml (sinon le seul sous content/)",
    en="the museum's folder, which holds museum.yaml (else the only one under content/)",
)
_BUILD_DIR = Message(
    fr="dossier des publications (sinon build/)", en="folder of releases (else build/)"
)

_ERRORS = (
    (
        r"the following arguments are required: (?P<names>.+)",
        Message(fr="il manque {names}", en="{names} is missing"),
    ),
    (
        r"unrecognized arguments: (?P<names>.+)",
        Message(fr="{names} n’est pas connu ici", en="{names} is not known here"),
    ),
    (
        r"argument (?P<name>.*?): invalid choice: '(?P<value>.*?)' \(choose from (?P<choices>.+)\)",
        Message(
            fr="« {value} » n’est pas connu. Au choix : {choices}",
            en="'{value}' is not known. Choose from: {choices}",
        ),
    ),
    (
        r"argument (?P<name>.+?): expected (?:one|at least one) argument",
        Message(fr="{name} attend une valeur", en="{name} expects a value"),
    ),
    (
        r"argument (?P<name>.+?): invalid int value: '(?P<value>.*)'",
        Message(
            fr="{name} : « {value} » n’est pas un nombre entier",
            en="{name}: '{value}' is not a whole number",
        ),
    ),
    (
        r"argument (?P<name>.+?): invalid parse_decimal value: '(?P<value>.*)'",
        Message(
            fr="{name} : « {value} » n’est pas un nombre (1,5, par exemple)",
            en="{name}: '{value}' is not a number (1.5, for instance)",
        ),
    ),
    (
        r"argument (?P<name>.+?): ignored explicit argument '(?P<value>.*)'",
        Message(fr="{name} ne prend pas de valeur", en="{name} takes no value"),
    ),
    (
        r"argument (?P<name>.+?): not allowed with argument (?P<other>.+)",
        Message(
            fr="{name} ne va pas avec {other}", en="{name} does not go with {other}"
        ),
    ),
)
_SEE_HELP = Message(
    fr="{sentence}. Aide : {program} --help", en="{sentence}. Help: {program} --help"
)
_NEAREST = Message(fr=" (vouliez-vous dire {name} ?)", en=" (did you mean {name}?)")


class Parser(argparse.ArgumentParser):
    """argparse's parser, speaking the user's language."""

    def __init__(self, language: Language, **keywords: Any) -> None:  # noqa: ANN401 - argparse's own keywords
        def formatter(prog: str) -> _Formatter:
            return _Formatter(prog, _USAGE.text(language))

        super().__init__(
            add_help=False, allow_abbrev=False, formatter_class=formatter, **keywords
        )
        self.language: Language = language
        self._words = self.add_argument_group(_WORDS.text(language))
        self.add_argument("-h", "--help", action="help", help=_HELP.text(language))

    def option(self, *names: str, help: Message, **keywords: Any) -> None:  # noqa: A002, ANN401 - argparse's own keywords
        """Add an option, or a word without dashes, with its help in both languages."""
        group = self if names[0].startswith("-") else self._words
        group.add_argument(*names, help=help.text(self.language), **keywords)

    def error(self, message: str) -> NoReturn:
        """Raise what argparse found wrong, said again in the user's language.

        Raises
        ------
        UsageError
            Always.
        """
        raise UsageError(
            Message(*(self._said_again(message, language) for language in LANGUAGES))
        )

    def _said_again(self, message: str, language: Language) -> str:
        sentence = message
        for pattern, phrase in _ERRORS:
            if found := re.fullmatch(pattern, message):
                values = found.groupdict()
                if "choices" in values:
                    values["choices"] = values["choices"].replace("'", "")
                sentence = phrase.text(language, **values) + _suggestion(
                    values, language
                )
                break
        said = _SEE_HELP.text(language, sentence=sentence, program=self.prog)
        return said.replace("{", "{{").replace("}", "}}")


class _Formatter(argparse.HelpFormatter):
    def __init__(self, prog: str, usage: str) -> None:
        super().__init__(prog, max_help_position=28)
        self._usage = usage

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(
            usage, actions, groups, self._usage if prefix is None else prefix
        )


def _suggestion(values: dict[str, str], language: Language) -> str:
    choices = re.findall(r"[\w-]+", values.get("choices", ""))
    near = difflib.get_close_matches(values.get("value", ""), choices, n=1)
    return _NEAREST.text(language, name=near[0]) if near else ""


def read_arguments(parser: Parser, arguments: Sequence[str]) -> argparse.Namespace:
    """Return what the arguments ask for.

    Raises
    ------
    UsageError
        If they are wrong; it names the help of the command that they are for.
    """
    options, unknown = parser.parse_known_args(arguments)
    if unknown:
        asked: Parser = getattr(options, "parser", parser)
        asked.error(f"unrecognized arguments: {' '.join(unknown)}")
    return options


def command_parser(language: Language, commands: Sequence[ModuleType]) -> Parser:
    """Return the parser of the whole command.

    Parameters
    ----------
    language
        Of its help and errors.
    commands
        Modules of ``ecomusee.commands``.
    """
    parser = Parser(language, prog="ecomusee", description=_DESCRIPTION.text(language))
    parser.set_defaults(content=None)
    add_content(parser)
    _add_common(parser)
    parser.option("--version", help=_VERSION, action="store_true")
    subparsers = parser.add_subparsers(
        title=_COMMANDS.text(language),
        metavar=_COMMAND.text(language),
        parser_class=Parser,
    )
    for command in commands:
        summary = command.SUMMARY.text(language)
        name = command.__name__.rpartition(".")[2]
        subparser = subparsers.add_parser(
            name, language=language, help=summary, description=summary
        )
        command.add_arguments(subparser)
        _add_common(subparser)
        subparser.set_defaults(run=command.run, parser=subparser)
    return parser


def parse_decimal(written: str) -> float:
    """Return a number typed with a point or a comma.

    Raises
    ------
    ValueError
        If it is none.
    """
    return float(written.replace(",", "."))


def add_content(parser: Parser) -> None:
    """Add the option that names the museum's folder; it may also stand first.

    Where a command does not give it, what stands before the command holds: hence no
    default here.
    """
    parser.option(
        "--content", help=_CONTENT, type=Path, metavar="DIR", default=argparse.SUPPRESS
    )


def add_build_dir(parser: Parser) -> None:
    """Add the option that names the folder of releases."""
    parser.option(
        "--build-dir", help=_BUILD_DIR, type=Path, metavar="DIR", default=Path("build")
    )


def _add_common(parser: Parser) -> None:
    # Both places are read, and the second must not undo the first: no default here.
    parser.option(
        "--language", help=_LANGUAGE, choices=LANGUAGES, default=argparse.SUPPRESS
    )
    parser.option("--json", help=_JSON, action="store_true", default=argparse.SUPPRESS)
