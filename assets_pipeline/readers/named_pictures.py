"""Pictures that models name, in old formats too."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from assets_pipeline.errors import UnsupportedFormatError
from assets_pipeline.gltf.materials import Image
from assets_pipeline.media import causes
from assets_pipeline.media.pixels import as_png, media_type_of
from assets_pipeline.readers.named_files import read_named

if TYPE_CHECKING:
    from assets_pipeline.resolver import Resolver


def named_picture(
    base: PurePosixPath, reference: str, resolver: Resolver, *, is_uri: bool
) -> Image:
    """Return the picture that a model names.

    Parameters are those of `read_named`.

    Raises
    ------
    MissingFileError, RefusedPathError
        As `read_named` does.
    UnsupportedFormatError, DamagedFileError, LimitExceededError
        If it is no picture that can be read.
    """
    _, content = read_named(base, reference, resolver, is_uri=is_uri)
    media_type = media_type_of(content)
    if media_type is not None:
        return Image(content, media_type, reference)
    ending = PurePosixPath(reference.lower()).suffix
    if ending not in _OLD:
        raise UnsupportedFormatError.because(
            causes.PICTURE_FORMAT, reference[:200], name=reference[:200]
        )
    return Image(as_png(content, reference[:200], _OLD[ending]), "image/png", reference)


_OLD: Final = {
    ".bmp": "BMP",
    ".gif": "GIF",
    ".tga": "TGA",
    ".tif": "TIFF",
    ".tiff": "TIFF",
}
"""What old programs keep textures in, by Pillow's name."""
