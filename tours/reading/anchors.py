"""What holds a stop's scene on site: the items of ``placed``."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from tours import vocabulary
from tours.catalogue import keys as rules
from tours.model import Anchor, LabelAnchor, PictureAnchor
from tours.reading import files, values
from tours.reading.fields import Fields, Value
from tours.source.nodes import Refused, Scalar

if TYPE_CHECKING:
    from tours.model import Ground
    from tours.reading.fields import Context
    from tours.source.nodes import Node


def anchors_at(context: Context, value: Value) -> tuple[Anchor, ...] | None:
    """Return what holds the scene, in the order to try."""
    items = value.items(context)
    if items is None:
        return None
    read = (_anchor(context, value, item) for item in items)
    return tuple(anchor for anchor in read if anchor)


def _anchor(context: Context, value: Value, item: Node) -> Anchor | None:
    """Return one item of ``placed``: the kinds of anchors part here."""
    if isinstance(item, Refused):
        return None
    group = Value(item, value.key, item.location).group(context)
    if group is None:
        return None
    by = group.entry("by")
    kind = by.value.text if by and isinstance(by.value, Scalar) else None
    if by and kind in ("floor", "ground", "sol"):
        context.tell(rules.FLOOR_IS_ALWAYS_OFFERED, by.value.location, value=kind)
        return None
    is_picture = kind == "picture" or (kind != "label" and group.entry("picture"))
    table = vocabulary.BY_PICTURE if is_picture else vocabulary.BY_LABEL
    place = group.entries[0].location if group.entries else item.location
    about = context.about(
        f"{table.fr}, {context.subject_fr}", f"{table.en}, {context.subject_en}"
    )
    fields = Fields(about, group, table, place)
    is_told = fields.read("by", values.choice) is None
    # Read even so: what is wrong with the rest is told in the same run.
    anchor = _picture_anchor(fields) if is_picture else _label_anchor(fields)
    return None if is_told else anchor


def _label_anchor(fields: Fields) -> LabelAnchor:
    ground = fields.read("on", values.choice) or "ground"
    right, up, ahead, turn = _offsets(fields)
    return LabelAnchor(
        ahead_m=ahead,
        right_m=right,
        up_m=up,
        turn_deg=turn,
        on=cast("Ground", ground),
        location=fields.place,
    )


def _picture_anchor(fields: Fields) -> PictureAnchor | None:
    picture = fields.read("picture", files.picture_file)
    width = fields.read("width", partial(values.usual_length, "placed"))
    is_forced = fields.read("tracking", values.choice) == "forced"
    right, up, ahead, turn = _offsets(fields)
    if picture is None or width is None:
        return None
    return PictureAnchor(
        picture=picture,
        width=width,
        is_forced=is_forced,
        right_m=right,
        up_m=up,
        ahead_m=ahead,
        turn_deg=turn,
        location=fields.place,
    )


def _offsets(fields: Fields) -> tuple[float, float, float, float]:
    """Return right, up, ahead (metres) and turn (degrees)."""
    right, up, ahead = (
        fields.read(name, values.offset) or 0.0 for name in ("right", "up", "ahead")
    )
    turn = fields.read("turn", values.angle)
    return right, up, ahead, turn.degrees if turn else 0.0
