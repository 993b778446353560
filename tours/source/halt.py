"""Where the parser stopped, and what the lines around it look like."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from tours.diagnostics import Location
from tours.source.composing import FalseKeyError, marks
from tours.source.spaces import indent_of, tab_column

if TYPE_CHECKING:
    from pathlib import Path

    from tours.diagnostics import Diagnostic
    from tours.source.decoding import Lines

KEY = re.compile(r" *(?:- +)*[\w-]+(?P<colon>:)(?=\s|$)")
"""A line that begins with a key."""
COMMENT = re.compile(r"\s+#.*$")


@dataclass(frozen=True, slots=True)
class Complaint:
    """One slip: what to tell, and texts of the file in which it may be mended."""

    line: int
    """Where the parser stopped, counted from 0."""
    column: int
    finding: Diagnostic
    mendings: tuple[Lines, ...] = ()
    """From the likeliest; none when nothing can be read beyond the slip."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the file; lines and columns count from 0, the end is excluded."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Halt:
    """Where and why the parser stopped; lines and columns count from 0."""

    path: Path
    lines: Lines
    line: int
    column: int
    opened: tuple[int, int]
    """Line and column where what was being read began."""
    problem: str
    context: str
    quoted: Span | None = None
    """The text in quotes read last, when nothing but spaces parts it from here."""
    bracketed: Span | None = None
    """The closing bracket read last, when it is on this line."""

    @property
    def text(self) -> str:
        """The line where the parser stopped."""
        return self.lines[self.line]

    def at(self, line: int, column: int, length: int = 1) -> Location:
        """Return a place of this file, counted from 0, as curators count."""
        return Location(self.path, line + 1, column + 1, max(1, length))

    def above(self, line: int) -> int | None:
        """Return the nearest line above that says something, or None."""
        for number in range(line - 1, -1, -1):
            text = self.lines[number].strip()
            if text and not text.startswith("#"):
                return number
        return None

    @property
    def is_at_key(self) -> bool:
        """Whether the parser stopped at the colon of ``key:``, first on its line."""
        match = KEY.match(self.text)
        return match is not None and match.start("colon") == self.column

    def complaint(self, finding: Diagnostic, *mendings: Lines) -> Complaint:
        """Return what to tell and how the file may be mended."""
        return Complaint(self.line, self.column, finding, mendings)

    def with_line(self, line: int, text: str) -> Lines:
        """Return the file with one line replaced."""
        return (*self.lines[:line], text, *self.lines[line + 1 :])

    def realigned(self, line: int) -> tuple[Lines, ...]:
        """Return the file with one line begun where its neighbours begin, variously."""
        text = self.lines[line].strip()
        widths = self._widths(line, text)
        own = len(indent_of(self.lines[line]))
        is_tabbed = tab_column(self.lines[line]) is not None
        unique = dict.fromkeys(w for w in widths if w >= 0 and (is_tabbed or w != own))
        return tuple(self.with_line(line, " " * width + text) for width in unique)

    def _widths(self, line: int, text: str) -> list[int]:
        widths = []
        above = self.above(line)
        if above is not None:
            before = self.lines[above]
            width = len(indent_of(before))
            dash = re.match(r" *(?:- +)+", before)
            inner = len(dash[0]) if dash else width
            opens = COMMENT.sub("", before).rstrip().endswith(":")
            widths = [inner + 2, inner, width] if opens else [inner, width, width - 2]
            if text.startswith("- "):
                widths = [width, *widths]
        below = next((row for row in self.lines[line + 1 :] if row.strip()), "")
        return [*widths, len(indent_of(below))]


def halt(path: Path, lines: Lines, error: Exception, last: yaml.Event | None) -> Halt:
    """Return where a parser's failure leaves the reader.

    Parameters
    ----------
    path, lines
        The file, and its text as the parser was given it.
    error
        What the parser raised.
    last
        The last event that the parser gave before.
    """
    if isinstance(error, FalseKeyError):
        return Halt(path, lines, error.line, 0, (error.line, 0), "", "")
    if not isinstance(error, yaml.YAMLError):
        return _at_escape(path, lines, last)
    opened = getattr(error, "context_mark", None)
    mark = getattr(error, "problem_mark", None) or opened
    if mark is None and last is not None:
        mark = marks(last)[1]
    line, column = (mark.line, mark.column) if mark else (0, 0)
    line = min(line, len(lines) - 1)
    context = str(getattr(error, "context", None) or "")
    quoted, bracketed = _before(lines[line], line, column, last)
    return Halt(
        path=path,
        lines=lines,
        line=line,
        column=column,
        opened=(opened.line, opened.column) if opened else (line, column),
        problem=str(getattr(error, "problem", None) or ""),
        context=context,
        quoted=quoted,
        bracketed=bracketed,
    )


def as_quoted(text: str) -> str:
    """Return a text as YAML reads it back whatever its signs."""
    return json.dumps(text, ensure_ascii=False)


def _at_escape(path: Path, lines: Lines, last: yaml.Event | None) -> Halt:
    """Return the halt at the first escape: no other sum of the scanner can fail."""
    first = marks(last)[1].line if last is not None else 0
    for number in range(first, len(lines)):
        match = re.search(r"\\[Uux]", lines[number])
        if match:
            place = (number, match.start())
            return Halt(path, lines, *place, place, "", "double-quoted")
    return Halt(path, lines, first, 0, (first, 0), "", "")


def _before(
    text: str, line: int, column: int, last: yaml.Event | None
) -> tuple[Span | None, Span | None]:
    """Return the text in quotes, or else the bracket, that was read last."""
    if last is None:
        return None, None
    start, end = marks(last)
    span = Span(start.line, start.column, end.line, end.column)
    if end.line != line:
        return None, None
    if isinstance(last, yaml.ScalarEvent) and last.style in ("'", '"'):
        gap = text[end.column : column]
        return (None, None) if gap.strip() else (span, None)
    is_end = isinstance(last, (yaml.MappingEndEvent, yaml.SequenceEndEvent))
    closed = is_end and text[end.column - 1 : end.column] in ("]", "}")
    return None, span if closed else None
