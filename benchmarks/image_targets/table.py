"""Format the table: a row a measure, with the best peer, the bar, ours and the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.image_targets import bars
from benchmarks.image_targets.bars import RECORDED, Bar, figure
from benchmarks.image_targets.bins import BINS, PHONE_BINS
from benchmarks.image_targets.motions import FRAMES_A_SECOND
from benchmarks.image_targets.scoring import (
    Attempt,
    Share,
    attempts,
    by,
    false_positives,
    hit_errors,
    hits,
    in_bins,
    jitters_px,
    of_table,
    twins_taken,
    wrong_poses,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from benchmarks.image_targets.frames import Frame
    from benchmarks.image_targets.result_cache import TrackerResults
    from benchmarks.image_targets.sequences import SequenceResult
    from benchmarks.image_targets.sizes import CodeSizes
    from benchmarks.image_targets.times import Times


@dataclass(frozen=True)
class Row:
    """One measure."""

    measure: str
    bar: Bar | None
    ours: float
    note: str = ""
    """The counts behind a share."""


@dataclass(frozen=True)
class Scores:
    """One tracker over one set of frames."""

    tried: Sequence[Attempt]
    jitters_px: Mapping[str, float]
    false_positives: Share
    twins: Share


def scores(frames: Sequence[Frame], answers: TrackerResults) -> Scores:
    """Return a tracker's scores over a set."""
    return Scores(
        attempts(frames, answers),
        jitters_px(frames, answers),
        false_positives(frames, answers),
        twins_taken(frames, answers),
    )


def recall_row(measure: str, bar: Bar | None, tried: Sequence[Attempt]) -> Row:
    """Return a row of recall."""
    share = hits(tried)
    return Row(measure, bar, share.ratio, str(share))


def bench_rows(of: Scores) -> Iterator[Row]:
    """Yield the rows that the bench's frames answer."""
    tried = of_table(of.tried)
    yield recall_row("recall, all bins", bars.RECALL_OF_ALL, tried)
    for name in BINS:
        yield recall_row(name, bars.RECALL[name], in_bins(tried, name))
    median, p95 = hit_errors(tried)
    yield Row("corner error of hits, median, px", bars.HIT_MEDIAN_PX, median)
    yield Row("corner error of hits, p95, px", bars.HIT_P95_PX, p95)
    yield jitter_row(of)
    yield from safety_rows(of)


def jitter_row(of: Scores) -> Row:
    """Return the row of the print that dances most."""
    known = {name: value for name, value in of.jitters_px.items() if not isnan(value)}
    worst = max(known, key=lambda name: known[name], default="")
    missed = len(of.jitters_px) - len(known)
    note = f"{worst}; {missed} prints not found" if missed else worst
    worst_px = known.get(worst, float("nan"))
    return Row("jitter of the worst print, px", bars.JITTER_PX, worst_px, note)


def safety_rows(of: Scores) -> Iterator[Row]:
    """Yield what must not happen."""
    wrong = wrong_poses(of.tried)
    false = of.false_positives
    yield Row("poses > 20 px wrong", bars.WRONG_POSES, wrong.ratio, str(wrong))
    taken = float(false.count) if false.of else float("nan")
    yield Row("false positives", bars.FALSE_POSITIVES, taken, str(false))


def phone_rows(of: Scores) -> Iterator[Row]:
    """Yield the rows of what phones' cameras add."""
    tried = in_bins(of.tried, *PHONE_BINS)
    yield recall_row("recall, phones' cameras", bars.RECALL_OF_PHONES, tried)
    for name in PHONE_BINS:
        yield recall_row(name, None, in_bins(tried, name))


def held_out_rows(of: Scores) -> Iterator[Row]:
    """Yield the rows of other prints: the same bars, and those of phones' cameras."""
    yield from bench_rows(of)
    yield from phone_rows(of)
    for name, of_print in by(of_table(of.tried), "name").items():
        yield recall_row(f"print {name}", None, of_print)


def twin_row(of: Scores) -> Row:
    """Return the row of prints taken for others of their series."""
    return Row("twins taken", bars.TWINS, float(of.twins.count), str(of.twins))


