"""How many triangles a plan may keep: a few numbers are tried, the others told."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from assets_pipeline.ladder.choices import Choices

if TYPE_CHECKING:
    from assets_pipeline.ladder.trials import Bench, Changes

_KEPT: Final = (0.85, 0.6, 0.35, 0.2, 0.1)
_NEARLY_ALL: Final = 0.98
"""Of a scan that came row by row, whose order is lost with its first triangle."""
_FINE_STEPS: Final = 100
Columns = tuple[float, float, float]
"""Harm, and bytes that are saved as sent and spared in the file."""
_HARM_GROWS: Final = 1.2
"""With the part that is dropped, over the part that is kept; 1.1 to 1.6 were measured."""


class TriangleOffers:
    """Every number of triangles."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        finest = bench.finest.triangles
        self._first = round(finest * _KEPT[0])
        kept: tuple[float, ...] = _KEPT
        if bench.workshop.keeps_an_order:
            kept = (_NEARLY_ALL, *kept)
        self._numbers = [finest, *(round(finest * part) for part in kept)]

    def first(self) -> list[Changes]:
        """Return the number that is tried before others are told."""
        return [{"triangles": self._first}]

    def choices(self, most_harm: float) -> Choices:
        """Return every number, between the tried ones and beyond."""
        told: list[Columns] = []
        for place, n in enumerate(self._numbers):
            change = {"triangles": n}
            is_tried = self._bench.knows(change)
            told.append(self._bench.columns(change) if is_tried else self._told(told))
            if told[-1][0] > most_harm and not self._tried_after(place):
                break
        numbers = self._numbers[: len(told)]
        values = np.geomspace(numbers[0], max(1, numbers[-1]), _FINE_STEPS).round()
        harm, saved, spared = (
            np.interp(-values, [-n for n in numbers], column)
            for column in zip(*told, strict=True)
        )
        return Choices([{"triangles": int(v)} for v in values], harm, saved, spared)

    def doubts(self, changes: Changes) -> list[Changes]:
        """Return the next number to try where so many are wanted, if any."""
        wanted = changes["triangles"]
        above = [n for n in self._numbers if n > wanted][-1:]
        below = [n for n in self._numbers if n <= wanted][:1]
        if wanted in below:
            above = []
        around = [{"triangles": n} for n in (*above, *below)]
        return [change for change in around if not self._bench.knows(change)][:1]

    def _tried_after(self, place: int) -> int | None:
        """Return the place of the next lower number that was tried, if any."""
        for after in range(place + 1, len(self._numbers)):
            if self._bench.knows({"triangles": self._numbers[after]}):
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
            self._bench.columns({"triangles": self._numbers[after]}),
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
        if not self._bench.workshop.keeps_an_order:
            return -math.inf, -math.inf
        base, _ = self._bench.base()
        pictures = sum(base.textures.values())
        return share * (base.wire - pictures), share * (base.size - pictures)

    def _dropped(self, kept: int) -> float:
        """Return the part that is dropped, over the part that is kept."""
        return max(1, self._numbers[0] - kept) / max(1, kept)
