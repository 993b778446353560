"""Simplify meshes to fewer triangles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.codecs import meshopt
from assets_pipeline.codecs.meshopt import SimplifiedMesh, WeightedAttributes
from assets_pipeline.gltf import measure
from assets_pipeline.gltf.accessors import create_accessor
from assets_pipeline.gltf.document import TRIANGLES
from assets_pipeline.gltf.geometry import bounds

if TYPE_CHECKING:
    from assets_pipeline.arrays import AnyArray, Float32Array, Uint32Array
    from assets_pipeline.gltf.accessors import Accessor
    from assets_pipeline.gltf.document import Document, Primitive

_MOST_ATTRIBUTES = 32
_PASSES: Final = 4
_WORTH_A_PASS = 1.02
_SHRINKS = 0.002
_GAMMA = 2.2
_TRIANGLE_CORNERS = 3
_OF_GREY, _BESIDE_COLORS = 1.6, 0.8
_TINY_TRIANGLES = 64
_TINY_ERROR = 0.05
"""Little is gained by tearing a box of 12 triangles, and all of it is lost."""


@dataclass(frozen=True, slots=True)
class SimplifyOptions:
    """Target of triangles, and weights of attributes."""

    target_triangles: int = 50_000
    """Drawn by the shown scene; never fewer on purpose."""
    normal_weight: float | None = None
    """None: .8 beside colours, and 1.6 where there are none and shading is all one sees.
    At .3, FLIP is 3 to 15 % higher at the same number of triangles."""
    uv_weight: float = 0.3
    color_weight: float = 0.5
    morph_weight: float = 1.0


def simplify(document: Document, options: SimplifyOptions | None = None) -> int:
    """Simplify a document to about `target_triangles`; return how many are drawn.

    Kept vertices move to where they stand best for those that went, which at the same
    number of triangles takes a quarter of the visual error; with morph targets they
    stay. Needs welded primitives. Seams and borders are kept; when that leaves too
    many triangles, seams may close, and in the end surfaces may tear. The size stays.
    """
    chosen = options or SimplifyOptions()
    drawn = source = measure.count_triangles(document)
    if drawn <= chosen.target_triangles:
        return drawn
    shapes = [_Shape(p, chosen) for p in document.primitives() if _is_reducible(p)]
    for stage in _STAGES:
        target = chosen.target_triangles
        drawn = _run(document, shapes, stage, source=source, target=target)
        if drawn <= target * _WORTH_A_PASS:
            break
    return drawn


@dataclass(frozen=True, slots=True)
class _Stage:
    """One way of simplifying."""

    error: float
    options: int = 0
    tears: bool = False


_LOSSLESS: Final = meshopt.PRUNE
_OPEN: Final = meshopt.PRUNE | meshopt.PERMISSIVE
# Closing seams early costs less than larger errors with every seam kept: at 5,000
# triangles FLIP falls from .37 to .16 on a riveted machine of 62,370.
_STAGES: Final = (
    _Stage(0.01, _LOSSLESS),
    _Stage(0.02, _OPEN),
    _Stage(0.05, _OPEN),
    _Stage(0.3, meshopt.PERMISSIVE),
    _Stage(1.0, tears=True),
)


def _run(
    document: Document,
    shapes: list[_Shape],
    stage: _Stage,
    *,
    source: int,
    target: int,
) -> int:
    """Reduce all shapes by one ratio, lowered until the sum fits or nothing moves.

    One ratio for all is not enough where some shapes can't be reduced: the others
    then give more.
    """
    drawn = measure.count_triangles(document)
    ratio = target / source
    for _ in range(_PASSES):
        for shape in shapes:
            shape.reduce(stage, ratio)
        before, drawn = drawn, measure.count_triangles(document)
        if drawn <= target * _WORTH_A_PASS or drawn >= before:
            break
        ratio *= target / drawn
    return drawn


class _Shape:
    """One primitive and what the simplifier must know of it."""

    def __init__(self, primitive: Primitive, options: SimplifyOptions) -> None:
        self._primitive = primitive
        self._source = primitive.flat_indices
        self._positions = np.ascontiguousarray(primitive.positions)
        self._watched, self._columns = _weighted_attributes(primitive, options)
        self._locks = _outermost(self._positions)
        self._is_tiny = len(self._source) < _TRIANGLE_CORNERS * _TINY_TRIANGLES
        self._size = _extent(self._positions[self._source])

    def reduce(self, stage: _Stage, ratio: float) -> None:
        """Leave `ratio` of the source's triangles, or as many as the error needs."""
        if self._is_tiny and stage.error > _TINY_ERROR:
            return
        target = max(1, round(len(self._source) // 3 * ratio))
        kept = self._kept(stage, target)
        if stage.options & meshopt.PRUNE and not self._has_size(kept.triangles):
            # What was pruned is small beside the whole, but it stuck out.
            whole = replace(stage, options=stage.options & ~meshopt.PRUNE)
            kept = self._kept(whole, target)
        now, count = self._primitive.indices, len(kept.triangles)
        if count and (now is None or count < now.count):
            self._primitive.indices = create_accessor(kept.triangles)
            self._move(kept)

    def _kept(self, stage: _Stage, target: int) -> SimplifiedMesh:
        weighted = self._watched
        if stage.tears:
            triangles = meshopt.simplify_sloppy(
                self._source,
                self._positions,
                locks=self._locks,
                target_triangles=target,
            )
            return SimplifiedMesh(
                triangles, self._positions, weighted.values, stage.error
            )
        return meshopt.simplify_with_attributes(
            self._source,
            self._positions,
            attributes=weighted,
            locks=self._locks,
            target_triangles=target,
            max_error=stage.error,
            options=stage.options,
            moves=not self._primitive.targets,
        )

    def _move(self, kept: SimplifiedMesh) -> None:
        """Give the vertices their new places, and what was weighted there."""
        if self._primitive.targets:
            return
        held = self._primitive.attributes
        held["POSITION"] = create_accessor(kept.positions)
        for name, columns in self._columns.items():
            held[name] = _move_vertices(name, held[name], kept.attributes[:, columns])

    def _has_size(self, kept: Uint32Array) -> bool:
        if not len(kept):
            return False
        size = _extent(self._positions[kept])
        return bool((size >= self._size * (1 - _SHRINKS)).all())


def _is_reducible(primitive: Primitive) -> bool:
    return primitive.mode == TRIANGLES and primitive.indices is not None


def _extent(points: Float32Array) -> Float32Array:
    """Return how far points lie apart along each axis; column by column is quicker."""
    return np.array([np.ptp(column) for column in points.T])


def _outermost(positions: Float32Array) -> AnyArray:
    """Return (n,) uint8 with 1 for the six vertices that give the mesh its size."""
    locks = np.zeros(len(positions), np.uint8)
    locks[positions.argmin(axis=0)] = 1
    locks[positions.argmax(axis=0)] = 1
    return locks


def _weighted_attributes(
    primitive: Primitive, options: SimplifyOptions
) -> tuple[WeightedAttributes, dict[str, slice]]:
    """Return what is weighted, and in which columns each attribute that may change is."""
    parts: list[Float32Array] = []
    weights: list[float] = []
    columns: dict[str, slice] = {}

    def watch(values: Float32Array, weight: float, name: str = "") -> None:
        end = len(weights) + values.shape[1]
        if weight and end <= _MOST_ATTRIBUTES:
            if name:
                columns[name] = slice(len(weights), end)
            parts.append(values)
            weights.extend([weight] * values.shape[1])

    held = primitive.attributes
    if "NORMAL" in held:
        weight = _normal_weight(primitive, options)
        watch(held["NORMAL"].values, weight, "NORMAL")
    if "COLOR_0" in held:
        # Differences that look equal are equal in sRGB, not in linear light.
        seen = np.clip(held["COLOR_0"].values[:, :3], 0, 1) ** np.float32(1 / _GAMMA)
        watch(seen, options.color_weight, "COLOR_0")
    if "TEXCOORD_0" in held:
        watch(held["TEXCOORD_0"].values, options.uv_weight, "TEXCOORD_0")
    least, greatest = bounds(primitive.positions)
    size = float((greatest - least).max()) or 1.0
    for target in primitive.targets:
        if "POSITION" in target:
            watch(target["POSITION"].values / np.float32(size), options.morph_weight)
    if not parts:
        watch(np.zeros((held["POSITION"].count, 1), np.float32), 1.0)
    values = np.ascontiguousarray(np.concatenate(parts, axis=1), np.float32)
    return WeightedAttributes(values, np.array(weights, np.float32)), columns


def _normal_weight(primitive: Primitive, options: SimplifyOptions) -> float:
    if options.normal_weight is not None:
        return options.normal_weight
    material = primitive.material
    is_painted = material is not None and material.base_color_texture is not None
    is_grey = "COLOR_0" not in primitive.attributes and not is_painted
    return _OF_GREY if is_grey else _BESIDE_COLORS


def _move_vertices(name: str, held: Accessor, values: Float32Array) -> Accessor:
    """Return an attribute with the values that moved vertices have."""
    if name == "NORMAL":
        lengths = np.linalg.norm(values, axis=1, keepdims=True)
        return create_accessor(values / np.maximum(lengths, np.float32(1e-9)))
    if name == "COLOR_0":
        colors = held.values.copy()
        colors[:, :3] = values.clip(0, 1) ** np.float32(_GAMMA)
        return create_accessor(colors)
    return create_accessor(
        values.clip(held.values.min(axis=0), held.values.max(axis=0))
    )
