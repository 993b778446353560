"""Few settings are tried: the others are told from them, and tried where it matters."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image as Pillow

from assets_pipeline.gltf import measure
from assets_pipeline.gltf.materials import Image
from assets_pipeline.gltf.writer import to_glb
from assets_pipeline.lod.budgets import PHONE
from assets_pipeline.lod.candidates import CandidateSet
from assets_pipeline.lod.measurements import CandidateMeter, MeasurementCache
from assets_pipeline.lod.part_candidates import TextureCandidates, TriangleCandidates
from assets_pipeline.lod.search import Search
from assets_pipeline.lod.settings import LodEncoder
from assets_pipeline.models.make_model import prepare_model
from assets_pipeline.rendering.visual_error import VisualErrorMeter
from assets_pipeline.tasks.task import Task
from assets_pipeline.transforms.compress_textures import TextureSetting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assets_pipeline.gltf.document import Document

ROOM = 1.0
NEAR = replace(PHONE, least_edge_px=64)


def grain(edge_px: int) -> Image:
    """Return a picture that a lower quality and a smaller size both spoil."""
    light = np.random.default_rng(2).normal(128, 40, (edge_px, edge_px, 3))
    content = io.BytesIO()
    Pillow.fromarray(light.clip(0, 255).astype(np.uint8)).save(content, "PNG")
    return Image(content.getvalue(), "image/png")


@pytest.fixture
def bench(read: Callable[..., Document]) -> Iterator[CandidateMeter]:
    """Return where plans for a box with three pictures are tried."""
    document = read("textured_box.glb")
    image = grain(256)
    for texture in document.textures():
        texture.image = image
    prepare_model(document, Task("model", "", "x"))
    workshop = LodEncoder(document, NEAR)
    with VisualErrorMeter(to_glb(document), measure.extents(document)) as judge:
        yield CandidateMeter(
            workshop, judge, MeasurementCache(), Search.finest_of(workshop)
        )


def test_every_size_and_quality_may_be_chosen_before_all_are_tried(
    bench: CandidateMeter,
) -> None:
    offers = TextureCandidates(bench, "color")
    bench.glance(offers.first())

    choices = offers.choices(ROOM)

    edges = {change["color"].edge_px for change in choices.changes}
    tried = [change for change in choices.changes if bench.knows(change)]
    assert edges == {256, 128, 64}
    assert len(tried) == 3


def test_what_is_told_is_less_harm_and_fewer_bytes_with_each_quality(
    bench: CandidateMeter,
) -> None:
    offers = TextureCandidates(bench, "color")
    bench.glance(offers.first())

    choices = offers.choices(ROOM)

    whole = [change["color"].edge_px == 256 for change in choices.changes]
    assert (np.diff(choices.harm[whole]) <= 0).all()  # by growing quality
    assert (np.diff(choices.saved[whole]) < 0).all()


def test_a_setting_that_rests_on_what_was_not_tried_is_in_doubt(
    bench: CandidateMeter,
) -> None:
    offers = TextureCandidates(bench, "color")
    bench.glance(offers.first())

    doubts = offers.doubts({"color": TextureSetting(256, 60)})

    assert doubts == [{"color": TextureSetting(256, 50)}]


def test_a_setting_between_two_that_were_tried_is_sure(bench: CandidateMeter) -> None:
    offers = TextureCandidates(bench, "color")
    bench.glance(offers.first())

    assert offers.doubts({"color": TextureSetting(256, 85)}) == []


def test_fewer_triangles_than_were_tried_are_in_doubt(bench: CandidateMeter) -> None:
    offers = TriangleCandidates(bench)
    bench.glance(offers.first())

    doubts = offers.doubts({"triangles": 6})

    assert doubts == [{"triangles": round(bench.finest.triangles * 0.6)}]


def test_what_is_in_doubt_is_tried_before_it_is_taken(bench: CandidateMeter) -> None:
    offers = CandidateSet(bench, {"color": 256, "normal": 0, "packed": 0}, ROOM)
    wanted = {"triangles": 12, "color": TextureSetting(64, 92)}
    was_sure = offers.is_sure(wanted)

    is_sure = offers.is_sure(wanted)

    assert (was_sure, is_sure) == (False, True)
    assert bench.knows({"color": TextureSetting(64, 92)})
