"""Pictures opened safely: kind by content, size before decoding, one way of failing."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Final

from assets_pipeline.errors import (
    DamagedFileError,
    LimitExceededError,
    UnsupportedFormatError,
)

if TYPE_CHECKING:
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
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415  # 90 ms

    media_type = media_type_of(content)
    if media_type is None:
        reason = "the picture is neither PNG, JPEG nor WebP"
        raise UnsupportedFormatError(reason, place, _SAVE_AGAIN)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's own, lower limit; ours is below
            picture = Image.open(io.BytesIO(content), formats=[_FORMATS[media_type]])
            _check_size(picture.size, place)
            picture.load()
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
    ) as error:
        reason = "the picture is damaged"
        raise DamagedFileError(reason, place, _SAVE_AGAIN) from error
    return picture


def _check_size(size: tuple[int, int], place: str) -> None:
    width, height = size
    if width * height > MAX_PIXELS or max(size) > MAX_EDGE_PX:
        raise _too_large(place)


def _too_large(place: str) -> LimitExceededError:
    reason = f"the picture has more than {MAX_PIXELS // 1_000_000} million pixels"
    return LimitExceededError(reason, place, "Reduce the picture to 8192 px or less")
