"""Curators' pictures to what browsers fetch: several widths, WebP and JPEG, no metadata."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import numpy as np

from assets_pipeline import poster
from assets_pipeline.made import Made
from assets_pipeline.pixels import opened, upright

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

    from assets_pipeline.resolver import Resolver
    from assets_pipeline.store import Store
    from assets_pipeline.tasks import Task

_WHITE = (255, 255, 255)


def make_picture(task: Task, resolver: Resolver, store: Store) -> Made:
    """Return a picture's variants, kept in the store.

    Only pixels are kept: where and by whom a photograph was taken stays with the
    museum. Transparent pictures are laid on white; colours become sRGB.

    Raises
    ------
    AssetError
        A subclass that names the cause.
    """
    content = resolver.read(PurePosixPath(task.path))
    picture = upright(opened(content, task.path), task.path)
    if "A" in picture.getbands() or "transparency" in picture.info:
        picture = _on_white(picture)
    pixels = np.asarray(picture.convert("RGB"))
    return Made(poster.encoded(pixels, store.put))


def _on_white(picture: Pixels) -> Pixels:
    from PIL import Image  # noqa: PLC0415  # 90 ms

    clear = picture.convert("RGBA")
    ground = Image.new("RGBA", clear.size, (*_WHITE, 255))
    return Image.alpha_composite(ground, clear)
