"""A museum's sites, tours, stops, scenes and anchors: frozen, typed, already valid."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from tours.diagnostics import Location
    from tours.model.map_data import MapData
    from tours.model.questions import Detail, Hunt, Question
    from tours.model.values import (
        Angle,
        Coordinates,
        FileReference,
        Flag,
        Length,
        LocalizedFile,
        LocalizedText,
    )

Wheelchair = Literal["yes", "partial", "no"]
Axis = Literal["x", "y", "z"]
Ground = Literal["ground", "wall", "table"]


@dataclass(frozen=True, slots=True)
class Access:
    """What a person with a wheelchair, a pram or tired legs must know."""

    wheelchair: Wheelchair
    steps: int | None
    note: LocalizedText | None


@dataclass(frozen=True, slots=True)
class LabelMounting:
    """How the printed label is fixed on site."""

    height: Length
    """From the ground to the label's centre."""
    slope: Angle
    """0 against a wall, 90 flat on a table."""
    facing: Angle | None
    """Azimuth (clockwise from north) of where one reads it from."""
    code_width: Length | None
    """Of its QR code, measured; None: as the program's labels print it."""
    location: Location = field(compare=False)


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


@dataclass(frozen=True, slots=True)
class LabelAnchor:
    """The scene stands relative to the printed label, upright by gravity."""

    ahead_m: float
    """Metres behind the label as one reads it, horizontally."""
    right_m: float
    up_m: float
    """Metres above what the scene stands on."""
    turn_deg: float
    """Turned about the vertical, counter-clockwise seen from above."""
    on: Ground
    location: Location = field(compare=False)


@dataclass(frozen=True, slots=True)
class PictureAnchor:
    """The scene stands relative to a flat picture of known printed width."""

    picture: FileReference
    width: Length
    is_forced: bool
    """It is published even where phones will hardly recognise it."""
    right_m: float
    up_m: float
    ahead_m: float
    turn_deg: float
    location: Location = field(compare=False)


Anchor = LabelAnchor | PictureAnchor
"""What holds a scene. The free floor is always offered and never written."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """That a stop is gone; its code stays, and its page says so."""

    since: date
    why: LocalizedText
    location: Location = field(compare=False)


@dataclass(frozen=True, slots=True)
class Stop:
    """A place where a visitor scans a label and sees one scene, or reads and listens.

    Of a withdrawn stop nothing is shown, heard or placed: it has neither scene, nor
    anchors, nor recordings.
    """

    id: str
    title: LocalizedText
    text: LocalizedText
    """Of a withdrawn stop that has none, why it was withdrawn."""
    easy: LocalizedText | None
    position: Coordinates | None
    label: LabelMounting | None
    sources: tuple[LocalizedText, ...]
    audio: LocalizedFile | None
    transcript: LocalizedFile | None
    scene: Scene | None
    anchors: tuple[Anchor, ...]
    safety: LocalizedText | None
    site: str | None
    """The stop's own, else its tour's."""
    way: LocalizedText | None
    """How to get to the next stop."""
    offline: bool
    """No network there: all is loaded beforehand."""
    has_synthetic_voice: bool
    """A voice made from ``text`` may be published in languages without a recording."""
    withdrawn: Withdrawn | None
    location: Location = field(compare=False)
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """A place that stops and tours share."""

    id: str
    name: LocalizedText
    text: LocalizedText | None
    position: Coordinates | None
    address: str | None
    """As on an envelope."""
    access: Access | None
    sources: tuple[LocalizedText, ...]
    location: Location = field(compare=False)


@dataclass(frozen=True, slots=True)
class Review:
    """Who read a tour through in one language, and when."""

    language: str
    day: date
    by: str


@dataclass(frozen=True, slots=True)
class Tour:
    """An ordered walk through stops."""

    id: str
    languages: tuple[str, ...]
    """The first serves where a translation is missing."""
    title: LocalizedText
    summary: LocalizedText | None
    duration_min: int | None
    start: Coordinates | None
    access: Access | None
    safety: LocalizedText | None
    license: str
    credits: LocalizedText | None
    site: str | None
    """The place of its stops that name no other."""
    plan: MapData | None
    stops: tuple[Stop, ...]
    location: Location = field(compare=False)
    reviews: tuple[Review, ...] = ()
    """Of the languages that were signed off."""
    machine_translated: tuple[str, ...] = ()
    """By a machine, and read by nobody: visitors are told."""
    hunts: tuple[Hunt, ...] = ()

    @property
    def sites(self) -> tuple[str, ...]:
        """Every site that the tour or one of its stops names, the tour's own first."""
        named = (self.site, *(stop.site for stop in self.stops))
        return tuple(dict.fromkeys(filter(None, named)))


@dataclass(frozen=True, slots=True)
class Museum:
    """Everything that one museum publishes."""

    id: str
    folder: Path = field(compare=False)
    """The museum's folder, where every `FileReference` starts."""
    name: LocalizedText
    languages: tuple[str, ...]
    address: str
    """The public address, ``https://`` and a host, without a closing slash."""
    color: str
    """``#rrggbb``: the museum's own colour."""
    license: str
    credits: LocalizedText | None
    summary: LocalizedText | None
    """What a visitor will live, in a sentence: the first thing that the home page says."""
    notice: LocalizedText | None
    """Shown on every page; a demonstration says here that it is one."""
    contact: str | None
    sites: tuple[Site, ...]
    tours: tuple[Tour, ...]
    location: Location = field(compare=False)

    def stops(self) -> Iterator[tuple[Tour, Stop]]:
        """Give every stop with its tour, in reading order."""
        for tour in self.tours:
            for stop in tour.stops:
                yield tour, stop
