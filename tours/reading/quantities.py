"""What people write as lengths, angles, directions, durations, scales and places.

Each function takes the text alone and returns a number in the model's unit, or None
when the text is not one; the number's limits are the caller's. French decimal commas
and the spellings of both languages are understood; nothing without a unit is.
"""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date
from decimal import Decimal

from tours.near import bare

_MONTHS = 12
_NUMBER = r"[+-]?\d{1,12}(?:[.,]\d{1,12})?"
_LENGTH = re.compile(rf"({_NUMBER})\s*([a-zµèé\"″′']+)\.?", re.IGNORECASE)
_METRES_AND_CENTIMETRES = re.compile(
    r"(\d{1,6})\s*m\s*(\d{2})(?:\s*cm)?", re.IGNORECASE
)
_METRES: dict[str, Decimal] = {
    **dict.fromkeys(
        (
            "mm",
            "millimètre",
            "millimètres",
            "millimetre",
            "millimetres",
            "millimeter",
            "millimeters",
        ),
        Decimal("0.001"),
    ),
    **dict.fromkeys(
        (
            "cm",
            "centimètre",
            "centimètres",
            "centimetre",
            "centimetres",
            "centimeter",
            "centimeters",
        ),
        Decimal("0.01"),
    ),
    **dict.fromkeys(
        ("m", "mètre", "mètres", "metre", "metres", "meter", "meters"), Decimal(1)
    ),
    **dict.fromkeys(
        (
            "km",
            "kilomètre",
            "kilomètres",
            "kilometre",
            "kilometres",
            "kilometer",
            "kilometers",
        ),
        Decimal(1000),
    ),
    **dict.fromkeys(
        ("in", "inch", "inches", "pouce", "pouces", '"', "″"), Decimal("0.0254")
    ),
    **dict.fromkeys(
        ("ft", "foot", "feet", "pied", "pieds", "'", "′"), Decimal("0.3048")
    ),
}
_ABOUT = re.compile(
    r"(?:about|around|approximately|approx\.?|circa|ca\.?|environ|env\.?"
    r"|approximativement|à peu pr[èe]s|~|≈)\s*(?=\d)",
    re.IGNORECASE,
)
_ANGLE = re.compile(
    rf"({_NUMBER})\s*(?:[°º˚⁰]|deg|degs|degrees?|degrés?)", re.IGNORECASE
)
_ANGLE_PAIR = re.compile(
    rf"({_ANGLE.pattern})(?:\s*[,;]\s*|\s+)({_ANGLE.pattern})", re.IGNORECASE
)
_WINDS = (
    "north", "north-northeast", "northeast", "east-northeast",
    "east", "east-southeast", "southeast", "south-southeast",
    "south", "south-southwest", "southwest", "west-southwest",
    "west", "west-northwest", "northwest", "north-northwest",
)  # fmt: skip
_HOURS = re.compile(
    r"(\d{1,3}(?:[.,]\d{1,3})?)\s*(?:h|heures?|hours?|hrs?)"
    r"(?:\s*(\d{1,2})\s*(?:min|mn|m|minutes?)?)?",
    re.IGNORECASE,
)
_MINUTES = re.compile(r"(\d{1,4})\s*(?:min|mn|minutes?|mins|['′])", re.IGNORECASE)
_SCALE = re.compile(r"(\d{1,6})\s*[:/]\s*(\d{1,6})")
_DECIMAL = r"([+-]?\d{1,3}(?:\.\d{1,15})?)\s*°?"
_DECIMAL_PAIR = re.compile(rf"{_DECIMAL}(?:\s*[,;]\s*|\s+){_DECIMAL}")
_SEXAGESIMAL = r"(\d{1,3})\s*°\s*(?:(\d{1,2})\s*['’′]\s*(?:(\d{1,2}(?:[.,]\d{1,6})?)\s*(?:[\"″”]|''|’’)\s*)?)?([NSEWO])"
_SEXAGESIMAL_PAIR = re.compile(
    rf"{_SEXAGESIMAL}(?:\s*[,;]\s*|\s*){_SEXAGESIMAL}", re.IGNORECASE
)


def metres(text: str) -> float | None:
    """Return the metres of ``21 m``, ``42 cm``, ``1,40 m``, ``1 m 40``, ``6 ft``."""
    text = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", _plain(text))  # 1 400 mm
    both = _METRES_AND_CENTIMETRES.fullmatch(text)
    if both:
        return int(both[1]) + int(both[2]) / 100
    match = _LENGTH.fullmatch(text)
    unit = _METRES.get(match[2].lower()) if match else None
    if match is None or unit is None:
        return None
    # In decimals, so that 42 cm is 0.42 and not 0.42000000000000004.
    return float(Decimal(match[1].replace(",", ".")) * unit)


def without_about(text: str) -> tuple[str, bool]:
    """Return ``about 21 m`` as ``21 m``, and whether it is but an estimate."""
    text = _plain(text)
    match = _ABOUT.match(text)
    return (text[match.end() :], True) if match else (text, False)


def degrees(text: str) -> float | None:
    """Return the degrees of ``30°``, ``-12,5 °``, ``30 deg``."""
    match = _ANGLE.fullmatch(_plain(text))
    return number(match[1]) if match else None


def view_direction(text: str) -> tuple[float, float] | None:
    """Return the (azimuth, elevation) in degrees of ``95°, -10°``, whatever their size."""
    match = _ANGLE_PAIR.fullmatch(_plain(text))
    return (number(match[2]), number(match[4])) if match else None


