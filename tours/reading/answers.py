"""Read the answers of questions: choices, numbers, places, details and labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tours import quantities, vocabulary
from tours.catalogue import quantities as quantities_rules
from tours.catalogue import questions as rules
from tours.diagnostics import format_number
from tours.model import (
    Choice,
    ChoicesAnswer,
    DetailAnswer,
    LabelAnswer,
    ModelScene,
    NumberAnswer,
    PanoramaScene,
    PlaceAnswer,
)
from tours.reading import measures, values
from tours.reading.context import Value
from tours.reading.fields import Fields
from tours.reading.texts import texts
from tours.source.nodes import InvalidNode, Scalar
from tours.source.text import excerpt
from tours.suggestions import fold_accents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tours.diagnostics import Location, Rule
    from tours.model import Answer, LocalizedText, Scene
    from tours.reading.context import Context
    from tours.source.nodes import Node

SPOT_TOLERANCE_DEG = 12.0
"""About a hot spot that is named: as wide as a thumb on the first view."""
_WIDEST_DEG = 90.0


def read_answer(fields: Fields, scene: Scene | None) -> Answer | None:
    """Return the answer of a question at a stop that shows `scene`: the kinds part here."""
    kind = _kind(fields)
    return _READERS[kind](fields, scene) if kind else None


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
    fields = item_fields(context, value, item, vocabulary.CHOICE)
    if fields is None:
        return None
    text = fields.read("text", texts)
    is_right = fields.read("right", values.flag) or False
    return Choice(text, is_right) if text else None


def _same(choices: tuple[Choice, ...]) -> LocalizedText | None:
    """Return the text of a choice that says in some language what an earlier one does."""
    seen: set[tuple[str, str]] = set()
    for choice in choices:
        own = {(language, fold(text)) for language, text in choice.text.texts}
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


def item_fields(
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


def fold(text: str) -> str:
    """Return a text as it is compared with others: without accents and last sign."""
    return " ".join(fold_accents(text).strip(" .!?…").split())
