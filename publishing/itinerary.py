"""Where a stop stands in its tour: what is before it, what comes next, and the way.

Numbers are printed on labels, so a withdrawn stop keeps its own and the others keep
theirs; it is only no longer walked to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tours.manifest import (
        AccessView,
        ImageVariant,
        Manifest,
        SiteView,
        StopView,
        Text,
        TourView,
    )

_MOSAIC = 3


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


@dataclass(frozen=True, slots=True)
class Visit:
    """What a tour has to see at a place."""

    tour: TourView
    stops: tuple[StopView, ...]
    """Those of the place, in the tour's order."""


@dataclass(frozen=True, slots=True)
class Place:
    """A site as its page and its card show it, in one language."""

    view: SiteView
    visits: tuple[Visit, ...]

    @property
    def stop_count(self) -> int:
        """How many stops are there, over all tours."""
        return sum(len(visit.stops) for visit in self.visits)

    @property
    def cover(self) -> tuple[ImageVariant, ...]:
        """The picture of the first stop there that has one; empty if none has."""
        for visit in self.visits:
            for stop in visit.stops:
                if stop.scene is not None and stop.scene.poster:
                    return stop.scene.poster
        return ()


def covers(tour: TourView) -> tuple[tuple[ImageVariant, ...], ...]:
    """Return three pictures of a tour, of its first stops that have one; else one."""
    found = tuple(
        stop.scene.poster
        for stop in open_stops(tour)
        if stop.scene is not None and stop.scene.poster
    )
    return found[:_MOSAIC] if len(found) >= _MOSAIC else found[:1]


def places(manifests: Sequence[Manifest]) -> tuple[Place, ...]:
    """Return the sites of some tours in one language, in the order they come."""
    views: dict[str, SiteView] = {}
    for manifest in manifests:
        tour = manifest.tour
        named = (*((tour.site,) if tour.site else ()), *tour.other_sites)
        views |= {view.id: view for view in named if view.id not in views}
    return tuple(Place(view, _visits(manifests, view.id)) for view in views.values())


def site_of_stop(tour: TourView, stop: StopView) -> SiteView | None:
    """Return where a stop is, whole: its own site, else its tour's."""
    if stop.site is None:
        return tour.site
    named = (tour.site, *tour.other_sites)
    return next((site for site in named if site and site.id == stop.site.id), None)


def access_of_stop(tour: TourView, stop: StopView) -> AccessView | None:
    """Return how a stop is reached: what its tour says is of the tour's own place.

    A stop that is nowhere is not gone to.
    """
    place = site_of_stop(tour, stop)
    if place is None:
        return tour.access if stop.position else None
    if place.access is None and place == tour.site:
        return tour.access
    return place.access


def departure(tour: TourView) -> SiteView | None:
    """Return where a tour starts: the place of its first open stop."""
    stops = open_stops(tour)
    return site_of_stop(tour, stops[0]) if stops else tour.site


def _visits(manifests: Sequence[Manifest], site: str) -> tuple[Visit, ...]:
    visits = (
        Visit(manifest.tour, _stops_at(manifest.tour, site)) for manifest in manifests
    )
    return tuple(visit for visit in visits if visit.stops)


def _stops_at(tour: TourView, site: str) -> tuple[StopView, ...]:
    return tuple(
        stop
        for stop in open_stops(tour)
        if (place := site_of_stop(tour, stop)) is not None and place.id == site
    )
