"""Candidates of one setting: texture size and quality, or triangle count.

WebP's bytes follow its quality alike for most pictures, and half the edge takes a third
of the bytes; harm grows evenly as quality falls, and faster the smaller a picture. So
what was not tried is told from what was, a little better than it will turn out: a
setting that is chosen for it is tried before it is taken.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from assets_pipeline.transforms.compress_textures import TextureSetting

if TYPE_CHECKING:
    from assets_pipeline.arrays import Float64Array, IntpArray
    from assets_pipeline.lod.measurements import CandidateMeter, Changes, Measurement
    from assets_pipeline.transforms.ktx2_textures import TextureKind

_QUALITIES: Final = (78, 50, 22)
_OF_SMALLER: Final = (92, 66, 35)
"""Of half the size and less: at a low quality, a quarter of the size is better."""
_KNEE: Final = 80
_FALL_ABOVE, _FALL_BELOW = 1 / 18, 1 / 65
"""Of the logarithm of WebP's bytes, with each step of its quality."""
_HALVED_BYTES: Final = 0.33
"""Of a picture of half the edge; .27 to .46 were measured."""
_HALVED_HARM: Final = 2.5
"""Of what is half as large, to what is; 1.9 to 8 were measured."""
_HALVED_SLOPE: Final = 1.6
"""Of harm with quality; 1.3 to 2.8 were measured."""
_MOST_KEPT: Final = 4000
"""Of sums; neighbours differ by less than a look can tell."""
_KEPT: Final = (0.85, 0.6, 0.35, 0.2, 0.1)
_NEARLY_ALL: Final = 0.98
"""Of a scan that came row by row, whose order is lost with its first triangle."""
_FINE_STEPS: Final = 100
Columns = tuple[float, float, float]
"""Harm, and bytes that are saved as sent and spared in the file."""
_HARM_GROWS: Final = 1.2
"""With the part that is dropped, over the part that is kept; 1.1 to 1.6 were measured."""
_LEAST_RATIO, _GREATEST_RATIO = 0.2, 3.0


@dataclass(slots=True)
class _Curve:
    """What one size gives at each quality that may be tried."""

    edge_px: int
    qualities: list[int] = field(default_factory=list)
    harms: list[float] = field(default_factory=list)
    logs: list[float] = field(default_factory=list)
    """Of bytes."""

    def add(self, quality: int, harm: float, log: float) -> None:
        self.qualities.append(quality)
        self.harms.append(harm)
        self.logs.append(log)

    @property
    def slope(self) -> float:
        """How much harm each step of quality makes, between the last two."""
        harm = self.harms[-1] - self.harms[-2]
        return max(0.0, harm / (self.qualities[-2] - self.qualities[-1]))

    @property
    def first_slope(self) -> float:
        harm = self.harms[1] - self.harms[0]
        return max(0.0, harm / (self.qualities[0] - self.qualities[1]))


class TextureCandidates:
    """Sizes and qualities of one kind of texture."""

    def __init__(self, candidate_meter: CandidateMeter, kind: TextureKind) -> None:
        self._candidate_meter = candidate_meter
        self._kind: TextureKind = kind
        self._finest: TextureSetting = getattr(candidate_meter.finest, kind)
        edge_px = self._finest.edge_px
        self._edges: list[int] = []
        while edge_px >= min(
            candidate_meter.encoder.profile.least_edge_px, self._finest.edge_px
        ):
            self._edges.append(edge_px)
            edge_px //= 2

    def first(self) -> list[Changes]:
        """Return the first probes: one quality, and half the size."""
        tried = [self._change(self._edges[0], _QUALITIES[0])]
        if len(self._edges) > 1:
            tried.append(self._change(self._edges[1], _OF_SMALLER[0]))
        return tried

    def choices(self, most_harm: float) -> CandidateTable:
        """Return every candidate, interpolated between probes and extrapolated beyond."""
        whole = float(self._candidate_meter.base()[0].textures[self._kind])
        changes: list[dict[str, Any]] = []
        harms: list[Float64Array] = []
        saves: list[Float64Array] = []
        curve = None
        for edge_px in self._edges:
            curve = self._curve(edge_px, curve, most_harm)
            falling = curve.qualities[::-1]
            qualities = np.arange(falling[0], falling[-1] + 1)
            harms.append(np.interp(qualities, falling, curve.harms[::-1]))
            # Between two qualities bytes grow by a ratio, not by a sum.
            saves.append(
                whole - np.exp(np.interp(qualities, falling, curve.logs[::-1]))
            )
            changes += [self._change(edge_px, int(q)) for q in qualities]
            is_tried = self._candidate_meter.is_known(
                self._change(edge_px, curve.qualities[0])
            )
            if curve.harms[0] > most_harm or not is_tried:
                break
        saved = np.concatenate(saves)
        return CandidateTable(changes, np.concatenate(harms), saved, saved)

    def next_probe(self, changes: Changes) -> list[Changes]:
        """Return the next quality to measure at the wanted size, if any."""
        wanted: TextureSetting = changes[self._kind]
        for quality in self._qualities(wanted.edge_px):
            change = self._change(wanted.edge_px, quality)
            if not self._candidate_meter.is_known(change):
                return [change]
            if quality <= wanted.quality:
                break
        return []

    def _change(self, edge_px: int, quality: int) -> Changes:
        return {self._kind: TextureSetting(edge_px, quality)}

    def _qualities(self, edge_px: int) -> tuple[int, ...]:
        is_whole = edge_px == self._finest.edge_px
        return (self._finest.quality, *_QUALITIES) if is_whole else _OF_SMALLER

    def _curve(self, edge_px: int, above: _Curve | None, most_harm: float) -> _Curve:
        """Return what one size gives: as tried, and from there as told."""
        curve = _Curve(edge_px)
        is_tried = True
        for quality in self._qualities(edge_px):
            change = self._change(edge_px, quality)
            is_tried = is_tried and self._candidate_meter.is_known(change)
            if is_tried:
                harm, measurement = self._candidate_meter.rough_measurement(change)
                curve.add(
                    quality, harm, math.log(max(1, measurement.textures[self._kind]))
                )
            else:
                _tell(curve, quality, above)
            if curve.harms[-1] > most_harm and len(curve.harms) > 1:
                break
        return curve


