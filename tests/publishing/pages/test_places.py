"""Sites, and what there is to see at each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publishing.pages.places import covers, places

if TYPE_CHECKING:
    from tours.manifest import Manifest


def test_a_stop_is_at_its_own_site_else_at_its_tour_s(
    wide_manifests: tuple[Manifest, ...],
) -> None:
    found = {place.view.id: place for place in places(wide_manifests[:1])}

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
    blanzy, ecuisses = places(wide_manifests[:1])

    scene = wide_manifests[0].tour.stops[0].scene
    assert scene is not None
    assert blanzy.cover == scene.poster
    assert ecuisses.cover == ()


def test_tours_without_a_site_have_no_place(manifests: tuple[Manifest, ...]) -> None:
    assert places(manifests[:1]) == ()


def test_a_tour_shows_three_pictures_or_one(
    wide_manifests: tuple[Manifest, ...], manifests: tuple[Manifest, ...]
) -> None:
    """Two would leave a hole."""
    assert len(covers(wide_manifests[0].tour)) == 3
    assert len(covers(manifests[0].tour)) == 1


def test_a_place_counts_its_stops(wide_manifests: tuple[Manifest, ...]) -> None:
    assert [place.stop_count for place in places(wide_manifests[:1])] == [4, 1]
