"""What each ``make_*.py`` does last: write its GLB and say what is in it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kit import glb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kit.solids import Part
    from kit.weathering import Weather

LICENSE = "CC-BY-SA-4.0"


def facts(name: str, title: str, generator: str) -> dict[str, str]:
    """Return what a file says of itself; `name` is its root node's."""
    return {
        "name": name,
        "generator": generator,
        "title": title,
        "author": "ecomusee",
        "copyright": f"2026 ecomusee contributors, {LICENSE}",
        "license": LICENSE,
        "source": f"drawn from published dimensions; see {generator}",
    }


def save(
    file: str,
    parts: Sequence[Part],
    materials: Sequence[glb.Material],
    about: dict[str, str],
    weather: Weather | None = None,
    scale: float = 1.0,
) -> None:
    """Write a model's file beside the script that runs, or into the folder given."""
    script = Path(sys.argv[0]).resolve()
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else script.parent
    content = glb.written(parts, materials, about, weather, scale)
    (folder / file).write_bytes(content)

    surfaces = [s for part in parts for s in part.surfaces.values()]
    triangles = sum(len(t) for s in surfaces for t in s.triangles)
    points = np.concatenate([p for s in surfaces for p in s.positions]) * scale
    size = " x ".join(f"{v:.2f}" for v in np.ptp(points, axis=0))
    print(  # noqa: T201  a script that a person runs
        f"{triangles} triangles, {len(points)} points, {len(surfaces)} primitives, "
        f"{len(materials)} materials, {size} m, {len(content)} bytes"
    )
