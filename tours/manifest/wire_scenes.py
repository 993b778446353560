"""What a stop shows, on the wire: its texts, its files, and one view for each kind of scene."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tours.bundle import Vector  # noqa: TC001 - the wire's schema is made from the hints


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
