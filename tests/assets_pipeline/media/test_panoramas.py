"""Panoramas: their shape, the sizes that phones hold, and the view that stands for them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from assets_pipeline.errors.exceptions import WrongShapeError
from assets_pipeline.media.panoramas import (
    make_panorama,
    render_rectilinear,
    write_levels,
)
from assets_pipeline.resolver import Resolver
from assets_pipeline.tasks.store import Store
from assets_pipeline.tasks.task import Task
from tours.bundle import MediaFile, Panorama

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from assets_pipeline.tasks.result import TaskResult


def make(folder: Path, content: bytes, starts_deg: float = 0.0) -> TaskResult:
    """Return what is made of a panorama of a museum of its own."""
    museum = folder / "museum"
    museum.mkdir(exist_ok=True)
    (museum / "p").write_bytes(content)
    task = Task("panorama", str(museum), "p", starts_deg=starts_deg)
    return make_panorama(task, Resolver(museum), Store(folder / "store"))


def test_levels_are_those_that_the_source_fills(
    tmp_path: Path, media: ModuleType
) -> None:
    """A source of 2048 is not blown up to 4096."""
    product = make(tmp_path, media.saved(media.turn(2048), "JPEG")).product

    assert isinstance(product, Panorama)
    found = [(v.file.media_type, v.width_px, v.height_px) for v in product.levels]
    assert found == [("image/webp", 2048, 1024), ("image/jpeg", 2048, 1024)]


def test_a_large_source_gives_both_levels() -> None:
    kept = []

    def put(content: bytes, extension: str, media_type: str) -> MediaFile:
        kept.append(Image.open(io.BytesIO(content)).size)
        return MediaFile("0" * 64, len(content), extension, media_type)

    variants = list(write_levels(Image.new("RGB", (5000, 2490)), put))

    assert kept == [(2048, 1024), (4096, 2048)] * 2
    assert [v.width_px for v in variants] == [2048, 4096] * 2


@pytest.mark.parametrize("size", [(64, 64), (1000, 490), (1030, 500)])
def test_other_shapes_are_refused(
    tmp_path: Path, media: ModuleType, size: tuple[int, int]
) -> None:
    """Two in a hundred off is no longer a whole turn, sloppily cropped."""
    with pytest.raises(WrongShapeError, match="2:1"):
        make(tmp_path, media.saved(Image.new("RGB", size), "PNG"))


def test_a_hair_off_is_forgiven(tmp_path: Path, media: ModuleType) -> None:
    made = make(tmp_path, media.saved(Image.new("RGB", (2048, 1020)), "PNG"))

    assert made.notes == ()


def test_a_small_panorama_is_kept_and_told(tmp_path: Path, media: ModuleType) -> None:
    made = make(tmp_path, media.saved(media.turn(512), "PNG"))

    assert isinstance(made.product, Panorama)
    assert {v.width_px for v in made.product.levels} == {512}
    assert [note.code for note in made.notes] == ["A033"]


@pytest.mark.parametrize("starts_deg", [0.0, 90.0, 175.0, 185.0, 270.0, 359.0])
def test_the_poster_faces_where_one_starts(
    media: ModuleType, starts_deg: float
) -> None:
    """Red grows with azimuth from the picture's left edge, -180°; green with height."""
    view = render_rectilinear(media.turn(2048), starts_deg)

    height, width = view.shape[:2]
    red, green, _ = view[height // 2, width // 2].astype(int)
    expected = (starts_deg / 360 + 0.5) % 1 * 255
    assert abs(width / height - 4 / 3) < 0.01
    assert abs(red - expected) < 4
    assert abs(green - 127.5) < 3


def test_the_poster_is_rectilinear(media: ModuleType) -> None:
    """At the middle of the right edge one looks 40° to the right of what is ahead."""
    view = render_rectilinear(media.turn(2048), 0.0)

    height, width = view.shape[:2]
    red = view[height // 2, width - 1, 0].astype(int)
    green = view[0, width // 2, 1].astype(int)
    up_deg = np.degrees(np.arctan(np.tan(np.radians(40)) * 3 / 4))
    assert abs(red - (0.5 + 40 / 360) * 255) < 2
    assert abs(green - (0.5 + up_deg / 180) * 255) < 2


def test_the_poster_has_no_seam_where_the_turn_closes() -> None:
    """A turn of one colour, whose edges meet in the view, has no other colour."""
    view = render_rectilinear(Image.new("RGB", (1024, 512), (90, 120, 150)), 180.0)

    assert np.ptp(view.reshape(-1, 3), axis=0).max() <= 1


def test_levels_have_no_seam_where_the_turn_closes() -> None:
    """Stripes that go on across the edge are made smaller as if there were no edge."""
    stripes = (np.arange(8192) // 2 % 2 * 255).astype(np.uint8)
    pixels = np.broadcast_to(stripes[None, :, None], (4096, 8192, 3))
    content = {}

    def put(encoded: bytes, extension: str, media_type: str) -> MediaFile:
        content[extension, len(content)] = encoded
        return MediaFile("0" * 64, len(encoded), extension, media_type)

    list(write_levels(Image.fromarray(pixels.copy()), put))

    small = np.asarray(Image.open(io.BytesIO(content[".jpg", 2])).convert("L"), int)
    rolled = np.roll(small, 512, axis=1)
    assert np.abs(rolled[500] - rolled[500].mean()).max() < 8
