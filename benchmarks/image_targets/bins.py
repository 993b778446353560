"""Conditions of each bin of the bench, and their bounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

Sampler = Callable[[np.random.Generator], Any]


@dataclass(frozen=True)
class Conditions:
    """How one frame is taken. Zero, or one for ratios and gamma, changes nothing."""

    width_ratio: float
    """The print's width over the frame's, before its tilt."""
    tilt_deg: float
    roll_deg: float
    noise_levels: float
    """Standard deviation of the sensor's noise at half of full scale, of 255."""
    jpeg_quality: int
    motion_px: float = 0.0
    defocus_px: float = 0.0
    exposure_ratio: float = 1.0
    gamma: float = 1.0
    has_shadow: bool = False
    glare_ratio: float = 0.0
    """Radius of the lamps' reflections over the square root of the print's area."""
    occluded_ratio: float = 0.0
    k1: float = 0.0
    k2: float = 0.0
    shutter_deg: float = 0.0
    """How far the camera turns while the sensor is read from its first row to its last."""
    bend_deg: float = 0.0
    """The angle that the paper spans of the cylinder it is curved on."""


def between(least: float, most: float) -> Sampler:
    """Draw evenly between two bounds."""
    return lambda random: float(random.uniform(least, most))


def one_of(*values: float) -> Sampler:
    """Draw one of some values."""
    return lambda random: float(random.choice(list(values)))


def always(value: float) -> Sampler:
    """Draw nothing: the value is fixed."""
    return lambda _: value


EASY: Mapping[str, Sampler] = {
    "width_ratio": between(0.35, 0.5),
    "tilt_deg": between(0, 15),
    "roll_deg": between(-180, 180),
    "noise_levels": between(1, 3),
    "jpeg_quality": always(90),
}
"""A frame with nothing hard in it; each bin changes some of it."""

BINS: Mapping[str, Mapping[str, Sampler]] = {
    "scale60": {"width_ratio": between(0.55, 0.62)},
    "scale40": {"width_ratio": between(0.36, 0.44)},
    "scale25": {"width_ratio": between(0.23, 0.27)},
    "scale15": {"width_ratio": between(0.14, 0.16)},
    "scale8": {"width_ratio": between(0.075, 0.085)},
    "tilt20": {"tilt_deg": between(10, 25)},
    "tilt40": {"tilt_deg": between(32, 45)},
    "tilt55": {"tilt_deg": between(50, 58)},
    "tilt68": {"tilt_deg": between(64, 70)},
    "motion4": {"motion_px": between(3, 5)},
    "motion8": {"motion_px": between(7, 9)},
    "motion14": {"motion_px": between(12, 16)},
    "defocus2": {"defocus_px": between(1.5, 2.5)},
    "defocus4": {"defocus_px": between(3.5, 4.5)},
    "noise12": {"noise_levels": between(10, 14)},
    "noise28": {"noise_levels": between(25, 31)},
    "dark": {"exposure_ratio": between(0.15, 0.25), "noise_levels": between(4, 6)},
    "gamma": {"gamma": one_of(0.45, 2.2), "has_shadow": always(1)},
    "glare": {"glare_ratio": between(0.18, 0.3)},
    "occ25": {"occluded_ratio": between(0.22, 0.28)},
    "occ50": {"occluded_ratio": between(0.46, 0.54)},
    "jpeg30": {"jpeg_quality": always(30)},
    "mixed_easy": {
        "width_ratio": between(0.3, 0.55),
        "tilt_deg": between(0, 30),
        "motion_px": between(0, 3),
        "noise_levels": between(2, 6),
        "gamma": between(0.8, 1.25),
        "jpeg_quality": always(80),
    },
    "mixed_mid": {
        "width_ratio": between(0.2, 0.4),
        "tilt_deg": between(15, 45),
        "motion_px": between(2, 6),
        "noise_levels": between(4, 10),
        "gamma": between(0.6, 1.6),
        "occluded_ratio": between(0, 0.2),
        "jpeg_quality": always(70),
    },
    "mixed_hard": {
        "width_ratio": between(0.12, 0.3),
        "tilt_deg": between(30, 60),
        "motion_px": between(3, 8),
        "defocus_px": between(0.5, 2),
        "noise_levels": between(6, 14),
        "exposure_ratio": between(0.4, 0.8),
        "occluded_ratio": between(0.1, 0.3),
        "jpeg_quality": always(60),
    },
}
"""The 25 bins of the recall table."""

PHONE_BINS: Mapping[str, Mapping[str, Sampler]] = {
    "rolling_shutter": {"shutter_deg": between(0.5, 2), "motion_px": between(1, 4)},
    "lens": {"k1": between(-0.12, 0.12), "k2": between(-0.03, 0.03)},
    "auto_exposure_dark": {
        "exposure_ratio": between(0.2, 0.45),
        "noise_levels": between(3, 8),
    },
    "auto_exposure_bright": {"exposure_ratio": between(1.5, 2.2)},
    "curved_paper": {"bend_deg": between(10, 25)},
    "lens70": {},
    "portrait": {},
    "several": {"width_ratio": between(0.15, 0.2), "tilt_deg": between(0, 30)},
}
"""What phones' cameras and several prints on one wall add."""

STATIC: Mapping[str, Sampler] = {
    "width_ratio": between(0.3, 0.4),
    "tilt_deg": between(15, 30),
    "noise_levels": between(3, 5),
}
"""A camera that nobody touches: only the sensor's noise differs between frames."""


def draw_conditions(
    random: np.random.Generator, changes: Mapping[str, Sampler], **fixed: float
) -> Conditions:
    """Draw a frame's conditions: those of an easy frame, with a bin's changes."""
    samplers = {**EASY, **changes}
    values = {name: sampler(random) for name, sampler in samplers.items()}
    return Conditions(**{**values, **fixed})
