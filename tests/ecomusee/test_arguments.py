"""Mistakes in arguments, and the help, in the language of the user."""

from pathlib import Path

import pytest

from ecomusee.arguments import command_parser, read_arguments
from ecomusee.cli import COMMANDS
from ecomusee.errors import UsageError


def _error(*arguments: str) -> dict[str, str]:
    with pytest.raises(UsageError) as caught:
        read_arguments(command_parser("fr", COMMANDS), arguments)
    phrase = caught.value.phrase
    return {language: phrase.text(language) for language in ("fr", "en")}


@pytest.mark.parametrize(
    ("arguments", "french"),
    [
        (["valider"], "« valider » n’est pas connu"),
        (["validate", "--contnt"], "--contnt n’est pas connu ici"),
        (["validate", "--content"], "--content attend une valeur"),
        (["serve", "--port", "x"], "« x » n’est pas un nombre entier"),
        (["labels", "--distance", "x"], "« x » n’est pas un nombre"),
        (["validate", "--json=yes"], "--json ne prend pas de valeur"),
        (["validate", "--language", "de"], "Au choix : fr, en"),
        (["validate", "{x}"], "{x} n’est pas connu ici"),
    ],
)
def test_mistake_is_told_in_french(arguments: list[str], french: str) -> None:
    assert french in _error(*arguments)["fr"]


@pytest.mark.parametrize("written", ["1,5", "1.5"])
def test_decimals_are_typed_with_a_comma_or_a_point(written: str) -> None:
    parser = command_parser("fr", COMMANDS)

    options = read_arguments(parser, ["labels", "--distance", written])

    assert options.distance == 1.5


def test_nearest_command_is_offered() -> None:
    assert "(did you mean validate?)" in _error("valdate")["en"]


def test_mistake_points_to_the_help_of_its_command() -> None:
    assert _error("serve", "--prt")["en"].endswith("Help: ecomusee serve --help")


@pytest.mark.parametrize("arguments", [["--json", "doctor"], ["doctor", "--json"]])
def test_common_options_stand_on_either_side(arguments: list[str]) -> None:
    assert read_arguments(command_parser("fr", COMMANDS), arguments).json is True


@pytest.mark.parametrize(
    "arguments",
    [["--content", "musee", "validate"], ["validate", "--content", "musee"]],
)
def test_museum_is_named_on_either_side(arguments: list[str]) -> None:
    """Whoever has a single museum names it first, and the command after."""
    options = read_arguments(command_parser("fr", COMMANDS), arguments)

    assert options.content == Path("musee")


@pytest.mark.parametrize(
    "command", [command.__name__.rpartition(".")[2] for command in COMMANDS]
)
def test_french_help_has_no_english_of_argparse(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        read_arguments(command_parser("fr", COMMANDS), [command, "--help"])

    printed = capsys.readouterr().out
    assert "montrer cette aide" in printed
    for english in ("usage:", "positional", "optional", "show this"):
        assert english not in printed


@pytest.mark.parametrize(
    ("language", "word"), [("fr", "utilisation :"), ("en", "usage:")]
)
def test_help_follows_the_language(language: str, word: str) -> None:
    parser = command_parser("en" if language == "en" else "fr", COMMANDS)

    assert parser.format_help().startswith(word)
