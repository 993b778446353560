"""How large and how true one kind of texture may be: few settings are tried.

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

from assets_pipeline.ladder.choices import Choices
from assets_pipeline.transforms.textures import TextureSetting

if TYPE_CHECKING:
    from assets_pipeline.ladder.trials import Bench, Changes, FloatArray
    from assets_pipeline.transforms.blocks import TextureKind

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


class TextureOffers:
    """Every setting of one kind of texture."""

    def __init__(self, bench: Bench, kind: TextureKind) -> None:
        self._bench = bench
        self._kind: TextureKind = kind
        self._finest: TextureSetting = getattr(bench.finest, kind)
        edge_px = self._finest.edge_px
        self._edges: list[int] = []
        while edge_px >= min(
            bench.workshop.profile.least_edge_px, self._finest.edge_px
        ):
            self._edges.append(edge_px)
            edge_px //= 2

    def first(self) -> list[Changes]:
        """Return what is tried before others are told: a quality, and half the size."""
        tried = [self._change(self._edges[0], _QUALITIES[0])]
        if len(self._edges) > 1:
            tried.append(self._change(self._edges[1], _OF_SMALLER[0]))
        return tried

    def choices(self, most_harm: float) -> Choices:
        """Return every setting, between the tried ones and beyond."""
        whole = float(self._bench.base()[0].textures[self._kind])
        changes: list[dict[str, Any]] = []
        harms: list[FloatArray] = []
        saves: list[FloatArray] = []
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
            is_tried = self._bench.knows(self._change(edge_px, curve.qualities[0]))
            if curve.harms[0] > most_harm or not is_tried:
                break
        saved = np.concatenate(saves)
        return Choices(changes, np.concatenate(harms), saved, saved)

    def doubts(self, changes: Changes) -> list[Changes]:
        """Return the next quality to try at the size that is wanted, if any."""
        wanted: TextureSetting = changes[self._kind]
        for quality in self._qualities(wanted.edge_px):
            change = self._change(wanted.edge_px, quality)
            if not self._bench.knows(change):
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
            is_tried = is_tried and self._bench.knows(change)
            if is_tried:
                harm, trial = self._bench.glanced(change)
                curve.add(quality, harm, math.log(max(1, trial.textures[self._kind])))
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
