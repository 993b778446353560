"""Read quantities: lengths, angles, directions, durations, scales, dates and coordinates."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tours import quantities
from tours.catalogue import quantities as quantities_rules
from tours.catalogue import questions as questions_rules
from tours.diagnostics import format_number
from tours.model import Angle, Coordinates, Length
from tours.source.nodes import Mapping, Scalar, Sequence
from tours.source.text import excerpt

if TYPE_CHECKING:
    from datetime import date

    from tours.diagnostics import Rule
    from tours.reading.context import Context, Value

_WHOLE_TURN = 360.0
_LIMITS = {"slope": (0.0, 90.0), "turn": (-360.0, 360.0)}
_MOST_OFFSET_METRES = 1000.0
_MOST_MINUTES = 24 * 60
_RISKS = {
    quantities_rules.NOT_A_LENGTH.code: {
        "risk_fr": "la scène pourrait être cent fois trop grande ou trop petite",
        "risk_en": "the scene could be a hundred times too large or too small",
    },
    quantities_rules.NOT_AN_ANGLE.code: {
        "risk_fr": "ce pourrait être autre chose qu’un angle : la scène pourrait être de travers",
        "risk_en": "it could be something else than an angle: the scene could be turned the wrong way",
    },
    quantities_rules.NOT_A_DURATION.code: {
        "risk_fr": "ce pourrait être des minutes ou des heures : les visiteurs ne sauraient pas s’ils ont le temps",
        "risk_en": "it could be minutes or hours: visitors would not know whether they have the time",
    },
}
"""What a missing unit may lead to, by the rule of the quantity."""


_USUAL_METRES = {
    ("label", "height"): (0.3, 3.0),
    ("label", "qr"): (0.02, 0.5),
    ("shows", "height"): (0.001, 400.0),
    ("placed", "width"): (0.03, 6.0),
}


def length(context: Context, value: Value) -> Length | None:
    """Return a length more than 0."""
    scalar = value.scalar(context)
    metres = _metres(context, value, scalar)
    if scalar is None or metres is None:
        return None
    if metres <= 0:
        report_out_of_range(context, value, scalar, "1 mm", "1 km")
        return None
    return Length(metres, scalar.location)


def height(context: Context, value: Value) -> Length | None:
    """Return the true height of what is shown, which may be an estimate."""
    node = value.node
    if not isinstance(node, Scalar):
        return usual_length("shows", context, value)
    text, is_estimate = quantities.strip_about(node.text)
    exact = replace(value, node=replace(node, text=text)) if is_estimate else value
    found = usual_length("shows", context, exact)
    return replace(found, is_estimate=is_estimate) if found else None


def usual_length(home: str, context: Context, value: Value) -> Length | None:
    """Return a length, warning where it is not one that its group usually has."""
    found = length(context, value)
    low, high = _USUAL_METRES[home, value.key.name]
    if found and not low <= found.metres <= high:
        context.report(
            quantities_rules.SURPRISING,
            found.location,
            key=value.key.name,
            value=excerpt(_written(value)),
            low=format_number(f"{low:g} m"),
            high=format_number(f"{high:g} m"),
        )
    return found


def offset(context: Context, value: Value) -> float | None:
    """Return metres, which may be negative or 0."""
    scalar = value.scalar(context)
    if (
        scalar
        and quantities.is_bare_number(scalar.text)
        and not quantities.parse_number(scalar.text)
    ):
        return 0.0
    metres = _metres(context, value, scalar)
    if scalar and metres is not None and abs(metres) > _MOST_OFFSET_METRES:
        report_out_of_range(context, value, scalar, "-1000 m", "1000 m")
        return None
    return metres


def angle(context: Context, value: Value) -> Angle | None:
    """Return an angle within the limits of its key."""
    scalar = value.scalar(context)
    if scalar is None:
        return None
    degrees = quantities.parse_degrees(scalar.text)
    low, high = _LIMITS[value.key.name]
    if degrees is None:
        _report_unitless(context, value, scalar, quantities_rules.NOT_AN_ANGLE)
    elif low <= degrees <= high:
        return Angle(degrees, scalar.location)
    else:
        report_out_of_range(context, value, scalar, f"{low:g}°", f"{high:g}°")
    return None


def direction(context: Context, value: Value) -> Angle | None:
    """Return an azimuth, degrees clockwise from north, from 0 to 360."""
    scalar = value.scalar(context)
    if scalar is None:
        return None
    degrees = quantities.parse_azimuth(scalar.text)
    if degrees is not None and 0 <= degrees <= 360:  # noqa: PLR2004 - a whole turn
        return Angle(degrees % 360, scalar.location)
    if degrees is not None:
        report_out_of_range(context, value, scalar, "0°", "360°")
        return None
    named = quantities.translate_compass_point(scalar.text)
    example = named or _example_of(value)
    context.report(
        quantities_rules.NOT_A_DIRECTION,
        scalar.location,
        fix=named,
        key=value.key.name,
        value=excerpt(scalar.text),
        example=example,
    )
    return None


def azimuth(context: Context, value: Value) -> Angle | None:
    """Return an azimuth in a panorama, from 0 to 360; a turn to the left is understood."""
    scalar = value.scalar(context)
    if scalar is None:
        return None
    degrees = quantities.parse_degrees(scalar.text)
    if degrees is None:
        _report_unitless(context, value, scalar, quantities_rules.NOT_AN_ANGLE)
    elif abs(degrees) <= _WHOLE_TURN:
        return Angle(degrees % _WHOLE_TURN, scalar.location)
    else:
        report_out_of_range(context, value, scalar, "-360°", "360°")
    return None


def view_direction(context: Context, value: Value) -> tuple[Angle, Angle] | None:
    """Return the azimuth, from 0 to 360, and the elevation of a point in a panorama."""
    scalar = value.scalar(context)
    if scalar is None:
        return None
    pair = quantities.parse_view_direction(scalar.text)
    if pair is None:
        _report(context, value, scalar, quantities_rules.NOT_A_VIEW_DIRECTION)
        return None
    azimuth_deg, elevation_deg = pair
    if abs(azimuth_deg) > _WHOLE_TURN or abs(elevation_deg) > 90:  # noqa: PLR2004 - overhead
        report_out_of_range(context, value, scalar, "-360°, -90°", "360°, 90°")
        return None
    place = scalar.location
    return Angle(azimuth_deg % _WHOLE_TURN, place), Angle(elevation_deg, place)


def position(context: Context, value: Value) -> tuple[float, float, float] | None:
    """Return metres to the right, upwards and towards the viewer."""
    scalar = value.scalar(context)
    metres = quantities.parse_position(scalar.text) if scalar else None
    if scalar and metres is None:
        _report(context, value, scalar, questions_rules.NOT_A_POSITION)
    return metres


def day(context: Context, value: Value) -> date | None:
    """Return a day written year-month-day."""
    scalar = value.scalar(context)
    if scalar is None:
        return None
    found = quantities.parse_date(scalar.text)
    if found is None:
        context.report(
            quantities_rules.NOT_A_DATE,
            scalar.location,
            fix=quantities.suggest_certain_date(scalar.text),
            key=value.key.name,
            value=excerpt(scalar.text),
            example=quantities.suggest_date(scalar.text) or _example_of(value),
        )
    return found


def duration(context: Context, value: Value) -> int | None:
    """Return whole minutes, from 1 minute to 24 hours."""
    scalar = value.scalar(context)
    if scalar is None:
        return None
    minutes = quantities.parse_minutes(scalar.text)
    if minutes is None:
        _report_unitless(context, value, scalar, quantities_rules.NOT_A_DURATION)
    elif 1 <= minutes <= _MOST_MINUTES:
        return minutes
    else:
        report_out_of_range(context, value, scalar, "1 min", "24 h")
    return None


def scale(context: Context, value: Value) -> float | None:
    """Return a ratio: 0.005 for ``1:200``."""
    scalar = value.scalar(context)
    ratio = quantities.parse_scale(scalar.text) if scalar else None
    if scalar and ratio is None:
        meant = quantities.suggest_scale(scalar.text)
        _report(context, value, scalar, quantities_rules.NOT_A_SCALE, meant)
    return ratio


def count(context: Context, value: Value) -> int | None:
    """Return a whole number from 0."""
    scalar = value.scalar(context)
    if scalar is None:
        return None
    if re.fullmatch(r"[0-9]{1,5}", scalar.text):
        return int(scalar.text)
    _report(context, value, scalar, quantities_rules.NOT_A_COUNT)
    return None


def _metres(context: Context, value: Value, scalar: Scalar | None) -> float | None:
    if scalar is None:
        return None
    metres = quantities.parse_metres(scalar.text)
    if metres is None:
        _report_unitless(context, value, scalar, quantities_rules.NOT_A_LENGTH)
    return metres


def _report_unitless(
    context: Context, value: Value, scalar: Scalar, rule: Rule
) -> None:
    """Report that a unit is missing, or that the value is not a quantity at all."""
    if not quantities.is_bare_number(scalar.text):
        _report(
            context,
            value,
            scalar,
            rule,
            quantities.suggest_quantity(scalar.text, rule.code),
        )
        return
    unit = _example_of(value).lstrip("0123456789.,")
    context.report(
        quantities_rules.NO_UNIT,
        scalar.location,
        key=value.key.name,
        value=excerpt(scalar.text),
        example=f"{excerpt(scalar.text)}{unit}",
        **_RISKS[rule.code],
    )


def _report(
    context: Context,
    value: Value,
    scalar: Scalar,
    rule: Rule,
    meant: str | None = None,
) -> None:
    context.report(
        rule,
        scalar.location,
        key=value.key.name,
        value=excerpt(scalar.text),
        example=meant or _example_of(value),
    )


def report_out_of_range(
    context: Context, value: Value, scalar: Scalar, low: str, high: str
) -> None:
    """Report that a value is beyond its limits, as they are written."""
    context.report(
        quantities_rules.OUT_OF_RANGE,
        scalar.location,
        key=value.key.name,
        value=excerpt(scalar.text),
        low=low,
        high=high,
    )


def _example_of(value: Value) -> str:
    return value.key.example.partition(": ")[2]


def _written(value: Value) -> str:
    text = getattr(value.node, "text", "")
    return str(text)


def coordinates(context: Context, value: Value) -> Coordinates | None:
    """Return a point on the map."""
    if isinstance(value.node, (Mapping, Sequence)):
        _report_coordinates_in_parts(context, value, value.node)
        return None
    scalar = value.scalar(context)
    if scalar is None:
        return None
    pair = quantities.parse_coordinates(scalar.text)
    if pair is None:
        meant = quantities.suggest_coordinates(scalar.text)
        context.report(
            quantities_rules.NOT_COORDINATES,
            scalar.location,
            fix=meant,
            key=value.key.name,
            value=excerpt(scalar.text),
            example=meant or "46.7867, 4.4328",
        )
        return None
    latitude, longitude = pair
    if abs(latitude) > 90 or abs(longitude) > 180:  # noqa: PLR2004 - the globe's limits
        report_out_of_range(context, value, scalar, "-90, -180", "90, 180")
        return None
    return Coordinates(latitude, longitude, scalar.location)


def _report_coordinates_in_parts(
    context: Context, value: Value, node: Mapping | Sequence
) -> None:
    """Report ``[46.78, 4.43]`` and ``{ lat: 46.78, lon: 4.43 }``."""
    is_group = isinstance(node, Mapping)
    parts = (
        [entry.value for entry in node.entries]
        if isinstance(node, Mapping)
        else list(node.items)
    )
    texts = [part.text for part in parts if isinstance(part, Scalar)]
    typed = ", ".join(texts)
    context.report(
        quantities_rules.NOT_COORDINATES,
        value.location,
        key=value.key.name,
        value=f"{{ {excerpt(typed)} }}" if is_group else f"[{excerpt(typed)}]",
        example=quantities.suggest_coordinates(typed) or "46.7867, 4.4328",
    )
