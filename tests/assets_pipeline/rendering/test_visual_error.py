"""A file's visual error grows with what it lost, and is nothing when it lost nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from assets_pipeline.errors.exceptions import EmptyModelError
from assets_pipeline.gltf import measure
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.lod.budgets import PHONE
from assets_pipeline.lod.search import Search
from assets_pipeline.lod.settings import LodEncoder
from assets_pipeline.models.clean_model import prepare_model
from assets_pipeline.rendering.views import CHECK_RIG, SEARCH_RIG, ViewRenderer
from assets_pipeline.rendering.visual_error import VisualErrorMeter
from assets_pipeline.tasks.task import Task
from assets_pipeline.transforms.compress_textures import TextureSetting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assets_pipeline.gltf.document import Document
    from assets_pipeline.rendering.views import Rig

    Read = Callable[..., Document]

TASK = Task("model", "", "x")


@pytest.fixture
def box(read: Read) -> Document:
    """Return a textured box, ready."""
    document = read("textured_box.glb")
    prepare_model(document, TASK)
    return document


@pytest.fixture
def meter(box: Document) -> Iterator[VisualErrorMeter]:
    """Return one who knows the textured box."""
    with VisualErrorMeter(write_glb(box), measure.compute_extents(box)) as opened:
        yield opened


def test_the_source_has_no_error(box: Document, meter: VisualErrorMeter) -> None:
    assert meter.error(write_glb(box), SEARCH_RIG) == 0
    assert meter.error(write_glb(box), CHECK_RIG) == 0


def test_hollows_that_the_source_has_not_are_no_error(
    box: Document, meter: VisualErrorMeter
) -> None:
    """A shadow that was asked for takes nothing from the source's looks."""
    material = box.materials()[0]

    material.occlusion_texture = material.normal_texture

    assert not meter.sees_occlusion
    assert meter.error(write_glb(box), CHECK_RIG) == 0


def test_hollows_that_the_source_has_are_looked_at(box: Document) -> None:
    material = box.materials()[0]
    material.occlusion_texture = material.normal_texture
    source = write_glb(box)
    material.occlusion_texture = None

    with VisualErrorMeter(source, measure.compute_extents(box)) as meter:
        error = meter.error(write_glb(box), CHECK_RIG)

    assert error > 0


def test_what_the_encoder_wrote_is_decoded_and_close(
    box: Document, meter: VisualErrorMeter
) -> None:
    """Through meshopt compression, quantization and WebP, which blurs a checker's colours."""
    encoder = LodEncoder(box, PHONE)
    glb = encoder.encode(Search.finest_of(encoder)).content

    assert 0 < meter.error(glb, CHECK_RIG) < 0.2


def test_coarser_textures_err_more(box: Document, meter: VisualErrorMeter) -> None:
    encoder = LodEncoder(box, PHONE)
    finest = Search.finest_of(encoder)

    errors = [
        meter.error(
            encoder.encode(replace(finest, color=TextureSetting(edge_px, 50))).content,
            CHECK_RIG,
        )
        for edge_px in (64, 16, 4)
    ]

    assert errors == sorted(errors)
    assert errors[0] < errors[-1]


def test_a_model_gone_missing_is_an_error_to_its_last_pixel(
    read: Read, meter: VisualErrorMeter
) -> None:
    """The ball is no box; what sticks out of the box's place counts too."""
    error = meter.error(write_glb(read("ball.glb")), CHECK_RIG)

    assert error > 0.2


def test_nothing_to_see_is_told(box: Document, meter: VisualErrorMeter) -> None:
    for node in box.nodes():
        node.scale = (1e-6, 1e-6, 1e-6)

    with pytest.raises(EmptyModelError, match="nothing of the model can be seen"):
        meter.error(write_glb(box), CHECK_RIG)


def test_the_check_sees_what_the_search_did_not() -> None:
    assert not set(SEARCH_RIG.towards) & set(CHECK_RIG.towards)
    assert not set(SEARCH_RIG.lights) & set(CHECK_RIG.lights)


@pytest.mark.parametrize("rig", [SEARCH_RIG, CHECK_RIG], ids=["search", "check"])
def test_no_view_is_left_in_the_dark(rig: Rig, read: Read) -> None:
    """In a black picture nothing that is lost is seen; a renderer may draw one light only."""
    ball = read("ball.glb")
    photographer = ViewRenderer(measure.compute_extents(ball))

    shots = photographer.render(write_glb(ball), rig)
    photographer.close()

    for shot in shots:
        assert shot.pixels[shot.mask].mean() > 15
