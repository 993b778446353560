"""Recognise syntax of other formats: comments, code fences, merge conflicts, templates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tours.catalogue import foreign_syntax as foreign_syntax_rules
from tours.source.composer import FOREIGN_COMMENT
from tours.source.mistakes.parser_stop import Explanation
from tours.source.text import excerpt, indent_of, quote_text

if TYPE_CHECKING:
    from tours.source.encoding import Lines
    from tours.source.mistakes.parser_stop import ParserFailure, ParserStop

FENCE = re.compile(r"(`{3,}|~{3,}|\+{3,}) *[\w.+-]* *$")
"""A line that frames an example, as in Markdown, or the head of a page."""
_NOTE_ENDS = {"/*": "*/", "<!--": "-->"}
_VERSIONS = tuple(re.compile(rf"{sign}{{7}}(?: .*)?$") for sign in "<=>")
_QUOTED_LINE = re.compile(r"( *(?:- +)*)([\"'])([a-z_]\w*): +([^\"'].*?)\s*$")
_DASH_BESIDE = re.compile(r"( *)([a-z_]\w*): +(- +)(\S.*)$")
_SHIFT = re.compile(r" *(?:- +)*")


def recognise_foreign_comment(stop: ParserStop) -> ParserFailure | None:
    """Recognise ``// to be looked at``, where the parser stopped or just above."""
    for number in _suspects(stop):
        match = FOREIGN_COMMENT.match(stop.lines[number])
        if match is None:
            continue
        words = match[3].replace(_NOTE_ENDS.get(match[2], "\0"), "").strip()
        width = len(stop.lines[number].strip())
        finding = foreign_syntax_rules.FOREIGN_COMMENT.at(
            stop.at(number, match.start(2), width),
            sign=match[2],
            remedy=excerpt(f"# {words}"),
        )
        return stop.failure(finding, _as_note(stop.lines, number, match[2]))
    return None


def recognise_code_fence(stop: ParserStop) -> ParserFailure | None:
    """Recognise the lines that frame an example: ``` before it, and often after it."""
    last = stop.above(len(stop.lines))
    top = next((i for i, line in enumerate(stop.lines) if line.strip()), 0)
    for number in (top, *_suspects(stop)):
        match = FENCE.match(stop.lines[number])
        if match is None or number > stop.line:
            continue
        ends = {number, last}
        fixed = tuple(
            "" if i in ends and FENCE.match(line) else line
            for i, line in enumerate(stop.lines)
        )
        place = stop.at(number, 0, len(stop.lines[number].rstrip()))
        return stop.failure(foreign_syntax_rules.FENCE.at(place, sign=match[1]), fixed)
    return None


def recognise_merge_conflict(stop: ParserStop) -> ParserFailure | None:
    """Recognise ``<<<<<<<``, ``=======`` and ``>>>>>>>``, left by whatever joins versions."""
    found: list[int] = []
    for sign in _VERSIONS:
        start = found[-1] + 1 if found else 0
        lines = enumerate(stop.lines[start:], start)
        number = next((i for i, line in lines if sign.match(line)), None)
        if number is None:
            return None
        found.append(number)
    first, middle, last = found
    if first > stop.line:
        return None
    finding = foreign_syntax_rules.TWO_VERSIONS.at(
        stop.at(first, 0, len(stop.lines[first].rstrip())),
        first=first + 1,
        last=last + 1,
    )
    gone = {first, *range(middle, last + 1)}
    fixed = ("" if i in gone else line for i, line in enumerate(stop.lines))
    return stop.failure(finding, tuple(fixed))


def recognise_quoted_line(stop: ParserStop) -> ParserFailure | None:
    """Recognise ``"duration: 45 min"``: the quotes stand around the key as well."""
    if not re.search(
        r"expected ':'|end of stream|mapping values|block end", stop.problem
    ):
        return None
    is_opened = "expected ':'" in stop.problem or "quoted" in stop.context
    for number in (stop.opened[0],) if is_opened else _suspects(stop):
        match = _QUOTED_LINE.match(stop.lines[number])
        if match is None:
            continue
        key, value = match[3], match[4].removesuffix(match[2])
        said = value if _is_plain(value) else quote_text(value)
        finding = foreign_syntax_rules.QUOTED_LINE.at(
            stop.at(number, match.start(2), len(stop.lines[number].strip())),
            key=excerpt(key),
            remedy=excerpt(f"{key}: {said}"),
        )
        fixed = stop.with_line(number, f"{match[1]}{key}: {said}")
        return stop.failure_from((Explanation(finding, fixed),))
    return None


