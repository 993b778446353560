"""Scenes on the wire: one view a kind, and how each is compiled with its files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tours.bundle import Vector  # noqa: TC001 - the wire's schema is made from the hints
from tours.manifest.values import ImageVariant, Media, Text, media, variants
from tours.model import CompareScene, ModelScene, PanoramaScene, VideoScene

if TYPE_CHECKING:
    from tours import model
    from tours.bundle import BundleIndex, Picture
    from tours.manifest.values import Translator

__all__ = [
    "Box",
    "CompareView",
    "ComparedView",
    "FilmView",
    "HotspotView",
    "LodView",
    "ModelView",
    "OutlineView",
    "PanoramaView",
    "PictureView",
    "SceneCompiler",
    "SceneView",
    "TrackView",
    "VideoView",
]


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
class OutlineView:
    """A model seen from its longer side on the ground, as a path to fill."""

    path: str
    """SVG path data, even-odd; y grows downwards, from the upper left of the box."""
    width: int
    """Of the box, in the path's own units."""
    height: int


@dataclass(frozen=True, slots=True)
class DetailView:
    """A point of a model that a question may ask one to touch."""

    title: Text
    position: Vector
    """Metres to the right, upwards and to the front, from the middle of the box's base;
    before ``scale``."""
    radius_m: float


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
    has_estimated_size: bool = False
    """The box is a likely one: nobody has measured the thing, or sources disagree."""
    estimated_height_m: float | None = None
    """As the museum writes it, where it is likely; the box may be a twentieth off."""
    outline: OutlineView | None = None
    details: tuple[DetailView, ...] = ()


@dataclass(frozen=True, slots=True)
class HotspotView:
    """A point of a panorama that says something when it is touched."""

    azimuth_deg: float
    """As ``starts_deg``."""
    elevation_deg: float
    """From -90 (under the feet) to 90 (overhead)."""
    title: Text
    text: Text


@dataclass(frozen=True, slots=True)
class PanoramaView:
    """A whole turn around one point, equirectangular, 2:1.

    Azimuths run from 0 to 360, from the picture's middle to the right.
    """

    kind: Literal["panorama"]
    alt: Text
    poster: tuple[ImageVariant, ...]
    levels: tuple[ImageVariant, ...]
    """From the smallest to the largest."""
    starts_deg: float
    hotspots: tuple[HotspotView, ...]
    """As one meets them turning to the right from the left edge of the first view."""
    license: str
    credits: str | None = None


@dataclass(frozen=True, slots=True)
class ComparedView:
    """One of the two pictures of a comparison."""

    title: Text
    picture: tuple[ImageVariant, ...]


@dataclass(frozen=True, slots=True)
class CompareView:
    """One view at two times."""

    kind: Literal["compare"]
    alt: Text
    poster: tuple[ImageVariant, ...]
    then: ComparedView
    now: ComparedView
    license: str
    credits: str | None = None


@dataclass(frozen=True, slots=True)
class TrackView:
    """Captions to lay over a film."""

    language: str
    media: Media


@dataclass(frozen=True, slots=True)
class FilmView:
    """A film in several encodings: a modern codec first, H.264 last."""

    files: tuple[Media, ...]
    width_px: int
    height_px: int
    duration_s: float


@dataclass(frozen=True, slots=True)
class VideoView:
    """A film, and what makes it understood without its sound or without its picture."""

    kind: Literal["video"]
    alt: Text
    poster: tuple[ImageVariant, ...]
    files: tuple[Media, ...]
    """A modern codec first, H.264 last."""
    width_px: int
    height_px: int
    duration_s: float
    captions: tuple[TrackView, ...]
    """The visitor's language first."""
    license: str
    credits: str | None = None
    language: str | None = None
    """Of what is heard; absent where one film serves every language."""
    described: FilmView | None = None
    """The film with audio description."""
    described_sound: Media | None = None
    """The sound alone, with audio description."""
    described_language: str | None = None
    sign: FilmView | None = None


@dataclass(frozen=True, slots=True)
class PictureView:
    """One picture: a photograph, a drawing, a document."""

    kind: Literal["picture"]
    alt: Text
    poster: tuple[ImageVariant, ...]
    """Shown on other pages in its place."""
    picture: tuple[ImageVariant, ...]
    license: str
    credits: str | None = None


SceneView = ModelView | PanoramaView | CompareView | VideoView | PictureView
"""Told apart by ``kind``."""


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
