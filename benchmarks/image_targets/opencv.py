"""Run the OpenCV peer: ORB-2000 matched by ratio, then Lucas-Kanade refinement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.image_targets.rendering import picture_corners
from benchmarks.image_targets.result_cache import Corners, TrackerResults

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.image_targets.camera import FloatArray
    from benchmarks.image_targets.frames import Frame, FrameSet

NAME = "ORB-2000 + LK"
FEATURES = 2000
EDGE_PX = 512
SAME_PLACE_PX = 4
RATIO = 0.8
Grey = NDArray[np.uint8]


@dataclass(frozen=True)
class Target:
    """A print with its features, at three sizes."""

    grey: Grey
    places: NDArray[np.float32]
    """(n, 2), px of `grey`."""
    descriptors: NDArray[np.uint8]
    corners: NDArray[np.float32]
    """(m, 2): the corners that Lucas-Kanade follows."""

    @property
    def size_bytes(self) -> int:
        """Descriptors and places, as they would be sent."""
        return self.descriptors.nbytes + 4 * len(self.places)


def orb() -> cv2.ORB:
    """Return the detector, for prints and for frames."""
    return cv2.ORB.create(FEATURES, 1.2, 8, fastThreshold=12)


def target(picture: Grey) -> Target:
    """Return a print as this peer knows it."""
    grey = downscale(picture, EDGE_PX / max(picture.shape))
    places, descriptors = [], []
    for scale in (1.0, 0.5, 0.25):
        # Blurred a little, as a camera would.
        view = cv2.GaussianBlur(downscale(grey, scale), (0, 0), 0.6)
        keypoints, described = orb().detectAndCompute(view, None)
        if len(keypoints):
            there = np.array([keypoint.pt for keypoint in keypoints])
            places.append((there + 0.5) / scale - 0.5)
            descriptors.append(described)
    corners = cv2.goodFeaturesToTrack(grey, 200, 0.01, 8)
    known = np.concatenate(places).astype(np.float32)
    followed = known if corners is None else corners[:, 0]
    return Target(grey, known, np.concatenate(descriptors), followed)


def downscale(picture: Grey, scale: float) -> Grey:
    """Return a smaller picture, averaged."""
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return small.astype(np.uint8)


def run_opencv(frames: FrameSet, chosen: Sequence[Frame]) -> TrackerResults:
    """Look for each frame's own prints, for all of them where it shows none."""
    targets = {name: target(frames.print_grey(name)) for name in frames.names}
    matcher = cv2.BFMatcher(cv2.NORM_HAMMING)
    detector = orb()
    found: dict[str, dict[str, Corners]] = {}
    asked: dict[str, tuple[str, ...]] = {}
    for frame in chosen:
        grey = frames.frame_grey(frame)
        keypoints, descriptors = detector.detectAndCompute(grey, None)
        seen = np.array([keypoint.pt for keypoint in keypoints], np.float32)
        own = tuple(shown.name for shown in frame.shown)
        names = frame.asked or own or frames.names
        places = {
            name: locate(matcher, targets[name], grey, seen, descriptors)
            for name in names
        }
        asked[frame.file] = names
        found[frame.file] = {
            name: corners for name, corners in places.items() if corners
        }
    return TrackerResults(found, asked)


def locate(
    matcher: cv2.BFMatcher,
    wanted: Target,
    grey: Grey,
    seen: NDArray[np.float32],
    descriptors: NDArray[np.uint8],
) -> Corners | None:
    """Return where a print's corners are in a frame."""
    if len(seen) < 8:
        return None
    pairs = [
        (matches[0].queryIdx, matches[0].trainIdx)
        for matches in matcher.knnMatch(descriptors, wanted.descriptors, k=2)
        if is_distinct(wanted, matches)
    ]
    if len(pairs) < 8:
        return None
    in_frame, in_print = np.array(pairs).T
    estimate, inliers = cv2.findHomography(
        wanted.places[in_print], seen[in_frame], cv2.USAC_MAGSAC, 3.0, None, 3000, 0.999
    )
    if estimate is None or inliers.sum() < 10:
        return None
    first = corners_through(wanted, estimate)
    if not is_outline(first):
        return None
    refined = corners_through(wanted, refine(wanted, grey, estimate))
    best = refined if is_outline(refined) else first
    return tuple((float(x), float(y)) for x, y in best)


def is_distinct(wanted: Target, matches: Sequence[cv2.DMatch]) -> bool:
    """Return whether the best match beats the second, or is the same place of the print."""
    if len(matches) < 2:
        return bool(matches)
    best, second = matches[:2]
    away = wanted.places[best.trainIdx] - wanted.places[second.trainIdx]
    is_same_place = bool(np.hypot(*away) < SAME_PLACE_PX)
    return is_same_place or best.distance < RATIO * second.distance


def refine(wanted: Target, grey: Grey, estimate: FloatArray) -> FloatArray:
    """Refine an estimate: the print warped by it, tracked into the frame, fitted; twice."""
    height, width = grey.shape
    for _ in range(2):
        warped = cv2.warpPerspective(
            wanted.grey, estimate, (width, height), flags=cv2.INTER_AREA
        )
        source = wanted.corners[None].astype(np.float64)
        start = cv2.perspectiveTransform(source, estimate)[0].astype(np.float32)
        inside = ((start > 8) & (start < (width - 8, height - 8))).all(1)
        if inside.sum() < 12:
            return estimate
        end, status, _ = cv2.calcOpticalFlowPyrLK(
            warped, grey, start[inside][:, None], None, winSize=(15, 15), maxLevel=2
        )
        kept = status[:, 0] > 0
        if kept.sum() < 12:
            return estimate
        places = wanted.corners[inside][kept]
        better, inliers = cv2.findHomography(
            places, end[:, 0][kept], cv2.USAC_MAGSAC, 2.0, None, 500, 0.995
        )
        if better is None or inliers.sum() < 12:
            return estimate
        estimate = better
    return estimate


def corners_through(wanted: Target, homography: FloatArray) -> FloatArray:
    """Return (4, 2) the print's corners in the frame."""
    height, width = wanted.grey.shape
    corners = picture_corners(width, height)[None].astype(np.float64)
    return cv2.perspectiveTransform(corners, homography)[0]


def is_outline(corners: FloatArray) -> bool:
    """Return whether four corners are convex, face us, and are of a likely size."""
    if not np.isfinite(corners).all():
        return False
    side = np.roll(corners, -1, 0) - corners
    after = np.roll(side, -1, 0)
    turns = side[:, 0] * after[:, 1] - side[:, 1] * after[:, 0]
    area = cv2.contourArea(corners.astype(np.float32))
    is_likely = 600 < area < 640 * 480 * 1.5 and np.abs(corners).max() < 1600
    return bool((turns > 0).all() and is_likely)
