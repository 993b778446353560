"""Animations of a COLLADA file, sampled as translations, rotations and scales."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.errors.exceptions import RE_EXPORT, LimitExceededError
from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.document import Animation, AnimationChannel, AnimationSampler
from assets_pipeline.readers.dae.nodes import Transform, read_transforms
from assets_pipeline.readers.gltf.nodes import rotation_to_quaternion
from assets_pipeline.readers.xml import raise_damaged

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assets_pipeline.arrays import Float64Array
    from assets_pipeline.gltf.document import Interpolation, Node, Path
    from assets_pipeline.readers.dae.elements import Library
    from assets_pipeline.readers.xml import Element

MAX_SAMPLES: Final = 200_000
"""Of all nodes together."""
_FRAME_S: Final = 1 / 30
_TURN_DEG: Final = 60.0
"""Between two samples at most: farther, a quaternion would go the other way round."""
_TARGET: Final = re.compile(r"([^/]+)/([^.(/]+)(?:\.(\w+)|((?:\(\d+\))+))?")
_MEMBERS: Final = {"X": 0, "Y": 1, "Z": 2, "ANGLE": 3}
_SQUARE: Final = 1e-4
_MOVES: Final = 1e-6
_HALVINGS: Final = 30


@dataclass(frozen=True, slots=True, eq=False)
class _Curve:
    """What happens to some numbers of one transform."""

    sid: str
    at: int | None
    """Which of its numbers; None for all of them."""
    times: Float64Array
    values: Float64Array
    """(n, k)."""
    handles: tuple[Float64Array, Float64Array] | None
    """(n, 2) each: where the curve comes from and goes to at each key, time and value."""
    jumps: bool
    """Whether each value is held until the next key."""

    def later(self, seconds: float) -> _Curve:
        """Return the same some time later."""
        shift = np.array([seconds, 0.0])
        moved = (
            (self.handles[0] + shift, self.handles[1] + shift) if self.handles else None
        )
        # As glTF keeps them: a value that is held ends at its key, not a little before.
        times = (self.times + seconds).astype(np.float32).astype(np.float64)
        return replace(self, times=times, handles=moved)

    def at_times(self, times: Float64Array, column: int) -> Float64Array:
        """Return (m,) the values of a column, those of the ends before and after."""
        given = self.values[:, column]
        if self.jumps:
            key = np.searchsorted(self.times, times, side="right") - 1
            held: Float64Array = given[key.clip(0)]
            return held
        if self.handles is None or len(self.times) < 2:  # noqa: PLR2004  # no way between
            return np.interp(times, self.times, given)
        key = np.searchsorted(self.times, times, side="right") - 1
        key = key.clip(0, len(self.times) - 2)
        back, ahead = self.handles
        over = self.times[key], ahead[key, 0], back[key + 1, 0], self.times[key + 1]
        up = given[key], ahead[key, 1], back[key + 1, 1], given[key + 1]
        low, high = np.zeros(len(times)), np.ones(len(times))
        for _ in range(_HALVINGS):  # time grows along the curve: halve where it is
            middle = (low + high) / 2
            is_early = _cubic(over, middle) < times
            low = np.where(is_early, middle, low)
            high = np.where(is_early, high, middle)
        return _cubic(up, (low + high) / 2)


def _cubic(
    points: tuple[Float64Array, Float64Array, Float64Array, Float64Array],
    share: Float64Array,
) -> Float64Array:
    """Return Bezier's cubic between four values (COLLADA 1.4.1, chapter 4)."""
    a, b, c, d = points
    rest = 1 - share
    return (
        a * rest**3 + 3 * b * share * rest**2 + 3 * c * share**2 * rest + d * share**3
    )


def read_animation(
    library: Library, nodes: Mapping[Element, Sequence[Node]]
) -> Animation | None:
    """Return all animations of a file as one; None if nothing moves.

    Parameters
    ----------
    library
        Of the file.
    nodes
        What was made of each ``node`` that is shown, with its place as one node's
        translation, rotation and scale. What shears is left still. Curves that are
        neither linear, stepped nor all Bezier go straight from key to key, Hermite's too.

    Raises
    ------
    AssetError
        A subclass that names the cause.
    """
    curves: dict[Element, list[_Curve]] = {}
    for held in library.root.find_all("library_animations"):
        for element in held.iterate():
            if element.tag == "channel":
                _read_channel(element, library, curves)
    shown = {element: moved for element, moved in curves.items() if element in nodes}
    first = min((c.times[0] for moved in shown.values() for c in moved), default=0.0)
    channels: list[AnimationChannel] = []
    left = MAX_SAMPLES
    for element, given in shown.items():
        # glTF counts from 0 on (2.0, section 3.11); some programs begin before.
        moved = [curve.later(max(0.0, -first)) for curve in given]
        times = _times(moved)
        left -= len(times)
        if left < 0:
            reason = f"animations of more than {MAX_SAMPLES} keys"
            raise LimitExceededError(reason, "library_animations", RE_EXPORT)
        channels += _channels(times, read_transforms(element), moved, nodes[element])
    return Animation(channels) if channels else None


