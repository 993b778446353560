"""What plays in a USDZ package, evaluated by OpenUSD, against the glTF it was made of."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import numpy as np
import pytest
from pxr import Usd, UsdGeom, UsdSkel, UsdValidation

from assets_pipeline.checks.animations import check_animations
from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.animation import sample_channel
from assets_pipeline.gltf.document import (
    Animation,
    AnimationChannel,
    AnimationSampler,
    Document,
    Interpolation,
    Mesh,
    Node,
    Primitive,
    Scene,
    Skin,
)
from assets_pipeline.gltf.document import Path as Moved
from assets_pipeline.gltf.materials import Material
from assets_pipeline.gltf.rest_pose import posed_primitives
from assets_pipeline.readers.gltf.reader import read_gltf
from assets_pipeline.readers.usdz import read_usdz
from assets_pipeline.resolver import Resolver
from assets_pipeline.usdz.sampled_animation import (
    NodeTree,
    SamplingTolerance,
    find_played_animation,
    sample_animation,
)
from assets_pipeline.usdz.textures import TextureFiles, default_settings
from assets_pipeline.usdz.writer import Packer, UsdzOptions, write_package, write_usdz

if TYPE_CHECKING:
    from collections.abc import Callable

SHARED_MODELS = Path(__file__).parents[3] / "../shared/data/models"
QUARTER = (0.0, 0.0, math.sqrt(0.5), math.sqrt(0.5))
"""A quarter turn around Z, counter-clockwise."""
RED, GREY = Material(name="red"), Material(name="grey")


def box(material: Material | None = None, **attributes: object) -> Primitive:
    """Return a closed box, 2 m high, from the origin upwards, of 8 vertices."""
    corners = np.float32([[x, y, z] for y in (0, 2) for z in (0, 1) for x in (0, 1)])
    faces = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4)]
    faces.append((1, 5, 7, 3))
    triangles = [t for a, b, c, d in faces for t in ((a, b, c), (a, c, d))]
    return Primitive(
        {"POSITION": create_accessor(corners), **attributes},  # type: ignore[dict-item]
        create_accessor(np.array(triangles, np.uint32).ravel()),
        material,
    )


def channel(
    node: Node,
    path: Moved,
    keys: dict[float, object],
    interpolation: Interpolation = "LINEAR",
) -> AnimationChannel:
    times = create_accessor(np.float32([*keys]))
    values = np.float32([*keys.values()])
    width = 1 if path == "weights" else values.shape[-1]
    output = create_accessor(values.reshape(-1, width))
    return AnimationChannel(node, path, AnimationSampler(times, output, interpolation))


def document(nodes: list[Node], *channels: AnimationChannel) -> Document:
    scene = Scene(nodes)
    return Document([scene], scene, [Animation([*channels])] if channels else [])


def wheel(*, interpolation: Interpolation = "LINEAR") -> Document:
    """Return a wheel that turns on a cart that rolls, beside a box that stands still."""
    hub = Node("hub", mesh=Mesh([box(RED)]), translation=(0.0, 1.0, 0.0))
    cart = Node("cart", [hub], Mesh([box(RED), box(GREY)]), scale=(2.0, 2.0, 2.0))
    above = Node("ground", [cart], translation=(5.0, 0.0, 0.0), rotation=QUARTER)
    still = Node("still", mesh=Mesh([box(RED), box(GREY)]))
    turns = {0.0: (0, 0, 0, 1), 0.5: QUARTER, 1.0: (0, 0, 1, 0), 2.0: (0, 0, -1, 0)}
    ways = {0.25: (0, 0, 0), 1.25: (4, 0, 0), 2.0: (4, 3, 0)}
    return document(
        [above, still],
        channel(hub, "rotation", turns, interpolation),
        channel(cart, "translation", ways, interpolation),
    )


def arm(*, scale: float = 1.0) -> Document:
    """Return a bar with two bones, of which the upper bends; below a still armature."""
    upper = Node("upper", translation=(0.0, 1.0, 0.0))
    between = Node("between", [upper], rotation=QUARTER, scale=(1.0, 0.5, 1.0))
    lower = Node("lower", [between], translation=(0.0, 0.25, 0.0))
    armature = Node("armature", [lower], scale=(scale,) * 3, rotation=QUARTER)
    share = np.float32([[0, 0, 0, 1]] * 4 + [[0.75, 0, 0.25, 0]] * 4)
    joints = np.array([[1, 0, 0, 1]] * 4 + [[0, 0, 1, 0]] * 4, np.uint8)
    bar = box(RED, JOINTS_0=create_accessor(joints), WEIGHTS_0=create_accessor(share))
    binds = np.tile(np.eye(4, dtype=np.float32), (2, 1, 1))
    binds[:, 3, 1] = -0.5, -1.5  # columns: moved down
    skin = Skin([lower, upper], create_accessor(binds.reshape(2, 16), kind="MAT4"))
    holder = Node("bar", mesh=Mesh([bar]), skin=skin, translation=(9.0, 0.0, 0.0))
    bends = {0.0: (0, 0, 0, 1), 1.0: (*QUARTER[:2], -QUARTER[2], QUARTER[3])}
    return document([armature, holder], channel(upper, "rotation", bends))


def morph() -> Document:
    """Return a box with two targets, of which the second is never asked for alone."""
    shape = box(RED)
    taller = np.zeros((8, 3), np.float32)
    taller[4:, 1] = 1
    wider = np.zeros((8, 3), np.float32)
    wider[[1, 3, 5, 7], 0] = 2
    shape.targets = [
        {"POSITION": create_accessor(taller)},
        {"POSITION": create_accessor(wider)},
    ]
    node = Node(mesh=Mesh([shape], weights=(0.5, 0.0)), translation=(0.0, 3.0, 0.0))
    weights = {0.0: [0, 0], 0.5: [1, 0.25], 1.0: [0, 1]}
    return document([node], channel(node, "weights", weights))


def standing(document: Document, time_s: float) -> list[np.ndarray]:
    """Return each primitive's points, as our own posing has them at a time."""
    times = np.array([time_s])
    moved = document.animations[0].channels
    before = [getattr(c.node, c.path) for c in moved]
    for c in moved:
        setattr(c.node, c.path, tuple(sample_channel(c, times)[0].tolist()))
    points = [part.positions for part in posed_primitives(document)]
    for c, value in zip(moved, before, strict=True):
        setattr(c.node, c.path, value)
    return points


