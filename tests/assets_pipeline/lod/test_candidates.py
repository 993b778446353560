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
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.lod.budgets import PHONE
from assets_pipeline.lod.candidates import CandidateSet
from assets_pipeline.lod.measurements import CandidateMeter, MeasurementCache
from assets_pipeline.lod.part_candidates import TextureCandidates, TriangleCandidates
from assets_pipeline.lod.search import Search
from assets_pipeline.lod.settings import LodEncoder
from assets_pipeline.models.clean_model import prepare_model
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
def candidate_meter(read: Callable[..., Document]) -> Iterator[CandidateMeter]:
    """Return where plans for a box with three pictures are tried."""
    document = read("textured_box.glb")
    image = grain(256)
    for texture in document.textures():
        texture.image = image
    prepare_model(document, Task("model", "", "x"))
    encoder = LodEncoder(document, NEAR)
    with VisualErrorMeter(
        write_glb(document), measure.compute_extents(document)
    ) as meter:
        yield CandidateMeter(
            encoder, meter, MeasurementCache(), Search.finest_of(encoder)
        )


def test_every_size_and_quality_may_be_chosen_before_all_are_tried(
    candidate_meter: CandidateMeter,
) -> None:
    candidates = TextureCandidates(candidate_meter, "color")
    candidate_meter.measure_roughly(candidates.first())

    choices = candidates.choices(ROOM)

    edges = {change["color"].edge_px for change in choices.changes}
    tried = [change for change in choices.changes if candidate_meter.is_known(change)]
    assert edges == {256, 128, 64}
    assert len(tried) == 3


def test_what_is_told_is_less_harm_and_fewer_bytes_with_each_quality(
    candidate_meter: CandidateMeter,
) -> None:
    candidates = TextureCandidates(candidate_meter, "color")
    candidate_meter.measure_roughly(candidates.first())

    choices = candidates.choices(ROOM)

    whole = [change["color"].edge_px == 256 for change in choices.changes]
    assert (np.diff(choices.harm[whole]) <= 0).all()  # by growing quality
    assert (np.diff(choices.saved[whole]) < 0).all()


def test_a_setting_that_rests_on_what_was_not_tried_is_in_doubt(
    candidate_meter: CandidateMeter,
) -> None:
    candidates = TextureCandidates(candidate_meter, "color")
    candidate_meter.measure_roughly(candidates.first())

    doubts = candidates.next_probe({"color": TextureSetting(256, 60)})

    assert doubts == [{"color": TextureSetting(256, 50)}]


def test_a_setting_between_two_that_were_tried_is_sure(
    candidate_meter: CandidateMeter,
) -> None:
    candidates = TextureCandidates(candidate_meter, "color")
    candidate_meter.measure_roughly(candidates.first())

    assert candidates.next_probe({"color": TextureSetting(256, 85)}) == []


def test_fewer_triangles_than_were_tried_are_in_doubt(
    candidate_meter: CandidateMeter,
) -> None:
    candidates = TriangleCandidates(candidate_meter)
    candidate_meter.measure_roughly(candidates.first())

    doubts = candidates.next_probe({"triangles": 6})

    assert doubts == [{"triangles": round(candidate_meter.finest.triangles * 0.6)}]


def test_what_is_in_doubt_is_tried_before_it_is_taken(
    candidate_meter: CandidateMeter,
) -> None:
    candidates = CandidateSet(
        candidate_meter, {"color": 256, "normal": 0, "packed": 0}, ROOM
    )
    wanted = {"triangles": 12, "color": TextureSetting(64, 92)}
    was_sure = candidates.is_probed(wanted)

    is_sure = candidates.is_probed(wanted)

    assert (was_sure, is_sure) == (False, True)
    assert candidate_meter.is_known({"color": TextureSetting(64, 92)})
