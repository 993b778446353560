"""Compile scenes of every kind, with their files, to the views of the manifest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tours.manifest.wire import AccessView, Point
from tours.manifest.wire_scenes import (
    Box,
    ComparedView,
    CompareView,
    DetailView,
    FilmView,
    HotspotView,
    ImageVariant,
    LodView,
    Media,
    ModelView,
    OutlineView,
    PanoramaView,
    PictureView,
    Text,
    TrackView,
    VideoView,
)
from tours.model import CompareScene, ModelScene, PanoramaScene, VideoScene

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tours import model
    from tours.bundle import BundleIndex, MediaFile, Picture, PictureVariant
    from tours.manifest.wire_scenes import (
        SceneView,
    )


@dataclass(frozen=True, slots=True)
class SceneCompiler:
    """Compiles the scenes of one tour in one language."""

    translator: Translator
    index: BundleIndex
    license: str
    """The tour's, for scenes that give none."""
    credits: str | None

    def scene(self, scene: model.Scene) -> SceneView:
        """Return the view of a scene: the kinds part here."""
        if isinstance(scene, ModelScene):
            return self._model(scene)
        if isinstance(scene, PanoramaScene):
            return self._panorama(scene)
        if isinstance(scene, CompareScene):
            return self._compare(scene)
        if isinstance(scene, VideoScene):
            return self._video(scene)
        return self._picture(scene)

    def _model(self, scene: model.ModelScene) -> ModelView:
        bundle, height = self.index.models[scene.source], scene.height
        return ModelView(
            kind="model",
            alt=self._text(scene.alt),
            poster=self._poster(scene, bundle.poster),
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
            usdz=media(bundle.usdz),
            extents=Box(bundle.extents.least, bundle.extents.greatest),
            scale=scene.scale,
            license=scene.license or self.license,
            credits=self.translator.wording(scene.credits) or self.credits,
            has_estimated_size=height is not None and height.is_estimate,
            estimated_height_m=height.metres if height and height.is_estimate else None,
            details=tuple(
                DetailView(
                    self._text(detail.title), detail.position_m, detail.radius.metres
                )
                for detail in scene.details
            ),
            outline=None
            if bundle.outline is None
            else OutlineView(
                bundle.outline.path, bundle.outline.width, bundle.outline.height
            ),
        )

    def _panorama(self, scene: model.PanoramaScene) -> PanoramaView:
        panorama = self.index.panoramas[str(scene.picture.path)]
        return PanoramaView(
            kind="panorama",
            alt=self._text(scene.alt),
            poster=self._poster(scene, panorama.poster),
            levels=variants(panorama.levels),
            starts_deg=scene.starts.degrees,
            hotspots=tuple(
                HotspotView(
                    spot.azimuth.degrees,
                    spot.elevation.degrees,
                    self._text(spot.title),
                    self._text(spot.text),
                )
                for spot in hotspots_in_order(scene)
            ),
            license=scene.license or self.license,
            credits=self.translator.wording(scene.credits) or self.credits,
        )

    def _compare(self, scene: model.CompareScene) -> CompareView:
        then = self.index.pictures[str(scene.then.picture.path)]
        return CompareView(
            kind="compare",
            alt=self._text(scene.alt),
            poster=self._poster(scene, then),
            then=self._compared(scene.then),
            now=self._compared(scene.now),
            license=scene.license or self.license,
            credits=self.translator.wording(scene.credits) or self.credits,
        )

    def _compared(self, compared: model.ComparedPicture) -> ComparedView:
        picture = self.index.pictures[str(compared.picture.path)]
        return ComparedView(self._text(compared.title), variants(picture.variants))

    def _picture(self, scene: model.PictureScene) -> PictureView:
        picture = self.index.pictures[str(scene.picture.path)]
        return PictureView(
            kind="picture",
            alt=self._text(scene.alt),
            poster=self._poster(scene, picture),
            picture=variants(picture.variants),
            license=scene.license or self.license,
            credits=self.translator.wording(scene.credits) or self.credits,
        )

    def _video(self, scene: model.VideoScene) -> VideoView:
        language, reference = self.translator.file(scene.video) or scene.video.files[0]
        film = self.index.videos[str(reference.path)]
        is_one = len({file.path for _, file in scene.video.files}) == 1
        heard = None if is_one and len(scene.video.files) > 1 else language
        described, sound, spoken = self._described(scene.described)
        return VideoView(
            kind="video",
            alt=self._text(scene.alt),
            poster=self._poster(scene, film.poster),
            files=tuple(map(media, film.files)),
            width_px=film.width_px,
            height_px=film.height_px,
            duration_s=film.duration_s,
            captions=self._captions(scene.captions, heard),
            license=scene.license or self.license,
            credits=self.translator.wording(scene.credits) or self.credits,
            language=heard,
            described=described,
            described_sound=sound,
            described_language=spoken,
            sign=self._film(scene.sign),
        )

    def _captions(
        self, files: model.LocalizedFile | None, heard: str | None
    ) -> tuple[TrackView, ...]:
        """Return captions, those of the film's own language alone where it has one.

        Films that differ by language differ by their timings too.
        """
        order = self.translator.order if heard is None else (heard,)
        found = ((tag, files.get(tag)) for tag in dict.fromkeys(order)) if files else ()
        return tuple(
            TrackView(tag, media(self.index.recordings[str(file.path)].file))
            for tag, file in found
            if file is not None
        )

    def _described(
        self, files: model.LocalizedFile | None
    ) -> tuple[FilmView | None, Media | None, str | None]:
        """Return audio description as a film or as a sound, and its language."""
        found = self.translator.file(files)
        if found is None:
            return None, None, None
        language, reference = found
        recording = self.index.recordings.get(str(reference.path))
        if recording is not None:
            return None, media(recording.file), language
        return self._film(files), None, language

    def _film(self, files: model.LocalizedFile | None) -> FilmView | None:
        found = self.translator.file(files)
        if found is None:
            return None
        film = self.index.videos[str(found[1].path)]
        return FilmView(
            tuple(map(media, film.files)),
            film.width_px,
            film.height_px,
            film.duration_s,
        )

    def _poster(self, scene: model.Scene, made: Picture) -> tuple[ImageVariant, ...]:
        """Return the curator's own poster, else the one that was made."""
        if scene.poster is not None:
            made = self.index.pictures[str(scene.poster.path)]
        return variants(made.variants)

    def _text(self, text: model.LocalizedText) -> Text:
        return self.translator.text(text)


