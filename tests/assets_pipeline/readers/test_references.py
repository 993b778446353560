"""An OBJ whose MTL was lost takes the one picture that bears its name, and says so."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assets_pipeline.gltf.orient import OrientOptions
from assets_pipeline.readers.dispatch import read_document
from assets_pipeline.resolver import Resolver

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from assets_pipeline.gltf.document import Document

    Lay = Callable[..., tuple[Document, list[str]]]


@pytest.fixture
def checker(models: Path) -> bytes:
    """Return a picture."""
    return (models / "a b.png").read_bytes()


@pytest.fixture
def bare(models: Path) -> bytes:
    """Return an OBJ with texture coordinates that names no material."""
    return (models / "bare.obj").read_bytes()


@pytest.fixture
def lay(tmp_path: Path, bare: bytes, checker: bytes) -> Lay:
    """Return a function that reads a box beside some files, and tells the guesses."""

    def laid(
        *pictures: str, model: bytes | None = None, content: bytes | None = None
    ) -> tuple[Document, list[str]]:
        (tmp_path / "box.obj").write_bytes(bare if model is None else model)
        for name in pictures:
            (tmp_path / name).write_bytes(checker if content is None else content)
        resolver = Resolver(tmp_path)
        document = read_document(PurePosixPath("box.obj"), OrientOptions(), resolver)
        return document, resolver.guesses

    return laid


@pytest.mark.parametrize("name", ["box.png", "Box_texture.PNG", "box-0.jpg"])
def test_a_picture_of_the_models_name_is_its_colours(
    lay: Lay, checker: bytes, name: str
) -> None:
    document, guesses = lay(name)

    assert [image.content for image in document.images()] == [checker]
    assert guesses == [name]


@pytest.mark.parametrize(
    "names",
    [
        ("boxes.png",),
        ("photo.png",),
        ("box_normal.png",),
        ("box_Rugosité.png",),
        ("box-preview-2.png",),
        ("box_1.png", "box_2.png"),
        ("box.txt",),
        (),
    ],
    ids=[
        "another",
        "a photo",
        "relief",
        "roughness",
        "a view",
        "two",
        "no picture",
        "nothing",
    ],
)
def test_what_may_not_be_its_colours_is_left(lay: Lay, names: tuple[str, ...]) -> None:
    document, guesses = lay(*names)

    assert document.images() == []
    assert guesses == []


def test_a_models_own_name_forbids_nothing(
    tmp_path: Path, bare: bytes, checker: bytes
) -> None:
    (tmp_path / "metal_normal.obj").write_bytes(bare)
    (tmp_path / "metal_normal.png").write_bytes(checker)
    resolver = Resolver(tmp_path)

    read_document(PurePosixPath("metal_normal.obj"), OrientOptions(), resolver)

    assert resolver.guesses == ["metal_normal.png"]


def test_maps_of_relief_do_not_stand_in_the_way(lay: Lay) -> None:
    _, guesses = lay("box_color.png", "box_normal.png", "box_roughness.png")

    assert guesses == ["box_color.png"]


@pytest.mark.parametrize(
    "model",
    [
        b"v 0 0 0\nv 1 0 0\nv 0 1 0\nvt 0 0\nf 1/1 2/1 3\n",
        b"v 0 0 0 1 0 0\nv 1 0 0 0 1 0\nv 0 1 0 0 0 1\nvt 0 0\nf 1/1 2/1 3/1\n",
        b"v 0 0 0\nv 1 0 0\nv 0 1 0\nvt 0 0\nusemtl a\nf 1/1 2/1 3/1\nusemtl b\nf 3/1 2/1 1/1\n",
    ],
    ids=["places in no picture", "colours of its own", "several materials"],
)
def test_a_model_that_one_picture_may_not_suit_is_left(lay: Lay, model: bytes) -> None:
    document, guesses = lay("box.png", model=model)

    assert document.images() == []
    assert guesses == []


@pytest.mark.parametrize(("is_clear", "count"), [(True, 0), (False, 1)])
def test_a_picture_with_nothing_under_the_surface_is_a_view_of_it(
    lay: Lay, make: ModuleType, *, is_clear: bool, count: int
) -> None:
    """Cut out on nothing; an atlas has nothing between its charts alone."""
    pixels = np.zeros((16, 16, 4), np.uint8)
    pixels[:] = (200, 100, 50, 0 if is_clear else 255)
    pixels[4:12, 4:12, 3] = 255 - pixels[0, 0, 3]

    document, _ = lay("box.png", content=make.png(pixels))

    assert len(document.images()) == count


def test_a_damaged_picture_leaves_the_shape(lay: Lay) -> None:
    document, guesses = lay("box.png", content=b"no picture")

    assert document.images() == []
    assert guesses == []


def test_in_a_zip_any_name_and_folder_will_do(
    tmp_path: Path, bare: bytes, checker: bytes
) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("scan/model/box.obj", bare)
        archive.writestr("scan/textures/u1_v1.png", checker)
    (tmp_path / "box.zip").write_bytes(content.getvalue())
    resolver = Resolver(tmp_path)

    document = read_document(PurePosixPath("box.zip"), OrientOptions(), resolver)

    assert len(document.images()) == 1
    assert resolver.guesses == ["scan/textures/u1_v1.png"]


def test_a_picture_that_comes_later_is_seen(
    tmp_path: Path, bare: bytes, checker: bytes
) -> None:
    """The list of what lies beside a model counts among what it is made of."""
    (tmp_path / "box.obj").write_bytes(bare)
    before = Resolver(tmp_path)
    read_document(PurePosixPath("box.obj"), OrientOptions(), before)
    (tmp_path / "box.png").write_bytes(checker)

    after = Resolver(tmp_path)
    after.reread("box*")

    assert after.reads["box*"] != before.reads["box*"]


def test_only_names_are_read_of_a_folder_and_only_within_it(tmp_path: Path) -> None:
    (tmp_path / "box.png").write_bytes(b"")
    (tmp_path / "box").mkdir()

    assert Resolver(tmp_path).reread("box*") == b"box.png\nbox/"
    assert Resolver(tmp_path).reread("absent/box*") == b""
