"""What a tour's plan is drawn on: map data, or a picture with its corners."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tours import vocabulary
from tours.catalogue import plans as plan_rules
from tours.reading import files, places
from tours.reading.fields import Fields
from tours.reading.texts import wording
from tours.source.nodes import Mapping, Scalar
from tours.source.shown import shown
from tours.surroundings import GroundPicture, Surroundings

if TYPE_CHECKING:
    from tours.model import Coordinates, Stop, Tour
    from tours.reading.fields import Context, Value

_NEAR_DEG = 0.05
"""Some five kilometres: what lies farther from every stop is on no plan of a walk."""
_EDGE = 0.02
"""Of a picture's side: a stop so near to its edge is on it."""


def plan(context: Context, value: Value) -> Surroundings | None:
    """Return what is drawn below the stops: of a file, or of a picture and its corners."""
    if isinstance(value.node, Mapping):
        return _with_picture(context, value, value.node)
    text = value.node.text.strip() if isinstance(value.node, Scalar) else ""
    if text.lower().endswith(files.PICTURES.endings):
        context.tell(plan_rules.NO_CORNERS, value.node.location, path=shown(text))
        return None
    return files.plan_file(context, value)


def check_plan(fields: Fields, tour: Tour) -> None:
    """Tell of a plan that shows nothing of the tour's surroundings, or not all stops."""
    written, around = fields.value("plan"), tour.plan
    if written is None or around is None:
        return
    points = [(stop, stop.position) for stop in tour.stops if stop.position]
    if around.picture and not around.picture.is_far_spread:
        _check_picture(fields.context, around.picture, points)
    drawn = tuple(around.positions())
    if (drawn or not around.picture) and not any(
        abs(point.longitude_deg - position[0]) < _NEAR_DEG
        and abs(point.latitude_deg - position[1]) < _NEAR_DEG
        for _, point in points
        for position in drawn
    ):
        path = getattr(written.node, "text", "").strip() or "lines"
        fields.context.tell(plan_rules.FAR_PLAN, written.node.location, path=path)


def _with_picture(
    context: Context, value: Value, group: Mapping
) -> Surroundings | None:
    table = vocabulary.PLAN
    fields = Fields(context.about(table.fr, table.en), group, table, value.location)
    file = fields.read("picture", files.picture_file)
    top_left = fields.read("top_left", places.coordinates)
    bottom_right = fields.read("bottom_right", places.coordinates)
    top_right = fields.read("top_right", places.coordinates)
    lines = fields.read("lines", files.plan_file) or Surroundings()
    credits_ = fields.read("credits", wording)
    if file is None or top_left is None or bottom_right is None:
        return None
    if fields.has("top_right") and top_right is None:
        return None
    picture = GroundPicture(file, top_left, bottom_right, top_right, credits_)
    if picture.is_amiss and not picture.is_far_spread:
        context.tell(plan_rules.CORNERS_CHANGED, bottom_right.location)
        return None
    return replace(lines, picture=picture)


def _check_picture(
    context: Context, picture: GroundPicture, points: list[tuple[Stop, Coordinates]]
) -> None:
    """Tell of the stops that are beyond a picture's edges, once for all."""
    off = [(stop, point) for stop, point in points if not _is_on(picture, point)]
    if not off:
        return
    first, point = off[0]
    title = first.title.texts[0][1]
    place = picture.top_left.location if len(off) == len(points) else point.location
    rule = (
        plan_rules.NO_STOP_ON_PICTURE
        if len(off) == len(points)
        else plan_rules.STOP_OFF_PICTURE
    )
    context.tell(
        rule, place, title=shown(title), count=len(off), path=str(picture.file.path)
    )


def _is_on(picture: GroundPicture, point: Coordinates) -> bool:
    share = picture.share((point.longitude_deg, point.latitude_deg))
    return share is not None and all(-_EDGE <= part <= 1 + _EDGE for part in share)
