"""Questions of the quiz and of treasure hunts, and how each is answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tours.diagnostics import Location
    from tours.model.values import Angle, Length, LocalizedText


@dataclass(frozen=True, slots=True)
class Detail:
    """A point of a model that a question may ask one to touch."""

    name: str
    position_m: tuple[float, float, float]
    """Right, up and towards the viewer, from the middle of the foot, at true size."""
    radius: Length
    title: LocalizedText
    location: Location = field(compare=False)


@dataclass(frozen=True, slots=True)
class Hunt:
    """A treasure hunt: the questions of a tour that name it, and a certificate at the end."""

    id: str
    title: LocalizedText
    age: int | None
    text: LocalizedText | None
    location: Location = field(compare=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers offered."""

    text: LocalizedText
    is_right: bool


@dataclass(frozen=True, slots=True)
class ChoicesAnswer:
    """One of several answers is right, or some of them together."""

    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class NumberAnswer:
    """A number, which may be missed by a tolerance."""

    value: float
    tolerance: float
    """In the number's own unit."""
    unit: str
    """A symbol; empty for a count or a year."""


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    """A direction of the stop's panorama."""

    azimuth: Angle
    elevation: Angle
    tolerance_deg: float
    hotspot: str | None
    """The name of the hot spot that is there."""


@dataclass(frozen=True, slots=True)
class DetailAnswer:
    """A detail of the stop's model."""

    name: str


@dataclass(frozen=True, slots=True)
class LabelAnswer:
    """The label of another stop of the tour."""

    stop: str
    location: Location = field(compare=False)


Answer = ChoicesAnswer | NumberAnswer | PlaceAnswer | DetailAnswer | LabelAnswer


@dataclass(frozen=True, slots=True)
class Question:
    """What visitors are asked at a stop."""

    hunt: str | None
    """None: a question by itself."""
    ask: LocalizedText
    answer: Answer
    hints: tuple[LocalizedText, ...]
    explained: LocalizedText
    location: Location = field(compare=False)
