"""Drawn iron, steel and wood."""

from __future__ import annotations

import numpy as np

from kit.maps import Maps, blended, cloud, smooth


def steel(size: int) -> Maps:
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


def wood(size: int) -> Maps:
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


def cast(size: int) -> Maps:
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


Color = tuple[float, float, float]


def weathered_paint(
    size: int, paint: Color, rusty: Color = (0.36, 0.215, 0.140)
) -> Maps:
    """Thin steel under old paint: it fades, blisters and rusts; 1.5 m wide.

    ``paint`` and ``rusty`` are sRGB.
    """
    tone = 0.5 + 0.5 * np.tanh(0.8 * cloud(71, size, 1.8))
    noise = cloud(72, size, 1.3) + 0.35 * cloud(73, size, 0.4)
    rust = smooth(noise, 0.75, 1.75)
    streaks = smooth(cloud(74, size, 1.15, stretch=8.0), 0.7, 2.2) * 0.6
    blister = smooth(cloud(75, size, 0.8), 1.8, 2.5) * (1 - rust)
    pale = 0.72 * np.asarray(paint) + 0.28 * np.array([0.62, 0.62, 0.60])
    color = blended(np.broadcast_to(paint, (size, size, 3)), pale, tone)
    color = color + 0.014 * cloud(76, size, 0.4)[..., None]
    color = blended(color, (0.43, 0.29, 0.20), streaks)
    color = blended(color, rusty, 0.92 * rust)
    color = blended(color, (0.30, 0.19, 0.14), 0.6 * blister)
    height = 0.0003 * noise + 0.0007 * rust * cloud(77, size, 0.5) + 0.0005 * blister
    rough = 0.55 + 0.30 * rust + 0.12 * streaks + 0.02 * cloud(78, size, 0.5)
    return Maps(color, height, 1 - 0.25 * rust, rough, np.zeros((size, size)))


def planks(size: int, width_m: float = 2.0, boards: int = 10) -> Maps:
    """Return boards side by side, their grain upright, with gaps; 2 m wide."""
    x = (np.arange(size) + 0.5)[None, :] / size * boards + np.zeros((size, 1))
    board, across = np.floor(x).astype(int), x % 1
    base = wood(size)
    grain = np.swapaxes(base.color, 0, 1)
    tint = np.random.default_rng(79).uniform(0.78, 1.12, (boards, 1))[board]
    gap = smooth(np.abs(across - 0.5), 0.455, 0.49)
    color = grain * tint * (1 - 0.75 * gap)[..., None]
    height = base.height_m.T - 0.012 * gap * (width_m / 2)
    return Maps(color, height, 1 - 0.7 * gap, base.roughness.T, np.zeros((size, size)))


def corrugated(size: int, paint: tuple[float, float, float]) -> Maps:
    """Return sheet iron in waves that run down, with laps and rust; 2 m wide."""
    base = weathered_paint(size, paint)
    x = (np.arange(size) + 0.5)[None, :] / size
    y = (np.arange(size) + 0.5)[:, None] / size
    wave = 0.5 + 0.5 * np.cos(2 * np.pi * 24 * x) + 0 * y
    lap = np.exp(-((((y - 0.5) * size - 2) / 3.0) ** 2)) + 0 * x
    color = base.color * (0.80 + 0.20 * wave)[..., None]
    color = blended(color, (0.30, 0.19, 0.13), 0.6 * lap)
    height = base.height_m + 0.009 * wave + 0.004 * smooth(y + 0 * x, 0.5, 0.504)
    return Maps(color, height, 0.75 + 0.25 * wave, base.roughness, base.metallic)
