"""The blow's sound, made from noise and tones: steam, fall, shock, ring, the hall."""

from __future__ import annotations

import wave
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from frappe import motion

if TYPE_CHECKING:
    from pathlib import Path

Array = NDArray[np.float64]

RATE_HZ = 48_000


def written(path: Path) -> None:
    """Write ten seconds of sound as 16-bit mono WAV."""
    sound = blow()
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(np.round(sound * 32767).astype("<i2").tobytes())


def blow() -> Array:
    """Return the sound, (n,) from -1 to 1."""
    t = np.arange(round(motion.DURATION_S * RATE_HZ)) / RATE_HZ
    dry = 0.16 * _steam(t) + 0.5 * _exhaust(t) + _shock(t) + 0.03 * _fire(t)
    wet = _in_hall(dry)
    sound = dry + 0.55 * wet
    sound = np.tanh(1.5 * sound / np.abs(sound).max())
    ends = np.clip(t / 0.4, 0, 1) * np.clip((motion.DURATION_S - t) / 0.6, 0, 1)
    return 0.89 * sound / np.abs(sound).max() * ends


def _band(noise: Array, low_hz: float, high_hz: float) -> Array:
    """Return noise between two frequencies, deviation 1."""
    spectrum = np.fft.rfft(noise)
    hz = np.fft.rfftfreq(len(noise), 1 / RATE_HZ)
    kept = np.exp(-((low_hz / np.maximum(hz, 1)) ** 4)) * np.exp(-((hz / high_hz) ** 4))
    out = np.fft.irfft(spectrum * kept, len(noise))
    return out / out.std()


def _noise(t: Array, seed: int) -> Array:
    return np.random.default_rng(seed).standard_normal(len(t))


def _gate(t: Array, start: float, end: float, soft: float) -> Array:
    return np.clip((t - start) / soft, 0, 1) * np.clip((end - t) / soft, 0, 1)


def _steam(t: Array) -> Array:
    """Return steam let in under the piston, while it lifts."""
    hiss = _band(_noise(t, 1), 900, 6500) + 0.7 * _band(_noise(t, 2), 90, 320)
    throb = 1 + 0.25 * np.sin(2 * np.pi * 3.1 * t)
    first = _gate(t, *motion.LIFT, 0.5)
    again = 0.8 * _gate(t, motion.NEXT_LIFT_S, motion.DURATION_S + 1, 0.5)
    return hiss * throb * (first + again)


def _exhaust(t: Array) -> Array:
    """Return steam let out, as it falls."""
    since = np.maximum(t - motion.DROP_S + 0.05, 0)
    rush = (1 - np.exp(-since / 0.03)) * np.exp(-since / 0.55) * (since > 0)
    return 0.5 * rush * _band(_noise(t, 3), 500, 9000)


def _shock(t: Array) -> Array:
    """Return a hundred tonnes on the anvil: thud, crack, and iron that rings."""
    since = t - motion.IMPACT_S
    after = np.maximum(since, 0)
    on = since >= 0
    sweep = 2 * np.pi * (30 * after + 26 * 0.12 * (1 - np.exp(-after / 0.12)))
    thud = 1.5 * np.sin(sweep) * np.exp(-after / 0.55)
    crack = 0.8 * np.exp(-after / 0.025) * _band(_noise(t, 4), 150, 5000)
    ring = sum(
        level * np.sin(2 * np.pi * hz * after + k) * np.exp(-after / decay)
        for k, (hz, level, decay) in enumerate(
            (
                (113, 0.50, 0.9),
                (187, 0.34, 0.7),
                (291, 0.22, 1.1),
                (428, 0.15, 0.8),
                (611, 0.10, 0.6),
                (897, 0.06, 0.5),
                (1331, 0.04, 0.35),
            )
        )
    )
    return on * (1 - np.exp(-after / 0.0008)) * (thud + crack + ring)


def _fire(t: Array) -> Array:
    return _band(_noise(t, 5), 60, 400)


def _in_hall(dry: Array) -> Array:
    """Return the hall's echo: noise that dies away in two seconds."""
    n = round(2.2 * RATE_HZ)
    tail = _band(_noise(np.arange(n), 6), 60, 3000) * np.exp(
        -np.arange(n) / RATE_HZ / 0.55
    )
    tail[: round(0.045 * RATE_HZ)] = 0
    tail /= np.sqrt((tail**2).sum())
    size = len(dry) + n
    return np.fft.irfft(np.fft.rfft(dry, size) * np.fft.rfft(tail, size), size)[
        : len(dry)
    ]
