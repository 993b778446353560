"""Slips of spaces: tabs, no-break spaces, lines begun in the wrong column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tours.catalogue import syntax as rules
from tours.source.halt import Explanation
from tours.source.shown import shown
from tours.source.spaces import (
    indent_of,
    no_break_span,
    tab_column,
    with_plain_indent,
)

if TYPE_CHECKING:
    from tours.diagnostics import Diagnostic
    from tours.source.halt import Complaint, Halt

_GLUED_DASH = re.compile(r"( *(?:- +)*)(-+)(\w[\w-]*)(?= *:(?:\s|$))")


def no_break_spaces(halt: Halt) -> Complaint | None:
    """Recognise no-break spaces that indent this line or the one above."""
    for number in (halt.line, halt.above(halt.line), halt.opened[0]):
        span = None if number is None else no_break_span(halt.lines[number])
        if number is None or span is None:
            continue
        count = sum(no_break_span(line) is not None for line in halt.lines)
        place = halt.at(number, span[0], span[1] - span[0])
        mended = tuple(with_plain_indent(line) for line in halt.lines)
        return halt.complaint(rules.NO_BREAK_INDENT.at(place, count=count), mended)
    return None


def tab(halt: Halt) -> Complaint | None:
    """Recognise a tab that indents the line, or stands where a value should begin."""
    column = tab_column(halt.text)
    if column is None:
        return _tab_inside(halt)
    tabbed = [line for line in halt.lines if tab_column(line) is not None]
    finding = rules.TAB.at(halt.at(halt.line, column), count=len(tabbed))
    if len(tabbed) == 1:
        return halt.complaint(finding, *halt.realigned(halt.line))
    whole = (
        tuple(with_plain_indent(line, width) for line in halt.lines)
        for width in (2, 4, 8)
    )
    return halt.complaint(finding, *whole)


def _tab_inside(halt: Halt) -> Complaint | None:
    if halt.text[halt.column : halt.column + 1] != "\t":
        return None
    mended = halt.with_line(halt.line, halt.text.replace("\t", " "))
    place = halt.at(halt.line, halt.column)
    return halt.complaint(rules.TAB.at(place, count=1), mended)


def glued_dash(halt: Halt) -> Complaint | None:
    """Recognise ``-stop: marteau``, where the parser stopped or on the line above."""
    for number in (halt.line, halt.above(halt.line)):
        match = None if number is None else _GLUED_DASH.match(halt.lines[number])
        if number is None or match is None:
            continue
        finding = rules.NO_SPACE_AFTER_DASH.at(
            halt.at(number, match.start(2), len(match[2]) + len(match[3])),
            key=shown(match[2] + match[3]),
            remedy=shown(f"- {match[3]}: …"),
        )
        # What follows may be lined up with the word, or with where it should stand.
        below = halt.lines[number + 1] if number + 1 < len(halt.lines) else ""
        is_lined_up = len(indent_of(below)) == match.start(3)
        start = match[1][:-1] if is_lined_up else match[1]
        mended = f"{start}- {match[3]}" + halt.lines[number][match.end(3) :]
        return halt.complaint(finding, halt.with_line(number, mended))
    return None


def indent(halt: Halt) -> Complaint | None:
    """Recognise a line that begins too far right or too far left.

    The parser often stops at the first line that is right after a wrong one, so the
    line above, the one that opens the group and its first one are suspected too.
    """
    stray = "<block end>" in halt.problem or "<document start>" in halt.problem
    nested = "mapping values" in halt.problem and halt.is_at_key
    text = halt.text.strip()
    if not (stray or nested) or not text or text[0] in "]},":
        return None
    suspects = dict.fromkeys((halt.line, halt.above(halt.line), *_opening(halt)))
    shifted = tuple(
        Explanation(_wrong_indent(halt, number), mended)
        for number in suspects
        if number is not None
        for mended in halt.realigned(number) or (None,)
    )
    return halt.explained((*shifted, _orphans(halt)))


def _orphans(halt: Halt) -> Explanation:
    """Explain a whole group too far right: the line that announces it is missing."""
    own, end = len(indent_of(halt.text)), halt.line + 1
    while end < len(halt.lines) and (
        not halt.lines[end].strip() or len(indent_of(halt.lines[end])) >= own
    ):
        end += 1
    place = halt.at(halt.line, own, len(halt.text.strip()))
    without = (*halt.lines[: halt.line], *[""] * (end - halt.line), *halt.lines[end:])
    return Explanation(rules.LINES_UNDER_NO_KEY.at(place), without)


def _opening(halt: Halt) -> tuple[int | None, int]:
    """Return the nearest line above that begins further left, and the one after it."""
    own, first, number = len(indent_of(halt.text)), halt.line, halt.above(halt.line)
    while number is not None and len(indent_of(halt.lines[number])) >= own:
        first, number = number, halt.above(number)
    return number, first


def _wrong_indent(halt: Halt, number: int) -> Diagnostic:
    width = len(indent_of(halt.lines[number]))
    above = halt.above(number)
    reference = 0 if above is None else len(indent_of(halt.lines[above]))
    return rules.WRONG_INDENT.at(
        halt.at(number, width), column=width + 1, above=reference + 1
    )
