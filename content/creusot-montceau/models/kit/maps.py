"""What a drawn material is made of: maps, noise that repeats, and their encodings.

All arrays are square; row 0 is the top; colours are sRGB from 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Maps:
    """What glTF calls a metallic-roughness material, as arrays."""

    color: Array
    """(n, n, 3) sRGB."""
    height_m: Array
    """(n, n), metres."""
    occlusion: Array
    roughness: Array
    metallic: Array


def cloud(seed: int, size: int, fall: float, stretch: float = 1.0) -> Array:
    """Return repeating noise with mean 0 and deviation 1.

    Parameters
    ----------
    seed
        Of its random phases.
    size
        Its edge, pixels.
    fall
        Amplitude falls as frequency to this power: 0 is dust, 2 is clouds.
    stretch
        How much longer its grains are downwards than across.
    """
    dust = np.random.default_rng(seed).standard_normal((size, size))
    fy = np.fft.fftfreq(size)[:, None] * stretch
    fx = np.fft.fftfreq(size)[None, :]
    frequency = np.hypot(fx, fy)
    frequency[0, 0] = np.inf
    shaped = np.fft.ifft2(np.fft.fft2(dust) * (1 / size + frequency) ** -fall).real
    return (shaped - shaped.mean()) / shaped.std()


def smooth(value: Array, low: float, high: float) -> Array:
    """Return 0 under low, 1 over high, and a soft ramp between."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def blended(under: Array, over: Array | tuple[float, ...], cover: Array) -> Array:
    """Return `under` with `over` laid on it where `cover` is 1."""
    return under + (np.asarray(over, float) - under) * cover[..., None]


def normal_map(height_m: Array, pixel_m: float) -> NDArray[np.uint8]:
    """Return the (n, n, 3) tangent-space normals of a height field that repeats.

    Green grows upwards (glTF 2.0, section 3.9.3).
    """
    dx = (np.roll(height_m, -1, 1) - np.roll(height_m, 1, 1)) / (2 * pixel_m)
    dy = (np.roll(height_m, -1, 0) - np.roll(height_m, 1, 0)) / (2 * pixel_m)
    normals = np.stack([-dx, dy, np.ones_like(dx)], axis=-1)
    normals /= np.linalg.norm(normals, axis=-1, keepdims=True)
    return to_bytes(normals * 0.5 + 0.5)


def to_bytes(values: Array) -> NDArray[np.uint8]:
    """Return values from 0 to 1 as bytes."""
    return np.round(np.clip(values, 0, 1) * 255).astype(np.uint8)


def flat(size: int, color: tuple[float, float, float], rough: float) -> Maps:
    """Return a plain material: one colour, no relief."""
    blank = np.zeros((size, size))
    return Maps(
        blended(np.zeros((size, size, 3)), color, blank + 1),
        blank,
        blank + 1,
        blank + rough,
        blank,
    )


def brightened(maps: Maps, factor: float) -> Maps:
    """Return a material in a lighter or darker stone, wood or paint."""
    color = np.clip(maps.color * factor, 0, 1)
    return Maps(color, maps.height_m, maps.occlusion, maps.roughness, maps.metallic)
