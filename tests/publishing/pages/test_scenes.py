"""What is worked out of a model for its page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.pages.localizer import localizer
from publishing.pages.scenes import is_tracked, scene_facts
from tours.manifest import (
    Box,
    LabelAnchorView,
    Media,
    ModelView,
    OutlineView,
    PictureAnchorView,
    Pose,
    StopView,
    Text,
)

if TYPE_CHECKING:
    from publishing.pages.scenes import SceneFacts

VIEW = ModelView(
    kind="model",
    alt=Text("", "fr"),
    poster=(),
    lods=(),
    usdz=Media("/media/a.usdz", 1, "model/vnd.usdz+zip"),
    extents=Box((0, 0, 0), (1, 1, 1)),
    scale=1.0,
    license="CC0-1.0",
    outline=OutlineView("M0 0h1v1H0z", 1, 1),
)


def facts(width: float, height: float, depth: float, scale: float = 1) -> SceneFacts:
    box = Box((-width / 2, 0.0, 0.0), (width / 2, height, depth))
    return scene_facts(replace(VIEW, extents=box, scale=scale), "https://ecm.example/")


def test_a_box_off_the_ground_keeps_its_height() -> None:
    box = Box((0.0, -2.0, 0.0), (1.0, 3.0, 1.0))

    assert scene_facts(replace(VIEW, extents=box), "").shown.height_m == 5


def test_a_flat_scene_tells_its_length() -> None:
    """A map of no height would read as 0 mm high."""
    plan = facts(0.6, 0.0, 0.42)

    assert plan.shown.tells == "long"
    assert plan.shown.told_m == pytest.approx(0.6)


def test_what_is_long_tells_both_its_sides() -> None:
    assert facts(27.0, 4.3, 3.0).shown.tells == "both"
    assert facts(12.0, 21.0, 7.6).shown.tells == "high"


def test_a_scale_model_knows_both_sizes() -> None:
    model = facts(10, 21, 8, scale=0.005)

    assert model.shown.height_m == pytest.approx(0.105)
    assert model.true.height_m == pytest.approx(21)
    assert model.scale == "1:200"
    assert facts(1, 1, 1, scale=3).scale == "3:1"


def test_an_estimate_is_told_in_two_figures() -> None:
    """20.67 m would say that somebody measured it."""
    box = Box((0.0, 0.0, 0.0), (35.2, 20.67, 15.1))
    view = replace(VIEW, extents=box, has_estimated_size=True)

    assert scene_facts(view, "").shown.height_m == 21
    assert scene_facts(view, "").shown.width_m == 35
    assert scene_facts(replace(view, scale=0.01), "").true.height_m == 21


def test_an_estimate_is_told_as_the_museum_writes_it() -> None:
    """Its model may be a twentieth off."""
    box = Box((0.0, 0.0, 0.0), (35.2, 20.67, 15.1))
    estimate = replace(
        VIEW, extents=box, has_estimated_size=True, estimated_height_m=20.0
    )

    assert scene_facts(estimate, "").shown.height_m == 20


@pytest.mark.parametrize(
    ("size", "words"),
    [
        ((12, 21, 8), "21 m de haut"),
        ((27, 4.3, 3), "4,3 m de haut et 27 m de long"),
        ((0.6, 0, 0.42), "60 cm de long"),
    ],
)
def test_a_size_is_said_in_words(size: tuple[float, float, float], words: str) -> None:
    said = localizer("fr").size(facts(*size).shown)

    assert said.replace("\u00a0", " ") == words


def test_an_adult_stands_beside_to_the_same_scale() -> None:
    drawing = facts(10.5, 21, 8).drawing

    assert drawing is not None
    assert drawing.companion.kind == "adult"
    assert drawing.outline_height == drawing.height
    assert drawing.outline_width == pytest.approx(drawing.height / 2)
    assert drawing.companion_height == pytest.approx(
        drawing.height * 1.7 / 21, abs=0.01
    )


def test_what_can_be_held_is_beside_a_hand() -> None:
    drawing = facts(12, 21, 8, scale=0.01).drawing

    assert drawing is not None
    assert drawing.companion.kind == "hand"
    assert drawing.companion_height == pytest.approx(
        drawing.outline_height * 0.18 / 0.21, abs=0.01
    )


def test_all_stand_on_one_ground() -> None:
    for drawing in (facts(0.1, 0.1, 0.1).drawing, facts(9, 21, 9).drawing):
        assert drawing is not None
        ground = drawing.outline_top + drawing.outline_height
        assert drawing.companion_top + drawing.companion_height == pytest.approx(
            ground, abs=0.02
        )


def test_what_is_long_keeps_its_proportions() -> None:
    drawing = facts(27.0, 4.3, 3.0).drawing

    assert drawing is not None
    ratio = drawing.outline_width / drawing.outline_height
    assert ratio == pytest.approx(27 / 4.3, rel=0.01)


@pytest.mark.parametrize("height_m", [0.002, 200.0])
def test_what_would_make_one_of_them_a_speck_is_not_drawn(height_m: float) -> None:
    assert facts(height_m, height_m, height_m).drawing is None


def test_what_has_no_outline_is_not_drawn() -> None:
    assert scene_facts(replace(VIEW, outline=None), "").drawing is None


LENGTHS = st.floats(0, 1e6)


@settings(deadline=None)
@given(LENGTHS, LENGTHS, LENGTHS)
def test_a_drawing_stays_within_its_frame(
    width: float, height: float, depth: float
) -> None:
    """Whatever a museum models, and whatever unit it got wrong."""
    drawing = facts(width, height, depth).drawing

    if drawing is not None:
        assert drawing.outline_top >= 0
        assert drawing.companion_top >= -0.02
        assert drawing.companion_left >= drawing.outline_left + drawing.outline_width
        assert drawing.width <= 282.1
        assert drawing.height <= 238.1
        assert drawing.companion_height >= 3


POSE = Pose((0, 0, 0), (0, 0, 0, 1))
LABEL = LabelAnchorView("label", POSE, "ground", "HTTPS://ECM.EXAMPLE/78FT", 0.1)
PICTURE = PictureAnchorView(
    "picture", POSE, (), 0.3, Media("/media/a.bin", 1, "application/octet-stream")
)


@pytest.mark.parametrize(
    ("anchors", "found"),
    [
        ((), False),
        ((LABEL,), True),
        ((replace(LABEL, code_text=None),), False),
        ((PICTURE,), True),
        ((replace(PICTURE, target=None),), False),
        ((replace(LABEL, code_text=None), PICTURE), True),
    ],
)
def test_a_camera_is_offered_where_a_print_can_be_found(
    anchors: tuple[LabelAnchorView | PictureAnchorView, ...], *, found: bool
) -> None:
    """A label without a code yet, or a picture that was not compiled, is no print."""
    text = Text("", "fr")
    stop = StopView("a", 1, "/fr/t/a/", text, text, anchors, ())

    assert is_tracked(stop) is found
