"""The compiled view of one tour in one language: what pages, labels and phones read.

The only home of the wire format. ``wire_version`` grows when a phone that cached an
older client could no longer understand the file; adding a field does not need it.
Field names on the wire are the field names here; None is left out.
"""

from __future__ import annotations

import dataclasses
import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tours.bundle import Vector
from tours.model import LabelAnchor

if TYPE_CHECKING:
    from tours import model
    from tours.bundle import BundleIndex, MediaFile, Picture
    from tours.codes import Registry

WIRE_VERSION = 1
RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
Quaternion = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Text:
    """A text and the language it is really in, which may be the tour's fallback."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Media:
    """A file to fetch."""

    url: str
    bytes: int
    type: str


@dataclass(frozen=True, slots=True)
class ImageVariant:
    """One encoding of a picture to choose from."""

    url: str
    bytes: int
    type: str
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class LodView:
    """One level of detail to fetch, smallest first."""

    name: str
    url: str
    bytes: int
    triangles: int
    gpu_bytes: int


@dataclass(frozen=True, slots=True)
class Box:
    """The asset's axis-aligned box in metres, before ``scale``."""

    least: Vector
    greatest: Vector


@dataclass(frozen=True, slots=True)
class ModelView:
    """A 3D model. Its frame: metres, +Y up, its front looking down +Z."""

    kind: Literal["model"]
    alt: Text
    poster: tuple[ImageVariant, ...]
    lods: tuple[LodView, ...]
    usdz: Media
    extents: Box
    scale: float
    license: str
    credits: str | None = None


@dataclass(frozen=True, slots=True)
class Pose:
    """Position in metres and unit quaternion (x, y, z, w) in the anchor's frame."""

    position: Vector
    rotation: Quaternion


@dataclass(frozen=True, slots=True)
class LabelAnchorView:
    """Placed relative to the label's foot: +x right, +y against gravity, +z to the reader."""

    by: Literal["label"]
    pose: Pose
    on: str


@dataclass(frozen=True, slots=True)
class PictureAnchorView:
    """Placed relative to a picture's centre: +x right, +y up, +z to the viewer."""

    by: Literal["picture"]
    pose: Pose
    picture: tuple[ImageVariant, ...]
    width_m: float


AnchorView = LabelAnchorView | PictureAnchorView


@dataclass(frozen=True, slots=True)
class LabelView:
    """How the printed label is mounted."""

    height_m: float
    slope_deg: float
    facing_deg: float | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A point on the map, WGS 84, degrees."""

    latitude_deg: float
    longitude_deg: float


@dataclass(frozen=True, slots=True)
class StopView:
    """One stop, whole."""

    id: str
    number: int
    """Its place in the tour, from 1."""
    url: str
    title: Text
    text: Text
    """Markdown, as the curator wrote it."""
    anchors: tuple[AnchorView, ...]
    sources: tuple[str, ...]
    code: str | None = None
    easy: Text | None = None
    position: Point | None = None
    label: LabelView | None = None
    audio: Media | None = None
    transcript: Media | None = None
    recording_language: str | None = None
    scene: ModelView | None = None
    safety: Text | None = None


@dataclass(frozen=True, slots=True)
class AccessView:
    """What a person with a wheelchair, a pram or tired legs must know."""

    wheelchair: str
    steps: int | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class MuseumView:
    """Who speaks."""

    id: str
    name: Text
    address: str
    color: str
    notice: Text | None = None
    contact: str | None = None


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same tour in another language."""

    language: str
    url: str


@dataclass(frozen=True, slots=True)
class TourView:
    """One tour, whole."""

    id: str
    url: str
    title: Text
    license: str
    stops: tuple[StopView, ...]
    summary: Text | None = None
    duration_min: int | None = None
    start: Point | None = None
    access: AccessView | None = None
    safety: Text | None = None
    credits: str | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a client reads for one tour and language."""

    wire_version: int
    language: str
    direction: Literal["ltr", "rtl"]
    museum: MuseumView
    tour: TourView
    alternates: tuple[Alternate, ...]
    """Every language of the tour, this one included, in the tour's order."""

    @property
    def url(self) -> str:
        """The address the manifest is served at."""
        return manifest_url(self.tour.id, self.language)


def compile_tour(
    museum: model.Museum,
    tour: model.Tour,
    language: str,
    index: BundleIndex,
    registry: Registry,
) -> Manifest:
    """Return what a client reads for one tour in one of its languages.

    Where a translation is missing the tour's own order of languages decides, and the
    `Text` says which language it is in.
    """
    compiler = _Compiler(museum, tour, language, index, registry)
    return Manifest(
        wire_version=WIRE_VERSION,
        language=language,
        direction="rtl"
        if language.split("-", maxsplit=1)[0] in RIGHT_TO_LEFT
        else "ltr",
        museum=compiler.museum_view(),
        tour=compiler.tour_view(),
        alternates=tuple(
            Alternate(other, tour_url(tour.id, other)) for other in tour.languages
        ),
    )


def manifest_url(tour_id: str, language: str) -> str:
    """Return the address of a tour's manifest."""
    return f"/manifests/{tour_id}.{language}.json"


def tour_url(tour_id: str, language: str) -> str:
    """Return the address of a tour's page."""
    return f"/{language}/{tour_id}/"


def stop_url(tour_id: str, stop_id: str, language: str) -> str:
    """Return the address of a stop's page."""
    return f"/{language}/{tour_id}/{stop_id}/"


