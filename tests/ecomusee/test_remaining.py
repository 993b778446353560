"""What is left is told as people round it."""

import pytest

from ecomusee.remaining import remaining


@pytest.mark.parametrize(
    ("elapsed_s", "share", "told"),
    [
        (10.0, 0.25, "about 30 s left"),
        (10.0, 0.95, "about 5 s left"),
        (30.0, 0.1, "about 4 min left"),
        (60.0, 0.4, "about 90 s left"),
    ],
)
def test_what_is_left_goes_on_as_it_went(
    elapsed_s: float, share: float, told: str
) -> None:
    assert remaining(elapsed_s, share, "en") == told


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_nothing_is_told_before_the_first_and_after_the_last(share: float) -> None:
    assert remaining(12.0, share, "fr") == ""
