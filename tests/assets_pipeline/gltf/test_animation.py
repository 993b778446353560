"""Samplers at any time, against the formulas of glTF 2.0, appendix C."""

from __future__ import annotations

import math

import numpy as np
import pytest

from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.animation import duration_s, sample_channel
from assets_pipeline.gltf.document import (
    Animation,
    AnimationChannel,
    AnimationSampler,
    Interpolation,
    Node,
)
from assets_pipeline.gltf.document import Path as Moved


def channel(
    keys: list[float],
    values: object,
    interpolation: Interpolation = "LINEAR",
    path: Moved = "translation",
) -> AnimationChannel:
    output = create_accessor(np.array(values, np.float32))
    sampler = AnimationSampler(
        create_accessor(np.float32([*keys])), output, interpolation
    )
    return AnimationChannel(Node(), path, sampler)


def at(held: AnimationChannel, *times_s: float) -> np.ndarray:
    return sample_channel(held, np.array(times_s))


def test_a_straight_way_is_shared_out() -> None:
    held = channel([1, 3], [[0, 0, 0], [4, 8, -2]])

    found = at(held, 1.5)

    np.testing.assert_allclose(found, [[1, 2, -0.5]])


def test_the_first_and_the_last_key_are_held() -> None:
    held = channel([1, 3], [[1, 0, 0], [4, 8, -2]])

    found = at(held, 0, 9)

    np.testing.assert_allclose(found, [[1, 0, 0], [4, 8, -2]])


def test_a_step_changes_at_its_key() -> None:
    held = channel([0, 1, 2], [[0, 0, 0], [1, 0, 0], [2, 0, 0]], "STEP")

    found = at(held, 0.999, 1, 1.5, 2)

    np.testing.assert_allclose(found[:, 0], [0, 1, 1, 2])


@pytest.mark.parametrize("sign", [1, -1])
def test_a_turn_goes_the_shorter_way_at_one_speed(sign: int) -> None:
    half = math.radians(80) / 2
    end = [0, 0, sign * math.sin(half), sign * math.cos(half)]
    held = channel([0, 1], [[0, 0, 0, 1], end], path="rotation")

    (found,) = at(held, 0.25)

    quarter = half / 4
    np.testing.assert_allclose(
        found, [0, 0, math.sin(quarter), math.cos(quarter)], atol=1e-6
    )


def test_a_curve_is_hermite_s() -> None:
    """Between 1 and 2 of x³, whose tangents are 3 and 12, it is x³ itself."""
    rows = [[[0] * 3, [1] * 3, [3] * 3], [[12] * 3, [8] * 3, [0] * 3]]
    held = channel([1, 2], np.reshape(rows, (6, 3)), "CUBICSPLINE")

    found = at(held, 1.25, 1.5)

    np.testing.assert_allclose(found[:, 0], [1.25**3, 1.5**3], rtol=1e-6)


def test_tangents_are_per_second() -> None:
    rows = [[[0] * 3, [0] * 3, [6] * 3], [[6] * 3, [24] * 3, [0] * 3]]
    held = channel([0, 4], np.reshape(rows, (6, 3)), "CUBICSPLINE")

    found = at(held, 1)

    np.testing.assert_allclose(found, [[6, 6, 6]], rtol=1e-6)


def test_every_target_has_its_weight() -> None:
    held = channel([0, 1], [[0], [1], [1], [0]], path="weights")

    found = at(held, 0.25)

    np.testing.assert_allclose(found, [[0.25, 0.75]])


def test_one_key_holds_always() -> None:
    held = channel([2], [[1, 2, 3]])

    found = at(held, 0, 2, 3)

    np.testing.assert_allclose(found, [[1, 2, 3]] * 3)


def test_an_animation_ends_with_its_last_key() -> None:
    moved = [channel([0, 1], np.zeros((2, 3))), channel([0, 2.5], np.zeros((2, 3)))]

    assert duration_s(Animation(moved)) == 2.5