def to_json(manifest: Manifest) -> bytes:
    """Return the manifest as it goes over the wire: UTF-8 JSON without None."""
    text = json.dumps(_bare(manifest), ensure_ascii=False, separators=(",", ":"))
    return text.encode()


@dataclass(frozen=True, slots=True)
class _Compiler:
    museum: model.Museum
    tour: model.Tour
    language: str
    index: BundleIndex
    registry: Registry

    def museum_view(self) -> MuseumView:
        museum = self.museum
        return MuseumView(
            id=museum.id,
            name=self.text(museum.name),
            address=museum.address,
            color=museum.color,
            notice=self.maybe(museum.notice),
            contact=museum.contact,
        )

    def tour_view(self) -> TourView:
        tour = self.tour
        return TourView(
            id=tour.id,
            url=tour_url(tour.id, self.language),
            title=self.text(tour.title),
            license=tour.license,
            stops=tuple(self.stop(n, stop) for n, stop in enumerate(tour.stops, 1)),
            summary=self.maybe(tour.summary),
            duration_min=tour.duration_min,
            start=_point(tour.start),
            access=self.access(tour.access),
            safety=self.maybe(tour.safety),
            credits=tour.credits,
        )

    def access(self, access: model.Access | None) -> AccessView | None:
        if access is None:
            return None
        return AccessView(access.wheelchair, access.steps, self.maybe(access.note))

    def stop(self, number: int, stop: model.Stop) -> StopView:
        spoken, recording = self.recording(stop.audio, self.order)
        # What is read along must be in the language that is heard, if that exists.
        heard = (spoken, *self.order) if spoken else self.order
        return StopView(
            id=stop.id,
            number=number,
            url=stop_url(self.tour.id, stop.id, self.language),
            title=self.text(stop.title),
            text=self.text(stop.text),
            anchors=tuple(self.anchor(anchor) for anchor in stop.anchors),
            sources=stop.sources,
            code=self.registry.code_of(self.tour.id, stop.id),
            easy=self.maybe(stop.easy),
            position=_point(stop.position),
            label=_label(stop.label),
            audio=recording,
            transcript=self.recording(stop.transcript, heard)[1],
            recording_language=spoken,
            scene=self.scene(stop.scene) if stop.scene else None,
            safety=self.maybe(stop.safety),
        )

    def recording(
        self, files: model.LocalizedFile | None, order: tuple[str, ...]
    ) -> tuple[str | None, Media | None]:
        """Return the language and the file of the first recording there is."""
        for language in order:
            file = files.get(language) if files else None
            if file is not None:
                return language, _media(self.index.recordings[str(file.path)])
        return None, None

    def scene(self, scene: model.ModelScene) -> ModelView:
        bundle = self.index.models[scene.source]
        poster = bundle.poster
        if scene.poster is not None:
            poster = self.index.pictures[str(scene.poster.path)]
        return ModelView(
            kind="model",
            alt=self.text(scene.alt),
            poster=_variants(poster),
            lods=tuple(
                LodView(
                    lod.name,
                    lod.file.url,
                    lod.file.size_bytes,
                    lod.triangles,
                    lod.gpu_bytes,
                )
                for lod in bundle.lods
            ),
            usdz=_media(bundle.usdz),
            extents=Box(bundle.extents.least, bundle.extents.greatest),
            scale=scene.scale,
            license=scene.license or self.tour.license,
            credits=scene.credits or self.tour.credits,
        )

    def anchor(self, anchor: model.Anchor) -> AnchorView:
        pose = _pose(anchor)
        if isinstance(anchor, LabelAnchor):
            return LabelAnchorView("label", pose, anchor.on)
        picture = self.index.pictures[str(anchor.picture.path)]
        return PictureAnchorView(
            "picture", pose, _variants(picture), anchor.width.metres
        )

    @property
    def order(self) -> tuple[str, ...]:
        """The languages to take a text in, the visitor's first."""
        return (self.language, *self.tour.languages, *self.museum.languages)

    def text(self, text: model.LocalizedText) -> Text:
        language, words = text.best(self.order)
        return Text(words, language)

    def maybe(self, text: model.LocalizedText | None) -> Text | None:
        return None if text is None else self.text(text)


def _pose(anchor: model.Anchor) -> Pose:
    """Return the pose in the anchor's frame: +x right, +y up, +z to the person."""
    half = math.radians(anchor.turn_deg) / 2
    return Pose(
        (anchor.right_m, anchor.up_m, -anchor.ahead_m),
        (0.0, math.sin(half), 0.0, math.cos(half)),
    )


def _point(place: model.Coordinates | None) -> Point | None:
    return None if place is None else Point(place.latitude_deg, place.longitude_deg)


def _label(label: model.LabelMounting | None) -> LabelView | None:
    if label is None:
        return None
    facing = None if label.facing is None else label.facing.degrees
    return LabelView(label.height.metres, label.slope.degrees, facing)


def _media(file: MediaFile) -> Media:
    return Media(file.url, file.size_bytes, file.media_type)


def _variants(picture: Picture) -> tuple[ImageVariant, ...]:
    return tuple(
        ImageVariant(
            variant.file.url,
            variant.file.size_bytes,
            variant.file.media_type,
            variant.width_px,
            variant.height_px,
        )
        for variant in picture.variants
    )


def _bare(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        pairs = ((f.name, getattr(value, f.name)) for f in dataclasses.fields(value))
        return {name: _bare(item) for name, item in pairs if item is not None}
    if isinstance(value, tuple):
        return [_bare(item) for item in value]
    return value