def shown(package: bytes, code: float | None) -> list[np.ndarray]:
    """Return each mesh's points, as OpenUSD has them at a time code."""
    return [part.positions for part in posed_primitives(read_usdz(package, code))]


def alike(one: list[np.ndarray], other: list[np.ndarray]) -> float:
    """Return the greatest distance of points that lie nearest, by the size of all."""
    first, second = np.concatenate(one), np.concatenate(other)
    assert len(first) == len(second)
    apart = np.linalg.norm(first[:, None] - second[None], axis=2)
    farthest = max(apart.min(axis=0).max(), apart.min(axis=1).max())
    return float(farthest / np.linalg.norm(np.ptp(first, axis=0)))


@pytest.fixture
def opened(tmp_path: Path) -> Callable[[bytes], Usd.Stage]:
    """Return a function that opens a package as USD does."""
    kept: list[Usd.Stage] = []  # prims die with the last mention of their stage

    def open_package(package: bytes) -> Usd.Stage:
        path = tmp_path / "model.usdz"
        path.write_bytes(package)
        kept.append(Usd.Stage.Open(str(path)))
        return kept[-1]

    return open_package


MADE = {"wheel": wheel, "arm": arm, "morph": morph}


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("frame", [0, 3, 6, 7, 12, 18, 24])
def test_what_plays_stands_as_in_the_source(name: str, frame: int) -> None:
    """Keys lie on frames of 24 a second here, so nothing is lost between them."""
    source = MADE[name]()

    package = write_usdz(source)

    assert alike(shown(package, frame), standing(source, frame / 24)) < 1e-5


