"""What is worked out of a model for its page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.pages.scene import scene_facts
from tours.manifest import Box, Media, ModelView, Text

if TYPE_CHECKING:
    from publishing.pages.scene import SceneFacts

VIEW = ModelView(
    kind="model",
    alt=Text("", "fr"),
    poster=(),
    lods=(),
    usdz=Media("/media/a.usdz", 1, "model/vnd.usdz+zip"),
    extents=Box((0, 0, 0), (1, 1, 1)),
    scale=1.0,
    license="CC0-1.0",
)


def facts(width: float, height: float, depth: float, scale: float = 1) -> SceneFacts:
    box = Box((-width / 2, 0.0, 0.0), (width / 2, height, depth))
    return scene_facts(replace(VIEW, extents=box, scale=scale), "https://ecm.example/")


def test_a_box_off_the_ground_keeps_its_height() -> None:
    box = Box((0.0, -2.0, 0.0), (1.0, 3.0, 1.0))

    assert scene_facts(replace(VIEW, extents=box), "").height_m == 5


def test_a_flat_scene_tells_its_length() -> None:
    """A map of no height would read as 0 mm high."""
    plan = facts(0.6, 0.0, 0.42)

    assert plan.is_flat
    assert plan.told_m == pytest.approx(0.6)


def test_a_scale_model_knows_both_sizes() -> None:
    model = facts(10, 21, 8, scale=0.005)

    assert model.height_m == pytest.approx(0.105)
    assert model.true_m == pytest.approx(21)
    assert model.scale == "1:200"
    assert facts(1, 1, 1, scale=3).scale == "3:1"


def test_an_adult_stands_beside_to_the_same_scale() -> None:
    drawing = facts(10.5, 21, 8).drawing

    assert drawing is not None
    assert drawing.box_height == drawing.height
    assert drawing.box_width == pytest.approx(drawing.height / 2)
    assert drawing.adult_height == pytest.approx(drawing.height * 1.7 / 21, abs=0.01)
    assert len(drawing.storeys) == 6  # the lines between seven storeys


def test_what_is_long_keeps_its_proportions() -> None:
    drawing = facts(27.0, 4.3, 3.0).drawing

    assert drawing is not None
    assert drawing.box_width / drawing.box_height == pytest.approx(27 / 4.3, rel=0.01)
    assert drawing.width <= 240.01


@pytest.mark.parametrize("height_m", [0.2, 200.0])
def test_what_would_make_one_of_them_a_speck_is_not_drawn(height_m: float) -> None:
    assert facts(height_m, height_m, height_m).drawing is None


LENGTHS = st.floats(0, 1e6)


@settings(deadline=None)
@given(LENGTHS, LENGTHS, LENGTHS)
def test_a_drawing_stays_within_its_frame(
    width: float, height: float, depth: float
) -> None:
    """Whatever a museum models, and whatever unit it got wrong."""
    drawing = facts(width, height, depth).drawing

    if drawing is not None:
        assert 0 <= drawing.box_height <= drawing.height
        assert drawing.adult_height <= drawing.height
        assert drawing.width <= 240.01
        assert drawing.height <= 130.01
        assert drawing.adult_height >= 3
        assert len(drawing.storeys) < 30
        assert all(0 < y < drawing.height for y in drawing.storeys)
