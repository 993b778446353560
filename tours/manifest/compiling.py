"""A tour and the files made for it, compiled to the manifest of one language."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tours.manifest.wire import (
    RIGHT_TO_LEFT,
    WIRE_VERSION,
    AccessView,
    Alternate,
    AnchorView,
    Box,
    ImageVariant,
    LabelAnchorView,
    LabelView,
    LodView,
    Manifest,
    Media,
    ModelView,
    MuseumView,
    PictureAnchorView,
    Point,
    Pose,
    StopView,
    Text,
    TourView,
    stop_url,
    tour_url,
)
from tours.model import LabelAnchor

if TYPE_CHECKING:
    from tours import model
    from tours.bundle import BundleIndex, MediaFile, Picture
    from tours.codes import Registry


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
