"""The second core makes what comes next; order and results stay those of one."""

from __future__ import annotations

from threading import Event

import pytest

from assets_pipeline.lod.measurements import prefetch, run_beside

LONG_S = 60


def test_what_is_made_comes_in_order() -> None:
    assert list(prefetch(str, [3, 1, 2])) == ["3", "1", "2"]


def test_the_next_is_made_while_the_last_is_looked_at() -> None:
    begun = Event()

    def make(wanted: int) -> int:
        if wanted == 2:
            begun.set()
        return wanted

    made = prefetch(make, [1, 2])

    assert next(made) == 1
    assert begun.wait(LONG_S)


def test_what_fails_is_told_where_it_would_have_come() -> None:
    made = prefetch(lambda wanted: 1 // wanted, [1, 0])

    assert next(made) == 1
    with pytest.raises(ZeroDivisionError):
        next(made)


def test_one_thing_is_made_beside_another() -> None:
    begun = Event()

    made = run_beside(lambda: begun.set() or "made", lambda: begun.wait(LONG_S))

    assert made == "made"