def azimuth(text: str) -> float | None:
    """Return the degrees clockwise from north of ``south-west``, ``SW``, ``225°``."""
    angle = degrees(text)
    if angle is not None:
        return angle
    word = re.sub(r"[\s_-]", "", _plain(text).lower())
    for index, wind in enumerate(_WINDS):
        joined = wind.replace("-", "")
        initials = "".join(
            part[0] for part in re.findall("north|east|south|west", joined)
        )
        if word in (joined, initials):
            return index * 22.5
    return None


def compass_name(text: str) -> str | None:
    """Return the English name of a French compass point: ``sud-ouest``, ``NO``."""
    word = re.sub(r"[\s_-]", "", _plain(text).lower())
    for french, english in (
        ("nord", "north"),
        ("sud", "south"),
        ("ouest", "west"),
        ("est", "east"),
    ):
        word = re.sub(rf"(?<!w){french}" if french == "est" else french, english, word)
    if len(word) <= 3:  # noqa: PLR2004 - initials: nno
        word = word.replace("o", "w")
    angle = azimuth(word)
    return None if angle is None else compass_point(angle)


def compass_point(angle_deg: float) -> str:
    """Return the nearest of the sixteen compass points, as curators write it."""
    name = _WINDS[round(angle_deg / 22.5) % 16]
    return re.sub(r"^(north|south)(?=east|west)", r"\1-", name)


def minutes(text: str) -> int | None:
    """Return the minutes of ``45 min``, ``1 h``, ``1 h 30``, ``1,5 h``."""
    text = _plain(text)
    match = _MINUTES.fullmatch(text)
    if match:
        return int(match[1])
    match = _HOURS.fullmatch(text)
    if match is None:
        return None
    hours = number(match[1])
    if match[2] and not hours.is_integer():
        return None
    return round(hours * 60) + int(match[2] or 0)


def scale(text: str) -> float | None:
    """Return the ratio of ``1:200``, ``1/200``; None as well for a zero."""
    match = _SCALE.fullmatch(_plain(text))
    if match is None or not int(match[1]) or not int(match[2]):
        return None
    return int(match[1]) / int(match[2])


def coordinates(text: str) -> tuple[float, float] | None:
    """Return (latitude, longitude) in degrees, whatever their size.

    Understands ``46.7867, 4.4328`` and ``46°47′12″N 4°25′58″E`` (O is West in French).
    """
    text = _plain(text)
    match = _DECIMAL_PAIR.fullmatch(text)
    if match:
        return float(match[1]), float(match[2])
    match = _SEXAGESIMAL_PAIR.fullmatch(text)
    if match is None:
        return None
    first, second = _sexagesimal(*match.groups()[:4]), _sexagesimal(*match.groups()[4:])
    hemispheres = (match[4].upper() in "NS", match[8].upper() in "NS")
    if hemispheres == (True, False):
        return first, second
    return (second, first) if hemispheres == (False, True) else None


def iso_date(text: str) -> date | None:
    """Return the day of ``2026-11-01``, or None when there is no such day."""
    text = _plain(text)
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def date_meant(text: str) -> str | None:
    """Return a French or English writing of a day as ``2026-11-01``, or None.

    ``01/11/2026`` is the first of November: that is how Europe writes it.
    """
    words = bare(_plain(text))
    match = re.fullmatch(
        r"([0-9]{1,2})(?:er|st|nd|rd|th)? ?[-/. ] ?(\w+)\.? ?[-/. ] ?([0-9]{4})", words
    )
    if match is None:
        match = re.fullmatch(r"([0-9]{4}) ?[-/. ] ?(\w+) ?[-/. ] ?([0-9]{1,2})", words)
        parts = match.groups()[::-1] if match else None
    else:
        parts = match.groups()
    if parts is None:
        return None
    day, month, year = parts
    number_ = month if month.isdecimal() else str(_month(month))
    found = iso_date(f"{year}-{number_:0>2}-{day:0>2}")
    return found.isoformat() if found else None


def date_surely(text: str) -> str | None:
    """Return the day meant, unless its month may be its day: ``01/11/2026``."""
    two = re.match(r"([0-9]{1,2})\s?[-/. ]\s?([0-9]{1,2})\b", _plain(text))
    is_told = two is None or two[1] == two[2] or int(two[1]) > _MONTHS
    return date_meant(text) if is_told else None


def is_bare_number(text: str) -> bool:
    """Return whether a text is a number without any unit."""
    return re.fullmatch(_NUMBER, _plain(text)) is not None


def number(text: str) -> float:
    """Return the number of a text that `is_bare_number`."""
    return float(text.replace(",", "."))


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the great-circle distance of two (latitude, longitude) in degrees."""
    la, lo, lb, lp = map(math.radians, (*a, *b))
    h = (
        math.sin((lb - la) / 2) ** 2
        + math.cos(la) * math.cos(lb) * math.sin((lp - lo) / 2) ** 2
    )
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


def _month(name: str) -> int:
    """Return the number of a month named in French or English; 0 for none."""
    starts = (
        ("jan",), ("fev", "feb"), ("mar",), ("avr", "apr"), ("mai", "may"), ("juin", "jun"),
        ("juil", "jul"), ("aou", "aug"), ("sep",), ("oct",), ("nov",), ("dec",),
    )  # fmt: skip
    return next((i for i, s in enumerate(starts, 1) if name.startswith(s)), 0)


def _plain(text: str) -> str:
    """Return a text with ordinary spaces and minus signs, composed accents."""
    text = unicodedata.normalize("NFC", text).replace("−", "-").replace("–", "-")
    return " ".join(text.split())


def _sexagesimal(
    degree: str, minute: str | None, second: str | None, side: str
) -> float:
    value = int(degree) + int(minute or 0) / 60 + number(second or "0") / 3600
    return round(-value if side.upper() in "SWO" else value, 9)
