"""Parse lengths, angles, directions, durations, scales, coordinates and dates as people type them.

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

from tours.suggestions import fold_accents

_MONTHS = 12
_NUMBER = r"[+-]?\d{1,12}(?:[.,]\d{1,12})?"
_LENGTH = re.compile(rf"({_NUMBER})\s*([a-zµèé\"″′']+)\.?", re.IGNORECASE)
_METRES_AND_CENTIMETRES = re.compile(
    r"(\d{1,6})\s*m\s*(\d{2})(?:\s*cm)?", re.IGNORECASE
)
_UNITS = {
    "0.001": "mm millimètre millimètres millimetre millimetres millimeter millimeters",
    "0.01": "cm centimètre centimètres centimetre centimetres centimeter centimeters",
    "1": "m mètre mètres metre metres meter meters",
    "1000": "km kilomètre kilomètres kilometre kilometres kilometer kilometers",
    "0.0254": 'in inch inches pouce pouces " ″',
    "0.3048": "ft foot feet pied pieds ' ′",
}
_METRES = {
    name: Decimal(metres) for metres, names in _UNITS.items() for name in names.split()
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
_COLORS = {
    "rouge": "#b3261e", "red": "#b3261e", "bleu": "#1d4e79", "blue": "#1d4e79",
    "vert": "#2e6b3a", "green": "#2e6b3a", "jaune": "#8a6d00", "yellow": "#8a6d00",
    "orange": "#b35309", "violet": "#5b3a8c", "purple": "#5b3a8c", "noir": "#1a1a1a",
    "black": "#1a1a1a", "gris": "#5a5a5a", "grey": "#5a5a5a", "gray": "#5a5a5a",
    "marron": "#6b4423", "brown": "#6b4423", "bordeaux": "#6d1a2d", "rose": "#a83a6b",
}  # fmt: skip
_MORE = r"[^\d]{0,12}?"
_PLACES = (
    # Pasted from a map's address: …/@46.78,4.43,17z, …#map=18/46.78/4.43, …?q=46.78,4.43
    re.compile(r"[@=:/](-?\d{1,2}\.\d{3,15})[,/](-?\d{1,3}\.\d{3,15})"),
    re.compile(r"mlat=(-?\d{1,2}\.\d+)&mlon=(-?\d{1,3}\.\d+)"),
    re.compile(
        rf"\D{{0,12}}?(-?\d{{1,2}}\.\d+)[°\s]*([NS])?[,;\s]{{1,3}}{_MORE}(-?\d{{1,3}}\.\d+)[°\s]*([EWO])?[)\]\s]*",
        re.IGNORECASE,
    ),
    re.compile(
        r"(-?\d{1,2}\.\d+)\s*,\s*(-?\d{1,3}\.\d+)\s*,\s*-?\d+(?:\.\d+)?(?:\s*m)?"
    ),
)
_COMMAS = re.compile(r"([+-]?\d{1,3}),(\d{3,15})\s*[,; ]\s*([+-]?\d{1,3}),(\d{3,15})")
_LENGTH_WITHIN = re.compile(r"(\d+(?:[.,]\d+)?)\s*(mm|cm|km|m)\b")
_SIDES = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(?:mm|cm|m)?\s*[x×*]\s*\d+(?:[.,]\d+)?\s*(mm|cm|m)\b"
)
_ANGLE_WITHOUT_SIGN = re.compile(r"([+-]?\d+(?:[.,]\d+)?)\s*o?\b")
_CLOCK = re.compile(r"(\d{1,2})[:.hH](\d{2})(?:[:.]\d{2})?")
_MINUTES_WITHIN = re.compile(r"(\d{1,4})\s*(?:min|mn|minutes?|m\b)", re.IGNORECASE)
_ISO_DURATION = re.compile(r"PT(?:(\d{1,2})H)?(?:(\d{1,4})M)?", re.IGNORECASE)

_AMOUNT = re.compile(rf"({_NUMBER})\s*(|[^\d\s,.+-][^\d]*)")
AMOUNT_FACTORS = {
    "mm": ("length", Decimal("0.001")), "cm": ("length", Decimal("0.01")),
    "m": ("length", Decimal(1)), "km": ("length", Decimal(1000)),
    "g": ("mass", Decimal("0.001")), "kg": ("mass", Decimal(1)), "t": ("mass", Decimal(1000)),
    "cl": ("volume", Decimal("0.01")), "l": ("volume", Decimal(1)), "m³": ("volume", Decimal(1000)),
    "s": ("time", Decimal(1)), "min": ("time", Decimal(60)), "h": ("time", Decimal(3600)),
    "m²": ("area", Decimal(1)), "ha": ("area", Decimal(10000)),
    "km/h": ("speed", Decimal(1)), "°": ("angle", Decimal(1)), "°C": ("heat", Decimal(1)),
    "%": ("share", Decimal(1)), "€": ("money", Decimal(1)),
}  # fmt: skip
"""What is measured, and how much of it, by each unit that answers may have."""
_AMOUNT_NAMES = {
    "mm": "millimetre millimetres millimeter millimeters", "cm": "centimetre centimetres",
    "m": "metre metres meter meters", "km": "kilometre kilometres kilometer kilometers",
    "g": "gramme grammes gram grams", "kg": "kilo kilos kilogramme kilogrammes kilogram kilograms",
    "t": "tonne tonnes ton tons", "l": "litre litres liter liters", "s": "seconde secondes second seconds",
    "min": "minute minutes mn", "h": "heure heures hour hours", "m²": "m2", "m³": "m3",
    "°": "degre degres degree degrees", "°C": "°c", "€": "euro euros", "ha": "hectare hectares",
}  # fmt: skip
_AMOUNT_UNITS = {
    "": "",
    **{unit: unit for unit in AMOUNT_FACTORS},
    **{name: unit for unit, names in _AMOUNT_NAMES.items() for name in names.split()},
}


def parse_metres(text: str) -> float | None:
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


def strip_about(text: str) -> tuple[str, bool]:
    """Return ``about 21 m`` as ``21 m``, and whether it is but an estimate."""
    text = _plain(text)
    match = _ABOUT.match(text)
    return (text[match.end() :], True) if match else (text, False)


def parse_degrees(text: str) -> float | None:
    """Return the degrees of ``30°``, ``-12,5 °``, ``30 deg``."""
    match = _ANGLE.fullmatch(_plain(text))
    return parse_number(match[1]) if match else None


def parse_view_direction(text: str) -> tuple[float, float] | None:
    """Return the (azimuth, elevation) in degrees of ``95°, -10°``, whatever their size."""
    match = _ANGLE_PAIR.fullmatch(_plain(text))
    return (parse_number(match[2]), parse_number(match[4])) if match else None


def parse_position(text: str) -> tuple[float, float, float] | None:
    """Return the metres of three lengths: ``0 m, 20 m, 1.5 m``; 0 needs no unit."""
    parts = [part for part in re.split(r"\s*[,;]\s+|\s*;\s*", _plain(text)) if part]
    metres = [0.0 if part.lstrip("+-") == "0" else parse_metres(part) for part in parts]
    x, y, z = metres if len(metres) == 3 else (None, None, None)  # noqa: PLR2004 - x, y, z
    return None if x is None or y is None or z is None else (x, y, z)


def parse_amount(text: str) -> tuple[float, str] | None:
    """Return (21.0, "m") for ``21 m``, (1300.0, "t") for ``1 300 tonnes``, (61.0, "") for ``61``.

    Of a unit that is not known the name is returned as it was typed.
    """
    plain = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", _plain(text))
    match = _AMOUNT.fullmatch(plain)
    if match is None:
        return None
    typed = match[2]
    return parse_number(match[1]), _AMOUNT_UNITS.get(fold_accents(typed), typed)


def convert_amount(value: float, unit: str, to: str) -> float | None:
    """Return an amount in another unit of the same kind, or None."""
    if unit == to:
        return value
    first, second = AMOUNT_FACTORS.get(unit), AMOUNT_FACTORS.get(to)
    if first is None or second is None or first[0] != second[0]:
        return None
    return float(Decimal(str(value)) * first[1] / second[1])


def parse_azimuth(text: str) -> float | None:
    """Return the degrees clockwise from north of ``south-west``, ``SW``, ``225°``."""
    angle = parse_degrees(text)
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


def translate_compass_point(text: str) -> str | None:
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
    angle = parse_azimuth(word)
    return None if angle is None else compass_point(angle)


def compass_point(angle_deg: float) -> str:
    """Return the nearest of the sixteen compass points, as curators write it."""
    name = _WINDS[round(angle_deg / 22.5) % 16]
    return re.sub(r"^(north|south)(?=east|west)", r"\1-", name)


def parse_minutes(text: str) -> int | None:
    """Return the minutes of ``45 min``, ``1 h``, ``1 h 30``, ``1,5 h``."""
    text = _plain(text)
    match = _MINUTES.fullmatch(text)
    if match:
        return int(match[1])
    match = _HOURS.fullmatch(text)
    if match is None:
        return None
    hours = parse_number(match[1])
    if match[2] and not hours.is_integer():
        return None
    return round(hours * 60) + int(match[2] or 0)


def parse_scale(text: str) -> float | None:
    """Return the ratio of ``1:200``, ``1/200``; None as well for a zero."""
    match = _SCALE.fullmatch(_plain(text))
    if match is None or not int(match[1]) or not int(match[2]):
        return None
    return int(match[1]) / int(match[2])


def parse_coordinates(text: str) -> tuple[float, float] | None:
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


def parse_date(text: str) -> date | None:
    """Return the day of ``2026-11-01``, or None when there is no such day."""
    text = _plain(text)
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def suggest_date(text: str) -> str | None:
    """Return a French or English writing of a day as ``2026-11-01``, or None.

    ``01/11/2026`` is the first of November: that is how Europe writes it.
    """
    words = fold_accents(_plain(text))
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
    found = parse_date(f"{year}-{number_:0>2}-{day:0>2}")
    return found.isoformat() if found else None


def suggest_certain_date(text: str) -> str | None:
    """Return the day meant, unless its month may be its day: ``01/11/2026``."""
    two = re.match(r"([0-9]{1,2})\s?[-/. ]\s?([0-9]{1,2})\b", _plain(text))
    is_told = two is None or two[1] == two[2] or int(two[1]) > _MONTHS
    return suggest_date(text) if is_told else None


def is_bare_number(text: str) -> bool:
    """Return whether a text is a number without any unit."""
    return re.fullmatch(_NUMBER, _plain(text)) is not None


def parse_number(text: str) -> float:
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
    value = int(degree) + int(minute or 0) / 60 + parse_number(second or "0") / 3600
    return round(-value if side.upper() in "SWO" else value, 9)


def suggest_quantity(text: str, code: str) -> str | None:
    """Return what to write for a length, an angle or a duration, by its rule's code."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    if code == "T061":
        sides = _SIDES.match(plain)
        if sides:  # of two, the width comes first
            return f"{sides[1]} {sides[2]}"
        found = _LENGTH_WITHIN.findall(plain)
        return " ".join(found[0]) if len(found) == 1 else None
    if code == "T062":
        angle = _ANGLE_WITHOUT_SIGN.fullmatch(plain)
        return f"{angle[1]}°" if angle else None
    return _duration(plain) if code == "T064" else None


