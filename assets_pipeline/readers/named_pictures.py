"""Pictures that models name: found as they are written, or beside the model, in old formats too."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from assets_pipeline.errors import RefusedPathError, UnsupportedFormatError
from assets_pipeline.gltf.materials import Image
from assets_pipeline.media.pixels import as_png, media_type_of

if TYPE_CHECKING:
    from assets_pipeline.resolver import Resolver

_NETWORK: Final = re.compile(r"(?!file:)[A-Za-z][A-Za-z0-9+.-]+:", re.ASCII)
"""A scheme of two letters or more: one letter is a drive."""
_PARTS: Final = re.compile(r"[\\/]")


def named_picture(
    base: PurePosixPath, reference: str, resolver: Resolver, *, is_uri: bool
) -> Image:
    """Return the picture that a model names.

    Programs write where a picture lay on their own machine. Such a name, and one that
    leaves the museum's folder, is looked for beside the model.

    Parameters
    ----------
    base
        The file that names it.
    reference
        As written there.
    resolver
        Reads it.
    is_uri
        Whether ``%20`` stands for a space.

    Raises
    ------
    MissingFileError
        If it is not there.
    RefusedPathError
        If it is to be fetched from a network.
    UnsupportedFormatError, DamagedFileError, LimitExceededError
        If it is no picture that can be read.
    """
    try:
        content = resolver.read_beside(base, reference, is_uri=is_uri)
    except RefusedPathError:
        plain = unquote(reference) if is_uri else reference
        bare = _PARTS.split(plain)[-1]
        if _NETWORK.match(reference) or bare in ("", ".", ".."):
            raise
        content = resolver.read_beside(base, bare, is_uri=False)
    media_type = media_type_of(content)
    if media_type is not None:
        return Image(content, media_type, reference)
    ending = PurePosixPath(reference.lower()).suffix
    if ending not in _OLD:
        reason = "the texture is in a format that is not read"
        remedy = "Save it as PNG or JPEG and name that file in the model"
        raise UnsupportedFormatError(reason, reference[:200], remedy)
    return Image(as_png(content, reference[:200], _OLD[ending]), "image/png", reference)


_OLD: Final = {
    ".bmp": "BMP",
    ".gif": "GIF",
    ".tga": "TGA",
    ".tif": "TIFF",
    ".tiff": "TIFF",
}
"""What old programs keep textures in, by Pillow's name."""
