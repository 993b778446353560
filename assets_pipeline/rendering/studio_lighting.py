"""Image-based lighting of the studio, prefiltered for every roughness.

The renderer can filter a panorama by itself, and takes 6 s of processor time for it
in software; this room is simple enough to be summed up in a fraction of a second. It
goes to the renderer as a KTX 1 cube map with the irradiance beside it.
"""

from __future__ import annotations

import functools
import struct
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from assets_pipeline.arrays import Float16Array, Float64Array

_EDGE_PX = 32
_LEVELS = 5
_PANORAMA_ROWS = 32
# (azimuth and width, lowest and highest elevation, degrees; light) of the soft boxes,
# azimuth 0 towards +Z and 90 towards +X.
_SOFT_BOXES = (
    (-70.0, 50.0, 5.0, 65.0, 3.0),
    (110.0, 40.0, 0.0, 55.0, 1.6),
    (20.0, 60.0, 60.0, 85.0, 2.5),
)
_KTX_HEAD = b"\xabKTX 11\xbb\r\n\x1a\n"
_LITTLE_ENDIAN = 0x04030201
_GL_HALF_FLOAT, _GL_RGBA, _GL_RGBA16F = 0x140B, 0x1908, 0x881A


@functools.cache
def render_room_ktx() -> bytes:
    """Return the room as a KTX 1 cube map: six faces, five roughness levels."""
    directions, weights = _panorama_directions()
    light = _light(directions)
    levels: list[Float16Array] = []
    for level in range(_LEVELS):
        faces = _face_directions(_EDGE_PX >> level)
        shape = faces.shape[:-1]
        flat = faces.reshape(-1, 3)
        lod = level / (_LEVELS - 1)
        # How the renderer spreads roughness over levels, solved for roughness.
        perceptual = 1 - np.sqrt(1 - lod)
        seen = (
            _light(flat)
            if level == 0
            else _filtered(flat, directions, weights, light, perceptual**2)
        )
        opaque = np.ones((len(flat), 4), np.float16)
        opaque[:, :3] = seen
        levels.append(opaque.reshape(*shape, 4))
    return _ktx(levels, _irradiance(directions, weights, light))


def _light(directions: Float64Array) -> Float64Array:
    """Return (n, 3) linear light from (n, 3) directions: walls, floor, soft boxes."""
    x, y, z = directions.T
    elevation = np.degrees(np.arcsin(np.clip(y, -1, 1)))
    azimuth = np.degrees(np.arctan2(x, z))
    room = np.where(elevation > 0, 0.55 + 0.45 * elevation / 90, 0.30)
    for middle, width, low, high, light in _SOFT_BOXES:
        apart = np.abs((azimuth - middle + 180) % 360 - 180)
        inside = (apart < width / 2) & (elevation > low) & (elevation < high)
        room = np.where(inside, light, room)
    lit: Float64Array = room[:, None] * np.array([1.0, 0.99, 0.97])
    return lit


def _panorama_directions() -> tuple[Float64Array, Float64Array]:
    """Return (n, 3) directions over the sphere and the (n,) solid angle of each."""
    rows, columns = _PANORAMA_ROWS, 2 * _PANORAMA_ROWS
    polar = (np.arange(rows) + 0.5) * np.pi / rows
    around = (np.arange(columns) + 0.5) * 2 * np.pi / columns
    polar, around = (g.ravel() for g in np.meshgrid(polar, around, indexing="ij"))
    ring = np.sin(polar)
    directions = np.stack(
        [ring * np.sin(around), np.cos(polar), ring * np.cos(around)], axis=1
    )
    return directions, ring * (np.pi / rows) * (2 * np.pi / columns)


def _face_directions(edge_px: int) -> Float64Array:
    """Return (6, edge, edge, 3) directions of a cube map's texels (OpenGL 4.6, 8.13)."""
    t, s = np.meshgrid(
        *[(np.arange(edge_px) + 0.5) * 2 / edge_px - 1] * 2, indexing="ij"
    )
    one = np.ones_like(s)
    faces = np.stack(
        [
            np.stack(face, axis=-1)
            for face in (
                (one, -t, -s),
                (-one, -t, s),
                (s, one, t),
                (s, -one, -t),
                (s, -t, one),
                (-s, -t, -one),
            )
        ]
    )
    units: Float64Array = faces / np.linalg.norm(faces, axis=-1, keepdims=True)
    return units


def _filtered(
    normals: Float64Array,
    directions: Float64Array,
    weights: Float64Array,
    light: Float64Array,
    roughness: float,
) -> Float64Array:
    """Return light as a surface of this roughness reflects it back along its normal.

    Weights are GGX's distribution times the cosine (Karis 2013, "split sum").
    """
    cosine = np.clip(normals @ directions.T, 0, None)
    half = np.sqrt((1 + cosine) / 2)  # cosine of the half vector, for view = normal
    squared = roughness**2
    lobe = squared / (half**2 * (squared - 1) + 1) ** 2
    share = lobe * cosine * weights
    seen: Float64Array = (share @ light) / share.sum(axis=1, keepdims=True)
    return seen


def _irradiance(
    directions: Float64Array, weights: Float64Array, light: Float64Array
) -> Float64Array:
    """Return (9, 3) coefficients of irradiance over pi in the renderer's own basis."""
    normals = _face_directions(8).reshape(-1, 3)
    share = np.clip(normals @ directions.T, 0, None) * weights
    x, y, z = normals.T
    basis = np.stack(
        [np.ones_like(x), y, z, x, y * x, y * z, 3 * z * z - 1, z * x, x * x - y * y],
        axis=1,
    )
    found, *_ = np.linalg.lstsq(basis, share @ light / np.pi, rcond=None)
    return found.astype(np.float64)


def _ktx(levels: list[Float16Array], irradiance: Float64Array) -> bytes:
    """Return a KTX 1 file (Khronos, KTX File Format Specification 1.0)."""
    text = "\n".join(" ".join(f"{v:.6f}" for v in row) for row in irradiance)
    pair = b"sh\0" + text.encode() + b"\0"
    facts = struct.pack("<I", len(pair)) + pair + b"\0" * (-len(pair) % 4)
    head = struct.pack(
        "<13I",
        _LITTLE_ENDIAN,
        _GL_HALF_FLOAT,
        2,
        _GL_RGBA,
        _GL_RGBA16F,
        _GL_RGBA,
        _EDGE_PX,
        _EDGE_PX,
        0,
        0,
        6,
        len(levels),
        len(facts),
    )
    images = b"".join(
        struct.pack("<I", level[0].nbytes) + level.tobytes() for level in levels
    )
    return _KTX_HEAD + head + facts + images
