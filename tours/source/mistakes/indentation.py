"""Recognise mistakes of indentation: tabs, no-break spaces, dashes, wrong columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tours.catalogue import foreign_syntax as foreign_syntax_rules
from tours.catalogue import yaml_syntax as yaml_syntax_rules
from tours.source.composer import LIST_OF_ITEM
from tours.source.mistakes.parser_stop import KEY, Explanation
from tours.source.text import (
    excerpt,
    find_no_break_spaces,
    find_tab,
    indent_of,
    replace_no_break_spaces,
    replace_tabs,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tours.diagnostics import Diagnostic
    from tours.source.mistakes.parser_stop import ParserFailure, ParserStop

_FALSE_DASH = re.compile(r"( *)([–—−‐•·▪‣*]|\d{1,3}[.)])(?=\s+(\w[\w-]*) *:(?:\s|$))")
_BEGINS_ITEM = re.compile(rf" +({'|'.join(LIST_OF_ITEM)}):(?=\s)")
_OPENS_TEXT = re.compile(r":\s*[|>][+-]?\s*(?:#.*)?$")
_SHIFT = re.compile(r" *(?:- +)*")
"""What a line begins with, before its key."""
_VALUED = re.compile(r"( *(?:- +)*)([\w-]+): +([^#\s].*)$")
_GLUED_DASH = re.compile(r"( *(?:- +)*)(-+)(\w[\w-]*)(?= *:(?:\s|$))")


def recognise_no_break_spaces(stop: ParserStop) -> ParserFailure | None:
    """Recognise no-break spaces that indent this line or the one above."""
    for number in (stop.line, stop.above(stop.line), stop.opened[0]):
        span = None if number is None else find_no_break_spaces(stop.lines[number])
        if number is None or span is None:
            continue
        count = sum(find_no_break_spaces(line) is not None for line in stop.lines)
        place = stop.at(number, span[0], span[1] - span[0])
        fixed = tuple(map(replace_no_break_spaces, stop.lines))
        return stop.failure(
            yaml_syntax_rules.NO_BREAK_INDENT.at(place, count=count), fixed
        )
    return None


def recognise_tab(stop: ParserStop) -> ParserFailure | None:
    """Recognise a tab that indents the line, or stands where a value should begin."""
    column = find_tab(stop.text)
    if column is None:
        return _tab_inside(stop)
    tabbed = [line for line in stop.lines if find_tab(line) is not None]
    finding = yaml_syntax_rules.TAB.at(stop.at(stop.line, column), count=len(tabbed))
    if len(tabbed) == 1:
        return stop.failure(finding, *stop.realign(stop.line))
    whole = (
        tuple(replace_tabs(line, width) for line in stop.lines) for width in (2, 4, 8)
    )
    return stop.failure(finding, *whole)


def _tab_inside(stop: ParserStop) -> ParserFailure | None:
    if stop.text[stop.column : stop.column + 1] != "\t":
        return None
    fixed = stop.with_line(stop.line, stop.text.replace("\t", " "))
    place = stop.at(stop.line, stop.column)
    return stop.failure(yaml_syntax_rules.TAB.at(place, count=1), fixed)


def recognise_glued_dash(stop: ParserStop) -> ParserFailure | None:
    """Recognise ``-stop: marteau``, where the parser stopped or on the line above."""
    for number in (stop.line, stop.above(stop.line)):
        match = None if number is None else _GLUED_DASH.match(stop.lines[number])
        if number is None or match is None:
            continue
        finding = yaml_syntax_rules.NO_SPACE_AFTER_DASH.at(
            stop.at(number, match.start(2), len(match[2]) + len(match[3])),
            key=excerpt(match[2] + match[3]),
            remedy=excerpt(f"- {match[3]}: …"),
        )
        # What follows may be lined up with the word, or with where it should stand.
        below = stop.lines[number + 1] if number + 1 < len(stop.lines) else ""
        is_lined_up = len(indent_of(below)) == match.start(3)
        start = match[1][:-1] if is_lined_up else match[1]
        gap = " " * max(1, len(indent_of(below)) - len(start) - 1)
        rest = stop.lines[number][match.end(3) :]
        fixed = f"{start}-{gap}{match[3]}{rest}"
        return stop.failure(finding, stop.with_line(number, fixed))
    return None


def recognise_false_dash(stop: ParserStop) -> ParserFailure | None:
    """Recognise ``– stop: marteau``, where the parser stopped or on the line above."""
    for number in (stop.line, stop.above(stop.line)):
        match = None if number is None else _FALSE_DASH.match(stop.lines[number])
        if number is None or match is None:
            continue
        finding = yaml_syntax_rules.FALSE_DASH.at(
            stop.at(number, match.start(2)),
            sign=match[2],
            remedy=excerpt(f"- {match[3]}: …"),
        )
        # A number is longer than a dash: the keys below stay lined up with the first.
        below = stop.lines[number + 1] if number + 1 < len(stop.lines) else ""
        gap = " " * max(1, len(indent_of(below)) - len(match[1]) - 1)
        rest = stop.lines[number][match.end(2) :]
        fixed = match[1] + "-" + (gap + rest.lstrip() if len(match[2]) > 1 else rest)
        return stop.failure(finding, stop.with_line(number, fixed))
    return None


def recognise_missing_dash(stop: ParserStop) -> ParserFailure | None:
    """Recognise ``stop: marteau`` where ``- stop: marteau`` should begin an item."""
    match = _BEGINS_ITEM.match(stop.text)
    if match is None or "expected <block end>" not in stop.problem:
        return None
    finding = yaml_syntax_rules.NO_DASH.at(
        stop.at(stop.line, match.start(1), len(match[1])),
        key=match[1],
        home=LIST_OF_ITEM[match[1]],
    )
    start = match.start(1)
    fixed = f"{stop.text[:start]}- {stop.text[start:]}"
    return stop.failure(finding, stop.with_line(stop.line, fixed))


def recognise_unindented_text(stop: ParserStop) -> ParserFailure | None:
    """Recognise lines after ``text: |`` that begin where their key does."""
    first = stop.opened[0] if "expected ':'" in stop.problem else stop.line
    above = stop.above(first)
    if above is None or not _OPENS_TEXT.search(stop.lines[above]):
        return None
    key, own = _key_column(stop.lines[above]), len(indent_of(stop.lines[first]))
    if own > key or KEY.match(stop.lines[first]):
        return None
    end = first
    while end < len(stop.lines) and not KEY.match(stop.lines[end]):
        if stop.lines[end].strip() and len(indent_of(stop.lines[end])) < own:
            break
        end += 1
    shift = " " * (key + 2 - own)
    below = (shift + line if line.strip() else line for line in stop.lines[first:end])
    place = stop.at(first, own, len(stop.lines[first].strip()))
    fixed = (*stop.lines[:first], *below, *stop.lines[end:])
    return stop.failure(yaml_syntax_rules.TEXT_NOT_SHIFTED.at(place), fixed)


def recognise_wrong_indent(stop: ParserStop) -> ParserFailure | None:
    """Recognise a line that begins too far right or too far left.

    The parser often stops at the first line that is right after a wrong one, so the
    line above, the one that opens the group and its first one are suspected too.
    """
    stray = "<block end>" in stop.problem or "<document start>" in stop.problem
    nested = "mapping values" in stop.problem and stop.is_at_key
    text = stop.text.strip()
    if not (stray or nested) or not text or text[0] in "]},":
        return None
    suspects = dict.fromkeys((stop.line, stop.above(stop.line), *_opening(stop)))
    shifted = tuple(
        Explanation(_wrong_indent(stop, number), fixed)
        for number in suspects
        if number is not None
        for fixed in stop.realign(number) or (None,)
    )
    return stop.failure_from(
        (
            *_without_dash(stop, suspects),
            *shifted,
            *_shifted_groups(stop),
            *_valued_group(stop),
            _orphans(stop),
        )
    )


def _without_dash(
    stop: ParserStop, suspects: Iterable[int | None]
) -> Iterator[Explanation]:
    """Explain the first key of a list's item that lacks its dash, the others shifted."""
    for number in suspects:
        above = None if number is None else stop.above(number)
        if number is None or above is None or number + 1 >= len(stop.lines):
            continue
        key, home = KEY.match(stop.lines[number]), KEY.match(stop.lines[above])
        text, own = stop.lines[number], len(indent_of(stop.lines[number]))
        below = len(indent_of(stop.lines[number + 1]))
        if key is None or home is None or below <= own or text[own] == "-":
            continue
        if stop.lines[above][home.end() :].strip():
            continue
        width = key.start("colon") - own
        finding = yaml_syntax_rules.NO_DASH.at(
            stop.at(number, own, width),
            key=excerpt(text[own : own + width]),
            home=stop.lines[above][: home.start("colon")].strip(" -"),
        )
        fixed = f"{' ' * own}-{' ' * max(1, below - own - 1)}{text.strip()}"
        yield Explanation(finding, stop.with_line(number, fixed))


