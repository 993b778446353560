"""Slips of spaces: tabs, no-break spaces, lines begun in the wrong column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tours.catalogue import habits
from tours.catalogue import syntax as rules
from tours.source.composing import HOMES
from tours.source.halt import KEY, Explanation
from tours.source.shown import shown
from tours.source.spaces import (
    indent_of,
    no_break_span,
    tab_column,
    with_plain_indent,
    without_no_break_indent,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tours.diagnostics import Diagnostic
    from tours.source.halt import Complaint, Halt

_FALSE_DASH = re.compile(r"( *)([–—−‐•·▪‣*]|\d{1,3}[.)])(?=\s+(\w[\w-]*) *:(?:\s|$))")
_BEGINS_ITEM = re.compile(rf" +({'|'.join(HOMES)}):(?=\s)")
_OPENS_TEXT = re.compile(r":\s*[|>][+-]?\s*(?:#.*)?$")
_SHIFT = re.compile(r" *(?:- +)*")
"""What a line begins with, before its key."""
_VALUED = re.compile(r"( *(?:- +)*)([\w-]+): +([^#\s].*)$")
_GLUED_DASH = re.compile(r"( *(?:- +)*)(-+)(\w[\w-]*)(?= *:(?:\s|$))")


def no_break_spaces(halt: Halt) -> Complaint | None:
    """Recognise no-break spaces that indent this line or the one above."""
    for number in (halt.line, halt.above(halt.line), halt.opened[0]):
        span = None if number is None else no_break_span(halt.lines[number])
        if number is None or span is None:
            continue
        count = sum(no_break_span(line) is not None for line in halt.lines)
        place = halt.at(number, span[0], span[1] - span[0])
        mended = tuple(map(without_no_break_indent, halt.lines))
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
        gap = " " * max(1, len(indent_of(below)) - len(start) - 1)
        rest = halt.lines[number][match.end(3) :]
        mended = f"{start}-{gap}{match[3]}{rest}"
        return halt.complaint(finding, halt.with_line(number, mended))
    return None


def false_dash(halt: Halt) -> Complaint | None:
    """Recognise ``– stop: marteau``, where the parser stopped or on the line above."""
    for number in (halt.line, halt.above(halt.line)):
        match = None if number is None else _FALSE_DASH.match(halt.lines[number])
        if number is None or match is None:
            continue
        finding = rules.FALSE_DASH.at(
            halt.at(number, match.start(2)),
            sign=match[2],
            remedy=shown(f"- {match[3]}: …"),
        )
        # A number is longer than a dash: the keys below stay lined up with the first.
        below = halt.lines[number + 1] if number + 1 < len(halt.lines) else ""
        gap = " " * max(1, len(indent_of(below)) - len(match[1]) - 1)
        rest = halt.lines[number][match.end(2) :]
        mended = match[1] + "-" + (gap + rest.lstrip() if len(match[2]) > 1 else rest)
        return halt.complaint(finding, halt.with_line(number, mended))
    return None


def dash_left_out(halt: Halt) -> Complaint | None:
    """Recognise ``stop: marteau`` where ``- stop: marteau`` should begin an item."""
    match = _BEGINS_ITEM.match(halt.text)
    if match is None or "expected <block end>" not in halt.problem:
        return None
    finding = rules.NO_DASH.at(
        halt.at(halt.line, match.start(1), len(match[1])),
        key=match[1],
        home=HOMES[match[1]],
    )
    start = match.start(1)
    mended = f"{halt.text[:start]}- {halt.text[start:]}"
    return halt.complaint(finding, halt.with_line(halt.line, mended))


def text_not_shifted(halt: Halt) -> Complaint | None:
    """Recognise lines after ``text: |`` that begin where their key does."""
    first = halt.opened[0] if "expected ':'" in halt.problem else halt.line
    above = halt.above(first)
    if above is None or not _OPENS_TEXT.search(halt.lines[above]):
        return None
    key, own = _key_column(halt.lines[above]), len(indent_of(halt.lines[first]))
    if own > key or KEY.match(halt.lines[first]):
        return None
    end = first
    while end < len(halt.lines) and not KEY.match(halt.lines[end]):
        if halt.lines[end].strip() and len(indent_of(halt.lines[end])) < own:
            break
        end += 1
    shift = " " * (key + 2 - own)
    below = (shift + line if line.strip() else line for line in halt.lines[first:end])
    place = halt.at(first, own, len(halt.lines[first].strip()))
    mended = (*halt.lines[:first], *below, *halt.lines[end:])
    return halt.complaint(rules.TEXT_NOT_SHIFTED.at(place), mended)


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
    return halt.explained(
        (
            *_without_dash(halt, suspects),
            *shifted,
            *_shifted_groups(halt),
            *_valued_group(halt),
            _orphans(halt),
        )
    )


def _without_dash(halt: Halt, suspects: Iterable[int | None]) -> Iterator[Explanation]:
    """Explain the first key of a list's item that lacks its dash, the others shifted."""
    for number in suspects:
        above = None if number is None else halt.above(number)
        if number is None or above is None or number + 1 >= len(halt.lines):
            continue
        key, home = KEY.match(halt.lines[number]), KEY.match(halt.lines[above])
        text, own = halt.lines[number], len(indent_of(halt.lines[number]))
        below = len(indent_of(halt.lines[number + 1]))
        if key is None or home is None or below <= own or text[own] == "-":
            continue
        if halt.lines[above][home.end() :].strip():
            continue
        width = key.start("colon") - own
        finding = rules.NO_DASH.at(
            halt.at(number, own, width),
            key=shown(text[own : own + width]),
            home=halt.lines[above][: home.start("colon")].strip(" -"),
        )
        mended = f"{' ' * own}-{' ' * max(1, below - own - 1)}{text.strip()}"
        yield Explanation(finding, halt.with_line(number, mended))


