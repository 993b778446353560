"""Read stops, their labels and their anchors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

from tours import vocabulary
from tours.catalogue import files as files_rules
from tours.catalogue import keys as keys_rules
from tours.catalogue import museum as museum_rules
from tours.model import (
    Anchor,
    Angle,
    LabelAnchor,
    LabelMounting,
    ModelScene,
    PictureAnchor,
    Stop,
    Withdrawn,
)
from tours.reading import files, measures, proofreading, values
from tours.reading.context import Value
from tours.reading.fields import Fields
from tours.reading.questions import read_questions
from tours.reading.scenes import read_scene
from tours.reading.texts import sources as sources_of
from tours.reading.texts import texts
from tours.source.nodes import InvalidNode, Mapping, Scalar
from tours.source.text import excerpt
from tours.suggestions import fold_accents

if TYPE_CHECKING:
    from tours.diagnostics import Location
    from tours.model import Coordinates, Ground, LocalizedFile, Scene
    from tours.reading.context import Context
    from tours.source.nodes import Node


@dataclass(frozen=True, slots=True)
class StopReading:
    """A stop as far as it could be read: rules across stops need its name and place."""

    id: str | None
    id_location: Location
    at: Coordinates | None
    stop: Stop | None
    """None once a problem that leaves no valid stop was reported."""
    fields: Fields
    """As written, for what two stops may have in common."""


def read_stop(context: Context, node: Node, key: vocabulary.Key) -> StopReading | None:
    """Return the stop written as one item of ``stops``."""
    group = Value(node, key, node.location).group(context)
    if group is None:
        return None
    context = _about_stop(context, group)
    place = group.entries[0].location if group.entries else group.location
    fields = Fields(context, group, _table(group), place)
    named = fields.value("stop")
    id_ = fields.read("stop", values.name)
    at = fields.read("at", measures.coordinates)
    stop = _stop(fields, id_, at)
    proofreading.check_stop_texts(fields)
    location = named.node.location if named else place
    return StopReading(id_, location, at, stop, fields)


def _about_stop(context: Context, group: Mapping) -> Context:
    entry = group.entry("stop")
    if entry is None or not isinstance(entry.value, Scalar) or not entry.value.text:
        return context.with_subject("l’arrêt", "the stop")
    name = excerpt(entry.value.text)
    return context.with_subject(f"l’arrêt « {name} »", f"stop “{name}”")


def _table(group: Mapping) -> vocabulary.Table:
    """Return the keys of a stop, of which one that is withdrawn needs fewer."""
    key = vocabulary.STOP.key("withdrawn")
    words = {key.name, *map(fold_accents, key.french)}
    is_withdrawn = any(fold_accents(entry.key) in words for entry in group.entries)
    return vocabulary.WITHDRAWN_STOP if is_withdrawn else vocabulary.STOP


def _stop(fields: Fields, id_: str | None, at: Coordinates | None) -> Stop | None:
    title, text = fields.read("title", texts), fields.read("text", texts)
    label = fields.read("label", _label)
    shown_ = _shown(fields)
    asked = None if fields.has("withdrawn") else fields.value("question")
    questions = read_questions(fields.context, asked, shown_.scene) if asked else ()
    optional = {name: fields.read(name, texts) for name in ("easy", "safety", "way")}
    sources = fields.read("sources", sources_of) or ()
    site = fields.read("site", values.site)
    offline = fields.read("offline", values.flag) or False
    withdrawn = fields.read("withdrawn", _withdrawn)
    if withdrawn is not None:
        text = text or withdrawn.why
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
        audio=shown_.audio,
        transcript=shown_.transcript,
        scene=shown_.scene,
        anchors=shown_.anchors,
        safety=optional["safety"],
        site=site,
        way=optional["way"],
        offline=offline,
        has_synthetic_voice=shown_.has_synthetic_voice,
        withdrawn=withdrawn,
        location=fields.place,
        questions=questions,
    )


class _Shown(NamedTuple):
    """What of a stop is seen and heard: nothing of one that is withdrawn."""

    scene: Scene | None = None
    anchors: tuple[Anchor, ...] = ()
    audio: LocalizedFile | None = None
    transcript: LocalizedFile | None = None
    has_synthetic_voice: bool = False


def _shown(fields: Fields) -> _Shown:
    if fields.has("withdrawn"):
        return _Shown()
    shows = fields.value("shows")
    scene = read_scene(fields.context, shows) if shows else None
    audio, transcript = _recording(fields)
    voice = fields.read("voice", values.choice)
    return _Shown(scene, _anchors(fields, scene), audio, transcript, voice is not None)


def _anchors(fields: Fields, scene: Scene | None) -> tuple[Anchor, ...]:
    """Return what holds a model; reported of other scenes, that they are not held."""
    placed = fields.value("placed")
    if placed and not fields.has("shows"):
        fields.context.report(keys_rules.NOTHING_TO_PLACE, placed.location)
        return ()
    if placed and scene and not isinstance(scene, ModelScene):
        fields.context.report(museum_rules.NOT_PLACED, placed.location)
        return ()
    anchors = fields.read("placed", read_anchors) or ()
    by_label = next((a for a in anchors if isinstance(a, LabelAnchor)), None)
    if by_label and not fields.has("label"):
        fields.context.report(keys_rules.NO_LABEL_TO_PLACE_BY, by_label.location)
    return anchors


def _recording(fields: Fields) -> tuple[LocalizedFile | None, LocalizedFile | None]:
    audio = fields.read("audio", files.audio_files)
    transcript = fields.read("transcript", files.transcript_files)
    written = fields.value("audio")
    if written and audio and not fields.has("transcript"):
        stem = getattr(written.node, "text", "").strip().rpartition(".")[0]
        fields.context.report(
            files_rules.NO_TRANSCRIPT, written.location, example=excerpt(f"{stem}.vtt")
        )
    return audio, transcript


def _withdrawn(context: Context, value: Value) -> Withdrawn | None:
    group = value.group(context)
    if group is None:
        return None
    fields = Fields(context, group, vocabulary.WITHDRAWN, value.location)
    since, why = fields.read("since", measures.day), fields.read("why", texts)
    if since is None or why is None:
        return None
    return Withdrawn(since, why, value.location)


def _label(context: Context, value: Value) -> LabelMounting | None:
    group = value.group(context)
    if group is None:
        return None
    about = context.with_subject(
        f"l’étiquette, {context.subject_fr}", f"the label, {context.subject_en}"
    )
    fields = Fields(about, group, vocabulary.LABEL, value.location)
    height = fields.read("height", partial(measures.usual_length, "label"))
    slope = fields.read("slope", measures.angle)
    facing = fields.read("faces", measures.direction)
    code_width = fields.read("qr", partial(measures.usual_length, "label"))
    if height is None:
        return None
    return LabelMounting(
        height=height,
        slope=slope or Angle(0.0, value.location),
        facing=facing,
        code_width=code_width,
        location=value.location,
    )


def read_anchors(context: Context, value: Value) -> tuple[Anchor, ...] | None:
    """Return what holds the scene, in the order to try."""
    items = value.items(context)
    if items is None:
        return None
    read = (_anchor(context, value, item) for item in items)
    return tuple(anchor for anchor in read if anchor)


def _anchor(context: Context, value: Value, item: Node) -> Anchor | None:
    """Return one item of ``placed``: the kinds of anchors part here."""
    if isinstance(item, InvalidNode):
        return None
    group = Value(item, value.key, item.location).group(context)
    if group is None:
        return None
    by = group.entry("by")
    kind = by.value.text if by and isinstance(by.value, Scalar) else None
    if by and kind in ("floor", "ground", "sol"):
        context.report(
            keys_rules.FLOOR_IS_ALWAYS_OFFERED, by.value.location, value=kind
        )
        return None
    is_picture = kind == "picture" or (kind != "label" and group.entry("picture"))
    table = vocabulary.BY_PICTURE if is_picture else vocabulary.BY_LABEL
    place = group.entries[0].location if group.entries else item.location
    about = context.with_subject(
        f"{table.fr}, {context.subject_fr}", f"{table.en}, {context.subject_en}"
    )
    fields = Fields(about, group, table, place)
    is_reported = fields.read("by", values.choice) is None
    # Read even so: what is wrong with the rest is reported in the same run.
    anchor = _picture_anchor(fields) if is_picture else _label_anchor(fields)
    return None if is_reported else anchor


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
    width = fields.read("width", partial(measures.usual_length, "placed"))
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
        fields.read(name, measures.offset) or 0.0 for name in ("right", "up", "ahead")
    )
    turn = fields.read("turn", measures.angle)
    return right, up, ahead, turn.degrees if turn else 0.0