def suggest_coordinates(text: str) -> str | None:
    """Return ``46.7867, 4.4328`` from what a map or a habit made of it, or None."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    commas = _COMMAS.fullmatch(plain)
    if commas:
        return f"{commas[1]}.{commas[2]}, {commas[3]}.{commas[4]}"
    is_address = "/" in plain or "geo:" in plain
    for pattern in _PLACES[: 2 if is_address else None]:
        found = pattern.search(plain) if is_address else pattern.fullmatch(plain)
        if found is None:
            continue
        if found.lastindex == 2:  # noqa: PLR2004 - two numbers, no sides
            return f"{found[1]}, {found[2]}"
        return _with_sides(found.groups())
    return None


def suggest_scale(text: str) -> str | None:
    """Return ``1:200`` for ``1/200e``, ``1÷200``, ``0.005`` or ``0,5 %``, or None."""
    plain = " ".join(text.replace(",", ".").split())
    ratio = re.fullmatch(r"1\s*\D\s*(\d{1,6})\s*(?:e|ème|eme|th)?", plain)
    if ratio:
        return f"1:{ratio[1]}" if int(ratio[1]) else None
    number = re.fullmatch(r"(0\.\d{1,6})\s*(%?)", plain)
    if number is None or not float(number[1]):
        return None
    share = float(number[1]) / (100 if number[2] else 1)
    return f"1:{round(1 / share)}"


def suggest_color(text: str) -> str | None:
    """Return ``#rrggbb`` for ``9c2f1f``, ``#FFF``, ``rgb(12, 30, 40)`` or ``rouge``, or None."""
    plain = fold_accents(text).strip()
    named = _COLORS.get(plain)
    if named:
        return named
    digits = re.fullmatch(r"#?([0-9a-f]{3}|[0-9a-f]{6})", plain)
    if digits:
        signs = digits[1]
        return "#" + (signs if len(signs) > 3 else "".join(s * 2 for s in signs))  # noqa: PLR2004 - #rgb
    numbers = re.fullmatch(r"rgb\s*\(\s*(\d{1,3})\D+(\d{1,3})\D+(\d{1,3})\s*\)", plain)
    shares = [int(part) for part in numbers.groups()] if numbers else []
    if not shares or max(shares) > 255:  # noqa: PLR2004 - a byte
        return None
    return "#" + "".join(f"{share:02x}" for share in shares)


def _duration(plain: str) -> str | None:
    clock, iso = _CLOCK.fullmatch(plain), _ISO_DURATION.fullmatch(plain)
    if clock and int(clock[1]):
        return f"{int(clock[1])} h {clock[2]}"
    if clock:
        return f"{int(clock[2])} min"
    if iso and iso.lastindex:
        hours, minutes = iso[1], iso[2]
        if hours is None:
            return f"{minutes} min"
        return f"{hours} h {int(minutes):02}" if minutes else f"{hours} h"
    found = _MINUTES_WITHIN.findall(plain)
    return (
        f"{found[0]} min"
        if len(found) == 1 and len(re.findall(r"\d+", plain)) == 1
        else None
    )


def _with_sides(parts: tuple[str | None, ...]) -> str:
    north, south_or_north, east, east_or_west = parts
    first = f"-{north}" if (south_or_north or "").upper() == "S" else f"{north}"
    is_west = (east_or_west or "").upper() in ("W", "O") and east_or_west
    return f"{first}, {'-' if is_west else ''}{east}"
