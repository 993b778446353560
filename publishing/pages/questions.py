"""What pages state of questions: grouped by hunt, with the answers offered and the right ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publishing.itinerary import open_stops
from publishing.pages.scenes import SIDES, side_of

if TYPE_CHECKING:
    from publishing.pages.scenes import Side
    from tours.manifest import (
        HuntView,
        PlaceAnswerView,
        QuestionView,
        StopView,
        Text,
        TourView,
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the answers to choose from: a text, or a side of the panorama."""

    text: Text | None
    side: Side | None
    is_right: bool


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Questions of one hunt at a stop; of none, those that stand by themselves."""

    hunt: HuntView | None
    questions: tuple[QuestionView, ...]


@dataclass(frozen=True, slots=True)
class HuntStep:
    """One question of a hunt, and the stop where it is asked."""

    stop: StopView
    question: QuestionView


def question_groups(tour: TourView, stop: StopView) -> tuple[QuestionGroup, ...]:
    """Return a stop's questions by hunt, in the tour's order of hunts; the others last."""
    by_hunt = [(hunt, hunt.id) for hunt in tour.hunts]
    groups = (
        QuestionGroup(hunt, tuple(q for q in stop.questions if q.hunt == name))
        for hunt, name in (*by_hunt, (None, None))
    )
    return tuple(group for group in groups if group.questions)


def hunt_steps(tour: TourView, hunt: HuntView) -> tuple[HuntStep, ...]:
    """Return the questions of a hunt, in walking order."""
    return tuple(
        HuntStep(stop, question)
        for stop in open_stops(tour)
        for question in stop.questions
        if question.hunt == hunt.id
    )


def label_questions(tour: TourView, stop: StopView) -> tuple[HuntStep, ...]:
    """Return the questions that finding a stop's label answers."""
    return tuple(
        HuntStep(other, question)
        for other in open_stops(tour)
        for question in other.questions
        if question.answer.kind == "find" and question.answer.stop == stop.id
    )


def candidates(stop: StopView, question: QuestionView) -> tuple[Candidate, ...]:
    """Return the answers to choose from, where a question has some.

    A place and a detail can be told without touching the picture: from the list of all
    that is named there, or by the side where it lies.
    """
    answer, scene = question.answer, stop.scene
    if answer.kind == "choices":
        return tuple(Candidate(c.text, None, c.right) for c in answer.choices)
    if answer.kind == "detail" and scene is not None and scene.kind == "model":
        return tuple(
            Candidate(detail.title, None, number == answer.detail)
            for number, detail in enumerate(scene.details, 1)
        )
    if answer.kind == "place" and scene is not None and scene.kind == "panorama":
        if answer.hotspot is None:
            return _sides(answer, scene.starts_deg)
        return tuple(
            Candidate(spot.title, None, number == answer.hotspot)
            for number, spot in enumerate(scene.hotspots, 1)
        )
    return ()


def _sides(answer: PlaceAnswerView, starts_deg: float) -> tuple[Candidate, ...]:
    right = side_of(answer.azimuth_deg - starts_deg)
    return tuple(Candidate(None, side, side == right) for side in SIDES)
