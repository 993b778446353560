"""Where textures are looked up: texture coordinates as KHR_texture_transform moves them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from assets_pipeline.gltf.accessors import FloatArray
    from assets_pipeline.gltf.materials import TextureTransform


def looked_up(
    uvs: FloatArray, transform: TextureTransform | None
) -> npt.NDArray[np.float64]:
    """Return (..., 2) texture coordinates after a transform; v grows downwards."""
    found = uvs.astype(np.float64)
    if transform is None:
        return found
    cosine, sine = np.cos(transform.rotation), np.sin(transform.rotation)
    scaled = found * transform.scale
    u, v = scaled[..., 0], scaled[..., 1]
    turned = np.stack([cosine * u + sine * v, cosine * v - sine * u], axis=-1)
    moved: npt.NDArray[np.float64] = turned + transform.offset
    return moved
