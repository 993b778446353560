"""How far work is: shares of the whole, told from within its parts, never back."""

from __future__ import annotations

from threading import Thread

import pytest

from assets_pipeline.progress import advance, report_to, subrange, update


def test_a_share_of_a_part_is_told_as_one_of_the_whole() -> None:
    told: list[float] = []

    with report_to(told.append), subrange(0.2, 0.6):
        update(0.5)

    assert told == pytest.approx([0.2, 0.4, 0.6])


def test_parts_have_parts() -> None:
    told: list[float] = []

    with report_to(told.append), subrange(0.5, 1), subrange(0.5, 1):
        update(0.5)

    assert told == pytest.approx([0.5, 0.75, 0.875, 1, 1])


def test_steps_beyond_those_expected_still_go_forward() -> None:
    told: list[float] = []

    with report_to(told.append):
        for _ in range(100):
            advance(10)

    assert told == sorted(set(told))
    assert told[9] == pytest.approx(0.8)
    assert told[-1] < 1


def test_nobody_is_told_where_nobody_waits() -> None:
    with subrange(0, 1):
        update(0.5)
        advance(3)


def test_a_thread_beside_tells_nothing() -> None:
    told: list[float] = []

    with report_to(told.append):
        thread = Thread(target=update, args=(0.5,))
        thread.start()
        thread.join()

    assert told == []
