"""What was baked, as a texture of a document."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.gltf.materials import Image, Sampler, Texture, TextureInfo

if TYPE_CHECKING:
    import numpy.typing as npt

    from assets_pipeline.gltf.accessors import FloatArray

_CLAMPED: Final = 33071


def texture_info(picture: npt.NDArray[np.uint8], name: str) -> TextureInfo:
    """Return the use of a picture that charts lie in, of (n, n, 3) values."""
    from PIL import Image as Pillow  # noqa: PLC0415  # 90 ms

    content = io.BytesIO()
    Pillow.fromarray(picture).save(content, "PNG", compress_level=1)
    image = Image(content.getvalue(), "image/png", name)
    # Charts end at the picture's edges, where nothing is to come round.
    return TextureInfo(Texture(image, Sampler(_CLAMPED, _CLAMPED)))


def as_bytes(values: FloatArray) -> npt.NDArray[np.uint8]:
    """Return values from 0 to 1 as pictures store them."""
    return np.round(values.clip(0, 1) * np.float32(255)).astype(np.uint8)
