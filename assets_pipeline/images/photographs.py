"""Decode photographs, HEIC included, upright and in sRGB."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from assets_pipeline.codecs import programs
from assets_pipeline.images.decoding import (
    _MAX_8_BITS,
    guard_decoding,
    open_image,
    to_8_bits,
)

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

    from assets_pipeline.resolver import Resolver
    from assets_pipeline.tasks.task import Task

_HEIC_BRANDS: Final = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx")
_GENERIC_BRANDS: Final = (b"mif1", b"msf1")
_LIMITS: Final = programs.RunLimits(timeout_s=60.0, memory_bytes=4 << 30)


def read_photograph(task: Task, resolver: Resolver) -> Pixels:
    """Return a task's photograph, upright, in sRGB and mode RGB.

    Raises
    ------
    AssetError
        A subclass that names the cause.
    """
    content = resolver.read(PurePosixPath(task.path))
    if is_heic(content):
        content = _convert_heic_to_png(content)
    return decode_photograph(content, task.path)


def is_heic(content: bytes) -> bool:
    """Return whether bytes are a HEIC photograph (HEIF with HEVC), as iPhones take."""
    if content[4:8] != b"ftyp":
        return False
    end = min(int.from_bytes(content[:4], "big"), 256)
    brands = [content[at : at + 4] for at in range(8, end, 4)]
    if brands and brands[0] in _HEIC_BRANDS:
        return True
    is_generic = bool(brands) and brands[0] in _GENERIC_BRANDS
    return is_generic and any(brand in _HEIC_BRANDS for brand in brands)


def _convert_heic_to_png(content: bytes) -> bytes:
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
            limits=_LIMITS,
        )
        return (folder / "photograph.png").read_bytes()


def decode_photograph(content: bytes, place: str) -> Pixels:
    """Return a photograph upright, in sRGB, opaque.

    Where it is transparent it lies on white. Only pixels are left: none of the file's
    own notes, which may tell where a photograph was taken and by whom.

    Parameters
    ----------
    content
        PNG, JPEG, WebP, AVIF, TIFF or BMP; of several pages or frames, the first.
    place
        What to call it in errors.

    Returns
    -------
    PIL.Image.Image
        Of mode RGB.

    Raises
    ------
    UnsupportedFormatError, LimitExceededError, DamagedFileError
        As `open_image`; damaged too if its notes on its position can't be read.
    """
    return to_upright_srgb(open_image(content, place, is_photograph=True), place)


def to_upright_srgb(picture: Pixels, place: str) -> Pixels:
    """Return an opened image upright, in sRGB, opaque.

    Raises
    ------
    DamagedFileError
        If its notes on its position can't be read.
    """
    from PIL import Image, ImageOps  # noqa: PLC0415  # 90 ms

    with guard_decoding(place):
        profile = picture.info.get("icc_profile")
        picture = _flatten_on_white(to_8_bits(ImageOps.exif_transpose(picture)))
        picture = _convert_to_srgb(picture, profile)
        # Made anew, since a copy would carry the notes along.
        bare = Image.new("RGB", picture.size)
        bare.paste(picture)
    return bare


def _flatten_on_white(picture: Pixels) -> Pixels:
    """Return an opaque picture of mode RGB, L or CMYK."""
    from PIL import Image  # noqa: PLC0415  # 90 ms

    if picture.has_transparency_data:
        clear = picture.convert("RGBA")
        ground = Image.new("RGBA", clear.size, (_MAX_8_BITS,) * 4)
        return Image.alpha_composite(ground, clear).convert("RGB")
    return picture if picture.mode in ("RGB", "L", "CMYK") else picture.convert("RGB")


def _convert_to_srgb(picture: Pixels, profile: bytes | None) -> Pixels:
    """Return a picture of mode RGB, its colours carried over from its own profile."""
    from PIL import Image, ImageCms  # noqa: PLC0415  # 90 ms

    if profile:
        with contextlib.suppress(ImageCms.PyCMSError, OSError):
            # A profile that can't be read, or is of another kind of colours, is as
            # good as none: sRGB is the habit.
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            wanted = ImageCms.createProfile("sRGB")
            changed = ImageCms.profileToProfile(
                picture, given, wanted, outputMode="RGB"
            )
            if isinstance(changed, Image.Image):
                return changed
    return picture.convert("RGB")