def _valued_group(halt: Halt) -> tuple[Explanation, ...]:
    """Explain a group below a key that has its value already: ``shows: models/x.glb``."""
    above = halt.above(halt.line)
    match = None if above is None else _VALUED.match(halt.lines[above])
    if above is None or match is None or match.start(2) >= len(indent_of(halt.text)):
        return ()
    finding = habits.VALUE_AND_GROUP.at(
        halt.at(above, match.start(2), len(match[2])),
        key=shown(match[2]),
        value=shown(match[3]),
    )
    mended = halt.with_line(above, f"{match[1]}{match[2]}:")
    return (Explanation(finding, mended),)


def _shifted_groups(halt: Halt) -> tuple[Explanation, ...]:
    """Explain a whole group too far right by its own shift."""
    above = halt.above(halt.line)
    if above is None or not KEY.match(halt.lines[above]):
        return ()
    own, end = len(indent_of(halt.text)), _group_end(halt)
    key = _key_column(halt.lines[above])
    if key >= own:
        return ()
    group = (line[own - key :] for line in halt.lines[halt.line : end])
    mended = (*halt.lines[: halt.line], *group, *halt.lines[end:])
    return (Explanation(_wrong_indent(halt, halt.line), mended),)


def _key_column(line: str) -> int:
    """Return where a line's first word begins, its dashes aside."""
    match = _SHIFT.match(line)
    return match.end() if match else 0


def _group_end(halt: Halt) -> int:
    """Return the line after the last that begins at least as far right."""
    own, end = len(indent_of(halt.text)), halt.line + 1
    while end < len(halt.lines) and (
        not halt.lines[end].strip() or len(indent_of(halt.lines[end])) >= own
    ):
        end += 1
    return end


def _orphans(halt: Halt) -> Explanation:
    """Explain a whole group too far right: the line that announces it is missing."""
    own, end = len(indent_of(halt.text)), _group_end(halt)
    place = halt.at(halt.line, own, len(halt.text.strip()))
    finding = rules.LINES_UNDER_NO_KEY.at(place)
    above = halt.lines[halt.line - 1].strip() if halt.line else "?"
    if re.match(r"- +stop *:", halt.text.strip()) and (not above or above[0] == "#"):
        return Explanation(finding, halt.with_line(halt.line - 1, "stops:"))
    without = (*halt.lines[: halt.line], *[""] * (end - halt.line), *halt.lines[end:])
    return Explanation(finding, without)


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
