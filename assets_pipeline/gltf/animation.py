"""Sample glTF animation channels at any time (glTF 2.0, 3.11 and appendix C)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from assets_pipeline.arrays import Float64Array, IntpArray
    from assets_pipeline.gltf.document import (
        Animation,
        AnimationChannel,
        AnimationSampler,
    )


_TINY = 1e-12


def duration_s(animation: Animation) -> float:
    """Return the time of an animation's last key; it starts at 0."""
    ends = (channel.sampler.input.array[-1, 0] for channel in animation.channels)
    return float(max(ends, default=0.0))


def sample_channel(channel: AnimationChannel, times_s: Float64Array) -> Float64Array:
    """Return a channel's values at times, clamped to its first and last keys.

    Parameters
    ----------
    channel
        Of any interpolation.
    times_s : (n,) float64

    Returns
    -------
    (n, k) float64
        3 numbers, a unit quaternion, or one weight for each morph target.
    """
    sampler = channel.sampler
    keys = sampler.input.values[:, 0].astype(np.float64)
    held = times_s.clip(keys[0], keys[-1])
    last = max(0, len(keys) - 2)
    before = (np.searchsorted(keys, held, side="right") - 1).clip(0, last)
    after = np.minimum(before + 1, len(keys) - 1)
    length = keys[after] - keys[before]
    share = ((held - keys[before]) / np.maximum(length, _TINY))[:, None]
    values = _sampler_values(sampler, len(keys))
    is_turn = channel.path == "rotation"
    if sampler.interpolation == "STEP":
        found = np.where(share < 1, values[before, -1], values[after, -1])
    elif sampler.interpolation == "CUBICSPLINE":
        found = _interpolate_cubic(values, (before, after), share, length[:, None])
    else:
        start, end = values[before, -1], values[after, -1]
        found = interpolate(start, end, share, is_turn=is_turn)
    if is_turn:
        found = found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), _TINY)
    return np.asarray(found, np.float64)


def _sampler_values(sampler: AnimationSampler, count: int) -> Float64Array:
    """Return (keys, 1 or 3, k): of splines the tangents before and after the value."""
    output = sampler.output.values.astype(np.float64)
    rows = 3 if sampler.interpolation == "CUBICSPLINE" else 1
    shaped = output.reshape(count, rows, -1)
    return shaped if rows == 1 else shaped[:, [0, 2, 1]]


def _interpolate_cubic(
    values: Float64Array,
    keys: tuple[IntpArray, IntpArray],
    share: Float64Array,
    length_s: Float64Array,
) -> Float64Array:
    """Return Hermite's cubic between two keys, tangents in values a second."""
    before, after = keys
    t2, t3 = share**2, share**3
    return np.asarray(
        (2 * t3 - 3 * t2 + 1) * values[before, 2]
        + (t3 - 2 * t2 + share) * length_s * values[before, 1]
        + (3 * t2 - 2 * t3) * values[after, 2]
        + (t3 - t2) * length_s * values[after, 0]
    )


def interpolate(
    start: Float64Array, end: Float64Array, share: Float64Array, *, is_turn: bool
) -> Float64Array:
    """Return (n, k) values interpolated between starts and ends.

    Turns are unit quaternions, and go the shorter way round.
    """
    if not is_turn:
        return np.asarray(start + (end - start) * share)
    # The shorter way round, on the sphere of unit quaternions (Shoemake 1985).
    cosine = np.einsum("ij,ij->i", start, end)[:, None]
    end = np.where(cosine < 0, -end, end)
    angle = np.arccos(np.abs(cosine).clip(0, 1))
    sine = np.sin(angle)
    is_near = sine < 1e-6  # noqa: PLR2004  # there both formulas agree
    safe = np.where(is_near, 1.0, sine)
    near = np.where(is_near, 1 - share, np.sin((1 - share) * angle) / safe)
    far = np.where(is_near, share, np.sin(share * angle) / safe)
    return np.asarray(start * near + end * far)
