"""Occlusion dims what is judged as much as it dims what visitors see."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image as Pillow

from assets_pipeline.gltf import measure
from assets_pipeline.gltf.document import Mesh, Node
from assets_pipeline.gltf.materials import Image, Texture, TextureInfo
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.images.color import srgb_to_linear
from assets_pipeline.rendering.occlusion_correction import (
    CorrectionCache,
    correct_occlusion,
    multi_bounce,
)
from assets_pipeline.rendering.views import SEARCH_RIG, Light, ViewRenderer

if TYPE_CHECKING:
    from collections.abc import Callable

    from assets_pipeline.gltf.document import Document

    Read = Callable[..., Document]

TOE = 0.04
"""What Khronos' PBR neutral tone mapping takes off whatever is lighter than it."""
ROOM_ALONE = replace(
    SEARCH_RIG, edge_px=96, lights=(Light((0.0, -1.0, 0.0), 0.0),), room_lux=20_000.0
)


def plain(code: int) -> TextureInfo:
    """Return a texture of one code."""
    content = io.BytesIO()
    Pillow.new("RGB", (4, 4), (code,) * 3).save(content, "PNG")
    return TextureInfo(Texture(Image(content.getvalue(), "image/png")))


@pytest.fixture
def box(read: Read) -> Document:
    """Return a white, dull box with texture coordinates."""
    document = read("textured_box.glb")
    material = document.materials()[0]
    material.base_color_texture = None
    material.base_color_factor = (1.0, 1.0, 1.0, 1.0)
    material.metallic_factor, material.roughness_factor = 0.0, 1.0
    return document


def light(document: Document) -> float:
    """Return the mean light of a document drawn by a room's light alone."""
    photographer = ViewRenderer(measure.compute_extents(document))
    shots = photographer.render(write_glb(document), ROOM_ALONE)
    photographer.close()
    seen = np.concatenate([shot.pixels[shot.mask] for shot in shots])
    drawn = srgb_to_linear(seen.astype(np.float32) / np.float32(255))
    assert drawn.min() > TOE
    assert drawn.max() < 1 - 2 * TOE, "lighter light is pressed together"
    return float(drawn.mean()) + TOE


def test_half_the_openness_leaves_half_the_light_of_a_white_room(box: Document) -> None:
    """As in browsers; without the correction it would leave nine tenths."""
    material = box.materials()[0]
    whole = light(box)
    material.occlusion_texture = plain(128)

    correct_occlusion(box)

    assert light(box) / whole == pytest.approx(0.5, abs=0.03)


def test_filament_gives_light_back_where_walls_are_pale(box: Document) -> None:
    material = box.materials()[0]
    whole = light(box)

    material.occlusion_texture = plain(128)

    assert light(box) / whole == pytest.approx(
        multi_bounce(np.array([0.5]), 1.0)[0], abs=0.03
    )


@pytest.mark.parametrize("albedo", [0.0, 0.2, 0.5, 0.9, 1.0])
def test_more_openness_never_leaves_less_light(albedo: float) -> None:
    """Else no map could be found that gives a wanted light."""
    given = multi_bounce(np.linspace(0, 1, 1000), albedo)

    assert (np.diff(given) >= 0).all()
    assert given[0] == 0
    assert given[-1] == pytest.approx(1, abs=1e-3)


def test_a_maps_strength_is_taken_into_its_picture(box: Document) -> None:
    material = box.materials()[0]
    material.occlusion_texture = plain(0)
    material.occlusion_texture.strength = 0.0

    correct_occlusion(box)

    assert material.occlusion_texture.strength is None
    picture = Pillow.open(io.BytesIO(material.occlusion_texture.texture.image.content))
    assert picture.getpixel((0, 0)) == 255


def test_dark_colours_are_told_from_pale_ones_by_place(box: Document) -> None:
    """A picture half black, half white, under one openness."""
    colors = np.zeros((4, 4, 3), np.uint8)
    colors[:, 2:] = 255
    content = io.BytesIO()
    Pillow.fromarray(colors).save(content, "PNG")
    material = box.materials()[0]
    material.base_color_texture = TextureInfo(
        Texture(Image(content.getvalue(), "image/png"))
    )
    material.occlusion_texture = plain(128)

    correct_occlusion(box)

    picture = np.asarray(
        Pillow.open(io.BytesIO(material.occlusion_texture.texture.image.content))
    )
    assert picture[0, 0] > picture[0, 3] + 60


def test_maps_of_sixteen_bits_are_no_white_ones(box: Document) -> None:
    deep = Pillow.fromarray(np.full((4, 4), 128 << 8, np.uint16))
    content = io.BytesIO()
    deep.save(content, "PNG")
    material = box.materials()[0]
    material.occlusion_texture = TextureInfo(
        Texture(Image(content.getvalue(), "image/png"))
    )

    correct_occlusion(box)

    made = material.occlusion_texture.texture.image
    assert Pillow.open(io.BytesIO(made.content)).getpixel((0, 0)) < 100


def test_materials_of_one_map_share_the_darkened_one(box: Document) -> None:
    first = box.materials()[0]
    first.occlusion_texture = plain(128)
    second = replace(first, name="another")
    box.primitives()[0].material = second
    box.nodes()[0].children.append(Node(mesh=Mesh([replace(box.primitives()[0])])))
    box.nodes()[1].mesh.primitives[0].material = first

    correct_occlusion(box)

    assert first.occlusion_texture is not None
    assert second.occlusion_texture is not None
    images = (m.occlusion_texture.texture.image for m in (first, second))
    assert len({id(image) for image in images}) == 1


def test_what_was_looked_at_before_is_not_made_again(box: Document) -> None:
    memory, material = CorrectionCache(), box.materials()[0]
    made = []

    for code in (128, 90, 128):
        material.occlusion_texture = plain(code)
        correct_occlusion(box, memory)
        made.append(material.occlusion_texture.texture.image)

    assert made[0] is made[2]
    assert made[0].content != made[1].content
