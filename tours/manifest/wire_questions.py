"""Questions and treasure hunts, on the wire: one view for each kind of answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tours.manifest.values import Text  # noqa: TC001 - the wire's schema is made from the hints


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One of the answers offered."""

    text: Text
    right: bool


@dataclass(frozen=True, slots=True)
class ChoicesAnswerView:
    """Answered by the right choice, or by all right choices together."""

    kind: Literal["choices"]
    choices: tuple[ChoiceView, ...]


@dataclass(frozen=True, slots=True)
class NumberAnswerView:
    """Answered by a number, missed by no more than the tolerance."""

    kind: Literal["number"]
    value: float
    tolerance: float
    unit: str
    """A symbol; empty for a count or a year."""


@dataclass(frozen=True, slots=True)
class PlaceAnswerView:
    """Answered by a direction of the stop's panorama."""

    kind: Literal["place"]
    azimuth_deg: float
    elevation_deg: float
    tolerance_deg: float
    hotspot: int | None = None
    """The number of the hot spot that is there, from 1, in the panorama's order."""


@dataclass(frozen=True, slots=True)
class DetailAnswerView:
    """Answered by a detail of the stop's model."""

    kind: Literal["detail"]
    detail: int
    """Its number, from 1, in the model's order."""


@dataclass(frozen=True, slots=True)
class LabelAnswerView:
    """Answered by another stop's label: opening that stop's page counts as finding it."""

    kind: Literal["find"]
    stop: str
    url: str
    title: Text
    code: str | None = None


AnswerView = (
    ChoicesAnswerView
    | NumberAnswerView
    | PlaceAnswerView
    | DetailAnswerView
    | LabelAnswerView
)


@dataclass(frozen=True, slots=True)
class QuestionView:
    """What visitors are asked at a stop."""

    id: str
    """The stop's name and the question's number there: ``marteau-1``."""
    ask: Text
    answer: AnswerView
    hints: tuple[Text, ...]
    explained: Text
    hunt: str | None = None


@dataclass(frozen=True, slots=True)
class HuntView:
    """A treasure hunt; its page lists its questions and bears the certificate."""

    id: str
    url: str
    title: Text
    age: int | None = None
    text: Text | None = None


def hunt_url(tour_id: str, hunt_id: str, language: str) -> str:
    """Return the address of a treasure hunt's page."""
    return f"/{language}/{tour_id}/hunts/{hunt_id}/"
