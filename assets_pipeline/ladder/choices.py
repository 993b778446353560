"""What parts of a plan may be, with the cost and the gain of each, and their sums."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assets_pipeline.ladder.trials import FloatArray, Trial

_LEAST_RATIO, _GREATEST_RATIO = 0.2, 3.0
_MOST_KEPT: Final = 4000
"""Of sums; neighbours differ by less than a look can tell."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What one part of a plan may be, beside the finest."""

    changes: list[dict[str, Any]]
    """Fields of the plan and their values."""
    harm: FloatArray
    """(n,) added to the square of the visual error."""
    saved: FloatArray
    """(n,) bytes that are not sent, compressed for the wire."""
    spared: FloatArray
    """(n,) bytes that the file is smaller."""

    @staticmethod
    def nothing() -> Choices:
        """Return the choice to leave all as it is."""
        return Choices([{}], np.zeros(1), np.zeros(1), np.zeros(1))

    def plus(self, other: Choices) -> Choices:
        """Return every choice of one with every choice of the other, beaten ones left out."""
        columns = (
            (one[:, None] + two).ravel()
            for one, two in (
                (self.harm, other.harm),
                (self.saved, other.saved),
                (self.spared, other.spared),
            )
        )
        harm, saved, spared = columns
        kept = _unbeaten(harm, saved)
        width = len(other.changes)
        changes = [self.changes[i // width] | other.changes[i % width] for i in kept]
        return Choices(changes, harm[kept], saved[kept], spared[kept])

    def unbeaten(self) -> Choices:
        """Return the choices that no other beats in both harm and saving."""
        kept = _unbeaten(self.harm, self.saved)
        changes = [self.changes[i] for i in kept]
        return Choices(changes, self.harm[kept], self.saved[kept], self.spared[kept])


@dataclass(frozen=True, slots=True)
class Expected:
    """What a sum of choices promises beside the finest."""

    harm: float
    saved: float
    spared: float


@dataclass(frozen=True, slots=True)
class Learned:
    """How sums of single trials have to be corrected."""

    harm_ratio: float = 1.0
    """Of what harms together, to the sum of what each does alone."""
    more_harm: float = 0.0
    more_wire: float = 0.0
    more_size: float = 0.0
    last: tuple[float, float] | None = None
    """Harm that was expected of the last plan, and that it had."""

    def after(self, base: Trial, trial: Trial, expected: Expected) -> Learned:
        """Return what is known after one more plan was looked at."""
        harm = trial.error**2 - base.error**2
        ratio, more = self._line(expected.harm, harm)
        return Learned(
            ratio,
            more,
            trial.wire - (base.wire - expected.saved),
            trial.size - (base.size - expected.spared),
            (expected.harm, harm),
        )

    def _line(self, expected: float, harm: float) -> tuple[float, float]:
        """Return the slope and the start of the line through the last two plans."""
        if self.last is None or self.last[0] == expected:
            ratio = harm / expected if expected > 0 else self.harm_ratio
            return min(_GREATEST_RATIO, max(_LEAST_RATIO, ratio)), 0.0
        ratio = (harm - self.last[1]) / (expected - self.last[0])
        ratio = min(_GREATEST_RATIO, max(_LEAST_RATIO, ratio))
        return ratio, harm - ratio * expected


def _unbeaten(harm: FloatArray, saved: FloatArray) -> NDArray[np.intp]:
    """Return which points have less harm than all that save as much, by growing harm."""
    order = np.lexsort((-saved, harm))
    most = np.maximum.accumulate(saved[order])
    is_more = np.r_[True, most[1:] > most[:-1]]
    kept = order[is_more]
    if len(kept) > _MOST_KEPT:
        kept = kept[np.linspace(0, len(kept) - 1, _MOST_KEPT).round().astype(int)]
    return kept
