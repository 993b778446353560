"""A museum as the rest of the program sees it: frozen, typed, already valid.

A value that a later step may find fault with (a file that is absent, a height that the
model contradicts) carries the place where it was written, which no comparison counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path, PurePosixPath

    from tours.diagnostics import Location


Wheelchair = Literal["yes", "partial", "no"]
Axis = Literal["x", "y", "z"]
Ground = Literal["ground", "wall", "table"]
MapShapeKind = Literal[
    "walk", "step-free", "steps", "water", "green", "building", "road", "path", "rail"
]
"""Of a shape; a walk is what visitors follow, a step-free way avoids its steps."""
Position = tuple[float, float]
"""Longitude and latitude, degrees (WGS 84), as GeoJSON orders them."""
_LEAST_AREA = 1e-12
"""In square degrees: a picture of less is a line."""
_WIDEST_DEG = 0.5


@dataclass(frozen=True, slots=True)
class LocalizedText:
    """One text in several languages, in the order they were written."""

    texts: tuple[tuple[str, str], ...]
    """Pairs of a language tag (BCP 47) and its text; never empty."""
    location: Location = field(compare=False)

    def get(self, language: str) -> str | None:
        """Return the text in exactly this language, or None."""
        return dict(self.texts).get(language)

    def best(self, languages: tuple[str, ...]) -> tuple[str, str]:
        """Return (language, text) of the first language in `languages` that has one."""
        texts = dict(self.texts)
        for language in languages:
            if language in texts:
                return language, texts[language]
        return self.texts[0]


@dataclass(frozen=True, slots=True)
class Length:
    """A length in metres, more than 0."""

    metres: float
    location: Location = field(compare=False)
    is_estimate: bool = False
    """Nobody has measured it, or sources disagree: visitors are told."""


@dataclass(frozen=True, slots=True)
class Angle:
    """An angle in degrees."""

    degrees: float
    location: Location = field(compare=False)


@dataclass(frozen=True, slots=True)
class Flag:
    """Whether something is written to be so."""

    is_so: bool
    location: Location = field(compare=False)


@dataclass(frozen=True, slots=True)
class Coordinates:
    """A point on the map, WGS 84, degrees."""

    latitude_deg: float
    longitude_deg: float
    location: Location = field(compare=False)


@dataclass(frozen=True, slots=True)
class FileReference:
    """A file of the museum's folder, which existed when the YAML was checked."""

    path: PurePosixPath
    """Relative to the museum's folder; never absolute, never with ``..``."""
    location: Location = field(compare=False)


@dataclass(frozen=True, slots=True)
class LocalizedFile:
    """The same file in each language: ``audio/marteau.{lang}.m4a``.

    A film or its sign language written without ``{lang}`` holds one file for all: it is
    the same whatever is read beside it. Words that are heard or read, written so, are in
    the first language.
    """

    files: tuple[tuple[str, FileReference], ...]
    """Pairs of a language tag and the file that exists for it."""
    location: Location = field(compare=False)

    def get(self, language: str) -> FileReference | None:
        """Return the file of exactly this language, or None."""
        return dict(self.files).get(language)


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


@dataclass(frozen=True, slots=True)
class MapShape:
    """One line or area of the ground."""

    kind: MapShapeKind
    lines: tuple[tuple[Position, ...], ...]
    """A line each; of an area, its rings, the outer first."""
    is_area: bool


@dataclass(frozen=True, slots=True)
class MapName:
    """A name to write on the plan, in each language that has one."""

    at: Position
    name: str
    """Where no language's own is given."""
    names: tuple[tuple[str, str], ...] = ()
    """Pairs of a language tag and a name."""

    def best(self, languages: tuple[str, ...]) -> tuple[str | None, str]:
        """Return the language, where it is known, and the name to show."""
        known = dict(self.names)
        for language in languages:
            if language in known:
                return language, known[language]
        return None, self.name


class OverlayVariant(NamedTuple):
    """One file that a picture is made into."""

    url: str
    media_type: str
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class GroundOverlay:
    """A plan that somebody drew or photographed, laid on the ground by its corners."""

    file: FileReference
    top_left: Coordinates
    bottom_right: Coordinates
    top_right: Coordinates | None = None
    """None where north is up."""
    credits: LocalizedText | None = None
    variants: tuple[OverlayVariant, ...] = ()
    """What it is made into; none before that."""

    def corners(self) -> tuple[Position, Position, Position]:
        """Return its upper left, its upper right and its lower left corner."""
        left, right = _of(self.top_left), _of(self.bottom_right)
        upper = _of(self.top_right) if self.top_right else (right[0], left[1])
        lower = (left[0] + right[0] - upper[0], left[1] + right[1] - upper[1])
        return left, upper, lower

    def share(self, position: Position) -> tuple[float, float] | None:
        """Return how far right and down a point is on it, from 0 to 1 where it is on it.

        None where its corners are on one line.
        """
        origin, across, down = self.corners()
        u = (across[0] - origin[0], across[1] - origin[1])
        v = (down[0] - origin[0], down[1] - origin[1])
        p = (position[0] - origin[0], position[1] - origin[1])
        area = u[0] * v[1] - u[1] * v[0]
        if abs(area) < _LEAST_AREA:
            return None
        right = (p[0] * v[1] - p[1] * v[0]) / area
        return right, (u[0] * p[1] - u[1] * p[0]) / area

    @property
    def is_amiss(self) -> bool:
        """Whether its corners, as they are given, would show it from behind, or turned."""
        origin, across, down = self.corners()
        if self.top_right is None:
            return across[0] <= origin[0] or down[1] >= origin[1]
        return (across[0] - origin[0]) * (down[1] - origin[1]) >= (
            across[1] - origin[1]
        ) * (down[0] - origin[0])

    @property
    def is_far_spread(self) -> bool:
        """Whether its corners are farther apart than any walk: one is wrong by itself."""
        (west, north), (east, south) = _of(self.top_left), _of(self.bottom_right)
        return max(abs(east - west), abs(north - south)) > _WIDEST_DEG


@dataclass(frozen=True, slots=True)
class MapData:
    """Everything that a plan is drawn on."""

    shapes: tuple[MapShape, ...] = ()
    names: tuple[MapName, ...] = ()
    picture: GroundOverlay | None = None
    """Below all shapes."""

    def positions(self) -> Iterator[Position]:
        """Give every point of it."""
        for shape in self.shapes:
            for line in shape.lines:
                yield from line
        yield from (named.at for named in self.names)

    def walk(self) -> tuple[tuple[Position, ...], ...]:
        """Return the lines that visitors follow; none where they are not known."""
        found = (shape.lines for shape in self.shapes if shape.kind == "walk")
        return tuple(line for lines in found for line in lines)


def _of(point: Coordinates) -> Position:
    return point.longitude_deg, point.latitude_deg
