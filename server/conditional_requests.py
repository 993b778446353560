"""Evaluate conditional and range requests (RFC 9110, sections 13 and 14).

RFC 9110, sections 13 and 14. The functions are pure and never fail: a header that
can't be read is one that was not sent, as the standard has it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ENTITY_TAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\uffff]*"')
_RANGE = re.compile(r"bytes=[ \t,]*([0-9]*)-([0-9]*)[ \t,]*", re.IGNORECASE)
_MANY_DIGITS = 18
_WEAK = "W/"


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Bytes from ``start`` up to, and without, ``end``."""

    start: int
    end: int


class Unsatisfiable:
    """The range lies past the end."""


UNSATISFIABLE = Unsatisfiable()


def if_none_match_matches(field: str, etag: str) -> bool:
    """Return whether ``If-None-Match`` names this entity tag (weak comparison), or any."""
    if field in (etag, "*"):
        return True
    return etag in (tag.removeprefix(_WEAK) for tag in _ENTITY_TAG.findall(field))


def if_match_matches(field: str, etag: str) -> bool:
    """Return whether ``If-Match`` names this entity tag (strong comparison), or any."""
    return field.strip() == "*" or etag in _ENTITY_TAG.findall(field)


def parse_range(
    field: str, if_range: str | None, etag: str, size_bytes: int
) -> ByteRange | Unsatisfiable | None:
    """Return the byte range to send, or None for the whole.

    The whole is sent for several ranges at once, for a unit other than bytes, for a
    range that can't be read, and when ``if_range`` names another version: a stale
    download must start again and not grow a foreign tail. A date in ``if_range``
    never matches, as releases give no dates.
    """
    if if_range is not None and if_range.strip() != etag:
        return None
    found = _RANGE.fullmatch(field.strip())
    if found is None:
        return None
    first, last = found.groups()
    if not first:
        return _suffix(last, size_bytes) if last else None
    start = _number(first)
    end = _number(last) + 1 if last else size_bytes
    if start >= end and last:
        return None
    if start >= size_bytes:
        return UNSATISFIABLE
    return ByteRange(start, min(end, size_bytes))


def _suffix(last: str, size_bytes: int) -> ByteRange | Unsatisfiable | None:
    length = _number(last)
    if length == 0:
        return UNSATISFIABLE
    if size_bytes == 0:
        return None
    return ByteRange(max(0, size_bytes - length), size_bytes)


def _number(digits: str) -> int:
    """Return the number, or one past any file: Python refuses to read very long ones."""
    significant = digits.lstrip("0")
    return int(significant or "0") if len(significant) <= _MANY_DIGITS else 10**18
