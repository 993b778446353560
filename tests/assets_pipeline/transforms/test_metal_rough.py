"""Materials of specular and glossiness are told in the words that every viewer knows."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image as Pillow

from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.document import Document, Mesh, Node, Primitive, Scene
from assets_pipeline.gltf.materials import (
    Image,
    Material,
    Texture,
    TextureInfo,
    TextureTransform,
)
from assets_pipeline.images.color import linear_to_srgb, srgb_to_linear
from assets_pipeline.transforms.metal_rough import EXTENSION, metal_rough

GOLD = (1.0, 0.77, 0.34)


def picture(*texels: tuple[int, ...], width: int = 2) -> TextureInfo:
    """Return a picture of one row, each texel several times."""
    row = np.repeat(np.array(texels, np.uint8), width // len(texels), axis=0)
    content = io.BytesIO()
    Pillow.fromarray(row[None]).save(content, "PNG")
    return TextureInfo(Texture(Image(content.getvalue(), "image/png")))


def turned(**payload: object) -> Material:
    """Return a material of the extension after it was turned."""
    material = Material(extensions={EXTENSION: payload})  # type: ignore[dict-item]
    place = create_accessor(np.eye(3, dtype=np.float32))
    mesh = Mesh([Primitive({"POSITION": place}, material=material)])
    scene = Scene([Node(mesh=mesh)])
    metal_rough(Document([scene], scene))
    return material


def texels(info: TextureInfo | None) -> list[list[int]]:
    assert info is not None
    pixels = Pillow.open(io.BytesIO(info.texture.image.content))
    return np.asarray(pixels)[0].tolist()


def test_what_reflects_as_plastic_is_no_metal() -> None:
    material = turned(
        diffuseFactor=[0.5, 0.2, 0.1, 1],
        specularFactor=[0.04] * 3,
        glossinessFactor=0.3,
    )

    assert material.metallic_factor == 0
    assert material.base_color_factor == pytest.approx((0.5, 0.2, 0.1, 1), abs=1e-6)
    assert material.roughness_factor == pytest.approx(0.7)
    assert material.extensions == {}


def test_a_coloured_reflection_on_black_is_metal() -> None:
    material = turned(diffuseFactor=[0, 0, 0, 1], specularFactor=list(GOLD))

    assert material.metallic_factor == pytest.approx(1)
    assert material.base_color_factor[:3] == pytest.approx(GOLD, abs=1e-3)


def test_as_much_light_comes_back_as_before() -> None:
    """Diffuse under what reflects, and what reflects: both are told apart again."""
    diffuse, specular = 0.3, 0.2

    material = turned(diffuseFactor=[diffuse] * 3 + [1], specularFactor=[specular] * 3)

    metal, base = material.metallic_factor, material.base_color_factor[0]
    dull, shiny = base * (1 - metal), 0.04 * (1 - metal) + base * metal
    assert shiny == pytest.approx(specular, abs=0.03)
    assert dull * 0.96 + shiny == pytest.approx(diffuse * 0.8 + specular, abs=0.03)


def test_pictures_are_turned_texel_by_texel() -> None:
    gold = [int(v) for v in np.round(255 * linear_to_srgb(np.array(GOLD, np.float32)))]
    plastic = round(255 * float(linear_to_srgb(np.float32([0.04]))[0]))

    material = turned(
        diffuseTexture=picture((200, 100, 50, 128), (0, 0, 0, 255)),
        specularGlossinessTexture=picture(
            (plastic,) * 3 + (51,), (*gold, 255), width=4
        ),
    )

    colors = texels(material.base_color_texture)
    rough = texels(material.metallic_roughness_texture)
    assert colors[0] == pytest.approx([200, 100, 50, 128], abs=2)
    assert colors[3] == pytest.approx([*gold, 255], abs=2)
    assert rough[0] == pytest.approx([0, 204, 0], abs=1)
    assert rough[3] == pytest.approx([0, 0, 255], abs=1)


def test_pictures_that_lie_differently_are_not_mixed() -> None:
    """The reflections' mean is taken: their picture has no place on the colours'."""
    shine = picture((0, 0, 0, 0), (0, 0, 0, 255))
    shine.transform = TextureTransform(scale=(2, 2))

    material = turned(
        diffuseTexture=picture((200, 100, 50, 255), (9, 9, 9, 255)),
        specularGlossinessTexture=shine,
    )

    light = srgb_to_linear(np.array([200], np.float32) / 255)[0] / 0.96
    red = round(255 * float(linear_to_srgb(light[None])[0]))
    assert texels(material.base_color_texture)[0][0] == pytest.approx(red, abs=1)
    assert texels(material.metallic_roughness_texture)[0][1] == pytest.approx(
        128, abs=2
    )


def test_what_the_file_says_for_old_viewers_gives_way() -> None:
    material = Material(
        base_color_texture=picture((1, 2, 3), (4, 5, 6)),
        extensions={EXTENSION: {"specularFactor": [0, 0, 0]}},
    )
    place = create_accessor(np.eye(3, dtype=np.float32))
    mesh = Mesh([Primitive({"POSITION": place}, material=material)])
    scene = Scene([Node(mesh=mesh)])

    metal_rough(Document([scene], scene))

    assert material.base_color_texture is None


@pytest.mark.parametrize(
    "payload",
    [
        {"diffuseFactor": "red", "specularFactor": [1, 2], "glossinessFactor": None},
        {"diffuseFactor": [float("nan"), -5, 7, 1], "specularFactor": [9, 9, 9]},
    ],
)
def test_numbers_that_say_nothing_are_bounded(payload: dict[str, object]) -> None:
    material = turned(**payload)

    values = (*material.base_color_factor, material.metallic_factor)
    assert all(0 <= value <= 1 for value in values)