@pytest.mark.parametrize("name", MADE)
def test_between_frames_all_goes_straight_on(name: str) -> None:
    source = MADE[name]()

    package = write_usdz(source)

    assert alike(shown(package, 8.5), standing(source, 8.5 / 24)) < 1e-5


@pytest.mark.parametrize("name", MADE)
def test_without_a_time_all_stands_at_rest(name: str) -> None:
    source = MADE[name]()

    package = write_usdz(source)

    rest = [part.positions for part in posed_primitives(source)]
    assert alike(shown(package, None), rest) < 1e-5


@pytest.mark.parametrize("name", MADE)
def test_validators_find_nothing(
    opened: Callable[[bytes], Usd.Stage], name: str
) -> None:
    stage = opened(write_usdz(MADE[name]()))

    registry = UsdValidation.ValidationRegistry()
    validators = [
        registry.GetOrLoadValidatorByName(metadata.name)
        for metadata in registry.GetAllValidatorMetadata()
        if not metadata.isSuite
    ]
    found = UsdValidation.ValidationContext(validators).Validate(stage)
    assert [error.GetMessage() for error in found] == []


@pytest.mark.parametrize("name", MADE)
def test_the_size_is_that_at_rest(
    opened: Callable[[bytes], Usd.Stage], name: str
) -> None:
    """Quick Look sets a model down by its box."""
    source = MADE[name]()

    stage = opened(write_usdz(source))

    cache = UsdGeom.BBoxCache(Usd.TimeCode.Default(), [UsdGeom.Tokens.default_])
    box = cache.ComputeWorldBound(stage.GetDefaultPrim()).ComputeAlignedRange()
    points = np.concatenate([part.positions for part in posed_primitives(source)])
    np.testing.assert_allclose(box.GetMin(), points.min(axis=0), atol=0.01)
    np.testing.assert_allclose(box.GetMax(), points.max(axis=0), atol=0.01)


def test_the_timeline_lasts_as_long_as_the_animation(
    opened: Callable[[bytes], Usd.Stage],
) -> None:
    stage = opened(write_usdz(wheel()))

    assert stage.GetStartTimeCode() == 0
    assert stage.GetEndTimeCode() / stage.GetTimeCodesPerSecond() == pytest.approx(2)


def test_every_time_code_is_whole(opened: Callable[[bytes], Usd.Stage]) -> None:
    """Quick Look takes no other: keys that no frame hits are told on frames."""
    source = wheel()
    hub = source.animations[0].channels[0]
    hub.sampler.input = create_accessor(np.float32([0, 0.337, 1.011, 2]))

    stage = opened(write_usdz(source))

    codes = {
        code
        for prim in stage.Traverse()
        for attribute in prim.GetAttributes()
        for code in attribute.GetTimeSamples()
    }
    assert codes
    assert all(code == int(code) for code in codes)


def test_keys_that_no_frame_hits_are_told_on_frames() -> None:
    source = wheel()
    hub = source.animations[0].channels[0]
    hub.sampler.input = create_accessor(np.float32([0, 0.337, 1.011, 2]))

    package = write_usdz(source)

    assert alike(shown(package, 20), standing(source, 20 / 60)) < 1e-4


def test_what_stands_still_is_joined_apart_from_what_moves(
    opened: Callable[[bytes], Usd.Stage],
) -> None:
    """Of one material, and yet two meshes."""
    stage = opened(write_usdz(wheel()))

    counts = {
        str(prim.GetPath()): len(UsdGeom.Mesh(prim).GetPointsAttr().Get())
        for prim in stage.Traverse()
        if prim.IsA(UsdGeom.Mesh)
    }
    still = [count for path, count in counts.items() if path.startswith("/Model/mesh_")]
    assert still == [8, 8]
    assert sum(counts.values()) == 40


