"""The compiled view of one tour in one language: what pages, labels and phones read.

The only home of the wire format. ``wire_version`` grows when a phone that cached an
older client could no longer understand the file; adding a field does not need it.
Field names on the wire are the field names here; None is left out.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import Literal

from tours.bundle import Vector  # noqa: TC001 - the wire's schema is made from the hints
from tours.manifest.scenes import SceneView  # noqa: TC001 - the wire's schema is made from the hints
from tours.manifest.values import ImageVariant, Media, Text  # noqa: TC001 - as above
from tours.manifest.wire_questions import (  # noqa: TC001 - as above
    HuntView,
    QuestionView,
)

WIRE_VERSION = 1
RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
Quaternion = tuple[float, float, float, float]


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
    code_text: str | None = None
    """What the label's QR code says; absent while the stop has no code."""
    code_width_m: float | None = None
    """Of the printed QR code, from dark edge to dark edge; its quiet zone lies around."""


@dataclass(frozen=True, slots=True)
class PictureAnchorView:
    """Placed relative to a picture's centre: +x right, +y up, +z to the viewer."""

    by: Literal["picture"]
    pose: Pose
    picture: tuple[ImageVariant, ...]
    width_m: float
    target: Media | None = None
    """The print as phones recognise it; absent where it could not be compiled."""


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
class AccessView:
    """What a person with a wheelchair, a pram or tired legs must know."""

    wheelchair: str
    steps: int | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in another language."""

    language: str
    url: str


@dataclass(frozen=True, slots=True)
class SiteRef:
    """A place and its page."""

    id: str
    name: Text
    url: str


@dataclass(frozen=True, slots=True)
class SiteView:
    """A place, whole."""

    id: str
    url: str
    name: Text
    sources: tuple[str, ...]
    alternates: tuple[Alternate, ...]
    """Every language that a tour of the site has, this one included."""
    text: Text | None = None
    """Markdown, as the curator wrote it."""
    position: Point | None = None
    address: str | None = None
    access: AccessView | None = None


@dataclass(frozen=True, slots=True)
class WithdrawnView:
    """That a stop is gone, since when (``2026-11-01``) and why."""

    since: str
    why: Text


@dataclass(frozen=True, slots=True)
class StopView:
    """One stop, whole; a withdrawn one has neither scene, nor anchors, nor sound."""

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
    audio_fallback: Media | None = None
    """What plays where ``audio`` can't; absent when that plays everywhere."""
    audio_duration_s: float | None = None
    audio_is_synthetic: bool = False
    """Read out by a machine from ``text``: said wherever it is heard."""
    transcript: Media | None = None
    recording_language: str | None = None
    scene: SceneView | None = None
    safety: Text | None = None
    site: SiteRef | None = None
    """Where it differs from the tour's."""
    way: Text | None = None
    """How to get to the next stop."""
    offline: bool = False
    """No network there: load all beforehand."""
    withdrawn: WithdrawnView | None = None
    questions: tuple[QuestionView, ...] = ()


@dataclass(frozen=True, slots=True)
class MuseumView:
    """Who speaks."""

    id: str
    name: Text
    address: str
    color: str
    notice: Text | None = None
    contact: str | None = None
    summary: Text | None = None
    """What a visitor will live, in a sentence."""


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
    site: SiteView | None = None
    """The place of the stops that name no other."""
    machine_translated: bool | None = None
    """A machine wrote this language, and nobody has read it; absent where people did."""
    other_sites: tuple[SiteView, ...] = ()
    """The places of the stops that name one."""
    hunts: tuple[HuntView, ...] = ()


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


def manifest_url(tour_id: str, language: str) -> str:
    """Return the address of a tour's manifest."""
    return f"/manifests/{tour_id}.{language}.json"


def tour_url(tour_id: str, language: str) -> str:
    """Return the address of a tour's page."""
    return f"/{language}/{tour_id}/"


def stop_url(tour_id: str, stop_id: str, language: str) -> str:
    """Return the address of a stop's page."""
    return f"/{language}/{tour_id}/{stop_id}/"


def site_url(site_id: str, language: str) -> str:
    """Return the address of a site's page."""
    return f"/{language}/sites/{site_id}/"


def to_json(manifest: Manifest) -> bytes:
    """Return the manifest as it goes over the wire: UTF-8 JSON without None."""
    text = json.dumps(_bare(manifest), ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def _bare(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        pairs = ((f.name, getattr(value, f.name)) for f in dataclasses.fields(value))
        return {name: _bare(item) for name, item in pairs if item is not None}
    if isinstance(value, tuple):
        return [_bare(item) for item in value]
    return value
