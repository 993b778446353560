"""What is left is told as people round it, and counted down."""

import pytest

from ecomusee.remaining_time import RemainingTime


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
    assert RemainingTime(100.0).told(100.0 + elapsed_s, share, "en") == told


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_nothing_is_told_before_the_first_and_after_the_last(share: float) -> None:
    assert RemainingTime(0.0).told(12.0, share, "fr") == ""


def test_too_small_a_share_foretells_nothing() -> None:
    """A dense scan's reading took a minute, and would have made of it an hour."""
    assert RemainingTime(0.0).told(61.0, 0.02, "fr") == "depuis 1 min"


def test_what_is_left_is_counted_down_while_no_share_comes() -> None:
    waited = RemainingTime(0.0)

    told = [waited.told(now_s, 0.25, "en") for now_s in (20.0, 30.0, 50.0, 70.0)]

    assert told == [f"about {left} s left" for left in (60, 50, 30, 10)]


def test_the_time_that_passed_is_told_when_the_forecast_has_run_out() -> None:
    waited = RemainingTime(0.0)
    waited.told(20.0, 0.5, "en")

    assert waited.told(130.0, 0.5, "en") == "2 min so far"


def test_a_little_more_than_what_was_said_does_not_climb() -> None:
    waited = RemainingTime(0.0)
    waited.told(20.0, 0.25, "en")

    assert waited.told(30.0, 0.3, "en") == "about 60 s left"


def test_far_more_than_what_was_said_is_told() -> None:
    waited = RemainingTime(0.0)
    waited.told(20.0, 0.25, "en")

    assert waited.told(75.0, 0.27, "en") == "about 3 min left"


def test_less_than_what_was_said_is_told_at_once() -> None:
    waited = RemainingTime(0.0)
    waited.told(20.0, 0.25, "en")

    assert waited.told(22.0, 0.75, "en") == "about 5 s left"
