"""Bytes at equal or lower visual error, time, and Khronos' verdict, beside peers.

    python -m benchmarks.assets MODELS --peers FOLDER [--gltfpack FILE] [--quick]

MODELS is a folder of models; FOLDER holds ``node_modules`` with ``@gltf-transform/cli``;
FILE is a native gltfpack. See README.md.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import tempfile
import time
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import brotli

from assets_pipeline import measure, shots
from assets_pipeline.models import clean, lightened
from assets_pipeline.plans import Workshop
from assets_pipeline.profiles import HIGH, PHONE, fitted
from assets_pipeline.readers.source import read_source
from assets_pipeline.resolver import Resolver
from assets_pipeline.search import Search
from assets_pipeline.tasks import Task
from assets_pipeline.transforms.orient import OrientOptions
from assets_pipeline.visual_error import Judge, readable
from assets_pipeline.writer import to_glb
from benchmarks.assets.peers import Peers

if TYPE_CHECKING:
    from assets_pipeline.document import Document
    from benchmarks.assets.peers import Given

ROOT = Path(__file__).parents[2]
SUFFIXES = {".glb", ".gltf", ".obj", ".stl", ".ply"}
# As free as the peers, who know no budgets but 2,048 pixels.
FREE = replace(
    HIGH,
    most_bytes=10**9,
    most_triangles=10**9,
    edge_px=2048,
    packed_edge_px=2048,
    least_edge_px=64,
)
_UNSEEN = 5e-4
_LOOKS = 6
_CLOSE, _AIM = 0.98, 0.995


def main() -> None:
    """Compare every model of a folder, and print the medians."""
    options = _arguments()
    tools = options.peers / "node_modules" / ".bin"
    found = tools / "gltf-transform"
    peers = Peers(found if found.exists() else None, options.gltfpack)
    ratios: dict[str, list[float]] = {}
    for path in sorted(options.models.iterdir()):
        if path.suffix.lower() in SUFFIXES and path.stat().st_size < options.most_bytes:
            for peer, ratio in _compared(path, peers, quick=options.quick):
                ratios.setdefault(peer.partition(" ")[0], []).append(ratio)
    for peer, values in ratios.items():
        median, worst = statistics.median(values), max(values)
        print(f"{peer}: median {median:.3f}, worst {worst:.3f} of {len(values)}")
    print("Where our error is above the peer's, the ratio counts as infinite.")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", type=Path)
    parser.add_argument("--peers", type=Path, required=True)
    parser.add_argument("--gltfpack", type=Path)
    parser.add_argument("--most-bytes", type=int, default=10**12)
    parser.add_argument("--quick", action="store_true", help="one quality of gltfpack")
    return parser.parse_args()


def _compared(path: Path, peers: Peers, *, quick: bool) -> list[tuple[str, float]]:
    """Print a line for each file of a peer's, and return the ratios of bytes."""
    document = read_source(
        PurePosixPath(path.name), OrientOptions(), Resolver(path.parent)
    )
    extents = measure.extents(document)
    clean(document)
    source = to_glb(document)
    lightened(document, Task("model", "", path.name))
    with tempfile.TemporaryDirectory() as name, Judge(source, extents) as judge:
        given_source = Path(name) / "source.glb"
        given_source.write_bytes(source)
        given = peers.files(given_source, Path(name), quick=quick)
        seconds = _fixed_seconds(document)
        for one in given:
            print(f"{path.name} {one.peer}: fixed encode {seconds / one.seconds:.2f}x")
        return [(one.peer, _line(path.name, one, document, judge)) for one in given]


def _line(name: str, one: Given, document: Document, judge: Judge) -> float:
    """Print how we compare with a file of a peer's, and return the ratio of bytes."""
    theirs = max(_UNSEEN, judge.error(one.glb, shots.CHECK))
    search = Search(Workshop(document, FREE), judge)
    budget = max(_UNSEEN, judge.error(one.glb, shots.SEARCH))
    start = time.perf_counter()
    found = search.found(budget)
    judge.error(found.attempt.glb, shots.CHECK)
    spent = time.perf_counter() - start
    ours, error = _not_worse(search, judge, budget, theirs)
    ratio = _wire(ours) / _wire(one.glb)
    print(
        f"{name} {one.peer}: {_wire(ours)} / {_wire(one.glb)} = {ratio:.3f}"
        f" at {error:.4f} / {theirs:.4f}, {search.trials} trials,"
        f" search {spent / one.seconds:.1f}x, Khronos errors"
        f" {_errors(ours)} written, {_errors(readable(ours))} decoded",
        flush=True,
    )
    return ratio if error <= theirs else float("inf")


def _fixed_seconds(document: Document) -> float:
    start = time.perf_counter()
    fitted(document, PHONE)
    return time.perf_counter() - start


def _not_worse(
    search: Search, judge: Judge, budget: float, most: float
) -> tuple[bytes, float]:
    """Return the smallest of our files that in the views of the check errs no more.

    What is asked in the views of the search is tightened, or loosened, until the error
    in those of the check is all that may be had.
    """
    tried: list[tuple[float, bytes]] = []
    low, high = 0.0, float("inf")
    for _ in range(_LOOKS):
        found = search.found(budget)
        error = judge.error(found.attempt.glb, shots.CHECK)
        tried.append((error, found.attempt.glb))
        if _CLOSE * most <= error <= most:
            break
        low, high = (budget, high) if error <= most else (low, budget)
        wanted = budget * (_AIM * most / error)
        budget = wanted if low < wanted < high else (low + high) / 2
    good = [one for one in tried if one[0] <= most] or [min(tried)]
    error, glb = min(good, key=lambda one: _wire(one[1]))
    return glb, error


def _wire(glb: bytes) -> int:
    return len(brotli.compress(glb, quality=11))


def _errors(glb: bytes) -> int:
    """Return how many errors Khronos' validator finds."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "judged.glb"
        path.write_bytes(glb)
        validator = ROOT / "tests" / "tools" / "validate_gltf.mjs"
        run = subprocess.run(
            ["node", validator, path], capture_output=True, check=True, text=True
        )
        return len(json.loads(run.stdout)[str(path)]["errors"])


if __name__ == "__main__":
    main()
