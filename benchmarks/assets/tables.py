"""Format comparisons and times as text and Markdown tables."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from benchmarks.assets.comparison import Line
    from benchmarks.assets.peers import RunTime
    from benchmarks.assets.timing import Timed


TIMES_LEGEND: Final = (
    "Times are ours / theirs: by the clock, and of processor, each from the file on"
    " disk to the file on disk, the quickest of some. Peers are whole processes; ours"
    " has made a model before, as a museum's build has.\n"
    "Fixed: every triangle, gltfpack's bits, WebP of 84 (normal maps of 90) by method 4;"
    " by rule: what a build ships to phones where nobody searched."
)


def legend() -> str:
    """Return how to read the lines."""
    return (
        "Bytes are as sent, brotli 11: ours / theirs. FLIP is in the views and lights"
        " of the check: ours <= theirs.\n"
        "Where none of ours is as true as theirs, the ratio is infinite; the pair shown"
        " is of our truest.\n"
        f"{TIMES_LEGEND}\n"
        "A search counts reading, cleaning, the renderer's start, every trial and the"
        " check."
    )


def comparison_line(made: Line) -> str:
    """Return one comparison as a line."""
    match = made.match
    parts = [
        f"{made.model} {made.peer.name}:",
        f"bytes {match.ours_bytes} / {match.theirs_bytes} = {match.ratio:.3f},",
        f"FLIP {match.ours_error:.3g} / {match.theirs_error:.3g},",
        f"Khronos errors {match.khronos_errors},",
        _times("fixed encode", made.fixed, made.peer.spent),
        _times("by rule", made.ruled, made.peer.spent),
    ]
    if made.search is not None:
        parts += [_times("search", made.search, made.peer.spent)]
    return " ".join(parts)


def comparison_table(lines: list[Line]) -> str:
    """Return the medians and the worst, by peer, as a table of Markdown."""
    head = (
        "| against | bytes, median | worst | fixed encode by the clock, median | worst"
        " | of processor, median | worst | search by the clock, median | worst"
        " | of processor, median | worst | Khronos errors | files |"
    )
    rows = [head, "| --- " * (head.count("|") - 1) + "|"]
    for program in dict.fromkeys(made.peer.program for made in lines):
        ours = [made for made in lines if made.peer.program == program]
        timed = [made for made in ours if made.search is not None]
        columns = [
            _spread(
                (made.match.ratio, f"{made.model} {made.peer.options}") for made in ours
            ),
            *_spreads((m.fixed, m.peer.spent, m.model) for m in timed),
            *_spreads((m.search, m.peer.spent, m.model) for m in timed if m.search),
            str(sum(made.match.khronos_errors for made in ours)),
            str(len(ours)),
        ]
        rows.append(f"| {program} | {' | '.join(columns)} |")
    return "\n".join(rows)


def times_line(made: Timed) -> str:
    """Return what one model's encodes take as a line."""
    head = (
        f"{made.model}, {made.triangles} triangles: of the fixed encode"
        f" {made.parsed.processor_s:.4f} s of processor parse the JSON,"
        f" {made.read.processor_s:.4f} s read all"
    )
    parts = [head]
    for peer in made.peers:
        fixed = _times("fixed", made.fixed, peer.spent)
        ruled = _times("by rule", made.ruled, peer.spent)
        parts += [f"\n  {peer.name}: {fixed}, {ruled}"]
    return "".join(parts)


def times_table(made: list[Timed]) -> str:
    """Return the medians and the worst of times, by peer, as a table of Markdown."""
    head = (
        "| against | fixed encode by the clock, median | worst"
        " | of processor, median | worst | by rule, by the clock, median | worst"
        " | of processor, median | worst |"
    )
    rows = [head, "| --- " * (head.count("|") - 1) + "|"]
    peers = [(one, peer) for one in made for peer in one.peers]
    for program in dict.fromkeys(peer.program for _, peer in peers):
        ours = [(one, peer) for one, peer in peers if peer.program == program]
        columns = [
            *_spreads((one.fixed, peer.spent, one.model) for one, peer in ours),
            *_spreads((one.ruled, peer.spent, one.model) for one, peer in ours),
        ]
        rows.append(f"| {program} | {' | '.join(columns)} |")
    return "\n".join(rows)


def _times(what: str, ours: RunTime, theirs: RunTime) -> str:
    return (
        f"{what} {ours.clock_s:.3f} / {theirs.clock_s:.3f} s ="
        f" {ours.clock_s / theirs.clock_s:.2f}x"
        f" (processor {ours.processor_s:.3f} / {theirs.processor_s:.3f} s)"
    )


def _spreads(runs: Iterable[tuple[RunTime, RunTime, str]]) -> tuple[str, str]:
    """Return the spread of ratios by the clock, and of those of processor."""
    known = list(runs)
    return (
        _spread((ours.clock_s / theirs.clock_s, name) for ours, theirs, name in known),
        _spread(
            (ours.processor_s / theirs.processor_s, name)
            for ours, theirs, name in known
        ),
    )


def _spread(values: Iterable[tuple[float, str]]) -> str:
    """Return two cells: the median, and the greatest with its name."""
    pairs = list(values)
    greatest, name = max(pairs)
    return (
        f"{statistics.median(v for v, _ in pairs):.3f} | {greatest:.3f} {name.strip()}"
    )
