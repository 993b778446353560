"""The smallest file that looks like its source: a search guided by the visual error.

Every kind of texture, the triangles and the bits of each attribute are tried alone, a
few settings each, beside the finest of the others: glances, from two sides. What each
costs in looks and saves in bytes is interpolated between these, and taken to add up,
errors by their squares, as what is independent does; the best sum is carried out,
looked at from every side, and what was learned corrects the next choice.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

import brotli  # type: ignore[import-untyped]  # C, without types
import numpy as np

from assets_pipeline import shots
from assets_pipeline.choices import Choices, Expected, Learned
from assets_pipeline.measure import image_size
from assets_pipeline.plans import KINDS, Plan
from assets_pipeline.profiles import fixed_plan
from assets_pipeline.transforms.textures import TextureSetting, roles_of_images

if TYPE_CHECKING:
    from assets_pipeline.choices import FloatArray
    from assets_pipeline.document import Document
    from assets_pipeline.plans import Attempt, Workshop
    from assets_pipeline.transforms.textures import TextureKind
    from assets_pipeline.visual_error import Judge

_FINEST_QUALITY: Final = 92
_TRIED_QUALITIES: Final = (78, 50, 22)
_KEPT_TRIANGLES: Final = (0.85, 0.6, 0.35, 0.2, 0.1)
_WIRE_QUALITY: Final = 5
_FINE_STEPS: Final = 24
_ROUNDS: Final = 5
_MOST_ROUNDS: Final = 8
"""While no file is within the bytes."""
_CLOSE_ENOUGH: Final = 0.98
_BEYOND: Final = 1.3
"""Trials go this far past the budget: what is chosen lies between two trials."""
_GLANCE_METHOD: Final = 4
"""Of WebP: half the time of the slowest, and some 4 % more bytes, for all alike."""
_GLANCES: Final = 2
"""Views of a glance."""


@dataclass(frozen=True, slots=True)
class _Bits:
    """How few bits an attribute may have."""

    attributes: frozenset[str]
    """Those that it rules: without them it decides nothing."""
    finest: int
    tried: int
    """One trial tells of all: see `_HARM_OF_A_BIT`."""
    least: int


_BITS: Final = {
    "position_bits": _Bits(frozenset({"POSITION"}), 15, 12, 10),
    "uv_bits": _Bits(frozenset({"TEXCOORD_0", "TEXCOORD_1"}), 14, 12, 11),
    "normal_bits": _Bits(frozenset({"NORMAL"}), 10, 8, 7),
}
_HARM_OF_A_BIT: Final = 4.0
"""One bit less makes twice the error."""


@dataclass(frozen=True, slots=True)
class Found:
    """The plan that was settled on, and what it gives."""

    plan: Plan
    attempt: Attempt
    error: float
    """In the views of the search; others are for the check."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What carrying a plan out showed."""

    size: int
    """Bytes of the file."""
    wire: int
    """Bytes as they are sent, compressed once more."""
    error: float
    textures: dict[TextureKind, int]
    """Bytes of each kind."""


@dataclass(frozen=True, slots=True)
class Trials:
    """What was carried out and looked at, to be kept between levels of detail."""

    bases: dict[Plan, tuple[Trial, FloatArray]] = field(default_factory=dict)
    """Of the finest plans, and the error in each view."""
    glances: dict[Plan, Trial] = field(default_factory=dict)
    whole: dict[Plan, Trial] = field(default_factory=dict)