def _tell(curve: _Curve, quality: int, above: _Curve | None) -> None:
    """Add what a quality will give, from those before it, or from twice the size."""
    if curve.harms:
        slope = curve.slope if len(curve.harms) > 1 else 0.0
        if len(curve.harms) == 1 and above is not None:
            slope = _HALVED_SLOPE * above.first_slope
        harm = curve.harms[-1] + slope * (curve.qualities[-1] - quality)
        log = curve.logs[-1] + _log_bytes(quality) - _log_bytes(curve.qualities[-1])
        curve.add(quality, harm, log)
    elif above is not None:
        log = above.logs[0] + _log_bytes(quality) - _log_bytes(above.qualities[0])
        curve.add(quality, _HALVED_HARM * above.harms[0], log + math.log(_HALVED_BYTES))


def _log_bytes(quality: int) -> float:
    """Return the logarithm of WebP's bytes beside those of one quality."""
    steps = quality - _KNEE
    return steps * (_FALL_ABOVE if steps > 0 else _FALL_BELOW)


@dataclass(frozen=True, slots=True)
class CandidateTable:
    """Candidates as columns: changes, added error, bytes saved."""

    changes: list[dict[str, Any]]
    """Fields of the plan and their values."""
    harm: Float64Array
    """(n,) added to the square of the visual error."""
    saved: Float64Array
    """(n,) bytes that are not sent, compressed for the wire."""
    spared: Float64Array
    """(n,) bytes that the file is smaller."""

    @staticmethod
    def nothing() -> CandidateTable:
        """Return the table of one candidate that changes nothing."""
        return CandidateTable([{}], np.zeros(1), np.zeros(1), np.zeros(1))

    def combine(self, other: CandidateTable) -> CandidateTable:
        """Return the Pareto front of every pair of candidates of two tables."""
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
        return CandidateTable(changes, harm[kept], saved[kept], spared[kept])

    def pareto_front(self) -> CandidateTable:
        """Return the candidates that no other beats in both error and saving."""
        kept = _unbeaten(self.harm, self.saved)
        changes = [self.changes[i] for i in kept]
        return CandidateTable(
            changes, self.harm[kept], self.saved[kept], self.spared[kept]
        )


@dataclass(frozen=True, slots=True)
class Prediction:
    """Predicted error and savings of a combination of candidates."""

    harm: float
    saved: float
    spared: float


@dataclass(frozen=True, slots=True)
class PredictionCorrection:
    """Correction of predictions by what combinations measured."""

    harm_ratio: float = 1.0
    """Of what harms together, to the sum of what each does alone."""
    more_harm: float = 0.0
    more_wire: float = 0.0
    more_size: float = 0.0
    last: tuple[float, float] | None = None
    """Harm that was expected of the last plan, and that it had."""

    def after(
        self, base: Measurement, measurement: Measurement, prediction: Prediction
    ) -> PredictionCorrection:
        """Return the correction after one more combination was measured."""
        harm = measurement.error**2 - base.error**2
        ratio, more = self._line(prediction.harm, harm)
        return PredictionCorrection(
            ratio,
            more,
            measurement.wire - (base.wire - prediction.saved),
            measurement.size - (base.size - prediction.spared),
            (prediction.harm, harm),
        )

    def _line(self, prediction: float, harm: float) -> tuple[float, float]:
        """Return the slope and the start of the line through the last two plans."""
        if self.last is None or self.last[0] == prediction:
            ratio = harm / prediction if prediction > 0 else self.harm_ratio
            return min(_GREATEST_RATIO, max(_LEAST_RATIO, ratio)), 0.0
        ratio = (harm - self.last[1]) / (prediction - self.last[0])
        ratio = min(_GREATEST_RATIO, max(_LEAST_RATIO, ratio))
        return ratio, harm - ratio * prediction


