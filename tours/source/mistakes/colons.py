"""Recognise mistakes of colons and of groups on one line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tours import vocabulary
from tours.catalogue import foreign_syntax as foreign_syntax_rules
from tours.catalogue import yaml_syntax as yaml_syntax_rules
from tours.languages import LANGUAGES
from tours.source.mistakes.parser_stop import KEY, Explanation
from tours.source.text import excerpt, indent_of, quote_text

if TYPE_CHECKING:
    from tours.source.mistakes.parser_stop import ParserFailure, ParserStop

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
_PARENTHESES = re.compile(r"\(\s*([a-z]{2,3}):\s.*\)\s*$")
_INNER = re.compile(r"([a-z][\w-]*) *:\s+\S")
_NEXT = re.compile(r"\s*[,;/|]?\s*\b([a-z]{2,3}):\s+")
_UNPLAIN = re.compile(r"[,{}\[\]#\"']|: |:$")
_GROUPS = frozenset(
    name
    for table in (
        *vocabulary.SCENES,
        vocabulary.LABEL,
        vocabulary.ACCESS,
        vocabulary.WITHDRAWN,
    )
    for name in table.names
)
_HOMES = frozenset(("shows", "label", "access", "withdrawn"))


def recognise_glued_colon(stop: ParserStop) -> ParserFailure | None:
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
        finding = yaml_syntax_rules.NO_SPACE_AFTER_COLON.at(
            stop.at(number, match.start(2), len(key) + 1),
            key=excerpt(key),
            remedy=excerpt(f"{key}: {rest}"),
        )
        fixed = f"{match[1]}{key}: {rest}"
        return stop.failure(finding, stop.with_line(number, fixed))
    return None


def _line_before_text(stop: ParserStop, at_least: int = 0) -> int | None:
    """Return the nearest line above that begins so much less far right than this one."""
    own, number = len(indent_of(stop.text)) - at_least, stop.above(stop.line)
    while number is not None and len(indent_of(stop.lines[number])) > own:
        number = stop.above(number)
    return number


def recognise_colon_in_text(stop: ParserStop) -> ParserFailure | None:
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
    if inner := recognise_inline_group(stop, match):
        return inner
    key, value, comment = match[1], match[2], match[3] or ""
    curly = _CURLY.fullmatch(value)
    # Around a whole text they stand for straight ones, as a word processor writes them.
    quoted = quote_text(curly[1] if curly else value)
    finding = yaml_syntax_rules.COLON_IN_TEXT.at(
        place, remedy=excerpt(f"{key.strip()} {quoted}")
    )
    fixed = stop.with_line(stop.line, key + quoted + comment)
    return stop.failure(finding, fixed)


def _colon_between_braces(stop: ParserStop) -> ParserFailure:
    """Report ``{ fr: Le Creusot : de la forge, en: … }``."""
    text, column = stop.text, stop.column
    if comma := recognise_missing_comma(stop):
        return comma
    before = re.search(r"[^{,]*?:\s+([^{,]*)$", text[:column])
    start = before.start(1) if before else column
    after = re.match(r"[^,}]*", text[column:])
    end = column + len(after[0].rstrip()) if after else column
    quoted = quote_text(text[start:end])
    finding = yaml_syntax_rules.COLON_IN_TEXT.at(
        stop.at(stop.line, column), remedy=excerpt(quoted)
    )
    fixed = text[:start] + quoted + text[end:]
    return stop.failure(finding, stop.with_line(stop.line, fixed))


def _colon_in_continuation(stop: ParserStop) -> ParserFailure | None:
    """Report a colon, after a space, in a text's second line or a later one."""
    before = stop.text[: stop.column]
    if stop.is_at_key or not before.strip() or KEY.match(stop.text):
        return None
    opening = _opening(stop)
    word = _COLONLESS.fullmatch(stop.text)
    is_beside_key = opening is None or opening[1]["value"]
    if word and word[2] in vocabulary.STOP.names and is_beside_key:
        return stop.failure_from(_without_colon(stop, stop.line))
    if opening is None or not (opening[1]["key"] or opening[1]["value"]):
        place = stop.at(stop.line, stop.column)
        return stop.failure(yaml_syntax_rules.COLON_IN_TEXT.at(place, remedy='"…"'))
    number, match = opening
    if match["value"] or not match["key"]:
        return _quoted_lines(stop, number, match)
    announced = f"{match['key']}: |"
    finding = yaml_syntax_rules.NO_BAR.at(
        stop.at(number, match.start("key"), len(match["key"]) + 1),
        key=excerpt(match["key"]),
        remedy=excerpt(announced),
    )
    fixed = match["dash"] + announced + (match["note"] or "")
    return stop.failure(finding, stop.with_line(number, fixed))


def _opening(stop: ParserStop) -> tuple[int, re.Match[str]] | None:
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


