"""What a search would give for phones is tried, and only where it would be lighter."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

from assets_pipeline.gltf import measure
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.inspection.search_estimate import estimate_search
from assets_pipeline.lod.budgets import PHONE
from assets_pipeline.lod.rules import fit_to_budgets
from assets_pipeline.models.clean_model import clean_model
from assets_pipeline.readers.gltf.reader import read_gltf
from assets_pipeline.rendering.visual_error import ModelFile, VisualErrorMeter
from assets_pipeline.resolver import Resolver
from assets_pipeline.tasks.task import Task

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from assets_pipeline.gltf.document import Document

TASK = Task("model", "museum", "ball.glb")


@pytest.fixture(scope="module")
def own(make: ModuleType) -> Document:
    """Return a ball of 16,000 triangles, clean."""
    glb = make.ball_glb(64)
    document = read_gltf(glb, PurePosixPath("ball.glb"), Resolver(Path()))
    clean_model(document)
    return document


@pytest.fixture(scope="module")
def meter(own: Document) -> Iterator[VisualErrorMeter]:
    """Return who knows the ball."""
    with VisualErrorMeter(write_glb(own), measure.compute_extents(own)) as known:
        yield known


@pytest.fixture(scope="module")
def by_rule(own: Document) -> ModelFile:
    """Return the level that a build makes without a search."""
    return ModelFile(fit_to_budgets(own, PHONE).content, 0.001)


def test_a_level_that_is_finer_than_asked_would_be_lighter(
    own: Document, meter: VisualErrorMeter, by_rule: ModelFile
) -> None:
    tried = estimate_search(TASK, own, meter, by_rule)

    assert tried is not None
    assert tried.size_bytes < len(by_rule.content)
    assert tried.visual_error <= PHONE.most_error


@pytest.mark.parametrize(
    "of",
    [{"visual_error": 0.05}, {"visual_error": None}, {"content": b"light"}],
    ids=["truer", "unseen", "light"],
)
def test_nothing_is_tried_where_nothing_would_be_lighter(
    own: Document, meter: VisualErrorMeter, by_rule: ModelFile, of: dict[str, object]
) -> None:
    level = replace(by_rule, **of)  # type: ignore[arg-type]  # of the fields' types

    assert estimate_search(TASK, own, meter, level) is None
