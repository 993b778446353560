"""Compile questions and treasure hunts to the views of the manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tours.manifest.scenes import hotspots_in_order
from tours.manifest.wire import stop_url
from tours.manifest.wire_questions import (
    ChoicesAnswerView,
    ChoiceView,
    DetailAnswerView,
    HuntView,
    LabelAnswerView,
    NumberAnswerView,
    PlaceAnswerView,
    QuestionView,
    hunt_url,
)
from tours.model import (
    ChoicesAnswer,
    DetailAnswer,
    ModelScene,
    NumberAnswer,
    PanoramaScene,
    PlaceAnswer,
)

if TYPE_CHECKING:
    from tours import model
    from tours.codes import Registry
    from tours.manifest.values import Translator
    from tours.manifest.wire_questions import AnswerView


def question_views(
    tour: model.Tour, stop: model.Stop, translator: Translator, registry: Registry
) -> tuple[QuestionView, ...]:
    """Return the questions of a stop, numbered."""
    return tuple(
        QuestionView(
            id=f"{stop.id}-{number}",
            ask=translator.text(question.ask),
            answer=_answer(tour, stop, question.answer, translator, registry),
            hints=tuple(map(translator.text, question.hints)),
            explained=translator.text(question.explained),
            hunt=question.hunt,
        )
        for number, question in enumerate(stop.questions, 1)
    )


def hunt_views(
    tour: model.Tour, language: str, translator: Translator
) -> tuple[HuntView, ...]:
    """Return the treasure hunts of a tour that have a question somewhere."""
    asked = {question.hunt for stop in tour.stops for question in stop.questions}
    return tuple(
        HuntView(
            id=hunt.id,
            url=hunt_url(tour.id, hunt.id, language),
            title=translator.text(hunt.title),
            age=hunt.age,
            text=translator.maybe(hunt.text),
        )
        for hunt in tour.hunts
        if hunt.id in asked
    )


def _answer(
    tour: model.Tour,
    stop: model.Stop,
    answer: model.Answer,
    translator: Translator,
    registry: Registry,
) -> AnswerView:
    """Return the view of an answer: the kinds part here."""
    if isinstance(answer, ChoicesAnswer):
        choices = (
            ChoiceView(translator.text(choice.text), choice.is_right)
            for choice in answer.choices
        )
        return ChoicesAnswerView("choices", tuple(choices))
    if isinstance(answer, NumberAnswer):
        return NumberAnswerView("number", answer.value, answer.tolerance, answer.unit)
    if isinstance(answer, PlaceAnswer):
        return PlaceAnswerView(
            "place",
            answer.azimuth.degrees,
            answer.elevation.degrees,
            answer.tolerance_deg,
            _hotspot_number(stop.scene, answer.hotspot),
        )
    if isinstance(answer, DetailAnswer):
        details = stop.scene.details if isinstance(stop.scene, ModelScene) else ()
        names = [detail.name for detail in details]
        return DetailAnswerView("detail", names.index(answer.name) + 1)
    sought = next(other for other in tour.stops if other.id == answer.stop)
    return LabelAnswerView(
        "find",
        sought.id,
        stop_url(tour.id, sought.id, translator.order[0]),
        translator.text(sought.title),
        registry.code_of(tour.id, sought.id),
    )


def _hotspot_number(scene: model.Scene | None, name: str | None) -> int | None:
    if name is None or not isinstance(scene, PanoramaScene):
        return None
    names = [spot.name for spot in hotspots_in_order(scene)]
    return names.index(name) + 1
