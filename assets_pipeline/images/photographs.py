"""Decodes curators' photographs, HEIC of iPhones included, upright and in sRGB."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from assets_pipeline.codecs import programs
from assets_pipeline.images.decoding import photograph

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

    from assets_pipeline.resolver import Resolver
    from assets_pipeline.tasks.task import Task

_HEIC_BRANDS: Final = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx")
_GENERIC_BRANDS: Final = (b"mif1", b"msf1")
_BOUNDS: Final = programs.Bounds(timeout_s=60.0, memory_bytes=4 << 30)


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
        programs.run(
            "heif-dec",
            [*arguments, "photograph.heic", "photograph.png"],
            folder,
            bounds=_BOUNDS,
        )
        return (folder / "photograph.png").read_bytes()
