"""Which texels of its pictures a painted surface shows, however they go on."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image as Pillow

from assets_pipeline.baking.scan_detection import detect_scan
from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.document import Document, Primitive
from assets_pipeline.gltf.materials import Image, Sampler, Texture, TextureInfo

if TYPE_CHECKING:
    from types import ModuleType

    from assets_pipeline.baking.textured_surface import TexturedSurface

REPEATED, CLAMPED, MIRRORED = 10497, 33071, 33648
RED, BLUE = (255, 0, 0), (0, 0, 255)
RINGS = 52


def image_of(pixels: np.ndarray) -> Image:
    content = io.BytesIO()
    Pillow.fromarray(pixels.astype(np.uint8)).save(content, "PNG")
    return Image(content.getvalue(), "image/png")


def painted(document: Document) -> TexturedSurface:
    scan = detect_scan(document)
    assert scan is not None
    assert scan.textured is not None
    return scan.textured


@pytest.fixture
def ball(balls: ModuleType) -> Document:
    """Return a painted ball of 10,800 triangles."""
    document: Document = balls.painted_ball(RINGS)
    return document


@pytest.mark.parametrize(
    ("sampler", "first_u", "last_u"),
    [
        (Sampler(REPEATED, REPEATED), 1.05, 1.45),
        (Sampler(MIRRORED, MIRRORED), 1.55, 1.95),
        (Sampler(MIRRORED, REPEATED), -0.45, -0.05),
        (Sampler(CLAMPED, REPEATED), -0.45, -0.05),
    ],
)
def test_what_is_read_past_an_edge_is_known(
    ball: Document, sampler: Sampler, first_u: float, last_u: float
) -> None:
    """A half that was taken for the one shown would fill the other with its colour."""
    (primitive,) = ball.primitives()
    (material,) = ball.materials()
    texture = Texture(image_of(np.array([[RED, RED, BLUE, BLUE]] * 4)), sampler)
    material.base_color_texture = TextureInfo(texture)
    uvs = primitive.attributes["TEXCOORD_0"].values.copy()
    uvs[:, 0] = first_u + uvs[:, 0] * (last_u - first_u)
    primitive.attributes["TEXCOORD_0"] = create_accessor(uvs)

    mip_chain = painted(ball).mip_chain("baseColorTexture", material.base_color_texture)

    places = np.array([[(first_u + last_u) / 2, 0.5]], np.float32)
    assert mip_chain.sample(places, np.ones(1, np.float32))[0] == pytest.approx(
        (1, 0, 0)
    )


def test_one_picture_read_in_many_ways_is_kept_smaller(ball: Document) -> None:
    """Each way is held in memory beside the others."""
    (mesh,) = ball.meshes()
    (primitive,) = mesh.primitives
    (material,) = ball.materials()
    chequer = np.zeros((2, 4096, 3))
    chequer[:, ::2] = 255
    image = image_of(chequer)
    ways = iter(product((REPEATED, MIRRORED, CLAMPED), repeat=2))
    first, second = (
        replace(
            material,
            base_color_texture=None,
            **{
                f"{slot}_texture": TextureInfo(Texture(image, Sampler(*next(ways))))
                for slot in ("metallic_roughness", "occlusion", "emissive", "normal")
            },
        )
        for _ in range(2)
    )
    second.base_color_texture = TextureInfo(Texture(image, Sampler(*next(ways))))
    corners = primitive.triangles.reshape(2, -1)
    mesh.primitives = [
        Primitive(primitive.attributes, create_accessor(held), own)
        for held, own in zip(corners, (first, second), strict=True)
    ]
    assert first.occlusion_texture is not None

    mip_chain = painted(ball).mip_chain("occlusionTexture", first.occlusion_texture)

    place = np.array([[0.5 + 0.5 / 4096, 0.5]], np.float32)
    assert mip_chain.sample(place, np.ones(1, np.float32))[0, 0] == pytest.approx(
        0.5, abs=0.1
    )
