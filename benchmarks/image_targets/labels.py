"""Count labels known by their address alone: found, and taken for others.

Asked of the twins' frames that show a short label: once of the label in view, once of the
one of its series that is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from assets_pipeline.image_targets.tracker import Tracker
from benchmarks.image_targets.drawings import CODE_EDGE_PX, CODE_FROM_PX, LABEL_PX
from benchmarks.image_targets.frames import Frame, FrameSet, Shown, round_corners
from benchmarks.image_targets.ours import WIDTH_M, corners_of
from benchmarks.image_targets.recipes import SHORT_ADDRESSES
from benchmarks.image_targets.rendering import picture_corners
from benchmarks.image_targets.scoring import HIT_PX, Share, error_px

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.image_targets.result_cache import Corners


def short_labels(chosen: Sequence[Frame]) -> list[Frame]:
    """Return the frames that show a short label instead of another."""
    return [frame for frame in chosen if set(frame.asked) & set(SHORT_ADDRESSES)]


def count_found(frames: FrameSet, chosen: Sequence[Frame]) -> Share:
    """Return in how many frames the label in view is found, within 5 px."""
    shown = [frame.shown[0] for frame in short_labels(chosen)]
    answers = [
        label_corners(frames, frame, frame.shown[0].name)
        for frame in short_labels(chosen)
    ]
    hits = sum(
        corners is not None and error_px(corners, code_corners(of)) <= HIT_PX
        for corners, of in zip(answers, shown, strict=True)
    )
    return Share(hits, len(answers))


def count_mistaken(frames: FrameSet, chosen: Sequence[Frame]) -> Share:
    """Return in how many frames the label in view is taken for the other."""
    answers = [
        label_corners(frames, frame, *frame.asked) for frame in short_labels(chosen)
    ]
    return Share(sum(corners is not None for corners in answers), len(answers))


def label_corners(frames: FrameSet, frame: Frame, name: str) -> Corners | None:
    """Return where a label's code is in a frame, quiet zone included."""
    tracker = Tracker()
    slot = tracker.add_label(SHORT_ADDRESSES[name], WIDTH_M)
    seen = tracker.find(frames.frame_grey(frame))
    return corners_of(seen[slot].corners) if slot in seen else None


def code_corners(shown: Shown) -> Corners:
    """Return the frame's corners of a label's code, quiet zone included."""
    width, height = LABEL_PX
    edges = picture_corners(CODE_EDGE_PX, CODE_EDGE_PX).astype(np.float64)
    code = edges + CODE_FROM_PX
    there = np.array(shown.corners, np.float32)
    homography = cv2.getPerspectiveTransform(picture_corners(width, height), there)
    return round_corners(cv2.perspectiveTransform(code[None], homography)[0])
