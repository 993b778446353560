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
from assets_pipeline.lod.settings import Workshop
from assets_pipeline.models.make_model import prepare
from assets_pipeline.rendering.views import CHECK, SEARCH, Photographer
from assets_pipeline.rendering.visual_error import Judge
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
    prepare(document, TASK)
    return document


@pytest.fixture
def judge(box: Document) -> Iterator[Judge]:
    """Return one who knows the textured box."""
    with Judge(write_glb(box), measure.compute_extents(box)) as opened:
        yield opened


def test_the_source_has_no_error(box: Document, judge: Judge) -> None:
    assert judge.error(write_glb(box), SEARCH) == 0
    assert judge.error(write_glb(box), CHECK) == 0


def test_hollows_that_the_source_has_not_are_no_error(
    box: Document, judge: Judge
) -> None:
    """A shadow that was asked for takes nothing from the source's looks."""
    material = box.materials()[0]

    material.occlusion_texture = material.normal_texture

    assert not judge.sees_occlusion
    assert judge.error(write_glb(box), CHECK) == 0


def test_hollows_that_the_source_has_are_looked_at(box: Document) -> None:
    material = box.materials()[0]
    material.occlusion_texture = material.normal_texture
    source = write_glb(box)
    material.occlusion_texture = None

    with Judge(source, measure.compute_extents(box)) as judge:
        error = judge.error(write_glb(box), CHECK)

    assert error > 0


def test_what_the_encoder_wrote_is_decoded_and_close(
    box: Document, judge: Judge
) -> None:
    """Through meshopt compression, quantization and WebP, which blurs a checker's colours."""
    workshop = Workshop(box, PHONE)
    glb = workshop.attempt(Search.finest_of(workshop)).content

    assert 0 < judge.error(glb, CHECK) < 0.2


def test_coarser_textures_err_more(box: Document, judge: Judge) -> None:
    workshop = Workshop(box, PHONE)
    finest = Search.finest_of(workshop)

    errors = [
        judge.error(
            workshop.attempt(
                replace(finest, color=TextureSetting(edge_px, 50))
            ).content,
            CHECK,
        )
        for edge_px in (64, 16, 4)
    ]

    assert errors == sorted(errors)
    assert errors[0] < errors[-1]


def test_a_model_gone_missing_is_an_error_to_its_last_pixel(
    read: Read, judge: Judge
) -> None:
    """The ball is no box; what sticks out of the box's place counts too."""
    error = judge.error(write_glb(read("ball.glb")), CHECK)

    assert error > 0.2


def test_nothing_to_see_is_told(box: Document, judge: Judge) -> None:
    for node in box.nodes():
        node.scale = (1e-6, 1e-6, 1e-6)

    with pytest.raises(EmptyModelError, match="nothing of the model can be seen"):
        judge.error(write_glb(box), CHECK)


def test_the_check_sees_what_the_search_did_not() -> None:
    assert not set(SEARCH.towards) & set(CHECK.towards)
    assert not set(SEARCH.lights) & set(CHECK.lights)


@pytest.mark.parametrize("rig", [SEARCH, CHECK], ids=["search", "check"])
def test_no_view_is_left_in_the_dark(rig: Rig, read: Read) -> None:
    """In a black picture nothing that is lost is seen; a renderer may draw one light only."""
    ball = read("ball.glb")
    photographer = Photographer(measure.compute_extents(ball))

    shots = photographer.shots(write_glb(ball), rig)
    photographer.close()

    for shot in shots:
        assert shot.pixels[shot.mask].mean() > 15
