"""Sample a document's first moving animation, frame by frame.

Quick Look plays a stage's one timeline, again and again, and takes whole time codes
only: so samples lie on frames, at a rate that hits the source's own keys where one does.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.gltf.animation import duration_s, sample_channel
from assets_pipeline.gltf.rest_pose import rest_weights
from assets_pipeline.transforms.resample import kept_keys

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assets_pipeline.arrays import Float64Array, IntpArray, Matrix
    from assets_pipeline.gltf.document import Animation, Document, Node, Path


_RATES: Final = (24, 25, 30, 48, 50, 60)
"""Frames a second; the last where no other hits every key."""
_ON_FRAME: Final = 0.02
_MOST_FRAMES: Final = 7200
"""Beyond, the lowest rate: two minutes at the highest."""
LONGEST_S: Final = 833
"""Beyond, the model stands still: a quarter of an hour, or keys in the wrong unit.

The page's views pass over the same (client/src/scene/motion.ts)."""
_SAME: Final = 1e-6
_SAME_TURN: Final = 1e-3
_SAME_RATIO: Final = 2.0**-13
"""Of the greatest number at rest: what the page's compressed copy can't tell apart, of
turns and of all others. Both must choose one animation (client/src/scene/motion.ts)."""


@dataclass(frozen=True, slots=True)
class SamplingTolerance:
    """Frame rate and tolerance of a sampled animation."""

    most_rate: int = _RATES[-1]
    """Frames a second, whatever its keys ask for."""
    slack: float = 2e-6
    """Of what a value spans, and of 1 for turns: joints in a row add up."""


FINEST_SAMPLING: Final = SamplingTolerance()


class NodeTree:
    """The nodes of the shown scene, and their ancestors."""

    def __init__(self, document: Document) -> None:
        self.placed = document.shown_nodes_with_matrices()
        self.worlds: dict[int, Matrix] = {id(n): world for n, world in self.placed}
        self.parents = {
            id(child): node for node, _ in self.placed for child in node.children
        }

    def path(self, node: Node) -> list[Node]:
        """Return a node with its ancestors, the root first."""
        found = [node]
        while id(found[-1]) in self.parents:
            found.append(self.parents[id(found[-1])])
        return found[::-1]


@dataclass(frozen=True, slots=True, eq=False)
class SampledAnimation:
    """An animation on frames; its values change, or differ from those at rest."""

    rate: int
    """Frames a second."""
    last_frame: int
    tracks: dict[tuple[int, Path], Float64Array]
    """(frames, k) values by the ``id`` of a node and what of it they are."""
    moved: frozenset[int]
    """The ``id`` of nodes that are moved, or the node above."""
    slack: float = FINEST_SAMPLING.slack
    _needed: dict[tuple[int, Path], IntpArray] = field(default_factory=dict)
    """The frames that tell a track, found once for packages of many textures."""

    def morphs(self, node: Node) -> bool:
        """Return whether the morph weights of a node's mesh change."""
        return (id(node), "weights") in self.tracks

    def values(self, node: Node, path: Path) -> Float64Array:
        """Return (frames, k) values, those at rest where nothing changes them."""
        track = self.tracks.get((id(node), path))
        if track is not None:
            return track
        return np.tile(rest_value(node, path), (self.last_frame + 1, 1))

    def frames(self, parts: Iterable[tuple[Node, Path]]) -> IntpArray:
        """Return the key frames of some nodes; those between are interpolated."""
        times = np.arange(self.last_frame + 1, dtype=np.float64)
        needed = np.zeros(len(times), bool)
        for node, path in parts:
            key = id(node), path
            if key not in self.tracks:
                continue
            if key not in self._needed:
                self._needed[key] = self._corners(times, *key)
            needed[self._needed[key]] = True
        return np.nonzero(needed)[0]

    def _corners(self, times: Float64Array, node: int, path: Path) -> IntpArray:
        track, is_turn = self.tracks[node, path], path == "rotation"
        span = 1.0 if is_turn else float(np.ptp(track, axis=0).max())
        slack = max(self.slack * span, 1e-9)
        return kept_keys(times, track, slack, is_turn=is_turn)


