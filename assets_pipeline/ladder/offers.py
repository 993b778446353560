"""What each part of a plan may be: tried alone, a few settings, and between them told.

Every kind of texture, the triangles and the bits of each attribute have their own cost
in looks and saving in bytes; `Choices` holds both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from assets_pipeline.ladder.choices import Choices
from assets_pipeline.ladder.plans import KINDS
from assets_pipeline.transforms.textures import TextureSetting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assets_pipeline.ladder.trials import Bench, FloatArray, Trial
    from assets_pipeline.transforms.blocks import TextureKind

_TRIED_QUALITIES: Final = (78, 50, 22)
_TRIED_OF_SMALLER: Final = (92, 66, 35)
"""Of half the size and less: at a low quality, a quarter of the size is better."""
_KEPT_TRIANGLES: Final = (0.85, 0.6, 0.35, 0.2, 0.1)
_NEARLY_ALL: Final = 0.98
"""Of a scan that came row by row, whose order is lost with its first triangle."""
_FINE_STEPS: Final = 100
_BEYOND: Final = 1.3
"""Trials go this far past the budget: what is chosen lies between two trials."""
_FEW_BITS_OF_PLACES: Final = 18
"""What touches must keep touching."""


@dataclass(frozen=True, slots=True)
class Bits:
    """How few bits an attribute may have."""

    attributes: frozenset[str]
    """Those that it rules: without them it decides nothing."""
    finest: int
    tried: int
    """One trial tells of all: see `_HARM_OF_A_BIT`."""
    least: int


BITS: Final = {
    "position_bits": Bits(frozenset({"POSITION"}), 15, 12, 10),
    "uv_bits": Bits(frozenset({"TEXCOORD_0", "TEXCOORD_1"}), 14, 12, 11),
    "normal_bits": Bits(frozenset({"NORMAL"}), 10, 8, 7),
    "tangent_bits": Bits(frozenset({"TANGENT"}), 8, 6, 5),
    "color_bits": Bits(frozenset({"COLOR_0"}), 10, 8, 8),
}
_HARM_OF_A_BIT: Final = 4.0
"""One bit less makes twice the error."""


class Offers:
    """All that may be chosen in place of a bench's finest plan."""

    def __init__(self, bench: Bench, edges: Mapping[TextureKind, int]) -> None:
        self._bench, self._finest = bench, bench.finest
        self._workshop = bench.workshop
        self._edges = edges

    def sums(self, room: float) -> Choices:
        """Return all that may be chosen, but for what something else beats."""
        held = self._workshop.attributes
        parts = [self._triangles(room)]
        parts += [
            self._bits(name, bits)
            for name, bits in BITS.items()
            if held & bits.attributes
        ]
        if "TANGENT" in held:
            parts.append(self._either({"keeps_tangents": False}))
        if self._workshop.has_repeats:
            parts.append(self._either({"place_bits": _FEW_BITS_OF_PLACES}))
        parts += [self._textures(kind, room) for kind in KINDS if self._edges[kind]]
        sums = Choices.nothing()
        for part in parts:
            sums = sums.plus(part.unbeaten())
        return sums

    def _triangles(self, room: float) -> Choices:
        """Return every number of triangles, between the tried ones."""
        base, _ = self._bench.base()
        tried, results = [self._finest.triangles], [(0.0, base)]
        kept: tuple[float, ...] = _KEPT_TRIANGLES
        if self._workshop.keeps_an_order:
            kept = (_NEARLY_ALL, *kept)
        for part in kept:
            tried.append(round(self._finest.triangles * part))
            results.append(self._bench.glanced({"triangles": tried[-1]}))
            if results[-1][0] > _BEYOND * room:
                break
        values = np.geomspace(tried[0], max(1, tried[-1]), _FINE_STEPS).round()
        columns = zip(*(self._columns(*result) for result in results), strict=True)
        harm, saved, spared = (
            np.interp(-values, [-t for t in tried], column) for column in columns
        )
        return Choices([{"triangles": int(v)} for v in values], harm, saved, spared)

    def _bits(self, name: str, bits: Bits) -> Choices:
        """Return every number of bits, from one that was tried."""
        least = bits.least
        if name == "position_bits":
            least = max(least, self._workshop.least_position_bits)
        tried = max(least, bits.tried)
        finest = getattr(self._finest, name)
        values = np.arange(finest, least - 1, -1, dtype=np.float64)
        harm, saved, spared = self._columns(*self._bench.glanced({name: tried}))
        share = (finest - values) / max(1, finest - tried)
        harms = harm * np.power(_HARM_OF_A_BIT, tried - values) * (share > 0)
        changes: list[dict[str, Any]] = [{name: int(v)} for v in values]
        return Choices(changes, harms, saved * share, spared * share)

    def _either(self, change: dict[str, Any]) -> Choices:
        """Return to change something or not."""
        changes: list[dict[str, Any]] = [{}, change]
        columns = self._columns(*self._bench.glanced(change))
        harm, saved, spared = (np.array([0.0, column]) for column in columns)
        return Choices(changes, harm, saved, spared)

    def _columns(self, harm: float, trial: Trial) -> tuple[float, float, float]:
        base, _ = self._bench.base()
        return harm, float(base.wire - trial.wire), float(base.size - trial.size)

    def _textures(self, kind: TextureKind, room: float) -> Choices:
        """Return every setting of one kind of texture, between the tried ones."""
        finest: TextureSetting = getattr(self._finest, kind)
        changes: list[dict[str, Any]] = []
        harms: list[FloatArray] = []
        saves: list[FloatArray] = []
        edge_px = finest.edge_px
        whole = float(self._bench.base()[0].textures[kind])
        least_px = self._workshop.profile.least_edge_px
        while edge_px >= min(least_px, finest.edge_px):
            tried, results = self._tried_qualities(kind, edge_px, room)
            qualities = np.arange(tried[-1], tried[0] + 1)
            harm, kept = (np.array(column) for column in zip(*results, strict=True))
            harms.append(np.interp(qualities, tried[::-1], harm[::-1]))
            # Between two qualities bytes grow by a ratio, not by a sum.
            logs = np.interp(qualities, tried[::-1], np.log(kept[::-1]))
            saves.append(whole - np.exp(logs))
            changes += [{kind: TextureSetting(edge_px, int(q))} for q in qualities]
            if results[0][0] > _BEYOND * room:
                break
            edge_px //= 2
        saved = np.concatenate(saves)
        return Choices(changes, np.concatenate(harms), saved, saved)

    def _tried_qualities(
        self, kind: TextureKind, edge_px: int, room: float
    ) -> tuple[list[int], list[tuple[float, float]]]:
        """Return qualities tried at one size, and the harm and bytes of each."""
        finest: TextureSetting = getattr(self._finest, kind)
        is_whole = edge_px == finest.edge_px
        qualities = (
            (finest.quality, *_TRIED_QUALITIES) if is_whole else _TRIED_OF_SMALLER
        )
        tried: list[int] = []
        results: list[tuple[float, float]] = []
        for quality in qualities:
            tried.append(quality)
            harm, trial = self._bench.glanced({kind: TextureSetting(edge_px, quality)})
            results.append((harm, float(trial.textures[kind])))
            if harm > _BEYOND * room:
                break
        return tried, results
