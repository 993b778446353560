"""A level starts from a bake where it would lose what vertices said, and only there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assets_pipeline.baking.lod_sources import Detail, LodLimits, LodSources
from assets_pipeline.baking.ray_casting import DenseSurface
from assets_pipeline.gltf.document import Animation
from assets_pipeline.lod.budgets import PREVIEW
from assets_pipeline.lod.rules import fit_to_budgets
from assets_pipeline.models.clean_model import prepare_model
from assets_pipeline.tasks.task import Task

if TYPE_CHECKING:
    from types import ModuleType

    from assets_pipeline.baking.scan_detection import Scan

TASK = Task("model", "museum", "ball.ply")
FEW = LodLimits(2_000, 128, 64)
MANY = LodLimits(50_000, 1024, 512)


def test_a_level_of_few_triangles_has_pictures(scan: Scan) -> None:
    starts = LodSources(scan.document, Detail(scan))

    level = fit_to_budgets(starts.document(FEW), PREVIEW)

    assert len(level.document.images()) == 2
    assert level.is_within_bytes


def test_a_level_that_keeps_its_vertices_has_none(scan: Scan) -> None:
    starts = LodSources(scan.document, Detail(scan))

    assert starts.document(MANY) is scan.document


def test_levels_that_ask_the_same_share_one_bake(scan: Scan) -> None:
    starts = LodSources(scan.document, Detail(scan))

    assert starts.document(FEW) is starts.document(FEW)


def test_what_is_no_scan_starts_from_itself(balls: ModuleType) -> None:
    document = balls.ball(60)
    document.animations.append(Animation([]))

    starts = LodSources(document, prepare_model(document, TASK))

    assert starts.document(FEW) is document


def test_preparing_keeps_the_scan_as_it_was(balls: ModuleType) -> None:
    document = balls.ball(60)

    detail = prepare_model(document, TASK)

    assert detail.scan is not None
    assert len(detail.scan.triangles) > 14_000


def test_a_scan_whose_hollows_are_asked_for_has_three_pictures(scan: Scan) -> None:
    shape = DenseSurface(scan.positions, scan.triangles, scan.normals)

    starts = LodSources(scan.document, Detail(scan, shape))

    slots = {slot for slot, _ in starts.document(FEW).materials()[0].texture_infos()}
    assert slots == {"baseColorTexture", "normalTexture", "occlusionTexture"}