def sequence_rows(followed: Sequence[SequenceResult]) -> Iterator[Row]:
    """Yield the rows of handheld sequences."""
    share = Share(
        sum(one.hits for one in followed), sum(one.frames for one in followed)
    )
    jitters = [one.jitter_px for one in followed if not isnan(one.jitter_px)]
    jitter = float(np.mean(jitters)) if jitters else float("nan")
    wrong = sum(one.wrong for one in followed)
    recoveries = [one.recovery_frames for one in followed if one.motion == "leave"]
    back = [float("inf") if frames < 0 else float(frames) for frames in recoveries]
    yield Row(
        "sequences: frames within 5 px", bars.SEQUENCE_RECALL, share.ratio, str(share)
    )
    yield Row("sequences: jitter, px", bars.JITTER_PX, jitter)
    yield Row("sequences: frames > 20 px wrong", bars.SEQUENCE_WRONG, float(wrong))
    most = max(back, default=float("nan"))
    yield Row("sequences: frames until back", bars.SEQUENCE_RECOVERY_FRAMES, most)
    for one in followed:
        lock = one.first_lock_frames / FRAMES_A_SECOND
        locked = f"locked after {lock:.2f} s" if lock >= 0 else "never locked"
        note = (
            f"{one.hits}/{one.frames}; {locked}; {one.wrong} wrong; "
            f"median {one.median_px:.2f} px, jitter {one.jitter_px:.2f} px"
        )
        within = Share(one.hits, one.frames).ratio
        yield Row(f"  {one.motion}", None, within, note)


def size_rows(sizes: CodeSizes, packs: Mapping[str, int]) -> Iterator[Row]:
    """Yield the rows of what is fetched."""
    parts = f"WebAssembly {sizes.wasm_bytes}, its worker {sizes.script_bytes}"
    yield Row("code, bytes brotli", bars.CODE_BYTES, sizes.all_bytes, parts)
    largest = max(packs.values(), default=0)
    yield Row("a print, bytes", bars.TARGET_BYTES, largest, "the largest")
    yield Row("a label, bytes", bars.LABEL_BYTES, 0, "drawn from its address")


def time_rows(measured: Sequence[Times]) -> Iterator[Row]:
    """Yield the rows of time; only ratios travel between machines."""
    for one in measured:
        note = f"{one.find_ms:.1f} ms against {one.opencv_ms:.1f} ms, {one.print}"
        yield Row(
            f"detect / opencv-js, {one.where}", bars.DETECT_RATIO, one.ratio, note
        )
        yield Row(f"track a frame, ms, {one.where}", bars.TRACK_MS, one.track_ms)


def label_rows(found: Share, taken: Share) -> Iterator[Row]:
    """Yield the rows of labels known by their address."""
    yield Row("labels by address: found", None, found.ratio, str(found))
    taken_count = float(taken.count)
    yield Row("labels by address: taken", bars.LABELS_TAKEN, taken_count, str(taken))


def format_table(
    title: str, rows: Sequence[Row], peers: Mapping[str, Sequence[Row]] | None = None
) -> str:
    """Return a table as text. `peers` are their rows, of the same measures."""
    peers = peers or {}
    peer_figures = {
        name: {row.measure: row.ours for row in of_peer}
        for name, of_peer in peers.items()
    }
    names = list(peers) or ["best peer, recorded"]
    lines = [title, "", line(["measure", *names, "bar", "ours", "met", ""])]
    for row in rows:
        theirs = [
            figure(figures.get(row.measure, float("nan")))
            for figures in peer_figures.values()
        ] or [figure(RECORDED.get(row.measure, float("nan")))]
        bar = str(row.bar) if row.bar else ""
        cells = [row.measure, *theirs, bar, figure(row.ours), verdict(row), row.note]
        lines.append(line(cells))
    return "\n".join([*lines, ""])


def verdict(row: Row) -> str:
    """Return whether a row's bar is met, in words."""
    if row.bar is None:
        return ""
    return "yes" if row.bar.is_met(row.ours) else "NO"


def line(cells: Sequence[str]) -> str:
    """Return one line of the table."""
    first, *middle, note = cells
    return f"{first:34}" + "".join(f"{cell:>15}" for cell in middle) + f"  {note}"
