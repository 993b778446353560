"""Content negotiation: encodings, languages, HTML or JSON (RFC 9110, section 12).

RFC 9110, section 12. The functions are pure; answers are remembered by the header's
text, which a museum's visitors share.
"""

from __future__ import annotations

import re
from functools import lru_cache

_QUALITY = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")
_REMEMBERED = 512
Preferences = tuple[tuple[str, float], ...]


@lru_cache(_REMEMBERED)
def select_encoding(accept_encoding: str | None, offered: tuple[str, ...]) -> str:
    """Return the content coding to send, ``identity`` when none of the offered will do.

    Parameters
    ----------
    accept_encoding
        The header's value, None when absent.
    offered
        The codings at hand besides ``identity``, best first. Of equally welcome ones
        the first is sent: a browser that takes anything gets the smallest.
    """
    if not accept_encoding:
        return "identity"
    qualities = dict(_preferences(accept_encoding))
    if "x-gzip" in qualities:
        qualities.setdefault("gzip", qualities["x-gzip"])
    rest = qualities.get("*", 0.0)
    best, best_quality = "identity", qualities.get("identity", 0.0)
    for coding in reversed(offered):
        quality = qualities.get(coding, rest)
        if quality > 0 and quality >= best_quality:
            best, best_quality = coding, quality
    return best


@lru_cache(_REMEMBERED)
def select_language(
    accept_language: str | None, available: tuple[str, ...]
) -> str | None:
    """Return the available language that the client prefers, or None.

    A wish for ``fr-CH`` is met by ``fr``, and one for ``pt`` by ``pt-BR`` (RFC 4647,
    sections 3.4 and 3.3.1). ``*`` is met by the first available.
    """
    wishes = _preferences(accept_language or "")
    refused = {tag for tag, quality in wishes if quality == 0}
    left = tuple(tag for tag in available if tag.lower() not in refused)
    liked = sorted((wish for wish in wishes if wish[1] > 0), key=lambda wish: -wish[1])
    matches = (_match(tag, left) for tag, _ in liked)
    return next((language for language in matches if language is not None), None)


@lru_cache(_REMEMBERED)
def accepts_html(accept: str | None) -> bool:
    """Return whether ``Accept`` names HTML, as every browser's does."""
    wishes = dict(_preferences(accept or ""))
    return max(wishes.get("text/html", 0), wishes.get("application/xhtml+xml", 0)) > 0


def _match(wish: str, available: tuple[str, ...]) -> str | None:
    if wish == "*":
        return available[0] if available else None
    by_tag = {tag.lower(): tag for tag in reversed(available)}
    parts = wish.split("-")
    for length in range(len(parts), 0, -1):
        found = by_tag.get("-".join(parts[:length]))
        if found is not None:
            return found
    narrower = (tag for tag in available if tag.lower().startswith(wish + "-"))
    return next(narrower, None)


def _preferences(header: str) -> Preferences:
    """Return pairs of a lower-case value and its quality, in the order written.

    An element that can't be read counts for nothing; a quality that can't is 0.
    """
    found = []
    for element in header.lower().split(","):
        value, *parameters = (part.strip() for part in element.split(";"))
        if value:
            found.append((value, _quality(parameters)))
    return tuple(found)


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            text = value.strip()
            return float(text) if _QUALITY.fullmatch(text) else 0.0
    return 1.0
