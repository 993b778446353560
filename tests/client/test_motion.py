"""The page's motion against the pipeline's: the same vertices at the same moments."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

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
from assets_pipeline.gltf.materials import matte_material
from assets_pipeline.gltf.rest_pose import posed_primitives
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.transforms.compress_meshopt import compress_meshopt
from assets_pipeline.transforms.quantize import quantize

HERE = Path(__file__).parent
MOMENTS_S = (0.0, 0.3, 0.75, 1.1, 1.9)
TURNED = (0.0, 0.0, 0.6, 0.8)

pytestmark = pytest.mark.skipif(
    shutil.which("node") is None
    or not (HERE.parents[1] / "client" / "node_modules" / "three").exists(),
    reason="Node or the client's packages are missing: run scripts/build-client",
)


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what tells poses, bundled with the client's own parts of three.js."""
    bundle = tmp_path_factory.mktemp("poses") / "poses.mjs"
    command = ["node", HERE / "bundle.mjs", HERE / "poses.mjs", bundle]
    subprocess.run(command, check=True)
    return bundle


def block(**attributes: object) -> Primitive:
    """Return a block of 1 by 2 by 1 m, of 8 vertices."""
    corners = np.float32([[x, y, z] for y in (0, 2) for z in (0, 1) for x in (0, 1)])
    faces = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4)]
    faces.append((1, 5, 7, 3))
    sides = [t for a, b, c, d in faces for t in ((a, b, c), (a, c, d))]
    return Primitive(
        {"POSITION": create_accessor(corners), **attributes},  # type: ignore[dict-item]
        create_accessor(np.array(sides, np.uint16).ravel()),
        matte_material(),
    )


def channel(
    node: Node, path: Moved, keys: dict[float, object], curve: str
) -> AnimationChannel:
    values = np.float32([*keys.values()])
    width = 1 if path == "weights" else values.shape[-1]
    output = create_accessor(values.reshape(-1, width))
    times = create_accessor(np.float32([*keys]))
    kind: Interpolation = curve  # type: ignore[assignment]
    return AnimationChannel(node, path, AnimationSampler(times, output, kind))


def company() -> Document:
    """Return a wheel on a cart, an arm with two bones and a block that grows, all moving."""
    hub = Node("hub", mesh=Mesh([block()]), translation=(0, 1, 0))
    body = Node("body", mesh=Mesh([block()]))
    cart = Node("cart", [body, hub], scale=(2, 2, 2))
    upper = Node(translation=(0, 1, 0))
    lower = Node("lower", [upper], rotation=TURNED, scale=(1, 0.5, 1))
    joints = np.array([[1, 0, 0, 1]] * 4 + [[0, 0, 1, 0]] * 4, np.uint8)
    shares = np.float32([[0, 0, 0, 1]] * 4 + [[0.75, 0, 0.25, 0]] * 4)
    binds = np.tile(np.eye(4, dtype=np.float32), (2, 1, 1))
    binds[:, 3, 1] = -0.5, -1.5
    skin = Skin([lower, upper], create_accessor(binds.reshape(2, 16), kind="MAT4"))
    bar = block(JOINTS_0=create_accessor(joints), WEIGHTS_0=create_accessor(shares))
    arm = Node("arm", mesh=Mesh([bar]), skin=skin, translation=(9, 0, 0))
    growing, taller = block(), np.zeros((8, 3), np.float32)
    taller[4:, 1] = 1
    growing.targets = [{"POSITION": create_accessor(taller)}]
    tower = Node(mesh=Mesh([growing], weights=(0.5,)), translation=(0, 3, 0))
    turns = {0.0: (0, 0, 0, 1), 1.0: TURNED, 2.0: (0, 0, -1, 0)}
    ways = {0.5: (0, 0, 0), 1.0: (4, 0, 0), 2.0: (4, 3, 0)}
    # Tangent in, value, tangent out.
    curve = {
        0.0: [(0, 0, 0), (1, 1, 1), (1, 2, 0)],
        2.0: [(3, 0, 0), (2, 2, 2), (0, 0, 0)],
    }
    scene = Scene([cart, lower, arm, tower])
    moves = [
        channel(hub, "rotation", turns, "LINEAR"),
        channel(hub, "scale", curve, "CUBICSPLINE"),
        channel(cart, "translation", ways, "STEP"),
        channel(upper, "rotation", turns, "LINEAR"),
        channel(tower, "weights", {0.0: [0.0], 1.5: [1.0]}, "LINEAR"),
    ]
    return Document([scene], scene, [Animation(moves)])


def standing(document: Document, time_s: float) -> list[np.ndarray]:
    """Return each primitive's points, as the pipeline has them at a moment."""
    for moved in document.animations[0].channels:
        value = sample_channel(moved, np.array([time_s]))[0]
        setattr(moved.node, moved.path, tuple(value.tolist()))
    return [primitive.positions for primitive in posed_primitives(document)]


@pytest.mark.parametrize(("is_quantized", "reach_m"), [(False, 1e-5), (True, 5e-3)])
def test_the_page_plays_what_the_pipeline_plays(
    script: Path, tmp_path: Path, *, is_quantized: bool, reach_m: float
) -> None:
    """Nodes, a skin and a morph; steps, straight ways, turns and curves."""
    source, file = company(), tmp_path / "company.glb"
    sent = company()
    if is_quantized:
        quantize(sent)
    file.write_bytes(write_glb(sent))

    told = subprocess.run(
        ["node", script, file, *map(str, MOMENTS_S)],
        capture_output=True,
        check=True,
    )

    for time_s, pose in zip(MOMENTS_S, json.loads(told.stdout), strict=True):
        wanted = standing(source, time_s)
        assert len(pose) == len(wanted)
        for found, points in zip(pose, wanted, strict=True):
            gap = np.abs(np.reshape(found, (-1, 3)) - points).max()
            assert gap < reach_m, time_s


def test_compression_moves_nothing_that_an_animation_holds_still(
    script: Path, tmp_path: Path
) -> None:
    """Turns of 12 bits and places of 15: the page would play what is passed over here."""
    turned = np.float32([0.1, 0.2, 0.3, 0.8]) / np.sqrt(0.78)
    place = (1.2345, 0.1, 0.2)
    wheel = Node(
        "wheel",
        mesh=Mesh([block()]),
        translation=place,
        rotation=tuple(turned.tolist()),
    )
    idle = [
        channel(wheel, "rotation", {0.0: turned, 1.0: turned}, "LINEAR"),
        channel(wheel, "translation", {0.0: place, 1.0: place}, "LINEAR"),
    ]
    lifts = channel(wheel, "translation", {0.0: place, 1.0: (1.2345, 5, 0.2)}, "LINEAR")
    scene = Scene([wheel])
    sent = Document([scene], scene, [Animation(idle), Animation([lifts])])
    compress_meshopt(sent)
    file = tmp_path / "wheel.glb"
    file.write_bytes(write_glb(sent))

    told = subprocess.run(
        ["node", script, file, "0", "0.5"], capture_output=True, check=True
    )

    (before,), (after,) = json.loads(told.stdout)
    risen = np.reshape(after, (-1, 3)) - np.reshape(before, (-1, 3))
    assert risen == pytest.approx(np.tile([0, 2.45, 0], (8, 1)), abs=1e-3)
