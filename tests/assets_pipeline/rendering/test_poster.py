"""Posters, seen by looking for a plain red box where it must and must not be."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image as Pillow

from assets_pipeline.errors.exceptions import (
    EmptyModelError,
    MissingToolError,
    UnsupportedFormatError,
)
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
from assets_pipeline.gltf.materials import Image, Material, Texture, TextureInfo
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.rendering.poster import (
    PosterOptions,
    encode_variants,
    render_poster,
)
from assets_pipeline.transforms.compress_meshopt import compress_meshopt
from assets_pipeline.transforms.compress_textures import compress_textures
from assets_pipeline.transforms.quantize import quantize
from tours.bundle import Extents, MediaFile

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

SMALL = PosterOptions(width_px=160, height_px=120, frames=4)
RED = Material(
    base_color_factor=(1.0, 0.0, 0.0, 1.0), metallic_factor=0.0, roughness_factor=1.0
)


def box(
    width: float, height: float, depth: float, material: Material = RED, **more: object
) -> Document:
    """Return a box that stands on y = 0, its faces outward."""
    corners = np.float32(
        [(x, y, z) for x in (-0.5, 0.5) for y in (0, 1) for z in (-0.5, 0.5)]
    )
    quads = [
        (0, 1, 3, 2),
        (4, 6, 7, 5),
        (0, 4, 5, 1),
        (2, 3, 7, 6),
        (0, 2, 6, 4),
        (1, 5, 7, 3),
    ]
    points = np.concatenate([corners[list(quad)] for quad in quads])
    points = points * np.float32([width, height, depth])
    outward = [(-1, 0, 0), (1, 0, 0), (0, -1, 0), (0, 1, 0), (0, 0, -1), (0, 0, 1)]
    faces = np.arange(0, 24, 4)[:, None] + np.array([0, 1, 2, 0, 2, 3])
    primitive = Primitive(
        {
            "POSITION": create_accessor(points),
            "NORMAL": create_accessor(np.repeat(np.float32(outward), 4, axis=0)),
            "TEXCOORD_0": create_accessor(
                np.tile(np.float32([[0, 0], [1, 1]]), (12, 1))
            ),
            **more,
        },
        create_accessor(faces.reshape(-1, 1).astype(np.uint16)),
        material,
    )
    return whole(Node(mesh=Mesh([primitive])))


def whole(*nodes: Node) -> Document:
    scene = Scene(list(nodes))
    return Document([scene], scene)


def poster(document: Document, options: PosterOptions = SMALL) -> npt.NDArray[np.uint8]:
    return render_poster(
        write_glb(document), measure.compute_extents(document), options
    )


def reds(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    """Return where a picture is clearly red."""
    r, g, b = (pixels[..., i].astype(int) for i in range(3))
    return (r > 2 * g) & (r > 2 * b) & (r > 40)


def red_box(pixels: npt.NDArray[np.uint8]) -> tuple[float, float, float, float]:
    """Return left, top, right, bottom of what is red, as parts of the picture."""
    rows, columns = np.nonzero(reds(pixels))
    height, width = pixels.shape[:2]
    return (
        columns.min() / width,
        rows.min() / height,
        (columns.max() + 1) / width,
        (rows.max() + 1) / height,
    )


def test_a_poster_has_the_asked_size() -> None:
    pixels = poster(box(1, 1, 1))

    assert (pixels.shape, pixels.dtype) == ((120, 160, 3), np.uint8)


@pytest.mark.parametrize("size_m", [(1, 21, 1), (8, 0.4, 3), (0.02, 0.02, 0.02)])
@pytest.mark.parametrize("shape", [(160, 120), (120, 160)])
def test_whatever_its_shape_a_model_fills_the_picture(
    size_m: tuple[float, float, float], shape: tuple[int, int]
) -> None:
    options = replace(SMALL, width_px=shape[0], height_px=shape[1])

    left, top, right, bottom = red_box(poster(box(*size_m), options))

    assert max(right - left, bottom - top) == pytest.approx(0.84, abs=0.03)
    assert (left + right) / 2 == pytest.approx(0.5, abs=0.03)
    assert (top + bottom) / 2 == pytest.approx(0.5, abs=0.03)


def test_a_model_far_from_the_origin_is_found() -> None:
    document = box(1, 1, 1)
    document.scene.nodes[0].translation = (4000.0, -70.0, 900.0)

    left, top, right, bottom = red_box(poster(document))

    assert max(right - left, bottom - top) == pytest.approx(0.84, abs=0.03)


def test_the_same_model_gives_the_same_bytes() -> None:
    """The store names files by content: a second rendering must not make new ones."""
    assert poster(box(1, 2, 1)).tobytes() == poster(box(1, 2, 1)).tobytes()


def test_a_shadow_lies_on_one_side_and_no_horizon_shows() -> None:
    larger = PosterOptions(width_px=400, height_px=300)

    pixels = poster(box(1, 2, 1), larger).astype(int).sum(axis=2)

    beside = pixels[200:288]  # about the box's foot
    far = pixels[:, 10]
    assert beside[:, 288:375].min() < beside[:, 25:112].min() - 15
    assert np.abs(np.diff(far)).max() <= 9


def test_a_large_poster_looks_like_a_small_one() -> None:
    """Of large ones the ground is taken at half the size."""
    small = PosterOptions(width_px=400, height_px=300, frames=2)
    large = PosterOptions(width_px=1200, height_px=900, frames=2)

    taken = poster(box(1, 2, 1), large)

    reduced = taken.reshape(300, 3, 400, 3, 3).mean(axis=(1, 3))
    assert np.abs(reduced - poster(box(1, 2, 1), small)).mean() < 2


def test_compressed_models_look_the_same() -> None:
    """Posters are drawn from the files phones get: meshopt, quantised, WebP."""
    content = io.BytesIO()
    Pillow.linear_gradient("L").convert("RGB").save(content, "PNG")
    image = Image(content.getvalue(), "image/png")
    material = Material(
        base_color_texture=TextureInfo(Texture(image)), metallic_factor=0.0
    )
    plain, packed = box(1, 1, 1, material), box(1, 1, 1, material)
    compress_textures(packed)
    quantize(packed)
    compress_meshopt(packed)

    difference = np.abs(poster(plain).astype(int) - poster(packed).astype(int))

    assert difference.mean() < 1


def test_an_animation_that_the_renderer_does_not_play_is_no_hindrance() -> None:
    """Filament drops one with a channel of a single key, and filly then the file."""
    document = box(1, 1, 1)
    key = AnimationSampler(
        create_accessor(np.float32([0])), create_accessor(np.float32([[0, 0, 0]]))
    )
    channel = AnimationChannel(document.scene.nodes[0], "translation", key)
    document.animations.append(Animation([channel]))

    pixels = render_poster(
        write_glb(document), measure.compute_extents(document), SMALL
    )

    assert (pixels[..., 0].astype(int) - pixels[..., 1]).max() > 60


def test_vertex_colours_show() -> None:
    colors = create_accessor(np.tile(np.float32([1, 0, 0, 1]), (24, 1)))
    white = Material(metallic_factor=0.0)

    assert reds(poster(box(1, 1, 1, white, COLOR_0=colors))).mean() > 0.2


@pytest.mark.parametrize(("double_sided", "is_seen"), [(True, True), (False, False)])
def test_double_sided_surfaces_are_seen_from_behind(
    *, double_sided: bool, is_seen: bool
) -> None:
    """A sheet that looks away, beside a white box that looks at us."""
    sheet = Primitive(
        {
            "POSITION": create_accessor(
                np.float32([[-2, 0, 0], [-2, 2, 0], [-1, 0, 0]])
            ),
            "NORMAL": create_accessor(np.tile(np.float32([0, 0, -1]), (3, 1))),
        },
        material=replace(RED, double_sided=double_sided),
    )
    document = box(1, 1, 1, Material(metallic_factor=0.0))
    document.scene.nodes.append(Node(mesh=Mesh([sheet])))

    assert bool(reds(poster(document)).any()) is is_seen


def test_a_file_that_is_no_glb_is_refused() -> None:
    unit = Extents((0, 0, 0), (1, 1, 1))

    with pytest.raises(UnsupportedFormatError, match="only version 2 is read"):
        render_poster(b"glTF nothing of the kind", unit, SMALL)


def test_a_model_without_size_is_refused() -> None:
    point = Extents((1, 1, 1), (1, 1, 1))

    with pytest.raises(EmptyModelError, match="no size"):
        render_poster(write_glb(box(1, 1, 1)), point, SMALL)


def test_a_model_of_which_nothing_shows_is_refused() -> None:
    """A single sheet that looks away from where we stand."""
    sheet = Primitive(
        {
            "POSITION": create_accessor(np.float32([[0, 0, 0], [0, 1, 0], [1, 0, 0]])),
            "NORMAL": create_accessor(np.tile(np.float32([0, 0, -1]), (3, 1))),
        },
        material=RED,
    )

    with pytest.raises(EmptyModelError, match="can be seen"):
        poster(whole(Node(mesh=Mesh([sheet]))))


def test_rendering_writes_nothing_to_the_terminal(
    capfd: pytest.CaptureFixture[str],
) -> None:
    poster(box(1, 1, 1))

    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("library", ["libGL.so.1", "libEGL.so.1"])
def test_a_machine_without_a_renderer_is_told_what_to_install(
    tmp_path: Path, library: str
) -> None:
    """An empty file in the library's place is what the loader meets first."""
    (tmp_path / library).touch()
    program = (
        "from assets_pipeline.rendering.poster import render_poster\n"
        "from assets_pipeline.errors.exceptions import MissingToolError\n"
        "from tours.bundle import Extents\n"
        "try:\n"
        "    render_poster(b'', Extents((0, 0, 0), (1, 1, 1)))\n"
        "except MissingToolError as error:\n"
        "    print(error)\n"
    )

    said = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "LD_LIBRARY_PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert "apt install libgl1 libegl1 libgl1-mesa-dri" in said
    assert MissingToolError.__name__ not in said


def _kept(content: bytes, extension: str, media_type: str) -> MediaFile:
    digest = hashlib.sha256(content).hexdigest()
    return MediaFile(digest, len(content), extension, media_type)


def test_variants_come_in_three_formats_and_end_with_what_opens_everywhere() -> None:
    picture = encode_variants(np.zeros((1200, 1600, 3), np.uint8), _kept)

    assert [(v.file.media_type, v.width_px, v.height_px) for v in picture.variants] == [
        ("image/avif", 480, 360),
        ("image/avif", 960, 720),
        ("image/avif", 1600, 1200),
        ("image/webp", 480, 360),
        ("image/webp", 960, 720),
        ("image/webp", 1600, 1200),
        ("image/jpeg", 480, 360),
        ("image/jpeg", 960, 720),
        ("image/jpeg", 1600, 1200),
    ]


def test_a_small_picture_is_not_blown_up() -> None:
    picture = encode_variants(np.zeros((300, 600, 3), np.uint8), _kept)

    assert [v.width_px for v in picture.variants] == [480, 600] * 3
