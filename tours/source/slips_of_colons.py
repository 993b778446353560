"""Slips of colons: inside a text, without their space, or left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tours import vocabulary
from tours.catalogue import syntax as rules
from tours.source.halt import KEY, Explanation
from tours.source.shown import as_quoted, shown
from tours.source.slips_of_groups import grouped, no_comma
from tours.source.spaces import indent_of

if TYPE_CHECKING:
    from tours.source.halt import Complaint, Halt

_OPENING = re.compile(
    r"(?P<dash> *(?:- +)*)(?:(?P<key>[\w-]+):(?: +|(?=\s|$)))?"
    r"(?P<value>[^\s#|>\[{\"'&*!].*?)?(?P<note>\s+#.*|\s*)"
)
"""A key or the dash of an item, with the first line of its text or nothing beside it."""
_CURLY = re.compile(r"[“”„]([^“”„]*)[“”]")
KEY_AND_TEXT = re.compile(r"( *(?:- +)*[^\s:]+ *:\s+)(.*?)(\s+#.*)?$")
_COLONLESS = re.compile(r"( *(?:- +)*)([a-z]\w*)(?:\s*[=;：]|(?=\s)|$)(.*)")
"""A word that may be a key, perhaps with another sign in place of its colon."""
_GLUED = re.compile(r"( *(?:- +)*)([\w-]+):([^\s/:].*|[\u00a0\u202f].*)$")


def glued_colon(stop: Halt) -> Complaint | None:
    """Recognise ``title:Le marteau``, where the parser stopped or on the line above."""
    if "':'" not in stop.problem and "mapping values" not in stop.problem:
        return None
    for number in (
        stop.opened[0],
        stop.above(stop.opened[0]),
        _line_before_text(stop),
    ):
        match = None if number is None else _GLUED.match(stop.lines[number])
        if number is None or match is None:
            continue
        key, rest = match[2], match[3].strip()
        finding = rules.NO_SPACE_AFTER_COLON.at(
            stop.at(number, match.start(2), len(key) + 1),
            key=shown(key),
            remedy=shown(f"{key}: {rest}"),
        )
        mended = f"{match[1]}{key}: {rest}"
        return stop.complaint(finding, stop.with_line(number, mended))
    return None


def _line_before_text(stop: Halt, at_least: int = 0) -> int | None:
    """Return the nearest line above that begins so much less far right than this one."""
    own, number = len(indent_of(stop.text)) - at_least, stop.above(stop.line)
    while number is not None and len(indent_of(stop.lines[number])) > own:
        number = stop.above(number)
    return number


def colon_in_text(stop: Halt) -> Complaint | None:
    """Recognise ``fr: Le Creusot : de la forge``: the text is taken for a key."""
    if "but got ':'" in stop.problem:
        # First on a line of its own, it is the next key's: the bracket stays open.
        is_next_key = stop.is_at_key and stop.line != stop.opened[0]
        return None if is_next_key else _colon_between_braces(stop)
    if "mapping values" not in stop.problem:
        return None
    place = stop.at(stop.line, stop.column)
    match = KEY_AND_TEXT.match(stop.text)
    if match is None or match.end(1) > stop.column:
        return _colon_in_continuation(stop)
    if inner := grouped(stop, match):
        return inner
    key, value, comment = match[1], match[2], match[3] or ""
    curly = _CURLY.fullmatch(value)
    # Around a whole text they stand for straight ones, as a word processor writes them.
    quoted = as_quoted(curly[1] if curly else value)
    finding = rules.COLON_IN_TEXT.at(place, remedy=shown(f"{key.strip()} {quoted}"))
    mended = stop.with_line(stop.line, key + quoted + comment)
    return stop.complaint(finding, mended)


def _colon_between_braces(stop: Halt) -> Complaint:
    """Tell of ``{ fr: Le Creusot : de la forge, en: … }``."""
    text, column = stop.text, stop.column
    if comma := no_comma(stop):
        return comma
    before = re.search(r"[^{,]*?:\s+([^{,]*)$", text[:column])
    start = before.start(1) if before else column
    after = re.match(r"[^,}]*", text[column:])
    end = column + len(after[0].rstrip()) if after else column
    quoted = as_quoted(text[start:end])
    finding = rules.COLON_IN_TEXT.at(stop.at(stop.line, column), remedy=shown(quoted))
    mended = text[:start] + quoted + text[end:]
    return stop.complaint(finding, stop.with_line(stop.line, mended))


def _colon_in_continuation(stop: Halt) -> Complaint | None:
    """Tell of a colon, after a space, in a text's second line or a later one."""
    before = stop.text[: stop.column]
    if stop.is_at_key or not before.strip() or KEY.match(stop.text):
        return None
    opening = _opening(stop)
    word = _COLONLESS.fullmatch(stop.text)
    is_beside_key = opening is None or opening[1]["value"]
    if word and word[2] in vocabulary.STOP.names and is_beside_key:
        return stop.explained(_without_colon(stop, stop.line))
    if opening is None or not (opening[1]["key"] or opening[1]["value"]):
        place = stop.at(stop.line, stop.column)
        return stop.complaint(rules.COLON_IN_TEXT.at(place, remedy='"…"'))
    number, match = opening
    if match["value"] or not match["key"]:
        return _quoted_lines(stop, number, match)
    announced = f"{match['key']}: |"
    finding = rules.NO_BAR.at(
        stop.at(number, match.start("key"), len(match["key"]) + 1),
        key=shown(match["key"]),
        remedy=shown(announced),
    )
    mended = match["dash"] + announced + (match["note"] or "")
    return stop.complaint(finding, stop.with_line(number, mended))


