"""Read YAML into nodes with locations, recovering from syntax mistakes.

YAML 1.1 turns ``no`` into False and ``12:30`` into 750, follows aliases without end
and keeps the last of two equal keys. Here a scalar stays what was typed, and what a
curator never needs (aliases, tags, several documents) is reported and refused. After a
mistake whose fix is certain enough, reading goes on, so that one run reports all.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import yaml

from tours.catalogue import encoding as encoding_rules
from tours.diagnostics import Edit, Location
from tours.source.composer import Composer
from tours.source.encoding import decode, decode_leniently
from tours.source.mistakes.parser_stop import ParserFailure
from tours.source.mistakes.recognition import explain_failure
from tours.source.nodes import to_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tours.diagnostics import Diagnostic
    from tours.source.encoding import Lines
    from tours.source.mistakes.parser_stop import Explanation
    from tours.source.nodes import Node

MAX_BYTES = 1_000_000
"""A tour of 300 stops in two languages takes half of it."""
MAX_MISTAKES = 20
"""A file with more is not a YAML file that someone nearly got right."""
MAX_CHARACTERS_READ = 4_000_000
"""In all attempts to fix a file: about two seconds."""
_QUOTES = 2
"""Signs that a fix may add before the place where the parser stopped."""
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
    """A file's root node, and its findings about syntax."""

    root: Node | None
    """None when the file can't be read, even after fixing what can be."""
    diagnostics: tuple[Diagnostic, ...]
    recovered_lines: frozenset[int] = frozenset()
    """Lines fixed by guess: what they say there is not worth a second finding."""


