"""Compute ambient occlusion of a surface by casting rays.

What a phone draws is lit from all sides at once where no sun falls, and hollows of a
colourless scan would be as pale as its ridges. Rays leave each place, closer together
the steeper they rise, and count by how far they come: a wall at the end of their
reach takes nothing (Zhukov and others 1998, "An Ambient Light Illumination Model").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.baking.dilation import dilate, dilate_one_texel
from assets_pipeline.baking.ray_casting import DenseSurface, interpolate
from assets_pipeline.baking.uv_rasterizer import rasterize
from assets_pipeline.gltf.geometry import area_vectors, normalize

if TYPE_CHECKING:
    from assets_pipeline.arrays import (
        BoolArray,
        Float32Array,
        Int64Array,
        Uint8Array,
        Uint32Array,
    )
    from assets_pipeline.baking.ray_casting import DenseSurface, RayCaster
    from assets_pipeline.baking.unwrap import UnwrappedMesh
    from assets_pipeline.baking.uv_rasterizer import Texels


TURNS: Final = 4
"""Rays are turned in tiles of so many texels each way, which `blur_on_surface` then mixes."""
_LIFT: Final = np.float32(5e-4)  # of the surface's size: rays start off their own face
_INSIDE: Final = 0.5
_LEAST_RAYS: Final = 4
_BAND: Final = 200_000  # places at once, which bounds memory
_WINDOW: Final = ((-2, 0.5), (-1, 1.0), (0, 1.0), (1, 1.0), (2, 0.5))
"""Every fourth texel has the same share: what repeats over four is gone."""
_SAME_WAY: Final = 0.8  # cosine
_NEAR: Final = (
    6.0  # texels; the window's corners are 2.8 away, and charts are stretched
)
_PROBES: Final = 1500
_PROBE_RAYS: Final = 24
_DARK: Final = 0.7
_WORTH_SHARE: Final = 0.04


@dataclass(frozen=True, slots=True)
class OcclusionOptions:
    """Number and length of the rays cast from each sample."""

    rays: int = 32
    reach_ratio: float = 0.5
    """Of the surface's size. What is farther off takes no light: a thing that stands
    in the open is not black beneath."""


@dataclass(frozen=True, slots=True)
class SurfaceSamples:
    """Points of a surface where ambient occlusion is computed."""

    points: Float32Array
    """(n, 3) float32."""
    normals: Float32Array
    """(n, 3) float32 unit: about these, rays are closest together."""
    face_normals: Float32Array
    """(n, 3) float32 unit: of the triangle itself; no ray goes beneath it."""
    turns: Int64Array
    """(n,): any number that differs from one place to the next."""


@dataclass(frozen=True, slots=True)
class Openness:
    """Share of light that reaches each sample, 0 to 1."""

    values: Float32Array
    """(n,) float32: 1 in the open, 0 where no light comes."""
    is_inside: BoolArray
    """(n,) bool: within something solid, where two parts stand in each other. Nobody
    sees it, and its darkness must not leak out."""


def sample_openness(
    surface: RayCaster, places: SurfaceSamples, options: OcclusionOptions | None = None
) -> Openness:
    """Return the share of light that reaches samples past the surface itself."""
    chosen = options or OcclusionOptions()
    count = len(places.points)
    light, backs, shot = (np.zeros(count, np.float32) for _ in range(3))
    face_normals = places.face_normals
    lean = np.einsum("ij,ij->i", face_normals, places.normals)
    face_normals = (face_normals * np.where(lean < 0, -1, 1)[:, None]).astype(
        np.float32
    )
    origins = (surface.normalize(places.points) + face_normals * _LIFT).astype(
        np.float32
    )
    axes = _axes(places.normals)
    angles = (places.turns % TURNS**2) * np.float32(2 * np.pi / TURNS**2)
    for ray in range(chosen.rays):
        ways = _ways(axes, angles, ray, chosen.rays)
        rises = np.einsum("ij,ij->i", ways, face_normals) > 0
        reach = np.where(rises, chosen.reach_ratio, 0).astype(np.float32)
        share, is_back = surface.cast(origins, ways, reach)
        light += np.where(rises, share * share, 0)
        backs += is_back & rises
        shot += rises
    known = np.maximum(shot, 1)
    is_inside = (backs > _INSIDE * known) | (shot < _LEAST_RAYS)
    return Openness((light / known).astype(np.float32), is_inside)


def _axes(normals: Float32Array) -> tuple[Float32Array, Float32Array, Float32Array]:
    """Return two directions across each normal, and the normal (Duff and others 2017)."""
    x, y, z = normals.astype(np.float64).T
    sign = np.where(z < 0, -1.0, 1.0)
    a = -1 / (sign + z)
    b = x * y * a
    across = np.stack([1 + sign * x * x * a, sign * b, -sign * x], axis=1)
    along = np.stack([b, sign + y * y * a, -y], axis=1)
    return across.astype(np.float32), along.astype(np.float32), normals


def _ways(
    axes: tuple[Float32Array, Float32Array, Float32Array],
    angles: Float32Array,
    ray: int,
    rays: int,
) -> Float32Array:
    """Return (n, 3) directions of one ray of each place.

    Sunflower's order over the disc under the hemisphere: by the cosine, and even.
    """
    height_squared = (ray + 0.5) / rays
    radius, height = np.sqrt(1 - height_squared), np.sqrt(height_squared)
    around = angles + np.float32(ray * np.pi * (3 - np.sqrt(5)))
    across, along, up = axes
    x, y = radius * np.cos(around), radius * np.sin(around)
    found: Float32Array = x[:, None] * across + y[:, None] * along + height * up
    return found.astype(np.float32)


@dataclass(frozen=True, slots=True)
class UnwrappedSurface:
    """A simplified surface and the texture coordinates of its triangles."""

    positions: Float32Array
    """(n, 3) float32, before charts split them."""
    normals: Float32Array
    """(n, 3) float32 unit."""
    laid: UnwrappedMesh

    @property
    def corners(self) -> Uint32Array:
        """(m, 3) uint32, over positions."""
        return self.laid.rows[self.laid.triangles]


def bake_occlusion_map(
    dense: DenseSurface, flat: UnwrappedSurface, edge_px: int, *, reach_ratio: float
) -> Uint8Array | None:
    """Return an ambient occlusion map, (edge, edge, 3) grey: 255 open, 0 fully occluded.

    Parameters
    ----------
    dense
        What light is to pass.
    flat
        What the picture is for.
    edge_px
        Of the picture; a power of two.
    reach_ratio
        How far the light surface lies from the dense one at most, of its size: light
        is asked for where that one is. 0 when they are the same.

    Returns
    -------
    None when nothing can be seen from outside.
    """
    texels = rasterize(flat.laid.uvs, flat.laid.triangles, edge_px)
    values, is_known = (np.zeros((edge_px, edge_px), kind) for kind in ("f4", bool))
    points, normals = (np.zeros((edge_px, edge_px, 3), np.float32) for _ in range(2))
    for start in range(0, len(texels.rows), _BAND):
        band = slice(start, start + _BAND)
        places = _places(dense, flat, texels, band, reach_ratio)
        found = sample_openness(dense.surface, places, OcclusionOptions())
        at = texels.rows[band], texels.columns[band]
        values[at], is_known[at] = found.values, ~found.is_inside
        points[at], normals[at] = places.points, places.normals
    if not is_known.any():
        return None
    texel = TexelPositions(points, normals, is_known)
    values = blur_on_surface(values, texel, mean_texel_size(flat, texels))
    grey = np.round(values * np.float32(255)).astype(np.uint8)[..., None]
    return dilate(*dilate_one_texel(grey, is_known)).repeat(3, axis=2)


def _places(
    dense: DenseSurface,
    flat: UnwrappedSurface,
    texels: Texels,
    band: slice,
    reach_ratio: float,
) -> SurfaceSamples:
    owners, weights = texels.triangles[band], texels.weights[band]
    at = flat.corners[owners]
    points = interpolate(flat.positions, at, weights)
    normals = _unit(interpolate(flat.normals, at, weights))
    face_normals = normalize(area_vectors(flat.positions, at)).astype(np.float32)
    if reach_ratio:
        hits = dense.surface.find_nearest(points, normals, reach_ratio)
        is_found, seen = hits.is_found[:, None], hits.triangles.clip(0)
        there = [
            dense.interpolate(dense.positions, seen, hits.weights),
            _unit(dense.interpolate(dense.normals, seen, hits.weights)),
            dense.face_normals[seen],
        ]
        points, normals, face_normals = (
            np.where(is_found, new, old)
            for new, old in zip(there, (points, normals, face_normals), strict=True)
        )
    turns = texels.rows[band] % TURNS * TURNS + texels.columns[band] % TURNS
    return SurfaceSamples(points, normals, face_normals, turns)


def mean_texel_size(flat: UnwrappedSurface, texels: Texels) -> float:
    """Return the mean width of a texel on the surface."""
    areas = np.linalg.norm(area_vectors(flat.positions, flat.corners), axis=1) / 2
    return float(np.sqrt(areas.sum() / max(1, len(texels.rows))))


def _unit(vectors: Float32Array) -> Float32Array:
    return normalize(vectors.astype(np.float64)).astype(np.float32)


@dataclass(frozen=True, slots=True)
class TexelPositions:
    """Point and normal of the surface at each texel of a texture."""

    points: Float32Array
    """(n, n, 3) float32."""
    normals: Float32Array
    """(n, n, 3) float32 unit."""
    is_known: BoolArray
    """(n, n) bool."""


def blur_on_surface(
    values: Float32Array, texel: TexelPositions, size: float
) -> Float32Array:
    """Return a map in which each texel is the mean of those near it on the surface.

    Parameters
    ----------
    values : (n, n) float32
    texel
        Of the surface there.
    size
        How wide a texel is on the surface.
    """
    edge = len(values)
    total, weight = (np.zeros((edge, edge), np.float32) for _ in range(2))
    for down, share_down in _WINDOW:
        for right, share_right in _WINDOW:
            here, there = _overlap(edge, down, right)
            apart = texel.points[here] - texel.points[there]
            is_near = np.einsum("ijk,ijk->ij", apart, apart) < (_NEAR * size) ** 2
            cosine = np.einsum("ijk,ijk->ij", texel.normals[here], texel.normals[there])
            counts = is_near & (cosine > _SAME_WAY) & texel.is_known[there]
            share = counts * np.float32(share_down * share_right)
            total[here] += share * values[there]
            weight[here] += share
    return np.where(weight > 0, total / np.maximum(weight, np.float32(1e-9)), values)


def _overlap(
    edge: int, down: int, right: int
) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """Return the part of a picture that has a neighbour there, and the neighbours."""
    here = tuple(slice(max(0, -by), edge - max(0, by)) for by in (down, right))
    there = tuple(slice(max(0, by), edge - max(0, -by)) for by in (down, right))
    return (here[0], here[1]), (there[0], there[1])


def has_occlusion(shape: DenseSurface) -> bool:
    """Whether a surface has enough occluded area to be worth a map: a box or ball has not.

    Asked at some places, evenly spread, with few rays.
    """
    areas = np.linalg.norm(area_vectors(shape.positions, shape.triangles), axis=1)
    total = np.cumsum(areas, dtype=np.float64)
    if not len(total) or not total[-1] > 0:
        return False
    steps = (np.arange(_PROBES) + 0.5) / _PROBES
    rows = np.searchsorted(total, steps * total[-1]).clip(0, len(total) - 1)
    u, v = (np.arange(_PROBES) * 0.7549 % 1, np.arange(_PROBES) * 0.5698 % 1)
    over = u + v > 1
    u, v = np.where(over, 1 - u, u), np.where(over, 1 - v, v)
    weights = np.stack([1 - u - v, u, v], axis=1).astype(np.float32)
    places = SurfaceSamples(
        shape.interpolate(shape.positions, rows, weights),
        normalize(
            shape.interpolate(shape.normals, rows, weights).astype(np.float64)
        ).astype(np.float32),
        shape.face_normals[rows],
        np.arange(_PROBES),
    )
    found = sample_openness(shape.surface, places, OcclusionOptions(rays=_PROBE_RAYS))
    is_dark = (found.values < _DARK) & ~found.is_inside
    return bool(is_dark.mean() > _WORTH_SHARE)
