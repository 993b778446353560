"""Bytes at equal or lower visual error, time, and Khronos' verdict, beside peers.

    python -m benchmarks.assets MODELS --peers FOLDER [--gltfpack FILE] [--quick]

MODELS is a folder of models, or one of them; FOLDER holds ``node_modules`` with
``@gltf-transform/cli``; FILE is a native gltfpack. See README.md.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.assets.comparing import compared
from benchmarks.assets.peers import Peers
from benchmarks.assets.told import explained, line, table

if TYPE_CHECKING:
    from benchmarks.assets.comparing import Line

SUFFIXES = {".glb", ".gltf", ".obj", ".stl", ".ply"}


def main() -> None:
    """Compare every model of a folder, and print the medians."""
    options = _arguments()
    tools = options.peers / "node_modules" / ".bin"
    found = tools / "gltf-transform"
    peers = Peers(found if found.exists() else None, options.gltfpack)
    print(explained())
    lines: list[Line] = []
    for path in _models(options.models):
        for made in compared(path, peers, quick=options.quick):
            print(line(made), flush=True)
            lines.append(made)
    print(table(lines))


def _models(place: Path) -> list[Path]:
    paths = [place] if place.is_file() else sorted(place.iterdir())
    return [path for path in paths if path.suffix.lower() in SUFFIXES]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", type=Path)
    parser.add_argument("--peers", type=Path, required=True)
    parser.add_argument("--gltfpack", type=Path)
    parser.add_argument("--quick", action="store_true", help="one quality of gltfpack")
    return parser.parse_args()


if __name__ == "__main__":
    main()
