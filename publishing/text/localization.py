"""UI strings by language, and formats of dates, lengths, sizes and durations.

Adding a language is adding ``strings/<tag>.json`` with the keys of the others, and the
language to each kind of ``scene_kinds.json``.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Literal

from publishing.text.typography import NO_BREAK

if TYPE_CHECKING:
    from collections.abc import Mapping

FALLBACK = "en"

_AUTONYMS = {
    "ar": "العربية", "br": "Brezhoneg", "ca": "Català", "cs": "Čeština", "da": "Dansk",
    "de": "Deutsch", "el": "Ελληνικά", "es": "Español", "eu": "Euskara", "fa": "فارسی",
    "fi": "Suomi", "he": "עברית", "hi": "हिन्दी", "hr": "Hrvatski", "hu": "Magyar",
    "it": "Italiano", "ja": "日本語", "ko": "한국어", "nb": "Norsk bokmål",
    "nl": "Nederlands", "oc": "Occitan", "pl": "Polski", "pt": "Português",
    "ro": "Română", "ru": "Русский", "sv": "Svenska", "tr": "Türkçe",
    "uk": "Українська", "vi": "Tiếng Việt", "zh": "中文",
}  # fmt: skip
"""What each language calls itself, for those that have no table yet."""
HAND_M = 0.18
"""Length of an adult's hand, wrist to fingertip."""
ADULT_M = 1.70
STOREY_M = 3.0
_KILOMETRE = 1000
_SMALLEST_COMPARED_M = 0.07
Unit = Literal["palm", "hand", "hands", "hip", "adult", "adults", "storeys"]


@dataclass(frozen=True, slots=True)
class UiStrings:
    """The interface's strings in one language."""

    language: str
    words: Mapping[str, str]


@cache
def ui_strings(language: str) -> UiStrings:
    """Return the strings of a language, of its main language, or the English ones."""
    for tag in (language.lower(), language.partition("-")[0].lower(), FALLBACK):
        if tag in ui_languages():
            path = _folder() / f"{tag}.json"
            words = json.loads(path.read_text(encoding="utf-8"))
            return UiStrings(tag, {**words, **_kind_words(tag)})
    message = f"strings/{FALLBACK}.json is missing"
    raise FileNotFoundError(message)


