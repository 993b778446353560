"""Run our tracker on a set of frames: the WebAssembly that phones run, under wasmtime.

Every frame is looked at as if it were the first. There is no setting of a print's own.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from PIL import Image

from assets_pipeline.image_targets.pack_encoder import encode_pack
from assets_pipeline.image_targets.template import make_template
from assets_pipeline.image_targets.tracker import WASM_FOLDER, Tracker
from benchmarks.image_targets.frames import STILL
from benchmarks.image_targets.motions import FRAMES_A_SECOND
from benchmarks.image_targets.result_cache import Corners, TrackerResults

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from benchmarks.image_targets.frames import Frame, FrameSet

WIDTH_M = 1.0
"""Printed width of every print: poses are then in widths, as the bench's are."""


STILL_ALONE = 7
"""Frames of a still camera that are searched for their own print alone."""


def digest() -> str:
    """Return eight digits that change with the tracker's WebAssembly."""
    content = (WASM_FOLDER / "tracker.wasm").read_bytes()
    return hashlib.sha256(content).hexdigest()[:8]


def pack(frames: FrameSet, name: str) -> bytes:
    """Return a print as phones fetch it: compiled by the pipeline's own steps."""
    path = frames.folder / "prints" / f"{name}.png"
    with Image.open(path) as picture:
        return encode_pack(make_template(picture.convert("RGB")), WIDTH_M)


def run_ours(frames: FrameSet, chosen: Sequence[Frame]) -> TrackerResults:
    """Return our results on the chosen frames."""
    found: dict[str, dict[str, Corners]] = {}
    asked: dict[str, tuple[str, ...]] = {}
    groups: dict[tuple[str, ...], list[Frame]] = {}
    for frame in chosen:
        groups.setdefault(wanted_prints(frame, frames.names), []).append(frame)
    for names, group in groups.items():
        tracker, slots = tracker_of(frames, names)
        for frame in group:
            seen = tracker.find(frames.frame_grey(frame))
            asked[frame.file] = names
            found[frame.file] = {
                slots[slot]: corners_of(sighting.corners)
                for slot, sighting in seen.items()
            }
    return TrackerResults(found, asked)


def run_ours_on_sequences(frames: FrameSet, chosen: Sequence[Frame]) -> TrackerResults:
    """Return our results on sequences, tracked from their first frame."""
    found: dict[str, dict[str, Corners]] = {}
    for motion in dict.fromkeys(frame.bin for frame in chosen):
        sequence = [frame for frame in chosen if frame.bin == motion]
        tracker, slots = tracker_of(frames, sequence[0].asked)
        for frame in sequence:
            seen = tracker.track(
                frames.frame_grey(frame), frame.repeat / FRAMES_A_SECOND
            )
            found[frame.file] = {
                slots[slot]: corners_of(sighting.corners)
                for slot, sighting in seen.items()
            }
    return TrackerResults(found, {frame.file: frame.asked for frame in chosen})


def wanted_prints(frame: Frame, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the prints to look for: the frame's own, or all of the set.

    All in frames without a print, in every second repeat of a bin, and in the last of a still
    camera: 5,112 pairs over the bench tell what is taken for something else.
    """
    own = tuple(shown.name for shown in frame.shown)
    is_own = frame.repeat < (STILL_ALONE if frame.bin == STILL else 1)
    return frame.asked or (own if own and is_own else names)


def tracker_of(
    frames: FrameSet, names: tuple[str, ...]
) -> tuple[Tracker, dict[int, str]]:
    """Return a tracker that looks for some prints, and their names by slot."""
    tracker = Tracker()
    slots = {tracker.add_pack(pack(frames, name)): name for name in names}
    return tracker, slots


def corners_of(corners: NDArray[np.floating]) -> Corners:
    """Return corners as answers hold them."""
    return tuple((round(float(x), 4), round(float(y), 4)) for x, y in corners)
