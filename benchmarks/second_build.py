"""Time a build that finds all its work done.

Makes a museum of 50 assets, models and pictures, builds it on a pool of processes, then
builds it again as the command does, in a process of its own. Prints how many files each
build made, the seconds of the first, and the median seconds of the others: from a
started Python to the built assets, of that the part after the imports, and what it took
of a processor, which other programs don't change.

Usage: ``python -m benchmarks.second_build [--models N] [--pictures N]``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from assets_pipeline.build.build import build_assets
from assets_pipeline.tasks.store import Store
from tours.checks import read_museum

if TYPE_CHECKING:
    from assets_pipeline.build.build import BuildResult

RUNS = 7
WORKERS = 2
RING = 180
MUSEUM = """\
museum: cinquante
name: { fr: Musée }
languages: [fr]
address: https://cinquante.example
color: "#225588"
license: CC-BY-SA-4.0
"""
TOUR = """\
tour: visite
title: { fr: Visite }
stops:
"""
STOP = """\
  - stop: arret-{number}
    title: {{ fr: Arrêt {number} }}
    text: {{ fr: Voici l'arrêt {number}. }}
    shows:
"""
MODEL = """\
      model: models/{number}.obj
      height: 1 m
      alt: {{ fr: Un vase. }}
"""
PICTURE = """\
      picture: images/{number}.jpg
      alt: {{ fr: Une image. }}
"""


def main() -> None:
    """Build once, then again and again."""
    if len(sys.argv) == 3 and sys.argv[1] == "again":
        _again(Path(sys.argv[2]))
        return
    options = _arguments()
    with TemporaryDirectory() as name:
        folder = Path(name)
        _write_museum(folder / "museum", options.models, options.pictures)
        start = time.perf_counter()
        with ProcessPoolExecutor(WORKERS, get_context("spawn")) as pool:
            first = _build(folder, pool)
        spent = time.perf_counter() - start
        for told in first.diagnostics:
            print(told.code, told.location.path)
        print(f"first build: {first.transforms} files made, {spent:.1f} s")
        runs = [_again_elsewhere(folder) for _ in range(RUNS)]
    made = max(run["transforms"] for run in runs)
    found = min(run["reused"] for run in runs)
    names = ("whole_s", "bare_s", "processor_s")
    whole, bare, processor = (median(run[name] for run in runs) for name in names)
    print(
        f"second build: {made:.0f} files made, {found:.0f} found, {whole:.3f} s,"
        f" of which {bare:.3f} s after the imports; {processor:.3f} s of processor"
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=int, default=20)
    parser.add_argument("--pictures", type=int, default=30)
    return parser.parse_args()


def _build(folder: Path, pool: ProcessPoolExecutor | None = None) -> BuildResult:
    museum = read_museum(folder / "museum").museum
    if museum is None:
        sys.exit("the museum can't be read")
    return build_assets(museum, Store(folder / "files"), executor=pool)


def _again_elsewhere(folder: Path) -> dict[str, float]:
    """Return what a second build tells, run by another Python."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.second_build", "again", folder]
    run = subprocess.run(command, capture_output=True, check=True, text=True)
    told: dict[str, float] = json.loads(run.stdout)
    return {**told, "whole_s": time.perf_counter() - start}


def _again(folder: Path) -> None:
    start = time.perf_counter()
    built = _build(folder)
    bare = time.perf_counter() - start
    told = {"transforms": built.transforms, "reused": built.reused, "bare_s": bare}
    print(json.dumps({**told, "processor_s": time.process_time()}))


def _write_museum(folder: Path, models: int, pictures: int) -> None:
    for name in ("models", "images", "tours"):
        (folder / name).mkdir(parents=True)
    stops = []
    for number in range(models + pictures):
        is_model = number < models
        stops.append((STOP + (MODEL if is_model else PICTURE)).format(number=number))
        if is_model:
            vase = _vase(number)
            (folder / f"models/{number}.obj").write_text(vase, encoding="utf-8")
        else:
            _draw(number, folder / f"images/{number}.jpg")
    (folder / "museum.yaml").write_text(MUSEUM, encoding="utf-8")
    tour = TOUR + "".join(stops)
    (folder / "tours/visite.yaml").write_text(tour, encoding="utf-8")


def _vase(number: int) -> str:
    """Return an OBJ of 65,000 triangles, 1 m high, of a waist of its own."""
    import numpy as np  # noqa: PLC0415  a second build needs none

    turn = np.linspace(0, 2 * np.pi, RING, endpoint=False)
    heights = np.linspace(0, 1, RING + 1)
    radii = 0.3 + 0.1 * np.sin(heights * (3 + number))
    x, z = (np.outer(radii, f(turn)).ravel() for f in (np.cos, np.sin))
    rows = np.stack([x, np.repeat(heights, RING), z], axis=1)
    lines = [f"v {a:.5f} {b:.5f} {c:.5f}" for a, b, c in rows]
    ring = np.arange(RING)
    for level in range(RING):
        low, after = level * RING + ring + 1, level * RING + (ring + 1) % RING + 1
        faces = np.stack([low, low + RING, after + RING, after], axis=1)
        lines += [f"f {a} {b} {c} {d}" for a, b, c, d in faces]
    return "\n".join([*lines, ""])


def _draw(number: int, path: Path) -> None:
    """Write a picture of 12 megapixels, soft but not even."""
    import numpy as np  # noqa: PLC0415  a second build needs none
    from PIL import Image  # noqa: PLC0415  a second build needs none

    coarse = np.random.default_rng(number).integers(0, 255, (30, 40, 3), np.uint8)
    picture = Image.fromarray(coarse).resize((4000, 3000), Image.Resampling.BICUBIC)
    picture.save(path, quality=92)


if __name__ == "__main__":
    main()