def _unbeaten(harm: Float64Array, saved: Float64Array) -> IntpArray:
    """Return which points have less harm than all that save as much, by growing harm."""
    order = np.lexsort((-saved, harm))
    most = np.maximum.accumulate(saved[order])
    is_more = np.r_[True, most[1:] > most[:-1]]
    kept = order[is_more]
    if len(kept) > _MOST_KEPT:
        kept = kept[np.linspace(0, len(kept) - 1, _MOST_KEPT).round().astype(int)]
    return kept


class TriangleCandidates:
    """Candidate triangle counts."""

    def __init__(self, candidate_meter: CandidateMeter) -> None:
        self._candidate_meter = candidate_meter
        finest = candidate_meter.finest.triangles
        self._first = round(finest * _KEPT[0])
        kept: tuple[float, ...] = _KEPT
        if candidate_meter.encoder.keeps_an_order:
            kept = (_NEARLY_ALL, *kept)
        self._numbers = [finest, *(round(finest * part) for part in kept)]

    def first(self) -> list[Changes]:
        """Return the first triangle count to measure."""
        return [{"triangles": self._first}]

    def choices(self, most_harm: float) -> CandidateTable:
        """Return every candidate, interpolated between probes and extrapolated beyond."""
        told: list[Columns] = []
        for place, n in enumerate(self._numbers):
            change = {"triangles": n}
            is_tried = self._candidate_meter.is_known(change)
            told.append(
                self._candidate_meter.columns(change) if is_tried else self._told(told)
            )
            if told[-1][0] > most_harm and not self._tried_after(place):
                break
        numbers = self._numbers[: len(told)]
        values = np.geomspace(numbers[0], max(1, numbers[-1]), _FINE_STEPS).round()
        harm, saved, spared = (
            np.interp(-values, [-n for n in numbers], column)
            for column in zip(*told, strict=True)
        )
        return CandidateTable(
            [{"triangles": int(v)} for v in values], harm, saved, spared
        )

    def next_probe(self, changes: Changes) -> list[Changes]:
        """Return the next triangle count to measure near the wanted one, if any."""
        wanted = changes["triangles"]
        above = [n for n in self._numbers if n > wanted][-1:]
        below = [n for n in self._numbers if n <= wanted][:1]
        if wanted in below:
            above = []
        around = [{"triangles": n} for n in (*above, *below)]
        return [
            change for change in around if not self._candidate_meter.is_known(change)
        ][:1]

    def _tried_after(self, place: int) -> int | None:
        """Return the place of the next lower number that was tried, if any."""
        for after in range(place + 1, len(self._numbers)):
            if self._candidate_meter.is_known({"triangles": self._numbers[after]}):
                return after
        return None

    def _told(self, before: list[Columns]) -> Columns:
        """Return what the next number harms, saves and spares, from what is known."""
        place = len(before)
        after = self._tried_after(place)
        if after is None:
            return self._beyond(before)
        (harm, *above), (most, *below) = (
            before[-1],
            self._candidate_meter.columns({"triangles": self._numbers[after]}),
        )
        high, here, low = (self._numbers[i] for i in (place - 1, place, after))
        part = (high - here) / max(1, high - low)
        saved, spared = (a + (b - a) * part for a, b in zip(above, below, strict=True))
        shrinks = self._dropped(here) / self._dropped(low)
        return max(harm, most * shrinks**_HARM_GROWS), saved, spared

    def _beyond(self, before: list[Columns]) -> Columns:
        """Return what the next number does where no lower one was tried."""
        last, here, there = self._numbers[len(before) - 2 : len(before) + 1]
        (_, *old), (harm, *new) = before[-2:]
        step = (here - there) / max(1, last - here)
        share = (here - there) / self._numbers[0]
        saved, spared = (
            b + max((b - a) * step, least)
            for a, b, least in zip(old, new, self._least_saved(share), strict=True)
        )
        grows = self._dropped(there) / self._dropped(here)
        return harm * grows**_HARM_GROWS, saved, spared

    def _least_saved(self, share: float) -> tuple[float, float]:
        """Return what a share of all triangles saves at least, as sent and in the file.

        Where the first to go take the order of all with them, they save nothing, and
        tell nothing of those after: these save their share of the arrays.
        """
        if not self._candidate_meter.encoder.keeps_an_order:
            return -math.inf, -math.inf
        base, _ = self._candidate_meter.base()
        pictures = sum(base.textures.values())
        return share * (base.wire - pictures), share * (base.size - pictures)

    def _dropped(self, kept: int) -> float:
        """Return the part that is dropped, over the part that is kept."""
        return max(1, self._numbers[0] - kept) / max(1, kept)
