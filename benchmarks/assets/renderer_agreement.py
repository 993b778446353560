"""Compare how the visitors' renderer and the search's rank files.

    python -m benchmarks.assets.renderer_agreement MODELS

For every model, files of several plans are drawn twice: in Filament, by which the
search judges, and in Chromium by the client's own loader, renderer and light. Each
gives its own visual error; printed is how far their orders agree (Kendall's tau and
Spearman's rho, 1 where both have the same order).
"""

from __future__ import annotations

import argparse
import base64
import subprocess
import tempfile
from dataclasses import replace
from itertools import combinations
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.gltf import measure
from assets_pipeline.gltf.orient import OrientOptions
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.lod.budgets import PHONE
from assets_pipeline.lod.search import Search
from assets_pipeline.lod.settings import LodEncoder
from assets_pipeline.models.clean_model import clean_model, reduce_model
from assets_pipeline.readers.dispatch import read_document
from assets_pipeline.rendering import flip, views
from assets_pipeline.rendering.visual_error import VisualErrorMeter
from assets_pipeline.resolver import Resolver
from assets_pipeline.tasks.task import Task
from assets_pipeline.transforms.compress_textures import TextureSetting
from benchmarks.image_targets.chromium import page_with

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from assets_pipeline.lod.settings import LodSettings
    from assets_pipeline.rendering.views import RenderedView

ROOT: Final = Path(__file__).parents[2]
SUFFIXES: Final = {".glb", ".gltf", ".obj", ".stl"}
PARTS: Final = (1.0, 0.7, 0.4, 0.2)
NORMAL_BITS: Final = (10, 8, 7)
QUALITIES: Final = (92, 60, 25)
SHRINKS: Final = (1, 2, 4)
GREY: Final = 118.0
SOLID: Final = 128
"""Of 255: what is clearer is the model's shadow on the ground."""


def main() -> None:
    """Print the agreement on every model of a folder, and the mean."""
    options = _arguments()
    paths = sorted(p for p in options.models.iterdir() if p.suffix.lower() in SUFFIXES)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bundle = ROOT / "benchmarks" / "assets" / "bundle.mjs"
        subprocess.run(["node", bundle, folder / "scene.js"], check=True)
        with page_with("made/scene.js", {"made": folder}) as page:
            found = [_agreement(path, options.plans, folder, page) for path in paths]
    taus, rhos = zip(*found, strict=True)
    print(f"mean: tau {np.mean(taus):.2f}, rho {np.mean(rhos):.2f}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", type=Path)
    parser.add_argument("--plans", type=int, default=10)
    return parser.parse_args()


def _agreement(path: Path, count: int, folder: Path, page: Page) -> tuple[float, float]:
    """Print how far both renderers agree on one model, and return tau and rho."""
    options = OrientOptions()
    document = read_document(PurePosixPath(path.name), options, Resolver(path.parent))
    extents = measure.compute_extents(document)
    clean_model(document)
    source = write_glb(document)
    reduce_model(document, Task("model", "", path.name))
    encoder = LodEncoder(document, PHONE)
    ours: list[float] = []
    theirs: list[float] = []
    page.evaluate("forget()")
    reference = _drawn(source, folder, page)
    with VisualErrorMeter(source, extents) as meter:
        for plan in _plans(Search.finest_of(encoder), count):
            glb = encoder.encode(plan).content
            ours.append(meter.error(glb, views.SEARCH_RIG))
            theirs.append(_error(reference, _drawn(glb, folder, page)))
    tau, rho = kendall(ours, theirs), spearman(ours, theirs)
    pairs = ", ".join(f"{a:.4f}/{b:.4f}" for a, b in zip(ours, theirs, strict=True))
    print(f"{path.name}: tau {tau:.2f}, rho {rho:.2f}, errors {pairs}", flush=True)
    return tau, rho


def _plans(finest: LodSettings, count: int) -> list[LodSettings]:
    """Return plans that err in many ways, the same every time."""
    numbers = np.random.default_rng(5)

    def texture(setting: TextureSetting) -> TextureSetting:
        edge_px = max(1, setting.edge_px // int(numbers.choice(SHRINKS)))
        return TextureSetting(edge_px, int(numbers.choice(QUALITIES)))

    return [
        replace(
            finest,
            triangles=max(1, round(finest.triangles * numbers.choice(PARTS))),
            normal_bits=int(numbers.choice(NORMAL_BITS)),
            color=texture(finest.color),
            normal=texture(finest.normal),
            packed=texture(finest.packed),
        )
        for _ in range(count)
    ]


def _drawn(glb: bytes, folder: Path, page: Page) -> list[RenderedView]:
    """Return what the client shows of a file, from the sides that the search sees."""
    (folder / "shown.glb").write_bytes(glb)
    page.evaluate("show('/made/shown.glb')")
    taken = []
    for towards in views.SEARCH_RIG.towards:
        rows = base64.b64decode(page.evaluate("t => pixels(t)", list(towards)))
        edge = int((len(rows) // 4) ** 0.5)
        drawn = np.frombuffer(rows, np.uint8).reshape(edge, edge, 4)[::-1]
        mask = drawn[..., 3] >= SOLID
        pixels = np.where(mask[..., None], drawn[..., :3], GREY).astype(np.uint8)
        taken.append(views.RenderedView(pixels, mask))
    return taken


def _error(reference: list[RenderedView], taken: list[RenderedView]) -> float:
    errors = []
    for one, other in zip(reference, taken, strict=True):
        either = one.mask | other.mask
        apart = flip.error_map(
            flip.filter_image(one.pixels), flip.filter_image(other.pixels)
        )
        errors.append(apart[either].mean())
    return float(np.mean(errors))


def kendall(one: list[float], other: list[float]) -> float:
    """Return the share of pairs in the same order, less that of the others."""
    signs = [
        np.sign(one[i] - one[j]) * np.sign(other[i] - other[j])
        for i, j in combinations(range(len(one)), 2)
    ]
    return float(np.mean(signs))


def spearman(one: list[float], other: list[float]) -> float:
    """Return the correlation of ranks."""
    ranks = [np.argsort(np.argsort(values)) for values in (one, other)]
    return float(np.corrcoef(ranks)[0, 1])


if __name__ == "__main__":
    main()
