"""A tour laid out on a plan: its places, the way between them, and what is written."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from publishing.pages.walk import open_stops
from publishing.plan import captions
from publishing.plan.captions import Caption, Obstacles, Word
from publishing.plan.distances import along_m, straight_m
from publishing.plan.projection import Frame, Projection, Spot, fitted, thinned
from tours.model import MapData

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tours.manifest import Manifest, StopView, Text
    from tours.model import MapShapeKind, OverlayVariant, Position

__all__ = ["Caption", "Drawn", "Leg", "Place", "Plan", "ScaleBar", "Spot", "plan_of"]

FRAME = Frame(width=340.0, least_height=240.0, most_height=420.0, side=46.0, edge=46.0)
"""Units as wide as a phone's page is in CSS pixels: what is written there is read there."""
RADIUS = 13.0
"""Of a place's mark, in units."""
_LEAST_M = 150.0
_SAME_M = 10.0
"""Stops this near to each other are at one place."""
_THIN = 0.4
"""Units: what a line may lose and still look the same."""
_BEYOND = 20.0
"""Units: what lies farther outside the frame is not drawn."""
_BAR_UNITS = 90.0
_STEPS_M = tuple(step * 10**power for power in range(5) for step in (1, 2, 5))
_ORDER: tuple[MapShapeKind, ...] = (
    "green", "water", "building", "rail", "road", "path", "steps", "step-free", "walk",
)  # fmt: skip
"""Of drawing: what comes later lies above."""


@dataclass(frozen=True, slots=True)
class Place:
    """One or several stops that share a mark on the plan."""

    stops: tuple[StopView, ...]
    at: Spot
    caption: Caption | None = None
    """Their titles, where there is room."""

    @property
    def numbers(self) -> str:
        """What its mark says: ``3``, ``3-5`` with the dash of ranges, ``2, 4``."""
        numbers = [stop.number for stop in self.stops]
        if len(numbers) > 1 and numbers[-1] - numbers[0] == len(numbers) - 1:
            return f"{numbers[0]}–{numbers[-1]}"
        return ", ".join(map(str, numbers))

    @property
    def width(self) -> float:
        """Of its mark, in units: round for one stop, longer for several."""
        return max(2 * RADIUS, RADIUS + 7.5 * len(self.numbers))


@dataclass(frozen=True, slots=True)
class Leg:
    """The way from a stop to the next that is elsewhere."""

    first: StopView
    then: StopView
    metres: float
    is_walked: bool
    """Measured along the walk that the museum drew; else as the crow flies."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A shape of the ground, in the plan's units."""

    kind: MapShapeKind
    lines: tuple[tuple[Spot, ...], ...]
    is_area: bool


@dataclass(frozen=True, slots=True)
class Laid:
    """A picture of the ground, as it lies on the plan."""

    variants: tuple[OverlayVariant, ...]
    origin: Spot
    """Of its upper left corner."""
    across: Spot
    """From there to its upper right corner."""
    down: Spot
    """From there to its lower left corner."""
    credits: Word | None

    def matrix(self, width: float, height: float) -> tuple[float, ...]:
        """Return a, b, c, d, e, f of the map from a picture of that size to the plan."""
        return (
            self.across.x / width,
            self.across.y / width,
            self.down.x / height,
            self.down.y / height,
            *self.origin,
        )


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """A length of the ground, and how long it is on the plan."""

    metres: int
    units: float


@dataclass(frozen=True, slots=True)
class Plan:
    """What is drawn, in units from the upper left corner; whoever draws picks colours."""

    width: float
    height: float
    shapes: tuple[Drawn, ...]
    """From the lowest to the topmost."""
    route: tuple[Spot, ...]
    """From place to place, straight; empty where the walk itself is drawn."""
    places: tuple[Place, ...]
    names: tuple[Caption, ...]
    """Names of what is around, where there is room."""
    legs: tuple[Leg, ...]
    bar: ScaleBar
    ground: Laid | None = None
    """Below all shapes."""

    def leg_after(self, stop: StopView) -> Leg | None:
        """Return the way from a stop onwards, where it is known."""
        return next((leg for leg in self.legs if leg.first.id == stop.id), None)

    def has(self, kind: MapShapeKind) -> bool:
        """Return whether something of a kind is drawn."""
        return any(shape.kind == kind for shape in self.shapes)


def plan_of(manifest: Manifest, around: MapData | None = None) -> Plan | None:
    """Return the plan of a tour, or None where there is nothing to show on one.

    Two places at least, or one on a ground that the museum gave; a stop without a
    position of its own is on no plan.
    """
    found = [
        (stop, (stop.position.longitude_deg, stop.position.latitude_deg))
        for stop in open_stops(manifest.tour)
        if stop.position is not None
    ]
    around = around or MapData()
    points = [position for _, position in found]
    is_apart = any(straight_m(points[0], p) >= _SAME_M for p in points[1:])
    if not found or not (is_apart or around.shapes or around.picture):
        return None
    walk = around.walk()
    ways = (s for s in around.shapes if s.kind in ("walk", "step-free"))
    shown = [*points, *(p for way in ways for line in way.lines for p in line)]
    projection, height = fitted(shown, _frame(points), _LEAST_M)
    places = _places([(stop, projection.spot(at)) for stop, at in found])
    route = tuple(place.at for place in places) if not walk else ()
    shapes = tuple(_drawn(around, projection, height))
    bar = _bar(projection)
    captioned, names = _written(
        places, _Ground(around, shapes, route, projection, height), manifest
    )
    return Plan(
        FRAME.width, height, shapes, route, captioned, names,
        tuple(_legs(found, walk)), bar, _laid(around, projection, manifest),
    )  # fmt: skip


