"""Motions of a visitor's hand holding a phone before a print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from benchmarks.image_targets.camera import Camera, FloatArray, Pose, rotation_about

FRAMES_A_SECOND = 30

TREMOR_HZ = (1.3, 2.9, 5.3, 8.7)
TREMOR_DEG = (0.25, 0.12, 0.06, 0.03)
"""A steady hand: some three pixels slowly, less than one quickly."""


@dataclass(frozen=True)
class Moment:
    """Where the camera is in one frame, and what is before it."""

    width_ratio: float = 0.4
    """The print's width over the frame's, were it not tilted."""
    tilt_deg: float = 10.0
    yaw_deg: float = 0.0
    pitch_deg: float = 0.0
    exposure_ratio: float = 1.0
    visitor: float | None = None
    """Where the middle of a passing visitor is, of the frame's width."""


Motion = Callable[[float], Moment]
"""From the share of the sequence that has passed, 0 to 1."""


def eased(share: float) -> float:
    """Return 0 to 1 with a gentle start and end (smoothstep)."""
    inside = min(max(share, 0.0), 1.0)
    return inside * inside * (3 - 2 * inside)


def there_and_back(share: float) -> float:
    """Return 0 to 1 and to 0 again."""
    return eased(2 * share) if share < 0.5 else eased(2 - 2 * share)


def approach(share: float) -> Moment:
    """Walk up to the print."""
    return Moment(width_ratio=0.14 * (0.5 / 0.14) ** eased(share))


def pan(share: float) -> Moment:
    """Sweep the print from one side of the frame to the other and back."""
    return Moment(width_ratio=0.3, yaw_deg=-16 + 32 * there_and_back(share))


def tilt(share: float) -> Moment:
    """Walk round the print until it is seen at 58 degrees, and back."""
    return Moment(width_ratio=0.36, tilt_deg=4 + 54 * there_and_back(share))


def shake(share: float) -> Moment:
    """Shake the phone four times a second for the middle half of the sequence."""
    strength = eased(4 * share - 1) * eased(3.4 - 4 * share)
    phase = 2 * np.pi * 4 * share * SECONDS
    return Moment(
        yaw_deg=strength * 2.6 * np.sin(phase),
        pitch_deg=strength * 1.5 * np.sin(phase * 0.8 + 1),
    )


def visitor(share: float) -> Moment:
    """Let somebody walk past between the phone and the print."""
    return Moment(width_ratio=0.45, visitor=-0.3 + 1.6 * share)


def light(share: float) -> Moment:
    """Switch the lamp off for a while; the camera's exposure follows late."""
    dark = 0.25 + 0.35 * eased((share - 0.4) / 0.3)
    bright = 1.0 + 0.7 * (1 - eased((share - 0.75) / 0.15))
    if share < 0.35:
        return Moment()
    return Moment(exposure_ratio=dark if share < 0.75 else bright)


def leave(share: float) -> Moment:
    """Turn away until the print is out of the frame, wait, and come back."""
    away = eased((share - 0.15) / 0.27) * (1 - eased((share - 0.58) / 0.27))
    return Moment(width_ratio=0.36, yaw_deg=58 * away)


MOTIONS: Mapping[str, Motion] = {
    "approach": approach,
    "pan": pan,
    "tilt": tilt,
    "shake": shake,
    "visitor": visitor,
    "light": light,
    "leave": leave,
}
FRAMES = 96
"""Of each sequence."""
SECONDS = FRAMES / FRAMES_A_SECOND


@dataclass(frozen=True)
class Hand:
    """What is a hand's own: how it holds the phone, and how it trembles."""

    roll_deg: float
    tilt_axis_rad: float
    phases: FloatArray
    """(3, n) of the tremor's waves about each axis."""


def hand(random: np.random.Generator) -> Hand:
    """Draw a hand."""
    phases = random.uniform(0, 2 * np.pi, (3, len(TREMOR_HZ)))
    return Hand(random.uniform(-20, 20), random.uniform(0, 2 * np.pi), phases)


def tremor_deg(of: Hand, time_s: float) -> FloatArray:
    """Return (3,) the turns about x, y and z at a time."""
    waves = np.sin(2 * np.pi * np.array(TREMOR_HZ) * time_s + of.phases)
    return waves @ np.array(TREMOR_DEG)


def pose_at(moment: Moment, of: Hand, time_s: float, camera: Camera) -> Pose:
    """Return where the print is before the camera at a time."""
    away = camera.focal_px / (moment.width_ratio * camera.width_px)
    axis = (float(np.cos(of.tilt_axis_rad)), float(np.sin(of.tilt_axis_rad)), 0.0)
    standing = rotation_about((0, 0, 1), of.roll_deg) @ rotation_about(
        axis, moment.tilt_deg
    )
    pitch, yaw, roll = tremor_deg(of, time_s)
    look = (
        rotation_about((0, 0, 1), roll)
        @ rotation_about((1, 0, 0), moment.pitch_deg + pitch)
        @ rotation_about((0, 1, 0), moment.yaw_deg + yaw)
    )
    return Pose(look @ standing, look @ np.array([0, 0, away]))
