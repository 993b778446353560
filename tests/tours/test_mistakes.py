"""Every mistake in three museums of other habits, alone and two by two: each told once, in its place."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from tests.tours.mistakes import (
    CONTEXTS,
    ENTANGLED,
    MISTAKES,
    Mistake,
    are_apart,
    cut,
    museum,
    restored,
    spoilt,
    told,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.tours.mistakes import Cut

    Pair = tuple[Cut, Cut]
    Sample = Callable[[Sequence[Pair], int], Sequence[Pair]]

PAIRS = 40
"""Of each museum, a sample; all of them with ``--all``."""
LEAST_CODES = 60


@pytest.fixture(scope="module", params=CONTEXTS)
def context(request: pytest.FixtureRequest) -> str:
    """Return the name of a museum."""
    return str(request.param)


@pytest.fixture(scope="module")
def folder(context: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the museum, to be left as it was found."""
    return museum(context, tmp_path_factory.mktemp("museums") / context)


def test_the_museum_is_right(folder: Path) -> None:
    assert told(folder) == []


def test_the_catalogue_is_long_enough() -> None:
    assert len({mistake.code for mistake in MISTAKES}) >= LEAST_CODES


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.id)
def test_one_mistake(mistake: Mistake, context: str, folder: Path) -> None:
    expected = spoilt(folder, context, [cut(mistake, context)])

    found = told(folder)

    restored(context, folder, mistake.file)
    assert found == expected


@pytest.mark.timeout(1800)
def test_two_mistakes_in_one_run(context: str, folder: Path, sample: Sample) -> None:
    """None hides the other, whatever the order."""
    pairs = [
        (cut(one, context), cut(other, context))
        for one, other in combinations(MISTAKES, 2)
        if {one.id, other.id} not in ENTANGLED
    ]
    pairs = [pair for pair in pairs if are_apart(*pair)]
    wrong = []

    for pair in sample(pairs, PAIRS):
        expected = spoilt(folder, context, list(pair))
        found = told(folder)
        for one in pair:
            restored(context, folder, one.file)
        if found != expected:
            wrong.append((expected, found))

    assert wrong == []
