"""A museum's own labels, tried before they are printed."""

from __future__ import annotations

import re

import pytest

from assets_pipeline.image_targets.forecast import LabelForecast, LabelPrint
from assets_pipeline.image_targets.heat_map import decode_heat
from assets_pipeline.image_targets.label_trackability import forecast_labels
from assets_pipeline.image_targets.trackability import PASSES

NEAR = LabelPrint("HTTPS://ECM.EXAMPLE/78FT", 0.03788)
USUAL = LabelPrint("HTTPS://ECM.EXAMPLE/FPCV", 0.07576)
BESIDE = ("HTTPS://ECM.EXAMPLE/8HC4", "HTTPS://ECM.EXAMPLE/T2VH")


@pytest.fixture(scope="module")
def foretold() -> dict[LabelPrint, LabelForecast]:
    return forecast_labels([NEAR, USUAL], [NEAR.text, USUAL.text, *BESIDE])


def test_labels_pass_without_a_word(foretold: dict[LabelPrint, LabelForecast]) -> None:
    assert all(one.recognition.score >= PASSES for one in foretold.values())


def test_a_label_is_taken_for_no_other(
    foretold: dict[LabelPrint, LabelForecast],
) -> None:
    """FPCV and 8HC4 share more squares than most."""
    assert [one.alike for one in foretold.values()] == [(), ()]


def test_a_label_twice_as_wide_is_recognised_from_twice_as_far(
    foretold: dict[LabelPrint, LabelForecast],
) -> None:
    near, usual = (foretold[one].recognition.farthest_m for one in (NEAR, USUAL))

    assert usual == pytest.approx(2 * near)
    assert usual > 0.75


def test_the_worst_condition_is_named(
    foretold: dict[LabelPrint, LabelForecast],
) -> None:
    one = foretold[USUAL]

    assert one.worst
    assert 100 * one.worst_recall <= one.recognition.score


def test_the_heat_map_is_kept_as_digits_that_read_back(
    foretold: dict[LabelPrint, LabelForecast],
) -> None:
    """A label is square, and its white margin holds nothing."""
    rows = foretold[USUAL].recognition.heat

    assert all(re.fullmatch(r"\d{24}", row) for row in rows)
    heat = decode_heat(rows)
    assert heat.shape == (24, 24)
    assert heat[3:-3, 3:-3].mean() > 4 * heat[1:-1, 1].mean()