_LEFT_EDGE_DEG = 45.0
"""About half of what a screen shows at once."""


def hotspots_in_order(scene: PanoramaScene) -> list[model.Hotspot]:
    """Return hot spots in the order in which one meets them, turning to the right.

    They are numbered in that order, from the left edge of the view that opens.
    """

    def turned_deg(spot: model.Hotspot) -> float:
        turn_deg = spot.azimuth.degrees - scene.starts.degrees
        return (turn_deg + _LEFT_EDGE_DEG) % 360.0

    return sorted(scene.hotspots, key=turned_deg)


@dataclass(frozen=True, slots=True)
class Translator:
    """Takes each text and file in the first language of an order that has it."""

    order: tuple[str, ...]
    """The visitor's language first."""

    def text(self, text: model.LocalizedText) -> Text:
        """Return a text, with the language that it is really in."""
        language, words = text.best(self.order)
        return Text(words, language)

    def maybe(self, text: model.LocalizedText | None) -> Text | None:
        """Return the same of a text that may be absent."""
        return None if text is None else self.text(text)

    def wording(self, text: model.LocalizedText | None) -> str | None:
        """Return the words of a text that may be the same in every language."""
        return None if text is None else self.text(text).text

    def wordings(self, texts: Iterable[model.LocalizedText]) -> tuple[str, ...]:
        """Return the words of several such texts."""
        return tuple(self.text(text).text for text in texts)

    def file(
        self, files: model.LocalizedFile | None
    ) -> tuple[str, model.FileReference] | None:
        """Return the language and the file of the first that there is."""
        for language in self.order:
            file = files.get(language) if files else None
            if file is not None:
                return language, file
        return None

    def access(self, access: model.Access | None) -> AccessView | None:
        """Return how a place is reached."""
        if access is None:
            return None
        return AccessView(access.wheelchair, access.steps, self.maybe(access.note))


def point(place: model.Coordinates | None) -> Point | None:
    """Return a point on the map."""
    return None if place is None else Point(place.latitude_deg, place.longitude_deg)


def media(file: MediaFile) -> Media:
    """Return a file to fetch."""
    return Media(file.url, file.size_bytes, file.media_type)


def variants(pictures: Iterable[PictureVariant]) -> tuple[ImageVariant, ...]:
    """Return the encodings of a picture, in their order."""
    return tuple(
        ImageVariant(
            variant.file.url,
            variant.file.size_bytes,
            variant.file.media_type,
            variant.width_px,
            variant.height_px,
        )
        for variant in pictures
    )
