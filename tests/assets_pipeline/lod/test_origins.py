"""A level is made of what was decided: its textures as they were, or laid out anew."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from assets_pipeline.gltf.document import Document, Mesh, Node, Primitive, Scene
from assets_pipeline.lod import recorded_settings
from assets_pipeline.lod.budgets import PREVIEW
from assets_pipeline.lod.levels import Level, LodDecision, choose_level, make_levels
from assets_pipeline.lod.rules import BudgetedLod, choose_settings
from assets_pipeline.lod.settings import LodEncoder

if TYPE_CHECKING:
    from collections.abc import Callable

    from assets_pipeline.lod.budgets import Profile

DIGEST = "of some files"


@pytest.fixture
def box(read: Callable[..., Document]) -> Document:
    return read("textured_box.glb")


def of(box: Document, *, error: float, size_bytes: int, fits: bool = True) -> Level:
    """Return a level that looks as alike, and weighs as much."""
    plan = choose_settings(LodEncoder(box, PREVIEW))
    glb = bytes(range(256)) * (size_bytes // 256)
    fitted = BudgetedLod(box, glb, is_within_bytes=fits, is_within_triangles=True)
    return Level(PREVIEW, LodDecision(plan, error), fitted)


def test_of_two_that_look_alike_the_smaller_is_better(box: Document) -> None:
    small = replace(of(box, error=0.07, size_bytes=0), profile=PREVIEW)
    large = of(box, error=0.01, size_bytes=90_112)

    assert choose_level(large, small) is small


def test_of_two_that_differ_from_the_source_the_truer_is_better(box: Document) -> None:
    true, false = (of(box, error=e, size_bytes=2_560) for e in (0.1, 0.2))

    assert choose_level(false, true) is true


def test_what_is_within_its_bytes_is_better(box: Document) -> None:
    true = of(box, error=0.1, size_bytes=2_560, fits=False)
    small = of(box, error=0.3, size_bytes=2_560)

    assert choose_level(true, small) is small


def test_the_decision_is_carried_out_again(box: Document) -> None:
    other = Document([scene := Scene([Node(mesh=Mesh([triangle(box)]))])], scene)
    plan = choose_settings(LodEncoder(box, PREVIEW))

    def start(_: Profile, *, rebakes: bool | None = None) -> Document:
        return other if rebakes else box

    triangles = {}
    for is_rebaked in (True, False):
        level = make_levels(
            start, {"preview": LodDecision(plan, 0.1, is_rebaked=is_rebaked)}
        )[0]
        entry = recorded_settings.write_entry(DIGEST, [level])
        found = recorded_settings.read_entry(entry, DIGEST)
        assert found is not None
        assert found["preview"].is_rebaked is is_rebaked
        triangles[is_rebaked] = len(level.fitted.document.primitives()[0].triangles)

    assert triangles == {True: 1, False: 12}


def triangle(box: Document) -> Primitive:
    """Return the first triangle of a box."""
    primitive = box.primitives()[0]
    assert primitive.indices is not None
    indices = replace(primitive.indices, array=primitive.indices.array[:3])
    return Primitive(primitive.attributes, indices, primitive.material)
