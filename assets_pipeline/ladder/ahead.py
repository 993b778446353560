"""What is made next, made while the last is looked at: the second core's work."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

Wanted = TypeVar("Wanted")
Made = TypeVar("Made")


def one_ahead(make: Callable[[Wanted], Made], many: Iterable[Wanted]) -> Iterator[Made]:
    """Yield what is made of each, in order; one more is made meanwhile, in a thread.

    Parameters
    ----------
    make
        Called in one other thread, never twice at once.
    many
        What things are made of.
    """
    coming: deque[Future[Made]] = deque()
    with ThreadPoolExecutor(1) as maker:
        for wanted in many:
            coming.append(maker.submit(make, wanted))
            if len(coming) > 1:
                yield coming.popleft().result()
        while coming:
            yield coming.popleft().result()


def beside(make: Callable[[], Made], other: Callable[[], object]) -> Made:
    """Return what is made in a thread while something else is done here."""
    with ThreadPoolExecutor(1) as maker:
        coming = maker.submit(make)
        other()
        return coming.result()
