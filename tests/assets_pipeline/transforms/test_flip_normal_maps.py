"""Relief looks the same to who reads tangents and to who derives them."""

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
from assets_pipeline.lod.budgets import USDZ, Profile
from assets_pipeline.lod.levels import LodDecision
from assets_pipeline.lod.search import Search
from assets_pipeline.lod.settings import LodEncoder
from assets_pipeline.transforms.flip_normal_maps import flip_normal_maps
from assets_pipeline.usdz.lod import make_usdz_level

LEANING = (128, 200, 220)
MIRRORED = TextureTransform(scale=(-1.0, 1.0))


def sheet(hand: float | None, transform: TextureTransform | None = None) -> Document:
    """Return a square that faces +Z, its picture upright on it; None for no tangents."""
    content = io.BytesIO()
    Pillow.new("RGB", (2, 2), LEANING).save(content, "PNG")
    texture = Texture(Image(content.getvalue(), "image/png"))
    corners = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float32)
    attributes = {
        "POSITION": create_accessor(np.pad(corners, ((0, 0), (0, 1)))),
        "NORMAL": create_accessor(np.float32([[0, 0, 1]] * 4)),
        "TEXCOORD_0": create_accessor(
            corners * np.float32([1, -1]) + np.float32([0, 1])
        ),
    }
    if hand is not None:
        attributes["TANGENT"] = create_accessor(np.float32([[1, 0, 0, hand]] * 4))
    indices = create_accessor(np.array([0, 1, 2, 0, 2, 3], np.uint32))
    material = Material(normal_texture=TextureInfo(texture, transform=transform))
    scene = Scene([Node(mesh=Mesh([Primitive(attributes, indices, material)]))])
    return Document([scene], scene)


def texel(document: Document) -> tuple[int, ...]:
    (image,) = document.images()
    with Pillow.open(io.BytesIO(image.content)) as picture:
        return tuple(np.asarray(picture)[0, 0].tolist())


def hands(document: Document) -> set[float]:
    (primitive,) = document.primitives()
    return set(primitive.attributes["TANGENT"].values[:, 3].tolist())


def test_a_map_that_is_drawn_downwards_is_turned_over() -> None:
    document = sheet(-1.0)

    flip_normal_maps(document)

    assert texel(document) == (128, 255 - 200, 220)
    assert hands(document) == {1.0}


@pytest.mark.parametrize("hand", [1.0, None], ids=["as derived", "none written"])
def test_a_map_that_needs_no_tangents_stays(hand: float | None) -> None:
    document = sheet(hand)
    (before,) = document.images()

    flip_normal_maps(document)

    (after,) = document.images()
    assert after is before


def test_a_picture_that_is_laid_mirrored_counts_as_such() -> None:
    document = sheet(-1.0, MIRRORED)
    (before,) = document.images()

    flip_normal_maps(document)

    (after,) = document.images()
    assert after is before


@pytest.mark.parametrize("hand", [1.0, -1.0])
def test_a_usdz_holds_what_quick_look_reads_right(hand: float) -> None:
    """It has no tangents: the same green says the same relief, whoever drew it."""
    document = sheet(hand)

    def start(profile: Profile, *, rebakes: bool | None = None) -> Document:
        del profile, rebakes
        return document

    plan = Search.finest_of(LodEncoder(document, USDZ))
    level = make_usdz_level(start, LodDecision(plan, 0.0), None)

    assert level is not None
    assert texel(level.fitted.document)[1] == (200 if hand > 0 else 255 - 200)


def test_twice_is_as_once() -> None:
    document = sheet(-1.0)
    flip_normal_maps(document)

    flip_normal_maps(document)

    assert texel(document) == (128, 255 - 200, 220)
