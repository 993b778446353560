"""Read scenes: model, panorama, comparison, video or picture."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, cast

from tours import vocabulary
from tours.catalogue import keys as keys_rules
from tours.catalogue import museum as museum_rules
from tours.catalogue import texts as texts_rules
from tours.licenses import read_gltf_license, requires_attribution
from tours.model import (
    Angle,
    ComparedPicture,
    CompareScene,
    Detail,
    Flag,
    Hotspot,
    LocalizedText,
    ModelScene,
    ModelSource,
    PanoramaScene,
    PictureScene,
    VideoScene,
)
from tours.reading import files, measures, values
from tours.reading.context import Value
from tours.reading.fields import Fields
from tours.reading.key_groups import score_mismatch
from tours.reading.texts import texts, wording
from tours.source.text import excerpt
from tours.suggestions import fold_accents, suggest_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from tours.model import Axis, FileReference, Scene
    from tours.reading.context import Context
    from tours.source.nodes import Mapping, Node
    from tours.vocabulary import Table

KINDS = {table.keys[0].name: table for table in vocabulary.SCENES}
"""The table of each kind of scene, by the key that tells the kind."""
_SAY_THEIR_UNIT = (".dae", ".3mf")
_SHARED = set.intersection(*(set(table.names) for table in KINDS.values()))
"""Keys of every kind."""
_LIKELY = 0.75
"""Likeness from which a word is taken for the key of a kind."""


class _Common(NamedTuple):
    """What scenes of every kind have."""

    alt: LocalizedText | None
    poster: FileReference | None
    credits: LocalizedText | None
    license: str | None


def read_scene(context: Context, value: Value) -> Scene | None:
    """Return what the stop shows: the kinds of scenes part here."""
    group = value.group(context)
    kind = _kind(context, group, value) if group else None
    if group is None or kind is None:
        return None
    fields = Fields(context, group, KINDS[kind], value.location)
    return _READERS[kind](fields)


def _kind(context: Context, group: Mapping, value: Value) -> str | None:
    """Return the key that tells what is shown, or None once its absence is reported."""
    written = [entry for entry in group.entries if entry.key in KINDS]
    if len(written) > 1:
        first, second = written[:2]
        context.report(
            keys_rules.TWO_SCENES, second.location, key=second.key, first=first.key
        )
        first_group = _of_first(group, first.key)
        # Read even so: what is wrong with the rest is reported in the same run.
        _READERS[first.key](
            Fields(context, first_group, KINDS[first.key], value.location)
        )
        return None
    kind = written[0].key if written else _kind_meant(group)
    if kind is None:
        known = ", ".join(KINDS)
        context.report(museum_rules.NOTHING_SHOWN, value.location, known=known)
    return kind


def _of_first(group: Mapping, first: str) -> Mapping:
    """Return a group without the keys that only another kind of scene has."""
    others = {name for table in vocabulary.SCENES for name in table.names}
    foreign = others - set(KINDS[first].names)
    kept = tuple(entry for entry in group.entries if entry.key not in foreign)
    return replace(group, entries=kept)


def _kind_meant(group: Mapping) -> str | None:
    """Return the kind that is misspelt, or left out but implied by the other keys."""
    typed = [
        fold_accents(entry.key).replace("_", "-").strip() for entry in group.entries
    ]
    for kind, table in KINDS.items():
        french = set(map(fold_accents, table.keys[0].french))
        if any(word in french or suggest_name(word, [kind], _LIKELY) for word in typed):
            return kind
    if not set(typed).isdisjoint(vocabulary.COMPARE.names):
        return "compare"
    own = {
        kind: len(set(typed) & set(table.names) - _SHARED)
        for kind, table in KINDS.items()
    }
    implied = [kind for kind, count in own.items() if count]
    if len(implied) == 1:
        return implied[0]
    best, next_best = sorted(
        (score_mismatch(group, table), kind) for kind, table in KINDS.items()
    )[:2]
    return best[1] if best[0] < next_best[0] else None


def _common(fields: Fields) -> _Common:
    common = _Common(
        fields.read("alt", texts),
        fields.read("poster", files.poster),
        fields.read("credits", wording),
        fields.read("license", values.license_id),
    )
    written = fields.value("license")
    is_credited = fields.has("credits") or fields.context.terms.is_credited
    if (
        written
        and common.license
        and requires_attribution(common.license)
        and not is_credited
    ):
        fields.context.report(
            texts_rules.NO_CREDITS, written.node.location, license=common.license
        )
    return common


def _model(fields: Fields) -> ModelScene | None:
    file = fields.read("model", files.model_file)
    units = fields.read("units", values.choice) or "m"
    up = cast("Axis", fields.read("up", values.choice) or "y")
    occlusion = _occlusion(fields)
    height = fields.read("height", measures.height)
    scale = fields.read("scale", measures.scale)
    details = fields.read("details", _details) or ()
    alt, poster, credits_, license_ = _common(fields)
    if file is None:
        return None
    _check_license(fields, file, license_)
    if height is None and (units, up) != ("m", "y"):
        _check_units(fields, file, "up" if units == "m" else "units")
    if alt is None:
        return None
    return ModelScene(
        source=ModelSource(file, vocabulary.UNITS[units], up, occlusion),
        height=height,
        scale=1.0 if scale is None else scale,
        alt=alt,
        poster=poster,
        credits=credits_,
        license=license_,
        location=fields.place,
        details=details,
    )


def _check_units(fields: Fields, file: FileReference, key: str) -> None:
    """Report a unit or an axis beside the file's own; a height would be checked."""
    written = fields.value(key)
    if written and file.path.suffix.lower() in _SAY_THEIR_UNIT:
        place = written.node.location
        fields.context.report(
            museum_rules.UNIT_TOLD_TWICE, place, key=key, file=file.path
        )


