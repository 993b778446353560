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

ROOT = Path(__file__).parents[2]
SUFFIXES = {".glb", ".gltf", ".obj", ".stl", ".ply"}
# As free as the peers, who know no budgets but 2,048 pixels.
FREE = replace(
    HIGH, most_bytes=10**9, most_triangles=10**9, edge_px=2048, packed_edge_px=2048
)
_TIGHTER = 4


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
    ratios = []
    with tempfile.TemporaryDirectory() as name, Judge(source, extents) as judge:
        given_source = Path(name) / "source.glb"
        given_source.write_bytes(source)
        given = peers.files(given_source, Path(name), quick=quick)
        seconds = _fixed_seconds(document)
        for one in given:
            print(f"{path.name} {one.peer}: fixed encode {seconds / one.seconds:.2f}x")
        search = Search(Workshop(document, FREE), judge)
        for one in given:
            start = time.perf_counter()
            theirs = judge.error(one.glb, shots.CHECK)
            ours, error = _not_worse(search, judge, one.glb, theirs)
            spent = time.perf_counter() - start
            ratio = _wire(ours) / _wire(one.glb)
            ratios.append((one.peer, ratio if error <= theirs else float("inf")))
            print(
                f"{path.name} {one.peer}: {_wire(ours)} / {_wire(one.glb)} = {ratio:.3f}"
                f" at {error:.4f} / {theirs:.4f}, {search.trials} trials,"
                f" search {spent / one.seconds:.1f}x, Khronos errors"
                f" {_errors(ours)} written, {_errors(readable(ours))} decoded",
                flush=True,
            )
    return ratios


def _fixed_seconds(document: object) -> float:
    start = time.perf_counter()
    fitted(document, PHONE)  # type: ignore[arg-type]  # a Document
    return time.perf_counter() - start


def _not_worse(
    search: Search, judge: Judge, theirs: bytes, most: float
) -> tuple[bytes, float]:
    """Return our file that in the views of the check errs no more than theirs."""
    budget = judge.error(theirs, shots.SEARCH)
    best: tuple[bytes, float] | None = None
    for _ in range(_TIGHTER):
        found = search.found(budget)
        error = judge.error(found.attempt.glb, shots.CHECK)
        if error <= most:
            return found.attempt.glb, error
        best = best or (found.attempt.glb, error)
        budget *= min(0.98, most / error)
    return best or (theirs, most)


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