def _opening(stop: Halt) -> tuple[int, re.Match[str]] | None:
    """Return the line of the key, or the item, whose text runs on to where the parser stopped."""
    own = len(indent_of(stop.text))
    for number in range(stop.line - 1, -1, -1):
        match = _OPENING.fullmatch(stop.lines[number])
        if match and (match["key"] or "-" in match["dash"]):
            return (number, match) if own > _column(match) else None
        if KEY.match(stop.lines[number]):
            return None
    return None


def _column(opening: re.Match[str]) -> int:
    """Return where a key, or the last dash of an item, stands: its text is farther right."""
    return opening.end("dash") if opening["key"] else opening["dash"].rindex("-")


def _quoted_lines(stop: Halt, first: int, opening: re.Match[str]) -> Complaint | None:
    """Tell of a colon in a text begun beside its key, to be quoted from there to its end."""
    last, own = stop.line, _column(opening)
    for number in range(stop.line + 1, len(stop.lines)):
        text = stop.lines[number]
        if text.strip() and (len(indent_of(text)) <= own or KEY.match(text)):
            break
        last = number if text.strip() else last
    lines = list(stop.lines[first : last + 1])
    quote = "'" if any(sign in line for line in lines for sign in '"\\') else '"'
    start = opening.start("value")
    head, lines[0] = lines[0][:start], lines[0][start:]
    if quote == "'":
        lines = [line.replace("'", "''") for line in lines]
    lines[0] = head + quote + lines[0]
    lines[-1] = lines[-1].rstrip() + quote
    finding = rules.COLON_IN_TEXT.at(
        stop.at(stop.line, stop.column),
        remedy=shown(" ".join(line.strip() for line in lines)),
    )
    mended = (*stop.lines[:first], *lines, *stop.lines[last + 1 :])
    return stop.complaint(finding, mended)


def line_without_key(stop: Halt) -> Complaint | None:
    """Recognise a line that is neither ``key: value`` nor the rest of a text."""
    if "could not find expected ':'" in stop.problem:
        line = stop.opened[0]
    elif "mapping values" in stop.problem and stop.is_at_key:
        above = stop.above(stop.line)
        if above is None or KEY.match(stop.lines[above]):
            return None
        line = above
    else:
        return None
    text = stop.lines[line]
    words = text.strip()
    place = stop.at(line, len(indent_of(text)), len(words))
    finding = rules.LINE_WITHOUT_KEY.at(place, text=shown(words))
    without = Explanation(finding, stop.with_line(line, ""))
    return stop.explained((*_without_colon(stop, line), without))


def _without_colon(stop: Halt, line: int) -> tuple[Explanation, ...]:
    """Explain a line whose first word may be a key that lacks its colon."""
    match = _COLONLESS.fullmatch(stop.lines[line])
    if match is None:
        return ()
    key, rest = match[2], match[3].strip()
    if rest and not re.fullmatch(r"\"[^\"]*\"|'[^']*'", rest):
        rest = as_quoted(rest)
    finding = rules.NO_COLON.at(stop.at(line, match.start(2), len(key)), key=shown(key))
    mended = f"{match[1]}{key}: {rest}".rstrip()
    return (Explanation(finding, stop.with_line(line, mended)),)
