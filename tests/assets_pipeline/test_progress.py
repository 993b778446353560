"""How far work is: shares of the whole, told from within its parts, never back."""

from __future__ import annotations

from threading import Thread

import pytest

from assets_pipeline.progress import part, reached, step, told_to


def test_a_share_of_a_part_is_told_as_one_of_the_whole() -> None:
    told: list[float] = []

    with told_to(told.append), part(0.2, 0.6):
        reached(0.5)

    assert told == pytest.approx([0.2, 0.4, 0.6])


def test_parts_have_parts() -> None:
    told: list[float] = []

    with told_to(told.append), part(0.5, 1), part(0.5, 1):
        reached(0.5)

    assert told == pytest.approx([0.5, 0.75, 0.875, 1, 1])


def test_steps_beyond_those_expected_still_go_forward() -> None:
    told: list[float] = []

    with told_to(told.append):
        for _ in range(100):
            step(10)

    assert told == sorted(set(told))
    assert told[9] == pytest.approx(0.8)
    assert told[-1] < 1


def test_nobody_is_told_where_nobody_waits() -> None:
    with part(0, 1):
        reached(0.5)
        step(3)


def test_a_thread_beside_tells_nothing() -> None:
    told: list[float] = []

    with told_to(told.append):
        thread = Thread(target=reached, args=(0.5,))
        thread.start()
        thread.join()

    assert told == []
