"""FLIP gives what its paper says, and what its authors' own program gives."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from assets_pipeline.rendering import flip

ByteArray = NDArray[np.uint8]


def flat(color: tuple[int, int, int], edge_px: int = 48) -> ByteArray:
    """Return a picture of one colour."""
    return np.full((edge_px, edge_px, 3), color, np.uint8)


def difference(one: ByteArray, other: ByteArray) -> float:
    """Return the mean over a whole picture."""
    return float(
        flip.error_map(flip.filter_image(one), flip.filter_image(other)).mean()
    )


def noisy_pairs() -> list[tuple[ByteArray, ByteArray]]:
    """Return coloured squares, and the same with noise, always the same."""
    numbers = np.random.default_rng(0)
    pairs = []
    for _ in range(3):
        squares = np.kron(numbers.random((16, 20, 3)), np.ones((16, 16, 1))) * 255
        clean = squares.astype(np.uint8)
        noise = numbers.integers(-40, 40, clean.shape)
        pairs.append(
            (clean, np.clip(clean.astype(int) + noise, 0, 255).astype(np.uint8))
        )
    return pairs


def test_a_picture_does_not_differ_from_itself() -> None:
    clean, _ = noisy_pairs()[0]

    assert difference(clean, clean) == 0


def test_white_and_black_differ_as_the_formula_has_it() -> None:
    """100 of lightness to the power .7; the range ends at green against blue."""
    error, greatest = 100**0.7, 41.276
    expected = 0.95 + 0.05 * (error - 0.4 * greatest) / (0.6 * greatest)

    found = difference(flat((255, 255, 255)), flat((0, 0, 0)))

    assert found == pytest.approx(expected, abs=1e-4)


def test_green_and_blue_differ_most() -> None:
    assert difference(flat((0, 255, 0)), flat((0, 0, 255))) == pytest.approx(
        1, abs=1e-4
    )


def test_order_does_not_matter() -> None:
    clean, noisy = noisy_pairs()[0]

    assert difference(clean, noisy) == difference(noisy, clean)


def test_an_edge_counts_for_more_than_its_colour_alone() -> None:
    """One grey step, blurred away at its border: where it appears, an edge does."""
    plain, stepped = flat((120, 120, 120)), flat((120, 120, 120))
    stepped[:, 24:] = 136

    differs = flip.error_map(flip.filter_image(plain), flip.filter_image(stepped))

    assert differs[24, 24] > differs[24, 40]


@pytest.mark.parametrize(
    ("number", "theirs"), [(0, 0.177964), (1, 0.179346), (2, 0.173824)]
)
def test_the_mean_is_that_of_the_authors_program(number: int, theirs: float) -> None:
    """Recorded from flip-evaluator 1.7, LDR at its default 67.02 pixels a degree."""
    clean, noisy = noisy_pairs()[number]

    assert difference(clean, noisy) == pytest.approx(theirs, abs=2e-5)
