"""Outlines, told by the area that their paths enclose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assets_pipeline.gltf import measure
from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.document import Document, Mesh, Node, Primitive, Scene
from assets_pipeline.rendering.silhouette import MOST_SIGNS, trace_outline

if TYPE_CHECKING:
    from tours.bundle import Outline

Box = tuple[float, float, float, float, float, float]
"""Least x, y, z and greatest x, y, z, metres."""


def boxes(*placed: Box) -> Document:
    """Return boxes, their faces unlit and their sides whichever way: masks don't mind."""
    corners = np.concatenate(
        [
            [[x, y, z] for x in box[::3] for y in box[1::3] for z in box[2::3]]
            for box in placed
        ]
    )
    quads = np.array([(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6)])
    quads = np.concatenate([quads, [(0, 2, 6, 4), (1, 5, 7, 3)]])
    faces = quads[:, [0, 1, 2, 0, 2, 3]].reshape(-1)
    indices = (faces + 8 * np.arange(len(placed))[:, None]).reshape(-1, 1)
    primitive = Primitive(
        {"POSITION": create_accessor(corners.astype(np.float32))},
        create_accessor(indices.astype(np.uint16)),
    )
    scene = Scene([Node(mesh=Mesh([primitive]))])
    return Document([scene], scene)


def traced(document: Document) -> Outline:
    found = trace_outline(document, measure.compute_extents(document))
    assert found is not None
    return found


def area(found: Outline) -> float:
    """Return the share of its box that a path fills, holes taken out."""
    doubled = 0.0
    for loop in re.findall(r"M([^z]+)z", found.path):
        numbers = [int(n) for n in re.findall(r"-?\d+", loop)]
        points = np.cumsum(np.array(numbers).reshape(-1, 2), axis=0)
        x, y = points.T
        ring = abs(float(x @ np.roll(y, 1) - y @ np.roll(x, 1)))
        is_hole = doubled > ring  # in these tests a hole follows what it is in
        doubled += -ring if is_hole else ring
    return doubled / 2 / found.width / found.height


def test_a_box_fills_its_box() -> None:
    found = traced(boxes((-1, 0, -0.25, 1, 1, 0.25)))

    assert (found.width, found.height) == (360, 180)
    assert area(found) == pytest.approx(1, rel=0.01)


def test_what_is_long_is_seen_in_its_length() -> None:
    """Whichever way the museum's file lays it."""
    found = traced(boxes((-0.5, 0, -2, 0.5, 1, 2)))

    assert (found.width, found.height) == (360, 90)


def test_the_front_lies_to_the_left_of_what_is_seen_from_its_right() -> None:
    found = traced(boxes((0, 0, 0, 1, 1, 4), (0, 1, 3, 1, 4, 4)))

    start = re.match(r"M(\d+) (\d+)", found.path)
    assert start is not None
    steps = [int(n) for n in re.findall(r"-?\d+", found.path)]
    points = np.cumsum(np.array(steps).reshape(-1, 2), axis=0)
    top = points[points[:, 1] == points[:, 1].min()]
    assert top[:, 0].max() <= found.width / 4 + 2


def test_one_sees_through_a_gate() -> None:
    posts = ((0, 0, 0, 1, 4, 0.5), (5, 0, 0, 6, 4, 0.5))
    beams = ((0, 3, 0, 6, 4, 0.5), (0, 0, 0, 6, 1, 0.5))

    found = traced(boxes(*posts, *beams))

    assert found.path.count("z") == 2
    assert area(found) == pytest.approx(1 - 4 * 2 / (6 * 4), rel=0.03)


def test_a_thicket_stays_light() -> None:
    """A page weighs so much at most, whatever a museum models."""
    rods = [(x, 0, 0, x + 0.5, 40 + 20 * (x % 7), 1) for x in range(0, 120, 2)]

    found = traced(boxes(*rods))

    assert 0 < len(found.path) <= MOST_SIGNS


def test_a_model_has_one_outline() -> None:
    posts = boxes((0, 0, 0, 1, 4, 0.5), (5, 0, 0, 6, 4, 0.5))

    assert traced(posts) == traced(posts)


def test_a_sheet_that_lies_flat_has_none() -> None:
    sheet = boxes((0, 0, 0, 2, 0, 1))

    assert trace_outline(sheet, measure.compute_extents(sheet)) is None
