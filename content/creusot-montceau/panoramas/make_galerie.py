"""Render galerie.jpg, a timbered mine gallery seen all around from a junction.

    python make_galerie.py [FILE] [--width PIXELS] [--samples N]

Needs bpy (Blender as a package, tried with 5.0), pygltflib, numpy and Pillow. The
committed picture was made with ``--samples 10``, about twenty minutes of one processor.
The museum's build never runs this; it reads the picture. What is drawn, and from what:
``galerie/figures.py``.
"""

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "models")]

from galerie import stage  # noqa: E402  found through the path above
from kit import develop  # noqa: E402

LIMIT_BYTES = 2_500_000


def main() -> None:
    """Render, develop and write the picture."""
    reader = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    reader.add_argument("file", nargs="?", type=Path, default=HERE / "galerie.jpg")
    reader.add_argument("--width", type=int, default=4096)
    reader.add_argument("--samples", type=int, default=14)
    wanted = reader.parse_args()
    light = stage.seen_all_around(wanted.width, wanted.samples)
    pixels = develop.filmed(develop.bloomed(light, 0.10, wraps=True), stage.EXPOSURE)
    quality = develop.save_jpeg(pixels, wanted.file, LIMIT_BYTES)
    size = wanted.file.stat().st_size
    print(f"{pixels.shape[1]} x {pixels.shape[0]}, quality {quality}, {size} bytes")  # noqa: T201


if __name__ == "__main__":
    main()
