"""One stop: its texts, its label, what it shows and what holds that."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, cast

from tours import vocabulary
from tours.catalogue import files as file_rules
from tours.catalogue import keys as rules
from tours.model import (
    Anchor,
    Angle,
    FileReference,
    LabelAnchor,
    LabelMounting,
    LocalizedText,
    ModelScene,
    ModelSource,
    PictureAnchor,
    Stop,
)
from tours.reading import files, values
from tours.reading.fields import Fields, Value
from tours.reading.texts import texts
from tours.source.nodes import Mapping, Refused, Scalar
from tours.source.shown import shown

if TYPE_CHECKING:
    from tours.diagnostics import Location
    from tours.model import Axis, Coordinates, Ground, LocalizedFile, Scene
    from tours.reading.fields import Context
    from tours.source.nodes import Node


@dataclass(frozen=True, slots=True)
class StopReading:
    """A stop as far as it could be read: rules across stops need its name and place."""

    id: str | None
    id_location: Location
    at: Coordinates | None
    stop: Stop | None
    """None once a problem that leaves no valid stop was told."""


def stop_at(context: Context, node: Node, key: vocabulary.Key) -> StopReading | None:
    """Return the stop written as one item of ``stops``."""
    group = Value(node, key, node.location).group(context)
    if group is None:
        return None
    context = _about_stop(context, group)
    place = group.entries[0].location if group.entries else group.location
    fields = Fields(context, group, vocabulary.STOP, place)
    named = fields.value("stop")
    id_ = fields.read("stop", values.name)
    at = fields.read("at", values.coordinates)
    stop = _stop(fields, id_, at)
    location = named.node.location if named else place
    return StopReading(id_, location, at, stop)


def _about_stop(context: Context, group: Mapping) -> Context:
    entry = group.entry("stop")
    if entry is None or not isinstance(entry.value, Scalar) or not entry.value.text:
        return context.about("l’arrêt", "the stop")
    name = shown(entry.value.text)
    return context.about(f"l’arrêt « {name} »", f"stop “{name}”")


def _stop(fields: Fields, id_: str | None, at: Coordinates | None) -> Stop | None:
    title, text = fields.read("title", texts), fields.read("text", texts)
    label = fields.read("label", _label)
    shows = fields.value("shows")
    scene = _scene(fields.context, shows) if shows else None
    anchors = fields.read("placed", _anchors) or ()
    audio, transcript = _recording(fields)
    optional = {name: fields.read(name, texts) for name in ("easy", "safety")}
    sources = fields.read("sources", _sources) or ()
    offline = fields.value("offline")
    if offline:
        fields.context.tell(rules.NOT_YET_HEEDED, offline.location, key="offline")
    _tell_unheld(fields, anchors)
    if id_ is None or title is None or text is None:
        return None
    return Stop(
        id=id_,
        title=title,
        text=text,
        easy=optional["easy"],
        position=at,
        label=label,
        sources=sources,
        audio=audio,
        transcript=transcript,
        scene=scene,
        anchors=anchors,
        safety=optional["safety"],
        site=None,
        way=None,
        offline=False,
        has_synthetic_voice=False,
        withdrawn=None,
        location=fields.place,
    )


def _recording(fields: Fields) -> tuple[LocalizedFile | None, LocalizedFile | None]:
    audio = fields.read("audio", files.audio_files)
    transcript = fields.read("transcript", files.transcript_files)
    written = fields.value("audio")
    if written and audio and not fields.has("transcript"):
        stem = getattr(written.node, "text", "").strip().rpartition(".")[0]
        fields.context.tell(
            file_rules.NO_TRANSCRIPT, written.location, example=shown(f"{stem}.vtt")
        )
    return audio, transcript


def _tell_unheld(fields: Fields, anchors: tuple[Anchor, ...]) -> None:
    """Tell of a placement without a scene, or by a label that is not described."""
    placed = fields.value("placed")
    if placed and not fields.has("shows"):
        fields.context.tell(rules.NOTHING_TO_PLACE, placed.location)
        return
    by_label = next((a for a in anchors if isinstance(a, LabelAnchor)), None)
    if by_label and not fields.has("label"):
        fields.context.tell(rules.NO_LABEL_TO_PLACE_BY, by_label.location)


def _label(context: Context, value: Value) -> LabelMounting | None:
    group = value.group(context)
    if group is None:
        return None
    about = context.about(
        f"l’étiquette, {context.subject_fr}", f"the label, {context.subject_en}"
    )
    fields = Fields(about, group, vocabulary.LABEL, value.location)
    height = fields.read("height", partial(values.usual_length, "label"))
    slope = fields.read("slope", values.angle)
    facing = fields.read("faces", values.direction)
    if height is None:
        return None
    return LabelMounting(
        height, slope or Angle(0.0, value.location), facing, value.location
    )


def _sources(context: Context, value: Value) -> tuple[str, ...] | None:
    items = value.items(context) or ()
    found = (Value(i, value.key, i.location).scalar(context) for i in items)
    return tuple(scalar.text.strip() for scalar in found if scalar)


def _scene(context: Context, value: Value) -> Scene | None:
    """Return what the stop shows: the kinds of scenes part here."""
    group = value.group(context)
    if group is None:
        return None
    kinds = [e for e in group.entries if e.key in ("model", *vocabulary.LATER_SCENES)]
    if len(kinds) > 1:
        first, second = kinds[:2]
        context.tell(rules.TWO_SCENES, second.location, key=second.key, first=first.key)
        return None
    if kinds and kinds[0].key != "model":
        context.tell(rules.NOT_YET_SHOWN, kinds[0].location, key=kinds[0].key)
        return None
    return _model_scene(context, group, value)


def _model_scene(context: Context, group: Mapping, value: Value) -> ModelScene | None:
    fields = Fields(context, group, vocabulary.SHOWS, value.location)
    file = fields.read("model", files.model_file)
    units = fields.read("units", values.choice) or "m"
    up = cast("Axis", fields.read("up", values.choice) or "y")
    height = fields.read("height", partial(values.usual_length, "shows"))
    scale = fields.read("scale", values.scale)
    alt = fields.read("alt", texts)
    poster = fields.read("poster", files.poster)
    credits_ = fields.read("credits", values.text)
    license_ = fields.read("license", values.license_id)
    if not isinstance(file, FileReference) or not isinstance(alt, LocalizedText):
        return None
    return ModelScene(
        source=ModelSource(file, vocabulary.UNITS[units], up),
        height=height,
        scale=1.0 if scale is None else scale,
        alt=alt,
        poster=poster,
        credits=credits_,
        license=license_,
        location=value.location,
    )


def _anchors(context: Context, value: Value) -> tuple[Anchor, ...] | None:
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
    if fields.read("by", values.choice) is None:
        return None
    return _picture_anchor(fields) if is_picture else _label_anchor(fields)


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
    right, up, ahead, turn = _offsets(fields)
    if picture is None or width is None:
        return None
    return PictureAnchor(
        picture=picture,
        width=width,
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
