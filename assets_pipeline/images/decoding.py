"""Decode images safely: type by content, size limits, one family of errors."""

from __future__ import annotations

import contextlib
import io
import struct
import warnings
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.errors import media_causes
from assets_pipeline.errors.exceptions import (
    LimitExceededError,
    UnreadablePictureError,
    UnsupportedFormatError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image as Pixels

MAX_PIXELS: Final = 150_000_000
MAX_EDGE_PX: Final = 32_768
MAX_PALETTE_PIXELS: Final = 64 * 64
"""Of a palette that a whole model takes its colours from: no code may mix them."""
_SOON_DECODED: Final = 4 << 20
"""Pixels: less than a tenth of a second."""
_MAX_8_BITS: Final = 255
_MAX_16_BITS: Final = 65_535
_FORMATS: Final = {
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/webp": "WEBP",
    "image/avif": "AVIF",
}
_FOR_PHOTOGRAPHS: Final = {
    **dict.fromkeys((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"), "TIFF"),
    b"BM": "BMP",
}
"""Formats by first bytes that no texture of glTF is kept in."""
_SAVE_AGAIN: Final = "Open the picture in any program and save it again as PNG or JPEG"


def sniff_media_type(content: bytes) -> str | None:
    """Return the media type of an image by its first bytes; None if unsupported."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:12] in (b"ftypavif", b"ftypavis"):
        return "image/avif"
    if content.startswith(b"\xabKTX 20\xbb\r\n\x1a\n"):
        return "image/ktx2"
    return None


def open_image(content: bytes, place: str, *, is_photograph: bool = False) -> Pixels:
    """Return a decoded image.

    Parameters
    ----------
    content
        The file's bytes.
    place
        What to call it in errors.
    is_photograph
        Whether TIFF and BMP are read too, which no texture is kept in.

    Raises
    ------
    UnsupportedFormatError
        If it is not PNG, JPEG, WebP or AVIF, nor a photograph's TIFF or BMP.
    LimitExceededError
        If it has more than 150 million pixels, or an edge above 32,768: its header
        says so, and nothing is decoded.
    DamagedFileError
        If it can't be decoded whole.
    """
    with guard_decoding(place):
        picture = open_lazily(content, place, is_photograph=is_photograph)
        picture.load()
    return picture


def check_image(content: bytes, place: str) -> None:
    """Check that an image can be decoded, at a reduced size where it is large.

    A large PNG is then told by its checksums, a large JPEG by what it gives at an eighth
    of its size, for which all of it is read.

    Raises
    ------
    UnsupportedFormatError, LimitExceededError, DamagedFileError
        As `open_image`.
    """
    with guard_decoding(place):
        picture = open_lazily(content, place)
        width, height = picture.size
        if width * height <= _SOON_DECODED:
            picture.load()
        elif picture.format == "PNG":
            picture.verify()
        else:
            picture.draft(picture.mode, (width // 8, height // 8))  # of JPEG alone
            picture.load()


def open_lazily(content: bytes, place: str, *, is_photograph: bool = False) -> Pixels:
    """Return an image of which only the header is read."""
    from PIL import Image  # noqa: PLC0415  # 90 ms

    kind = _FORMATS.get(sniff_media_type(content) or "")
    if is_photograph and kind is None:
        starts = _FOR_PHOTOGRAPHS.items()
        kind = next((name for start, name in starts if content.startswith(start)), None)
    if kind is None:
        raise UnsupportedFormatError.from_cause(
            media_causes.PICTURE_FORMAT_UNSUPPORTED, place, name=place
        )
    picture = Image.open(io.BytesIO(content), formats=[kind])
    _check_size(picture.size, place)
    return picture


def convert_to_png(content: bytes, place: str, kind: str) -> bytes:
    """Return a texture of another format as PNG, its transparency kept.

    Parameters
    ----------
    content
        The file's bytes.
    place
        What to call it in errors.
    kind
        Its format, in Pillow's word.

    Raises
    ------
    LimitExceededError, DamagedFileError
        As `open_image`.
    """
    from PIL import Image  # noqa: PLC0415  # 90 ms

    with guard_decoding(place):
        file = Image.open(io.BytesIO(content), formats=[kind])
        _check_size(file.size, place)
        file.load()
        picture = to_8_bits(file)
        mode = "RGBA" if picture.has_transparency_data else "RGB"
        kept = io.BytesIO()
        picture.convert(mode).save(kept, "PNG", compress_level=1)
    return kept.getvalue()


def to_8_bits(picture: Pixels) -> Pixels:
    """Return an image of 16 or more bits scaled to 8; Pillow itself would clip."""
    from PIL import Image  # noqa: PLC0415  # 90 ms

    if picture.mode.startswith("I;16") or picture.mode == "I":
        values = np.clip(np.asarray(picture), 0, _MAX_16_BITS)
        return Image.fromarray((values >> 8).astype(np.uint8))
    if picture.mode == "F":
        values = np.nan_to_num(np.asarray(picture))
        low, high = float(values.min()), float(values.max())
        scaled = (values - low) * (_MAX_8_BITS / max(high - low, 1e-9))
        return Image.fromarray(scaled.astype(np.uint8))
    return picture


@contextlib.contextmanager
def guard_decoding(place: str) -> Iterator[None]:
    """Turn every exception of Pillow on hostile bytes into an `AssetError`."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415  # 90 ms

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's own, lower limit; ours is below
            yield
    except Image.DecompressionBombError as error:
        raise _too_large_error(place) from error
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,  # Pillow's word for a broken PNG
        EOFError,
        IndexError,
        KeyError,
        TypeError,
        AttributeError,
        RuntimeError,
        OverflowError,
        ZeroDivisionError,
        struct.error,
    ) as error:
        raise UnreadablePictureError.from_cause(
            media_causes.PICTURE_DAMAGED, place
        ) from error


def _check_size(size: tuple[int, int], place: str) -> None:
    width, height = size
    if width * height > MAX_PIXELS or max(size) > MAX_EDGE_PX:
        raise _too_large_error(place)


def _too_large_error(place: str) -> LimitExceededError:
    return LimitExceededError.from_cause(
        media_causes.PICTURE_TOO_LARGE,
        place,
        name=place,
        millions=MAX_PIXELS // 1_000_000,
    )