def rest_value(node: Node, path: Path) -> Float64Array:
    """Return the (k,) values of a node at rest."""
    if path != "weights":
        return np.array(getattr(node, path), np.float64)
    targets = (
        max((len(p.targets) for p in node.mesh.primitives), default=0)
        if node.mesh
        else 0
    )
    weights = np.zeros(targets)
    held = rest_weights(node)[:targets]
    weights[: len(held)] = held
    return weights


def sample_animation(
    document: Document, tree: NodeTree, fineness: SamplingTolerance = FINEST_SAMPLING
) -> SampledAnimation | None:
    """Return the first animation that moves anything, sampled; None without one.

    One that is too long for any visitor is passed over.
    """
    motions = (_motion(animation, tree, fineness) for animation in document.animations)
    return next((motion for motion in motions if motion is not None), None)


def find_played_animation(document: Document) -> Animation | None:
    """Return the animation that visitors see; None where nothing moves."""
    tree = NodeTree(document)
    moving = (
        a for a in document.animations if _motion(a, tree, FINEST_SAMPLING) is not None
    )
    return next(moving, None)


def _motion(
    animation: Animation, tree: NodeTree, fineness: SamplingTolerance
) -> SampledAnimation | None:
    length_s = duration_s(animation)
    rate = min(_rate(animation, length_s), fineness.most_rate)
    last_frame = math.ceil(length_s * rate - _ON_FRAME)
    if last_frame <= 0 or length_s > LONGEST_S:
        return None
    times_s = np.arange(last_frame + 1) / rate
    tracks: dict[tuple[int, Path], Float64Array] = {}
    for channel in animation.channels:
        if id(channel.node) not in tree.worlds:
            continue
        track = sample_channel(channel, times_s)
        if channel.path == "rotation":
            track = _one_way(track)
        still = rest_value(channel.node, channel.path)
        if _is_moving(track, still, channel.path):
            tracks[id(channel.node), channel.path] = track
    placed = {key for key, path in tracks if path != "weights"}
    moved: set[int] = set()
    for node, _ in tree.placed:  # parents first
        above = tree.parents.get(id(node))
        if id(node) in placed or (above is not None and id(above) in moved):
            moved.add(id(node))
    if not tracks:
        return None
    return SampledAnimation(rate, last_frame, tracks, frozenset(moved), fineness.slack)


def _is_moving(track: Float64Array, still: Float64Array, path: Path) -> bool:
    ratio = _SAME_TURN if path == "rotation" else _SAME_RATIO
    slack = max(_SAME, ratio * float(np.abs(still).max(initial=0.0)))
    return float(np.abs(track - still).max(initial=0.0)) > slack


def _rate(animation: Animation, length_s: float) -> int:
    """Return the least rate whose frames hit every key."""
    if length_s * _RATES[-1] > _MOST_FRAMES:
        return _RATES[0]
    if any(c.sampler.interpolation == "CUBICSPLINE" for c in animation.channels):
        return _RATES[-1]  # its keys are not all there is to it
    keys = np.concatenate([c.sampler.input.values[:, 0] for c in animation.channels])
    for rate in _RATES:
        codes = keys.astype(np.float64) * rate
        if (np.abs(codes - np.round(codes)) < _ON_FRAME).all():
            return rate
    return _RATES[-1]


def _one_way(turns: Float64Array) -> Float64Array:
    """Return quaternions of the same turns, each on the side of the one before."""
    turned_back = np.einsum("ij,ij->i", turns[1:], turns[:-1]) < 0
    signs = np.where(np.cumsum(turned_back) % 2, -1.0, 1.0)
    return np.concatenate([turns[:1], turns[1:] * signs[:, None]])