def _valued_group(stop: ParserStop) -> tuple[Explanation, ...]:
    """Explain a group below a key that has its value already: ``shows: models/x.glb``."""
    above = stop.above(stop.line)
    match = None if above is None else _VALUED.match(stop.lines[above])
    if above is None or match is None or match.start(2) >= len(indent_of(stop.text)):
        return ()
    finding = foreign_syntax_rules.VALUE_AND_GROUP.at(
        stop.at(above, match.start(2), len(match[2])),
        key=excerpt(match[2]),
        value=excerpt(match[3]),
    )
    fixed = stop.with_line(above, f"{match[1]}{match[2]}:")
    return (Explanation(finding, fixed),)


def _shifted_groups(stop: ParserStop) -> tuple[Explanation, ...]:
    """Explain a whole group too far right by its own shift."""
    above = stop.above(stop.line)
    if above is None or not KEY.match(stop.lines[above]):
        return ()
    own, end = len(indent_of(stop.text)), _group_end(stop)
    key = _key_column(stop.lines[above])
    if key >= own:
        return ()
    group = (line[own - key :] for line in stop.lines[stop.line : end])
    fixed = (*stop.lines[: stop.line], *group, *stop.lines[end:])
    return (Explanation(_wrong_indent(stop, stop.line), fixed),)