def test_a_step_waits_for_its_key() -> None:
    """It is whole one frame later: the way between two frames is straight."""
    source = wheel(interpolation="STEP")

    package = write_usdz(source)

    for frame in (0, 6, 11, 12, 20, 30, 48):
        assert alike(shown(package, frame), standing(source, frame / 24)) < 1e-5


def test_a_curve_is_followed() -> None:
    source = wheel()
    hub = source.animations[0].channels[0].node
    rows = [[[0, 0, 0], [0, 1, 0], [9, 0, 0]], [[0, -9, 0], [4, 1, 0], [0, 0, 0]]]
    keys = dict(zip([0.0, 2.0], rows, strict=True))
    source.animations[0].channels = [channel(hub, "translation", keys, "CUBICSPLINE")]

    package = write_usdz(source)

    for frame in (0, 13, 60, 120):
        assert alike(shown(package, frame), standing(source, frame / 60)) < 1e-4


def test_a_small_armature_loses_nothing_to_half_precision() -> None:
    """UsdSkel keeps scales in half precision: what stands still is put above."""
    source = arm(scale=0.0123)

    package = write_usdz(source)

    assert alike(shown(package, 6), standing(source, 0.25)) < 1e-5


def test_a_mirrored_wheel_shows_both_sides(
    opened: Callable[[bytes], Usd.Stage],
) -> None:
    source = wheel()
    source.scene.nodes[0].scale = (-1.0, 1.0, 1.0)

    stage = opened(write_usdz(source))

    moved = [
        p
        for p in stage.Traverse()
        if p.IsA(UsdGeom.Mesh) and "node" in p.GetPath().pathString
    ]
    assert len(moved) == 3
    assert all(UsdGeom.Mesh(prim).GetDoubleSidedAttr().Get() for prim in moved)


def test_meshes_and_skeletons_are_bound_one_by_one(
    opened: Callable[[bytes], Usd.Stage],
) -> None:
    """Quick Look follows no binding that is inherited."""
    stage = opened(write_usdz(arm()))

    mesh = next(prim for prim in stage.Traverse() if prim.IsA(UsdGeom.Mesh))
    (skeleton,) = UsdSkel.BindingAPI(mesh).GetSkeletonRel().GetTargets()
    bound = UsdSkel.BindingAPI(stage.GetPrimAtPath(skeleton))
    (animation,) = bound.GetAnimationSourceRel().GetTargets()
    assert stage.GetPrimAtPath(animation).IsA(UsdSkel.Animation)


def test_four_joints_at_most_hold_a_vertex(
    opened: Callable[[bytes], Usd.Stage],
) -> None:
    source = arm()
    (bar,) = source.scene.nodes[1].mesh.primitives  # type: ignore[union-attr]
    share = np.full((8, 4), 0.125, np.float32)
    for name in ("JOINTS_1", "WEIGHTS_1"):
        bar.attributes[name] = bar.attributes["JOINTS_0"]
    bar.attributes["WEIGHTS_0"] = bar.attributes["WEIGHTS_1"] = create_accessor(share)

    stage = opened(write_usdz(source))

    mesh = next(prim for prim in stage.Traverse() if prim.IsA(UsdGeom.Mesh))
    weights = UsdSkel.BindingAPI(mesh).GetJointWeightsPrimvar()
    assert weights.GetElementSize() == 4
    np.testing.assert_allclose(np.reshape(weights.Get(), (8, 4)).sum(axis=1), 1)


def test_an_animation_that_moves_nothing_is_none(
    opened: Callable[[bytes], Usd.Stage],
) -> None:
    source = wheel()
    node = source.scene.nodes[1]
    idle = channel(node, "translation", {0.0: (0, 0, 0), 1.0: (0, 0, 0)})
    source.animations = [Animation([idle])]

    stage = opened(write_usdz(source))

    assert not stage.HasAuthoredTimeCodeRange()


