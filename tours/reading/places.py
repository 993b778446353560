"""Read sites, how they are reached, and a tour's plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from tours import file_formats, vocabulary
from tours.catalogue import files as files_rules
from tours.model import Access, GroundOverlay, MapData, Site
from tours.reading import files, measures, values
from tours.reading.context import Value
from tours.reading.fields import Fields
from tours.reading.proofreading import check_sources
from tours.reading.texts import report_languages, texts, wording
from tours.reading.texts import sources as sources_of
from tours.source.nodes import Mapping, Scalar
from tours.source.text import excerpt

if TYPE_CHECKING:
    from tours.diagnostics import Location
    from tours.model import Coordinates, Stop, Tour, Wheelchair
    from tours.reading.context import Context
    from tours.source.nodes import Node

_NEAR_DEG = 0.05
"""Some five kilometres: what lies farther from every stop is on no plan of a walk."""
_EDGE = 0.02
"""Of a picture's side: a stop so near to its edge is on it."""


@dataclass(frozen=True, slots=True)
class SiteReading:
    """A site as far as it could be read: tours need its name."""

    id: str | None
    id_location: Location
    site: Site | None
    """None once a problem that leaves no valid site was reported."""


def read_site(context: Context, node: Node) -> SiteReading | None:
    """Return the site written at the root of a file of ``sites/``.

    Parameters
    ----------
    context
        With the museum's languages.
    node
        The file's root.
    """
    table = vocabulary.SITE
    context = context.for_file().with_subject(table.fr, table.en)
    group = Value(node, table.keys[0], node.location).group(context)
    if group is None:
        return None
    fields = Fields(context, group, table, node.location)
    id_, name = fields.read("site", values.name), fields.read("name", texts)
    text = fields.read("text", texts)
    position = fields.read("at", measures.coordinates)
    address = fields.read("address", values.text)
    access = fields.read("access", read_access)
    sources = fields.read("sources", sources_of) or ()
    check_sources(fields)
    report_languages(fields.context, None)
    named = fields.value("site")
    location = named.node.location if named else node.location
    if id_ is None or name is None:
        return SiteReading(id_, location, None)
    site = Site(
        id=id_,
        name=name,
        text=text,
        position=position,
        address=address,
        access=access,
        sources=sources,
        location=location,
    )
    return SiteReading(id_, location, site)


def read_access(context: Context, value: Value) -> Access | None:
    """Return what a person with a wheelchair, a pram or tired legs must know."""
    group = value.group(context)
    if group is None:
        return None
    fields = Fields(
        context.with_subject(vocabulary.ACCESS.fr, vocabulary.ACCESS.en),
        group,
        vocabulary.ACCESS,
        value.location,
    )
    wheelchair = fields.read("wheelchair", values.choice)
    steps, note = fields.read("steps", measures.count), fields.read("note", texts)
    if wheelchair is None:
        return None
    return Access(cast("Wheelchair", wheelchair), steps, note)


def read_plan(context: Context, value: Value) -> MapData | None:
    """Return what is drawn below the stops: of a file, or of a picture and its corners."""
    if isinstance(value.node, Mapping):
        return _with_picture(context, value, value.node)
    text = value.node.text.strip() if isinstance(value.node, Scalar) else ""
    if text.lower().endswith(file_formats.PICTURES.endings):
        context.report(files_rules.NO_CORNERS, value.node.location, path=excerpt(text))
        return None
    return files.plan_file(context, value)


def check_plan(fields: Fields, tour: Tour) -> None:
    """Report a plan that shows nothing of the tour's surroundings, or not all stops."""
    written, around = fields.value("plan"), tour.plan
    if written is None or around is None:
        return
    points = [(stop, stop.position) for stop in tour.stops if stop.position]
    if around.picture and not around.picture.is_too_wide:
        _check_picture(fields.context, around.picture, points)
    drawn = tuple(around.positions())
    if (drawn or not around.picture) and not any(
        abs(point.longitude_deg - position[0]) < _NEAR_DEG
        and abs(point.latitude_deg - position[1]) < _NEAR_DEG
        for _, point in points
        for position in drawn
    ):
        path = getattr(written.node, "text", "").strip() or "lines"
        fields.context.report(files_rules.FAR_PLAN, written.node.location, path=path)


def _with_picture(context: Context, value: Value, group: Mapping) -> MapData | None:
    table = vocabulary.PLAN
    fields = Fields(
        context.with_subject(table.fr, table.en), group, table, value.location
    )
    file = fields.read("picture", files.picture_file)
    top_left = fields.read("top_left", measures.coordinates)
    bottom_right = fields.read("bottom_right", measures.coordinates)
    top_right = fields.read("top_right", measures.coordinates)
    lines = fields.read("lines", files.plan_file) or MapData()
    credits_ = fields.read("credits", wording)
    if file is None or top_left is None or bottom_right is None:
        return None
    if fields.has("top_right") and top_right is None:
        return None
    picture = GroundOverlay(file, top_left, bottom_right, top_right, credits_)
    if picture.is_flipped and not picture.is_too_wide:
        context.report(files_rules.CORNERS_CHANGED, bottom_right.location)
        return None
    return replace(lines, picture=picture)


def _check_picture(
    context: Context, picture: GroundOverlay, points: list[tuple[Stop, Coordinates]]
) -> None:
    """Report the stops that are beyond a picture's edges, once for all."""
    off = [(stop, point) for stop, point in points if not _is_on(picture, point)]
    if not off:
        return
    first, point = off[0]
    title = first.title.texts[0][1]
    place = picture.top_left.location if len(off) == len(points) else point.location
    rule = (
        files_rules.NO_STOP_ON_PICTURE
        if len(off) == len(points)
        else files_rules.STOP_OFF_PICTURE
    )
    context.report(
        rule, place, title=excerpt(title), count=len(off), path=str(picture.file.path)
    )


def _is_on(picture: GroundOverlay, point: Coordinates) -> bool:
    share = picture.relative_position((point.longitude_deg, point.latitude_deg))
    return share is not None and all(-_EDGE <= part <= 1 + _EDGE for part in share)
