"""Render the hammer then and now, from the very same camera.

    python make_marteau_pictures.py [FOLDER] [--width PIXELS] [--samples N] [--only NAME]

Makes marteau-1877.jpg and marteau-aujourdhui.jpg in FOLDER: ``../images`` when not
given. Needs bpy (Blender as a package, tried with 5.0), numpy and Pillow; about ten
minutes a picture on two processors. The museum's build never runs this.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

import make_marteau
import numpy as np
from forge import light
from kit import develop

LIMIT_BYTES = 500_000
PICTURES: dict[str, tuple[Callable[..., np.ndarray], float, float]] = {
    "marteau-1877": (light.in_its_hall, 1.0, 0.14),
    "marteau-aujourdhui": (light.on_its_square, 0.9, 0.03),
}
"""By name: what renders it, exposure, and how much of its light blooms."""


def main() -> None:
    """Render, develop and write both pictures."""
    reader = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    default = Path(__file__).resolve().parent.parent / "images"
    reader.add_argument("folder", nargs="?", type=Path, default=default)
    reader.add_argument("--width", type=int, default=1600)
    reader.add_argument("--samples", type=int, default=24)
    reader.add_argument("--only", choices=PICTURES)
    wanted = reader.parse_args()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    for name, (render, exposure, bloom) in PICTURES.items():
        if wanted.only in (None, name):
            seen = render(make_marteau, wanted.width, wanted.samples)
            pixels = develop.filmed(develop.bloomed(seen, bloom, wraps=False), exposure)
            path = wanted.folder / f"{name}.jpg"
            quality = develop.save_jpeg(pixels, path, LIMIT_BYTES)
            print(f"{path.name}: quality {quality}, {path.stat().st_size} bytes")  # noqa: T201


if __name__ == "__main__":
    main()
