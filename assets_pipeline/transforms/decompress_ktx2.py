"""Decode KTX2 textures to PNG."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from assets_pipeline.codecs import ktx2
from assets_pipeline.gltf import ktx2_header
from assets_pipeline.gltf.materials import Image

if TYPE_CHECKING:
    from assets_pipeline.gltf.document import Document

_QUICK: Final = 1
"""PNG's effort: what is unpacked is encoded anew, or looked at once."""


def decompress_ktx2(document: Document) -> None:
    """Replace every KTX2 image of a document by PNG.

    Raises
    ------
    DamagedFileError, UnsupportedFormatError, LimitExceededError
        If one can't be decoded.
    """
    plain: dict[int, Image] = {}
    for image in document.images():
        if image.media_type == ktx2_header.MEDIA_TYPE:
            plain[id(image)] = _convert_to_png(image)
    for texture in document.textures():
        texture.image = plain.get(id(texture.image), texture.image)


def _convert_to_png(image: Image) -> Image:
    from PIL import Image as Pillow  # noqa: PLC0415  # 90 ms

    place = image.name or "image"
    picture = Pillow.fromarray(ktx2.decode_ktx2(image.content, place))
    if not ktx2_header.read_ktx2_header(image.content, place).has_alpha:
        picture = picture.convert("RGB")
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=_QUICK)
    return Image(out.getvalue(), "image/png", image.name)
