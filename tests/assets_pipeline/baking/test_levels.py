"""A level starts from a bake where it would lose what vertices said, and only there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assets_pipeline.baking.levels import Starts
from assets_pipeline.models import prepare
from assets_pipeline.profiles import PREVIEW, fitted
from assets_pipeline.tasks import Task

if TYPE_CHECKING:
    from types import ModuleType

    from assets_pipeline.baking.scans import Scan

TASK = Task("model", "museum", "ball.ply")


def test_a_level_of_few_triangles_has_pictures(scan: Scan) -> None:
    starts = Starts(scan.document, scan)

    level = fitted(starts.document(2_000, 128), PREVIEW)

    assert len(level.document.images()) == 2
    assert level.is_within_bytes


def test_a_level_that_keeps_its_vertices_has_none(scan: Scan) -> None:
    starts = Starts(scan.document, scan)

    assert starts.document(50_000, 1024) is scan.document


def test_levels_that_ask_the_same_share_one_bake(scan: Scan) -> None:
    starts = Starts(scan.document, scan)

    assert starts.document(2_000, 128) is starts.document(2_000, 128)


def test_what_is_no_scan_starts_from_itself(balls: ModuleType) -> None:
    document = balls.ball(60)
    del document.primitives()[0].attributes["COLOR_0"]

    starts = Starts(document, prepare(document, TASK))

    assert starts.document(100, 128) is document


def test_preparing_keeps_the_scan_as_it_was(balls: ModuleType) -> None:
    document = balls.ball(60)

    scan = prepare(document, TASK)

    assert scan is not None
    assert len(scan.triangles) > 14_000
