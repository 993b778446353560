"""Time the baking of a coloured scan into a phone's LOD, and measure its visual error.

For each file, prints wall and processor seconds step by step (reading, cleaning, baking
to a light surface with pictures, encoding), triangles before and after, bytes, the most
memory that the process held so far, and FLIP against the scan in the views of the check.
The aim for 394,000 triangles: 50,000 in 30 s of wall time on two cores, at FLIP 0.07.

Usage: ``python -m benchmarks.scan_baking [--occlusion | --no-occlusion] FILE...``; on an idle
machine. Hollows are darkened as a museum's build would, or as the option says.
"""

from __future__ import annotations

import resource
import sys
import time
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from assets_pipeline.baking import ambient_occlusion
from assets_pipeline.baking.lod_sources import LodLimits, LodSources
from assets_pipeline.gltf import measure
from assets_pipeline.gltf.orient import OrientOptions
from assets_pipeline.gltf.writer import write_glb
from assets_pipeline.lod.budgets import PHONE
from assets_pipeline.lod.rules import fit_to_budgets
from assets_pipeline.models.clean_model import clean_model, reduce_model
from assets_pipeline.readers.dispatch import read_document
from assets_pipeline.rendering import views
from assets_pipeline.rendering.visual_error import VisualErrorMeter
from assets_pipeline.resolver import Resolver
from assets_pipeline.tasks.task import Task

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assets_pipeline.baking.ambient_occlusion import (
        OcclusionOptions,
        Openness,
        SurfaceSamples,
    )
    from assets_pipeline.baking.ray_casting import RayCaster

KIB_A_GIB = 1 << 20


class Clock:
    """Times each step, and all of them."""

    def __init__(self) -> None:
        self.wall_s = self.processor_s = 0.0

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Time one step."""
        wall, processor = time.perf_counter(), time.process_time()
        yield
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
        self.wall_s += wall
        self.processor_s += processor
        print(f"  {step}: {wall:.1f} s, {processor:.1f} s of processor", flush=True)


def main() -> None:
    """Bake every file that is named."""
    said = {"--occlusion": True, "--no-occlusion": False}
    occlusion = next((said[word] for word in sys.argv if word in said), None)
    for name in sys.argv[1:]:
        if name not in said:
            _measured(Path(name), occlusion)


@contextmanager
def _hollows_timed() -> Iterator[None]:
    """Print how long light was asked for, within what is done."""
    asked = ambient_occlusion.sample_openness
    spent = 0.0

    def timed(
        surface: RayCaster,
        places: SurfaceSamples,
        options: OcclusionOptions | None = None,
    ) -> Openness:
        nonlocal spent
        began = time.perf_counter()
        found = asked(surface, places, options)
        spent += time.perf_counter() - began
        return found

    ambient_occlusion.sample_openness = timed
    yield
    ambient_occlusion.sample_openness = asked
    print(f"    of which rays for hollows: {spent:.1f} s", flush=True)


def _measured(path: Path, occlusion: bool | None) -> None:  # noqa: FBT001  # as written
    print(path.name, flush=True)
    clock = Clock()
    with clock.timed("reading"):
        document = read_document(
            PurePosixPath(path.name), OrientOptions(), Resolver(path.parent)
        )
    extents, triangles = (
        measure.compute_extents(document),
        measure.count_triangles(document),
    )
    with clock.timed("cleaning"):
        clean_model(document)
    source = write_glb(document)
    with clock.timed("finding what to bake"):
        detail = reduce_model(
            document, Task("model", "", path.name, occlusion=occlusion)
        )
    with clock.timed("baking"), _hollows_timed():
        most = LodLimits(PHONE.most_triangles, PHONE.edge_px, PHONE.packed_edge_px)
        light = LodSources(document, detail).document(most)
    with clock.timed("encoding"):
        level = fit_to_budgets(light, PHONE)
    with VisualErrorMeter(source, extents) as meter:
        error = meter.error(level.content, views.CHECK_RIG)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_A_GIB
    print(
        f"  {triangles} to {measure.count_triangles(level.document)} triangles,"
        f" {len(level.content)} bytes, FLIP {error:.4f},"
        f" {clock.wall_s:.1f} s, {clock.processor_s:.1f} s of processor,"
        f" at most {held:.2f} GiB",
        flush=True,
    )


if __name__ == "__main__":
    main()
