"""The search keeps its budgets, gives less than the finest, and forgets no trial."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image as Pillow

from assets_pipeline.gltf import measure
from assets_pipeline.gltf.materials import Image
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.lod.budgets import PHONE, PREVIEW
from assets_pipeline.lod.search import Search
from assets_pipeline.lod.settings import LodEncoder, settings_from_json
from assets_pipeline.models.clean_model import prepare_model
from assets_pipeline.rendering.views import SEARCH_RIG
from assets_pipeline.rendering.visual_error import VisualErrorMeter
from assets_pipeline.tasks.task import Task

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assets_pipeline.gltf.document import Document

    Read = Callable[..., Document]

BUDGET = 0.08


def clouds(edge_px: int) -> bytes:
    """Return a PNG of what scans are made of: noise that is weaker where it is finer."""
    numbers = np.random.default_rng(1)
    light = np.full((edge_px, edge_px, 3), 128.0)
    for cells in (4, 8, 16, 32, 64, 128):
        noise = numbers.normal(0, 160 / cells**0.7, (cells, cells, 3))
        light += np.kron(noise, np.ones((edge_px // cells, edge_px // cells, 1)))
    content = io.BytesIO()
    Pillow.fromarray(light.clip(0, 255).astype(np.uint8)).save(content, "PNG")
    return content.getvalue()


@pytest.fixture
def box(read: Read) -> Document:
    """Return a box whose textures weigh more than its shape."""
    document = read("textured_box.glb")
    for texture in document.textures():
        texture.image = Image(clouds(256), "image/png")
    prepare_model(document, Task("model", "", "x"))
    return document


@pytest.fixture
def meter(box: Document) -> Iterator[VisualErrorMeter]:
    """Return one who knows the box."""
    with VisualErrorMeter(write_glb(box), measure.compute_extents(box)) as opened:
        yield opened


def test_the_smallest_keeps_within_the_error(
    box: Document, meter: VisualErrorMeter
) -> None:
    search = Search(LodEncoder(box, PHONE), meter)

    found = search.find(BUDGET)

    finest = LodEncoder(box, PHONE).encode(search.finest)
    assert found.error <= BUDGET
    assert found.encoded.size < finest.size
    assert meter.error(found.encoded.content, SEARCH_RIG) == pytest.approx(found.error)


def test_a_wider_budget_never_costs_more_bytes(
    box: Document, meter: VisualErrorMeter
) -> None:
    search = Search(LodEncoder(box, PHONE), meter)

    sizes = [search.find(budget).encoded.size for budget in (0.06, 0.1, 0.2)]

    assert sizes == sorted(sizes, reverse=True)


def test_what_was_tried_is_not_tried_again(
    box: Document, meter: VisualErrorMeter
) -> None:
    search = Search(LodEncoder(box, PHONE), meter)
    first = search.find(BUDGET)
    measurements = search.measurements

    again = search.find(BUDGET)

    assert again.plan == first.plan
    assert search.measurements == measurements


def test_bytes_come_before_looks(box: Document, meter: VisualErrorMeter) -> None:
    """An error that can't be had within the bytes is given up, not the bytes."""
    loose = Search(LodEncoder(box, PREVIEW), meter).find(BUDGET).encoded.size
    tight = replace(PREVIEW, most_bytes=loose * 3 // 4)

    found = Search(LodEncoder(box, tight), meter).find(BUDGET)

    assert found.encoded.size <= tight.most_bytes
    assert found.error > BUDGET


def test_textures_keep_what_one_sees_from_near(
    box: Document, meter: VisualErrorMeter
) -> None:
    """However little of it the search's own views, of the whole, show."""
    wide = replace(PHONE, least_edge_px=128)

    found = Search(LodEncoder(box, wide), meter).find(0.5)

    assert found.plan.color.edge_px >= 128


def test_more_truth_than_the_finest_has_is_looked_for(
    box: Document, meter: VisualErrorMeter
) -> None:
    search = Search(LodEncoder(box, PHONE), meter)
    finest = meter.error(
        LodEncoder(box, PHONE).encode(search.finest).content, SEARCH_RIG
    )

    found = search.find(finest / 2)

    assert found.error < finest


def test_a_plan_is_written_and_read_back(box: Document) -> None:
    plan = Search.finest_of(LodEncoder(box, PHONE))

    assert settings_from_json(plan.to_json()) == plan
