"""Our tracker on a set of frames: the WebAssembly that phones run, under wasmtime.

Every frame is looked at as if it were the first, and all prints are looked for in it at
once, as at a stop that shows them all. There is no setting of a print's own.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import cv2
import numpy as np

from assets_pipeline.image_targets.tracker import WASM_FOLDER, Tracker
from benchmarks.image_targets.answers import Answers, Corners
from benchmarks.image_targets.frames import TWIN, Frame, FrameSet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

TEMPLATE_EDGE_PX = 512
WIDTH_M = 1.0


def digest() -> str:
    """Return eight digits that change with the tracker's WebAssembly."""
    content = (WASM_FOLDER / "tracker.wasm").read_bytes()
    return hashlib.sha256(content).hexdigest()[:8]


def template(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return a print as the tracker takes it."""
    scale = min(1.0, TEMPLATE_EDGE_PX / max(picture.shape))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return small.astype(np.uint8)


def answered(frames: FrameSet, chosen: Sequence[Frame]) -> Answers:
    """Look for all prints of a set in each of the chosen frames; in twins, for one."""
    together = [frame for frame in chosen if frame.bin != TWIN]
    found: dict[str, dict[str, Corners]] = {}
    asked: dict[str, tuple[str, ...]] = {}
    groups = [(frames.names, together)] if together else []
    alone = sorted({frame.asked for frame in chosen if frame.bin == TWIN})
    groups += [
        (names, [frame for frame in chosen if frame.asked == names]) for names in alone
    ]
    for names, group in groups:
        tracker = Tracker()
        slots = {
            tracker.add_template(template(frames.print_grey(name)), WIDTH_M): name
            for name in names
        }
        for frame in group:
            seen = tracker.find(frames.frame_grey(frame))
            asked[frame.file] = names
            found[frame.file] = {
                slots[slot]: corners_of(sighting.corners)
                for slot, sighting in seen.items()
            }
    return Answers(found, asked)


def corners_of(corners: NDArray[np.floating]) -> Corners:
    """Return corners as answers hold them."""
    return tuple((round(float(x), 4), round(float(y), 4)) for x, y in corners)
