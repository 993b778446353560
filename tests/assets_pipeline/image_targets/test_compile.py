"""A curator's picture becomes a pack of few bytes, and a museum's are in its index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from assets_pipeline.build import cache
from assets_pipeline.errors.exceptions import WrongShapeError
from assets_pipeline.image_targets.compile import make_target
from assets_pipeline.image_targets.pack_decoder import decode_pack
from assets_pipeline.image_targets.pack_encoder import MAX_PACK_BYTES
from assets_pipeline.image_targets.template import make_template
from assets_pipeline.resolver import Resolver
from assets_pipeline.tasks.store import Store
from assets_pipeline.tasks.task import Task
from tours.bundle import ImageTarget

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType


@pytest.fixture
def museum(tmp_path: Path, prints: ModuleType) -> Path:
    """Return a museum's folder with one picture."""
    folder = tmp_path / "museum"
    folder.mkdir()
    prints.pale().save(folder / "plan.png")  # soon tried: nothing in it to find
    return folder


def test_pack_holds_the_print_and_its_width(museum: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "files")
    task = Task("target", str(museum), "plan.png", width_m=0.42)

    target = make_target(task, Resolver(museum), store).product

    assert isinstance(target, ImageTarget)
    assert target.file.size_bytes <= MAX_PACK_BYTES
    assert target.recognition is not None
    assert target.recognition.score == 0  # there is nothing in it to find
    pack = decode_pack(store.path(target.file).read_bytes())
    assert pack.width_m == 0.42
    assert pack.pixels.shape == (target.height_px, target.width_px) == (398, 512)


def test_another_width_is_another_target(museum: Path, tmp_path: Path) -> None:
    """One picture may hang twice, in two sizes."""
    store, resolver = Store(tmp_path / "files"), Resolver(museum)
    task = Task("target", str(museum), "plan.png", width_m=0.42)
    made = make_target(task, resolver, store)
    cache.record_product(task, resolver.reads, made, store)

    other = Task("target", str(museum), "plan.png", width_m=0.84)

    assert cache.find_product(task, store) == made
    assert cache.find_product(other, store) is None


def test_template_is_the_luma_of_the_picture() -> None:
    """ITU-R BT.601: .299 red, .587 green, .114 blue."""
    picture = Image.new("RGB", (600, 600), (200, 100, 50))

    template = make_template(picture)

    assert template.shape == (512, 512)
    assert np.all(np.abs(template.astype(float) - (59.8 + 58.7 + 5.7)) <= 1)


def test_small_picture_is_not_enlarged() -> None:
    assert make_template(Image.new("RGB", (200, 100))).shape == (100, 200)


@pytest.mark.parametrize("size", [(31, 60), (1300, 100)])
def test_strip_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(WrongShapeError):
        make_template(Image.new("RGB", size))