def _read_channel(
    channel: Element, library: Library, curves: dict[Element, list[_Curve]]
) -> None:
    """Take a curve, if it moves a node of the file."""
    target = _TARGET.fullmatch(channel.attributes.get("target", "").strip())
    sampler = library.find(channel.attributes.get("source", ""), "sampler")
    node = library.find(target[1], "node") if target else None
    if target is None or sampler is None or node is None:
        return
    sources = {
        child.attributes.get("semantic", ""): library.find(
            child.attributes.get("source", ""), "source"
        )
        for child in sampler.find_all("input")
    }
    given, told = sources.get("INPUT"), sources.get("OUTPUT")
    if given is None or told is None:
        raise_damaged(sampler, "a motion has no times, or no values")
    times, values = library.table(given)[:, 0], library.table(told)
    if len(times) != len(values) or not len(times) or (np.diff(times) < 0).any():
        raise_damaged(
            sampler, f"{len(values)} values at {len(times)} times that do not grow"
        )
    ways = _target_paths(sources)
    handles = _handles(sources, values, library) if ways == {"BEZIER"} else None
    jumps = ways == {"STEP"}
    curve = _Curve(target[2], _place(target), times, values, handles, jumps)
    curves.setdefault(node, []).append(curve)


def _target_paths(sources: Mapping[str, Element | None]) -> set[str]:
    """Return the ways that a curve goes from key to key."""
    told = sources.get("INTERPOLATION")
    named = told.find("Name_array") if told else None
    return set(named.text.split()) if named else set()


def _handles(
    sources: Mapping[str, Element | None], values: Float64Array, library: Library
) -> tuple[Float64Array, Float64Array] | None:
    """Return the handles of a curve of one number; None where it goes straight."""
    back, ahead = sources.get("IN_TANGENT"), sources.get("OUT_TANGENT")
    if back is None or ahead is None or values.shape[1] != 1:
        return None
    found = library.table(back), library.table(ahead)
    is_whole = all(table.shape == (len(values), 2) for table in found)
    return found if is_whole else None


def _place(target: re.Match[str]) -> int | None:
    """Return which number of a transform is meant; -1 for one that nothing has."""
    if target[3]:
        return _MEMBERS.get(target[3].upper(), -1)
    if not target[4]:
        return None
    places = [int(text[:4]) for text in re.findall(r"\d+", target[4])]
    return places[0] if len(places) == 1 else 4 * places[0] + places[1]


def _times(curves: list[_Curve]) -> Float64Array:
    """Return when to sample: at every key, and between those that are far apart."""
    found = [curve.times for curve in curves]
    if not all(curve.jumps for curve in curves):  # else samplers jump
        found += [_previous_time(curve) for curve in curves if curve.jumps]
    left = float(MAX_SAMPLES)
    for curve in curves:
        steps = np.abs(np.diff(curve.values, axis=0)).max(axis=1, initial=0)
        is_turn = curve.at == _MEMBERS["ANGLE"] and not curve.jumps
        parts = np.ceil(steps / _TURN_DEG) if is_turn else np.ones(len(steps))
        if curve.handles is not None:
            parts = np.maximum(parts, np.ceil(np.diff(curve.times) / _FRAME_S))
        left -= parts.sum()
        if left < 0:
            reason = f"animations of more than {MAX_SAMPLES} keys"
            raise LimitExceededError(reason, "library_animations", RE_EXPORT)
        found += [
            np.linspace(start, end, int(count), endpoint=False)
            for start, end, count in zip(
                curve.times, curve.times[1:], parts, strict=False
            )
            if count > 1
        ]
    return np.unique(np.concatenate(found).astype(np.float32)).astype(np.float64)


def _previous_time(curve: _Curve) -> Float64Array:
    """Return the last moments of each value that is held until the next key."""
    ends = curve.times[1:].astype(np.float32)
    return np.nextafter(ends, np.float32(-1)).clip(curve.times[0]).astype(np.float64)


def _channels(
    times: Float64Array,
    transforms: list[Transform],
    curves: list[_Curve],
    nodes: Sequence[Node],
) -> list[AnimationChannel]:
    """Return the motion of the nodes that one element became."""
    matrices = np.tile(np.eye(4), (len(times), 1, 1))
    for transform in transforms:
        numbers = np.tile(transform.numbers, (len(times), 1))
        for curve in curves:
            if curve.sid == transform.sid:
                _write(numbers, curve, times)
        each = [transform.matrix(row) for row in numbers]
        matrices = matrices @ np.stack(each)
    axes = matrices[:, :3, :3]
    lengths = np.linalg.norm(axes, axis=1)
    lengths[:, 0] *= np.where(np.linalg.det(axes) < 0, -1.0, 1.0)
    if not (np.abs(lengths) > _MOVES).all():
        return []
    turns = axes / lengths[:, None, :]
    squares = np.einsum("nji,njk->nik", turns, turns) - np.eye(3)
    if np.abs(squares).max() > _SQUARE:
        return []
    rotations = np.array([rotation_to_quaternion(turn) for turn in turns])
    before = np.array(nodes[0].rotation)  # at rest, as all that one element became
    for i, rotation in enumerate(rotations):
        if rotation @ before < 0:  # the nearer of the two that mean the same
            rotations[i] = -rotation
        before = rotations[i]
    start = create_accessor(times.astype(np.float32))
    way: Interpolation = "STEP" if all(c.jumps for c in curves) else "LINEAR"
    moves: list[tuple[Path, Float64Array]] = [
        ("translation", matrices[:, :3, 3]),
        ("rotation", rotations),
        ("scale", lengths),
    ]
    return [
        AnimationChannel(
            node,
            path,
            AnimationSampler(start, create_accessor(values.astype(np.float32)), way),
        )
        for path, values in moves
        for node in nodes
        if np.abs(values - getattr(node, path)).max() > _MOVES
    ]


def _write(numbers: Float64Array, curve: _Curve, times: Float64Array) -> None:
    """Put what a curve says at some times in place of a transform's numbers."""
    if curve.at is None:
        width = min(numbers.shape[1], curve.values.shape[1])
        for column in range(width):
            numbers[:, column] = curve.at_times(times, column)
    elif 0 <= curve.at < numbers.shape[1]:
        numbers[:, curve.at] = curve.at_times(times, 0)
