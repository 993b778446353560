"""Trace a model's silhouette, from the side that shows most of it, as an SVG path.

Pages set it beside a person or a hand, all to one scale. The side is the one that looks
along the shorter of the two horizontal axes: what is long is seen in its length.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.gltf.rest_pose import posed_primitives
from tours.bundle import Outline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assets_pipeline.arrays import BoolArray, Float64Array, Int64Array
    from assets_pipeline.gltf.document import Document
    from tours.bundle import Extents


_EDGE_PX: Final = 360
"""Longer side of the mask that is traced: about twice what a page shows."""
MOST_SIGNS: Final = 2000
"""Length of a path: some 900 bytes of the 14,000 that a page may weigh."""
_TOLERANCE_PX: Final = 0.8
"""A line may miss the mask's edge by this much; above 0.71, staircases are gone."""
_LEAST_AREA_PX: Final = 8.0
"""Smaller islands and holes are left out."""
_COARSER: Final = 1.25
_TRIES: Final = 12


def trace_outline(document: Document, extents: Extents) -> Outline | None:
    """Return the silhouette of a document at rest.

    Parameters
    ----------
    document
        With triangles; +Y up.
    extents
        Its box, metres.

    Returns
    -------
    Outline or None
        None of what has no height or no breadth to draw: a sheet lying flat, seen from
        its edge.
    """
    width_m, height_m, depth_m = extents.size_m
    side = 0 if width_m >= depth_m else 2
    breadth_m = (width_m, depth_m)[side // 2]
    scale = _EDGE_PX / max(breadth_m, height_m)
    width, height = round(breadth_m * scale), round(height_m * scale)
    if not width or not height:
        return None
    least = np.array([extents.least[side], extents.greatest[1]])
    towards = np.array([scale, -scale])
    if side:  # seen from +x, the front (+z) lies to the left
        least[0], towards[0] = extents.greatest[side], -scale
    loops = _loops(_closed(_mask(document, side, least, towards, (width, height))))
    return Outline(_path(loops), width, height)


def _mask(
    document: Document,
    side: int,
    corner: Float64Array,
    scale: Float64Array,
    size: tuple[int, int],
) -> BoolArray:
    """Return (height, width): where any triangle is seen, edges included.

    `corner` is what lies at the upper left, metres; `scale` is in pixels a metre.
    """
    from PIL import Image, ImageDraw  # noqa: PLC0415  # 90 ms

    picture = Image.new("1", size)
    pen = ImageDraw.Draw(picture)
    for primitive in posed_primitives(document):
        seen = (primitive.positions[:, (side, 1)].astype(np.float64) - corner) * scale
        for triangle in (seen - 0.5)[primitive.triangles].reshape(-1, 6).tolist():
            pen.polygon(triangle, fill=1)
    return np.asarray(picture, dtype=np.bool_)


def _closed(mask: BoolArray) -> BoolArray:
    """Return a mask whose gaps of a pixel or two are filled (a closing, 3 by 3)."""
    padded = np.pad(mask, 2)
    return ~_grown(~_grown(padded))[1:-1, 1:-1]


def _grown(mask: BoolArray) -> BoolArray:
    tall = mask.copy()
    tall[1:] |= mask[:-1]
    tall[:-1] |= mask[1:]
    wide = tall.copy()
    wide[:, 1:] |= tall[:, :-1]
    wide[:, :-1] |= tall[:, 1:]
    return wide


def _loops(mask: BoolArray) -> list[Int64Array]:
    """Return the borders of a mask with an empty rim of a pixel, as closed loops.

    Borders run along pixels' edges, a pixel a step. Where two pixels touch by a corner
    either way of going on encloses the same pixels under the even-odd rule.
    """
    upright = np.argwhere(mask[:, 1:] != mask[:, :-1]).tolist()
    level = np.argwhere(mask[1:] != mask[:-1]).tolist()
    ends = [((x, y - 1), (x, y)) for y, x in upright]
    ends += [((x - 1, y), (x, y)) for y, x in level]
    beside: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for one, other in ends:
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    found = []
    for start, untrodden in beside.items():
        while untrodden:
            found.append(np.array(list(_walk(start, beside)), np.int64))
    return found


def _walk(
    start: tuple[int, int], beside: dict[tuple[int, int], list[tuple[int, int]]]
) -> Iterator[tuple[int, int]]:
    """Give the points of one loop, and take its edges away."""
    here = start
    while True:
        yield here
        after = beside[here].pop()
        beside[after].remove(here)
        here = after
        if here == start:
            return


def _path(loops: list[Int64Array]) -> str:
    """Return loops as SVG path data, to be filled by the even-odd rule.

    As finely as `MOST_SIGNS` allow: small loops go first, then corners.
    """
    path, tolerance_px, least_px = "", _TOLERANCE_PX, _LEAST_AREA_PX
    for _ in range(_TRIES):
        kept = [loop for loop in loops if _area(loop) >= least_px]
        path = "".join(_written(_simplified(loop, tolerance_px)) for loop in kept)
        if len(path) <= MOST_SIGNS:
            break
        tolerance_px, least_px = tolerance_px * _COARSER, least_px * _COARSER**2
    return path


def _area(loop: Int64Array) -> float:
    x, y = loop.T
    return abs(float(x @ np.roll(y, 1) - y @ np.roll(x, 1))) / 2


def _simplified(loop: Int64Array, tolerance_px: float) -> Int64Array:
    """Return the corners that matter of a closed loop (Douglas and Peucker, 1973)."""
    away = np.hypot(*(loop - loop[0]).T)
    far = int(away.argmax())
    line = np.concatenate([loop, loop[:1]])
    kept = np.zeros(len(line), np.bool_)
    kept[[0, far]] = True
    spans = [(0, far), (far, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:  # noqa: PLR2004  # nothing between
            continue
        along = (line[last] - line[first]).astype(np.float64)
        between = line[first + 1 : last] - line[first]
        long = float(np.hypot(*along))
        gaps = np.abs(between @ np.array([-along[1], along[0]])) / max(long, 1e-9)
        worst = int(gaps.argmax())
        if gaps[worst] > tolerance_px:
            middle = first + 1 + worst
            kept[middle] = True
            spans += [(first, middle), (middle, last)]
    return line[kept]


def _written(loop: Int64Array) -> str:
    """Return a loop's path: from its first point by relative steps, and closed."""
    x, y = loop[0]
    steps = " ".join(f"{dx} {dy}" for dx, dy in np.diff(loop, axis=0))
    return f"M{x} {y}l{steps}z".replace(" -", "-")
