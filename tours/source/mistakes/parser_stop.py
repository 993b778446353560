"""The place where the YAML parser stopped, and the lines around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from tours.diagnostics import Location
from tours.source.composer import FalseKeyError, SecondDocumentError
from tours.source.nodes import event_marks
from tours.source.text import find_tab, indent_of

if TYPE_CHECKING:
    from pathlib import Path

    from tours.diagnostics import Diagnostic
    from tours.source.composer import Composer
    from tours.source.encoding import Lines

KEY = re.compile(r" *(?:- +)*[\w-]+(?P<colon>:)(?=\s|$)")
"""A line that begins with a key."""
_OPENING = ("[", "{")
MAX_INDENTS = 8
MAX_LINES_ABOVE = 60
"""A group's first line is rarely farther."""
COMMENT = re.compile(r"\s+#.*$")


@dataclass(frozen=True, slots=True)
class Explanation:
    """A mistake that may be why the parser stopped."""

    finding: Diagnostic
    fixed: Lines | None
    """The file without the mistake; None when nothing can be read beyond it."""


@dataclass(frozen=True, slots=True)
class ParserFailure:
    """Where the parser stopped, counted from 0, and what may explain it."""

    line: int
    column: int
    explanations: tuple[Explanation, ...]
    """At least one, from the likeliest."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the file; lines and columns count from 0, the end is excluded."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class ParserStop:
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
    open_bracket: tuple[int, int] | None = None
    """Line and column of the innermost bracket that is not closed yet."""

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

    def failure(self, finding: Diagnostic, *fixes: Lines) -> ParserFailure:
        """Return one finding as the explanation, with ways to fix it."""
        ways = fixes or (None,)
        return self.failure_from(tuple(Explanation(finding, way) for way in ways))

    def failure_from(self, explanations: tuple[Explanation, ...]) -> ParserFailure:
        """Return what may explain that the parser stopped here."""
        return ParserFailure(self.line, self.column, explanations)

    def with_line(self, line: int, text: str) -> Lines:
        """Return the file with one line replaced."""
        return (*self.lines[:line], text, *self.lines[line + 1 :])

    def realign(self, line: int) -> tuple[Lines, ...]:
        """Return the file with one line begun wherever a line above begins, variously."""
        text = self.lines[line].strip()
        own = len(indent_of(self.lines[line]))
        is_tabbed = find_tab(self.lines[line]) is not None
        widths = dict.fromkeys(w for w in self._widths(line) if is_tabbed or w != own)
        nearest_first = sorted(widths, key=lambda width: abs(width - own))
        return tuple(
            self.with_line(line, " " * width + text)
            for width in nearest_first[:MAX_INDENTS]
        )

    def _widths(self, line: int) -> set[int]:
        """Return the columns where lines above begin, and where they open a group."""
        widths = set()
        for text in self.lines[max(0, line - MAX_LINES_ABOVE) : line]:
            if text.strip() and not text.lstrip().startswith("#"):
                dash = re.match(r" *(?:- +)*", text)
                width = len(indent_of(text))
                widths |= {width, len(dash[0]) if dash else width, width + 2}
        return widths or {0}


def locate_stop(lines: Lines, error: Exception, composer: Composer) -> ParserStop:
    """Return the place where a parser's exception says that it stopped.

    Parameters
    ----------
    lines
        The file's text as the parser was given it.
    error
        What the parser raised.
    composer
        As far as it came.
    """
    path, last = composer.path, composer.last
    if isinstance(error, (FalseKeyError, SecondDocumentError)):
        return ParserStop(path, lines, error.line, 0, (error.line, 0), "", "")
    if not isinstance(error, yaml.YAMLError):
        return _at_escape(path, lines, last)
    opened = getattr(error, "context_mark", None)
    mark = getattr(error, "problem_mark", None) or opened
    if mark is None and last is not None:
        mark = event_marks(last)[1]
    line, column = (mark.line, mark.column) if mark else (0, 0)
    line = min(line, len(lines) - 1)
    context = str(getattr(error, "context", None) or "")
    quoted, bracketed = _before(lines[line], line, column, last)
    return ParserStop(
        path=path,
        lines=lines,
        line=line,
        column=column,
        opened=(opened.line, opened.column) if opened else (line, column),
        problem=str(getattr(error, "problem", None) or ""),
        context=context,
        quoted=quoted,
        bracketed=bracketed,
        open_bracket=_innermost(lines, composer.brackets),
    )


def _innermost(lines: Lines, opened: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the last bracket opened; ``[a: b]`` opens a group without one."""
    brackets = (p for p in reversed(opened) if lines[p[0]][p[1] : p[1] + 1] in _OPENING)
    return next(brackets, None)


def _at_escape(path: Path, lines: Lines, last: yaml.Event | None) -> ParserStop:
    """Return the stop at the first escape: nothing else in the scanner raises so."""
    first = event_marks(last)[1].line if last is not None else 0
    for number in range(first, len(lines)):
        match = re.search(r"\\[Uux]", lines[number])
        if match:
            place = (number, match.start())
            return ParserStop(path, lines, *place, place, "", "double-quoted")
    return ParserStop(path, lines, first, 0, (first, 0), "", "")


def _before(
    text: str, line: int, column: int, last: yaml.Event | None
) -> tuple[Span | None, Span | None]:
    """Return the text in quotes, or else the bracket, that was read last."""
    if last is None:
        return None, None
    start, end = event_marks(last)
    span = Span(start.line, start.column, end.line, end.column)
    if end.line != line:
        return None, None
    if isinstance(last, yaml.ScalarEvent) and last.style in ("'", '"'):
        gap = text[end.column : column]
        return (None, None) if gap.strip() else (span, None)
    is_end = isinstance(last, (yaml.MappingEndEvent, yaml.SequenceEndEvent))
    closed = is_end and text[end.column - 1 : end.column] in ("]", "}")
    return None, span if closed else None
