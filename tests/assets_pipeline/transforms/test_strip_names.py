"""What is left out of a file's JSON changes nothing that is seen."""

from __future__ import annotations

import math

import pytest

from assets_pipeline.gltf.document import Document, Mesh, Node, Scene
from assets_pipeline.transforms.strip_names import strip_names


def placed(**at: tuple[float, ...]) -> Node:
    """Return a node after tidying."""
    node = Node("arm", mesh=Mesh([], name="arm mesh"), **at)  # type: ignore[arg-type]
    scene = Scene([node])
    strip_names(Document([scene], scene))
    return node


def test_names_go() -> None:
    node = placed()

    assert node.name is None
    assert node.mesh is not None
    assert node.mesh.name is None


def test_dust_of_other_programs_goes() -> None:
    node = placed(
        translation=(1.5e-18, -2.0, 0.1 + 0.2),
        rotation=(0.7071067811865475, -1e-12, 0.0, -0.7071067811865475),
        scale=(1.0000000000000009, 1.0, 1.0),
    )

    assert node.translation == (0.0, -2.0, 0.3)
    assert node.rotation == (0.7071068, 0.0, 0.0, -0.7071068)
    assert node.scale == (1.0, 1.0, 1.0)


def test_turns_stay_turns() -> None:
    angle = 0.123456789
    rotation = placed(rotation=(0.0, math.sin(angle), 0.0, math.cos(angle))).rotation

    assert math.hypot(*rotation) == pytest.approx(1, abs=1e-7)


def test_millimetres_stay_on_maps() -> None:
    place = (652_469.123, 212.004, 6_862_305.678)

    assert placed(translation=place).translation == place


def test_small_things_stay_in_place() -> None:
    place = (1.234567e-6, 0.0, -2.5e-7)

    assert placed(translation=place).translation == place
