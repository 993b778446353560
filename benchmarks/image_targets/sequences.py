"""Render handheld sequences at 30 frames a second with known poses, and score them."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from benchmarks.image_targets.bins import Conditions
from benchmarks.image_targets.camera import Camera, FloatArray, Pose
from benchmarks.image_targets.degradations import apply_sensor, convolve, streak_towards
from benchmarks.image_targets.frames import (
    CACHE,
    Frame,
    FrameSet,
    Shown,
    load,
    round_corners,
    sources_digest,
)
from benchmarks.image_targets.motions import (
    FRAMES,
    FRAMES_A_SECOND,
    MOTIONS,
    Hand,
    Moment,
    Motion,
    hand,
    pose_at,
)
from benchmarks.image_targets.pictures import Wall, resized
from benchmarks.image_targets.rendering import Picture, View, paste_print
from benchmarks.image_targets.scoring import HIT_PX, WRONG_PX, error_px
from benchmarks.image_targets.seeds import generator

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from benchmarks.image_targets.recipes import Recipe
    from benchmarks.image_targets.result_cache import TrackerResults

WALL_WIDTHS = 4
"""The wall is a picture on the print's own plane, so many prints wide."""
WALL_PX = (1600, 1200)
SHUTTER_SHARE = 0.5
"""Of a frame's time: how long the sensor exposes, hence how long its streaks are."""
VISIBLE_SHARE = 0.6
"""Of the print's area in the frame: below it, nobody expects it to be held."""
SIGHT = Conditions(0, 0, 0, noise_levels=3.0, jpeg_quality=92)


def sequence_set(recipe: Recipe, cache: Path = CACHE) -> FrameSet:
    """Return the sequences of a recipe's prints, rendered now if no run has yet."""
    folder = cache / f"{recipe.name}-sequences-{sources_digest('motions', 'sequences')}"
    if not (folder / "frames.json").is_file():
        render_sequences(recipe, folder)
    return load(folder)


def render_sequences(recipe: Recipe, folder: Path) -> None:
    """Render each motion before one print, each print in turn."""
    if folder.exists():
        shutil.rmtree(folder)
    (folder / "prints").mkdir(parents=True)
    (folder / "frames").mkdir()
    names = list(recipe.prints)
    chosen = {name: names[at % len(names)] for at, name in enumerate(MOTIONS)}
    rows = []
    for motion, name in chosen.items():
        picture = resized(recipe.prints[name]())
        cv2.imwrite(str(folder / "prints" / f"{name}.png"), picture)
        for frame, pixels in sequence(recipe, motion, name, picture):
            path = str(folder / "frames" / frame.file)
            cv2.imwrite(path, pixels, [cv2.IMWRITE_JPEG_QUALITY, SIGHT.jpeg_quality])
            rows.append(asdict(frame))
    answer = {"prints": list(chosen.values()), "seed": recipe.seed, "frames": rows}
    (folder / "frames.json").write_text(json.dumps(answer))


def sequence(
    recipe: Recipe, motion: str, name: str, picture: Picture
) -> Iterator[tuple[Frame, NDArray[np.uint8]]]:
    """Draw one sequence: the print on its wall, moved, blurred, sensed."""
    random = generator(recipe.seed, "sequence", motion, name)
    camera = Camera()
    by = hand(random)
    wall = Wall(recipe.backdrops, *WALL_PX)(random)
    before = middle_of(MOTIONS[motion], by, -1, camera)
    for at in range(FRAMES):
        moment = MOTIONS[motion](at / FRAMES)
        view = View(camera, pose_at(moment, by, at / FRAMES_A_SECOND, camera))
        plaster = np.full((camera.height_px, camera.width_px, 3), 128, np.uint8)
        onto, _, _ = paste_print(plaster, wall, wall_view(view))
        sharp, _, corners = paste_print(onto, picture, view)
        if moment.visitor is not None:
            sharp = draw_visitor(sharp, moment.visitor)
        middle = middle_of(MOTIONS[motion], by, at, camera)
        lit = blur(sharp, middle - before) * np.float32(moment.exposure_ratio)
        before = middle
        noise = generator(recipe.seed, "sequence", motion, name, at)
        file = f"{motion}_{name}_{at:03d}.jpg"
        size = camera.width_px, camera.height_px
        shown = (Shown(name, round_corners(corners)),)
        frame = Frame(file, motion, at, *size, camera.focal_px, shown, (name,))
        yield frame, apply_sensor(noise, lit, SIGHT)


def wall_view(view: View) -> View:
    """Return the wall's view: the print's pose, in widths of the wall."""
    pose = view.pose
    return View(view.camera, Pose(pose.rotation, pose.translation / WALL_WIDTHS))


