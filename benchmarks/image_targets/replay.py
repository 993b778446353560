"""Replay a phone's recording through the tracker (of a museum's /check/ page).

    python -m benchmarks.image_targets.replay FILE PICTURE --width 0.30 [--frames]

FILE is the recording, PICTURE the print that was in view, --width its printed width in
metres. Frames are made as pages make them, at most 640 px wide and grey. Prints in how
many of them the print was held, when first, how often it was lost, how still it stood,
and how long a frame took; with --frames, a line for each frame. Needs ffmpeg.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from assets_pipeline.codecs import programs
from assets_pipeline.image_targets.pack_encoder import encode_pack
from assets_pipeline.image_targets.template import make_template
from assets_pipeline.image_targets.tracker import Sighting, Tracker

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FRAMES_A_SECOND = 30
LONGEST_EDGE_PX = 640
BOUNDS = programs.RunLimits(timeout_s=120, output_bytes=1 << 30)

GreyArray = NDArray[np.uint8]


class NotAFilmError(Exception):
    """The file is no film."""


@dataclass(frozen=True)
class Step:
    """The tracker's result for one frame."""

    time_s: float
    sighting: Sighting | None
    took_ms: float


@dataclass(frozen=True)
class Summary:
    """A whole recording."""

    frames: int
    held: int
    """Frames in which the print was held."""
    first_s: float | None
    losses: int
    """Times the print was held in one frame and not in the next."""
    jitter_px: float | None
    """Median over held neighbours: a corner's second difference, over root six.

    Of a corner that goes straight on at one speed this is the deviation of its noise."""
    median_ms: float


def frames_of(recording: Path) -> Iterator[GreyArray]:
    """Yield a film's frames, (h, w) uint8 each, thirty a second, as the page sees them.

    Raises
    ------
    AssetError
        If ffmpeg is not here, or can't read the film.
    """
    fit = f"scale={LONGEST_EDGE_PX}:{LONGEST_EDGE_PX}"
    kept = f"{fit}:force_original_aspect_ratio=decrease:force_divisible_by=2:flags=area"
    with TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "film").write_bytes(recording.read_bytes())
        said = programs.run(
            "ffmpeg",
            [
                *("-hide_banner", "-loglevel", "error", "-i", "film", "-an"),
                *("-r", str(FRAMES_A_SECOND), "-vf", f"{kept},format=gray"),
                *("-strict", "-1", "-f", "yuv4mpegpipe", "-"),
            ],
            work,
            limits=BOUNDS,
        )
    yield from read_y4m(said.stdout)


def read_y4m(film: bytes) -> Iterator[GreyArray]:
    """Yield the frames of a grey YUV4MPEG2 film.

    Raises
    ------
    NotAFilmError
        If it is not one, or ends within a frame.
    """
    head, _, rest = film.partition(b"\n")
    fields = {field[:1]: field[1:] for field in head.split(b" ")[1:]}
    if not head.startswith(b"YUV4MPEG2") or not fields.get(b"C", b"").startswith(
        b"mono"
    ):
        message = f"not a grey YUV4MPEG2 film: {head[:60]!r}"
        raise NotAFilmError(message)
    width, height = int(fields[b"W"]), int(fields[b"H"])
    while rest:
        _, _, rest = rest.partition(b"\n")
        if len(rest) < width * height:
            message = f"the film ends within a frame of {width} x {height} px"
            raise NotAFilmError(message)
        pixels = np.frombuffer(rest, np.uint8, width * height)
        yield pixels.reshape(height, width)
        rest = rest[width * height :]


def track_frames(
    frames: Iterator[GreyArray], tracker: Tracker, slot: int
) -> Iterator[Step]:
    """Yield the tracker's results for each frame, in order."""
    for number, frame in enumerate(frames):
        time_s = number / FRAMES_A_SECOND
        begun = time.perf_counter()
        seen = tracker.track(frame, time_s)
        took_ms = 1000 * (time.perf_counter() - begun)
        yield Step(time_s, seen.get(slot), took_ms)


def summarize(steps: Sequence[Step]) -> Summary:
    """Return the figures of a recording of at least one frame."""
    held = [step.sighting is not None for step in steps]
    return Summary(
        frames=len(steps),
        held=sum(held),
        first_s=next((s.time_s for s in steps if s.sighting is not None), None),
        losses=sum(a and not b for a, b in itertools.pairwise(held)),
        jitter_px=_jitter(steps),
        median_ms=statistics.median(step.took_ms for step in steps),
    )


def _jitter(steps: Sequence[Step]) -> float | None:
    triples = zip(steps, steps[1:], steps[2:], strict=False)
    bends = [
        float(np.sqrt(np.mean((a.corners - 2 * b.corners + c.corners) ** 2) / 6))
        for first, second, third in triples
        if (a := first.sighting) and (b := second.sighting) and (c := third.sighting)
    ]
    return statistics.median(bends) if bends else None


def main() -> None:
    """Read the arguments, replay, print."""
    reader = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    reader.add_argument("recording", type=Path)
    reader.add_argument("picture", type=Path)
    reader.add_argument("--width", type=float, required=True, help="printed, metres")
    reader.add_argument("--frames", action="store_true", help="a line for each frame")
    wanted = reader.parse_args()
    tracker = Tracker()
    with Image.open(wanted.picture) as picture:
        pack = encode_pack(make_template(picture.convert("RGB")), wanted.width)
    slot = tracker.add_pack(pack)
    steps = list(track_frames(frames_of(wanted.recording), tracker, slot))
    if wanted.frames:
        for step in steps:
            print(_line(step))
    told = summarize(steps)
    print(f"frames {told.frames}, print held in {told.held}, lost {told.losses} times")
    if told.first_s is not None:
        print(f"first held after {told.first_s:.2f} s")
    if told.jitter_px is not None:
        print(f"jitter {told.jitter_px:.3f} px")
    print(f"median {told.median_ms:.1f} ms a frame under wasmtime")


def _line(step: Step) -> str:
    if step.sighting is None:
        return f"{step.time_s:6.2f} s  -"
    corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in step.sighting.corners)
    position = " ".join(f"{value:.3f}" for value in step.sighting.pose.position)
    return (
        f"{step.time_s:6.2f} s  {step.sighting.score:.2f}  {corners}  at {position} m"
    )


if __name__ == "__main__":
    main()
