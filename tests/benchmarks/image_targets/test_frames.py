"""Sets of frames: rendered once, the same every time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from benchmarks.image_targets import frames
from benchmarks.image_targets.bins import BINS, PHONE_BINS
from benchmarks.image_targets.drawings import label, panel
from benchmarks.image_targets.frames import bin_frame, frame_set
from benchmarks.image_targets.frames import load as loaded
from benchmarks.image_targets.pictures import HELD_OUT_PRINTS, PRINTS, resized
from benchmarks.image_targets.posters import logo
from benchmarks.image_targets.recipes import TWINS, Recipe

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.image_targets.rendering import Picture

RECIPE = Recipe(
    name="drawn",
    seed="test",
    prints={"panel": panel, "label": label, "logo": logo},
    backdrops=(),
    bins={"scale25": BINS["scale25"], "several": PHONE_BINS["several"]},
    repeats=1,
    bare_repeats=(0,),
)
"""Only what the benchmark draws itself: photographs need packages of their own."""


@pytest.fixture
def prints() -> dict[str, Picture]:
    """Return the recipe's prints, at the bench's size."""
    return {name: resized(load()) for name, load in RECIPE.prints.items()}


def test_the_same_seed_gives_the_same_frame(prints: dict[str, Picture]) -> None:
    one, again = (bin_frame(RECIPE, prints, "scale25", "panel", 0) for _ in range(2))

    assert one.frame == again.frame
    assert np.array_equal(one.pixels, again.pixels)


def test_another_repeat_gives_another_frame(prints: dict[str, Picture]) -> None:
    recipe = replace(RECIPE, bare_repeats=(0, 1))

    one, other = (bin_frame(recipe, prints, "scale25", "panel", at) for at in (0, 1))

    assert one.frame.shown != other.frame.shown


def test_several_prints_stand_beside_each_other(prints: dict[str, Picture]) -> None:
    drawing = bin_frame(RECIPE, prints, "several", "panel", 0)

    boxes = [np.array(shown.corners) for shown in drawing.frame.shown]
    names = [shown.name for shown in drawing.frame.shown]
    apart = [
        (one.min(0) > other.max(0)).any() or (other.min(0) > one.max(0)).any()
        for at, one in enumerate(boxes)
        for other in boxes[at + 1 :]
    ]
    assert names == ["panel", "label", "logo"]
    assert all(apart)


def test_a_set_is_rendered_once(tmp_path: Path) -> None:
    first = frame_set(RECIPE, tmp_path)
    written = (first.folder / "frames.json").stat().st_mtime_ns

    second = frame_set(RECIPE, tmp_path)

    assert second.frames == first.frames
    assert (second.folder / "frames.json").stat().st_mtime_ns == written


def test_a_set_reads_back_as_it_was_drawn(
    tmp_path: Path, prints: dict[str, Picture]
) -> None:
    frames.render_set(RECIPE, tmp_path / "set")

    read = loaded(tmp_path / "set")

    assert read.names == ("panel", "label", "logo")
    assert read.frames[0] == bin_frame(RECIPE, prints, "scale25", "panel", 0).frame


def test_no_print_of_the_bench_is_held_out() -> None:
    assert not set(PRINTS) & set(HELD_OUT_PRINTS)


def test_twins_are_68_frames() -> None:
    assert len(TWINS.twins) * TWINS.twin_repeats == 68
