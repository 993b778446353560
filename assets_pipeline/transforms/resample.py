"""Remove animation keys that interpolation reproduces."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.animation import interpolate

if TYPE_CHECKING:
    from assets_pipeline.arrays import Float64Array, IntpArray
    from assets_pipeline.gltf.document import Animation, AnimationChannel, Document


@dataclass(frozen=True, slots=True)
class ResampleOptions:
    """Tolerances of removed keys."""

    error_ratio: float = 1e-4
    """Of what a channel's values span; of 1 for rotations."""
    still_ratio: float = 1e-5
    """Of a channel's greatest value: what spans less is noise about one value."""


def resample(document: Document, options: ResampleOptions | None = None) -> None:
    """Remove keys that interpolation reproduces; the first and last stay.

    Channels with the same times keep sharing them, for a list of times of its own costs
    more than the keys it saves: a key goes when none of them needs it. Steps keep
    each change; curves (CUBICSPLINE) are left as they are.
    """
    chosen = options or ResampleOptions()
    for animation in document.animations:
        _reduce_static(animation, chosen)
    groups: dict[bytes, dict[int, AnimationChannel]] = {}
    for animation in document.animations:
        for channel in animation.channels:
            sampler = channel.sampler
            times = sampler.input.array.tobytes()
            groups.setdefault(times, {}).setdefault(id(sampler), channel)
    for group in groups.values():
        _reduce_keys([*group.values()], chosen)


def _reduce_static(animation: Animation, options: ResampleOptions) -> None:
    """Give channels that never move two keys, the same times for all.

    One would do, but Filament drops an animation that holds a channel of one key. One
    that leaves its node as it stands says nothing, and goes. An animation where nothing
    moves is left as it is, for its length.
    """
    moving = [c for c in animation.channels if not _is_still(c, options)]
    if not moving:
        return
    longest = max((c.sampler.input for c in moving), key=lambda held: held.count)
    ends = create_accessor(longest.array[[0, -1]])
    animation.channels = [
        c for c in animation.channels if c in moving or not _is_rest(c, options)
    ]
    for channel in animation.channels:
        if channel in moving:
            continue
        held = channel.sampler.output
        rows = held.array[: len(held.array) // channel.sampler.input.count]
        twice = np.concatenate([rows, rows])
        both = create_accessor(twice, kind=held.kind, normalized=held.normalized)
        channel.sampler = replace(channel.sampler, input=ends, output=both)


def _is_still(channel: AnimationChannel, options: ResampleOptions) -> bool:
    sampler = channel.sampler
    values = sampler.output.values
    if sampler.interpolation == "CUBICSPLINE" or len(values) != sampler.input.count:
        return False
    slack = options.still_ratio * float(np.abs(values).max())
    return bool((np.ptp(values, axis=0) <= slack).all())


def _is_rest(channel: AnimationChannel, options: ResampleOptions) -> bool:
    """Whether a channel that never moves holds what its node has of itself."""
    node = channel.node
    rest = {
        "translation": node.translation,
        "rotation": node.rotation,
        "scale": node.scale,
    }.get(channel.path)
    if rest is None:  # weights of morph targets may come of the mesh
        return False
    value = channel.sampler.output.values[0]
    slack = options.still_ratio * float(np.abs(value).max())
    return bool((np.abs(value - np.asarray(rest)) <= slack).all())


def _reduce_keys(channels: list[AnimationChannel], options: ResampleOptions) -> None:
    """Drop the keys that none of the channels, all of the same times, needs."""
    samplers = [channel.sampler for channel in channels]
    shared = samplers[0].input
    count = shared.count
    is_plain = all(
        s.interpolation != "CUBICSPLINE" and s.output.count % count == 0
        for s in samplers
    )
    needed = np.zeros(count, bool)
    if is_plain and count > 2:  # noqa: PLR2004  # else nothing lies between
        for channel in channels:
            needed[_kept_rows(channel, options)] = True
    else:
        needed[:] = True
    times = create_accessor(shared.array[needed])
    for sampler in samplers:
        held, width = sampler.output, sampler.output.array.shape[1]
        sampler.input = times
        if not needed.all():
            rows = held.array.reshape(count, -1)[needed].reshape(-1, width)
            sampler.output = create_accessor(
                rows, kind=held.kind, normalized=held.normalized
            )


def _kept_rows(channel: AnimationChannel, options: ResampleOptions) -> IntpArray:
    sampler = channel.sampler
    times = sampler.input.values.ravel().astype(np.float64)
    values = sampler.output.values.astype(np.float64).reshape(len(times), -1)
    is_turn = channel.path == "rotation"
    span = 1.0 if is_turn else float(np.ptp(values, axis=0).max())
    slack = max(options.error_ratio * span, 1e-7)
    if sampler.interpolation == "STEP":
        return _differs(values, slack)
    return kept_keys(times, values, slack, is_turn=is_turn)


def _differs(values: Float64Array, slack: float) -> IntpArray:
    moves = np.abs(np.diff(values, axis=0)).max(axis=1) > slack
    keeps = np.concatenate([[True], moves])
    keeps[-1] = True
    return np.nonzero(keeps)[0]


def kept_keys(
    times: Float64Array, values: Float64Array, slack: float, *, is_turn: bool
) -> IntpArray:
    """Return the keys that linear interpolation between kept ones does not reproduce.

    Keys are added where the way strays most, a stretch at a time (Douglas and Peucker
    1973), all stretches at once.
    """
    keeps = np.zeros(len(times), bool)
    keeps[[0, -1]] = True
    while True:
        kept = np.nonzero(keeps)[0]
        stretch = np.searchsorted(kept, np.arange(len(times)), side="right") - 1
        stretch = stretch.clip(0, len(kept) - 2)
        before, after = kept[stretch], kept[stretch + 1]
        share = (times - times[before]) / np.maximum(
            times[after] - times[before], 1e-12
        )
        way = interpolate(
            values[before], values[after], share[:, None], is_turn=is_turn
        )
        strays = np.abs(way - values).max(axis=1)
        strays[keeps] = 0
        if not (strays > slack).any():
            return kept
        worst = np.zeros(len(kept) - 1)
        np.maximum.at(worst, stretch, strays)
        keeps |= (strays > slack) & (strays == worst[stretch])
