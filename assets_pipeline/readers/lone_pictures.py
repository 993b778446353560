"""A picture that lies beside a model which names none: very likely its colours.

Scanners and sites that give models away deliver an OBJ, a picture and an MTL that joins
them; the MTL is what gets lost.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.errors import AssetError
from assets_pipeline.media.pixels import opened
from assets_pipeline.readers.named_pictures import named_picture

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from assets_pipeline.gltf.accessors import FloatArray
    from assets_pipeline.gltf.materials import Image
    from assets_pipeline.resolver import Resolver

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


def lone_picture(
    path: PurePosixPath, resolver: Resolver, uvs: FloatArray
) -> Image | None:
    """Return the one picture that may be a model's colours, if there is just one.

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
    names = [n for n in resolver.names_like(path) if _may_be_colors(n, path.stem)]
    if len(names) != 1:
        return None
    reference = posixpath.relpath(names[0], path.parent)
    try:
        image = named_picture(path, reference, resolver, is_uri=False)
        if _clear_ratio(image, uvs) > _MOST_CLEAR:
            return None
    except AssetError:
        return None  # nothing named it: the shape is worth showing without
    resolver.guesses.append(str(names[0]))
    return image


def _clear_ratio(image: Image, uvs: FloatArray) -> float:
    """Return at how many of some places a picture is wholly transparent, of 1."""
    picture = opened(image.content, image.name or "image")
    if not picture.has_transparency_data or not len(uvs):
        return 0.0
    alpha = np.asarray(picture.convert("RGBA").getchannel("A"))
    places = (uvs % 1 * (picture.width, picture.height)).astype(np.int64)
    x, y = np.minimum(places, (picture.width - 1, picture.height - 1)).T
    return float((alpha[y, x] == 0).mean())


def _may_be_colors(name: PurePosixPath, model: str) -> bool:
    own = name.stem.lower().removeprefix(model.lower())  # a chimney is no map of metal
    words = _NO_LETTER.sub(" ", own)
    return name.suffix.lower() in _ENDINGS and not _OTHER.search(words)
