"""A film of a print goes through the tracker as a phone's own would."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assets_pipeline.image_targets.tracker import Tracker
from benchmarks.image_targets.replay import (
    GreyArray,
    NotAFilmError,
    Step,
    frames_of,
    read_y4m,
    summarize,
    track_frames,
)

if TYPE_CHECKING:
    from pathlib import Path


def film(frames: list[GreyArray]) -> bytes:
    """Return a grey YUV4MPEG2 film."""
    height, width = frames[0].shape
    head = f"YUV4MPEG2 W{width} H{height} F30:1 Ip A1:1 Cmono\n".encode()
    return head + b"".join(b"FRAME\n" + frame.tobytes() for frame in frames)


def pavement(seed: int = 3) -> GreyArray:
    """Return a (240, 320) picture of many corners, all different."""
    draws = np.random.default_rng(seed)
    picture = np.full((240, 320), 230, np.uint8)
    for _ in range(140):
        x, y = draws.integers(0, 300), draws.integers(0, 220)
        w, h = draws.integers(6, 60, 2)
        picture[y : y + h, x : x + w] = draws.integers(0, 256)
    return picture


def placed(print_: GreyArray, left: int, top: int = 120) -> GreyArray:
    """Return a (480, 640) frame with the print in it."""
    frame = np.full((480, 640), 128, np.uint8)
    frame[top : top + print_.shape[0], left : left + print_.shape[1]] = print_
    return frame


def test_frames_come_out_as_they_went_in() -> None:
    frames = [placed(pavement(), left) for left in (100, 140)]

    back = list(read_y4m(film(frames)))

    assert len(back) == 2
    assert all((a == b).all() for a, b in zip(back, frames, strict=True))


def test_a_film_cut_within_a_frame_is_told() -> None:
    with pytest.raises(NotAFilmError, match="within a frame"):
        list(read_y4m(film([placed(pavement(), 100)])[:-1]))


def test_another_format_is_told() -> None:
    with pytest.raises(NotAFilmError, match="not a grey"):
        list(read_y4m(b"RIFF\n"))


def test_a_print_that_passes_is_held_lost_and_found() -> None:
    """Held on three frames, gone for three, held again."""
    print_ = pavement()
    tracker = Tracker()
    slot = tracker.add_template(print_, 0.3)
    empty = np.full((480, 640), 128, np.uint8)
    frames = [placed(print_, left) for left in (150, 152, 154)]

    steps = list(
        track_frames(iter([*frames, empty, empty, empty, *frames]), tracker, slot)
    )
    told = summarize(steps)

    assert (told.frames, told.first_s, told.losses) == (9, 0.0, 1)
    assert told.held >= 5


def test_a_steady_walk_has_no_jitter() -> None:
    """Two pixels a frame, exactly: nothing is left of it in second differences."""
    print_ = pavement()
    tracker = Tracker()
    slot = tracker.add_template(print_, 0.3)
    frames = (placed(print_, 150 + 2 * step) for step in range(8))

    told = summarize(list(track_frames(frames, tracker, slot)))

    assert told.held == 8
    assert told.jitter_px is not None
    assert told.jitter_px < 0.1


def test_nothing_held_has_no_figures() -> None:
    told = summarize([Step(0.0, None, 1.0)])

    assert (told.held, told.first_s, told.jitter_px) == (0, None, None)


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not here")
def test_a_recording_becomes_frames_of_a_page(tmp_path: Path) -> None:
    """1280 x 720 becomes 640 x 360, a second of it thirty frames."""
    recording = tmp_path / "ecomusee-camera.mp4"
    subprocess.run(
        [
            *("ffmpeg", "-loglevel", "error", "-f", "lavfi"),
            *("-i", "testsrc2=s=1280x720:r=30:d=1", "-pix_fmt", "yuv420p"),
            str(recording),
        ],
        check=True,
    )

    frames = list(frames_of(recording))

    assert len(frames) == 30
    assert frames[0].shape == (360, 640)
