"""Pictures opened safely: kind by content, size before decoding, one way of failing."""

from __future__ import annotations

import contextlib
import io
import struct
import warnings
from typing import TYPE_CHECKING, Final

from assets_pipeline.errors import (
    DamagedFileError,
    LimitExceededError,
    UnsupportedFormatError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image as Pixels

MAX_PIXELS: Final = 150_000_000
MAX_EDGE_PX: Final = 32_768
_FORMATS: Final = {
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/webp": "WEBP",
    "image/avif": "AVIF",
}
_SAVE_AGAIN: Final = "Open the picture in any program and save it again as PNG or JPEG"


def media_type_of(content: bytes) -> str | None:
    """Return what a picture is by its first bytes, None when it is none that we read."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:12] in (b"ftypavif", b"ftypavis"):
        return "image/avif"
    return None


def opened(content: bytes, place: str) -> Pixels:
    """Return a decoded picture.

    Raises
    ------
    UnsupportedFormatError
        If it is not PNG, JPEG, WebP or AVIF.
    LimitExceededError
        If it has more than 150 million pixels, or an edge above 32,768: its header
        says so, and nothing is decoded.
    DamagedFileError
        If it can't be decoded whole.
    """
    from PIL import Image  # noqa: PLC0415  # 90 ms

    media_type = media_type_of(content)
    if media_type is None:
        reason = "the picture is neither PNG, JPEG nor WebP"
        raise UnsupportedFormatError(reason, place, _SAVE_AGAIN)
    with _guarded(place):
        picture = Image.open(io.BytesIO(content), formats=[_FORMATS[media_type]])
        _check_size(picture.size, place)
        picture.load()
    return picture


def upright(picture: Pixels, place: str) -> Pixels:
    """Return a photograph the right way up, in sRGB, as its own notes ask for.

    Raises
    ------
    DamagedFileError
        If these notes can't be read.
    """
    from PIL import Image, ImageCms, ImageOps  # noqa: PLC0415  # 90 ms

    profile = picture.info.get("icc_profile")
    with _guarded(place):
        picture = ImageOps.exif_transpose(picture)
    if profile and picture.mode in ("RGB", "RGBA"):
        with contextlib.suppress(ImageCms.PyCMSError, OSError):
            # A profile that can't be read is as good as none: sRGB is the habit.
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            wanted = ImageCms.createProfile("sRGB")
            changed = ImageCms.profileToProfile(picture, given, wanted)
            return changed if isinstance(changed, Image.Image) else picture
    return picture


@contextlib.contextmanager
def _guarded(place: str) -> Iterator[None]:
    """Turn all that Pillow raises on hostile bytes into our own errors."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415  # 90 ms

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's own, lower limit; ours is below
            yield
    except Image.DecompressionBombError as error:
        raise _too_large(place) from error
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,  # Pillow's word for a broken PNG
        EOFError,
        IndexError,
        KeyError,
        TypeError,
        OverflowError,
        struct.error,
    ) as error:
        reason = "the picture is damaged"
        raise DamagedFileError(reason, place, _SAVE_AGAIN) from error


def _check_size(size: tuple[int, int], place: str) -> None:
    width, height = size
    if width * height > MAX_PIXELS or max(size) > MAX_EDGE_PX:
        raise _too_large(place)


def _too_large(place: str) -> LimitExceededError:
    reason = f"the picture has more than {MAX_PIXELS // 1_000_000} million pixels"
    return LimitExceededError(reason, place, "Reduce the picture to 8192 px or less")
