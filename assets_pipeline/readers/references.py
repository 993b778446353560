"""Find and read the files that a model references, and guess its texture."""

from __future__ import annotations

import posixpath
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

import numpy as np

from assets_pipeline.errors import media_causes
from assets_pipeline.errors.exceptions import (
    AssetError,
    RefusedPathError,
    UnsupportedFormatError,
)
from assets_pipeline.gltf.materials import Image
from assets_pipeline.images.decoding import convert_to_png, open_image, sniff_media_type
from assets_pipeline.resolver import resolve_reference

if TYPE_CHECKING:
    from assets_pipeline.arrays import Float32Array
    from assets_pipeline.resolver import Resolver

_NETWORK: Final = re.compile(r"(?!file:)[A-Za-z][A-Za-z0-9+.-]+:", re.ASCII)
"""A scheme of two letters or more: one letter is a drive."""
_PARTS: Final = re.compile(r"[\\/]")
_OLD: Final = {
    ".bmp": "BMP",
    ".gif": "GIF",
    ".tga": "TGA",
    ".tif": "TIFF",
    ".tiff": "TIFF",
}
"""What old programs keep textures in, by Pillow's name."""
_ENDINGS: Final = frozenset(
    (".png", ".jpg", ".jpeg", ".webp", ".avif", ".tif", ".tiff", ".tga", ".bmp")
)
_OTHER: Final = re.compile(
    r"\b(normal\w*|nrm|nor|norm|bump|height|disp\w*|relief|hauteur|bosses"
    r"|rough\w*|rugosit.|m[eé]tal\w*|gloss\w*|brillance|spec\w*|orm"
    r"|ao|occ|occlusion|emi\w*|émission|opacit\w*|alpha|mask|masque"
    r"|preview|thumb\w*|screenshot|render|photo|aper[cç]u|vignette|capture)\b"
)
"""Words of pictures that hold no colours of a surface, or show the whole thing."""
_MOST_CLEAR: Final = 0.1
_NO_LETTER: Final = re.compile(r"[\W\d_]+")


def read_reference(
    base: PurePosixPath, reference: str, resolver: Resolver, *, is_uri: bool
) -> tuple[PurePosixPath, bytes]:
    """Return the path and the content of a file that a model references.

    Programs write where it lay on their own machine. Such a name, and one that leaves
    the museum's folder, is looked for beside the model.

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
    """
    try:
        path = resolve_reference(base, reference, is_uri=is_uri)
    except RefusedPathError:
        plain = unquote(reference) if is_uri else reference
        reference, is_uri = _PARTS.split(plain)[-1], False
        if _NETWORK.match(plain) or reference in ("", ".", ".."):
            raise
        path = resolve_reference(base, reference, is_uri=False)
    return path, resolver.read_beside(base, reference, is_uri=is_uri)


def read_picture(
    base: PurePosixPath, reference: str, resolver: Resolver, *, is_uri: bool
) -> Image:
    """Return the image that a model references.

    Parameters are those of `read_reference`.

    Raises
    ------
    MissingFileError, RefusedPathError
        As `read_reference` does.
    UnsupportedFormatError, DamagedFileError, LimitExceededError
        If it is no picture that can be read.
    """
    _, content = read_reference(base, reference, resolver, is_uri=is_uri)
    media_type = sniff_media_type(content)
    if media_type is not None:
        return Image(content, media_type, reference)
    ending = PurePosixPath(reference.lower()).suffix
    if ending not in _OLD:
        raise UnsupportedFormatError.from_cause(
            media_causes.PICTURE_FORMAT_UNSUPPORTED,
            reference[:200],
            name=reference[:200],
        )
    return Image(
        convert_to_png(content, reference[:200], _OLD[ending]), "image/png", reference
    )


def guess_base_color_picture(
    path: PurePosixPath, resolver: Resolver, uvs: Float32Array
) -> Image | None:
    """Return the only image that may be a model's texture, if there is one.

    Parameters
    ----------
    path
        Of the model.
    resolver
        Lists what lies beside it, and is told of the guess.
    uvs : (n, 2) float32
        Places of its surface in a picture, v growing downwards. A picture with nothing
        there shows the thing from outside, cut out.
    """
    names = [
        n for n in resolver.list_siblings(path) if _may_be_base_color(n, path.stem)
    ]
    if len(names) != 1:
        return None
    reference = posixpath.relpath(names[0], path.parent)
    try:
        image = read_picture(path, reference, resolver, is_uri=False)
        if _transparent_ratio(image, uvs) > _MOST_CLEAR:
            return None
    except AssetError:
        return None  # nothing named it: the shape is worth showing without
    resolver.guesses.append(str(names[0]))
    return image


def _transparent_ratio(image: Image, uvs: Float32Array) -> float:
    """Return at how many of some places a picture is wholly transparent, of 1."""
    picture = open_image(image.content, image.name or "image")
    if not picture.has_transparency_data or not len(uvs):
        return 0.0
    alpha = np.asarray(picture.convert("RGBA").getchannel("A"))
    places = (uvs % 1 * (picture.width, picture.height)).astype(np.int64)
    x, y = np.minimum(places, (picture.width - 1, picture.height - 1)).T
    return float((alpha[y, x] == 0).mean())


def _may_be_base_color(name: PurePosixPath, model: str) -> bool:
    own = name.stem.lower().removeprefix(model.lower())  # a chimney is no map of metal
    words = _NO_LETTER.sub(" ", own)
    return name.suffix.lower() in _ENDINGS and not _OTHER.search(words)


def decode_text(content: bytes) -> str:
    """Return text decoded as UTF-8 or else as Windows-1252."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
