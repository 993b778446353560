"""Single values: names, choices, quantities, places."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tours.catalogue import keys as key_rules
from tours.catalogue import scenes as scene_rules
from tours.catalogue import values as rules
from tours.model import Angle, Length
from tours.near import bare, near, slug
from tours.reading import guesses, quantities
from tours.reading.fields import SURE
from tours.source.nodes import Scalar
from tours.source.shown import shown

if TYPE_CHECKING:
    from datetime import date

    from tours.diagnostics import Rule
    from tours.reading.fields import Context, Value

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MOST_NAME_SIGNS = 60
_USUAL_METRES = {
    ("label", "height"): (0.3, 3.0),
    ("label", "qr"): (0.02, 0.5),
    ("shows", "height"): (0.001, 400.0),
    ("placed", "width"): (0.03, 6.0),
}
_WHOLE_TURN = 360.0
_LIMITS = {"slope": (0.0, 90.0), "turn": (-360.0, 360.0)}
_MOST_OFFSET_METRES = 1000.0
_MOST_MINUTES = 24 * 60


def text(context: Context, value: Value) -> str | None:
    """Return a text on one line or several."""
    scalar = value.scalar(context)
    return scalar.text.strip() if scalar else None


def name(context: Context, value: Value) -> str | None:
    """Return a short name for page addresses."""
    scalar = value.scalar(context)
    if scalar is None:
        return None
    if NAME.fullmatch(scalar.text) and len(scalar.text) <= MOST_NAME_SIGNS:
        return scalar.text
    meant = slug(scalar.text, "nom-court")
    context.tell(
        key_rules.BAD_NAME,
        scalar.location,
        mend=meant if meant != "nom-court" else None,
        value=shown(scalar.text),
        example=f"{value.key.name}: {meant}",
    )
    return None


def choice(context: Context, value: Value) -> str | None:
    """Return one of the key's choices."""
    scalar = value.scalar(context)
    if scalar is None or scalar.text in value.key.choices:
        return scalar.text if scalar else None
    context.tell(
        key_rules.UNKNOWN_CHOICE,
        scalar.location,
        mend=_choice_surely(scalar.text, value.key.choices),
        key=value.key.name,
        value=shown(scalar.text),
        known=", ".join(value.key.choices),
        near=_choice_meant(scalar.text, value.key.choices),
    )
    return None


def length(context: Context, value: Value) -> Length | None:
    """Return a length more than 0."""
    scalar = value.scalar(context)
    metres = _metres(context, value, scalar)
    if scalar is None or metres is None:
        return None
    if metres <= 0:
        out_of_range(context, value, scalar, "1 mm", "1 km")
        return None
    return Length(metres, scalar.location)


def height(context: Context, value: Value) -> Length | None:
    """Return the true height of what is shown, which may be an estimate."""
    node = value.node
    if not isinstance(node, Scalar):
        return usual_length("shows", context, value)
    text, is_estimate = quantities.without_about(node.text)
    exact = replace(value, node=replace(node, text=text)) if is_estimate else value
    found = usual_length("shows", context, exact)
    return replace(found, is_estimate=is_estimate) if found else None


def usual_length(home: str, context: Context, value: Value) -> Length | None:
    """Return a length, warning where it is not one that its group usually has."""
    found = length(context, value)
    low, high = _USUAL_METRES[home, value.key.name]
    if found and not low <= found.metres <= high:
        context.tell(
            rules.SURPRISING,
            found.location,
            key=value.key.name,
            value=shown(_written(value)),
            low=f"{low:g} m",
            high=f"{high:g} m",
        )
    return found


def offset(context: Context, value: Value) -> float | None:
    """Return metres, which may be negative or 0."""
    scalar = value.scalar(context)
    if (
        scalar
        and quantities.is_bare_number(scalar.text)
        and not quantities.number(scalar.text)
    ):
        return 0.0
    metres = _metres(context, value, scalar)
    if scalar and metres is not None and abs(metres) > _MOST_OFFSET_METRES:
        out_of_range(context, value, scalar, "-1000 m", "1000 m")
        return None
    return metres


def angle(context: Context, value: Value) -> Angle | None:
    """Return an angle within the limits of its key."""
    scalar = value.scalar(context)
    if scalar is None:
        return None
    degrees = quantities.degrees(scalar.text)
    low, high = _LIMITS[value.key.name]
    if degrees is None:
        _tell_unitless(context, value, scalar, rules.NOT_AN_ANGLE)
    elif low <= degrees <= high:
        return Angle(degrees, scalar.location)
    else:
        out_of_range(context, value, scalar, f"{low:g}°", f"{high:g}°")
    return None


