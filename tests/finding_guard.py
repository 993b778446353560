"""A guard of findings: no sentence has an empty place.

A package's tests join by one line of their ``conftest.py``::

    from tests.finding_guard import no_empty_place  # noqa: F401 - a fixture
"""

from __future__ import annotations

import re
from string import Formatter
from typing import TYPE_CHECKING

import pytest

from tours.diagnostics import Bilingual, Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tours.diagnostics import Diagnostic, Location, Wording

MAY_BE_EMPTY = frozenset({"how_fr", "how_en", "quoting_fr", "quoting_en"})
"""Placeholders of what is added to a sentence that is whole without it."""
_EMPTY_PLACE = re.compile(
    r"[:,;(] *[,;.)](?!\.)|\w [,.](?![.\w])|« *»|“ *”|\( *\)|\{\w*\}"
)
SIGNS = frozenset({"sign"})
"""Placeholders of what is punctuation itself."""
_LITERAL = re.compile(r"\{lang\}|mailto:|\( [^\w\s] \)")
"""Braces that curators write, and signs shown between spaces: ``( , )``."""


def placeholders(words: Wording) -> frozenset[str]:
    """Return the names that a wording's three sentences are filled with."""
    sentences = (words.what, words.why, words.remedy)
    parsed = (part for said in sentences for part in Formatter().parse(said))
    return frozenset(name for _, name, _, _ in parsed if name)


def empty_places(words: Wording) -> list[str]:
    """Return the places of a filled wording where something is missing."""
    sentences = (words.what, words.why, words.remedy)
    found = [
        place
        for said in sentences
        for place in _EMPTY_PLACE.findall(_LITERAL.sub("x", said))
    ]
    return found + ["an empty sentence" for said in sentences if not said.strip()]


def empty_arguments(rule: Rule, values: Mapping[str, object]) -> list[str]:
    """Return the arguments of a finding that leave an empty place in its sentences."""
    names = placeholders(rule.fr) | placeholders(rule.en)
    return [
        f"{rule.code}: {{{name}}} is empty: {values.get(name)!r}"
        for name in sorted(names - MAY_BE_EMPTY)
        if any(_is_empty(name, value) for value in _languages(values.get(name)))
    ]


@pytest.fixture(autouse=True)
def no_empty_place(monkeypatch: pytest.MonkeyPatch) -> object:
    """Fail each test in which a finding is made with an empty argument."""
    faults: list[str] = []
    fill = Rule.at

    def at(rule: Rule, location: Location, **values: object) -> Diagnostic:
        faults.extend(empty_arguments(rule, values))
        return fill(rule, location, **values)

    monkeypatch.setattr(Rule, "at", at)
    yield
    assert not faults, faults[:5]


def _languages(value: object) -> tuple[object, ...]:
    return (value.fr, value.en) if isinstance(value, Bilingual) else (value,)


def _is_empty(name: str, value: object) -> bool:
    separators = "" if name in SIGNS else ",;:"
    return value is None or not str(value).strip(f" \t\n{separators}")
