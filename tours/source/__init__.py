"""Read YAML as text with places: nothing implicit, every complaint in our own words.

YAML 1.1 turns ``no`` into False and ``12:30`` into 750, follows aliases without end
and keeps the last of two equal keys. Here a scalar stays what was typed, and what a
curator never needs (aliases, tags, several documents) is told and refused. After a
slip whose mending is certain enough, reading goes on, so that one run tells all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from tours.catalogue import syntax as rules
from tours.diagnostics import Location
from tours.source.complaints import complaint
from tours.source.composing import Composer
from tours.source.decoding import Lines, decoded, lenient_lines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tours.diagnostics import Diagnostic
    from tours.source.halt import Complaint
    from tours.source.nodes import Node

MOST_BYTES = 1_000_000
"""A tour of 300 stops in two languages takes half of it."""
MOST_MENDS = 20
"""A file with more slips than this is not a YAML file that someone nearly got right."""
MOST_MENDED_SIGNS = 200_000
"""Beyond, each new attempt would take its time: the first slip only is told."""
_QUOTES = 2
"""Signs that a mending may add before the place where the parser stopped."""
_PARSER_FAILURES = (
    yaml.YAMLError,
    # Out of PyYAML's scanner: `chr` of an escape beyond Unicode, `int` of endless digits.
    ValueError,
    OverflowError,
    IndexError,
    RecursionError,
)


@dataclass(frozen=True, slots=True)
class Source:
    """What a file holds, and what is wrong with how it is written."""

    root: Node | None
    """None when the file can't be read, even after mending what can be."""
    diagnostics: tuple[Diagnostic, ...]


def read_source(path: Path) -> Source:
    """Return the nodes of a YAML file; whatever its bytes, never an exception."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return _refused(rules.TOO_BIG.at(Location(path), most=MOST_BYTES // 1000))
        content = path.read_bytes()
    except OSError:
        return _refused(rules.UNREADABLE.at(Location(path), name=path.name))
    lines, findings = decoded(path, content)
    if lines is None:
        return Source(None, findings)
    return _composed(path, lines, findings)


def line_of(location: Location) -> str | None:
    """Return the source line of a location, or None where there is none to show."""
    try:
        if location.path.stat().st_size > MOST_BYTES:
            return None
        lines = lenient_lines(location.path.read_bytes())
    except OSError:
        return None
    return lines[location.line - 1] if location.line <= len(lines) else None


def _refused(finding: Diagnostic) -> Source:
    return Source(None, (finding,))


def _composed(path: Path, lines: Lines, told: Sequence[Diagnostic]) -> Source:
    """Compose, mending slips one by one; once mending fails, what is certain is told."""
    findings = list(told)
    mends = MOST_MENDS if sum(map(len, lines)) <= MOST_MENDED_SIGNS else 1
    for _ in range(mends):
        attempt = _attempt(path, lines)
        if isinstance(attempt, Composer):
            findings.extend(attempt.findings)
            return Source(attempt.root, tuple(findings))
        findings.append(attempt.finding)
        mended = _mended(path, lines, attempt) if mends > 1 else None
        if mended is None:
            return Source(None, tuple(findings))
        lines = mended
    return Source(None, tuple(findings))


def _attempt(path: Path, lines: Lines) -> Composer | Complaint:
    """Return the composed nodes, or the first complaint that stops the parser."""
    composer = Composer(path, lines)
    try:
        composer.compose(yaml.parse("\n".join(lines), Loader=yaml.SafeLoader))
    except _PARSER_FAILURES as error:
        return complaint(path, lines, error, composer.last)
    return composer


def _mended(path: Path, lines: Lines, attempt: Complaint) -> Lines | None:
    """Return the proposed mending that lets the parser go furthest, if any does.

    Of those that let it reach the end, the one that leaves the fewest keys without a
    value is what was meant: a group shifted too little leaves its key empty.
    """
    best, reached = None, (attempt.line, attempt.column + _QUOTES, 0)
    for mended in attempt.mendings:
        after = _attempt(path, mended)
        if isinstance(after, Composer):
            place = (len(mended), 0, -after.empty_values)
        else:
            place = (after.line, after.column, 0)
        if place > reached:
            best, reached = mended, place
    return best
