"""Compare LODs by rule with and without rebaked textures.

For each file and each level that would lose over half of the triangles: FLIP against the
source in the views of the check, bytes, seconds, and the most memory that the process
held so far; made from the document as it is, then from its light surface painted anew.

Usage: ``python -m benchmarks.texture_rebaking FILE...``; `benchmarks.make_photogrammetry_export` makes some.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path, PurePosixPath

from assets_pipeline.baking.lod_sources import LodLimits, LodSources
from assets_pipeline.gltf import measure
from assets_pipeline.gltf.orient import OrientOptions
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.lod.budgets import PROFILES, Profile
from assets_pipeline.lod.rules import fit_to_budgets
from assets_pipeline.models.clean_model import clean_model, reduce_model
from assets_pipeline.readers.dispatch import read_document
from assets_pipeline.rendering import views
from assets_pipeline.rendering.visual_error import VisualErrorMeter
from assets_pipeline.resolver import Resolver
from assets_pipeline.tasks.task import Task

KIB_A_GIB = 1 << 20


def main() -> None:
    """Compare both ways for every file that is named."""
    for name in sys.argv[1:]:
        _measured(Path(name))


def _measured(path: Path) -> None:
    began = time.perf_counter()
    document = read_document(
        PurePosixPath(path.name), OrientOptions(), Resolver(path.parent)
    )
    extents, triangles = (
        measure.compute_extents(document),
        measure.count_triangles(document),
    )
    clean_model(document)
    source = write_glb(document)
    starts = LodSources(document, reduce_model(document, Task("model", "", path.name)))
    read_s = time.perf_counter() - began
    print(f"{path.name}: {triangles} triangles, read in {read_s:.1f} s", flush=True)
    for profile in PROFILES:
        if triangles > 2 * profile.most_triangles:
            _compared(starts, profile, VisualErrorMeter(source, extents))


def _compared(starts: LodSources, profile: Profile, meter: VisualErrorMeter) -> None:
    most = LodLimits(profile.most_triangles, profile.edge_px, profile.packed_edge_px)
    with meter:
        for rebakes in (False, True):
            began = time.perf_counter()
            document = starts.document(most, rebakes=rebakes)
            level = fit_to_budgets(document, profile)
            spent_s = time.perf_counter() - began
            error = meter.error(level.content, views.CHECK_RIG)
            held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_A_GIB
            way = "painted anew" if rebakes else "as it is"
            print(
                f"  {profile.name} {way}: FLIP {error:.4f}, {len(level.content)} bytes,"
                f" {measure.count_triangles(level.document)} triangles,"
                f" {measure.count_draw_calls(level.document)} draw calls,"
                f" {spent_s:.1f} s, at most {held:.2f} GiB",
                flush=True,
            )


if __name__ == "__main__":
    main()
