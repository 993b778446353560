"""Every sentence exists in both languages, and the right one is spoken."""

import importlib
import pkgutil
import string
from collections.abc import Iterator

import pytest

import ecomusee
from ecomusee.localization import Decimal, Message, preferred_language


def _phrases() -> Iterator[Message]:
    """Give every phrase that stands at the top of a module, or in a table there."""
    for module in pkgutil.walk_packages(ecomusee.__path__, "ecomusee."):
        if module.name != "ecomusee.__main__":
            for value in vars(importlib.import_module(module.name)).values():
                inside = value.values() if isinstance(value, dict) else [value]
                yield from (item for item in inside if isinstance(item, Message))


def _names(sentence: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("phrase", sorted(set(_phrases())), ids=lambda p: p.en[:40])
def test_both_languages_hold_the_same_values(phrase: Message) -> None:
    assert _names(phrase.fr) == _names(phrase.en)
    assert phrase.fr
    assert phrase.en


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {"LANG": "en_GB.UTF-8"}, "en"),
        ([], {"LANG": "fr_FR.UTF-8"}, "fr"),
        ([], {"LC_ALL": "fr_FR.UTF-8", "LANG": "en_GB.UTF-8"}, "fr"),
        ([], {"LANG": "C.UTF-8"}, "fr"),
        ([], {"LANG": "de_DE.UTF-8"}, "fr"),
        (["--language", "en"], {"LANG": "fr_FR.UTF-8"}, "en"),
        (["--language=en"], {"LANG": "fr_FR.UTF-8"}, "en"),
        (["--language", "de"], {"LANG": "en_GB.UTF-8"}, "en"),
        (["--language"], {"LANG": "en_GB.UTF-8"}, "en"),
    ],
)
def test_language_spoken(
    arguments: list[str], environment: dict[str, str], language: str
) -> None:
    assert preferred_language(arguments, environment) == language


def test_a_decimal_is_written_with_the_sign_of_its_language() -> None:
    message = Message(fr="{width} m de large", en="{width} m wide")

    assert message.text("fr", width=Decimal("18.5")) == "18,5 m de large"
    assert message.text("en", width=Decimal("18.5")) == "18.5 m wide"
