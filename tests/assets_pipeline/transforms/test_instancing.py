"""What repeats is sent once and drawn at once, and stands where it stood."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assets_pipeline.gltf import measure
from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.document import Document, Mesh, Node, Primitive, Scene
from assets_pipeline.gltf.materials import Material
from assets_pipeline.gltf.rest_pose import posed_primitives
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.lod.budgets import PHONE, PREVIEW
from assets_pipeline.lod.rules import choose_settings, fit_to_budgets
from assets_pipeline.lod.settings import LodEncoder
from assets_pipeline.models.clean_model import prepare_model
from assets_pipeline.readers.gltf.reader import read_gltf
from assets_pipeline.resolver import Resolver
from assets_pipeline.tasks.task import Task

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    import numpy.typing as npt

TASK = Task("model", "museum", "repeats.glb")
COUNT = 60


@pytest.fixture
def boxes(make: ModuleType) -> Callable[..., Document]:
    """Return a function that lays boxes, each with arrays of its own, in a turning row."""

    def lay(
        count: int = COUNT, *, mirrored: bool = False, alpha_mode: str = "OPAQUE"
    ) -> Document:
        material = Material(alpha_mode=alpha_mode, base_color_factor=(1, 0, 0, 0.5))
        nodes = []
        for i in range(count):
            arrays = make.box_arrays((1.0, 2.0, 0.5))
            held = {
                name: create_accessor(arrays[name]) for name in ("POSITION", "NORMAL")
            }
            indices = create_accessor(arrays["indices"])
            shape = Mesh([Primitive(held, indices, material)])
            half = 0.05 * i
            sign = -1.0 if mirrored and i % 2 else 1.0
            nodes.append(
                Node(
                    mesh=shape,
                    translation=(3.0 * i, 0.1 * i, 0.0),
                    rotation=(0.0, math.sin(half), 0.0, math.cos(half)),
                    scale=(sign * (1 + 0.01 * i), 1.0, 1.0),
                )
            )
        scene = Scene(nodes)
        return Document([scene], scene)

    return lay


def decoded(glb: bytes) -> Document:
    return read_gltf(glb, PurePosixPath("repeats.glb"), Resolver(Path()))


def corners(document: Document) -> npt.NDArray[np.float32]:
    """Return every drawn corner in metres, from left to right."""
    posed = posed_primitives(document)
    points = np.concatenate([p.positions[p.triangles.ravel()] for p in posed])
    return np.asarray(points[np.lexsort(np.round(points, 1).T[::-1])])


def test_repeats_are_drawn_at_once(boxes: Callable[..., Document]) -> None:
    document = boxes()
    prepare_model(document, TASK)

    made = fit_to_budgets(document, PHONE).document

    assert measure.count_draw_calls(made) == 1
    assert measure.count_triangles(made) == 12 * COUNT
    assert sum(p.attributes["POSITION"].count for p in made.primitives()) == 24


def test_repeats_stand_where_they_stood(boxes: Callable[..., Document]) -> None:
    """To a quarter of a millimetre for the grid, and 16 bits of the turns."""
    before = corners(boxes())
    document = boxes()
    prepare_model(document, TASK)

    after = corners(decoded(fit_to_budgets(document, PHONE).content))

    assert len(after) == len(before)
    assert np.abs(after.min(axis=0) - before.min(axis=0)).max() < 0.001
    assert np.abs(after.max(axis=0) - before.max(axis=0)).max() < 0.001
    assert np.abs(after.mean(axis=0) - before.mean(axis=0)).max() < 0.001


def test_repeats_stand_exactly_where_they_are_to(
    boxes: Callable[..., Document],
) -> None:
    """To half a step of their own shape, 180 m from the first."""
    before = corners(boxes())
    document = boxes()
    prepare_model(document, TASK)
    encoder = LodEncoder(document, PHONE)
    exact = replace(choose_settings(encoder), position_bits=15, place_bits=24)

    after = corners(decoded(encoder.encode(exact).content))

    assert np.abs(after - before).max() < 1e-4


def test_mirrored_repeats_keep_facing_outwards(boxes: Callable[..., Document]) -> None:
    """Viewers turn a draw call inside out as a whole: mirrored ones have their own."""
    document = boxes(mirrored=True)
    prepare_model(document, TASK)

    made = fit_to_budgets(document, PHONE)

    assert measure.count_draw_calls(made.document) == 2
    for part in posed_primitives(decoded(made.content)):
        a, b, c = (part.positions[part.triangles[:, i]] for i in range(3))
        outwards = (np.cross(b - a, c - a) * part.normals[part.triangles[:, 0]]).sum(1)
        assert (outwards > 0).all()


def test_few_repeats_are_joined(boxes: Callable[..., Document]) -> None:
    document = boxes(count=5)

    prepare_model(document, TASK)

    assert len(document.primitives()) == 1
    assert document.primitives()[0].attributes["POSITION"].count == 24 * 5


def test_panes_are_left_to_be_sorted(boxes: Callable[..., Document]) -> None:
    """What one sees through is drawn from far to near, one by one."""
    document = boxes(alpha_mode="BLEND")
    prepare_model(document, TASK)

    made = fit_to_budgets(document, PHONE).document

    assert not any(node.instances for node in made.nodes())


def test_small_repeats_are_not_torn(boxes: Callable[..., Document]) -> None:
    """A preview of too many boxes keeps them whole: a box of ten triangles gapes."""
    document = boxes(count=500)
    prepare_model(document, TASK)

    made = fit_to_budgets(document, PREVIEW).document

    assert measure.count_triangles(made) == 12 * 500


def test_khronos_validator_finds_no_error(
    boxes: Callable[..., Document], errors: Callable[[bytes], list[str]]
) -> None:
    document = boxes(mirrored=True)
    prepare_model(document, TASK)
    glb = fit_to_budgets(document, PHONE).content

    assert errors(glb) == []
    assert errors(write_glb(decoded(glb))) == []
