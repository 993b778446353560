"""A code that someone reads out on the telephone is explained."""

from collections.abc import Callable
from typing import Any

Command = Callable[..., Any]


def test_a_code_is_explained_however_it_is_typed(ecomusee: Command) -> None:
    run = ecomusee("explain", "aO01")

    assert run.exit_code == 0
    assert run.out.startswith("A001 : erreur.")
    assert "→ " in run.out
    assert "Entre accolades" in run.out


def test_a_number_without_its_letter_is_explained(ecomusee: Command) -> None:
    told = ecomusee("explain", "1", "--json").document["rules"]

    assert [rule["code"] for rule in told] == ["A001", "P001", "T001"]


def test_a_warning_says_that_it_stops_nothing(ecomusee: Command) -> None:
    out = ecomusee("explain", "A003", "--language", "en").out

    assert out.startswith("A003: warning.")


def test_every_code_has_its_line(ecomusee: Command) -> None:
    lines = ecomusee("explain").out.splitlines()
    told = ecomusee("explain", "--json").document["rules"]

    codes = [rule["code"] for rule in told]
    assert [line[:4] for line in lines] == codes
    assert codes == sorted(codes)
    assert {code[0] for code in codes} == {"T", "A", "P"}


def test_each_reason_of_several_is_told_with_its_remedy(ecomusee: Command) -> None:
    lines = ecomusee("explain", "A029", "--language", "en").out.splitlines()

    marked = [line.startswith("  → ") for line in lines[3:7]]
    assert marked == [False, True, False, True]
    assert not any("why_" in line or "remedy_" in line for line in lines)


def test_an_unknown_code_brings_near_ones(ecomusee: Command) -> None:
    run = ecomusee("explain", "A0111")

    assert run.exit_code == 2
    assert "A011" in run.err


def test_a_remedy_that_depends_on_the_cause_has_a_usual_one(
    ecomusee: Command,
) -> None:
    out = ecomusee("explain", "A010").out

    assert "→ Copiez-le de nouveau en entier" in out.replace("\u00a0", " ")
