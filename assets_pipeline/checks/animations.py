"""Check whether visitors see a model's animations."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from assets_pipeline.findings import animations
from assets_pipeline.gltf.animation import duration_s
from assets_pipeline.tasks.result import Note
from assets_pipeline.usdz.sampled_animation import LONGEST_S, find_played_animation
from assets_pipeline.usdz.writer import MOST_BYTES

if TYPE_CHECKING:
    from assets_pipeline.gltf.document import Document
    from assets_pipeline.usdz.writer import Package


def check_animations(path: str, document: Document, package: Package) -> list[Note]:
    """Return notes on a model whose animation some visitors, or all, do not see.

    Parameters
    ----------
    path
        Of the museum's file.
    document
        What its levels of detail are made of.
    package
        Its USDZ.
    """
    if package.left_out_bytes:
        told = {
            "file": path,
            "megabytes": f"{math.ceil(package.left_out_bytes / 1e6)}",
            "most": f"{MOST_BYTES / 1e6:.0f}",
        }
        return [Note(animations.STILL_ON_IPHONES.code, told)]
    longest_s = max(map(duration_s, document.animations), default=0.0)
    if longest_s <= LONGEST_S or find_played_animation(document) is not None:
        return []
    minutes = {"minutes": f"{longest_s / 60:.0f}", "most": f"{LONGEST_S // 60}"}
    return [Note(animations.TOO_LONG.code, {"file": path, **minutes})]
