"""How far a piece of work is, told on the way by whoever does it to whoever waits.

What is told is a guess, and changes nothing of what is made. Where nobody waits, and in
threads beside the one that works, nothing is told.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SURE: Final = 0.8
"""Of a part, what is done when it took as many steps as were expected."""


@dataclass(slots=True)
class _Part:
    """A part of the work, from one share of the whole to another, 0 to 1."""

    tell: Callable[[float], None]
    begins: float = 0.0
    ends: float = 1.0
    steps: int = 0
    """Taken so far."""

    def reach(self, share: float) -> None:
        self.tell(self.begins + share * (self.ends - self.begins))


_part: ContextVar[_Part | None] = ContextVar("part", default=None)


@contextmanager
def told_to(tell: Callable[[float], None]) -> Iterator[None]:
    """Have somebody told which share of the work in this block is done, 0 to 1."""
    token = _part.set(_Part(tell))
    try:
        yield
    finally:
        _part.reset(token)


@contextmanager
def part(begins: float, ends: float) -> Iterator[None]:
    """Take what is reached in this block for this part of the work around it."""
    around = _part.get()
    if around is None:
        yield
        return
    length = around.ends - around.begins
    low, high = (around.begins + share * length for share in (begins, ends))
    around.tell(low)
    token = _part.set(_Part(around.tell, low, high))
    try:
        yield
    finally:
        _part.reset(token)
    around.tell(high)


def reached(share: float) -> None:
    """Tell which share of the part under way is done, 0 to 1."""
    if (under_way := _part.get()) is not None:
        under_way.reach(share)


def step(expected: int) -> None:
    """Tell that one more step of the part under way is done.

    Parameters
    ----------
    expected
        About how many there are; beyond, each is a smaller share of what is left.
    """
    if (under_way := _part.get()) is None:
        return
    under_way.steps += 1
    steps = under_way.steps
    if steps <= expected:
        under_way.reach(_SURE * steps / expected)
    else:
        under_way.reach(1 - (1 - _SURE) * expected / steps)
