"""Curators' pictures to what browsers fetch: AVIF, WebP, JPEG; several widths; bare pixels."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.building.made import Made
from assets_pipeline.codecs import tools
from assets_pipeline.media.pixels import photograph
from assets_pipeline.rendering import poster

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

    from assets_pipeline.building.store import Store
    from assets_pipeline.building.tasks import Task
    from assets_pipeline.resolver import Resolver

_HEIC_BRANDS: Final = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx")
_GENERIC_BRANDS: Final = (b"mif1", b"msf1")
_BOUNDS: Final = tools.Bounds(timeout_s=60.0, memory_bytes=4 << 30)


def make_picture(task: Task, resolver: Resolver, store: Store) -> Made:
    """Return a picture's variants, kept in the store.

    Only pixels are kept: where and by whom a photograph was taken stays with the
    museum. Transparent pictures are laid on white; colours become sRGB; what was
    turned by the camera stands upright; nothing is enlarged.

    Raises
    ------
    AssetError
        A subclass that names the cause.
    """
    return Made(poster.encoded(np.asarray(developed(task, resolver)), store.put))


def developed(task: Task, resolver: Resolver) -> Pixels:
    """Return a task's picture as a browser should show it: upright, sRGB, mode RGB.

    Raises
    ------
    AssetError
        A subclass that names the cause.
    """
    content = resolver.read(PurePosixPath(task.path))
    if is_heic(content):
        content = _png_of_heic(content)
    return photograph(content, task.path)


def is_heic(content: bytes) -> bool:
    """Whether these bytes are a photograph of the kind that iPhones keep (HEIF, HEVC)."""
    if content[4:8] != b"ftyp":
        return False
    end = min(int.from_bytes(content[:4], "big"), 256)
    brands = [content[at : at + 4] for at in range(8, end, 4)]
    if brands and brands[0] in _HEIC_BRANDS:
        return True
    is_generic = bool(brands) and brands[0] in _GENERIC_BRANDS
    return is_generic and any(brand in _HEIC_BRANDS for brand in brands)


def _png_of_heic(content: bytes) -> bytes:
    """Return a HEIC photograph as PNG, upright, its colour profile kept.

    In HEIF the turn is part of the picture, and the program has carried it out: the
    note that repeats it in Exif says so, too.
    """
    with TemporaryDirectory(prefix="ecomusee-") as name:
        folder = Path(name)
        (folder / "photograph.heic").write_bytes(content)
        arguments = ["--quiet", "--png-compression-level", "0"]
        tools.run(
            "heif-dec",
            [*arguments, "photograph.heic", "photograph.png"],
            folder,
            bounds=_BOUNDS,
        )
        return (folder / "photograph.png").read_bytes()
