"""Combine candidates of each setting into candidate settings of an LOD.

Every kind of texture, the triangles and the bits of each attribute have their own cost
in looks and saving in bytes. A few settings of each are tried; between them, and
beyond, the rest is told, and what a choice rests on is tried before it is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np

from assets_pipeline.lod.part_candidates import (
    CandidateTable,
    TextureCandidates,
    TriangleCandidates,
)
from assets_pipeline.lod.settings import TEXTURE_KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assets_pipeline.lod.measurements import CandidateMeter, Changes
    from assets_pipeline.transforms.ktx2_textures import TextureKind

_BEYOND: Final = 1.3
"""What is offered goes this far past the budget: a choice lies between two trials."""
_FEW_BITS_OF_PLACES: Final = 18
"""What touches must keep touching."""


@dataclass(frozen=True, slots=True)
class Bits:
    """Range of bits of a vertex attribute."""

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


class _Part(Protocol):
    """One part of a plan."""

    def first(self) -> list[Changes]:
        """Return what is tried before anything is told."""
        ...

    def choices(self, most_harm: float) -> CandidateTable:
        """Return what the part may be, a little past a harm."""
        ...

    def next_probe(self, changes: Changes) -> list[Changes]:
        """Return what is to be tried next before changes are known to do as told."""
        ...


class CandidateSet:
    """All candidates that may replace the finest settings.

    Parameters
    ----------
    candidate_meter
        Where settings are tried.
    edges
        The longest edge of each kind's textures, 0 for what stays as it is.
    room
        How much harm may be had.
    """

    def __init__(
        self,
        candidate_meter: CandidateMeter,
        edges: Mapping[TextureKind, int],
        room: float,
    ) -> None:
        self._candidate_meter, self._most_harm = candidate_meter, _BEYOND * room
        self._parts = list(_parts(candidate_meter, edges))
        candidate_meter.measure_roughly(
            [tried for part in self._parts for tried in part.first()]
        )
        self._sums = self._summed()

    @property
    def combinations(self) -> CandidateTable:
        """The Pareto front of all combinations of candidates."""
        return self._sums

    def is_probed(self, changes: Changes) -> bool:
        """Whether a candidate's prediction rests on measurements alone; else make them."""
        doubts = [doubt for part in self._parts for doubt in part.next_probe(changes)]
        if doubts:
            self._candidate_meter.measure_roughly(doubts)
            self._sums = self._summed()
        return not doubts

    def _summed(self) -> CandidateTable:
        combinations = CandidateTable.nothing()
        for part in self._parts:
            combinations = combinations.combine(
                part.choices(self._most_harm).pareto_front()
            )
        return combinations


def _parts(
    candidate_meter: CandidateMeter, edges: Mapping[TextureKind, int]
) -> list[_Part]:
    encoder = candidate_meter.encoder
    held = encoder.attributes
    parts: list[_Part] = [TriangleCandidates(candidate_meter)]
    for name, bits in BITS.items():
        if held & bits.attributes:
            parts.append(_BitOffers(candidate_meter, name, bits))
    if "TANGENT" in held:
        parts.append(_EitherOffers(candidate_meter, {"keeps_tangents": False}))
    if encoder.has_repeats:
        parts.append(
            _EitherOffers(candidate_meter, {"place_bits": _FEW_BITS_OF_PLACES})
        )
    parts += [
        TextureCandidates(candidate_meter, kind)
        for kind in TEXTURE_KINDS
        if edges[kind]
    ]
    return parts


class _BitOffers:
    """Every number of bits of an attribute, from one that is tried."""

    def __init__(self, candidate_meter: CandidateMeter, name: str, bits: Bits) -> None:
        self._candidate_meter, self._name = candidate_meter, name
        self._least = bits.least
        if name == "position_bits":
            self._least = max(self._least, candidate_meter.encoder.least_position_bits)
        self._tried = max(self._least, bits.tried)
        self._finest: int = getattr(candidate_meter.finest, name)

    def first(self) -> list[Changes]:
        return [{self._name: self._tried}]

    def choices(self, most_harm: float) -> CandidateTable:
        del most_harm
        bits = np.arange(self._finest, self._least - 1, -1, dtype=np.float64)
        harm, saved, spared = self._candidate_meter.columns({self._name: self._tried})
        share = (self._finest - bits) / max(1, self._finest - self._tried)
        harms = harm * np.power(_HARM_OF_A_BIT, self._tried - bits) * (share > 0)
        changes: list[Changes] = [{self._name: int(v)} for v in bits]
        return CandidateTable(changes, harms, saved * share, spared * share)

    def next_probe(self, changes: Changes) -> list[Changes]:
        del changes
        return []


class _EitherOffers:
    """To change something or not."""

    def __init__(self, candidate_meter: CandidateMeter, change: dict[str, Any]) -> None:
        self._candidate_meter, self._change = candidate_meter, change

    def first(self) -> list[Changes]:
        return [self._change]

    def choices(self, most_harm: float) -> CandidateTable:
        del most_harm
        columns = self._candidate_meter.columns(self._change)
        harm, saved, spared = (np.array([0.0, column]) for column in columns)
        return CandidateTable([{}, self._change], harm, saved, spared)

    def next_probe(self, changes: Changes) -> list[Changes]:
        del changes
        return []
