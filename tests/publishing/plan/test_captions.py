"""Where texts stand on a plan: clear of lines, and of edges where there is a choice."""

from __future__ import annotations

import pytest

from publishing.plan.captions import LEADING, SIZE, Caption, CaptionLine, CaptionPlacer
from publishing.plan.geometry import PlanPoint

LETTER = 0.56 * SIZE
STOPS = (
    CaptionLine("1 The steam hammer", "en"),
    CaptionLine("2 One blow of the hammer", "en"),
    CaptionLine("3 From the hall to the square", "en"),
)
NARROW = (340.0, 420.0)
"""The plan of a tour from south to north."""


def sides_of(caption: Caption) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of what is written."""
    width = LETTER * max(len(line.text) for line in caption.lines)
    before = {"start": 0.0, "middle": width / 2, "end": width}[caption.anchor]
    left, top = caption.at.x - before, caption.at.y - SIZE
    return left, top, left + width, top + LEADING * len(caption.lines)


def test_long_titles_below_a_mark_move_aside_rather_than_over_the_route() -> None:
    """Above is the route, at both sides there is no room, and at the foot is the scale."""
    mark = PlanPoint(216, 342)
    room = CaptionPlacer(*NARROW)
    room.take_mark(mark, 37, 26)
    room.take_corners(90)
    room.avoid_line([mark, PlanPoint(124, 78)])

    caption = room.beside(mark, 37, STOPS)

    assert caption is not None
    left, top, right, bottom = sides_of(caption)
    assert top > mark.y
    assert left > 114
    assert right < 336
    assert bottom < 416


def test_a_title_stands_beside_its_mark_where_nothing_else_does() -> None:
    caption = CaptionPlacer(*NARROW).beside(PlanPoint(100, 200), 26, STOPS[:1])

    assert caption is not None
    assert caption.anchor == "start"
    assert sides_of(caption)[0] == pytest.approx(118)


def test_a_title_keeps_clear_of_the_edge_of_a_building() -> None:
    room = CaptionPlacer(*NARROW)
    room.avoid_edge([PlanPoint(150, 150), PlanPoint(150, 250)])

    caption = room.beside(PlanPoint(100, 200), 26, STOPS[:1])

    assert caption is not None
    left, _, right, _ = sides_of(caption)
    assert not left < 150 < right


def test_a_route_is_kept_clear_before_a_building_is() -> None:
    """The edge is all around, the line at the right alone."""
    room = CaptionPlacer(*NARROW)
    for y in range(120, 290, 10):
        room.avoid_edge([PlanPoint(0, y), PlanPoint(340, y)])
    room.avoid_line([PlanPoint(200, 100), PlanPoint(200, 300)])

    caption = room.beside(PlanPoint(170, 200), 26, STOPS[:1])

    assert caption is not None
    assert sides_of(caption)[2] < 200