class Search:
    """Finds plans for one document; what it tried serves every budget after.

    Parameters
    ----------
    workshop
        Carries plans out.
    judge
        Knows the source.
    trials
        Share it between levels of detail that keep as many bits of dark colours.
    """

    def __init__(
        self, workshop: Workshop, judge: Judge, trials: Trials | None = None
    ) -> None:
        self._workshop, self._judge = workshop, judge
        self._profile = workshop.profile
        self._trials = Trials() if trials is None else trials
        self._edges = _greatest_edges(workshop.document)
        self.finest = self.finest_of(workshop)

    @property
    def trials(self) -> int:
        """How many plans were carried out and looked at."""
        kept = self._trials
        return len(kept.bases) + len(kept.glances) + len(kept.whole)

    def found(self, most_error: float) -> Found:
        """Return the smallest file within an error, or the truest within the bytes."""
        base, _ = self._base()
        room = max(most_error**2 - base.error**2, 0.25 * most_error**2)
        if base.size > self._profile.most_bytes:
            room = 1.0  # bytes come first: however far one has to go
        sums, learned = self._sums(room), Learned()
        tried: set[Plan] = set()
        while len(tried) < (_ROUNDS if self._any_fits() else _MOST_ROUNDS):
            plan, expected = self._chosen(sums, learned, most_error)
            trial = self._trial(plan)
            if plan in tried or self._is_settled(trial, most_error):
                break
            tried.add(plan)
            learned = learned.after(base, trial, expected)
        if not self._any_fits():
            self._trial(fixed_plan(self._workshop))
        best = self._best_tried(most_error)
        return Found(best, self._workshop.attempt(best), self._trial(best).error)

    @staticmethod
    def finest_of(workshop: Workshop) -> Plan:
        """Return the plan that keeps all that a level of detail may."""
        profile, edges = workshop.profile, _greatest_edges(workshop.document)
        limits = (profile.edge_px, profile.edge_px, profile.packed_edge_px)
        color, normal, packed = (
            TextureSetting(min(limit, _power_above(edges[kind])), _FINEST_QUALITY)
            for kind, limit in zip(KINDS, limits, strict=True)
        )
        return Plan(
            min(profile.most_triangles, workshop.triangles),
            **{name: bits.finest for name, bits in _BITS.items()},
            keeps_tangents=True,
            color=color,
            normal=normal,
            packed=packed,
        )

    def _base(self) -> tuple[Trial, FloatArray]:
        """Return the finest, made as for glances, and its error in each view."""
        plan, bases = self.finest, self._trials.bases
        if plan not in bases:
            attempt = self._workshop.attempt(plan, _GLANCE_METHOD)
            errors = self._judge.errors(attempt.glb, shots.SEARCH)
            bases[plan] = _trial(attempt, errors), errors
        return bases[plan]

    def _glanced(self, changes: dict[str, Any]) -> tuple[float, Trial]:
        """Return what changes harm beside the finest, and the file they give."""
        base, errors = self._base()
        plan, glances = replace(self.finest, **changes), self._trials.glances
        if plan == self.finest:
            return 0.0, base
        seen = np.flatnonzero(np.isfinite(errors))
        views = tuple(int(view) for view in seen[:: max(1, len(seen) // _GLANCES)])
        if plan not in glances:
            attempt = self._workshop.attempt(plan, _GLANCE_METHOD)
            found = self._judge.errors(attempt.glb, shots.SEARCH, views)
            glances[plan] = _trial(attempt, found)
        harm = glances[plan].error ** 2 - _mean(errors[list(views)]) ** 2
        return max(0.0, harm), glances[plan]

    def _trial(self, plan: Plan) -> Trial:
        """Return what a plan gives as it would be sent, seen from every side."""
        whole = self._trials.whole
        if plan not in whole:
            attempt = self._workshop.attempt(plan)
            errors = self._judge.errors(attempt.glb, shots.SEARCH)
            whole[plan] = _trial(attempt, errors)
        return whole[plan]

    def _sums(self, room: float) -> Choices:
        """Return all that may be chosen, but for what something else beats."""
        held = self._workshop.attributes
        parts = [self._triangles(room)]
        parts += [
            self._bits(name, bits)
            for name, bits in _BITS.items()
            if held & bits.attributes
        ]
        if "TANGENT" in held:
            parts.append(self._tangents())
        parts += [self._textures(kind, room) for kind in KINDS if self._edges[kind]]
        sums = Choices.nothing()
        for part in parts:
            sums = sums.plus(part.unbeaten())
        return sums

    def _triangles(self, room: float) -> Choices:
        """Return every number of triangles, between the tried ones."""
        base, _ = self._base()
        tried, results = [self.finest.triangles], [(0.0, base)]
        for part in _KEPT_TRIANGLES:
            tried.append(round(self.finest.triangles * part))
            results.append(self._glanced({"triangles": tried[-1]}))
            if results[-1][0] > _BEYOND * room:
                break
        values = np.geomspace(tried[0], max(1, tried[-1]), _FINE_STEPS).round()
        columns = zip(*(self._columns(*result) for result in results), strict=True)
        harm, saved, spared = (
            np.interp(-values, [-t for t in tried], column) for column in columns
        )
        return Choices([{"triangles": int(v)} for v in values], harm, saved, spared)

    def _bits(self, name: str, bits: _Bits) -> Choices:
        """Return every number of bits, from one that was tried."""
        least = bits.least
        if name == "position_bits":
            least = max(least, self._workshop.least_position_bits)
        tried = max(least, bits.tried)
        values = np.arange(bits.finest, least - 1, -1, dtype=np.float64)
        harm, saved, spared = self._columns(*self._glanced({name: tried}))
        share = (bits.finest - values) / max(1, bits.finest - tried)
        harms = harm * np.power(_HARM_OF_A_BIT, tried - values) * (share > 0)
        changes: list[dict[str, Any]] = [{name: int(v)} for v in values]
        return Choices(changes, harms, saved * share, spared * share)

    def _tangents(self) -> Choices:
        """Return whether tangents are sent."""
        changes: list[dict[str, Any]] = [{}, {"keeps_tangents": False}]
        columns = self._columns(*self._glanced(changes[1]))
        harm, saved, spared = (np.array([0.0, column]) for column in columns)
        return Choices(changes, harm, saved, spared)

    def _columns(self, harm: float, trial: Trial) -> tuple[float, float, float]:
        base, _ = self._base()
        return harm, float(base.wire - trial.wire), float(base.size - trial.size)

    def _textures(self, kind: TextureKind, room: float) -> Choices:
        """Return every setting of one kind of texture, between the tried ones."""
        finest: TextureSetting = getattr(self.finest, kind)
        changes: list[dict[str, Any]] = []
        harms: list[FloatArray] = []
        saves: list[FloatArray] = []
        edge_px = finest.edge_px
        whole = float(self._base()[0].textures[kind])
        least_px = self._profile.least_edge_px
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
        finest: TextureSetting = getattr(self.finest, kind)
        first = (_FINEST_QUALITY,) if edge_px == finest.edge_px else ()
        tried: list[int] = []
        results: list[tuple[float, float]] = []
        for quality in (*first, *_TRIED_QUALITIES):
            tried.append(quality)
            harm, trial = self._glanced({kind: TextureSetting(edge_px, quality)})
            results.append((harm, float(trial.textures[kind])))
            if harm > _BEYOND * room:
                break
        return tried, results

    def _chosen(
        self, sums: Choices, learned: Learned, most_error: float
    ) -> tuple[Plan, Expected]:
        """Return the plan that promises most, and what is expected of it."""
        base, _ = self._base()
        harm = learned.more_harm + learned.harm_ratio * sums.harm
        error = np.sqrt((base.error**2 + harm).clip(0))
        wire = base.wire - sums.saved + learned.more_wire
        size = base.size - sums.spared + learned.more_size
        best = self._best(error, wire, size, most_error)
        columns = (sums.harm[best], sums.saved[best], sums.spared[best])
        expected = Expected(*(float(column) for column in columns))
        return replace(self.finest, **sums.changes[best]), expected

    def _best(
        self, error: FloatArray, wire: FloatArray, size: FloatArray, most_error: float
    ) -> int:
        """Return which to take: the smallest that looks alike, else the truest that fits."""
        fits = size <= self._profile.most_bytes
        alike = fits & (error <= most_error)
        if alike.any():
            return int(np.where(alike, wire, np.inf).argmin())
        if fits.any():
            return int(np.where(fits, error, np.inf).argmin())
        return int(size.argmin())

    def _best_tried(self, most_error: float) -> Plan:
        """Return the best of all plans that were ever carried out whole."""
        plans, tried = zip(*self._trials.whole.items(), strict=True)
        columns = [(t.error, float(t.wire), float(t.size)) for t in tried]
        error, wire, size = np.array(columns).T
        best: Plan = plans[self._best(error, wire, size, most_error)]
        return best

    def _any_fits(self) -> bool:
        most = self._profile.most_bytes
        return any(trial.size <= most for trial in self._trials.whole.values())

    def _is_settled(self, trial: Trial, most_error: float) -> bool:
        is_near = _CLOSE_ENOUGH * most_error <= trial.error <= most_error
        return is_near and trial.size <= self._profile.most_bytes


def _trial(attempt: Attempt, errors: FloatArray) -> Trial:
    wire = len(brotli.compress(attempt.glb, quality=_WIRE_QUALITY))
    textures = _texture_bytes(attempt.document)
    return Trial(attempt.size, wire, _mean(errors), textures)


def _mean(errors: FloatArray) -> float:
    seen = errors[np.isfinite(errors)]
    return float(seen.mean()) if len(seen) else 0.0


def _greatest_edges(document: Document) -> dict[TextureKind, int]:
    """Return the longest edge of each kind's textures, 0 where there are none."""
    roles = roles_of_images(document)
    edges: dict[TextureKind, int] = dict.fromkeys(KINDS, 0)
    for image in document.images():
        kind = roles[id(image)].kind
        edges[kind] = max(edges[kind], *image_size(image))
    return edges


def _texture_bytes(document: Document) -> dict[TextureKind, int]:
    roles = roles_of_images(document)
    sizes: dict[TextureKind, int] = dict.fromkeys(KINDS, 0)
    for image in document.images():
        sizes[roles[id(image)].kind] += len(image.content)
    return sizes


def _power_above(edge_px: int) -> int:
    """Return the least power of two that is not below an edge."""
    return 1 << max(0, edge_px - 1).bit_length()
