"""What a comparison gave, in words and one table."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from benchmarks.assets.comparing import Line
    from benchmarks.assets.peers import Spent


def explained() -> str:
    """Return how to read the lines."""
    return (
        "Bytes are as sent, brotli 11: ours / theirs. FLIP is in the views and lights"
        " of the check: ours <= theirs.\n"
        "Where none of ours is as true as theirs, the ratio is infinite; the pair shown"
        " is of our truest.\n"
        "Times are ours / theirs: by the clock, and of processor, each from the file on"
        " disk to the file on disk. Peers are whole processes; ours is forked with its"
        " imports done, as in a museum's build.\n"
        "A search counts reading, cleaning, the renderer's start, every trial and the"
        " check."
    )


def line(made: Line) -> str:
    """Return one comparison as a line."""
    match = made.match
    parts = [
        f"{made.model} {made.peer.name}:",
        f"bytes {match.ours_bytes} / {match.theirs_bytes} = {match.ratio:.3f},",
        f"FLIP {match.ours_error:.3g} / {match.theirs_error:.3g},",
        f"Khronos errors {match.khronos_errors},",
        _times("fixed encode", made.fixed, made.peer.spent),
    ]
    if made.search is not None:
        parts += [_times("search", made.search, made.peer.spent)]
    return " ".join(parts)


def table(lines: list[Line]) -> str:
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
            _spread((_by_clock(m.fixed, m), m.model) for m in timed),
            _spread((_of_processor(m.fixed, m), m.model) for m in timed),
            _spread((_by_clock(m.search, m), m.model) for m in timed if m.search),
            _spread((_of_processor(m.search, m), m.model) for m in timed if m.search),
            str(sum(made.match.khronos_errors for made in ours)),
            str(len(ours)),
        ]
        rows.append(f"| {program} | {' | '.join(columns)} |")
    return "\n".join(rows)


def _by_clock(spent: Spent, made: Line) -> float:
    return spent.clock_s / made.peer.spent.clock_s


def _of_processor(spent: Spent, made: Line) -> float:
    return spent.processor_s / made.peer.spent.processor_s


def _times(what: str, ours: Spent, theirs: Spent) -> str:
    return (
        f"{what} {ours.clock_s:.3f} / {theirs.clock_s:.3f} s ="
        f" {ours.clock_s / theirs.clock_s:.2f}x"
        f" (processor {ours.processor_s:.3f} / {theirs.processor_s:.3f} s)"
    )


def _spread(values: Iterable[tuple[float, str]]) -> str:
    """Return two cells: the median, and the greatest with its name."""
    pairs = list(values)
    greatest, name = max(pairs)
    return (
        f"{statistics.median(v for v, _ in pairs):.3f} | {greatest:.3f} {name.strip()}"
    )
