"""The hammer's two materials, drawn: painted iron that repeats, and a sheet of trims.

A height field gives each normal map, noise that repeats gives wear and rust. All
arrays are square; row 0 is the top; colours are sRGB from 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

EDGE_PX = 1024


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


def painted_iron(size: int = EDGE_PX, tile_m: float = 2.0) -> Maps:
    """Return riveted plate under dark paint: seams, chips, rust that runs down."""
    pixel = tile_m / size
    y = (np.arange(size) + 0.5)[:, None] * pixel
    x = (np.arange(size) + 0.5)[None, :] * pixel
    height = 0.0006 * cloud(11, size, 1.6) + 0.00012 * cloud(12, size, 0.6)
    shade = np.ones((size, size))
    heads = np.zeros((size, size))
    for seam in (0.5, 1.5):  # a lap every metre, with a row of rivets on each side
        offset = y - seam
        lap = smooth(offset, -0.004, 0.004) * smooth(-offset, -0.16, -0.152)
        height = height + 0.006 * lap
        shade = shade - 0.45 * np.exp(-(((offset + 0.006) / 0.010) ** 2))
        for row in (0.04, 0.118):
            pitch = tile_m / 20
            dx = (x + pitch / 2 * (row > 0.1)) % pitch - pitch / 2
            away = np.hypot(dx, offset - row)
            dome = np.sqrt(np.clip(1 - (away / 0.021) ** 2, 0, 1))
            height = height + 0.011 * dome
            heads = np.maximum(heads, dome)
            shade = shade - 0.4 * np.exp(-(((away - 0.024) / 0.007) ** 2))
    shade = np.clip(shade, 0, 1)

    rust_noise = cloud(21, size, 1.35) + 0.35 * cloud(22, size, 0.4)
    worn = rust_noise + 1.1 * (1 - shade) + 0.5 * smooth(heads, 0.2, 0.9)
    rust = smooth(worn, 1.35, 2.3)
    streaks = (
        smooth(cloud(23, size, 1.15, stretch=9.0) + 0.6 * (1 - shade), 1.1, 2.4) * 0.55
    )
    chips = smooth(cloud(24, size, 0.9) + 0.8 * heads, 2.4, 2.7) * (1 - rust)

    tone = 0.5 + 0.5 * np.tanh(0.7 * cloud(25, size, 1.8))
    color = blended(
        np.broadcast_to([0.415, 0.405, 0.396], (size, size, 3)),
        (0.495, 0.479, 0.462),
        tone,
    )
    grain = 0.012 * cloud(26, size, 0.35)
    color = color + grain[..., None]
    color = blended(color, (0.430, 0.300, 0.215), streaks)
    color = blended(color, (0.395, 0.285, 0.215), 0.72 * rust)
    color = blended(color, (0.50, 0.47, 0.44), 0.7 * chips)
    color = color * (0.55 + 0.45 * shade)[..., None]
    rough = (
        0.50
        + 0.10 * (1 - tone)
        + 0.28 * rust
        + 0.18 * streaks
        + 0.02 * cloud(27, size, 0.5)
    )
    height = height - 0.0008 * chips + 0.0005 * rust * cloud(28, size, 0.5)
    return Maps(color, height, shade, rough, 0.85 * chips)


def trims(size: int = EDGE_PX) -> Maps:
    """Return four finishes on one sheet: steel, wood, stone, cast iron.

    Left to right, top to bottom, each half as wide as the sheet; see ``kit.Finish``.
    """
    half = size // 2
    quarters = (_steel(half), _wood(half), _stone(half), _cast(half))

    def sheet(name: str) -> Array:
        a, b, c, d = (getattr(q, name) for q in quarters)
        return np.concatenate([np.concatenate([a, b], 1), np.concatenate([c, d], 1)], 0)

    return Maps(*(sheet(name) for name in Maps.__dataclass_fields__))


def _steel(size: int) -> Maps:
    """Bright steel, machined across, oiled, with brown stains; 3.4 m wide."""
    brushed = cloud(31, size, 0.9, stretch=0.08)
    stain = smooth(cloud(32, size, 1.5), 0.5, 2.2)
    drip = smooth(cloud(33, size, 1.2, stretch=7.0), 1.0, 2.4)
    color = (
        np.broadcast_to([0.62, 0.61, 0.595], (size, size, 3))
        + 0.018 * brushed[..., None]
    )
    color = blended(color, (0.36, 0.29, 0.235), 0.75 * stain)
    color = blended(color, (0.17, 0.145, 0.125), 0.6 * drip)
    rough = 0.33 + 0.03 * brushed + 0.30 * stain - 0.05 * drip
    return Maps(
        color, 0.00025 * brushed, np.ones((size, size)), rough, 1 - 0.75 * stain
    )


def _wood(size: int) -> Maps:
    """Weathered oak, grain across; 2 m wide."""
    grain = cloud(41, size, 1.1, stretch=0.07)
    fine = cloud(42, size, 0.5, stretch=0.15)
    color = blended(
        np.broadcast_to([0.345, 0.300, 0.255], (size, size, 3)),
        (0.225, 0.185, 0.150),
        smooth(grain, -0.6, 1.8),
    )
    color = color + 0.02 * fine[..., None]
    cracks = smooth(fine + 0.7 * grain, 2.0, 2.8)
    color = color * (1 - 0.5 * cracks)[..., None]
    height = 0.0007 * grain + 0.0003 * fine - 0.002 * cracks
    return Maps(
        color, height, 1 - 0.5 * cracks, 0.82 + 0.03 * fine, np.zeros((size, size))
    )


def _stone(size: int) -> Maps:
    """Dressed limestone gone grey with soot; 1.4 m wide."""
    broad, fine = cloud(51, size, 1.7), cloud(52, size, 0.7)
    soot = smooth(cloud(53, size, 1.5), -0.2, 1.8)
    pits = smooth(cloud(54, size, 0.8), 1.9, 2.6)
    color = np.broadcast_to([0.520, 0.500, 0.470], (size, size, 3))
    color = color + (0.03 * broad + 0.022 * fine)[..., None]
    color = blended(color, (0.350, 0.338, 0.322), 0.65 * soot)
    color = color * (1 - 0.35 * pits)[..., None]
    height = 0.003 * broad + 0.0012 * fine - 0.004 * pits
    return Maps(
        color, height, 1 - 0.4 * pits, 0.88 - 0.03 * fine, np.zeros((size, size))
    )


def _cast(size: int) -> Maps:
    """Rough cast iron, scale and handling marks; 3 m wide."""
    broad, fine = cloud(61, size, 1.6), cloud(62, size, 0.55)
    rust = smooth(cloud(63, size, 1.3) + 0.3 * fine, 0.6, 2.0)
    drip = smooth(cloud(64, size, 1.2, stretch=8.0), 1.1, 2.4)
    color = np.broadcast_to([0.485, 0.465, 0.445], (size, size, 3))
    color = color + (0.02 * broad + 0.014 * fine)[..., None]
    color = blended(color, (0.470, 0.340, 0.250), 0.7 * rust)
    color = blended(color, (0.37, 0.26, 0.185), 0.5 * drip)
    rough = 0.55 + 0.27 * rust + 0.03 * fine
    return Maps(
        color,
        0.0011 * broad + 0.0008 * fine,
        np.ones((size, size)),
        rough,
        0.6 * (1 - rust),
    )


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
