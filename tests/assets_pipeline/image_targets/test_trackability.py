"""Prints are tried as phones would see them, and told good from bad before printing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from assets_pipeline.findings import image_targets as catalogue
from assets_pipeline.image_targets.report import render_heat_map, report_page
from assets_pipeline.image_targets.simulated_views import (
    View,
    corners_of,
    homography_of,
    render_view,
)
from assets_pipeline.image_targets.trackability import (
    ConditionResult,
    Trackability,
    Trial,
)
from assets_pipeline.image_targets.trial_conditions import (
    BY_NAME,
    CONDITIONS,
    Condition,
    distance_m,
    views_of,
)
from assets_pipeline.image_targets.verdict import choose_advice, choose_rule

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

    from tours.diagnostics import Rule


@pytest.fixture(scope="module")
def plan(prints: ModuleType) -> Trial:
    return Trial(prints.plan(), 0.42)


def _found(
    recalls: Sequence[int], *, features: int = 900, heat: float = 0.5
) -> Trackability:
    """Return what would be foretold with so many finds of ten in each condition."""
    tried = tuple(
        ConditionResult(condition, 10, found, 0, ())
        for condition, found in zip(CONDITIONS, recalls, strict=True)
    )
    score = round(10 * sum(recalls) / len(recalls))
    return Trackability(score, tried, 2.0, 50.0, np.full((18, 24), heat), features)


def test_print_fills_the_part_of_the_frame_that_is_asked_for() -> None:
    """Frontal, as wide as the frame: half of it is 320 px."""
    size, width_m = (600, 400), 0.3
    view = View(distance_m(0.5, size, width_m))

    corners = corners_of(homography_of(view, size, width_m), size)

    assert np.ptp(corners[:, 0]) == pytest.approx(320)


def test_tall_print_fills_the_frame_by_its_height() -> None:
    size, width_m = (400, 600), 0.3
    view = View(distance_m(0.5, size, width_m))

    corners = corners_of(homography_of(view, size, width_m), size)

    assert np.ptp(corners[:, 1]) == pytest.approx(240)


def test_tilted_print_is_foreshortened_by_the_cosine() -> None:
    """Seen from the right, from afar: its width shrinks, its height does not."""
    size = (500, 500)
    frontal, tilted = (
        corners_of(homography_of(View(30, tilt_deg=tilt), size, 1.0), size)
        for tilt in (0, 60)
    )

    assert np.ptp(tilted[:, 0]) / np.ptp(frontal[:, 0]) == pytest.approx(0.5, abs=0.01)
    assert np.ptp(tilted[:, 1]) / np.ptp(frontal[:, 1]) == pytest.approx(1, abs=0.05)


def test_camera_to_the_right_sees_the_right_edge_larger() -> None:
    corners = corners_of(
        homography_of(View(1, tilt_deg=40), (500, 500), 0.4), (500, 500)
    )

    left, right = corners[3] - corners[0], corners[2] - corners[1]
    assert np.hypot(*right) > 1.2 * np.hypot(*left)


def test_views_are_the_same_every_time() -> None:
    first, second = (
        tuple(views_of(BY_NAME["usual"], 4, (900, 700), 0.42, 1)) for _ in range(2)
    )

    assert first == second
    assert len(set(first)) == 4


def test_same_view_is_drawn_the_same(prints: ModuleType) -> None:
    print_ = prints.plan()
    view = View(0.8, tilt_deg=30, hidden=0.3, glare=0.2, motion_px=6, seed=5)

    assert np.array_equal(
        render_view(print_, view, 0.42), render_view(print_, view, 0.42)
    )


def test_rich_plan_is_found_where_it_is(plan: Trial) -> None:
    """In each condition of a visit nine times in ten at the least."""
    for name in ("usual", "aslant", "dark"):
        assert plan.measure_condition(BY_NAME[name], 5).recall >= 0.8


def test_repetitive_or_bare_prints_are_not(prints: ModuleType) -> None:
    """Each would be refused: they are told before they are printed."""
    for name in ("tiles", "pale", "emblem"):
        trial = Trial(prints.PRINTS[name](), 0.42)
        recalls = [
            trial.measure_condition(BY_NAME[n], 5).recall
            for n in ("usual", "far", "steep")
        ]

        assert np.mean(recalls) < 0.6, name


def test_other_print_is_not_taken_for_it(plan: Trial, prints: ModuleType) -> None:
    assert plan.false_match_ratio(prints.plan(7), 0.42) == 0


def test_heat_is_where_the_detail_is(prints: ModuleType) -> None:
    """The emblem stands in the upper left quarter, and nothing elsewhere."""
    trial = Trial(prints.emblem(), 0.42)
    near = Condition("near", fills=(0.8, 0.95))

    heat_map = trial.heat_map()
    trial.measure_condition(near, 5, heat_map)

    heat = heat_map.heat
    rows, columns = heat.shape
    corner = heat[: rows // 3, : columns // 3].sum()
    assert corner > 0.9 * heat.sum() > 0


@pytest.mark.parametrize(
    ("found_each", "is_forced", "rule"),
    [
        (9, False, None),
        (8, False, None),
        (7, False, catalogue.TARGET_HARD),
        (6, True, catalogue.TARGET_HARD),
        (5, False, catalogue.TARGET_REFUSED),
        (5, True, catalogue.TARGET_FORCED),
    ],
)
def test_verdict_follows_the_score(
    *, found_each: int, is_forced: bool, rule: Rule | None
) -> None:
    found = _found([found_each] * len(CONDITIONS))

    assert choose_rule(found, is_forced=is_forced) == rule


def test_advice_names_what_is_wrong() -> None:
    all_ten = [10] * len(CONDITIONS)
    half = [5] * len(CONDITIONS)
    glare = [3 if c.name == "glare" else 9 for c in CONDITIONS]

    assert "matte" in choose_advice(_found(all_ten))["en"]
    assert "too little detail" in choose_advice(_found(half, features=40))["en"]
    assert "small part" in choose_advice(_found(half, heat=0.0))["en"]
    assert "repeats" in choose_advice(_found(half))["en"]
    assert "without glass" in choose_advice(_found(glare))["en"]


def test_every_condition_can_be_advised_on_in_both_languages() -> None:
    for worst in CONDITIONS:
        recalls = [2 if c == worst else 8 for c in CONDITIONS]

        advice = choose_advice(_found(recalls))

        assert advice["fr"]
        assert advice["en"]


def test_report_needs_no_other_file(plan: Trial) -> None:
    found = _found([10] * len(CONDITIONS))

    page = report_page("a <plan>.png", plan, found, "fr")

    assert "a &lt;plan&gt;.png" in page
    assert "http" not in page
    assert page.count("data:image/webp;base64,") == 2 + len(CONDITIONS)


def test_heat_picture_glows_where_it_holds(prints: ModuleType) -> None:
    heat = np.zeros((18, 24))
    heat[:, 12:] = 1.0

    picture = np.asarray(render_heat_map(prints.pale(), heat), float)

    middle = picture.shape[1] // 2
    assert picture[:, middle + 60 :].mean() > 1.5 * picture[:, : middle - 60].mean()