def middle_of(motion: Motion, by: Hand, at: int, camera: Camera) -> FloatArray:
    """Return where the print's middle is in a frame, px."""
    moment: Moment = motion(max(at, 0) / FRAMES)
    pose = pose_at(moment, by, at / FRAMES_A_SECOND, camera)
    x, y, z = pose.translation
    return np.array([x, y]) / z * camera.focal_px + camera.centre_px


def blur(frame: NDArray[np.float32], step: FloatArray) -> NDArray[np.float32]:
    """Blur a frame by what the camera moves while it exposes."""
    length = float(np.hypot(*step)) * SHUTTER_SHARE
    if length < 1:
        return frame
    return convolve(frame, streak_towards(float(np.arctan2(step[1], step[0])), length))


def draw_visitor(frame: NDArray[np.float32], middle: float) -> NDArray[np.float32]:
    """Draw a visitor before the wall: a dark coat, a fifth of the frame wide."""
    height, width = frame.shape[:2]
    out = frame.copy()
    x = round(middle * width)
    coat, skin = (52.0, 46.0, 60.0), (120.0, 150.0, 190.0)
    cv2.rectangle(
        out, (x - width // 10, height // 5), (x + width // 10, height), coat, -1
    )
    cv2.circle(out, (x, height // 8), height // 10, skin, -1, cv2.LINE_AA)
    return out


def visible_share(shown: Shown, frame: Frame) -> float:
    """Return how much of a print's area is in the frame."""
    corners = np.array(shown.corners, np.float32)
    area = cv2.contourArea(corners)
    right, bottom = frame.width_px - 0.5, frame.height_px - 0.5
    edges = np.array(
        [[-0.5, -0.5], [right, -0.5], [right, bottom], [-0.5, bottom]], np.float32
    )
    inside, _ = cv2.intersectConvexConvex(corners, edges)
    return float(inside / area) if area else 0.0


@dataclass(frozen=True)
class SequenceResult:
    """How well one sequence was tracked."""

    motion: str
    frames: int
    """In which the print is to be seen."""
    hits: int
    wrong: int
    """Frames, of all, that put it more than 20 px away from where it is."""
    first_lock_frames: int
    """From the first frame to the first hit; -1 never."""
    jitter_px: float
    """Root mean square of the error's change from frame to frame, over root two."""
    recovery_frames: int
    """From when it is to be seen again to the next hit; -1 never, 0 also if it never left."""
    median_px: float


def score_sequences(
    frames: Sequence[Frame], answers: TrackerResults
) -> list[SequenceResult]:
    """Return how well each sequence was tracked."""
    motions = dict.fromkeys(frame.bin for frame in frames)
    return [
        score_sequence(
            motion, [frame for frame in frames if frame.bin == motion], answers
        )
        for motion in motions
    ]


def score_sequence(
    motion: str, frames: Sequence[Frame], answers: TrackerResults
) -> SequenceResult:
    """Return how well one sequence was tracked."""
    errors = errors_px(frames, answers)
    is_visible = [
        visible_share(frame.shown[0], frame) >= VISIBLE_SHARE for frame in frames
    ]
    is_hit = [error <= HIT_PX for error in errors]
    seen = [hit for hit, visible in zip(is_hit, is_visible, strict=True) if visible]
    hit_errors = [error for error in errors if error <= HIT_PX]
    return SequenceResult(
        motion,
        sum(is_visible),
        sum(seen),
        sum(WRONG_PX < error < np.inf for error in errors),
        is_hit.index(True) if True in is_hit else -1,
        jitter_px(frames, answers),
        recovery(is_visible, is_hit),
        float(np.median(hit_errors)) if hit_errors else float("nan"),
    )


def errors_px(frames: Sequence[Frame], answers: TrackerResults) -> list[float]:
    """Return each frame's corner error; infinite where nothing was found."""
    found = [answers.found[frame.file].get(frame.shown[0].name) for frame in frames]
    return [
        error_px(corners, frame.shown[0].corners) if corners else float("inf")
        for corners, frame in zip(found, frames, strict=True)
    ]


def jitter_px(frames: Sequence[Frame], answers: TrackerResults) -> float:
    """Return how much the error changes from one frame to the next, both being hits."""
    steps = []
    last = None
    for frame in frames:
        (shown,) = frame.shown
        corners = answers.found[frame.file].get(shown.name)
        error = None
        if corners and error_px(corners, shown.corners) <= HIT_PX:
            error = np.array(corners) - np.array(shown.corners)
            if last is not None:
                steps.append(((error - last) ** 2).sum(-1).mean() / 2)
        last = error
    return float(np.sqrt(np.mean(steps))) if steps else float("nan")


def recovery(is_visible: Sequence[bool], is_hit: Sequence[bool]) -> int:
    """Return the longest wait for a hit after the print came back into the frame."""
    longest = 0
    for at in range(1, len(is_visible)):
        if is_visible[at] and not is_visible[at - 1]:
            if True not in is_hit[at:]:
                return -1
            longest = max(longest, is_hit[at:].index(True))
    return longest