def _key_column(line: str) -> int:
    """Return where a line's first word begins, its dashes aside."""
    match = _SHIFT.match(line)
    return match.end() if match else 0


def _group_end(stop: ParserStop) -> int:
    """Return the line after the last that begins at least as far right."""
    own, end = len(indent_of(stop.text)), stop.line + 1
    while end < len(stop.lines) and (
        not stop.lines[end].strip() or len(indent_of(stop.lines[end])) >= own
    ):
        end += 1
    return end


def _orphans(stop: ParserStop) -> Explanation:
    """Explain a whole group too far right: the line that announces it is missing."""
    own, end = len(indent_of(stop.text)), _group_end(stop)
    place = stop.at(stop.line, own, len(stop.text.strip()))
    finding = yaml_syntax_rules.LINES_UNDER_NO_KEY.at(place)
    above = stop.lines[stop.line - 1].strip() if stop.line else "?"
    if re.match(r"- +stop *:", stop.text.strip()) and (not above or above[0] == "#"):
        return Explanation(finding, stop.with_line(stop.line - 1, "stops:"))
    without = (*stop.lines[: stop.line], *[""] * (end - stop.line), *stop.lines[end:])
    return Explanation(finding, without)


def _opening(stop: ParserStop) -> tuple[int | None, int]:
    """Return the nearest line above that begins further left, and the one after it."""
    own, first, number = len(indent_of(stop.text)), stop.line, stop.above(stop.line)
    while number is not None and len(indent_of(stop.lines[number])) >= own:
        first, number = number, stop.above(number)
    return number, first


def _wrong_indent(stop: ParserStop, number: int) -> Diagnostic:
    width = len(indent_of(stop.lines[number]))
    above = stop.above(number)
    reference = 0 if above is None else len(indent_of(stop.lines[above]))
    return yaml_syntax_rules.WRONG_INDENT.at(
        stop.at(number, width), column=width + 1, above=reference + 1
    )
