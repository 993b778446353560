"""How much of the light around it reaches each place of a surface: asked with rays.

What a phone draws is lit from all sides at once where no sun falls, and hollows of a
colourless scan would be as pale as its ridges. Rays leave each place, closer together
the steeper they rise, and count by how far they come: a wall at the end of their
reach takes nothing (Zhukov and others 1998, "An Ambient Light Illumination Model").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from assets_pipeline.baking.rays import Surface
    from assets_pipeline.gltf.accessors import BoolArray, FloatArray

TURNS: Final = 4
"""Rays are turned in tiles of so many texels each way, which `softened` then mixes."""
_LIFT: Final = np.float32(5e-4)  # of the surface's size: rays start off their own face
_INSIDE: Final = 0.5
_LEAST_RAYS: Final = 4


@dataclass(frozen=True, slots=True)
class OcclusionOptions:
    """How many rays leave a place, and how far they go."""

    rays: int = 32
    reach_ratio: float = 0.5
    """Of the surface's size. What is farther off takes no light: a thing that stands
    in the open is not black beneath."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where light is asked for."""

    points: FloatArray
    """(n, 3) float32."""
    normals: FloatArray
    """(n, 3) float32 unit: about these, rays are closest together."""
    flats: FloatArray
    """(n, 3) float32 unit: of the triangle itself; no ray goes beneath it."""
    turns: npt.NDArray[np.int64]
    """(n,): any number that differs from one place to the next."""


@dataclass(frozen=True, slots=True)
class Openness:
    """What was found, one a place."""

    values: FloatArray
    """(n,) float32: 1 in the open, 0 where no light comes."""
    is_inside: BoolArray
    """(n,) bool: within something solid, where two parts stand in each other. Nobody
    sees it, and its darkness must not leak out."""


def openness(
    surface: Surface, places: Places, options: OcclusionOptions | None = None
) -> Openness:
    """Return how much light reaches places of a surface past the surface itself."""
    chosen = options or OcclusionOptions()
    count = len(places.points)
    light, backs, shot = (np.zeros(count, np.float32) for _ in range(3))
    flats = places.flats
    lean = np.einsum("ij,ij->i", flats, places.normals)
    flats = (flats * np.where(lean < 0, -1, 1)[:, None]).astype(np.float32)
    origins = (surface.scaled(places.points) + flats * _LIFT).astype(np.float32)
    axes = _axes(places.normals)
    angles = (places.turns % TURNS**2) * np.float32(2 * np.pi / TURNS**2)
    for ray in range(chosen.rays):
        ways = _ways(axes, angles, ray, chosen.rays)
        rises = np.einsum("ij,ij->i", ways, flats) > 0
        reach = np.where(rises, chosen.reach_ratio, 0).astype(np.float32)
        share, is_back = surface.seen(origins, ways, reach)
        light += np.where(rises, share * share, 0)
        backs += is_back & rises
        shot += rises
    known = np.maximum(shot, 1)
    is_inside = (backs > _INSIDE * known) | (shot < _LEAST_RAYS)
    return Openness((light / known).astype(np.float32), is_inside)


def _axes(normals: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return two directions across each normal, and the normal (Duff and others 2017)."""
    x, y, z = normals.astype(np.float64).T
    sign = np.where(z < 0, -1.0, 1.0)
    a = -1 / (sign + z)
    b = x * y * a
    across = np.stack([1 + sign * x * x * a, sign * b, -sign * x], axis=1)
    along = np.stack([b, sign + y * y * a, -y], axis=1)
    return across.astype(np.float32), along.astype(np.float32), normals


def _ways(
    axes: tuple[FloatArray, FloatArray, FloatArray],
    angles: FloatArray,
    ray: int,
    rays: int,
) -> FloatArray:
    """Return (n, 3) directions of one ray of each place.

    Sunflower's order over the disc under the hemisphere: by the cosine, and even.
    """
    height_squared = (ray + 0.5) / rays
    radius, height = np.sqrt(1 - height_squared), np.sqrt(height_squared)
    around = angles + np.float32(ray * np.pi * (3 - np.sqrt(5)))
    across, along, up = axes
    x, y = radius * np.cos(around), radius * np.sin(around)
    found: FloatArray = x[:, None] * across + y[:, None] * along + height * up
    return found.astype(np.float32)
