"""Degrade a frame: occluders, light, lens, motion, sensor."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from benchmarks.image_targets.bins import Conditions
    from benchmarks.image_targets.camera import FloatArray

Frame = NDArray[np.float32]
Mask = NDArray[np.generic]
Backdrop = Callable[[np.random.Generator], NDArray[np.uint8]]


def degrade(
    random: np.random.Generator,
    frame: Frame,
    mask: Mask,
    conditions: Conditions,
    backdrop: Backdrop,
) -> NDArray[np.uint8]:
    """Return the frame as the sensor gives it; in the order in which light travels.

    `mask` is the share of each pixel that the print covers: shadows fall on all of the
    frame, but what occludes, and the lamps' reflections, are put on the print.
    """
    frame = frame.astype(np.float32)
    if conditions.occluded_ratio:
        frame = occlude(random, frame, mask, conditions.occluded_ratio, backdrop)
    if conditions.has_shadow:
        frame = (frame * shadow(random, *mask.shape)).astype(np.float32)
    if conditions.glare_ratio:
        frame = add_lamps(random, frame, mask, conditions.glare_ratio)
    if conditions.defocus_px:
        frame = convolve(frame, disc(conditions.defocus_px))
    if conditions.motion_px:
        frame = convolve(frame, streak(random, conditions.motion_px))
    return apply_sensor(
        random, frame * np.float32(conditions.exposure_ratio), conditions
    )


def occlude(
    random: np.random.Generator,
    frame: Frame,
    mask: Mask,
    ratio: float,
    backdrop: Backdrop,
) -> Frame:
    """Cover a share of the print with ellipses of another texture: an arm, a plant."""
    area = mask.sum()
    rows, columns = np.where(mask > 0.5)
    other = backdrop(random)
    hidden = np.zeros(mask.shape, bool)
    covered = 0
    for _ in range(60):
        if covered >= ratio * area:
            break
        at = random.integers(len(columns))
        radius = np.sqrt(area) * random.uniform(0.15, 0.4)
        blob = np.zeros(mask.shape, np.uint8)
        axes = (int(radius), int(radius * random.uniform(0.4, 1)))
        turn = float(random.uniform(0, 180))
        centre = (int(columns[at]), int(rows[at]))
        cv2.ellipse(blob, centre, axes, turn, 0, 360, (1,), -1)
        hidden |= blob > 0
        covered = (hidden & (mask > 0.5)).sum()
    frame[hidden] = other[hidden]
    return frame


def shadow(random: np.random.Generator, height: int, width: int) -> FloatArray:
    """Return (h, w, 1): bars of shadow with hard edges, as of a railing."""
    down = np.arange(height) * random.uniform(-0.02, 0.02)
    across = np.arange(width) * random.uniform(-0.02, 0.02)
    is_lit = np.cos(np.add.outer(down, across)) > random.uniform(-0.3, 0.3)
    return (0.35 + 0.65 * is_lit)[..., None]


def add_lamps(
    random: np.random.Generator, frame: Frame, mask: Mask, ratio: float
) -> Frame:
    """Add two lamps' reflections, white in their middle."""
    rows, columns = np.where(mask > 0.5)
    y, x = np.mgrid[: mask.shape[0], : mask.shape[1]]
    for _ in range(2):
        at = random.integers(len(columns))
        radius = np.sqrt(mask.sum()) * ratio
        across, down = (x - columns[at]) / radius, (y - rows[at]) / (radius * 0.6)
        light = 330 * np.exp(-(across**2 + down**2))
        frame = frame + light[..., None].astype(np.float32)
    return frame


def disc(radius: float) -> Frame:
    """Return the blur of a lens out of focus."""
    size = int(2 * np.ceil(radius) + 1)
    y, x = np.mgrid[:size, :size] - size // 2
    kernel = np.clip(radius + 0.5 - np.hypot(y, x), 0, 1).astype(np.float32)
    return np.asarray(kernel / kernel.sum())


def streak(random: np.random.Generator, length: float) -> Frame:
    """Return the blur of a camera that moves while it exposes, in a drawn direction."""
    return streak_towards(random.uniform(0, np.pi), length)


def streak_towards(direction: float, length: float) -> Frame:
    """Return the blur of a straight movement; `direction` in radians from x to y."""
    size = (int(length) | 1) + 2
    kernel = np.zeros((size * 4, size * 4), np.float32)
    middle = size * 2
    x, y = np.cos(direction) * length * 2, np.sin(direction) * length * 2
    ends = (int(middle - x), int(middle - y)), (int(middle + x), int(middle + y))
    cv2.line(kernel, *ends, (1,), 3, cv2.LINE_AA)
    small = cv2.resize(kernel, (size, size), interpolation=cv2.INTER_AREA)
    return np.asarray(small / small.sum(), np.float32)


def convolve(frame: Frame, kernel: Frame) -> Frame:
    """Blur a frame; its border is mirrored."""
    blurred = cv2.filter2D(frame, -1, kernel, borderType=cv2.BORDER_REFLECT)
    return np.asarray(blurred, np.float32)


def apply_sensor(
    random: np.random.Generator, frame: Frame, conditions: Conditions
) -> NDArray[np.uint8]:
    """Clip, bend the tones, add noise: part of it the sensor's own, part grows with light."""
    frame = np.clip(frame, 0, 255)
    if conditions.gamma != 1.0:
        frame = 255 * (frame / 255) ** conditions.gamma
    level = conditions.noise_levels
    grain = random.normal(0, 1, frame.shape).astype(np.float32)
    frame = frame + grain * np.sqrt(level * level * (0.4 + 0.6 * frame / 128))
    return np.clip(frame, 0, 255).astype(np.uint8)
