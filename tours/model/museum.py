"""A museum's sites, tours, stops and anchors: frozen, typed, already valid."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from tours.diagnostics import Location
    from tours.model.map_data import MapData
    from tours.model.questions import Hunt, Question
    from tours.model.scenes import Scene
    from tours.model.values import (
        Angle,
        Coordinates,
        FileReference,
        Length,
        LocalizedFile,
        LocalizedText,
    )

Wheelchair = Literal["yes", "partial", "no"]
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
