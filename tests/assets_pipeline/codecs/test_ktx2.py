"""What is written as KTX2 is read again, and what is no KTX2 is refused."""

from __future__ import annotations

import json
import random
import struct
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from assets_pipeline.codecs import ktx2
from assets_pipeline.codecs.ktx2 import Ktx2Setting
from assets_pipeline.errors.exceptions import (
    AssetError,
    DamagedFileError,
    LimitExceededError,
    UnsupportedFormatError,
)
from assets_pipeline.gltf import ktx2_header, measure
from assets_pipeline.gltf.container import join_glb
from assets_pipeline.gltf.materials import Image
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.images.decoding import open_image
from assets_pipeline.readers.gltf.reader import read_gltf
from assets_pipeline.rendering.decompress import replace_ktx2
from assets_pipeline.resolver import Resolver
from assets_pipeline.transforms.decompress_ktx2 import decompress_ktx2

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from assets_pipeline.gltf.document import Document

    Read = Callable[..., Document]

FAIR = Ktx2Setting("ETC1S", 128)
TRUE = Ktx2Setting("UASTC", 0)
WIDTH_PX, HEIGHT_PX = 64, 32
LEVELS = 7
LINEAR, SRGB = 1, 2
"""KHR_DF_TRANSFER_LINEAR, KHR_DF_TRANSFER_SRGB."""


def sunset(bands: int = 3) -> NDArray[np.uint8]:
    """Return (32, 64, bands): soft, as blocks of four colours on a line keep it."""
    y, x = np.mgrid[:HEIGHT_PX, :WIDTH_PX]
    channels = [2 * x + 60, 2 * x + y, x, 4 * x]
    return np.stack(channels[:bands], axis=-1).clip(0, 255).astype(np.uint8)


@cache
def sample(
    setting: Ktx2Setting = FAIR, bands: int = 3, *, is_color: bool = True
) -> bytes:
    """Return a small file; each is made once."""
    return ktx2.encode_ktx2(sunset(bands), setting, is_color=is_color)


def descriptor(content: bytes) -> bytes:
    """Return the block that describes the data, its size apart (KTX 2.0, section 3.5)."""
    at, size = struct.unpack_from("<2I", content, 48)
    return content[at + 4 : at + size]


@pytest.mark.parametrize(("setting", "most"), [(FAIR, 8), (TRUE, 1.5)])
def test_pixels_come_back(setting: Ktx2Setting, most: float) -> None:
    """In the mean, of 255: ETC1S gives four blocks' colours one line, UASTC each its own."""
    pixels = ktx2.decode_ktx2(sample(setting), "x")

    assert pixels.shape == (HEIGHT_PX, WIDTH_PX, 4)
    assert np.abs(pixels[..., :3].astype(int) - sunset()).mean() < most


def test_alpha_comes_back_and_takes_a_second_block() -> None:
    clear = sample(bands=4)

    alpha = ktx2.decode_ktx2(clear, "x")[..., 3]

    assert np.abs(alpha.astype(int) - sunset(4)[..., 3]).mean() < 8
    opaque, told = (
        ktx2_header.read_ktx2_header(sample(), "x"),
        ktx2_header.read_ktx2_header(clear, "x"),
    )
    assert (opaque.has_alpha, told.has_alpha) == (False, True)
    assert told.gpu_bytes == pytest.approx(2 * opaque.gpu_bytes, abs=1)


def test_graphics_memory_is_half_a_byte_a_texel_with_mips() -> None:
    assert ktx2_header.read_ktx2_header(sample(), "x").gpu_bytes == round(
        64 * 32 / 2 * 4 / 3
    )
    assert ktx2_header.read_ktx2_header(sample(TRUE), "x").gpu_bytes == round(
        64 * 32 * 4 / 3
    )


def test_all_mips_are_there() -> None:
    (levels,) = struct.unpack_from("<I", sample(), 40)

    assert levels == LEVELS


@pytest.mark.parametrize(("is_color", "primaries"), [(True, 1), (False, 0)])
def test_colours_are_told_from_measured_maps(*, is_color: bool, primaries: int) -> None:
    """As KHR_texture_basisu asks: BT.709 and sRGB, or unspecified and linear."""
    told = descriptor(sample(is_color=is_color))

    assert told[9] == primaries
    assert told[10] == (SRGB if is_color else LINEAR)


