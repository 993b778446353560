"""A tour's plan as its page draws it: paths, distances, and files to take along."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from publishing.pages import measures
from publishing.pages.page import Page
from publishing.pages.places import site_of_stop
from publishing.pages.walk import open_stops
from publishing.plan import exchange
from publishing.plan.layout import RADIUS, plan_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markupsafe import Markup

    from publishing.pages.voice import Voice
    from publishing.plan.layout import Drawn, Laid, Leg, Plan, Spot
    from tours.manifest import Manifest, StopView
    from tours.model import MapData, MapShapeKind

_METRES_A_MINUTE = 4000 / 60
"""Of somebody who looks around."""
_GROUND_PX = 1100
"""Three pixels for each of the plan's units, which are a phone's CSS pixels."""
_KEYS: tuple[MapShapeKind, ...] = ("walk", "step-free", "steps")
"""Kinds of shape that the legend explains, in its order."""


class GroundImage(NamedTuple):
    """The picture below a plan, as SVG has it."""

    url: str
    width: int
    height: int
    transform: str


@dataclass(frozen=True, slots=True)
class TourPlan:
    """What the page of a tour says of the ground."""

    plan: Plan
    unplaced: tuple[StopView, ...]
    """Stops of a place, without a position of their own."""
    hung: tuple[StopView, ...]
    """Stops that are in no place but where their picture hangs."""
    anywhere: tuple[StopView, ...]
    """Stops that are in no place at all."""
    gpx_url: str
    geojson_url: str
    mark_height: float = 2 * RADIUS

    @property
    def told(self) -> str:
        """What its words end with: where no way to walk is drawn, it is no route."""
        return "" if self.plan.has("walk") else "_where"

    @property
    def kinds(self) -> tuple[str, ...]:
        """What the legend explains."""
        return keyed(self.plan)

    @property
    def total_m(self) -> float | None:
        """How long the whole walk is, where all of it was measured on the ground."""
        legs = self.plan.legs
        if len(legs) < 2 or not all(leg.is_walked for leg in legs):  # noqa: PLR2004 - one is its own total
            return None
        # Of the legs as they are told, or the sum would seem wrong.
        return sum(measures.ground_m(leg.metres) for leg in legs)


def keyed(plan: Plan) -> tuple[str, ...]:
    """Return the kinds of line that a legend explains, in its order."""
    found = tuple(kind for kind in _KEYS if plan.has(kind))
    return found if plan.route == () else (*found, "straight")


def tour_plan(manifest: Manifest, around: MapData | None) -> TourPlan | None:
    """Return the plan of a tour in one language, or None where it has none."""
    plan = plan_of(manifest, around)
    if plan is None:
        return None
    tour = manifest.tour
    off = tuple(stop for stop in open_stops(tour) if stop.position is None)
    return TourPlan(
        plan,
        tuple(stop for stop in off if site_of_stop(tour, stop)),
        tuple(s for s in off if not site_of_stop(tour, s) and _hangs(s)),
        tuple(s for s in off if not site_of_stop(tour, s) and not _hangs(s)),
        exchange.gpx_url(tour.id, manifest.language),
        exchange.geojson_url(tour.id, manifest.language),
    )


def _hangs(stop: StopView) -> bool:
    """Whether something is to be found at a stop: a picture that a scene is held by."""
    return any(anchor.by == "picture" for anchor in stop.anchors)


def plan_files(
    manifest: Manifest, plan: TourPlan, around: MapData | None
) -> Iterator[Page]:
    """Give a tour's route as files for other programs."""
    walk = exchange.gpx(manifest, around)
    yield Page(plan.gpx_url, walk, exchange.GPX_TYPE, "revalidate")
    map_data = exchange.geojson(manifest, around)
    yield Page(plan.geojson_url, map_data, exchange.GEOJSON_TYPE, "revalidate")


def ground_image(laid: Laid) -> GroundImage:
    """Return the picture below a plan as its page fetches it: WebP, as wide as it shows."""
    variants = laid.variants
    fit = [
        v for v in variants if v.media_type == "image/webp" and v.width_px <= _GROUND_PX
    ]
    chosen = max(fit, key=lambda v: v.width_px) if fit else variants[-1]
    size = chosen.width_px, chosen.height_px
    told = " ".join(f"{part:.5g}" for part in laid.matrix(*size))
    return GroundImage(chosen.url, *size, f"matrix({told})")


def path(shape: Drawn) -> str:
    """Return the path data of a shape, to a tenth of a unit."""
    return "".join(track(line) + ("z" if shape.is_area else "") for line in shape.lines)


def track(line: Sequence[Spot]) -> str:
    """Return the path data of an open line, each step from where the last one ended."""
    tenths = [(round(spot.x * 10), round(spot.y * 10)) for spot in line]
    steps = "".join(
        f"l{_short(x - a)} {_short(y - b)}"
        for (a, b), (x, y) in pairwise(tenths)
        if (a, b) != (x, y)
    )
    return f"M{_short(tenths[0][0])} {_short(tenths[0][1])}{steps}"


def distance(voice: Voice, leg: Leg) -> Markup:
    """Return how far a leg is, in words, and how long it takes where it is walked."""
    metres = how_far(voice, leg.metres)
    if not leg.is_walked:
        return voice.say("plan_straight", distance=metres)
    return voice.say("plan_walked", distance=metres, time=minutes(leg.metres))


def named(voice: Voice, stop: StopView) -> str:
    """Return what a mark is called, without marks: a title holds no element."""
    words = voice.interface.words["plan_stop"]
    return words.format(number=stop.number, title=voice.plain(stop.title))


def how_far(voice: Voice, metres: float) -> str:
    """Return a distance on the ground: ``80 m``, ``2,1 km``."""
    return measures.ground(metres, voice.interface.words["decimal_sign"])


def minutes(metres: float) -> str:
    """Return how long a distance takes on foot."""
    return measures.hours(max(1, math.ceil(metres / _METRES_A_MINUTE)))


def _short(tenths: int) -> str:
    return f"{tenths / 10:g}"
