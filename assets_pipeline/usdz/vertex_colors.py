"""Split vertex-coloured, textured meshes into parts of one tint each.

UsdPreviewSurface has no node that multiplies two inputs, but a texture's ``scale``
multiplies by a constant: triangles of nearly the same tint become a part (a subset of
the mesh) whose material has it as its factor. Shading that was baked into vertices is
mostly kept so.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from assets_pipeline.gltf.geometry import area_vectors

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assets_pipeline.arrays import (
        Float32Array,
        Float64Array,
        IntpArray,
        Uint32Array,
    )
    from assets_pipeline.gltf.materials import Material
    from assets_pipeline.gltf.rest_pose import PosedPrimitive

    Key: TypeAlias = tuple[int, bytes]
    """A material's ``id``, and a tint in whole steps."""

_STEPS: Final = (0.05, 0.1, 0.2, 0.4)
"""Between two tints, each channel's square root from 0 to 1."""
_TINY: Final = 1e-12
_SURE_DIGITS: Final = 6
_MOST_TINTS: Final = 128
"""Of a model: each is drawn by itself."""


class TintSplitter:
    """Splits meshes by tint, equal tints sharing a material.

    Parameters
    ----------
    primitives
        All that will be parted.
    """

    def __init__(self, primitives: Iterable[PosedPrimitive]) -> None:
        textured = [p for p in primitives if _is_textured(p)]
        for step in _STEPS:
            self._step = step
            self._tints = _classes(textured, step)
            if len(self._tints) <= _MOST_TINTS:
                break
        self._made: dict[Key, Material] = {}

    def parts(
        self, material: Material, colors: Float32Array, triangles: Uint32Array
    ) -> list[tuple[Material, IntpArray]]:
        """Return a material for each tint, and the triangles that it is for.

        Parameters
        ----------
        material
            With a colour texture.
        colors : (n, 4) float32
            Linear, by vertex.
        triangles : (m, 3) uint32
        """
        steps = _steps(_tints(material, colors, triangles), self._step)
        classes, chosen = np.unique(steps, axis=0, return_inverse=True)
        return [
            (self._material(material, found), np.nonzero(chosen.ravel() == index)[0])
            for index, found in enumerate(classes)
        ]

    def _material(self, material: Material, steps: IntpArray) -> Material:
        """Return a material with its colour times a tint."""
        key = (id(material), steps.tobytes())
        if key not in self._made:
            red, green, blue, alpha = (float(part) ** 2 for part in self._tints[key])
            r, g, b, a = material.base_color_factor
            factor = (r * red, g * green, b * blue, a * alpha)
            self._made[key] = replace(material, base_color_factor=factor)
        return self._made[key]


def _is_textured(primitive: PosedPrimitive) -> bool:
    material = primitive.material
    return material is not None and material.base_color_texture is not None


def colors_or_white(primitive: PosedPrimitive) -> Float32Array:
    """Return (n, 4) linear vertex colours, white where a primitive has none."""
    colors = np.ones((len(primitive.positions), 4), np.float32)
    if primitive.colors is not None:
        colors[:, : primitive.colors.shape[1]] = primitive.colors
    return colors


def _tints(
    material: Material, colors: Float32Array, triangles: Uint32Array
) -> Float64Array:
    """Return (m, 4): the mean tint of each triangle, as square roots."""
    roots = np.sqrt(colors.astype(np.float64))
    if material.alpha_mode == "OPAQUE":
        roots[:, 3] = 1
    return np.asarray(roots[triangles].mean(axis=1))


def _steps(tints: Float64Array, step: float) -> IntpArray:
    # First to what no order of adding changes: a mirrored triangle's corners turn round.
    return np.round(np.round(tints / step, _SURE_DIGITS)).astype(np.intp)


def _classes(tinted: list[PosedPrimitive], step: float) -> dict[Key, Float64Array]:
    """Return the mean of the tints that a step takes together, by material and steps."""
    sums: dict[Key, Float64Array] = {}
    for primitive in tinted:
        if primitive.material is None:
            continue
        tints = _tints(
            primitive.material, colors_or_white(primitive), primitive.triangles
        )
        areas = area_vectors(primitive.positions, primitive.triangles)
        weights = np.linalg.norm(areas, axis=1, keepdims=True) + _TINY
        weighted = np.concatenate([tints * weights, weights], axis=1)
        classes, chosen = np.unique(_steps(tints, step), axis=0, return_inverse=True)
        for index, found in enumerate(classes):
            key = (id(primitive.material), found.tobytes())
            total = weighted[chosen.ravel() == index].sum(axis=0)
            sums[key] = sums.get(key, np.zeros(5)) + total
    return {key: total[:4] / total[4] for key, total in sums.items()}