def read_source(
    path: Path,
    strange: Callable[[Node], int] | None = None,
    unsaved: bytes | None = None,
) -> Source:
    """Return the nodes of a YAML file; whatever its bytes, never an exception.

    Parameters
    ----------
    path
        The file.
    strange
        How little a root looks like what the file should hold: of several fixes of
        one mistake, the least strange is kept.
    unsaved
        What the file would hold; None: what it holds.
    """
    if unsaved is not None:
        return _parsed(path, unsaved, strange or _no_mismatch)
    try:
        if not path.is_file():  # a pipe would be waited for, a device read for ever
            return _refused(
                encoding_rules.UNREADABLE.at(Location(path), name=path.name)
            )
        if path.stat().st_size > MAX_BYTES:
            return _refused(
                encoding_rules.TOO_BIG.at(Location(path), most=MAX_BYTES // 1000)
            )
        content = path.read_bytes()
    except OSError:
        return _refused(encoding_rules.UNREADABLE.at(Location(path), name=path.name))
    return _parsed(path, content, strange or _no_mismatch)


@lru_cache(maxsize=256)
def _parsed(path: Path, content: bytes, strange: Callable[[Node], int]) -> Source:
    """Return the nodes of a file's content.

    What was read before is not read again: a folder is looked at after each save, and
    one file of it has changed.
    """
    lines, findings = decode(path, content)
    if lines is None:
        return Source(None, findings)
    return _RecoveringReader(path, strange).read(lines, findings)


def _no_mismatch(_root: Node) -> int:
    return 0


def read_source_line(location: Location) -> str | None:
    """Return the source line of a location, or None where there is none to show."""
    try:
        if not location.path.is_file() or location.path.stat().st_size > MAX_BYTES:
            return None
        lines = decode_leniently(location.path.read_bytes())
    except OSError:
        return None
    return lines[location.line - 1] if location.line <= len(lines) else None


def _refused(finding: Diagnostic) -> Source:
    return Source(None, (finding,))


class _RecoveringReader:
    """Reads on after each mistake, as long as the effort is worth it."""

    def __init__(self, path: Path, strange: Callable[[Node], int]) -> None:
        self._path = path
        self._strange = strange
        self._signs_left = MAX_CHARACTERS_READ

    def read(self, lines: Lines, reported: Sequence[Diagnostic]) -> Source:
        """Return the nodes, with all mistakes that could be fixed reported."""
        mistakes: list[Diagnostic] = []
        attempt, kept = self._attempt(lines), _FixedLines(self._path, lines)
        while isinstance(attempt, ParserFailure):
            explanation, following, is_sure = self._best(attempt)
            is_fixed = is_sure and following is not None
            mistakes.append(kept.with_edits(explanation, is_sure=is_fixed))
            if following is None or len(mistakes) > MAX_MISTAKES:
                return Source(None, (*reported, *mistakes))
            attempt = following
        recovered_lines = frozenset(finding.location.line for finding in mistakes)
        return Source(
            attempt.root, (*reported, *mistakes, *attempt.findings), recovered_lines
        )

    def _attempt(self, lines: Lines) -> Composer | ParserFailure:
        """Return the composed nodes, or the first complaint that stops the parser."""
        self._signs_left -= sum(map(len, lines))
        composer = Composer(self._path, lines)
        try:
            composer.compose(yaml.parse("\n".join(lines), Loader=yaml.SafeLoader))
        except _PARSER_FAILURES as error:
            return explain_failure(lines, error, composer)
        return composer

    def _best(
        self, stopped: ParserFailure
    ) -> tuple[Explanation, Composer | ParserFailure | None, bool]:
        """Return the explanation whose fix goes furthest, and what then follows.

        Of those that reach the end, the least strange is what was meant; last comes
        whether no other does as well and says something else.
        """
        best = stopped.explanations[0]
        following: Composer | ParserFailure | None = None
        reached: tuple[float, ...] = (stopped.line, stopped.column + _QUOTES)
        is_sure = True
        for explanation in stopped.explanations:
            if explanation.fixed is None or self._signs_left < 0:
                continue
            after = self._attempt(explanation.fixed)
            place = self._reach(after)
            if place > reached:
                best, following, reached = explanation, after, place
                is_sure = True
            elif place == reached and following is not None:
                is_sure = is_sure and _says(after) == _says(following)
        return best, following, is_sure

    def _reach(self, attempt: Composer | ParserFailure) -> tuple[float, ...]:
        if isinstance(attempt, ParserFailure):
            return attempt.line, attempt.column
        strange = self._strange(attempt.root) if attempt.root is not None else 0
        return math.inf, -(strange + len(attempt.findings))


_SAFE = frozenset(
    ("T002", "T003", "T004", "T006", "T008", "T009", "T012", "T013", "T024", "T025", "T029", "T157", "T158", "T159",
     "T160", "T162", "T163", "T167", "T170", "T171", "T172", "T174", "T190", "T218")
)  # fmt: skip
"""Mistakes whose fix changes no word, if it is the only one possible."""
_PERHAPS_MEANT = "&!|>,]}"
"""Signs that may have been typed on purpose: their text is not put in quotes unasked."""


class _FixedLines:
    """The lines of a file as mistakes are fixed, and what the file should say instead."""

    def __init__(self, path: Path, lines: Lines) -> None:
        self._path = path
        self._original = lines
        self._lines = lines
        self._unsafe: set[int] = set()

    def with_edits(self, explanation: Explanation, *, is_sure: bool) -> Diagnostic:
        """Return an explanation's finding, with what fixes it where that is safe."""
        finding, fixed = explanation.finding, explanation.fixed
        if fixed is None:
            return finding
        pairs = zip(self._lines, fixed, strict=True)
        changed = {i for i, (old, new) in enumerate(pairs) if old != new}
        self._lines = fixed
        if not (
            is_sure
            and _is_safe(finding, self._original)
            and changed.isdisjoint(self._unsafe)
        ):
            self._unsafe |= changed
            return finding
        return finding.with_edits(*(self._edit(i, fixed[i]) for i in sorted(changed)))

    def _edit(self, index: int, text: str) -> Edit:
        return Edit(
            Location(self._path, index + 1, 1, len(self._original[index])), text
        )


def _is_safe(finding: Diagnostic, lines: Lines) -> bool:
    if finding.code not in _SAFE:
        return False
    place = finding.location
    sign = lines[place.line - 1][place.column - 1 : place.column]
    return finding.code != "T012" or sign not in _PERHAPS_MEANT


def _says(attempt: Composer | ParserFailure | None) -> object:
    """Return what was read, without where it stands."""
    if attempt is None or isinstance(attempt, ParserFailure):
        return None
    return None if attempt.root is None else to_plain(attempt.root)
