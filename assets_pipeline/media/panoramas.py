"""Convert panoramas to several sizes, and render a flat view as poster."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from assets_pipeline.images.photographs import read_photograph
from assets_pipeline.media.panorama_checks import LEVEL_WIDTHS_PX, check_panorama_size
from assets_pipeline.rendering import poster
from assets_pipeline.tasks.result import TaskResult
from tours.bundle import Panorama, PictureVariant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image as Pixels

    from assets_pipeline.arrays import Float32Array, Uint8Array
    from assets_pipeline.rendering.poster import Put
    from assets_pipeline.resolver import Resolver
    from assets_pipeline.tasks.store import Store
    from assets_pipeline.tasks.task import Task

POSTER_WIDTH_PX: Final = 1600
POSTER_SHAPE: Final = 4 / 3
FIELD_OF_VIEW_DEG: Final = 80.0
"""Of the poster's width: about what one sees without turning the head."""

_ENCODINGS: Final[tuple[tuple[str, str, dict[str, Any]], ...]] = (
    (".webp", "image/webp", {"format": "WEBP", "quality": 78, "method": 6}),
    (
        ".jpg",
        "image/jpeg",
        {"format": "JPEG", "quality": 80, "optimize": True, "progressive": True},
    ),
)
_LANCZOS_REACH = 3


def make_panorama(task: Task, resolver: Resolver, store: Store) -> TaskResult:
    """Return a panorama's levels and poster, kept in the store.

    Raises
    ------
    WrongShapeError
        If the picture is not twice as wide as high.
    AssetError
        Another subclass that names the cause.
    """
    picture = read_photograph(task, resolver)
    notes = check_panorama_size(task.path, *picture.size)
    panorama = Panorama(
        tuple(write_levels(picture, store.put)),
        poster.encode_variants(render_rectilinear(picture, task.starts_deg), store.put),
    )
    return TaskResult(panorama, notes)


def write_levels(picture: Pixels, put: Put) -> Iterator[PictureVariant]:
    """Yield a panorama in every width that it can fill, WebP then JPEG, 2:1 exactly.

    Parameters
    ----------
    picture
        Mode RGB, about 2:1.
    put
        Keeps each file.
    """
    widths = [width for width in LEVEL_WIDTHS_PX if width <= picture.width]
    whole = picture.width // 2 * 2
    sized = [_resized(picture, width) for width in widths or [whole]]
    for extension, media_type, settings in _ENCODINGS:
        for level in sized:
            content = io.BytesIO()
            level.save(content, **settings)
            file = put(content.getvalue(), extension, media_type)
            yield PictureVariant(file, level.width, level.height)


def render_rectilinear(picture: Pixels, starts_deg: float) -> Uint8Array:
    """Return the rectilinear view towards `starts_deg`, 4:3, level with the horizon.

    Parameters
    ----------
    picture
        Equirectangular, mode RGB.
    starts_deg
        Azimuth of the view's middle: 0 is the picture's middle, growing to the right.

    Returns
    -------
    (h, w, 3) uint8
        sRGB; no finer than the picture itself at the view's middle.
    """
    half = math.tan(math.radians(FIELD_OF_VIEW_DEG / 2))
    # At the middle a pixel of the view spans 2 half / width radians.
    finest = math.floor(picture.width / math.tau * 2 * half)
    width = max(4, min(POSTER_WIDTH_PX, finest))
    height = max(3, round(width / POSTER_SHAPE))
    needed = math.ceil(width * math.tau / (2 * half))
    source = np.asarray(_resized(picture, min(needed, picture.width)))
    columns, rows = _places(width, height, half, math.radians(starts_deg), source)
    view = _sampled(source, columns, rows)
    return np.clip(np.round(view), 0, 255).astype(np.uint8)


def _places(
    width: int, height: int, half: float, starts: float, source: Uint8Array
) -> tuple[Float32Array, Float32Array]:
    """Return the column and the row of the source that each pixel of a view shows."""
    x = (np.arange(width) + 0.5) / width * 2 - 1
    y = (1 - (np.arange(height) + 0.5) / height * 2) * height / width
    right, up = np.meshgrid(x * half, y * half)
    azimuth = np.arctan(right) + starts
    elevation = np.arctan2(up, np.hypot(right, 1))
    high, wide = source.shape[:2]
    columns = (azimuth / math.tau + 0.5) % 1 * wide - 0.5
    rows = (0.5 - elevation / math.pi) * high - 0.5
    return columns.astype(np.float32), rows.astype(np.float32)


def _sampled(
    source: Uint8Array, columns: Float32Array, rows: Float32Array
) -> Float32Array:
    """Return the source between its pixels, by Catmull-Rom's cubic in both directions."""
    high, wide = source.shape[:2]
    left, above = np.floor(columns).astype(int), np.floor(rows).astype(int)
    across = _weights((columns - left).astype(np.float32))
    down = _weights((rows - above).astype(np.float32))
    view = np.zeros((*columns.shape, 3), np.float32)
    for i in range(4):
        row = np.clip(above + i - 1, 0, high - 1)
        for j in range(4):
            weight = (down[i] * across[j])[..., None]
            view += weight * source[row, (left + j - 1) % wide]
    return view


def _weights(past: Float32Array) -> Float32Array:
    """Return what each of four neighbours counts, at a distance past the second.

    Returns
    -------
    (4, h, w) float32
    """
    t = past
    weights = (
        t * (-0.5 + t * (1 - 0.5 * t)),
        1 + t * t * (-2.5 + 1.5 * t),
        t * (0.5 + t * (2 - 1.5 * t)),
        t * t * (-0.5 + 0.5 * t),
    )
    return np.stack(weights).astype(np.float32)


def _resized(picture: Pixels, width: int) -> Pixels:
    """Return a panorama of another width, 2:1, without a seam where it closes."""
    from PIL import Image  # noqa: PLC0415  # 90 ms

    size = (width, width // 2)
    if size == picture.size:
        return picture
    reach = _LANCZOS_REACH * math.ceil(picture.width / width)
    wide = Image.new("RGB", (picture.width + 2 * reach, picture.height))
    wide.paste(picture, (reach - picture.width, 0))
    wide.paste(picture, (reach + picture.width, 0))
    wide.paste(picture, (reach, 0))
    box = (reach, 0, reach + picture.width, picture.height)
    return wide.resize(size, Image.Resampling.LANCZOS, box=box)
