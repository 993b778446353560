"""What a value that can't be read was probably meant to be: for messages, and for mending."""

from __future__ import annotations

import re
import unicodedata

from tours.near import bare

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
_LENGTH = re.compile(r"(\d+(?:[.,]\d+)?)\s*(mm|cm|km|m)\b")
_SIDES = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(?:mm|cm|m)?\s*[x×*]\s*\d+(?:[.,]\d+)?\s*(mm|cm|m)\b"
)
_ANGLE = re.compile(r"([+-]?\d+(?:[.,]\d+)?)\s*o?\b")
_CLOCK = re.compile(r"(\d{1,2})[:.hH](\d{2})(?:[:.]\d{2})?")
_MINUTES = re.compile(r"(\d{1,4})\s*(?:min|mn|minutes?|m\b)", re.IGNORECASE)
_ISO_DURATION = re.compile(r"PT(?:(\d{1,2})H)?(?:(\d{1,4})M)?", re.IGNORECASE)


def quantity(text: str, code: str) -> str | None:
    """Return what to write for a length, an angle or a duration, by its rule's code."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    if code == "T061":
        sides = _SIDES.match(plain)
        if sides:  # of two, the width comes first
            return f"{sides[1]} {sides[2]}"
        found = _LENGTH.findall(plain)
        return " ".join(found[0]) if len(found) == 1 else None
    if code == "T062":
        angle = _ANGLE.fullmatch(plain)
        return f"{angle[1]}°" if angle else None
    return _duration(plain) if code == "T064" else None


def coordinates(text: str) -> str | None:
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


def scale(text: str) -> str | None:
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


def color(text: str) -> str | None:
    """Return ``#rrggbb`` for ``9c2f1f``, ``#FFF``, ``rgb(12, 30, 40)`` or ``rouge``, or None."""
    plain = bare(text).strip()
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
    found = _MINUTES.findall(plain)
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
