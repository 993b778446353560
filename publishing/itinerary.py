"""Order and sites of a tour's stops: neighbours, open and withdrawn stops, stops by site.

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

_MOSAIC_SIZE = 3


@dataclass(frozen=True, slots=True)
class AdjacentStops:
    """The previous and next open stop of a stop."""

    previous: StopView | None
    next: StopView | None
    ways: tuple[Text, ...]
    """How to get to the next stop, place after place: those of withdrawn stops on the
    way are still walked through."""


def adjacent_stops(tour: TourView, stop: StopView) -> AdjacentStops:
    """Return the previous and the next open stop, and the way to the next."""
    place = tour.stops.index(stop)
    before = tuple(s for s in tour.stops[:place] if s.withdrawn is None)
    ways = [stop.way]
    for other in tour.stops[place + 1 :]:
        if other.withdrawn is None:
            return AdjacentStops(_last(before), other, _known(ways))
        ways.append(other.way)
    return AdjacentStops(_last(before), None, _known(ways[:1]))


def open_stops(tour: TourView) -> tuple[StopView, ...]:
    """Return the stops of a tour that are not withdrawn."""
    return tuple(stop for stop in tour.stops if stop.withdrawn is None)


def withdrawn_stops(tour: TourView) -> tuple[StopView, ...]:
    """Return the stops of a tour that are withdrawn."""
    return tuple(stop for stop in tour.stops if stop.withdrawn is not None)


def _last(stops: tuple[StopView, ...]) -> StopView | None:
    return stops[-1] if stops else None


def _known(ways: list[Text | None]) -> tuple[Text, ...]:
    return tuple(way for way in ways if way is not None)


@dataclass(frozen=True, slots=True)
class TourAtSite:
    """A tour and its stops at one site."""

    tour: TourView
    stops: tuple[StopView, ...]
    """Those of the place, in the tour's order."""


@dataclass(frozen=True, slots=True)
class SiteOverview:
    """A site with the tours and stops that are there, in one language."""

    view: SiteView
    visits: tuple[TourAtSite, ...]

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


def tour_posters(tour: TourView) -> tuple[tuple[ImageVariant, ...], ...]:
    """Return the posters of a tour's first three stops that have one; fewer than three: the first alone."""
    found = tuple(
        stop.scene.poster
        for stop in open_stops(tour)
        if stop.scene is not None and stop.scene.poster
    )
    return found[:_MOSAIC_SIZE] if len(found) >= _MOSAIC_SIZE else found[:1]


def site_overviews(manifests: Sequence[Manifest]) -> tuple[SiteOverview, ...]:
    """Return the sites of tours in one language, in tour order."""
    views: dict[str, SiteView] = {}
    for manifest in manifests:
        tour = manifest.tour
        named = (*((tour.site,) if tour.site else ()), *tour.other_sites)
        views |= {view.id: view for view in named if view.id not in views}
    return tuple(
        SiteOverview(view, _tours_at(manifests, view.id)) for view in views.values()
    )


def site_of_stop(tour: TourView, stop: StopView) -> SiteView | None:
    """Return the site of a stop: its own, else its tour's."""
    if stop.site is None:
        return tour.site
    named = (tour.site, *tour.other_sites)
    return next((site for site in named if site and site.id == stop.site.id), None)


def access_of_stop(tour: TourView, stop: StopView) -> AccessView | None:
    """Return the accessibility of a stop: its site's, else its tour's.

    A stop that is nowhere is not gone to.
    """
    place = site_of_stop(tour, stop)
    if place is None:
        return tour.access if stop.position else None
    if place.access is None and place == tour.site:
        return tour.access
    return place.access


def starting_site(tour: TourView) -> SiteView | None:
    """Return the site of a tour's first open stop."""
    stops = open_stops(tour)
    return site_of_stop(tour, stops[0]) if stops else tour.site


def _tours_at(manifests: Sequence[Manifest], site: str) -> tuple[TourAtSite, ...]:
    visits = (
        TourAtSite(manifest.tour, _stops_at(manifest.tour, site))
        for manifest in manifests
    )
    return tuple(visit for visit in visits if visit.stops)


def _stops_at(tour: TourView, site: str) -> tuple[StopView, ...]:
    return tuple(
        stop
        for stop in open_stops(tour)
        if (place := site_of_stop(tour, stop)) is not None and place.id == site
    )
