"""Drawn stone, brick, render, slate, ground and water."""

from __future__ import annotations

import numpy as np

from kit.maps import Maps, blended, cloud, smooth


def stone(size: int, sooty: float = 0.65) -> Maps:
    """Dressed limestone gone grey with soot; 1.4 m wide."""
    broad, fine = cloud(51, size, 1.7), cloud(52, size, 0.7)
    soot = smooth(cloud(53, size, 1.5), -0.2, 1.8)
    pits = smooth(cloud(54, size, 0.8), 1.9, 2.6)
    color = np.broadcast_to([0.520, 0.500, 0.470], (size, size, 3))
    color = color + (0.03 * broad + 0.022 * fine)[..., None]
    color = blended(color, (0.350, 0.338, 0.322), sooty * soot)
    color = color * (1 - 0.35 * pits)[..., None]
    height = 0.003 * broad + 0.0012 * fine - 0.004 * pits
    return Maps(
        color, height, 1 - 0.4 * pits, 0.88 - 0.03 * fine, np.zeros((size, size))
    )


def brick(size: int, width_m: float = 1.92) -> Maps:
    """Return burnt brick in English bond, soot and lime in its joints; 1.92 m wide.

    24 courses of 8 cm; stretchers of 24 cm, headers of 12 cm.
    """
    y = (np.arange(size) + 0.5)[:, None] / size * 24 + np.zeros((1, size))
    course = np.floor(y).astype(int)
    is_header = course % 2
    pitch = np.where(is_header, 0.12, 0.24) / width_m * size
    x = np.arange(size)[None, :] + 0.5 + np.where(is_header, 0.06, 0) / width_m * size
    across = x % size / pitch
    number = np.floor(across).astype(int)
    edge = np.minimum(
        np.minimum(across % 1, 1 - across % 1) * pitch,
        np.minimum(y % 1, 1 - y % 1) * size / 24,
    ) * (width_m / size)
    wobble = 0.0012 * cloud(81, size, 0.9)
    face = smooth(edge + wobble, 0.003, 0.008)
    key = np.random.default_rng(82).uniform(0, 1, (24, 20))
    burn = key[course % 24, number % 20]
    fine = cloud(83, size, 0.6)
    clay = blended(
        np.broadcast_to([0.540, 0.345, 0.275], (size, size, 3)),
        (0.410, 0.270, 0.230),
        smooth(burn, 0.35, 0.95),
    )
    clay = clay * (0.88 + 0.24 * key[(course + 7) % 24, (number + 3) % 20])[..., None]
    clay = clay + 0.022 * fine[..., None]
    joint = np.broadcast_to([0.545, 0.515, 0.465], (size, size, 3))
    joint = joint + 0.03 * fine[..., None]
    color = blended(joint, clay, face)
    soot = smooth(cloud(84, size, 1.6), 0.2, 2.2)
    color = blended(color, (0.20, 0.175, 0.16), 0.42 * soot)
    height = 0.007 * face + 0.0007 * fine * face + 0.0012 * (burn - 0.5) * face
    rough = 0.86 + 0.03 * fine - 0.08 * face * smooth(burn, 0.7, 1)
    return Maps(color, height, 0.6 + 0.4 * face, rough, np.zeros((size, size)))


def ashlar(size: int, courses: int = 6, sooty: float = 0.65) -> Maps:
    """Return dressed limestone in courses, the joints broken; 3 m wide."""
    base = stone(size, sooty)
    y = (np.arange(size) + 0.5)[:, None] / size * courses + np.zeros((1, size))
    course = np.floor(y).astype(int)
    x = (np.arange(size)[None, :] + 0.5) / size * 3 + 0.37 * course
    block, across = np.floor(x % 3).astype(int), x % 1
    edge = np.minimum(
        np.minimum(across, 1 - across) / 3, np.minimum(y % 1, 1 - y % 1) / courses
    )
    face = smooth(edge * 3.0 + 0.002 * cloud(85, size, 0.9), 0.006, 0.014)
    tint = np.random.default_rng(86).uniform(-1, 1, (courses, 3))[course, block]
    color = base.color * (1 + 0.11 * tint)[..., None]
    color = color + np.array([0.02, 0.008, -0.012]) * tint[..., None]
    color = blended(color * 0.62, color, face)
    height = base.height_m + 0.009 * face + 0.002 * tint * face
    return Maps(
        color, height, 0.65 + 0.35 * face, base.roughness, np.zeros((size, size))
    )


