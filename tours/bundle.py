"""Bundles: the files made from one source asset, as the asset pipeline returns them.

The pipeline fills these, the manifest reads them, and nobody else looks inside a GLB.
Lengths are metres, in the asset's own frame: +Y up (glTF 2.0, section 3.4).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tours.model import ModelSource

LodName = Literal["preview", "phone", "high"]
Vector = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class MediaFile:
    """One file for visitors, named by its content."""

    sha256: str
    size_bytes: int
    extension: str
    """With its dot: ``.glb``."""
    media_type: str

    @property
    def url(self) -> str:
        """The address under which every release that holds it serves it, for ever."""
        return f"/media/{self.name}"

    @property
    def name(self) -> str:
        """The file's name in the content-addressed store."""
        return self.sha256 + self.extension


@dataclass(frozen=True, slots=True)
class Extents:
    """The axis-aligned box of an asset at rest."""

    least: Vector
    greatest: Vector

    @property
    def size_m(self) -> Vector:
        """Width (x), height (y), depth (z), in metres."""
        x, y, z = (b - a for a, b in zip(self.least, self.greatest, strict=True))
        return x, y, z


@dataclass(frozen=True, slots=True)
class Lod:
    """One level of detail, as a phone loads it."""

    name: LodName
    file: MediaFile
    triangles: int
    draw_calls: int
    gpu_bytes: int
    """Textures with their mip chains, and buffers, once decoded."""
    visual_error: float | None = None
    """FLIP against the source, from 0 to 1; None when nobody looked."""


@dataclass(frozen=True, slots=True)
class UsdzFacts:
    """What Quick Look draws of a USDZ, measured on the package read back."""

    triangles: int
    draw_calls: int
    gpu_bytes: int
    """As a level's."""
    visual_error: float | None = None
    """As a level's."""


@dataclass(frozen=True, slots=True)
class PictureVariant:
    """One encoding of a picture."""

    file: MediaFile
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in several widths and formats; the last variant opens everywhere."""

    variants: tuple[PictureVariant, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """What is seen of a model from one side, as a path to fill."""

    path: str
    """SVG path data, even-odd; y grows downwards, from the upper left of the box."""
    width: int
    """Of the box's longer side on the ground, in the path's own units."""
    height: int


@dataclass(frozen=True, slots=True)
class Recording:
    """A sound, or the timed words of one."""

    file: MediaFile
    duration_s: float
    """Of timed words, the end of the last; 0 where it can't be told."""
    fallback: MediaFile | None = None
    """What plays on phones that can't play ``file``; None when all can."""
    words: MediaFile | None = None
    """Of a synthetic voice, what it says, timed: made with it, so that it always fits."""


@dataclass(frozen=True, slots=True)
class Panorama:
    """A whole turn in several sizes, 2:1, equirectangular."""

    levels: tuple[PictureVariant, ...]
    """From the smallest to the largest; a phone takes the largest that it can hold."""
    poster: Picture
    """A flat view, at ``starts`` of the first stop that shows it."""


@dataclass(frozen=True, slots=True)
class Video:
    """A film in several encodings."""

    files: tuple[MediaFile, ...]
    """A modern codec first; H.264 last, which plays everywhere."""
    width_px: int
    height_px: int
    duration_s: float
    poster: Picture


@dataclass(frozen=True, slots=True)
class Recognition:
    """How well phones will recognise a print, estimated before it is printed."""

    score: int
    """In how many of 100 trials."""
    farthest_m: float
    """From the front, at nine times in ten; 0 where it is less even near by."""
    largest_angle_deg: float
    """From the normal, at nine times in ten."""
    heat: tuple[str, ...] = ()
    """Where on the print it holds: rows from the top, a digit a cell; 9 most."""


@dataclass(frozen=True, slots=True)
class ImageTarget:
    """A flat print as phones recognise it."""

    file: MediaFile
    """Compiled: see ``assets_pipeline.image_targets.pack_encoder``."""
    width_px: int
    """Of its template, whose shape is the print's."""
    height_px: int
    recognition: Recognition | None = None
    """None when nobody tried."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a visitor may be sent of one source asset."""

    extents: Extents
    lods: tuple[Lod, ...]
    """From the smallest file (``preview``) to the largest; ``high`` where it shows more."""
    usdz: MediaFile
    poster: Picture
    """Rendered from the finest LOD; a stop's own poster picture takes precedence."""
    source_triangles: int
    outline: Outline | None = None
    """None of what is too flat to have one."""
    usdz_facts: UsdzFacts | None = None
    """None of a package that can't be read back."""
    is_searched: bool = False
    """Whether a search decided on its files; else they were made by rule."""


@dataclass(frozen=True, slots=True)
class BundleIndex:
    """Every file the pipeline made for one museum."""

    models: Mapping[ModelSource, Bundle]
    pictures: Mapping[str, Picture]
    """By path within the museum's folder: curators' posters, pictures to track."""
    recordings: Mapping[str, Recording]
    """By path within the museum's folder: sounds, transcripts, captions."""
    panoramas: Mapping[str, Panorama] = field(default_factory=dict)
    """By path within the museum's folder."""
    videos: Mapping[str, Video] = field(default_factory=dict)
    """By path within the museum's folder: films, with audio description and signs too."""
    voices: Mapping[tuple[str, str, str], Recording] = field(default_factory=dict)
    """Synthetic drafts, by tour, stop and language."""
    targets: Mapping[tuple[str, float], ImageTarget] = field(default_factory=dict)
    """By path within the museum's folder, and printed width in metres."""
