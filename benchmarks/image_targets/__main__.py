"""Measures our image tracker and its peers, and prints the table.

python -m benchmarks.image_targets                ours, over the bench and the twins
    --held-out    over other prints and other seeds, with what phones' cameras add
    --peers       ORB-2000 + LK and MindAR on the same frames; kept, so that only the first run is long
    --quick       one frame of each print in each bin instead of two, fewer frames without a print
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence

import cv2

from benchmarks.image_targets import mindar, opencv, ours
from benchmarks.image_targets.answers import Answers, kept, name_of
from benchmarks.image_targets.frames import (
    CACHE,
    NEGATIVE,
    STILL,
    Frame,
    FrameSet,
    frame_set,
)
from benchmarks.image_targets.recipes import BENCH, HELD_OUT, TWINS, Recipe
from benchmarks.image_targets.table import (
    Row,
    Scores,
    bench_rows,
    held_out_rows,
    printed,
    scores,
    twin_row,
)

QUICK_NEGATIVES = 24
Rows = Callable[[Scores], Iterator[Row]]


def main() -> None:
    """Print a table for each set of frames asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.image_targets")
    parser.add_argument("--quick", action="store_true", help="half of the frames")
    parser.add_argument("--peers", action="store_true", help="run the peers as well")
    parser.add_argument(
        "--held-out", action="store_true", help="other prints and seeds"
    )
    options = parser.parse_args()
    # One thread and one seed: peers are compared at the same cost, and repeatably.
    cv2.setNumThreads(1)
    cv2.setRNGSeed(1)
    if options.held_out:
        titles = {HELD_OUT: ("Other prints, other seeds", held_out_rows)}
    else:
        titles = {
            BENCH: ("The bench: 12 prints, 25 bins, first frame", bench_rows),
            TWINS: ("Twins: another of the series in view", lambda of: [twin_row(of)]),
        }
    for recipe, (title, rows) in titles.items():
        print(measured(recipe, title, rows, options), flush=True)


def measured(
    recipe: Recipe, title: str, rows: Rows, options: argparse.Namespace
) -> str:
    """Return one set's table."""
    frames = frame_set(recipe)
    chosen = quick(frames.frames) if options.quick else frames.frames
    answers = kept_of("ours-" + ours.digest(), frames, chosen, ours.answered)
    peers = peers_rows(frames, chosen, rows) if options.peers else None
    return printed(title, list(rows(scores(chosen, answers))), peers)


def quick(frames: Sequence[Frame]) -> Sequence[Frame]:
    """Return the first repeat of each bin, still frames, and few without a print."""
    limits = {STILL: 8, NEGATIVE: QUICK_NEGATIVES}
    return [frame for frame in frames if frame.repeat < limits.get(frame.bin, 1)]


def kept_of(
    who: str,
    frames: FrameSet,
    chosen: Sequence[Frame],
    answered: Callable[[FrameSet, Sequence[Frame]], Answers],
) -> Answers:
    """Return answers, from an earlier run on the same frames where there is one."""
    path = CACHE / "answers" / name_of(who, frames.folder, chosen)
    return kept(path, lambda: answered(frames, chosen))


def peers_rows(
    frames: FrameSet, chosen: Sequence[Frame], rows: Rows
) -> dict[str, list[Row]]:
    """Return each peer's rows.

    MindAR looks in frames with a print alone: nine crops of every other frame for every
    print take hours where WebGL is drawn in software.
    """
    orb = kept_of("orb", frames, chosen, opencv.answered)
    with_print = [
        frame for frame in quick(chosen) if frame.shown and frame.bin != NEGATIVE
    ]
    crops = {
        count: kept_of(f"mindar-{count}", frames, with_print, looking(count))
        for count in (1, mindar.CROPS)
    }
    return {
        opencv.NAME: list(rows(scores(chosen, orb))),
        "MindAR, first": list(rows(scores(with_print, crops[1]))),
        "MindAR, 9 crops": list(rows(scores(with_print, crops[mindar.CROPS]))),
    }


def looking(crops: int) -> Callable[[FrameSet, Sequence[Frame]], Answers]:
    """Return MindAR's answers in so many crops; what it located is kept."""
    return lambda frames, chosen: mindar.answered(
        mindar.Jobs(frames, chosen, CACHE), crops
    )


if __name__ == "__main__":
    main()
