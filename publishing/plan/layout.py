"""Lay a tour out on a plan: marks of stops, shapes, legs, scale bar and captions."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from publishing.itinerary import open_stops
from publishing.plan import captions
from publishing.plan.captions import Caption, CaptionLine, CaptionPlacer
from publishing.plan.geometry import (
    Frame,
    PlanPoint,
    Projection,
    distance_along_m,
    fit_projection,
    simplify_line,
    straight_distance_m,
)
from tours.model import MapData

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tours.manifest import Manifest, StopView, Text
    from tours.model import MapShapeKind, OverlayVariant, Position


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
_KEYS: tuple[MapShapeKind, ...] = ("walk", "step-free", "steps")
"""Kinds of shape that the legend explains, in its order."""


@dataclass(frozen=True, slots=True)
class StopMark:
    """One or several stops that share a mark on the plan."""

    stops: tuple[StopView, ...]
    at: PlanPoint
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
    """The way from a stop to the next."""

    first: StopView
    then: StopView
    metres: float
    is_walked: bool
    """Measured along the walk that the museum drew; else as the crow flies."""


@dataclass(frozen=True, slots=True)
class PlanShape:
    """A shape of the ground, in plan units."""

    kind: MapShapeKind
    lines: tuple[tuple[PlanPoint, ...], ...]
    is_area: bool


@dataclass(frozen=True, slots=True)
class GroundPicture:
    """A map picture placed under the plan."""

    variants: tuple[OverlayVariant, ...]
    origin: PlanPoint
    """Of its upper left corner."""
    across: PlanPoint
    """From there to its upper right corner."""
    down: PlanPoint
    """From there to its lower left corner."""
    credits: CaptionLine | None

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
    """A length on the ground and on the plan."""

    metres: int
    units: float


@dataclass(frozen=True, slots=True)
class Plan:
    """A laid-out plan, in units from the upper left corner; colours are the drawer's."""

    width: float
    height: float
    shapes: tuple[PlanShape, ...]
    """From the lowest to the topmost."""
    route: tuple[PlanPoint, ...]
    """From place to place, straight; empty where the walk itself is drawn."""
    places: tuple[StopMark, ...]
    names: tuple[Caption, ...]
    """Names of what is around, where there is room."""
    legs: tuple[Leg, ...]
    bar: ScaleBar
    ground: GroundPicture | None = None
    """Below all shapes."""

    def leg_after(self, stop: StopView) -> Leg | None:
        """Return the way from a stop onwards, where it is known."""
        return next((leg for leg in self.legs if leg.first.id == stop.id), None)

    def has(self, kind: MapShapeKind) -> bool:
        """Return whether something of a kind is drawn."""
        return any(shape.kind == kind for shape in self.shapes)


def layout_plan(manifest: Manifest, around: MapData | None = None) -> Plan | None:
    """Return the plan of a tour, or None where it has fewer than two places.

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
    is_apart = any(straight_distance_m(points[0], p) >= _SAME_M for p in points[1:])
    if not found or not (is_apart or around.shapes or around.picture):
        return None
    walk = around.walk()
    ways = (s for s in around.shapes if s.kind in ("walk", "step-free"))
    shown = [*points, *(p for way in ways for line in way.lines for p in line)]
    projection, height = fit_projection(shown, _frame(points), _LEAST_M)
    places = _places([(stop, projection.spot(at)) for stop, at in found])
    route = tuple(place.at for place in places) if not walk else ()
    shapes = tuple(_shapes(around, projection, height))
    bar = _scale_bar(projection)
    captioned, names = _place_captions(
        places, _Drawing(around, shapes, route, projection, height), manifest
    )
    return Plan(
        FRAME.width, height, shapes, route, captioned, names,
        tuple(_legs(found, walk)), bar, _ground_picture(around, projection, manifest),
    )  # fmt: skip


def _frame(points: Sequence[Position]) -> Frame:
    """Return the frame, with room above and below for the titles of a place's stops."""
    crowd = max(
        sum(straight_distance_m(p, q) < _SAME_M for q in points) for p in points
    )
    lines = min(crowd, captions.MOST_LINES)
    return replace(FRAME, edge=RADIUS + 17.0 + captions.LEADING * lines)


