"""Sites, and what there is to see at each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from publishing.itinerary import (
    access_of_stop,
    site_overviews,
    starting_site,
    tour_posters,
)

if TYPE_CHECKING:
    from tours.manifest import Manifest


def test_a_stop_is_at_its_own_site_else_at_its_tour_s(
    wide_manifests: tuple[Manifest, ...],
) -> None:
    found = {place.view.id: place for place in site_overviews(wide_manifests[:1])}

    stops = {
        name: [stop.id for visit in place.visits for stop in visit.stops]
        for name, place in found.items()
    }
    assert stops == {
        "blanzy": ["galerie", "hier-aujourdhui", "frappe", "machine"],
        "ecuisses": ["canal"],
    }


def test_a_place_shows_the_first_picture_there(
    wide_manifests: tuple[Manifest, ...],
) -> None:
    blanzy, ecuisses = site_overviews(wide_manifests[:1])

    scene = wide_manifests[0].tour.stops[0].scene
    assert scene is not None
    assert blanzy.cover == scene.poster
    assert ecuisses.cover == ()


def test_tours_without_a_site_have_no_place(manifests: tuple[Manifest, ...]) -> None:
    assert site_overviews(manifests[:1]) == ()


def test_a_tour_shows_three_pictures_or_one(
    wide_manifests: tuple[Manifest, ...], manifests: tuple[Manifest, ...]
) -> None:
    """Two would leave a hole."""
    assert len(tour_posters(wide_manifests[0].tour)) == 3
    assert len(tour_posters(manifests[0].tour)) == 1


def test_a_place_counts_its_stops(wide_manifests: tuple[Manifest, ...]) -> None:
    assert [place.stop_count for place in site_overviews(wide_manifests[:1])] == [4, 1]


def test_a_stop_elsewhere_is_not_reached_as_its_tour_says(
    wide_manifests: tuple[Manifest, ...],
) -> None:
    tour = wide_manifests[0].tour
    bare = replace(tour.other_sites[0], access=None)
    tour = replace(tour, other_sites=(bare,))

    assert access_of_stop(tour, tour.stops[-1]) is None


def test_a_place_without_access_of_its_own_has_its_tour_s(
    wide_manifests: tuple[Manifest, ...],
) -> None:
    tour = wide_manifests[0].tour
    assert tour.site is not None
    tour = replace(tour, site=replace(tour.site, access=None))

    assert access_of_stop(tour, tour.stops[0]) == tour.access


def test_a_stop_that_is_nowhere_is_not_gone_to(
    manifests: tuple[Manifest, ...],
) -> None:
    tour = manifests[0].tour

    assert access_of_stop(tour, replace(tour.stops[0], position=None)) is None


def test_a_tour_starts_at_the_place_of_its_first_stop(
    wide_manifests: tuple[Manifest, ...],
) -> None:
    tour = wide_manifests[0].tour
    turned = replace(tour, stops=tour.stops[::-1])

    starts = [place.id for place in map(starting_site, (tour, turned)) if place]
    assert starts == ["blanzy", "ecuisses"]
