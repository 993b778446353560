"""How figures are written in tables."""

from __future__ import annotations

import math

import pytest

from benchmarks.image_targets.bars import figure


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.9316, "0.932"), (12.0, "12"), (math.nan, "-"), (math.inf, "never")],
)
def test_figures_keep_three_digits_or_say_why_not(value: float, written: str) -> None:
    """A print that never comes back has no number of frames until it does."""
    assert figure(value) == written