def direction(context: Context, value: Value) -> Angle | None:
    """Return an azimuth, degrees clockwise from north, from 0 to 360."""
    scalar = value.scalar(context)
    if scalar is None:
        return None
    degrees = quantities.azimuth(scalar.text)
    if degrees is not None and 0 <= degrees <= 360:  # noqa: PLR2004 - a whole turn
        return Angle(degrees % 360, scalar.location)
    if degrees is not None:
        out_of_range(context, value, scalar, "0°", "360°")
        return None
    named = quantities.compass_name(scalar.text)
    example = named or _example(value)
    context.tell(
        rules.NOT_A_DIRECTION,
        scalar.location,
        mend=named,
        key=value.key.name,
        value=shown(scalar.text),
        example=example,
    )
    return None


def azimuth(context: Context, value: Value) -> Angle | None:
    """Return an azimuth in a panorama, from 0 to 360; a turn to the left is understood."""
    scalar = value.scalar(context)
    if scalar is None:
        return None
    degrees = quantities.degrees(scalar.text)
    if degrees is None:
        _tell_unitless(context, value, scalar, rules.NOT_AN_ANGLE)
    elif abs(degrees) <= _WHOLE_TURN:
        return Angle(degrees % _WHOLE_TURN, scalar.location)
    else:
        out_of_range(context, value, scalar, "-360°", "360°")
    return None


def view_direction(context: Context, value: Value) -> tuple[Angle, Angle] | None:
    """Return the azimuth, from 0 to 360, and the elevation of a point in a panorama."""
    scalar = value.scalar(context)
    if scalar is None:
        return None
    pair = quantities.view_direction(scalar.text)
    if pair is None:
        _tell(context, value, scalar, rules.NOT_A_VIEW_DIRECTION)
        return None
    azimuth_deg, elevation_deg = pair
    if abs(azimuth_deg) > _WHOLE_TURN or abs(elevation_deg) > 90:  # noqa: PLR2004 - overhead
        out_of_range(context, value, scalar, "-360°, -90°", "360°, 90°")
        return None
    place = scalar.location
    return Angle(azimuth_deg % _WHOLE_TURN, place), Angle(elevation_deg, place)


def day(context: Context, value: Value) -> date | None:
    """Return a day written year-month-day."""
    scalar = value.scalar(context)
    if scalar is None:
        return None
    found = quantities.iso_date(scalar.text)
    if found is None:
        context.tell(
            rules.NOT_A_DATE,
            scalar.location,
            mend=quantities.date_surely(scalar.text),
            key=value.key.name,
            value=shown(scalar.text),
            example=quantities.date_meant(scalar.text) or _example(value),
        )
    return found


def flag(context: Context, value: Value) -> bool | None:
    """Return whether something is said to be so."""
    scalar = value.scalar(context)
    if scalar is None or scalar.text.lower() in FLAGS:
        return FLAGS[scalar.text.lower()] if scalar else None
    meant = _choice_meant(scalar.text, ("true", "false"))
    context.tell(
        key_rules.UNKNOWN_CHOICE,
        scalar.location,
        mend=_choice_surely(scalar.text, ("true", "false")),
        key=value.key.name,
        value=shown(scalar.text),
        known="true, false",
        near=meant,
    )
    return None


def site(context: Context, value: Value) -> str | None:
    """Return the short name of a site that exists."""
    found = name(context, value)
    if found is None or context.sites is None or found in context.sites:
        return found
    nearest = near(found, context.sites)
    context.tell(
        scene_rules.UNKNOWN_SITE if nearest else scene_rules.UNKNOWN_SITE_NO_NEAR,
        value.node.location,
        mend=near(found, context.sites, SURE),
        value=found,
        near=nearest,
        example=f"sites/{found}.yaml",
    )
    return None


def duration(context: Context, value: Value) -> int | None:
    """Return whole minutes, from 1 minute to 24 hours."""
    scalar = value.scalar(context)
    if scalar is None:
        return None
    minutes = quantities.minutes(scalar.text)
    if minutes is None:
        _tell_unitless(context, value, scalar, rules.NOT_A_DURATION)
    elif 1 <= minutes <= _MOST_MINUTES:
        return minutes
    else:
        out_of_range(context, value, scalar, "1 min", "24 h")
    return None


