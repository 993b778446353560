"""Read questions with their hints, and treasure hunts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tours import vocabulary
from tours.catalogue import questions as rules
from tours.model import (
    ChoicesAnswer,
    Hunt,
    LabelAnswer,
    Question,
)
from tours.reading import measures, values
from tours.reading.answers import fold, item_fields, read_answer
from tours.reading.texts import texts
from tours.source.nodes import Mapping, Sequence
from tours.source.text import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence as Sequence_

    from tours.model import Answer, LocalizedText, Scene, Stop, Tour
    from tours.reading.context import Context, Value
    from tours.source.nodes import Node

_SHORTEST_GIVEN = 4
"""Letters from which a right answer met in a hint is no accident."""


def read_questions(
    context: Context, value: Value, scene: Scene | None
) -> tuple[Question, ...]:
    """Return the question, or the questions, of a stop that shows `scene`."""
    node = value.node
    if isinstance(node, Mapping):
        value = replace(value, node=Sequence(value.location, (node,)))
    found = (
        _question(context, value, item, scene) for item in value.items(context) or ()
    )
    return tuple(question for question in found if question)


def _question(
    context: Context, value: Value, item: Node, scene: Scene | None
) -> Question | None:
    fields = item_fields(context, value, item, vocabulary.QUESTION)
    if fields is None:
        return None
    hunt = fields.read("hunt", values.name)
    ask, explained = fields.read("ask", texts), fields.read("explained", texts)
    hints = fields.read("hints", _hints) or ()
    answer = read_answer(fields, scene)
    _check_hints(fields.context, ask, hints, answer)
    if ask is None or explained is None or answer is None:
        return None
    return Question(hunt, ask, answer, hints, explained, fields.place)


def _hints(context: Context, value: Value) -> tuple[LocalizedText, ...]:
    items = value.items(context) or ()
    found = (
        texts(context, replace(value, node=item, location=item.location))
        for item in items
    )
    return tuple(hint for hint in found if hint)


def _check_hints(
    context: Context,
    ask: LocalizedText | None,
    hints: tuple[LocalizedText, ...],
    answer: Answer | None,
) -> None:
    """Report hints that repeat what was said, or that give the answer away."""
    said = {fold(text) for _, text in ask.texts} if ask else set()
    for number, hint in enumerate(hints):
        own = {fold(text) for _, text in hint.texts}
        given = next(
            (word for word in _right_words(answer) if _gives(hint, word)), None
        )
        if own & said:
            context.report(
                rules.HINT_GIVES_NOTHING,
                hint.location,
                what_fr="la question" if not number else "ce qui a déjà été dit",
                what_en="the question" if not number else "what was said already",
            )
        elif given:
            context.report(
                rules.HINT_GIVES_ANSWER, hint.location, value=excerpt(given[1])
            )
        said |= own


def _right_words(answer: Answer | None) -> Iterator[tuple[str, str]]:
    """Yield (language, words) of the right choices."""
    if isinstance(answer, ChoicesAnswer):
        for choice in answer.choices:
            if choice.is_right:
                yield from choice.text.texts


def _gives(hint: LocalizedText, right: tuple[str, str]) -> bool:
    language, words = right
    told = hint.get(language)
    folded = fold(words)
    return told is not None and len(folded) >= _SHORTEST_GIVEN and folded in fold(told)


def read_hunts(context: Context, value: Value) -> tuple[Hunt, ...]:
    """Return the treasure hunts of a tour."""
    found = (_hunt(context, value, item) for item in value.items(context) or ())
    hunts = tuple(hunt for hunt in found if hunt)
    values.check_names(context, ((hunt.id, hunt.location) for hunt in hunts))
    return hunts


def _hunt(context: Context, value: Value, item: Node) -> Hunt | None:
    fields = item_fields(context, value, item, vocabulary.HUNT)
    if fields is None:
        return None
    id_, title = fields.read("hunt", values.name), fields.read("title", texts)
    age, text = fields.read("age", measures.count), fields.read("text", texts)
    if id_ is None or title is None:
        return None
    return Hunt(id_, title, age, text, fields.place)


def check_questions(
    context: Context, tour: Tour, stops: Sequence_[str], others: dict[str, str]
) -> None:
    """Report hunts without a question, and names of hunts and labels that there are not.

    Parameters
    ----------
    stops
        The names of all stops of the tour, those that could not be read whole included.
    others
        The tour of each stop of the other tours, by the stop's name.
    """
    hunts = [hunt.id for hunt in tour.hunts]
    asked = set()
    for stop in tour.stops:
        about = context.with_subject(f"l’arrêt « {stop.id} »", f"stop “{stop.id}”")
        for question in stop.questions:
            asked.add(question.hunt)
            if question.hunt and question.hunt not in hunts:
                about.report(
                    rules.UNKNOWN_HUNT,
                    question.location,
                    value=question.hunt,
                    known=", ".join(hunts) or "—",
                )
            if isinstance(question.answer, LabelAnswer):
                _check_label(about, tour, stop, question.answer, (stops, others))
    for hunt in tour.hunts:
        if hunt.id not in asked and len(tour.stops) == len(stops):
            context.report(rules.HUNT_WITHOUT_QUESTION, hunt.location, value=hunt.id)


def _check_label(
    context: Context,
    tour: Tour,
    stop: Stop,
    answer: LabelAnswer,
    names: tuple[Sequence_[str], dict[str, str]],
) -> None:
    stops, others = names
    sought = next((other for other in tour.stops if other.id == answer.stop), None)
    open_stops = [other.id for other in tour.stops if not other.withdrawn]
    known = ", ".join(name for name in open_stops if name != stop.id)
    if answer.stop == stop.id:
        rule = rules.LABEL_OF_THIS_STOP
    elif answer.stop in stops:
        if sought is None or not sought.withdrawn:
            return
        rule = rules.LABEL_WITHDRAWN
    else:
        is_other = answer.stop in others
        rule = rules.LABEL_OF_OTHER_TOUR if is_other else rules.UNKNOWN_STOP_TO_FIND
    context.report(
        rule,
        answer.location,
        value=answer.stop,
        known=known,
        tour=others.get(answer.stop, ""),
    )
