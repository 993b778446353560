"""Scores, from answers whose numbers are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.image_targets.frames import NEGATIVE, STILL, TWIN, Frame, Shown
from benchmarks.image_targets.result_cache import Corners, TrackerResults, load_or_make
from benchmarks.image_targets.scoring import (
    Share,
    attempts,
    error_px,
    false_positives,
    hits,
    jitters_px,
    twins_taken,
    wrong_poses,
)

if TYPE_CHECKING:
    from pathlib import Path

SQUARE: Corners = ((0, 0), (100, 0), (100, 100), (0, 100))


def moved(corners: Corners, x: float, y: float) -> Corners:
    """Return corners moved by some pixels."""
    return tuple((left + x, top + y) for left, top in corners)


def frame(file: str, name: str, *shown: str, asked: tuple[str, ...] = ()) -> Frame:
    """Return a frame with prints in it."""
    seen = tuple(Shown(print_name, SQUARE) for print_name in shown)
    return Frame(file, name, 0, 640, 480, 554.0, seen, asked)


def test_an_error_is_the_root_of_the_mean_square_distance() -> None:
    assert error_px(moved(SQUARE, 3, 4), SQUARE) == pytest.approx(5)


def test_a_print_found_within_five_pixels_is_a_hit() -> None:
    frames = [frame("a", "scale25", "x"), frame("b", "scale25", "x")]
    found = {"a": {"x": moved(SQUARE, 4, 0)}, "b": {"x": moved(SQUARE, 6, 0)}}

    tried = attempts(frames, TrackerResults(found, {"a": ("x",), "b": ("x",)}))

    assert hits(tried) == Share(1, 2)


def test_a_pose_is_wrong_beyond_twenty_pixels_and_absence_is_not() -> None:
    frames = [frame(file, "scale25", "x") for file in "abc"]
    found = {"a": {"x": moved(SQUARE, 21, 0)}, "b": {"x": moved(SQUARE, 9, 0)}, "c": {}}

    tried = attempts(frames, TrackerResults(found, dict.fromkeys("abc", ("x",))))

    assert wrong_poses(tried) == Share(1, 3)


def test_every_absent_print_looked_for_is_a_pair() -> None:
    frames = [frame("a", NEGATIVE), frame("b", "scale25", "x")]
    found = {"a": {"y": SQUARE}, "b": {"x": SQUARE}}

    share = false_positives(
        frames, TrackerResults(found, dict.fromkeys("ab", ("x", "y")))
    )

    assert share == Share(1, 3)


def test_a_twin_is_no_false_positive_but_is_counted_apart() -> None:
    frames = [frame("a", TWIN, "y", asked=("x",)), frame("b", TWIN, "y", asked=("x",))]
    answers = TrackerResults({"a": {"x": SQUARE}, "b": {}}, dict.fromkeys("ab", ("x",)))

    assert twins_taken(frames, answers) == Share(1, 2)
    assert false_positives(frames, answers) == Share(0, 0)


def test_jitter_is_the_root_of_the_variances_of_x_and_y() -> None:
    files = ["a", "b", "c", "d"]
    frames = [frame(file, STILL, "x") for file in files]
    steps = (-0.3, 0.3, -0.3, 0.3)
    found = {
        file: {"x": moved(SQUARE, step, step * 4 / 3)}
        for file, step in zip(files, steps, strict=True)
    }

    jitters = jitters_px(frames, TrackerResults(found, dict.fromkeys(files, ("x",))))

    assert jitters == {"x": pytest.approx(0.5)}


def test_answers_are_made_once(tmp_path: Path) -> None:
    made = TrackerResults({"a": {"x": SQUARE}}, {"a": ("x",)})

    first = load_or_make(tmp_path / "answers.json", lambda: made)
    second = load_or_make(tmp_path / "answers.json", lambda: pytest.fail("made again"))

    assert first == second == made
