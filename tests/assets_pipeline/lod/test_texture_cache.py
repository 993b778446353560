"""Encoded textures are kept: whoever touches one waits for that one alone."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image as Pillow

from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.document import Document, Mesh, Node, Primitive, Scene
from assets_pipeline.gltf.materials import Image, Material, Texture, TextureInfo
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.lod.texture_cache import TextureCache
from assets_pipeline.tasks.store import Store
from assets_pipeline.transforms.compress_textures import TextureCache as TextureMemory
from assets_pipeline.transforms.compress_textures import compress_textures

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "files")


def painted(*colors: str, name: str = "paint") -> Document:
    """Return a document of a triangle for each colour, on a picture half of it."""
    points = create_accessor(np.eye(3, dtype=np.float32))
    primitives = []
    for color in colors:
        picture = Pillow.new("RGB", (64, 64), color)
        picture.paste("white", (0, 0, 64, 32))
        out = io.BytesIO()
        picture.save(out, "PNG")
        image = Image(out.getvalue(), "image/png", name)
        use = TextureInfo(Texture(image))
        uv = create_accessor(np.zeros((3, 2), np.float32))
        attributes = {"POSITION": points, "TEXCOORD_0": uv}
        material = Material(base_color_texture=use)
        primitives.append(Primitive(attributes, material=material))
    scene = Scene([Node(mesh=Mesh(primitives))])
    return Document([scene], scene)


def encoded(document: Document, store: Store) -> int:
    """Encode a document's textures, keep them, and return how many took work."""
    texture_cache = TextureCache(store)
    compress_textures(document, cache=TextureMemory(texture_cache))
    texture_cache.save(document.images())
    return texture_cache.encoded


def test_a_touched_texture_alone_is_encoded_again(store: Store) -> None:
    encoded(painted("red", "green", "blue"), store)

    assert encoded(painted("red", "black", "blue"), store) == 1


def test_found_textures_give_the_same_file(store: Store) -> None:
    """Byte for byte, in a model that calls its picture otherwise too."""
    first, again = painted("red"), painted("red")
    encoded(painted("red", name="rouge"), store)
    compress_textures(first)

    assert encoded(again, store) == 0
    assert write_glb(again) == write_glb(first)


def test_what_was_tried_and_not_sent_is_not_kept(store: Store) -> None:
    texture_cache = TextureCache(store)
    compress_textures(painted("red"), cache=TextureMemory(texture_cache))
    texture_cache.save([])

    assert encoded(painted("red"), store) == 1


def test_a_damaged_texture_is_encoded_again(store: Store) -> None:
    encoded(painted("red"), store)
    for path in store.folder.glob("*.texture"):
        path.write_bytes(b"other")

    assert encoded(painted("red"), store) == 1
