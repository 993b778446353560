"""A ball with waves and a pattern, dense enough to be worth baking."""

from __future__ import annotations

import numpy as np

from assets_pipeline.gltf.accessors import accessor
from assets_pipeline.gltf.document import Document, Mesh, Node, Primitive, Scene
from assets_pipeline.gltf.materials import matte


def ball(rings: int, *, waves_m: float = 0.0) -> Document:
    """Return a coloured ball of radius 1, of about ``4 * rings**2`` triangles.

    Its normals are those of a round ball whatever its waves: what a bake should keep.
    """
    upper, around = np.meshgrid(
        np.linspace(0, np.pi, rings + 1),
        np.linspace(0, 2 * np.pi, 2 * rings, endpoint=False),
        indexing="ij",
    )
    ring = np.sin(upper).round(12)  # both poles are points
    normals = np.stack(
        [ring * np.cos(around), np.cos(upper), ring * np.sin(around)], axis=-1
    ).reshape(-1, 3)
    waves = 1 + waves_m * np.sin(9 * around.ravel()) * ring.ravel()
    row, column = np.mgrid[0:rings, 0 : 2 * rings]
    beside = (column + 1) % (2 * rings)
    a, b = row * 2 * rings + column, row * 2 * rings + beside
    c, d = a + 2 * rings, b + 2 * rings
    triangles = np.stack([a, b, d, a, d, c], axis=-1).reshape(-1, 3)
    held = {
        "POSITION": accessor((normals * waves[:, None]).astype(np.float32)),
        "NORMAL": accessor(normals.astype(np.float32)),
        "COLOR_0": accessor(colors_at(normals)),
    }
    primitive = Primitive(held, accessor(triangles.ravel().astype(np.uint32)), matte())
    scene = Scene([Node(mesh=Mesh([primitive]))])
    return Document([scene], scene)


def colors_at(points: np.ndarray) -> np.ndarray:
    """Return (n, 3) float32 linear colours that change slowly over a ball."""
    return (0.5 + 0.4 * np.sin(3 * points + [0, 1, 2])).astype(np.float32)
