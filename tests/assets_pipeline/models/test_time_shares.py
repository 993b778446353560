"""How far the making of a model is told to be."""

from __future__ import annotations

from dataclasses import astuple

import pytest

from assets_pipeline.models.time_shares import estimate_time_shares

RULE = {"searches": False, "replays": False}


@pytest.mark.parametrize("triangles", [0, 12, 400_000, 4_000_000])
@pytest.mark.parametrize(
    "way", [{}, {"replays": True}, {"searches": True}], ids=["rule", "again", "search"]
)
def test_shares_grow_from_the_first_to_the_last(
    triangles: int, way: dict[str, bool]
) -> None:
    shares = astuple(estimate_time_shares(3 * triangles, triangles, **{**RULE, **way}))

    assert list(shares) == sorted(shares)
    assert shares[0] >= 0
    assert shares[-1] < 1


def test_of_a_dense_stl_much_is_done_once_it_is_clean_and_lit() -> None:
    """Of four million loose triangles, more than by any other by rule."""
    assert estimate_time_shares(12_000_000, 4_000_000, **RULE).light > 0.5


def test_of_a_scan_that_is_joined_little_is() -> None:
    """Read, cleaned and lit in two seconds of a minute."""
    assert estimate_time_shares(200_000, 400_000, **RULE).light < 0.05


def test_of_a_search_the_most_comes_after() -> None:
    assert (
        estimate_time_shares(12_000_000, 4_000_000, searches=True, replays=False).light
        < 0.3
    )
