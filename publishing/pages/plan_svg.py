"""A tour's plan on its page: SVG paths, distances, GPX and GeoJSON files."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from publishing.itinerary import open_stops, site_of_stop
from publishing.pages.page import Page
from publishing.plan import export
from publishing.plan.layout import RADIUS, layout_plan, legend_kinds
from publishing.text import localization

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markupsafe import Markup

    from publishing.pages.localizer import Localizer
    from publishing.plan.geometry import PlanPoint
    from publishing.plan.layout import GroundPicture, Leg, Plan, PlanShape
    from tours.manifest import Manifest, StopView
    from tours.model import MapData

_METRES_A_MINUTE = 4000 / 60
"""Of somebody who looks around."""
_GROUND_PX = 1100
"""Three pixels for each of the plan's units, which are a phone's CSS pixels."""


class SvgImage(NamedTuple):
    """Address, size and transform of the picture under a plan."""

    url: str
    width: int
    height: int
    transform: str


@dataclass(frozen=True, slots=True)
class TourPlan:
    """A tour's plan with the stops that it does not show."""

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
    def key_suffix(self) -> str:
        """What its words end with: where no way to walk is drawn, it is no route."""
        return "" if self.plan.has("walk") else "_where"

    @property
    def kinds(self) -> tuple[str, ...]:
        """What the legend explains."""
        return legend_kinds(self.plan)

    @property
    def total_m(self) -> float | None:
        """How long the whole walk is, where all of it was measured on the ground."""
        legs = self.plan.legs
        if len(legs) < 2 or not all(leg.is_walked for leg in legs):  # noqa: PLR2004 - one is its own total
            return None
        # Of the legs as they are told, or the sum would seem wrong.
        return sum(localization.round_distance_m(leg.metres) for leg in legs)


def tour_plan(manifest: Manifest, around: MapData | None) -> TourPlan | None:
    """Return the plan of a tour in one language, or None where it has none."""
    plan = layout_plan(manifest, around)
    if plan is None:
        return None
    tour = manifest.tour
    off = tuple(stop for stop in open_stops(tour) if stop.position is None)
    return TourPlan(
        plan,
        tuple(stop for stop in off if site_of_stop(tour, stop)),
        tuple(s for s in off if not site_of_stop(tour, s) and _has_picture_anchor(s)),
        tuple(
            s for s in off if not site_of_stop(tour, s) and not _has_picture_anchor(s)
        ),
        export.gpx_url(tour.id, manifest.language),
        export.geojson_url(tour.id, manifest.language),
    )


def _has_picture_anchor(stop: StopView) -> bool:
    """Whether something is to be found at a stop: a picture that a scene is held by."""
    return any(anchor.by == "picture" for anchor in stop.anchors)


def route_files(
    manifest: Manifest, plan: TourPlan, around: MapData | None
) -> Iterator[Page]:
    """Yield a tour's route as GPX and GeoJSON."""
    walk = export.to_gpx(manifest, around)
    yield Page(plan.gpx_url, walk, export.GPX_TYPE, "revalidate")
    map_data = export.to_geojson(manifest, around)
    yield Page(plan.geojson_url, map_data, export.GEOJSON_TYPE, "revalidate")


def ground_image(laid: GroundPicture) -> SvgImage:
    """Return the WebP variant of the picture under a plan, at display width."""
    variants = laid.variants
    fit = [
        v for v in variants if v.media_type == "image/webp" and v.width_px <= _GROUND_PX
    ]
    chosen = max(fit, key=lambda v: v.width_px) if fit else variants[-1]
    size = chosen.width_px, chosen.height_px
    matrix = " ".join(f"{part:.5g}" for part in laid.matrix(*size))
    return SvgImage(chosen.url, *size, f"matrix({matrix})")


def shape_path(shape: PlanShape) -> str:
    """Return the SVG path data of a shape, to a tenth of a unit."""
    return "".join(
        line_path(line) + ("z" if shape.is_area else "") for line in shape.lines
    )


def line_path(line: Sequence[PlanPoint]) -> str:
    """Return the SVG path data of an open line, in relative steps."""
    tenths = [(round(spot.x * 10), round(spot.y * 10)) for spot in line]
    steps = "".join(
        f"l{_short(x - a)} {_short(y - b)}"
        for (a, b), (x, y) in pairwise(tenths)
        if (a, b) != (x, y)
    )
    return f"M{_short(tenths[0][0])} {_short(tenths[0][1])}{steps}"


def leg_distance(v: Localizer, leg: Leg) -> Markup:
    """Return a leg's length, with the walking time where it is walked."""
    metres = format_distance(v, leg.metres)
    if not leg.is_walked:
        return v.say("plan_straight", distance=metres)
    return v.say("plan_walked", distance=metres, time=walking_time(leg.metres))


def mark_title(v: Localizer, stop: StopView) -> str:
    """Return the title of a stop's mark, as plain text."""
    words = v.ui.words["plan_stop"]
    return words.format(number=stop.number, title=v.plain(stop.title))


def format_distance(v: Localizer, metres: float) -> str:
    """Return a distance on the ground: ``80 m``, ``2,1 km``."""
    return localization.format_distance(metres, v.ui.words["decimal_sign"])


def walking_time(metres: float) -> str:
    """Return how long a distance takes on foot."""
    return localization.format_walk(max(1, math.ceil(metres / _METRES_A_MINUTE)))


def _short(tenths: int) -> str:
    return f"{tenths / 10:g}"
