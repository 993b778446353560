"""A picture that lies beside a model which names none: very likely its colours.

Scanners and sites that give models away deliver an OBJ, a picture and an MTL that joins
them; the MTL is what gets lost.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final

from assets_pipeline.errors import AssetError
from assets_pipeline.readers.named_pictures import named_picture

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from assets_pipeline.gltf.materials import Image
    from assets_pipeline.resolver import Resolver

_ENDINGS: Final = frozenset(
    (".png", ".jpg", ".jpeg", ".webp", ".avif", ".tif", ".tiff", ".tga", ".bmp")
)
_OTHER_MAPS: Final = re.compile(
    r"normal|nrm|norm\b|bump|height|disp|rough|metal|gloss|spec|ao\b|occlusion|emi|opacity|mask"
)
"""What names of pictures say that hold no colours."""


def lone_picture(path: PurePosixPath, resolver: Resolver) -> Image | None:
    """Return the one picture that may be a model's colours, if there is just one.

    Parameters
    ----------
    path
        Of the model.
    resolver
        Lists what lies beside it, and is told of the guess.
    """
    names = [name for name in resolver.names_like(path) if _may_be_colors(name)]
    if len(names) != 1:
        return None
    reference = posixpath.relpath(names[0], path.parent)
    try:
        image = named_picture(path, reference, resolver, is_uri=False)
    except AssetError:
        return None  # nothing named it: the shape is worth showing without
    resolver.guesses.append(str(names[0]))
    return image


def _may_be_colors(name: PurePosixPath) -> bool:
    words = name.stem.lower().replace("_", " ")
    return name.suffix.lower() in _ENDINGS and not _OTHER_MAPS.search(words)