def _occlusion(fields: Fields) -> Flag | None:
    is_so, written = fields.read("occlusion", values.flag), fields.value("occlusion")
    if is_so is None or written is None:
        return None
    return Flag(is_so, written.node.location)


def _check_license(fields: Fields, file: FileReference, license_: str | None) -> None:
    """Report a model whose file gives itself another licence than the page would."""
    context = fields.context
    found = read_gltf_license(context.folder.path / file.path)
    if found == "CC0-1.0":  # asks for nothing: a museum may show it under its own
        return
    written = license_ or context.terms.license
    if (
        found is None
        or not written
        or found in written
        or fields.has("license") > bool(license_)
    ):
        return
    value = fields.value("license")
    place = value.node.location if value else file.location
    context.report(
        texts_rules.LICENSE_OF_FILE_DIFFERS,
        place,
        found=found,
        written=excerpt(written),
    )


def _panorama(fields: Fields) -> PanoramaScene | None:
    picture = fields.read("panorama", files.panorama_file)
    starts = fields.read("starts", measures.azimuth)
    hotspots = fields.read("hotspots", _hotspots) or ()
    alt, poster, credits_, license_ = _common(fields)
    if picture is None or alt is None:
        return None
    return PanoramaScene(
        picture=picture,
        starts=starts or Angle(0.0, fields.place),
        hotspots=hotspots,
        alt=alt,
        poster=poster,
        credits=credits_,
        license=license_,
        location=fields.place,
    )


def _hotspots(context: Context, value: Value) -> tuple[Hotspot, ...] | None:
    items = value.items(context) or ()
    found = (_hotspot(context, value, item) for item in items)
    spots = tuple(spot for spot in found if spot)
    values.check_names(context, ((spot.name, spot.location) for spot in spots))
    return spots


def _details(context: Context, value: Value) -> tuple[Detail, ...]:
    found = (_detail(context, value, item) for item in value.items(context) or ())
    details = tuple(detail for detail in found if detail)
    values.check_names(context, ((detail.name, detail.location) for detail in details))
    return details


