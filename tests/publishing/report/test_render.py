"""The report puts together what has one remedy, and can be read on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest

from publishing.report.render import (
    ReportWords,
    group_findings,
    group_savings,
    mark_commands,
)
from publishing.report.savings import Saving
from tours.diagnostics import Diagnostic, Location, Rule, Severity, Wording

SAID = Wording("Le modèle « {file} »", "Pourquoi.", "Quoi faire.")
WARNING = Rule("A900", Severity.WARNING, SAID, SAID)
ERROR = Rule("A901", Severity.ERROR, SAID, SAID)


def found(rule: Rule, file: str, line: int) -> Diagnostic:
    return rule.at(Location(Path("tours/a.yaml"), line), file=file)


def test_findings_of_one_remedy_are_told_together() -> None:
    a, b = found(WARNING, "a.glb", 3), found(WARNING, "b.glb", 9)

    assert group_findings([a, found(ERROR, "c.glb", 5), b], "fr") == [
        [found(ERROR, "c.glb", 5)],
        [a, b],
    ]


def test_savings_of_one_remedy_are_told_together_the_most_first() -> None:
    small = Saving("mono", "a.m4a", 90_000, 30_000)
    models = [Saving("search", f"{n}.glb", 90_000, 20_000, 0.029) for n in "ab"]

    assert group_savings([small, *models]) == [models, [small]]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Lancez « ecomusee build --search », puis", "« ecomusee build --search »"),
        ("Run `ecomusee build --search`, once", "ecomusee build --search"),
        ("essayé avec « --no-pictures ».", "« --no-pictures »"),
        ("dans « ecomusee report » ce qui", "« ecomusee report »"),
    ],
)
def test_a_command_is_not_broken_in_two(text: str, kept: str) -> None:
    told = mark_commands(text).replace("\u00a0", " ")

    assert f'<span class="command">{kept}</span>' in told


def test_what_is_told_is_no_markup() -> None:
    assert "<b>" not in mark_commands("« <b>.glb »")


@pytest.mark.parametrize(
    ("size_bytes", "told"),
    [(999_400, "999\u00a0ko"), (999_600, "1,0\u00a0Mo"), (1_240_000, "1,2\u00a0Mo")],
)
def test_a_thousand_kilobytes_are_a_megabyte(size_bytes: int, told: str) -> None:
    assert ReportWords("fr").weight(size_bytes) == told
