"""Polygons are covered by their triangles once, hollow ones too."""

from __future__ import annotations

import math

import numpy as np
import pytest

from assets_pipeline.readers import triangulation
from assets_pipeline.readers.triangulation import triangulate

DART = [(0, 0), (2, 1), (0, 2), (1, 1)]
"""Its last corner reaches in: a fan from the first would cover the outside."""
COMB = [(0, 0), (5, 0), (5, 3), (4, 1), (3, 3), (2, 1), (1, 3)]
STAR = [
    (r * math.cos(a), r * math.sin(a))
    for n in range(10)
    for r, a in [(1.0 if n % 2 else 0.3, n * math.pi / 5)]
]


def spiral(turns: float, corners: int) -> list[tuple[float, float]]:
    """Return a band that winds around itself."""
    angles = np.linspace(0, 2 * math.pi * turns, corners // 2)
    outer, inner = angles + 4.0, angles + 1.0
    out = [
        (r * math.cos(a), r * math.sin(a)) for r, a in zip(outer, angles, strict=True)
    ]
    back = [
        (r * math.cos(a), r * math.sin(a)) for r, a in zip(inner, angles, strict=True)
    ]
    return out + back[::-1]


def area(corners: list[tuple[float, float]]) -> float:
    x, y = np.array(corners, float).T
    return float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2


@pytest.mark.parametrize(
    "corners", [DART, [*DART[1:], DART[0]], COMB, STAR, spiral(5, 600)]
)
@pytest.mark.parametrize("is_turned", [False, True])
def test_triangles_cover_the_polygon_and_nothing_else(
    corners: list[tuple[float, float]],
    is_turned: bool,  # noqa: FBT001  # a parameter of pytest
) -> None:
    corners = corners[::-1] if is_turned else corners
    places = np.array([(0.0, x, y) for x, y in corners])

    found = triangulate(np.array([len(corners)]), places)

    a, b, c = (places[found[:, i]] for i in range(3))
    areas = np.cross(b - a, c - a)[:, 0] / 2
    assert len(found) == len(corners) - 2
    assert np.sign(areas) == pytest.approx(np.sign(area(corners)))
    assert areas.sum() == pytest.approx(area(corners))


def test_a_plain_polygon_stays_a_fan_and_scraps_show_nothing() -> None:
    places = np.array([(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0)], float)
    both = np.concatenate([places[:2], places])

    found = triangulate(np.array([2, 4]), both)

    assert found.tolist() == [[2, 3, 4], [2, 4, 5]]


def test_a_polygon_that_crosses_itself_ends() -> None:
    places = np.array([(0, 0, 0), (2, 2, 0), (2, 0, 0), (0, 2, 0), (1, 3, 0)], float)

    assert len(triangulate(np.array([5]), places)) == 3


@pytest.mark.parametrize("wrong", [1, 50])
def test_cutting_ends_after_so_many_steps(
    wrong: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often a corner is looked at in vain, and in however many polygons."""
    monkeypatch.setattr(triangulation, "_MOST_STEPS", 5_000)
    looks = []
    side = triangulation._side  # noqa: SLF001  # what takes the time
    monkeypatch.setattr(
        triangulation, "_side", lambda a, b, p: looks.append(None) or side(a, b, p)
    )
    zigzag = np.random.default_rng(1).random((400, 3)) * (1, 1, 0)

    found = triangulate(np.full(wrong, 400), np.tile(zigzag, (wrong, 1)))

    assert len(found) == wrong * 398
    assert len(looks) < 3 * (5_000 + 2 * 400)