def _detail(context: Context, value: Value, item: Node) -> Detail | None:
    group = Value(item, value.key, item.location).group(context)
    if group is None:
        return None
    place = group.entries[0].location if group.entries else item.location
    fields = Fields(
        _within(context, vocabulary.DETAIL), group, vocabulary.DETAIL, place
    )
    name = fields.read("name", values.name)
    position_m = fields.read("at", measures.position)
    radius, title = fields.read("radius", measures.length), fields.read("title", texts)
    if name is None or position_m is None or radius is None or title is None:
        return None
    return Detail(name, position_m, radius, title, place)


def _hotspot(context: Context, value: Value, item: Node) -> Hotspot | None:
    group = Value(item, value.key, item.location).group(context)
    if group is None:
        return None
    place = group.entries[0].location if group.entries else item.location
    fields = Fields(
        _within(context, vocabulary.HOTSPOT), group, vocabulary.HOTSPOT, place
    )
    direction = fields.read("at", measures.view_direction)
    title, text = fields.read("title", texts), fields.read("text", texts)
    if direction is None or title is None or text is None:
        return None
    azimuth, elevation = direction
    name = fields.read("name", values.name)
    return Hotspot(azimuth, elevation, title, text, place, name)


def _compare(fields: Fields) -> CompareScene | None:
    pair = fields.read("compare", _pair)
    alt, poster, credits_, license_ = _common(fields)
    if pair is None or alt is None:
        return None
    then, now = pair
    return CompareScene(
        then=then,
        now=now,
        alt=alt,
        poster=poster,
        credits=credits_,
        license=license_,
        location=fields.place,
    )


def _pair(
    context: Context, value: Value
) -> tuple[ComparedPicture, ComparedPicture] | None:
    group = value.group(context)
    if group is None:
        return None
    context = _within(context, vocabulary.COMPARE)
    fields = Fields(context, group, vocabulary.COMPARE, value.location)
    then, now = fields.read("then", _compared), fields.read("now", _compared)
    if then is None or now is None:
        return None
    if then.picture.path == now.picture.path:
        place, path = now.picture.location, now.picture.path
        context.report(museum_rules.SAME_PICTURE_TWICE, place, path=path)
        return None
    return then, now


def _compared(context: Context, value: Value) -> ComparedPicture | None:
    group = value.group(context)
    if group is None:
        return None
    fields = Fields(context, group, vocabulary.COMPARED, value.location)
    picture = fields.read("picture", files.picture_file)
    title = fields.read("title", texts)
    if picture is None or title is None:
        return None
    return ComparedPicture(picture, title)


def _video(fields: Fields) -> VideoScene | None:
    video = fields.read("video", files.video_files)
    captions = fields.read("captions", files.caption_files)
    described = fields.read("described", files.described_files)
    sign = fields.read("sign", files.video_files)
    alt, poster, credits_, license_ = _common(fields)
    if video is None or alt is None:
        return None
    return VideoScene(
        video=video,
        captions=captions,
        described=described,
        sign=sign,
        alt=alt,
        poster=poster,
        credits=credits_,
        license=license_,
        location=fields.place,
    )


def _picture(fields: Fields) -> PictureScene | None:
    picture = fields.read("picture", files.picture_file)
    alt, poster, credits_, license_ = _common(fields)
    if picture is None or alt is None:
        return None
    return PictureScene(
        picture=picture,
        alt=alt,
        poster=poster,
        credits=credits_,
        license=license_,
        location=fields.place,
    )


def _within(context: Context, table: Table) -> Context:
    return context.with_subject(
        f"{table.fr}, {context.subject_fr}", f"{table.en}, {context.subject_en}"
    )


_READERS: dict[str, Callable[[Fields], Scene | None]] = {
    "model": _model,
    "panorama": _panorama,
    "compare": _compare,
    "video": _video,
    "picture": _picture,
}
