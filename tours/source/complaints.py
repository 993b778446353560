"""What stopped the parser, told as what the curator did.

The parser's own sentence is never shown: it names the place where reading failed,
which is often not where the slip is. From that place, and from what the lines around
it look like, the slip is recognised, and mendings are proposed to read on.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from tours.catalogue import syntax as rules
from tours.diagnostics import Location
from tours.source.composing import NoBreakIndentError, marks
from tours.source.shown import shown
from tours.source.spaces import (
    indent_of,
    no_break_span,
    tab_column,
    with_plain_indent,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tours.diagnostics import Diagnostic
    from tours.source.decoding import Lines

_GLUED_COLON = re.compile(r"( *(?:- +)*)([\w-]+)(:)([^\s/:].*|[\u00a0\u202f].*)$")
_KEY = re.compile(r" *(?:- +)*[\w-]+(?P<colon>:)(?=\s|$)")
_KEY_AND_TEXT = re.compile(r"( *(?:- +)*[^\s:]+ *:\s+)(.*?)(\s+#.*)?$")
_RESERVED = "@`%&*!|>?-,]}#"


@dataclass(frozen=True, slots=True)
class Complaint:
    """One slip: what to tell, and texts of the file in which it may be mended."""

    line: int
    """Where the parser stopped, counted from 0."""
    finding: Diagnostic
    mendings: tuple[Lines, ...] = ()
    """From the likeliest; none when nothing can be read beyond the slip."""


@dataclass(frozen=True, slots=True)
class _Stop:
    """Where and why the parser stopped; lines and columns count from 0."""

    path: Path
    lines: Lines
    line: int
    column: int
    opened: tuple[int, int]
    """Where what was being read began."""
    problem: str
    context: str
    last: yaml.Event | None

    @property
    def text(self) -> str:
        return self.lines[self.line] if self.line < len(self.lines) else ""

    def at(self, line: int, column: int, length: int = 1) -> Location:
        return Location(self.path, line + 1, column + 1, max(1, length))

    def previous(self, line: int) -> int | None:
        """Return the nearest line above that says something, or None."""
        for number in range(min(line, len(self.lines)) - 1, -1, -1):
            if self.lines[number].strip() and not self.lines[
                number
            ].lstrip().startswith("#"):
                return number
        return None

    def complaint(self, finding: Diagnostic, *mendings: Lines) -> Complaint:
        return Complaint(self.line, finding, mendings)

    def with_line(self, line: int, text: str) -> Lines:
        return (*self.lines[:line], text, *self.lines[line + 1 :])


def complaint(
    path: Path, lines: Lines, error: Exception, last: yaml.Event | None
) -> Complaint:
    """Return the slip behind a parser's failure.

    Parameters
    ----------
    path, lines
        The file, and its text as the parser was given it.
    error
        What the parser raised.
    last
        The last event that the parser gave before.
    """
    stop = _stop(path, lines, error, last)
    for recognise in _RECOGNISERS:
        found = recognise(stop)
        if found is not None:
            return found
    column = min(stop.column, max(0, len(stop.text) - 1))
    return stop.complaint(rules.UNREADABLE_HERE.at(stop.at(stop.line, column)))


def _stop(path: Path, lines: Lines, error: Exception, last: yaml.Event | None) -> _Stop:
    if isinstance(error, NoBreakIndentError):
        place = (error.line, 0)
        return _Stop(path, lines, *place, place, "no-break spaces", "", last)
    problem_mark = getattr(error, "problem_mark", None)
    context_mark = getattr(error, "context_mark", None)
    fallback = last.end_mark if last is not None and last.end_mark else None
    mark = problem_mark or context_mark or fallback
    line, column = (mark.line, mark.column) if mark else (0, 0)
    line = min(line, len(lines) - 1)
    opened = (
        (context_mark.line, context_mark.column) if context_mark else (line, column)
    )
    problem = str(getattr(error, "problem", None) or "")
    context = str(getattr(error, "context", None) or "")
    if isinstance(error, (ValueError, OverflowError)):
        context = "double-quoted"
    return _Stop(path, lines, line, column, opened, problem, context, last)


def _tab(stop: _Stop) -> Complaint | None:
    """A tab indents the line where the parser stopped, or stands between two words."""
    column = tab_column(stop.text)
    if column is None:
        if stop.column < len(stop.text) and stop.text[stop.column] == "\t":
            mended = stop.with_line(stop.line, stop.text.replace("\t", " "))
            return stop.complaint(
                rules.TAB.at(stop.at(stop.line, stop.column), count=1), mended
            )
        return None
    tabbed = [i for i, line in enumerate(stop.lines) if tab_column(line) is not None]
    finding = rules.TAB.at(stop.at(stop.line, column), count=len(tabbed))
    if len(tabbed) == 1:
        return stop.complaint(finding, *_realigned(stop, stop.line))
    whole = [
        tuple(with_plain_indent(line, width) for line in stop.lines)
        for width in (2, 4, 8)
    ]
    return stop.complaint(finding, *whole)


def _no_break_spaces(stop: _Stop) -> Complaint | None:
    """No-break spaces indent the line where the parser stopped, or the one above."""
    above = stop.previous(stop.line)
    for number in (stop.line, above, stop.opened[0]):
        span = None if number is None else no_break_span(stop.lines[number])
        if number is None or span is None:
            continue
        mended = tuple(with_plain_indent(line) for line in stop.lines)
        count = sum(no_break_span(line) is not None for line in stop.lines)
        place = stop.at(number, span[0], span[1] - span[0])
        return stop.complaint(rules.NO_BREAK_INDENT.at(place, count=count), mended)
    return None


def _unclosed_quote(stop: _Stop) -> Complaint | None:
    """A text in quotes runs to the end of the file, or to the next quote of another."""
    if "quoted scalar" in stop.context and (
        "end of stream" in stop.problem or "document separator" in stop.problem
    ):
        line, column = stop.opened
    else:
        quoted = _quoted_just_before(stop)
        if quoted is None or quoted.start_mark.line == quoted.end_mark.line:
            return None
        line, column = quoted.start_mark.line, quoted.start_mark.column
    text = stop.lines[line]
    finding = rules.UNCLOSED_QUOTE.at(
        stop.at(line, column, len(text.rstrip()) - column), quote=text[column]
    )
    body = text[column + 1 :].rstrip()
    closed = text[:column] + _quoted(body)
    return Complaint(line, finding, (stop.with_line(line, closed),))


def _text_after_quote(stop: _Stop) -> Complaint | None:
    """A quote or an apostrophe inside a text in quotes ends it too early."""
    quoted = _quoted_just_before(stop)
    if quoted is None:
        return None
    line, column = quoted.start_mark.line, quoted.start_mark.column
    text = stop.lines[line]
    value = text[column:].rstrip()
    inner = value[1:-1] if value.endswith(value[0]) else value[1:]
    remedy = f"“{inner}”" if '"' in value else f'"{inner}"'
    finding = rules.TEXT_AFTER_QUOTE.at(
        stop.at(line, quoted.end_mark.column - 1),
        quote=text[column],
        remedy=shown(remedy) if value[0] == '"' else f'"{shown(inner)}"',
    )
    mended = stop.with_line(line, text[:column] + _quoted(inner))
    return stop.complaint(finding, mended)


def _quoted_just_before(stop: _Stop) -> yaml.ScalarEvent | None:
    """Return the text in quotes that ends right before where the parser stopped."""
    last = stop.last
    if not isinstance(last, yaml.ScalarEvent) or last.style not in ("'", '"'):
        return None
    gap = stop.text[last.end_mark.column : stop.column]
    same_line = last.end_mark.line == stop.line
    return last if same_line and not gap.strip() else None


def _escape(stop: _Stop) -> Complaint | None:
    """A backslash in a text in double quotes: ``"C:\\dossier"``."""
    if "double-quoted" not in stop.context:
        return None
    column = stop.text.rfind("\\", 0, stop.column + 1)
    if column < 0:
        return None
    mended = stop.text[:column] + "\\" + stop.text[column:]
    finding = rules.BACKSLASH.at(stop.at(stop.line, column, 2))
    return stop.complaint(finding, stop.with_line(stop.line, mended))


def _glued_colon(stop: _Stop) -> Complaint | None:
    """``title:Le marteau``, where the parser stopped or on the line above."""
    if "':'" not in stop.problem and "mapping values" not in stop.problem:
        return None
    for number in (stop.opened[0], stop.previous(stop.opened[0])):
        match = None if number is None else _GLUED_COLON.match(stop.lines[number])
        if number is None or match is None:
            continue
        key, rest = match[2], match[4].strip()
        place = stop.at(number, match.start(2), len(key) + 1)
        finding = rules.NO_SPACE_AFTER_COLON.at(
            place, key=shown(key), remedy=shown(f"{key}: {rest}")
        )
        mended = f"{match[1]}{key}: {rest}"
        return stop.complaint(finding, stop.with_line(number, mended))
    return None


def _colon_in_text(stop: _Stop) -> Complaint | None:
    """``fr: Le Creusot : de la forge``: the parser takes the text for a key."""
    in_braces = "but got ':'" in stop.problem
    if "mapping values" not in stop.problem and not in_braces:
        return None
    before = stop.text[: stop.column]
    match = _KEY_AND_TEXT.match(stop.text)
    if in_braces or match is None or match.end(1) > stop.column:
        if not in_braces and not before.endswith(" "):
            return None
        place = stop.at(stop.line, stop.column)
        words = re.split(r"[{,:]\s", before)[-1].strip()
        after = re.split(r"[,}]", stop.text[stop.column :])[0].strip()
        finding = rules.COLON_IN_TEXT.at(place, remedy=shown(f'"{words} {after}"'))
        start = before.rfind(words) if words else stop.column
        end = stop.column + len(re.split(r"[,}]", stop.text[stop.column :])[0].rstrip())
        quoted = _quoted(stop.text[start:end])
        mended = stop.text[:start] + quoted + stop.text[end:]
        return stop.complaint(finding, stop.with_line(stop.line, mended))
    key, value, comment = match[1], match[2], match[3] or ""
    finding = rules.COLON_IN_TEXT.at(
        stop.at(stop.line, stop.column), remedy=shown(f"{key.strip()} {_quoted(value)}")
    )
    mended = key + _quoted(value) + comment
    return stop.complaint(finding, stop.with_line(stop.line, mended))


def _bracket_text(stop: _Stop) -> Complaint | None:
    """``fr: [Plan](…)``: a text that begins with a bracket, read as a list."""
    last = stop.last
    if not isinstance(last, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
        return None
    end = last.end_mark
    if end.line != stop.line or stop.text[end.column - 1 : end.column] not in (
        "]",
        "}",
    ):
        return None
    match = _KEY_AND_TEXT.match(stop.text)
    if match is None or not match[2] or match[2][0] not in "[{":
        return None
    return _reserved(stop, stop.line, match.start(2))


def _reserved_sign(stop: _Stop) -> Complaint | None:
    """A text begins with a sign that YAML keeps for itself."""
    line, column = stop.line, stop.column
    if re.search(
        r"scanning an? (alias|anchor|tag|block scalar)|parsing a tag", stop.context
    ):
        line, column = stop.opened
    elif re.search(r"tag handle|not allowed here", stop.problem):
        pass
    elif "cannot start any token" not in stop.problem:
        return None
    text = stop.lines[line]
    if column < len(text) and text[column] in _RESERVED:
        return _reserved(stop, line, column)
    return None


def _reserved(stop: _Stop, line: int, column: int) -> Complaint:
    text = stop.lines[line]
    place = stop.at(line, column)
    value = re.sub(r"\s+#.*$", "", text[column:]).rstrip()
    finding = rules.RESERVED_SIGN.at(place, sign=text[column])
    mended = text[:column] + _quoted(value)
    return stop.complaint(finding, stop.with_line(line, mended))


def _bracket(stop: _Stop) -> Complaint | None:
    """A ``[`` or ``{`` that is never closed, or not by its own partner."""
    if "flow" not in stop.context:
        return None
    line, column = stop.opened
    text = stop.lines[line]
    sign = text[column : column + 1]
    if sign not in ("[", "{"):
        return None
    partner = {"[": "]", "{": "}"}[sign]
    finding = rules.UNCLOSED_BRACKET.at(
        stop.at(line, column), sign=sign, partner=partner
    )
    comment = re.search(r"\s+#.*$", text)
    end = comment.start() if comment else len(text.rstrip())
    closed = text[:end].rstrip(", ") + " " + partner
    return Complaint(line, finding, (stop.with_line(line, closed),))


def _line_without_key(stop: _Stop) -> Complaint | None:
    """A line that is neither ``key: value`` nor the continuation of a text."""
    if "could not find expected ':'" in stop.problem:
        line = stop.opened[0]
    elif "mapping values" in stop.problem and _is_key_colon(stop):
        above = stop.previous(stop.line)
        if above is None or _KEY.match(stop.lines[above]):
            return None
        line = above
    else:
        return None
    text = stop.lines[line]
    indent = len(indent_of(text))
    place = stop.at(line, indent, len(text.strip()))
    finding = rules.LINE_WITHOUT_KEY.at(place, text=shown(text.strip()))
    without = stop.with_line(line, "")
    return stop.complaint(finding, without)


def _indent(stop: _Stop) -> Complaint | None:
    """A line that begins too far right or too far left."""
    stray = "<block end>" in stop.problem or "<document start>" in stop.problem
    nested = "mapping values" in stop.problem and _is_key_colon(stop)
    if not stray and not nested:
        return None
    indent = len(indent_of(stop.text))
    if not stop.text.strip() or stop.text.lstrip()[0] in "]},":
        return None
    above = stop.previous(stop.line)
    reference = 0 if above is None else len(indent_of(stop.lines[above]))
    finding = rules.WRONG_INDENT.at(
        stop.at(stop.line, indent),
        column=indent + 1,
        above=reference + 1,
    )
    return stop.complaint(finding, *_realigned(stop, stop.line))


def _is_key_colon(stop: _Stop) -> bool:
    """Return whether the parser stopped at the colon of ``key:``, first on its line."""
    match = _KEY.match(stop.text)
    return match is not None and match.start("colon") == stop.column


def _realigned(stop: _Stop, line: int) -> tuple[Lines, ...]:
    """Return the file with one line begun where its neighbours begin."""
    above, text = stop.previous(line), stop.lines[line].strip()
    widths = []
    if above is not None:
        before = stop.lines[above]
        opens = before.split(" #")[0].rstrip().endswith(":")
        width = len(indent_of(before))
        dash = re.match(r" *- +", before)
        inner = len(dash[0]) if dash else width
        widths = [inner + 2, inner, width] if opens else [inner, width, width - 2]
        if text.startswith("- "):
            widths = [width, *widths]
    below = next((row for row in stop.lines[line + 1 :] if row.strip()), "")
    widths.append(len(indent_of(below)))
    own = len(indent_of(stop.lines[line]))
    unique = dict.fromkeys(width for width in widths if width >= 0 and width != own)
    if tab_column(stop.lines[line]) is not None:
        unique = dict.fromkeys(width for width in widths if width >= 0)
    return tuple(stop.with_line(line, " " * width + text) for width in unique)


def _quoted(text: str) -> str:
    """Return a text as YAML reads it back whatever its signs."""
    return json.dumps(text, ensure_ascii=False)


_RECOGNISERS: tuple[Callable[[_Stop], Complaint | None], ...] = (
    _no_break_spaces,
    _tab,
    _unclosed_quote,
    _text_after_quote,
    _escape,
    _glued_colon,
    _colon_in_text,
    _bracket_text,
    _reserved_sign,
    _bracket,
    _line_without_key,
    _indent,
)