@pytest.mark.parametrize("end_s", [120_000.0, 1e30])
def test_an_animation_without_end_is_passed_over(end_s: float) -> None:
    """Keys in milliseconds, say: frame by frame they would fill the memory."""
    node = Node(mesh=Mesh([box()]))
    slid = document(
        [node], channel(node, "translation", {0.0: (0, 0, 0), end_s: (1, 0, 0)})
    )

    assert sample_animation(slid, NodeTree(slid)) is None


def test_an_idle_animation_that_trembles_less_than_is_sent_is_passed_over() -> None:
    """The page reads its values rounded: both must play the same animation."""
    source = wheel()
    hub = source.scene.nodes[1]
    trembling = (0.0, 0.0, 5e-4, 1.0)
    idle = channel(hub, "rotation", {0.0: (0, 0, 0, 1), 1.0: trembling})
    source.animations.insert(0, Animation([idle]))

    assert find_played_animation(source) is source.animations[1]


def test_the_first_animation_plays() -> None:
    source = wheel()
    node = source.scene.nodes[1]
    jump = channel(node, "translation", {0.0: (0, 0, 0), 1.0: (0, 90, 0)})
    source.animations.append(Animation([jump]))

    package = write_usdz(source)

    assert alike(shown(package, 24), standing(source, 1)) < 1e-5


def shaken_cart() -> Document:
    """Return the wheel's cart, shaken at random sixty times a second for two seconds."""
    source = wheel()
    cart = source.animations[0].channels[1]
    ways = np.random.default_rng(0).normal(size=(121, 3))
    cart.sampler.input = create_accessor(np.arange(121, dtype=np.float32) / 60)
    cart.sampler.output = create_accessor(ways.astype(np.float32))
    return source


@pytest.mark.parametrize("rate", [24, 15, 10])
def test_an_animation_too_heavy_to_send_is_followed_less_closely(
    opened: Callable[[bytes], Usd.Stage], rate: int
) -> None:
    """And no less than is needed."""
    source = shaken_cart()
    content = Packer(source, SamplingTolerance(rate, 5e-4)).package(
        TextureFiles(default_settings(512))
    )
    options = UsdzOptions(most_bytes=len(content) + 100)

    package = write_package(source, options)

    assert opened(package.content).GetFramesPerSecond() == rate
    assert package.left_out_bytes == 0
    assert len(package.content) <= options.most_bytes


def test_an_animation_that_is_still_too_heavy_is_left_out_and_told(
    opened: Callable[[bytes], Usd.Stage],
) -> None:
    source = shaken_cart()
    still = write_usdz(replace(source, animations=[]))

    package = write_package(source, UsdzOptions(most_bytes=len(still)))

    assert not opened(package.content).HasAuthoredTimeCodeRange()
    assert package.content == still
    assert package.left_out_bytes > len(still)
    (note,) = check_animations("models/cart.glb", source, package)
    assert note.code == "A025"


def test_nothing_is_told_of_an_animation_that_is_sent() -> None:
    source = wheel()

    assert check_animations("models/wheel.glb", source, write_package(source)) == []


def test_the_same_animation_gives_the_same_bytes() -> None:
    assert write_usdz(arm()) == write_usdz(arm())


@pytest.mark.skipif(not SHARED_MODELS.exists(), reason="needs ../shared/data")
@pytest.mark.parametrize("frame", [0, 7, 23.5, 48])
def test_a_man_walks_as_in_his_file(frame: float) -> None:
    path = SHARED_MODELS / "CesiumMan.glb"
    source = read_gltf(
        path.read_bytes(), PurePosixPath(path.name), Resolver(path.parent)
    )

    (points,) = shown(write_usdz(source), frame)

    (expected,) = standing(source, frame / 24)
    size = np.linalg.norm(np.ptp(expected, axis=0))
    assert np.abs(points - expected).max() < 1e-4 * size