@cache
def scene_kinds() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Return how each kind of scene is named, by language.

    ``name`` heads it on visitors' pages, ``rights`` stands before its credits, ``staff``
    is for the report.
    """
    path = resources.files("publishing.text") / "scene_kinds.json"
    kinds: dict[str, dict[str, dict[str, str]]] = json.loads(
        path.read_text(encoding="utf-8")
    )
    return kinds


def _kind_words(tag: str) -> dict[str, str]:
    return {
        key: words[tag]
        for kind, names in scene_kinds().items()
        for key, words in (
            (f"kind_{kind}", names["name"]),
            (f"rights_{kind}", names["rights"]),
        )
    }


@cache
def ui_languages() -> frozenset[str]:
    """Return the tags of the languages that have UI strings."""
    names = (path.name for path in _folder().iterdir())
    return frozenset(
        name.removesuffix(".json") for name in names if name.endswith(".json")
    )


def autonym(language: str) -> str:
    """Return what a language calls itself, or its tag where we do not know."""
    main = language.partition("-")[0].lower()
    if main in ui_languages():
        return ui_strings(main).words["language_name"]
    return _AUTONYMS.get(main, language)


def _folder() -> resources.abc.Traversable:
    return resources.files("publishing.text") / "strings"


def format_date(iso: str, words: Mapping[str, str]) -> str:
    """Return ``2026-11-01`` as a language writes it: ``1er novembre 2026``.

    Parameters
    ----------
    iso
        A day, ISO 8601.
    words
        The interface's, with ``months``, ``first_day`` and ``date``.
    """
    day = date.fromisoformat(iso)
    return words["date"].format(
        day=words["first_day"] if day.day == 1 else day.day,
        month=words["months"].split()[day.month - 1],
        year=day.year,
    )


@dataclass(frozen=True, slots=True)
class HeightComparison:
    """A familiar thing about as high as a scene."""

    unit: Unit
    count: float = 1.0
    """How many of the unit, where it can be counted; in halves for adults."""


@dataclass(frozen=True, slots=True)
class _HeightRange:
    """What heights below a limit compare with."""

    limit_m: float
    unit: Unit
    unit_m: float = 0.0
    """What one measures; 0 where the unit is not counted."""
    step: float = 1.0


_HEIGHT_RANGES = (
    _HeightRange(0.75 * HAND_M, "palm"),
    _HeightRange(1.5 * HAND_M, "hand"),
    _HeightRange(3.5 * HAND_M, "hands", HAND_M),
    _HeightRange(1.35, "hip"),
    _HeightRange(1.25 * ADULT_M, "adult"),
    _HeightRange(2 * STOREY_M, "adults", ADULT_M, 0.5),
    _HeightRange(math.inf, "storeys", STOREY_M),
)


def compare_height(height_m: float) -> HeightComparison | None:
    """Return what a height compares with, or None below the smallest comparison."""
    if height_m < _SMALLEST_COMPARED_M:
        return None
    rung = next(rung for rung in _HEIGHT_RANGES if height_m < rung.limit_m)
    if not rung.unit_m:
        return HeightComparison(rung.unit)
    steps = math.floor(height_m / rung.unit_m / rung.step + 0.5)
    return HeightComparison(rung.unit, steps * rung.step)


def format_length(metres: float, decimal_sign: str) -> str:
    """Return a length with the unit that keeps it readable: ``21 m``, ``1,73 m``."""
    if metres >= 9.95:  # noqa: PLR2004 - rounds to 10
        return _quantity(metres, 1, "m", decimal_sign)
    if metres >= 0.995:  # noqa: PLR2004 - rounds to 1
        return _quantity(metres, 2, "m", decimal_sign)
    if metres >= 0.0995:  # noqa: PLR2004 - rounds to 10 cm
        return _quantity(metres * 100, 0, "cm", decimal_sign)
    return _quantity(metres * 1000, 0, "mm", decimal_sign)


def format_distance(metres: float, decimal_sign: str) -> str:
    """Return a walking distance: ``80 m``, ``430 m``, ``2,1 km``."""
    rounded = round_distance_m(metres)
    if rounded >= _KILOMETRE:
        return _quantity(rounded / _KILOMETRE, 1, "km", decimal_sign)
    return f"{rounded}{NO_BREAK}m"


def round_distance_m(metres: float) -> int:
    """Return a walking distance rounded as it is displayed, in metres."""
    tens = max(10, round(metres / 10) * 10)
    return tens if tens < _KILOMETRE else round(metres / 100) * 100


def format_size(size_bytes: int, decimal_sign: str, units: tuple[str, str]) -> str:
    """Return a file's size: ``312 kB``, ``4.1 MB``.

    Parameters
    ----------
    size_bytes
        What to download.
    decimal_sign
        Comma or point.
    units
        Names of a thousand and of a million bytes.
    """
    kilo, mega = units
    if size_bytes < 999_500:  # noqa: PLR2004 - rounds to a million
        return _quantity(max(1, size_bytes / 1e3), 0, kilo, decimal_sign)
    return _quantity(size_bytes / 1e6, 1, mega, decimal_sign)


def format_duration(seconds: float) -> str:
    """Return a duration: ``45 s``, ``1 min``, ``1 min 20 s``."""
    return _base_sixty(max(1, round(seconds)), "min", "s")


def format_walk(minutes: int) -> str:
    """Return the length of a walk: ``45 min``, ``2 h``, ``1 h 30 min``."""
    return _base_sixty(minutes, "h", "min")


def format_coordinates(latitude_deg: float, longitude_deg: float, winds: str) -> str:
    """Return coordinates in degrees, minutes and seconds.

    Parameters
    ----------
    latitude_deg, longitude_deg
        WGS 84.
    winds
        Four letters: north, south, east, west (``NSEO`` in French).
    """
    latitude = _dms(latitude_deg, winds[0] if latitude_deg >= 0 else winds[1])
    longitude = _dms(longitude_deg, winds[2] if longitude_deg >= 0 else winds[3])
    return f"{latitude}, {longitude}"


def geo_uri(latitude_deg: float, longitude_deg: float) -> str:
    """Return the ``geo:`` address (RFC 5870) that a phone opens in its own map."""
    return f"geo:{_plain(latitude_deg)},{_plain(longitude_deg)}"


def _base_sixty(count: int, large: str, small: str) -> str:
    whole, rest = divmod(count, 60)
    parts = [(whole, large), (rest, small)]
    return NO_BREAK.join(f"{n}{NO_BREAK}{unit}" for n, unit in parts if n)


def _quantity(value: float, decimals: int, unit: str, decimal_sign: str) -> str:
    digits = f"{value:.{decimals}f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return digits.replace(".", decimal_sign) + NO_BREAK + unit


def _dms(angle_deg: float, wind: str) -> str:
    minutes, seconds = divmod(round(abs(angle_deg) * 3600), 60)
    whole, minutes = divmod(minutes, 60)
    return f"{whole}°{minutes:02}′{seconds:02}″{NO_BREAK}{wind}"


def _plain(angle_deg: float) -> str:
    digits = f"{angle_deg:.6f}".rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits
