"""Score trackers' results: the numbers of the table."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.image_targets.bins import BINS
from benchmarks.image_targets.frames import STILL, TWIN, Frame

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from benchmarks.image_targets.camera import FloatArray
    from benchmarks.image_targets.result_cache import Corners, TrackerResults

HIT_PX = 5.0
"""Root of the mean square distance of the four corners, at most, of a hit."""
WRONG_PX = 20.0
"""The same of a pose that a visitor would call wrong, at least."""


@dataclass(frozen=True)
class Attempt:
    """One print that is in a frame, and was looked for."""

    bin: str
    name: str
    repeat: int
    file: str
    error_px: float
    """Infinite where it was not found."""

    @property
    def is_hit(self) -> bool:
        """Whether it was found where it is."""
        return self.error_px <= HIT_PX


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def ratio(self) -> float:
        """Not a number where nothing was tried."""
        return self.count / self.of if self.of else float("nan")

    def __str__(self) -> str:
        return f"{self.count}/{self.of}"


def error_px(found: Corners, true: Corners) -> float:
    """Return the root of the mean square distance of four corners."""
    away = np.asarray(found, float) - np.asarray(true, float)
    return float(np.sqrt((away**2).sum(1).mean()))


def attempts(frames: Iterable[Frame], answers: TrackerResults) -> list[Attempt]:
    """Return each print that is in a frame and was looked for, in the recall bins."""
    return [
        attempt
        for frame in frames
        if frame.bin not in {STILL, TWIN} and frame.file in answers.asked
        for attempt in attempts_of(frame, answers)
    ]


def attempts_of(frame: Frame, answers: TrackerResults) -> Iterator[Attempt]:
    """Yield the attempts of one frame."""
    for shown in frame.shown:
        if shown.name not in answers.asked[frame.file]:
            continue
        corners = answers.found[frame.file].get(shown.name)
        error = error_px(corners, shown.corners) if corners else float("inf")
        yield Attempt(frame.bin, shown.name, frame.repeat, frame.file, error)


def hits(tried: Iterable[Attempt]) -> Share:
    """Return how many attempts are hits."""
    known = [attempt.is_hit for attempt in tried]
    return Share(sum(known), len(known))


def by(tried: Iterable[Attempt], key: str) -> dict[str, list[Attempt]]:
    """Group attempts by one of their fields."""
    groups: dict[str, list[Attempt]] = defaultdict(list)
    for attempt in tried:
        groups[str(getattr(attempt, key))].append(attempt)
    return dict(groups)


def in_bins(tried: Iterable[Attempt], *names: str) -> list[Attempt]:
    """Return the attempts of some bins."""
    return [attempt for attempt in tried if attempt.bin in names]


def of_table(tried: Iterable[Attempt]) -> list[Attempt]:
    """Return the attempts of the 25 bins that recall is taken over."""
    return in_bins(tried, *BINS)


def hit_errors(tried: Iterable[Attempt]) -> tuple[float, float]:
    """Return median and 95th percentile of the hits' corner errors, px."""
    errors = [attempt.error_px for attempt in tried if attempt.is_hit]
    if not errors:
        return float("nan"), float("nan")
    return float(np.median(errors)), float(np.percentile(errors, 95))


def wrong_poses(tried: Iterable[Attempt]) -> Share:
    """Return how many attempts were answered with a wrong pose."""
    known = [WRONG_PX < attempt.error_px < float("inf") for attempt in tried]
    return Share(sum(known), len(known))


def false_positives(frames: Iterable[Frame], answers: TrackerResults) -> Share:
    """Return how many prints were found in frames that do not show them."""
    count = of = 0
    for frame in frames:
        if frame.bin == TWIN or frame.file not in answers.asked:
            continue
        absent = set(answers.asked[frame.file]) - {shown.name for shown in frame.shown}
        count += len(absent & set(answers.found[frame.file]))
        of += len(absent)
    return Share(count, of)


def twins_taken(frames: Iterable[Frame], answers: TrackerResults) -> Share:
    """Return in how many frames another print of the series was taken for the asked one."""
    asked = [
        frame for frame in frames if frame.bin == TWIN and frame.file in answers.asked
    ]
    return Share(sum(bool(answers.found[frame.file]) for frame in asked), len(asked))


def jitters_px(frames: Iterable[Frame], answers: TrackerResults) -> dict[str, float]:
    """Return how far each print's corners dance before a camera that stands still.

    The root of the variances of x and y, summed, averaged over the corners; of prints
    found within 10 px in at least four frames, not a number for others.
    """
    found: dict[str, list[FloatArray]] = defaultdict(list)
    for frame in frames:
        if frame.bin != STILL or frame.file not in answers.asked:
            continue
        (shown,) = frame.shown
        places = found[shown.name]
        corners = answers.found[frame.file].get(shown.name)
        if corners and error_px(corners, shown.corners) < 10:
            places.append(np.asarray(corners, float))
    return {name: jitter_px(places) for name, places in found.items()}


def jitter_px(places: list[FloatArray]) -> float:
    """Return the jitter of one print."""
    if len(places) < 4:
        return float("nan")
    return float(np.sqrt(np.var(np.stack(places), 0).sum(-1).mean()))
