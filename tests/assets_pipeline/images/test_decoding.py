"""Pictures are judged by their header before a pixel is decoded."""

from __future__ import annotations

import contextlib
import io
import struct
import time
import zlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, ImageCms

from assets_pipeline.errors.exceptions import (
    AssetError,
    DamagedFileError,
    LimitExceededError,
    UnsupportedFormatError,
)
from assets_pipeline.images.decoding import check_image, open_image, sniff_media_type
from assets_pipeline.images.photographs import decode_photograph, to_upright_srgb
from assets_pipeline.media.pictures import make_picture
from assets_pipeline.resolver import Resolver
from assets_pipeline.tasks.store import Store
from assets_pipeline.tasks.task import Task

if TYPE_CHECKING:
    from types import ModuleType

BAD_INPUT = Path(__file__).parents[3].parent / "shared/data/bad_input"


def saved(picture: Image.Image, kind: str, **more: object) -> bytes:
    """Return a picture as a file."""
    out = io.BytesIO()
    picture.save(out, kind, **more)
    return out.getvalue()


def png_header(width: int, height: int) -> bytes:
    """Return a PNG that claims a size and holds nothing."""
    fields = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", fields), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in chunks
    )


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_kinds_are_told_by_content(kind: str) -> None:
    content = saved(Image.new("RGB", (4, 4)), kind)

    assert sniff_media_type(content) == f"image/{kind.lower()}"


@pytest.mark.parametrize("size", [(60_000, 60_000), (40_000, 10)])
def test_bombs_are_refused_unread(size: tuple[int, int]) -> None:
    start = time.monotonic()

    with pytest.raises(LimitExceededError):
        open_image(png_header(*size), "x")

    assert time.monotonic() - start < 1


def test_a_cut_picture_is_damaged() -> None:
    noise = np.random.default_rng(0).integers(0, 255, (64, 64, 3), np.uint8)
    content = saved(Image.fromarray(noise), "PNG")

    with pytest.raises(DamagedFileError):
        open_image(content[: len(content) // 2], "x")


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"<svg/>", b"II*\0", b"%PDF"])
def test_other_kinds_are_refused(content: bytes) -> None:
    """SVG could name other files; the rest needs decoders that browsers lack."""
    with pytest.raises(UnsupportedFormatError):
        open_image(content, "x")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_large_picture_that_is_whole_needs_no_pixels(kind: str) -> None:
    check_image(large(kind), "wall.png")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_large_picture_that_is_cut_is_damaged(kind: str) -> None:
    content = large(kind)

    with pytest.raises(DamagedFileError):
        check_image(content[: len(content) * 2 // 3], "wall.png")


def test_a_large_png_that_was_altered_is_damaged() -> None:
    content = bytearray(large("PNG"))
    content[len(content) // 2] ^= 1

    with pytest.raises(DamagedFileError):
        check_image(bytes(content), "wall.png")


def large(kind: str) -> bytes:
    """Return a picture of more pixels than are decoded to be checked."""
    out = io.BytesIO()
    stripes = np.tile(np.uint8([[40, 90, 160, 220]]), (1100, 1024))
    Image.fromarray(stripes).save(out, kind)
    return out.getvalue()


def test_a_profile_of_srgb_changes_nothing() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    content = saved(Image.new("RGB", (4, 4), "teal"), "PNG", icc_profile=profile)

    picture = to_upright_srgb(open_image(content, "x"), "x")

    assert picture.convert("RGB").getpixel((0, 0)) == (0, 128, 128)


def test_a_broken_profile_is_passed_over() -> None:
    content = saved(Image.new("RGB", (4, 4), "teal"), "PNG", icc_profile=b"no profile")

    assert to_upright_srgb(open_image(content, "x"), "x").getpixel((0, 0)) == (
        0,
        128,
        128,
    )


def test_clear_parts_are_laid_on_white(tmp_path: Path) -> None:
    clear = Image.new("RGBA", (64, 64), (255, 0, 0, 0))
    (tmp_path / "x.png").write_bytes(saved(clear, "PNG"))
    task, store = Task("picture", str(tmp_path), "x.png"), Store(tmp_path / "files")

    made = make_picture(task, Resolver(tmp_path), store)

    variant = made.product.variants[-1]  # type: ignore[union-attr]  # a Picture
    with Image.open(store.path(variant.file)) as shown:
        assert shown.convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def test_a_picture_is_made_alike_each_time(make: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(make.checker())
    task = Task("picture", str(tmp_path), "x.png")

    made = [
        make_picture(task, Resolver(tmp_path), Store(tmp_path / name)).product
        for name in ("one", "two")
    ]

    assert made[0] == made[1]


def test_others_hostile_pictures_never_crash() -> None:
    """PngSuite and fuzzers' finds, where they are at hand."""
    if not BAD_INPUT.is_dir():
        pytest.skip(f"hostile files of others are kept outside, in {BAD_INPUT}")
    kinds = {".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".bmp", ".tiff"}
    paths = [p for p in BAD_INPUT.rglob("*") if p.suffix in kinds]
    assert len(paths) > 200

    for path in paths:
        start = time.monotonic()
        name = PurePosixPath(path.relative_to(BAD_INPUT))
        with contextlib.suppress(AssetError):
            decode_photograph(path.read_bytes(), str(name))
        assert time.monotonic() - start < 5, path
