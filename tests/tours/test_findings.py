"""Each folder of data/ is one curator's mistake beside the words we answer.

Record anew, after reading what changed, with ``ECOMUSEE_RECORD=1 pytest tests/tours``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tours.catalogue import RETIRED, RULES
from tours.checks import read_museum

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tours.diagnostics import Diagnostic

    Told = Callable[[Path, Iterable[Diagnostic]], None]

DATA = Path(__file__).parent / "data"
CASES = sorted(path for path in DATA.iterdir() if not path.name.startswith("_"))
BY_TEST = {"T021", "T028", "T183"}
"""Rules whose case is no file, or a large one: see `test_source`, `test_geojson`."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_answer(
    case: Path, with_case: Callable[[Path], Path], told_as_recorded: Told
) -> None:
    """A curator gets exactly the answer recorded beside the mistake."""
    reading = read_museum(with_case(case))

    told_as_recorded(case, reading.diagnostics)


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
