"""From stop to stop, withdrawn ones passed over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from publishing.itinerary import adjacent_stops, open_stops, withdrawn_stops
from tours.manifest import Text, WithdrawnView

if TYPE_CHECKING:
    from tours.manifest import Manifest, StopView, TourView

GONE = WithdrawnView("2026-11-01", Text("Travaux.", "fr"))


@pytest.fixture
def tour(manifests: tuple[Manifest, ...]) -> TourView:
    """Return a tour of the stops A, B (withdrawn), C and D (withdrawn)."""
    some = manifests[0].tour.stops[0]
    stops = tuple(
        replace(
            some,
            id=name,
            number=number,
            way=Text(f"après {name}", "fr"),
            withdrawn=GONE if name in "BD" else None,
        )
        for number, name in enumerate("ABCD", 1)
    )
    return replace(manifests[0].tour, stops=stops)


def names(*stops: StopView | None) -> str:
    return "".join(stop.id if stop else "-" for stop in stops)


def test_a_withdrawn_stop_is_passed_over(tour: TourView) -> None:
    found = {s.id: adjacent_stops(tour, s) for s in tour.stops}

    assert names(found["A"].previous, found["A"].next) == "-C"
    assert names(found["C"].previous, found["C"].next) == "A-"
    assert names(found["B"].previous, found["B"].next) == "AC"


def test_the_way_leads_through_a_withdrawn_place(tour: TourView) -> None:
    """It is the stop that is gone, not the street."""
    ways = adjacent_stops(tour, tour.stops[0]).ways

    assert [way.text for way in ways] == ["après A", "après B"]


def test_after_the_last_stop_only_its_own_way_is_told(tour: TourView) -> None:
    assert [way.text for way in adjacent_stops(tour, tour.stops[2]).ways] == ["après C"]


def test_numbers_stay_as_labels_have_them(tour: TourView) -> None:
    assert [stop.number for stop in open_stops(tour)] == [1, 3]
    assert names(*withdrawn_stops(tour)) == "BD"