def test_same_pixels_give_the_same_bytes() -> None:
    assert ktx2.encode_ktx2(sunset(), FAIR, is_color=True) == sample()


@pytest.mark.parametrize("kept", [0, 40, 90, 200, 0.5, 0.95])
def test_a_file_cut_short_is_damaged(kept: float) -> None:
    content = sample()
    size = int(kept if kept >= 1 else kept * len(content))

    with pytest.raises(DamagedFileError):
        ktx2.decode_ktx2(content[:size], "x")


def test_whatever_is_written_over_it_no_file_does_worse_than_be_refused() -> None:
    chance = random.Random(5)  # noqa: S311  # no secret

    for _ in range(12):
        content = bytearray(sample())
        for _ in range(4):
            content[chance.randrange(12, len(content))] = chance.randrange(256)
        try:
            pixels = ktx2.decode_ktx2(bytes(content), "x")
        except AssetError:
            continue
        assert pixels.dtype == np.uint8


@pytest.mark.parametrize(
    ("at", "number"),
    [(28, 2), (32, 6), (36, 6)],
    ids=["of depth", "of layers", "of faces"],
)
def test_what_is_no_flat_picture_is_refused(at: int, number: int) -> None:
    content = bytearray(sample())
    struct.pack_into("<I", content, at, number)

    with pytest.raises(UnsupportedFormatError):
        ktx2.decode_ktx2(bytes(content), "x")


def test_a_giant_is_refused_unseen() -> None:
    content = bytearray(sample())
    struct.pack_into("<2I", content, 20, 60_000, 60_000)

    with pytest.raises(LimitExceededError):
        ktx2.decode_ktx2(bytes(content), "x")


def test_too_many_pixels_are_refused() -> None:
    giant = np.zeros((4096, 4096, 3), np.uint8)

    with pytest.raises(LimitExceededError):
        ktx2.encode_ktx2(giant, FAIR, is_color=True)


def with_sunset(document: Document) -> Document:
    """Return a document whose colours are kept as KTX2."""
    use = document.materials()[0].base_color_texture
    assert use is not None
    use.texture.image = Image(sample(), ktx2_header.MEDIA_TYPE, "sunset")
    return document


def colors(document: Document) -> Image:
    """Return the picture of a document's colours."""
    use = document.materials()[0].base_color_texture
    assert use is not None
    return use.texture.image


def back(glb: bytes) -> Document:
    """Return the document of a file that we wrote."""
    return read_gltf(glb, PurePosixPath("x.glb"), Resolver(Path()))


def test_a_models_textures_become_png(read: Read) -> None:
    document = with_sunset(read("textured_box.glb"))

    decompress_ktx2(document)

    image = colors(document)
    assert (image.media_type, image.name) == ("image/png", "sunset")
    assert open_image(image.content, "x").mode == "RGB"


def test_a_model_is_written_as_khronos_asks_and_read_again(
    read: Read, errors: Callable[[bytes], list[str]]
) -> None:
    glb = write_glb(with_sunset(read("textured_box.glb")))

    assert errors(glb) == []
    assert json_of(glb)["extensionsRequired"] == ["KHR_texture_basisu"]
    assert colors(back(glb)).content == sample()


def test_a_plain_picture_is_read_before_what_lost_more(read: Read) -> None:
    glb = write_glb(with_sunset(read("textured_box.glb")))
    root, binary = json_of(glb), glb[glb.index(b"BIN\0") + 4 :]
    root["textures"][0]["source"] = 1
    root["extensionsRequired"] = []

    document = back(join_glb(json.dumps(root).encode(), binary))

    assert colors(document).media_type == "image/png"


def test_renderers_are_given_what_they_read(read: Read) -> None:
    glb = write_glb(with_sunset(read("textured_box.glb")))

    assert colors(back(replace_ktx2(glb))).media_type == "image/png"


def json_of(glb: bytes) -> dict[str, Any]:
    """Return the JSON of a GLB file."""
    (size,) = struct.unpack_from("<I", glb, 12)
    root: dict[str, Any] = json.loads(glb[20 : 20 + size])
    return root


def test_inspection_knows_a_kept_textures_size() -> None:
    image = Image(sample(), ktx2_header.MEDIA_TYPE)

    assert measure.image_size_px(image) == (WIDTH_PX, HEIGHT_PX)
    assert measure.estimate_image_gpu_bytes(image) < WIDTH_PX * HEIGHT_PX
