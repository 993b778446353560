"""Place captions on a plan where they overlap nothing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from publishing.plan.geometry import PlanPoint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SIZE = 13.0
"""Of letters, in the plan's units."""
LEADING = 16.0
SMALL = 11.5
"""Of the names of what is around."""
_WIDTH = 0.56
"""Of a letter of the pages' font, on average, in its size; measured wide."""
_EDGE = 4.0
_GAP = 5.0
MOST_LINES = 4
_LONGEST = 30
_STEP = 5.0
"""Between the boxes that stand for a line."""
_CORNER_HEIGHT = 30.0
_ASIDE = tuple(sign * step / 20 for step in range(9) for sign in (1, -1))
"""Of its width, how far a caption above or below its mark may be moved."""


class CaptionLine(NamedTuple):
    """A line of a caption and its language."""

    text: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Caption:
    """Lines of text at a point of a plan."""

    at: PlanPoint
    """Of the first line: its base line, at the side that `anchor` says."""
    lines: tuple[CaptionLine, ...]
    anchor: Literal["start", "middle", "end"]


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: _Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def shorten_title(title: str) -> str:
    """Return a title cut between words to the length that a plan has room for."""
    if len(title) <= _LONGEST:
        return title
    return title[:_LONGEST].rpartition(" ")[0].rstrip(",;: ") + "…"


class CaptionPlacer:
    """Finds room for captions among the marks, lines and captions placed so far."""

    def __init__(self, width: float, height: float) -> None:
        self._frame = _Box(_EDGE, _EDGE, width - _EDGE, height - _EDGE)
        self._taken: list[_Box] = []
        self._avoided: list[_Box] = []
        self._edges: list[_Box] = []

    def take_mark(self, at: PlanPoint, width: float, height: float) -> None:
        """Keep the room of a mark."""
        self._taken.append(_centred_box(at, width, height))

    def take_corners(self, bar_units: float) -> None:
        """Keep the room of the scale bar, lower left, and of the north, upper right."""
        left, top, right, bottom = self._frame
        self._taken += [
            _Box(left, bottom - _CORNER_HEIGHT, left + bar_units + 20, bottom),
            _Box(right - _CORNER_HEIGHT, top, right, top + _CORNER_HEIGHT + 8),
        ]

    def avoid_line(self, line: Sequence[PlanPoint]) -> None:
        """Keep the room of a line free, as long as there is other room."""
        self._avoided += _line_boxes(line)

    def avoid_edge(self, line: Sequence[PlanPoint]) -> None:
        """Keep clear of the edge of a shape, where lines leave a choice."""
        self._edges += _line_boxes(line)

    def beside(
        self, at: PlanPoint, width: float, lines: Sequence[CaptionLine]
    ) -> Caption | None:
        """Return lines written beside a mark, at its freest side; None without room."""
        if not lines or len(lines) > MOST_LINES:
            return None
        sides = [
            side for side in _sides(at, width, tuple(lines)) if self._is_free(side[1])
        ]
        if not sides:
            return None
        caption, box = min(sides, key=lambda side: self._hidden(side[1]))
        self._taken.append(box)
        return caption

    def over(self, at: PlanPoint, word: CaptionLine) -> Caption | None:
        """Return a name written over a spot; None without room."""
        width = _WIDTH * SMALL * len(word.text)
        box = _centred_box(at, width, LEADING)
        if not self._is_free(box) or self._crosses(box):
            return None
        self._taken.append(box)
        return Caption(PlanPoint(at.x, at.y + SMALL / 3), (word,), "middle")

    def _hidden(self, box: _Box) -> tuple[int, int]:
        """Return how much a text would hide of lines, and of edges."""
        lines, edges = (
            sum(box.touches(other) for other in kind)
            for kind in (self._avoided, self._edges)
        )
        return lines, edges

    def _crosses(self, box: _Box) -> bool:
        return any(box.touches(other) for other in self._avoided)

    def _is_free(self, box: _Box) -> bool:
        left, top, right, bottom = self._frame
        is_inside = (
            left <= box.left
            and box.right <= right
            and top <= box.top
            and box.bottom <= bottom
        )
        return is_inside and not any(box.touches(other) for other in self._taken)


def _sides(
    at: PlanPoint, mark_width: float, lines: tuple[CaptionLine, ...]
) -> Iterator[tuple[Caption, _Box]]:
    """Give what lines would be at each side of a mark, the best side first."""
    width = max(_WIDTH * SIZE * len(line.text) for line in lines)
    height = LEADING * len(lines)
    middle = at.y - height / 2
    base = LEADING - (LEADING - SIZE) / 2 - SIZE * 0.2
    off = mark_width / 2 + _GAP
    lefts, rights = at.x - off, at.x + off
    tops = (at.y + 13 + _GAP - 1, at.y - 13 - _GAP + 1 - height)
    for up in (0.0, height / 3, -height / 3):
        top = middle - up
        box = _Box(rights, top, rights + width, top + height)
        yield Caption(PlanPoint(rights, top + base), lines, "start"), box
        box = _Box(lefts - width, top, lefts, top + height)
        yield Caption(PlanPoint(lefts, top + base), lines, "end"), box
    for aside in _ASIDE:
        x = at.x + aside * width
        for top in tops:
            box = _Box(x - width / 2, top, x + width / 2, top + height)
            yield Caption(PlanPoint(x, top + base), lines, "middle"), box


def _line_boxes(line: Sequence[PlanPoint]) -> Iterator[_Box]:
    """Give the boxes that stand for a line."""
    for start, end in pairwise(line):
        steps = max(1, round(math.dist(start, end) / _STEP))
        for i in range(steps + 1):
            x = start.x + (end.x - start.x) * i / steps
            y = start.y + (end.y - start.y) * i / steps
            yield _centred_box(PlanPoint(x, y), _STEP, _STEP)


def _centred_box(at: PlanPoint, width: float, height: float) -> _Box:
    return _Box(
        at.x - width / 2, at.y - height / 2, at.x + width / 2, at.y + height / 2
    )