def render(size: int, tone: tuple[float, float, float]) -> Maps:
    """Return lime render, trowelled, rain-streaked and hair-cracked; 3 m wide."""
    broad, fine = cloud(91, size, 1.7), cloud(92, size, 0.7)
    rain = smooth(cloud(93, size, 1.2, stretch=9.0), 0.6, 2.4)
    patch = smooth(cloud(94, size, 1.9), 0.3, 1.6)
    color = (
        np.broadcast_to(tone, (size, size, 3))
        + (0.018 * broad + 0.012 * fine)[..., None]
    )
    color = blended(color, np.asarray(tone) * [0.93, 0.90, 0.84], 0.6 * patch)
    color = blended(color, np.asarray(tone) * 0.72, 0.45 * rain)
    height = 0.0014 * broad + 0.0009 * fine
    return Maps(
        color,
        height,
        np.ones((size, size)),
        0.9 - 0.02 * fine,
        np.zeros((size, size)),
    )


def slate(
    size: int,
    rows: int = 14,
    columns: int = 12,
    tone: tuple[float, float, float] = (0.285, 0.300, 0.325),
) -> Maps:
    """Return slates, or flat tiles, each row laid half over the next; 2 m wide."""
    y = (np.arange(size) + 0.5)[:, None] / size * rows + np.zeros((1, size))
    row, down = np.floor(y).astype(int), y % 1
    x = (np.arange(size)[None, :] + 0.5) / size * columns + 0.5 * (row % 2)
    slab, across = np.floor(x).astype(int) % columns, x % 1
    tint = np.random.default_rng(87).uniform(-1, 1, (rows, columns))[row % rows, slab]
    gap = smooth(np.abs(across - 0.5), 0.46, 0.49)
    tail = smooth(down, 0.93, 0.98)
    fine = cloud(88, size, 0.7)
    color = np.broadcast_to(tone, (size, size, 3)) * (1 + 0.16 * tint)[..., None]
    moss = smooth(cloud(89, size, 1.5), 1.0, 2.4)
    color = blended(color + 0.012 * fine[..., None], (0.33, 0.34, 0.25), 0.5 * moss)
    color = color * (1 - 0.5 * np.maximum(gap, tail))[..., None]
    height = 0.006 * down * (1 - tail) - 0.004 * gap + 0.0006 * fine + 0.0012 * tint
    rough = 0.62 + 0.05 * tint + 0.2 * moss
    return Maps(
        color,
        height,
        1 - 0.5 * np.maximum(gap, tail),
        rough,
        np.zeros((size, size)),
    )


def ground(size: int, tone: tuple[float, float, float], grass: float = 0.0) -> Maps:
    """Return trodden gravel, or a lawn where `grass` is 1; 4 m wide."""
    broad, fine = cloud(95, size, 1.5), cloud(96, size, 0.25)
    tufts = cloud(97, size, 0.55)
    cover = smooth(broad + 0.4 * tufts, 1.6 - 3.4 * grass, 2.2 - 3.4 * grass)
    earth = (
        np.broadcast_to(tone, (size, size, 3))
        + (0.03 * broad + 0.045 * fine)[..., None]
    )
    green = blended(
        np.broadcast_to([0.235, 0.275, 0.135], (size, size, 3)),
        (0.375, 0.390, 0.215),
        smooth(tufts, -0.8, 2.0),
    )
    green = green * (1 + 0.16 * cloud(98, size, 0.35))[..., None]
    color = blended(earth, green, cover)
    height = 0.006 * fine + 0.010 * tufts * cover + 0.004 * broad
    shade = 1 - 0.35 * smooth(-tufts, 0.2, 2.0) * cover
    return Maps(
        color, height, shade, np.full((size, size), 0.95), np.zeros((size, size))
    )


def water(size: int, tone: tuple[float, float, float]) -> Maps:
    """Return still canal water, with small ripples; 4 m wide."""
    ripple = cloud(99, size, 1.7, stretch=0.5) + 0.15 * cloud(100, size, 1.0)
    scum = smooth(cloud(101, size, 1.4), 1.2, 2.6)
    color = np.broadcast_to(tone, (size, size, 3)) + 0.010 * ripple[..., None]
    color = blended(color, (0.34, 0.36, 0.25), 0.25 * scum)
    return Maps(
        color,
        0.0022 * ripple,
        np.ones((size, size)),
        0.10 + 0.25 * scum,
        np.zeros((size, size)),
    )