def recognise_dash_beside_key(stop: ParserStop) -> ParserFailure | None:
    """Recognise ``stops: - stop: marteau``: a list begun on the line of its key."""
    match = _DASH_BESIDE.match(stop.text)
    if match is None or stop.column < match.start(3):
        return None
    place = stop.at(stop.line, match.start(3), len(stop.text.rstrip()) - match.start(3))
    item = match[4].strip()
    finding = foreign_syntax_rules.DASH_BESIDE_KEY.at(
        place, key=excerpt(match[2]), item=excerpt(item)
    )
    above, key = stop.line - 1, len(match[1])
    if stop.line == 0 or stop.lines[above].strip(" ").strip() not in ("",):
        return stop.failure(finding)
    below = next((line for line in stop.lines[stop.line + 1 :] if line.strip()), "")
    shift = len(indent_of(below)) - (0 if below.lstrip().startswith("- ") else 2)
    gap = " " * max(1, shift - key - 1)
    # With the key on the empty line above, no line has another number than before.
    fixed = (
        *stop.lines[:above],
        f"{match[1]}? {match[2]}",
        f"{match[1]}:{gap}- {item}",
        *stop.lines[stop.line + 1 :],
    )
    return stop.failure(finding, fixed)


def recognise_text_beside_sign(stop: ParserStop) -> ParserFailure | None:
    """Recognise ``text: | Here stood``: a text on the line of its own ``|``."""
    if "block scalar" not in stop.context:
        return None
    line, column = stop.opened
    text = stop.lines[line]
    sign, rest = text[column : column + 1], text[column + 1 :].strip()
    if sign not in ("|", ">") or not rest:
        return None
    shift = _SHIFT.match(text)
    key, end = shift.end() if shift else 0, line + 1
    while end < len(stop.lines) and (
        not stop.lines[end].strip() or len(indent_of(stop.lines[end])) > key
    ):
        end += 1
    below = (part.strip() for part in stop.lines[line + 1 : end])
    whole = " ".join([rest, *filter(None, below)])
    fixed = (
        *stop.lines[:line],
        text[:column] + quote_text(whole),
        *[""] * (end - line - 1),
        *stop.lines[end:],
    )
    place = stop.at(line, column, len(text.rstrip()) - column)
    return stop.failure(
        foreign_syntax_rules.TEXT_BESIDE_SIGN.at(place, sign=sign), fixed
    )


def recognise_template(stop: ParserStop) -> ParserFailure | None:
    """Recognise ``{% include … %}``, which other programs replace."""
    match = re.search(r"\{%.*?%\}", stop.text)
    if match is None or stop.column < match.start():
        return None
    fixed = stop.text[: match.start()] + quote_text(stop.text[match.start() :].rstrip())
    place = stop.at(stop.line, match.start(), len(match[0]))
    finding = foreign_syntax_rules.TEMPLATE.at(place, seen=excerpt(match[0]))
    return stop.failure(finding, stop.with_line(stop.line, fixed))


def _suspects(stop: ParserStop) -> tuple[int, ...]:
    """Return the lines near which the parser stopped, the likeliest first."""
    opened = stop.opened[0]
    found = (stop.line, stop.above(stop.line), opened, stop.above(opened))
    return tuple(dict.fromkeys(n for n in found if n is not None))


def _as_note(lines: Lines, number: int, sign: str) -> Lines:
    """Return the file with a note begun by a hash sign, to its end where it has one."""
    closing, end = _NOTE_ENDS.get(sign), number
    while closing and closing not in lines[end] and end + 1 < len(lines):
        end += 1
    if closing and closing not in lines[end]:
        end = number
    noted = []
    for line in lines[number : end + 1]:
        said = line.strip().removeprefix(sign)
        words = said.removesuffix(closing) if closing else said
        noted.append(f"{indent_of(line)}# {words.strip()}".rstrip())
    return (*lines[:number], *noted, *lines[end + 1 :])


def _is_plain(value: str) -> bool:
    """Return whether a value reads the same without quotes."""
    return (
        re.search(r": |:$| #|[\"']", value) is None
        and value[:1] not in "[]{}>|*&!%@`-?,"
    )
