"""Read questions with their answers, hot spots and details to touch, and treasure hunts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from tours import quantities, vocabulary
from tours.catalogue import quantities as quantities_rules
from tours.catalogue import questions as rules
from tours.diagnostics import format_number
from tours.model import (
    Choice,
    ChoicesAnswer,
    DetailAnswer,
    Hunt,
    LabelAnswer,
    ModelScene,
    NumberAnswer,
    PanoramaScene,
    PlaceAnswer,
    Question,
)
from tours.reading import measures, values
from tours.reading.context import Value
from tours.reading.fields import Fields
from tours.reading.texts import texts
from tours.source.nodes import InvalidNode, Mapping, Scalar, Sequence
from tours.source.text import excerpt
from tours.suggestions import fold_accents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from collections.abc import Sequence as Sequence_

    from tours.diagnostics import Location, Rule
    from tours.model import Answer, LocalizedText, Scene, Stop, Tour
    from tours.reading.context import Context
    from tours.source.nodes import Node

SPOT_TOLERANCE_DEG = 12.0
"""About a hot spot that is named: as wide as a thumb on the first view."""
_WIDEST_DEG = 90.0
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
    fields = _group(context, value, item, vocabulary.QUESTION)
    if fields is None:
        return None
    hunt = fields.read("hunt", values.name)
    ask, explained = fields.read("ask", texts), fields.read("explained", texts)
    hints = fields.read("hints", _hints) or ()
    kind = _kind(fields)
    answer = _READERS[kind](fields, scene) if kind else None
    _check_hints(fields.context, ask, hints, answer)
    if ask is None or explained is None or answer is None:
        return None
    return Question(hunt, ask, answer, hints, explained, fields.place)


def _group(
    context: Context, value: Value, item: Node, table: vocabulary.Table
) -> Fields | None:
    """Return the fields of one item of a list."""
    if isinstance(item, InvalidNode):
        return None
    group = Value(item, value.key, item.location).group(context)
    if group is None:
        return None
    place = group.entries[0].location if group.entries else item.location
    about = context.with_subject(
        f"{table.fr}, {context.subject_fr}", f"{table.en}, {context.subject_en}"
    )
    return Fields(about, group, table, place)


def _kind(fields: Fields) -> str | None:
    """Return the key that tells how a question is answered; reported where it is none or two."""
    written = [name for name in vocabulary.ANSWERS if fields.has(name)]
    if not written:
        known = ", ".join(vocabulary.ANSWERS)
        fields.context.report(rules.NO_ANSWER, fields.place, known=known)
        return None
    if len(written) > 1:
        first, second = written[:2]
        value = fields.value(second)
        place = value.location if value else fields.place
        fields.context.report(rules.TWO_ANSWERS, place, first=first, key=second)
        return None
    tolerance = fields.value("tolerance")
    if tolerance and written[0] not in ("number", "place"):
        fields.context.report(
            rules.KEY_OF_ANOTHER_ANSWER,
            tolerance.location,
            key="tolerance",
            kind=written[0],
        )
    return written[0]


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
    said = {_folded(text) for _, text in ask.texts} if ask else set()
    for number, hint in enumerate(hints):
        own = {_folded(text) for _, text in hint.texts}
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
    folded = _folded(words)
    return (
        told is not None and len(folded) >= _SHORTEST_GIVEN and folded in _folded(told)
    )


def _folded(text: str) -> str:
    return " ".join(fold_accents(text).strip(" .!?…").split())


def _choices(fields: Fields, _: Scene | None) -> ChoicesAnswer | None:
    context, value = fields.context, fields.value("choices")
    items = value.items(context) if value else None
    if value is None or items is None:
        return None
    read = [_choice(context, value, item) for item in items]
    choices = tuple(choice for choice in read if choice)
    if len(choices) < len(read) or not choices:
        return None
    right = sum(choice.is_right for choice in choices)
    twice = _same(choices)
    if len(choices) == 1:
        context.report(rules.TOO_FEW_CHOICES, value.location)
    elif twice:
        context.report(
            rules.SAME_CHOICE_TWICE,
            twice.location,
            value=excerpt(twice.texts[0][1]),
        )
    elif not right:
        context.report(rules.NO_RIGHT_CHOICE, value.location)
    elif right == len(choices):
        context.report(rules.ALL_CHOICES_RIGHT, value.location)
    else:
        return ChoicesAnswer(choices)
    return ChoicesAnswer(choices) if right == len(choices) > 1 else None


def _choice(context: Context, value: Value, item: Node) -> Choice | None:
    fields = _group(context, value, item, vocabulary.CHOICE)
    if fields is None:
        return None
    text = fields.read("text", texts)
    is_right = fields.read("right", values.flag) or False
    return Choice(text, is_right) if text else None


def _same(choices: tuple[Choice, ...]) -> LocalizedText | None:
    """Return the text of a choice that says in some language what an earlier one does."""
    seen: set[tuple[str, str]] = set()
    for choice in choices:
        own = {(language, _folded(text)) for language, text in choice.text.texts}
        if own & seen:
            return choice.text
        seen |= own
    return None


class _Amount(NamedTuple):
    value: float
    unit: str
    written: str
    location: Location


def _number(fields: Fields, _: Scene | None) -> NumberAnswer | None:
    number = fields.read("number", _amount)
    if not fields.has("tolerance"):
        if number:
            unit = f" {number.unit}" if number.unit else ""
            example = f"tolerance: {'1' if unit else '0'}{unit}"
            fields.context.report(rules.NO_TOLERANCE, fields.place, example=example)
        return None
    tolerance = fields.read("tolerance", _amount)
    if number is None or tolerance is None:
        return None
    missed = tolerance.value
    if tolerance.value or tolerance.unit:
        converted = quantities.convert_amount(*tolerance[:2], number.unit)
        if converted is None:
            unit = f" {number.unit}" if number.unit else ""
            fields.context.report(
                rules.TOLERANCE_OF_OTHER_UNIT,
                tolerance.location,
                value=excerpt(tolerance.written),
                answer=excerpt(number.written),
                example=f"tolerance: {tolerance.value:g}{unit}",
            )
            return None
        missed = converted
    if missed < 0:
        _report_range(fields, tolerance.location, tolerance.written, ("0", "…"))
        return None
    return NumberAnswer(number.value, missed, number.unit)


def _amount(context: Context, value: Value) -> _Amount | None:
    scalar = value.scalar(context)
    if scalar is None:
        return None
    found = quantities.parse_amount(scalar.text)
    if found is None:
        example = value.key.example
        context.report(
            rules.NOT_AN_AMOUNT,
            scalar.location,
            value=excerpt(scalar.text),
            example=example,
        )
        return None
    if found[1] and found[1] not in quantities.AMOUNT_FACTORS:
        context.report(
            rules.UNKNOWN_UNIT,
            scalar.location,
            unit=excerpt(found[1]),
            known=", ".join(quantities.AMOUNT_FACTORS),
        )
        return None
    return _Amount(*found, scalar.text.strip(), scalar.location)


def _place(fields: Fields, scene: Scene | None) -> PlaceAnswer | None:
    context, value = fields.context, fields.value("place")
    scalar = value.scalar(context) if value else None
    tolerance = _tolerance_deg(fields)
    if value is None or scalar is None:
        return None
    if not isinstance(scene, PanoramaScene):
        context.report(rules.NO_PANORAMA_TO_SEARCH, value.location)
        return None
    if "°" in scalar.text or any(sign in scalar.text for sign in ",;"):
        if not fields.has("tolerance"):
            example = "tolerance: 15°"
            context.report(rules.NO_TOLERANCE, fields.place, example=example)
        direction = measures.view_direction(context, value)
        if direction is None or tolerance is None:
            return None
        return PlaceAnswer(*direction, tolerance, None)
    named = {spot.name: spot for spot in scene.hotspots if spot.name}
    if scalar.text not in named:
        _report_unknown(fields, rules.UNKNOWN_HOTSPOT, value, scene, named)
        return None
    if len(scene.hotspots) == 1:
        context.report(
            rules.ONE_PLACE_ONLY, value.location, value=scalar.text, home="hotspots"
        )
    spot = named[scalar.text]
    wide = SPOT_TOLERANCE_DEG if tolerance is None else tolerance
    return PlaceAnswer(spot.azimuth, spot.elevation, wide, scalar.text)


def _tolerance_deg(fields: Fields) -> float | None:
    """Return by how many degrees a place may be missed."""
    value = fields.value("tolerance")
    scalar = value.scalar(fields.context) if value else None
    if value is None or scalar is None:
        return None
    degrees = quantities.parse_degrees(scalar.text)
    if degrees is None:
        place = fields.value("place")
        fields.context.report(
            rules.TOLERANCE_OF_OTHER_UNIT,
            scalar.location,
            value=excerpt(scalar.text),
            answer=excerpt(getattr(place.node, "text", "") if place else ""),
            example="tolerance: 15°",
        )
        return None
    if not 0 < degrees <= _WIDEST_DEG:
        limits = ("1°", f"{_WIDEST_DEG:g}°")
        _report_range(fields, scalar.location, scalar.text, limits)
        return None
    return degrees


def _report_range(
    fields: Fields, place: Location, written: str, limits: tuple[str, str]
) -> None:
    fields.context.report(
        quantities_rules.OUT_OF_RANGE,
        place,
        key="tolerance",
        value=excerpt(written),
        low=format_number(limits[0]),
        high=format_number(limits[1]),
    )


def _detail(fields: Fields, scene: Scene | None) -> DetailAnswer | None:
    context, value = fields.context, fields.value("detail")
    name = fields.read("detail", values.name)
    if value is None or name is None:
        return None
    if not isinstance(scene, ModelScene):
        context.report(rules.NO_MODEL_TO_TOUCH, value.location)
        return None
    named = [detail.name for detail in scene.details]
    if name not in named:
        _report_unknown(fields, rules.UNKNOWN_DETAIL, value, scene, named)
        return None
    if len(named) == 1:
        context.report(rules.ONE_PLACE_ONLY, value.location, value=name, home="details")
    return DetailAnswer(name)


def _report_unknown(
    fields: Fields, rule: Rule, value: Value, scene: Scene, known: Iterable[str]
) -> None:
    """Report a name that the scene does not have, unless not all of the scene was read."""
    place, shown = value.node.location, scene.location
    is_whole = not any(
        finding.is_error
        and finding.location.path == shown.path
        and finding.location.line >= shown.line
        for finding in fields.context.findings
    )
    if is_whole:
        typed = value.node.text if isinstance(value.node, Scalar) else ""
        names = ", ".join(known) or "—"
        fields.context.report(rule, place, value=excerpt(typed), known=names)


def _find(fields: Fields, _: Scene | None) -> LabelAnswer | None:
    value, name = fields.value("find"), fields.read("find", values.name)
    return LabelAnswer(name, value.node.location) if value and name else None


_READERS: dict[str, Callable[[Fields, Scene | None], Answer | None]] = {
    "choices": _choices,
    "number": _number,
    "place": _place,
    "detail": _detail,
    "find": _find,
}


def read_hunts(context: Context, value: Value) -> tuple[Hunt, ...]:
    """Return the treasure hunts of a tour."""
    found = (_hunt(context, value, item) for item in value.items(context) or ())
    hunts = tuple(hunt for hunt in found if hunt)
    values.check_names(context, ((hunt.id, hunt.location) for hunt in hunts))
    return hunts


def _hunt(context: Context, value: Value, item: Node) -> Hunt | None:
    fields = _group(context, value, item, vocabulary.HUNT)
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
