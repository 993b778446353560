"""What staff are told of a model, from what was made of it."""

from __future__ import annotations

import pytest

from publishing.report.facts import LevelFacts, ModelFacts
from tours.bundle import Bundle, Extents, MediaFile, Picture

FILE = MediaFile("0" * 64, 3, ".usdz", "model/vnd.usdz+zip")


def asset(error: float | None, size_bytes: int, *, is_searched: bool) -> ModelFacts:
    bundle = Bundle(
        extents=Extents((0.0, 0.0, 0.0), (1.0, 1.0, 1.0)),
        lods=(),
        usdz=FILE,
        poster=Picture(()),
        source_triangles=12,
        is_searched=is_searched,
    )
    usdz = LevelFacts("usdz", size_bytes, 12, 1, 99, (), error)
    return ModelFacts("a.glb", bundle, 9, (), usdz)


@pytest.mark.parametrize(
    ("error", "size_bytes", "is_searched", "has"),
    [
        (0.001, 5_100_000, False, True),
        (0.001, 5_100_000, True, False),
        (0.001, 90_000, False, False),
        (0.018, 5_100_000, False, False),
        (None, 5_100_000, False, False),
    ],
    ids=["truer", "searched", "light", "as wanted", "unseen"],
)
def test_a_heavy_usdz_that_is_truer_than_wanted_could_be_lighter(
    error: float | None,
    size_bytes: int,
    is_searched: bool,  # noqa: FBT001 - a parameter of the test
    has: bool,  # noqa: FBT001 - likewise
) -> None:
    made = asset(error, size_bytes, is_searched=is_searched)

    assert made.has_usdz_to_spare == has