def _frame(points: Sequence[Position]) -> Frame:
    """Return the frame, with room above and below for the titles of a place's stops."""
    crowd = max(sum(straight_m(p, q) < _SAME_M for q in points) for p in points)
    lines = min(crowd, captions.MOST_LINES)
    return replace(FRAME, edge=RADIUS + 17.0 + captions.LEADING * lines)


def _places(found: Sequence[tuple[StopView, Spot]]) -> tuple[Place, ...]:
    """Return the stops gathered where their marks would touch, in the tour's order."""
    groups: list[list[tuple[StopView, Spot]]] = []
    for stop, at in found:
        near = (g for g in groups if math.dist(g[0][1], at) < 2 * RADIUS + 2)
        group = next(near, None)
        if group is None:
            groups.append([(stop, at)])
        else:
            group.append((stop, at))
    return tuple(
        Place(
            tuple(stop for stop, _ in group),
            Spot(
                sum(at.x for _, at in group) / len(group),
                sum(at.y for _, at in group) / len(group),
            ),
        )
        for group in groups
    )


def _legs(
    found: Sequence[tuple[StopView, Position]], walk: tuple[tuple[Position, ...], ...]
) -> Iterable[Leg]:
    for (first, start), (then, end) in pairwise(found):
        straight = straight_m(start, end)
        if straight < _SAME_M:
            continue
        walked = along_m(walk, start, end)
        yield Leg(first, then, walked or straight, walked is not None)


def _drawn(around: MapData, projection: Projection, height: float) -> Iterable[Drawn]:
    for shape in sorted(around.shapes, key=lambda shape: _ORDER.index(shape.kind)):
        lines = ([projection.spot(p) for p in line] for line in shape.lines)
        kept = tuple(
            tuple(thinned(line, _THIN)) for line in lines if _is_within(line, height)
        )
        if kept:
            yield Drawn(shape.kind, kept, shape.is_area)


def _laid(around: MapData, projection: Projection, manifest: Manifest) -> Laid | None:
    """Return the ground's picture where it is made, and whom it is from."""
    picture = around.picture
    if picture is None or not picture.variants:
        return None
    origin, across, down = map(projection.spot, picture.corners())
    credits_ = None
    if picture.credits:
        order = (manifest.language, *(link.language for link in manifest.alternates))
        language, text = picture.credits.best(order)
        credits_ = Word(text, language)
    return Laid(
        picture.variants,
        origin,
        Spot(across.x - origin.x, across.y - origin.y),
        Spot(down.x - origin.x, down.y - origin.y),
        credits_,
    )


def _is_within(line: Sequence[Spot], height: float) -> bool:
    """Return whether something of a line may be in the frame."""
    return (
        max(s.x for s in line) > -_BEYOND
        and min(s.x for s in line) < FRAME.width + _BEYOND
        and max(s.y for s in line) > -_BEYOND
        and min(s.y for s in line) < height + _BEYOND
    )


def _bar(projection: Projection) -> ScaleBar:
    most = _BAR_UNITS / projection.units_a_metre
    metres = max((m for m in _STEPS_M if m <= most), default=1)
    return ScaleBar(metres, metres * projection.units_a_metre)


@dataclass(frozen=True, slots=True)
class _Ground:
    """What is drawn before anything is written."""

    around: MapData
    shapes: tuple[Drawn, ...]
    route: tuple[Spot, ...]
    projection: Projection
    height: float


def _written(
    places: Sequence[Place], ground: _Ground, manifest: Manifest
) -> tuple[tuple[Place, ...], tuple[Caption, ...]]:
    """Return the places with their titles, and the names around: what there is room for."""
    room = Obstacles(FRAME.width, ground.height)
    for place in places:
        room.take_mark(place.at, place.width, 2 * RADIUS)
    room.take_corners(_BAR_UNITS)
    room.avoid_line(ground.route)
    for shape in ground.shapes:
        for line in shape.lines if shape.kind in ("walk", "step-free") else ():
            room.avoid_line(line)
        for line in shape.lines if shape.kind == "building" else ():
            room.avoid_edge((*line, line[0]))
    captioned = [
        Place(place.stops, place.at, room.beside(place.at, place.width, _titles(place)))
        for place in places
    ]
    order = (manifest.language, *(link.language for link in manifest.alternates))
    names = []
    for named in ground.around.names:
        language, name = named.best(order)
        caption = room.over(ground.projection.spot(named.at), Word(name, language))
        if caption is not None:
            names.append(caption)
    return tuple(captioned), tuple(names)


def _titles(place: Place) -> list[Word]:
    def word(text: Text, number: int) -> Word:
        prefix = f"{number} " if len(place.stops) > 1 else ""
        return Word(prefix + captions.shortened(text.text), text.language)

    return [word(stop.title, stop.number) for stop in place.stops]
