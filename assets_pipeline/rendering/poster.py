"""Render a model's poster: a studio photograph, in several encodings.

The model is rendered in software (Filament over Mesa's llvmpipe), so that every
machine gives the same picture, with or without a graphics card.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from assets_pipeline.errors.exceptions import RE_EXPORT, UnsupportedFormatError
from assets_pipeline.rendering.renderer import load_renderer, missing_renderer_error
from assets_pipeline.rendering.studio_scene import (
    Framing,
    Layers,
    PosterOptions,
    Studio,
    upsample,
)
from tours.bundle import Extents, MediaFile, Picture, PictureVariant

if TYPE_CHECKING:
    from assets_pipeline.arrays import Float32Array, Uint8Array

Put = Callable[[bytes, str, str], MediaFile]
"""Keeps a file's content under its extension and media type: ``Store.put``."""

VARIANT_WIDTHS_PX = (480, 960, 1600)
"""What pages offer: a phone's column, the same on a dense screen, a desk."""


def render_poster(
    glb: bytes, extents: Extents, options: PosterOptions | None = None
) -> Uint8Array:
    """Return the poster of a model at rest.

    Parameters
    ----------
    glb
        A GLB 2.0 file that names no other file. Meshopt compression, quantisation and
        WebP are read, and KTX2; Draco is not.
    extents
        The model's box at rest, metres: where it touches the ground, how big it is.
    options
        Size, direction and quality.

    Returns
    -------
    (height_px, width_px, 3) uint8
        sRGB, opaque.

    Raises
    ------
    MissingToolError
        If no software renderer starts here; says what to install.
    UnsupportedFormatError
        If the renderer can't read the GLB.
    EmptyModelError
        If nothing of the model can be seen.
    """
    return render_with_framing(glb, extents, options or PosterOptions())[0]


def render_with_framing(
    glb: bytes, extents: Extents, options: PosterOptions, framing: Framing | None = None
) -> tuple[Uint8Array, Framing]:
    """Return the poster of a model at rest, and the framing it was taken with.

    Parameters
    ----------
    glb, extents, options
        As there.
    framing
        Of another photograph of the same extents, to take this one alike.
    """
    from assets_pipeline.rendering.decompress import replace_ktx2  # noqa: PLC0415  # not for pictures

    glb = replace_ktx2(glb)
    filly = load_renderer()
    try:
        with warnings.catch_warnings():
            # The renderer skips optional extensions, as every viewer of ours may.
            warnings.simplefilter("ignore", filly.AssetCompatibilityWarning)
            with filly.Renderer() as renderer:
                studio = Studio(filly, renderer, glb, extents, options)
                taken = studio.frame(framing)
                layers = studio.render_layers()
    except filly.AssetError as error:
        reason = f"the renderer can't read this model: {error}"
        raise UnsupportedFormatError(reason, "poster", RE_EXPORT) from error
    except filly.FillyError as error:
        raise missing_renderer_error(error) from error
    return _developed(layers), taken


def encode_variants(pixels: Uint8Array, put: Put) -> Picture:
    """Return an image as AVIF, WebP and JPEG, in every width that it can fill.

    Parameters
    ----------
    pixels : (h, w, 3) uint8
        sRGB.
    put
        Keeps each file.
    """
    from PIL import Image  # noqa: PLC0415  heavy, and only needed here

    full = Image.fromarray(pixels)
    widths = sorted({min(width, full.width) for width in VARIANT_WIDTHS_PX})
    sized = [
        full
        if width == full.width
        else full.resize(
            (width, max(1, round(full.height * width / full.width))),
            Image.Resampling.LANCZOS,
        )
        for width in widths
    ]
    variants: list[PictureVariant] = []
    for extension, media_type, settings in _ENCODINGS:
        for picture in sized:
            content = io.BytesIO()
            picture.save(content, **settings)
            file = put(content.getvalue(), extension, media_type)
            variants.append(PictureVariant(file, picture.width, picture.height))
    return Picture(tuple(variants))


_ENCODINGS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (
        ".avif",
        "image/avif",
        {"format": "AVIF", "quality": 62, "speed": 6, "max_threads": 1},
    ),
    (".webp", "image/webp", {"format": "WEBP", "quality": 82, "method": 6}),
    (
        ".jpg",
        "image/jpeg",
        {"format": "JPEG", "quality": 82, "optimize": True, "progressive": True},
    ),
)
"""Extension, media type, settings; the last opens everywhere."""


def _to_code(light: Float32Array) -> Uint8Array:
    """Return 8-bit sRGB of linear light."""
    light = np.clip(light, 0, 1)
    straight, curved = light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055
    code = np.where(light <= 0.0031308, straight, curved)  # noqa: PLR2004  the standard's
    return np.round(code * 255).astype(np.uint8)


def _developed(layers: Layers) -> Uint8Array:
    """Return the picture: the model before a backdrop that carries its shadow."""
    cover = layers.model[..., 3:]
    height, width = cover.shape[:2]
    kept = 1 - layers.nearness * (1 - _lit(layers))
    light = layers.model[..., :3] + (1 - cover) * kept * _backdrop(height, width)
    return _to_code(light.astype(np.float32))


def _lit(layers: Layers) -> Float32Array:
    """Return (h, w, 1) how much of its light reaches the ground, where any is seen."""
    height, width = layers.model.shape[:2]
    small = _reduced(layers.model, height // layers.ground.shape[0])
    seen_ground = np.maximum(layers.with_ground - small[..., :3], 0)
    expected = (1 - small[..., 3:]) * layers.ground * _SCREEN_OCCLUSION
    # Enlarged before they are divided: along an edge, each weighs by what is seen of it.
    seen, all_ = (
        upsample(part, height, width)
        for part in (np.minimum(seen_ground, expected), expected)
    )
    return np.clip(seen / np.maximum(all_, _HARDLY_SEEN), 0, 1).astype(np.float32)


def _reduced(picture: Float32Array, n: int) -> Float32Array:
    """Return a picture n times smaller, each pixel the mean of n by n."""
    height, width = (size // n for size in picture.shape[:2])
    squares = picture[: n * height, : n * width].reshape(height, n, width, n, -1)
    mean: Float32Array = squares.mean(axis=(1, 3))
    return mean


_HARDLY_SEEN = 1e-4
_SCREEN_OCCLUSION = 0.88  # the least that its noise leaves of bare ground


def _backdrop(height: int, width: int) -> Float32Array:
    """Return seamless paper, lit behind the model and falling off to the corners.

    Light enough for a white page, grey enough not to glare on a dark one.

    Returns
    -------
    (height, width, 3) float32
        Linear light.
    """
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    away = np.hypot((x / width - 0.5) * 1.1, (y / height - 0.45) * 1.0)[..., None]
    fall = np.exp(-((away / 0.62) ** 2))
    dim, glow = np.array([[0.40, 0.40, 0.405], [0.36, 0.355, 0.345]], np.float32)
    light: Float32Array = dim + fall * glow
    return light
