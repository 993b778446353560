"""No finding has an empty place: every rule is filled, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.finding_guard import empty_arguments, empty_places, placeholders
from tours.catalogue import RULES
from tours.diagnostics import (
    Bilingual,
    Location,
    Rule,
    Severity,
    Wording,
    format_number,
)

CATALOGUES = (RULES,)
"""Those of other packages join by one name each."""
EVERY_RULE = [rule for rules in CATALOGUES for rule in rules]
PLACE = Location(Path("visite.yaml"))


@pytest.mark.parametrize("rule", EVERY_RULE, ids=lambda rule: rule.code)
def test_a_filled_rule_has_no_empty_place(rule: Rule) -> None:
    names = placeholders(rule.fr) | placeholders(rule.en)

    finding = rule.at(PLACE, **dict.fromkeys(names, "mot"))

    assert empty_places(finding.fr) == []
    assert empty_places(finding.en) == []


@pytest.mark.parametrize("rule", EVERY_RULE, ids=lambda rule: rule.code)
def test_both_languages_say_the_same(rule: Rule) -> None:
    """A value that only one language gives is lost to those who read the other."""
    french, english = (
        {name.removesuffix("_fr").removesuffix("_en") for name in placeholders(words)}
        for words in (rule.fr, rule.en)
    )

    assert french == english


A_RULE = Rule(
    "T000",
    Severity.ERROR,
    Wording("Avec {what}, {size}.", "Voilà.", "Écrivez."),
    Wording("With {what}, {size}.", "So.", "Write."),
)


@pytest.mark.parametrize("nothing", ["", "  ", None, ", ", Bilingual("", "a")])
def test_an_empty_argument_is_noticed(nothing: object) -> None:
    assert empty_arguments(A_RULE, {"what": nothing, "size": 1}) == [
        f"T000: {{what}} is empty: {nothing!r}"
    ]


def test_an_argument_left_out_is_noticed() -> None:
    assert empty_arguments(A_RULE, {"what": 0}) == ["T000: {size} is empty: None"]


@pytest.mark.parametrize(
    "said",
    [
        "L’écart s’explique : avec , elle serait de 18,5 cm.",
        "Au même retrait que « model: », .",
        "Écrivez « ».",
        "Le fichier {path} est vide.",
        "Il manque : .",
        "Il manque ().",
    ],
)
def test_an_empty_place_is_noticed(said: str) -> None:
    assert empty_places(Wording(said, "Voilà.", "Écrivez."))


def test_a_number_has_the_sign_of_its_language() -> None:
    number = format_number("18.5 m")

    finding = A_RULE.at(PLACE, what="x", size=number)

    assert (number.fr, number.en) == ("18,5 m", "18.5 m")
    assert finding.fr.what == "Avec x, 18,5 m."
    assert finding.en.what == "With x, 18.5 m."