def _places(found: Sequence[tuple[StopView, PlanPoint]]) -> tuple[StopMark, ...]:
    """Return the stops gathered where their marks would touch, in the tour's order."""
    groups: list[list[tuple[StopView, PlanPoint]]] = []
    for stop, at in found:
        near = (g for g in groups if math.dist(g[0][1], at) < 2 * RADIUS + 2)
        group = next(near, None)
        if group is None:
            groups.append([(stop, at)])
        else:
            group.append((stop, at))
    return tuple(
        StopMark(
            tuple(stop for stop, _ in group),
            PlanPoint(
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
        straight = straight_distance_m(start, end)
        if straight < _SAME_M:
            continue
        walked = distance_along_m(walk, start, end)
        yield Leg(first, then, walked or straight, walked is not None)


def _shapes(
    around: MapData, projection: Projection, height: float
) -> Iterable[PlanShape]:
    for shape in sorted(around.shapes, key=lambda shape: _ORDER.index(shape.kind)):
        lines = ([projection.spot(p) for p in line] for line in shape.lines)
        kept = tuple(
            tuple(simplify_line(line, _THIN))
            for line in lines
            if _is_within(line, height)
        )
        if kept:
            yield PlanShape(shape.kind, kept, shape.is_area)


def _ground_picture(
    around: MapData, projection: Projection, manifest: Manifest
) -> GroundPicture | None:
    """Return the ground's picture where it is made, and whom it is from."""
    picture = around.picture
    if picture is None or not picture.variants:
        return None
    origin, across, down = map(projection.spot, picture.corners())
    credits_ = None
    if picture.credits:
        order = (manifest.language, *(link.language for link in manifest.alternates))
        language, text = picture.credits.best(order)
        credits_ = CaptionLine(text, language)
    return GroundPicture(
        picture.variants,
        origin,
        PlanPoint(across.x - origin.x, across.y - origin.y),
        PlanPoint(down.x - origin.x, down.y - origin.y),
        credits_,
    )


def _is_within(line: Sequence[PlanPoint], height: float) -> bool:
    """Return whether something of a line may be in the frame."""
    return (
        max(s.x for s in line) > -_BEYOND
        and min(s.x for s in line) < FRAME.width + _BEYOND
        and max(s.y for s in line) > -_BEYOND
        and min(s.y for s in line) < height + _BEYOND
    )


def _scale_bar(projection: Projection) -> ScaleBar:
    most = _BAR_UNITS / projection.units_a_metre
    metres = max((m for m in _STEPS_M if m <= most), default=1)
    return ScaleBar(metres, metres * projection.units_a_metre)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What is drawn before anything is written."""

    around: MapData
    shapes: tuple[PlanShape, ...]
    route: tuple[PlanPoint, ...]
    projection: Projection
    height: float


def _place_captions(
    places: Sequence[StopMark], ground: _Drawing, manifest: Manifest
) -> tuple[tuple[StopMark, ...], tuple[Caption, ...]]:
    """Return the places with their titles, and the names around: what there is room for."""
    room = CaptionPlacer(FRAME.width, ground.height)
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
        StopMark(
            place.stops, place.at, room.beside(place.at, place.width, _titles(place))
        )
        for place in places
    ]
    order = (manifest.language, *(link.language for link in manifest.alternates))
    names = []
    for named in ground.around.names:
        language, name = named.best(order)
        caption = room.over(
            ground.projection.spot(named.at), CaptionLine(name, language)
        )
        if caption is not None:
            names.append(caption)
    return tuple(captioned), tuple(names)


def _titles(place: StopMark) -> list[CaptionLine]:
    def word(text: Text, number: int) -> CaptionLine:
        prefix = f"{number} " if len(place.stops) > 1 else ""
        return CaptionLine(prefix + captions.shorten_title(text.text), text.language)

    return [word(stop.title, stop.number) for stop in place.stops]


def legend_kinds(plan: Plan) -> tuple[str, ...]:
    """Return the kinds of line that the legend explains, in order."""
    found = tuple(kind for kind in _KEYS if plan.has(kind))
    return found if plan.route == () else (*found, "straight")
