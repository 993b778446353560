"""What stops show: one frozen dataclass a kind of scene, already valid."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from tours.diagnostics import Location
    from tours.model.questions import Detail
    from tours.model.values import (
        Angle,
        FileReference,
        Flag,
        Length,
        LocalizedFile,
        LocalizedText,
    )

__all__ = [
    "Axis",
    "CompareScene",
    "ComparedPicture",
    "Hotspot",
    "ModelScene",
    "ModelSource",
    "PanoramaScene",
    "PictureScene",
    "Scene",
    "VideoScene",
]

Axis = Literal["x", "y", "z"]


@dataclass(frozen=True, slots=True)
class ModelSource:
    """What turns a source file into one asset; equal values share one bundle."""

    file: FileReference
    metres_per_unit: float
    """1.0 for metres, 0.001 for millimetres."""
    up: Axis
    """The source's axis that points to the sky; the asset's is always +Y."""
    occlusion: Flag | None = None
    """Whether hollows are darkened; None: where nothing has a colour of its own."""


@dataclass(frozen=True, slots=True)
class ModelScene:
    """A 3D model, shown at true size or as a scale model."""

    source: ModelSource
    height: Length | None
    """True height, checked against the file; less closely where it is an estimate."""
    scale: float
    """1 for true size; 0.005 for a model at 1:200."""
    alt: LocalizedText
    poster: FileReference | None
    """None: rendered by the program (``poster: auto``)."""
    credits: LocalizedText | None
    license: str | None
    """SPDX; None inherits from the tour, then from the museum."""
    location: Location = field(compare=False)
    details: tuple[Detail, ...] = ()
    """What questions may ask one to touch."""


@dataclass(frozen=True, slots=True)
class Hotspot:
    """A point of a panorama that says something when it is touched."""

    azimuth: Angle
    """As a panorama's ``starts``."""
    elevation: Angle
    """From -90 (under the feet) to 90 (overhead)."""
    title: LocalizedText
    text: LocalizedText
    location: Location = field(compare=False)
    name: str | None = None
    """By which a question asks one to find it."""


@dataclass(frozen=True, slots=True)
class PanoramaScene:
    """A whole turn around one point: a 2:1 picture, 360 by 180 degrees."""

    picture: FileReference
    starts: Angle
    """Azimuth of what is in front at first, from 0 to 360: 0 is the picture's middle,
    growing to the right."""
    hotspots: tuple[Hotspot, ...]
    alt: LocalizedText
    poster: FileReference | None
    """None: the view at ``starts``, made by the program."""
    credits: LocalizedText | None
    license: str | None
    location: Location = field(compare=False)


@dataclass(frozen=True, slots=True)
class ComparedPicture:
    """One of the two pictures of a comparison, and when or what it is."""

    picture: FileReference
    title: LocalizedText


@dataclass(frozen=True, slots=True)
class CompareScene:
    """One view at two times."""

    then: ComparedPicture
    now: ComparedPicture
    alt: LocalizedText
    poster: FileReference | None
    """None: the picture of ``then``."""
    credits: LocalizedText | None
    license: str | None
    location: Location = field(compare=False)


@dataclass(frozen=True, slots=True)
class VideoScene:
    """A film, and what makes it understood without its sound or without its picture."""

    video: LocalizedFile
    captions: LocalizedFile | None
    described: LocalizedFile | None
    """The film, or its sound alone, with audio description."""
    sign: LocalizedFile | None
    """The film, or its interpreter alone, in sign language."""
    alt: LocalizedText
    poster: FileReference | None
    """None: a picture of the film, chosen by the program."""
    credits: LocalizedText | None
    license: str | None
    location: Location = field(compare=False)


@dataclass(frozen=True, slots=True)
class PictureScene:
    """One picture: a photograph, a drawing, a document."""

    picture: FileReference
    alt: LocalizedText
    poster: FileReference | None
    """None: the picture itself."""
    credits: LocalizedText | None
    license: str | None
    location: Location = field(compare=False)


Scene = ModelScene | PanoramaScene | CompareScene | VideoScene | PictureScene
"""What a stop shows: one thing, always with ``alt`` and a poster."""
