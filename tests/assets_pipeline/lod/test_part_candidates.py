"""Sums of choices keep what nothing beats, and are corrected by what was seen."""

from __future__ import annotations

import numpy as np
import pytest

from assets_pipeline.lod.measurements import Measurement
from assets_pipeline.lod.part_candidates import (
    CandidateTable,
    Prediction,
    PredictionCorrection,
)


def choices(name: str, harm: list[float], saved: list[float]) -> CandidateTable:
    """Return values of one field, numbered."""
    changes = [{name: i} for i in range(len(harm))]
    return CandidateTable(changes, np.array(harm), np.array(saved), np.array(saved))


def measurement(error: float, size: int) -> Measurement:
    """Return what a plan gave."""
    return Measurement(size, size, error, {})


def test_what_harms_more_and_saves_less_is_left_out() -> None:
    some = choices("bits", [0.0, 2.0, 1.0], [0.0, 5.0, 6.0])

    kept = some.pareto_front()

    assert [change["bits"] for change in kept.changes] == [0, 2]


def test_a_sum_holds_the_changes_of_both() -> None:
    bits = choices("bits", [0.0, 1.0], [0.0, 10.0])
    size = choices("size", [0.0, 3.0], [0.0, 20.0])

    combinations = bits.combine(size)

    assert combinations.changes[-1] == {"bits": 1, "size": 1}
    assert combinations.harm.tolist() == [0, 1, 3, 4]
    assert combinations.saved.tolist() == [0, 10, 20, 30]


def test_one_look_tells_how_much_more_all_harms_together() -> None:
    base, seen = measurement(0.0, 100), measurement(0.2, 60)

    correction = PredictionCorrection().after(base, seen, Prediction(0.02, 30.0, 30.0))

    assert correction.harm_ratio == pytest.approx(2)
    assert correction.more_size == -10


def test_two_looks_tell_a_line() -> None:
    """What harms even where little is chosen is no matter of proportion."""
    base = measurement(0.0, 100)
    first = PredictionCorrection().after(
        base, measurement(0.05**0.5, 60), Prediction(0.04, 30.0, 30.0)
    )

    second = first.after(base, measurement(0.03**0.5, 70), Prediction(0.02, 20.0, 20.0))

    assert second.harm_ratio == pytest.approx(1)
    assert second.more_harm == pytest.approx(0.01)
