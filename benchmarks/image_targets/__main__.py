"""Measure our image tracker and its peers, and print the table.

python -m benchmarks.image_targets    ours: the bench, the twins, sizes
    --held-out     other prints and other seeds, with what phones' cameras add
    --sequences    handheld sequences at 30 frames a second
    --times        milliseconds a frame in Node and in Chromium, beside opencv-js
    --peers        ORB-2000 + LK and MindAR on the same frames; kept once looked at
    --quick        the first frame of each print in each bin, few frames without a print
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import cv2

from benchmarks.image_targets import labels, mindar, opencv, ours
from benchmarks.image_targets.frames import (
    CACHE,
    NEGATIVE,
    STILL,
    TWIN,
    Frame,
    FrameSet,
    frame_set,
)
from benchmarks.image_targets.recipes import BENCH, HELD_OUT, TWINS, Recipe
from benchmarks.image_targets.result_cache import (
    TrackerResults,
    cache_name,
    load_or_make,
)
from benchmarks.image_targets.sequences import score_sequences, sequence_set
from benchmarks.image_targets.sizes import code_sizes
from benchmarks.image_targets.table import (
    Row,
    bench_rows,
    format_table,
    held_out_rows,
    label_rows,
    scores,
    sequence_rows,
    size_rows,
    time_rows,
    twin_row,
)
from benchmarks.image_targets.times import times

QUICK_FRAMES = {STILL: ours.STILL_ALONE, NEGATIVE: 24, TWIN: 2}
"""Repeats that `--quick` keeps of a bin; one of the others."""
Ask = Callable[[FrameSet, Sequence[Frame]], TrackerResults]
Rows = Callable[[Sequence[Frame], TrackerResults], Iterator[Row]]


@dataclass(frozen=True)
class Part:
    """One table: a set of frames, the trackers to run, and the rows of their results."""

    title: str
    recipe: Recipe
    frames: FrameSet
    chosen: Sequence[Frame]
    rows: Rows
    are_followed: bool = False


def main() -> None:
    """Print a table for each set of frames asked for."""
    options = read_options()
    # One thread and one seed: peers are compared at the same cost, and repeatably.
    cv2.setNumThreads(1)
    cv2.setRNGSeed(1)
    for part in parts(options):
        print(table_of(part, with_peers=options.peers), flush=True)
    print(labels_table(), flush=True)
    bench = frame_set(BENCH)
    packs = {name: len(ours.pack(bench, name)) for name in bench.names}
    print(format_table("Sizes", list(size_rows(code_sizes(), packs))), flush=True)
    if options.times:
        measured = times(bench, sequence_set(BENCH))
        print(format_table("Times", list(time_rows(measured))), flush=True)


def labels_table() -> str:
    """Return the table of labels known by their address."""
    twins = frame_set(TWINS)
    found, taken = (
        ask(twins, twins.frames) for ask in (labels.count_found, labels.count_mistaken)
    )
    return format_table("Labels known by their address", list(label_rows(found, taken)))


def read_options() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.image_targets")
    for option, what in {
        "--held-out": "other prints and seeds, and phones' cameras",
        "--sequences": "handheld sequences",
        "--times": "milliseconds in Node and in Chromium",
        "--peers": "run the peers as well",
        "--quick": "half of the frames",
    }.items():
        parser.add_argument(option, action="store_true", help=what)
    return parser.parse_args()


def parts(options: argparse.Namespace) -> Iterator[Part]:
    """Yield the tables to make; frames are rendered as they come up."""
    sets = [
        (BENCH, "The bench: 12 prints, 25 bins, first frame", frame_rows(bench_rows)),
        (TWINS, "Twins: another of the series in view", twin_rows),
    ]
    if options.held_out:
        title = "Other prints, other seeds, phones' cameras"
        sets.append((HELD_OUT, title, frame_rows(held_out_rows)))
    for recipe, title, rows in sets:
        frames = frame_set(recipe)
        chosen = quick(frames.frames) if options.quick else frames.frames
        yield Part(title, recipe, frames, chosen, rows)
    if options.sequences:
        for recipe in [BENCH, HELD_OUT] if options.held_out else [BENCH]:
            frames = sequence_set(recipe)
            title = f"Handheld sequences, {recipe.name}"
            yield Part(title, recipe, frames, frames.frames, motion_rows, True)  # noqa: FBT003


def quick(frames: Sequence[Frame]) -> Sequence[Frame]:
    """Return the first repeat of each bin, and some of what is no bin."""
    return [frame for frame in frames if frame.repeat < QUICK_FRAMES.get(frame.bin, 1)]


def frame_rows(rows: Callable[..., Iterator[Row]]) -> Rows:
    """Return rows of scores as rows of results."""
    return lambda chosen, answers: rows(scores(chosen, answers))


def twin_rows(chosen: Sequence[Frame], answers: TrackerResults) -> Iterator[Row]:
    """Yield the row of twins."""
    yield twin_row(scores(chosen, answers))


def motion_rows(chosen: Sequence[Frame], answers: TrackerResults) -> Iterator[Row]:
    """Yield the rows of sequences."""
    return sequence_rows(score_sequences(chosen, answers))


def table_of(part: Part, *, with_peers: bool) -> str:
    """Return one table as text."""
    ask: Ask = ours.run_ours_on_sequences if part.are_followed else ours.run_ours
    answers = cached_results("ours-" + ours.digest(), part, part.chosen, ask)
    rows = list(part.rows(part.chosen, answers))
    return format_table(part.title, rows, peers_rows(part) if with_peers else None)


def cached_results(
    who: str, part: Part, chosen: Sequence[Frame], ask: Ask
) -> TrackerResults:
    """Return results, from an earlier run on the same frames where there is one."""
    path = CACHE / "answers" / cache_name(who, part.frames.folder, chosen)
    return load_or_make(path, lambda: ask(part.frames, chosen))


def peers_rows(part: Part) -> dict[str, list[Row]]:
    """Return each peer's rows.

    MindAR is asked of frames with a print alone, and of each bin's first repeat: the rest
    takes hours where WebGL is drawn in software.
    """
    orb = cached_results("orb", part, part.chosen, opencv.run_opencv)
    rows = {opencv.NAME: list(part.rows(part.chosen, orb))}
    if part.are_followed:
        jobs = mindar.Jobs(part.frames, part.chosen, CACHE, are_followed=True)
        rows[mindar.NAME] = list(part.rows(part.chosen, mindar.run_mindar(jobs, 1)))
        return rows
    chosen = [frame for frame in quick(part.chosen) if frame.shown]
    jobs = mindar.Jobs(part.frames, chosen, CACHE)
    for crops in (1, mindar.CROPS):
        answers = mindar.run_mindar(jobs, crops)
        rows[f"MindAR, {crops} of 9"] = list(part.rows(chosen, answers))
    return rows


if __name__ == "__main__":
    main()
