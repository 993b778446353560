"""Where a stop stands in its tour: what is before it, what comes next, and the way.

Numbers are printed on labels, so a withdrawn stop keeps its own and the others keep
theirs; it is only no longer walked to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tours.manifest import StopView, Text, TourView


@dataclass(frozen=True, slots=True)
class Walk:
    """The neighbours of a stop, withdrawn ones passed over."""

    previous: StopView | None
    next: StopView | None
    ways: tuple[Text, ...]
    """How to get to the next stop, place after place: those of withdrawn stops on the
    way are still walked through."""


def walk(tour: TourView, stop: StopView) -> Walk:
    """Return what surrounds a stop of a tour."""
    place = tour.stops.index(stop)
    before = tuple(s for s in tour.stops[:place] if s.withdrawn is None)
    ways = [stop.way]
    for other in tour.stops[place + 1 :]:
        if other.withdrawn is None:
            return Walk(_last(before), other, _known(ways))
        ways.append(other.way)
    return Walk(_last(before), None, _known(ways[:1]))


def open_stops(tour: TourView) -> tuple[StopView, ...]:
    """Return the stops of a tour that can be seen."""
    return tuple(stop for stop in tour.stops if stop.withdrawn is None)


def closed_stops(tour: TourView) -> tuple[StopView, ...]:
    """Return the stops of a tour that are withdrawn."""
    return tuple(stop for stop in tour.stops if stop.withdrawn is not None)


def _last(stops: tuple[StopView, ...]) -> StopView | None:
    return stops[-1] if stops else None


def _known(ways: list[Text | None]) -> tuple[Text, ...]:
    return tuple(way for way in ways if way is not None)
