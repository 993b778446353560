"""Each folder of data/ is one curator's mistake beside the words we answer.

Record anew, after reading what changed, with ``ECOMUSEE_RECORD=1 pytest tests/tours``.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tours.catalogue import RETIRED, RULES
from tours.checks import Reading, read_museum
from tours.diagnostics import Language, rendered
from tours.source import line_of

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).parent / "data"
CASES = sorted(path for path in DATA.iterdir() if not path.name.startswith("_"))
LANGUAGES: tuple[Language, ...] = ("fr", "en")
BY_TEST = {"T021", "T028", "T183"}
"""Rules whose case is no file, or a large one: see `test_source`, `test_surroundings`."""


def answer(reading: Reading, language: Language) -> str:
    """Return what a terminal would show."""
    findings = (rendered(d, language, line_of(d.location)) for d in reading.diagnostics)
    return "\n".join(findings) + "\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_answer(case: Path, with_case: Callable[[Path], Path]) -> None:
    """A curator gets exactly the answer recorded beside the mistake."""
    reading = read_museum(with_case(case))

    for language in LANGUAGES:
        expected = case / f"expected.{language}.txt"
        if os.environ.get("ECOMUSEE_RECORD"):
            expected.write_text(answer(reading, language), encoding="utf-8")
        assert answer(reading, language) == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_one_finding_a_mistake(case: Path, with_case: Callable[[Path], Path]) -> None:
    """A mistake gives its own finding and no other: no cascade hides the cause."""
    reading = read_museum(with_case(case))

    assert [finding.code for finding in reading.diagnostics] == [case.name[:4]]


def test_every_rule_has_a_folder() -> None:
    """A rule without a recorded answer could change its words unseen."""
    told = {case.name[:4] for case in CASES}

    assert {rule.code for rule in RULES} - BY_TEST == told


def test_codes_are_never_used_twice() -> None:
    codes = [rule.code for rule in RULES]

    assert len(codes) == len(set(codes))
    assert RETIRED.isdisjoint(codes)
