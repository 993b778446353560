"""What stands far from its file's origin is put at its foot, as exactly as it was written."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assets_pipeline.errors.exceptions import UnsupportedFormatError
from assets_pipeline.gltf import extents as bounds
from assets_pipeline.gltf import measure
from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.document import (
    Animation,
    AnimationChannel,
    AnimationSampler,
    Document,
    Mesh,
    Node,
    Primitive,
    Scene,
)
from assets_pipeline.gltf.orient import OrientOptions, orient
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.readers.dispatch import read_document
from assets_pipeline.readers.gltf.reader import read_gltf
from assets_pipeline.resolver import Resolver
from assets_pipeline.transforms.recenter import recenter
from tours.bundle import Extents

if TYPE_CHECKING:
    from pathlib import Path

    from assets_pipeline.gltf.extents import Point
    from tours.model import Axis

Z_UP = OrientOptions(up="z")
LAMBERT = (652345.0, 95.0, -6862012.0)


def standing(*nodes: Node) -> Document:
    """Return a document whose shown scene has such roots."""
    scene = Scene(list(nodes))
    return Document([scene], scene)


def corner() -> Mesh:
    """Return a triangle over two metres and a half."""
    places = np.float32([[0, 0, 0], [2.5, 0, 0], [0, 1, 2.5]])
    return Mesh([Primitive({"POSITION": create_accessor(places)})])


def grounded(document: Document) -> Point | None:
    return recenter(document, measure.compute_extents(document))


def test_a_surveys_foot_becomes_the_origin_to_the_millimetre(models: Path) -> None:
    path = PurePosixPath("surveyed_box.obj")
    document = read_document(path, Z_UP, Resolver(models))

    foot = grounded(document)

    assert foot is not None
    assert bounds.to_source_units(foot, 1, "z") == pytest.approx(
        (652345.87, 6862013.31, 96.4)
    )
    least, greatest = (
        measure.compute_extents(document).least,
        measure.compute_extents(document).greatest,
    )
    assert least == pytest.approx((-0.5, 0, -0.5), abs=1e-6)
    assert greatest == pytest.approx((0.5, 1, 0.5), abs=1e-6)


def test_no_large_number_is_left_for_a_viewer_to_take_away(models: Path) -> None:
    """Viewers multiply matrices of 32 bits, which at Lambert's north count half metres."""
    path = PurePosixPath("surveyed_box.obj")
    document = read_document(path, Z_UP, Resolver(models))

    grounded(document)

    assert all(max(map(abs, node.translation)) < 10 for node in document.nodes())


def test_what_stands_near_stays() -> None:
    node = Node(mesh=corner(), translation=(900.0, 0.0, 0.0))

    foot = grounded(standing(node))

    assert foot is None
    assert node.translation == (900.0, 0.0, 0.0)


def test_a_wide_ground_beside_its_origin_stays() -> None:
    """Whoever models a valley may well count from its mill."""
    node = Node(mesh=corner(), translation=(1500.0, 0.0, 0.0), scale=(400.0,) * 3)

    assert grounded(standing(node)) is None


def test_what_turns_and_grows_below_is_moved_in_its_own_frame() -> None:
    far = Node(mesh=corner(), translation=(6862012.0, 652345.0, 95.0))
    document = standing(Node(children=[far]))
    orient(document, OrientOptions(metres_per_unit=0.5, up="x"))

    grounded(document)

    least = measure.compute_extents(document).least
    assert least[1] == pytest.approx(0, abs=1e-3)
    assert max(map(abs, far.translation)) < 10


def test_what_is_animated_hangs_under_what_is_moved() -> None:
    """Its animation says where it stands, and would put it back."""
    node = Node(mesh=corner(), translation=LAMBERT)
    document = standing(node)
    times = create_accessor(np.float32([[0], [1]]))
    places = create_accessor(np.float32([LAMBERT, LAMBERT]))
    channel = AnimationChannel(node, "translation", AnimationSampler(times, places))
    document.animations.append(Animation([channel]))

    grounded(document)

    (root,) = document.scene.nodes
    assert root.children == [node]
    assert node.translation == LAMBERT
    assert measure.compute_extents(document).least[1] == pytest.approx(0)


def test_decimals_that_32_bits_lost_are_told(models: Path) -> None:
    """Steps of half a metre would be shown as stairs."""
    path = PurePosixPath("rounded_survey.ply")
    document = read_document(path, Z_UP, Resolver(models))

    with pytest.raises(UnsupportedFormatError, match="rounded to 50 cm"):
        grounded(document)


def test_the_same_survey_with_its_decimals_is_not_refused(models: Path) -> None:
    """As a GLB holds it whose node says where its exact positions stand."""
    document = read_document(
        PurePosixPath("rounded_survey.ply"), Z_UP, Resolver(models)
    )
    rng = np.random.default_rng(1)
    for primitive in document.primitives():
        noise = rng.normal(scale=0.05, size=primitive.positions.shape)
        exact = primitive.positions + noise.astype(np.float32)
        primitive.attributes["POSITION"] = create_accessor(exact)
    again = read_gltf(write_glb(document), PurePosixPath("x.glb"), Resolver(models))

    assert grounded(again) is not None


@pytest.mark.parametrize("up", ["x", "y", "z"])
def test_a_point_is_told_as_its_file_counts(up: Axis) -> None:
    node = Node(mesh=corner(), translation=(10.0, 20.0, 30.0))
    document = standing(node)
    orient(document, OrientOptions(metres_per_unit=0.001, up=up))
    world = document.shown_nodes_with_matrices()[-1][1]
    point = tuple(float(n) for n in world[:3, 3])

    written = bounds.to_source_units((point[0], point[1], point[2]), 0.001, up)

    assert written == pytest.approx((10, 20, 30))


def test_what_is_told_names_the_distance_and_the_foot() -> None:
    extents = Extents((652344.0, 90.25, -6862013.0), (652346.0, 99.0, -6862011.0))
    foot = bounds.find_far_foot(extents)
    assert foot is not None

    told = bounds.describe_shift(extents, foot, 1, "z")

    assert (told["km_en"], told["km_fr"]) == ("6,893", "6\N{NO-BREAK SPACE}893")
    assert (told["x"], told["y"], told["z"]) == ("652345", "6862012", "90.25")