def scale(context: Context, value: Value) -> float | None:
    """Return a ratio: 0.005 for ``1:200``."""
    scalar = value.scalar(context)
    ratio = quantities.scale(scalar.text) if scalar else None
    if scalar and ratio is None:
        meant = guesses.scale(scalar.text)
        _tell(context, value, scalar, rules.NOT_A_SCALE, meant)
    return ratio


def count(context: Context, value: Value) -> int | None:
    """Return a whole number from 0."""
    scalar = value.scalar(context)
    if scalar is None:
        return None
    if re.fullmatch(r"[0-9]{1,5}", scalar.text):
        return int(scalar.text)
    _tell(context, value, scalar, rules.NOT_A_COUNT)
    return None


FLAGS = {"true": True, "yes": True, "false": False, "no": False}
_FRENCH_CHOICES = {
    "vrai": "true", "faux": "false", "synthese": "synthetic", "synthetique": "synthetic",
    "de synthese": "synthetic",
    "oui": "yes", "non": "no", "partiel": "partial", "partiellement": "partial",
    "en partie": "partial", "true": "yes", "false": "no", "sol": "ground", "mur": "wall",
    "etiquette": "label", "image": "picture", "photo": "picture", "qr": "label",
    "qr code": "label", "qrcode": "label", "code": "label", "marker": "label", "floor": "ground",
    "metre": "m", "metres": "m", "millimetres": "mm", "centimetres": "cm", "pouces": "in",
}  # fmt: skip


def _choice_meant(typed: str, choices: tuple[str, ...]) -> str:
    french = _FRENCH_CHOICES.get(bare(typed), "")
    if french in FLAGS and french not in choices:
        french = str(FLAGS[french]).lower()
    return french if french in choices else near(typed, choices, 0.0) or choices[0]


def _choice_surely(typed: str, choices: tuple[str, ...]) -> str | None:
    """Return the choice meant, if it is written in French or hardly misspelt."""
    meant = _choice_meant(typed, choices)
    is_sure = bare(typed) in _FRENCH_CHOICES or near(typed, choices, SURE) == meant
    return meant if is_sure else None


def _metres(context: Context, value: Value, scalar: Scalar | None) -> float | None:
    if scalar is None:
        return None
    metres = quantities.metres(scalar.text)
    if metres is None:
        _tell_unitless(context, value, scalar, rules.NOT_A_LENGTH)
    return metres


_RISKS = {
    rules.NOT_A_LENGTH.code: {
        "risk_fr": "la scène pourrait être cent fois trop grande ou trop petite",
        "risk_en": "the scene could be a hundred times too large or too small",
    },
    rules.NOT_AN_ANGLE.code: {
        "risk_fr": "ce pourrait être autre chose qu’un angle : la scène pourrait être de travers",
        "risk_en": "it could be something else than an angle: the scene could be turned the wrong way",
    },
    rules.NOT_A_DURATION.code: {
        "risk_fr": "ce pourrait être des minutes ou des heures : les visiteurs ne sauraient pas s’ils ont le temps",
        "risk_en": "it could be minutes or hours: visitors would not know whether they have the time",
    },
}
"""What a missing unit may lead to, by the rule of the quantity."""


def _tell_unitless(context: Context, value: Value, scalar: Scalar, rule: Rule) -> None:
    """Tell that a unit is missing, or that the value is not a quantity at all."""
    if not quantities.is_bare_number(scalar.text):
        _tell(context, value, scalar, rule, guesses.quantity(scalar.text, rule.code))
        return
    unit = _example(value).lstrip("0123456789.,")
    context.tell(
        rules.NO_UNIT,
        scalar.location,
        key=value.key.name,
        value=shown(scalar.text),
        example=f"{shown(scalar.text)}{unit}",
        **_RISKS[rule.code],
    )


def _tell(
    context: Context,
    value: Value,
    scalar: Scalar,
    rule: Rule,
    meant: str | None = None,
) -> None:
    context.tell(
        rule,
        scalar.location,
        key=value.key.name,
        value=shown(scalar.text),
        example=meant or _example(value),
    )


def out_of_range(
    context: Context, value: Value, scalar: Scalar, low: str, high: str
) -> None:
    """Tell that a value is beyond its limits, as they are written."""
    context.tell(
        rules.OUT_OF_RANGE,
        scalar.location,
        key=value.key.name,
        value=shown(scalar.text),
        low=low,
        high=high,
    )


def _example(value: Value) -> str:
    return value.key.example.partition(": ")[2]


def _written(value: Value) -> str:
    text = getattr(value.node, "text", "")
    return str(text)
