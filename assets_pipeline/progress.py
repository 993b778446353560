"""Report progress of nested work to whoever waits, as a share from 0 to 1.

Shares are estimates, and change nothing of what is made. Where nobody listens, and in
threads beside the one that works, nothing is reported.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SHARE_AT_EXPECTED: Final = 0.8
"""Of a subrange, what is done once as many steps were taken as expected."""


@dataclass(slots=True)
class _Subrange:
    """A part of the work, from one share of the whole to another, 0 to 1."""

    report: Callable[[float], None]
    start: float = 0.0
    end: float = 1.0
    steps: int = 0
    """Taken so far."""

    def update(self, share: float) -> None:
        self.report(self.start + share * (self.end - self.start))


_current: ContextVar[_Subrange | None] = ContextVar("current", default=None)


@contextmanager
def report_to(report: Callable[[float], None]) -> Iterator[None]:
    """Call `report` with the share of the work in this block that is done, 0 to 1."""
    token = _current.set(_Subrange(report))
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def subrange(start: float, end: float) -> Iterator[None]:
    """Map progress within this block to a part of the work around it."""
    around = _current.get()
    if around is None:
        yield
        return
    length = around.end - around.start
    low, high = (around.start + share * length for share in (start, end))
    around.report(low)
    token = _current.set(_Subrange(around.report, low, high))
    try:
        yield
    finally:
        _current.reset(token)
    around.report(high)


def update(share: float) -> None:
    """Report which share of the current subrange is done, 0 to 1."""
    if (current := _current.get()) is not None:
        current.update(share)


def advance(expected_steps: int) -> None:
    """Report that one more step of the current subrange is done.

    Parameters
    ----------
    expected_steps
        About how many there are; beyond, each is a smaller share of what is left.
    """
    if (current := _current.get()) is None:
        return
    current.steps += 1
    steps = current.steps
    if steps <= expected_steps:
        current.update(_SHARE_AT_EXPECTED * steps / expected_steps)
    else:
        current.update(1 - (1 - _SHARE_AT_EXPECTED) * expected_steps / steps)