def _quoted_lines(
    stop: ParserStop, first: int, opening: re.Match[str]
) -> ParserFailure | None:
    """Report a colon in a text begun beside its key, to be quoted from there to its end."""
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
    finding = yaml_syntax_rules.COLON_IN_TEXT.at(
        stop.at(stop.line, stop.column),
        remedy=excerpt(" ".join(line.strip() for line in lines)),
    )
    fixed = (*stop.lines[:first], *lines, *stop.lines[last + 1 :])
    return stop.failure(finding, fixed)


def recognise_line_without_key(stop: ParserStop) -> ParserFailure | None:
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
    finding = yaml_syntax_rules.LINE_WITHOUT_KEY.at(place, text=excerpt(words))
    without = Explanation(finding, stop.with_line(line, ""))
    return stop.failure_from((*_without_colon(stop, line), without))


def _without_colon(stop: ParserStop, line: int) -> tuple[Explanation, ...]:
    """Explain a line whose first word may be a key that lacks its colon."""
    match = _COLONLESS.fullmatch(stop.lines[line])
    if match is None:
        return ()
    key, rest = match[2], match[3].strip()
    if rest and not re.fullmatch(r"\"[^\"]*\"|'[^']*'", rest):
        rest = quote_text(rest)
    finding = yaml_syntax_rules.NO_COLON.at(
        stop.at(line, match.start(2), len(key)), key=excerpt(key)
    )
    fixed = f"{match[1]}{key}: {rest}".rstrip()
    return (Explanation(finding, stop.with_line(line, fixed)),)


def recognise_inline_group(
    stop: ParserStop, match: re.Match[str]
) -> ParserFailure | None:
    """Recognise ``title: fr: La visite`` and ``title: ( fr: …, en: … )``.

    Parameters
    ----------
    stop
        Where the parser stopped.
    match
        The key with its colon, the value, and the comment of that line.
    """
    head, value, comment = match[1], match[2], match[3] or ""
    key = head.strip().lstrip("- ").rstrip(": ")
    start = match.start(2)
    if _PARENTHESES.match(value):
        group = _in_braces(value.strip(" ()"))
        finding = foreign_syntax_rules.PARENTHESES.at(
            stop.at(stop.line, start, len(value.rstrip())),
            remedy=excerpt(f"{key}: {group}"),
        )
        fixed = stop.with_line(stop.line, head + group + comment)
        return stop.failure(finding, fixed)
    inner = _INNER.match(value)
    if inner is None or not _is_key(inner[1], key):
        return None
    group = _in_braces(value.rstrip(" }"))
    finding = foreign_syntax_rules.TWO_KEYS_ON_A_LINE.at(
        stop.at(stop.line, start, len(inner[1]) + 1),
        key=excerpt(key),
        inner=inner[1],
        remedy=excerpt(f"{key}: {group}"),
    )
    end, below = stop.line + 1, match.end(1) - len(head.lstrip(" -"))
    while end < len(stop.lines) and len(indent_of(stop.lines[end])) > below:
        end += 1
    # The lines below belong to the inner key's group, wherever it is to be written.
    fixed = (
        *stop.lines[: stop.line],
        head + group + comment,
        *[""] * (end - stop.line - 1),
        *stop.lines[end:],
    )
    return stop.failure(finding, fixed)


def recognise_missing_comma(stop: ParserStop) -> ParserFailure | None:
    """Recognise ``{ fr: La visite en: The tour }``, where a comma is missing."""
    text, column = stop.text, stop.column
    before = re.search(r"\S(\s*;\s*|\s+)([a-z]{2,3})\s*$", text[:column])
    if before is None or before[2] not in LANGUAGES:
        return None
    fixed = f"{text[: before.start(1)]}, {text[before.start(2) :]}"
    finding = foreign_syntax_rules.NO_COMMA.at(
        stop.at(stop.line, before.start(2), len(before[2]) + 1),
        key=before[2],
        remedy=excerpt(fixed.strip()),
    )
    return stop.failure(finding, stop.with_line(stop.line, fixed))


def _is_key(word: str, home: str) -> bool:
    return word in LANGUAGES or (home in _HOMES and word in _GROUPS)


def _in_braces(text: str) -> str:
    """Return ``fr: a, en: b`` as a group in braces, in quotes where signs ask for them."""
    parts = _NEXT.split(text)
    first = _INNER.match(text)
    if first is None:
        return f"{{ {text} }}"
    head, _, value = text.partition(":")
    parts = [head.strip(), *_NEXT.split(value)]
    pairs = zip(parts[::2], parts[1::2], strict=True)
    said = (f"{name}: {_quoted(value.strip())}" for name, value in pairs)
    return f"{{ {', '.join(said)} }}"


def _quoted(value: str) -> str:
    return quote_text(value) if _UNPLAIN.search(value) else value
