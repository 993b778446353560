"""Compare bytes at equal or lower visual error, time and validity with peers.

    python -m benchmarks.assets MODELS --peers FOLDER [--gltfpack FILE] [--quick|--times]

MODELS is a folder of models, or one of them; FOLDER holds ``node_modules`` with
``@gltf-transform/cli``; FILE is a native gltfpack. See README.md.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.assets.comparison import compare
from benchmarks.assets.peers import Peers
from benchmarks.assets.tables import (
    TIMES_LEGEND,
    comparison_line,
    comparison_table,
    legend,
    times_line,
    times_table,
)
from benchmarks.assets.timing import time_model

if TYPE_CHECKING:
    from benchmarks.assets.comparison import Line
    from benchmarks.assets.timing import Timed

SUFFIXES = {".glb", ".gltf", ".obj", ".stl", ".ply"}


def main() -> None:
    """Compare every model of a folder, and print the medians."""
    options = _arguments()
    tools = options.peers / "node_modules" / ".bin"
    found = tools / "gltf-transform"
    peers = Peers(found if found.exists() else None, options.gltfpack)
    if options.times:
        _print_times(_models(options.models), peers)
    else:
        _print_all(_models(options.models), peers, quick=options.quick)


def _print_all(models: list[Path], peers: Peers, *, quick: bool) -> None:
    print(legend())
    lines: list[Line] = []
    for path in models:
        for made in compare(path, peers, quick=quick):
            print(comparison_line(made), flush=True)
            lines.append(made)
    print(comparison_table(lines))


def _print_times(models: list[Path], peers: Peers) -> None:
    print(TIMES_LEGEND)
    made: list[Timed] = []
    for path in models:
        made.append(time_model(path, peers))
        print(times_line(made[-1]), flush=True)
    print(times_table(made))


def _models(place: Path) -> list[Path]:
    paths = [place] if place.is_file() else sorted(place.iterdir())
    return [path for path in paths if path.suffix.lower() in SUFFIXES]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", type=Path)
    parser.add_argument("--peers", type=Path, required=True)
    parser.add_argument("--gltfpack", type=Path)
    modes = parser.add_mutually_exclusive_group()
    modes.add_argument("--quick", action="store_true", help="one quality of gltfpack")
    modes.add_argument("--times", action="store_true", help="of encodes, and no more")
    return parser.parse_args()


if __name__ == "__main__":
    main()
