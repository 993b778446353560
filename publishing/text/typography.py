"""French, English and Italian typography: spaces before punctuation, apostrophes.

Spacing follows the *Lexique* of the Imprimerie nationale, save that a narrow no-break space
stands before ``; ! ?``, as the Unicode Standard (section 6.2) describes French usage.
"""

from __future__ import annotations

import re
from functools import lru_cache

NO_BREAK = "\u00a0"
NARROW_NO_BREAK = "\u202f"

# Addresses, e-mail addresses, hosts and character entities keep every sign as typed.
_ADDRESSES = re.compile(
    r"""
      \b(?:https?|mailto|geo|tel):[^\s«»]*[^\s«».,;:!?)\]]
    | (?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+
    | (?<![\w.-])(?:[\w-]+\.)+[a-z]{2,}/[^\s«»]*[^\s«».,;:!?)\]]
    | &\#?\w+;
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SPACES = r"[ \u00a0\u202f]"
_APOSTROPHE = (re.compile(r"(?<=\w)'(?=[\w«“])(?<=[^\W\d_]')"), "\u2019")
_SERIES = (
    # Names of machines: 241 P 17 is no sum of three words.
    (re.compile(r"(?<=\d) (?=[B-HJ-Z](?![\w’']))"), NO_BREAK),
    (re.compile(rf"(?<=\d{NO_BREAK}[B-HJ-Z]) (?=\d)"), NO_BREAK),
)
_RULES = (
    _APOSTROPHE,
    *_SERIES,
    (re.compile(rf"«{_SPACES}*"), "«" + NO_BREAK),
    (re.compile(rf"{_SPACES}*»"), NO_BREAK + "»"),
    # A high sign needs a word before it: not '(?)', nor the second of '?!'.
    (re.compile(rf"(?<=[^\s(\[«¡¿;!?]){_SPACES}*(?=[;!?])"), NARROW_NO_BREAK),
    # A colon is French only before a space or the end: not 12:30, nor 1:200.
    (re.compile(rf"(?<=[^\s(\[«:]){_SPACES}*(?=:(?:\s|$))"), NO_BREAK),
    (re.compile(rf"(?<=\d){_SPACES}(?=\d{{3}}(?!\d))"), NARROW_NO_BREAK),
    (
        re.compile(
            rf"(?<=\d){_SPACES}(?=(?:[ckm]?m[²³]?|ha|k?g|t|h|min|s|%|€|°C)(?!\w))"
        ),
        NO_BREAK,
    ),
    (re.compile(rf"\bn°{_SPACES}?(?=\d)"), "n°" + NO_BREAK),
)

_OF_LANGUAGE = {
    "fr": _RULES,
    "en": (_APOSTROPHE, *_SERIES),
    "it": (_APOSTROPHE, *_SERIES),
}


@lru_cache(maxsize=8192)
def typeset(text: str, language: str) -> str:
    """Return a plain text with the spacing and the apostrophes of its language.

    French, English and Italian change. Setting a text twice is the same as setting it
    once. Addresses are left alone.
    """
    for pattern, sign in _OF_LANGUAGE.get(language.partition("-")[0].lower(), ()):
        text = _outside_addresses(pattern, sign, text)
    return text


def _outside_addresses(pattern: re.Pattern[str], sign: str, text: str) -> str:
    kept = [match.span() for match in _ADDRESSES.finditer(text)]

    def replaced(match: re.Match[str]) -> str:
        inside = any(start < match.end() and match.start() < end for start, end in kept)
        return match[0] if inside else sign

    return pattern.sub(replaced, text)
