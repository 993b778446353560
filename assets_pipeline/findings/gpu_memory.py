"""Findings about what a stop takes of a phone's graphics memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assets_pipeline.findings import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tours.bundle import Bundle
    from tours.diagnostics import Diagnostic
    from tours.model import ModelScene

MOST_BYTES: Final = 64_000_000
"""For what every phone is given: eleven textures of 1,024 pixels, with their mips.

A phone of 2019 with 2 or 3 GB gives a page a few hundred MB before it is closed, and the
camera's pictures, the drawing itself at three pixels a point and the decoding of textures
take most of them. Beside ``profiles``, and not in it: a build that finds all its work
done loads nothing of it.
"""
_FOR_LARGE_PHONES: Final = "high"


def findings(scene: ModelScene, bundle: Bundle) -> Iterator[Diagnostic]:
    """Give what is wrong with the graphics memory that a scene's model takes."""
    given = [lod.gpu_bytes for lod in bundle.lods if lod.name != _FOR_LARGE_PHONES]
    greatest = max(given, default=0)
    if greatest > MOST_BYTES:
        yield catalogue.OVER_GPU_MEMORY.at(
            scene.source.file.location,
            file=scene.source.file.path,
            megabytes=_megabytes(greatest),
            most=_megabytes(MOST_BYTES),
        )


def _megabytes(size_bytes: int) -> str:
    return f"{size_bytes / 1_000_000:.0f}"
