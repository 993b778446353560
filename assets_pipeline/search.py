"""The smallest file that looks like its source: a search guided by the visual error.

Every kind of texture and the triangles are tried alone, a few settings each, beside
the finest of the others. What each costs in looks and saves in bytes is interpolated
between these trials, and taken to add up; the best sum is carried out, looked at, and
what was learned corrects the next choice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import brotli  # type: ignore[import-untyped]  # C, without types
import numpy as np
from numpy.typing import NDArray

from assets_pipeline import shots
from assets_pipeline.measure import image_size
from assets_pipeline.plans import KINDS, Plan
from assets_pipeline.transforms.textures import TextureSetting, roles_of_images

if TYPE_CHECKING:
    from assets_pipeline.document import Document
    from assets_pipeline.plans import Attempt, Workshop
    from assets_pipeline.transforms.textures import TextureKind
    from assets_pipeline.visual_error import Judge

FloatArray = NDArray[np.float64]

_FINEST_QUALITY: Final = 92
_TRIED_QUALITIES: Final = (78, 50, 22)
_LEAST_EDGE_PX: Final = 64
_KEPT_TRIANGLES: Final = (0.85, 0.6, 0.35, 0.2, 0.1)
_FINEST_BITS: Final = {"position_bits": 16, "uv_bits": 14, "normal_bits": 10}
_TRIED: Final[dict[str, tuple[int | bool, ...]]] = {
    "position_bits": (13,),
    "uv_bits": (12,),
    "normal_bits": (8,),
    "keeps_tangents": (False,),
}
_HELD_BY: Final = {
    "position_bits": ("POSITION",),
    "uv_bits": ("TEXCOORD_0", "TEXCOORD_1"),
    "normal_bits": ("NORMAL",),
    "keeps_tangents": ("TANGENT",),
}
"""Attributes without which a field decides nothing."""
_WIRE_QUALITY: Final = 5
_FINE_STEPS: Final = 24
_ROUNDS: Final = 4
_CLOSE_ENOUGH: Final = 0.97
_BEYOND: Final = 1.3
"""Trials go this far past the budget: what is chosen lies between two trials."""


@dataclass(frozen=True, slots=True)
class Found:
    """The plan that was settled on, and what it gives."""

    plan: Plan
    attempt: Attempt
    error: float
    """In the views of the search; others are for the check."""


@dataclass(frozen=True, slots=True)
class _Options:
    """What one part of a plan may be, with its cost and its gain beside the finest."""

    changes: list[dict[str, Any]]
    """Fields of the plan and their values."""
    harm: FloatArray
    """(n,) visual error added."""
    saved: FloatArray
    """(n,) bytes."""


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


Trials = dict[Plan, Trial]


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
        self._trials: Trials = {} if trials is None else trials
        self._edges = _greatest_edges(workshop.document)
        self.finest = self.finest_of(workshop)

    @property
    def trials(self) -> int:
        """How many plans were carried out and looked at."""
        return len(self._trials)

    def found(self, most_error: float) -> Found:
        """Return the smallest file within an error, or the truest within the bytes."""
        base = self._trial(self.finest)
        room = max(most_error - base.error, 0.25 * most_error, 0.5 * base.error)
        if base.size > self._profile.most_bytes:
            room = 1.0  # bytes come first: however far one has to go
        axes = [self._triangles(room)]
        axes += [self._discrete(name, room) for name in self._discrete_fields()]
        axes += [self._textures(kind, room) for kind in KINDS if self._edges[kind]]
        learned = _Learned()
        for _ in range(_ROUNDS):
            plan, harm, saved = self._chosen(axes, learned, most_error)
            trial = self._trial(plan)
            learned = learned.after(base, trial, harm, saved)
            if self._is_settled(trial, most_error):
                break
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
            **_FINEST_BITS,
            keeps_tangents=True,
            color=color,
            normal=normal,
            packed=packed,
        )

    def _trial(self, plan: Plan) -> Trial:
        if plan not in self._trials:
            attempt = self._workshop.attempt(plan)
            glb = attempt.glb
            error = self._judge.error(glb, shots.SEARCH)
            wire = len(brotli.compress(glb, quality=_WIRE_QUALITY))
            self._trials[plan] = Trial(
                len(glb), wire, error, _texture_bytes(attempt.document)
            )
        return self._trials[plan]

    def _beside_finest(self, plan: Plan) -> tuple[float, float]:
        """Return the error that a plan adds to the finest, and the bytes it saves."""
        base, trial = self._trial(self.finest), self._trial(plan)
        return max(0.0, trial.error - base.error), float(base.wire - trial.wire)

    def _discrete_fields(self) -> list[str]:
        """Return the fields of few values that matter to this document."""
        primitives = self._workshop.document.primitives()
        held = {name for p in primitives for name in p.attributes}
        return [field for field, names in _HELD_BY.items() if held & set(names)]

    def _discrete(self, field: str, room: float) -> _Options:
        """Return the values of one field, each tried."""
        changes: list[dict[str, Any]] = [{}]
        results = [(0.0, 0.0)]
        for value in _TRIED[field]:
            changes.append({field: value})
            results.append(self._beside_finest(replace(self.finest, **changes[-1])))
            if results[-1][0] > _BEYOND * room:
                break
        harm, saved = np.array(results).T
        return _pareto(_Options(changes, harm, saved))

    def _textures(self, kind: TextureKind, room: float) -> _Options:
        """Return every setting of one kind of texture, between the tried ones."""
        finest: TextureSetting = getattr(self.finest, kind)
        changes: list[dict[str, Any]] = []
        harms: list[FloatArray] = []
        saves: list[FloatArray] = []
        edge_px = finest.edge_px
        whole = float(self._trial(self.finest).textures[kind])
        while edge_px >= min(_LEAST_EDGE_PX, finest.edge_px):
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
        return _pareto(_Options(changes, np.concatenate(harms), np.concatenate(saves)))

    def _tried_qualities(
        self, kind: TextureKind, edge_px: int, room: float
    ) -> tuple[list[int], list[tuple[float, float]]]:
        """Return qualities tried at one size, and the harm and bytes of each."""
        finest: TextureSetting = getattr(self.finest, kind)
        first = (_FINEST_QUALITY,) if edge_px == finest.edge_px else ()
        tried: list[int] = []
        results: list[tuple[float, float]] = []
        for quality in (*first, *_TRIED_QUALITIES):
            setting = TextureSetting(edge_px, quality)
            tried.append(quality)
            plan = self.finest.with_texture(kind, setting)
            harm, _ = self._beside_finest(plan)
            results.append((harm, float(self._trial(plan).textures[kind])))
            if harm > _BEYOND * room:
                break
        return tried, results

    def _triangles(self, room: float) -> _Options:
        """Return every number of triangles, between the tried ones."""
        tried, results = [self.finest.triangles], [(0.0, 0.0)]
        for part in _KEPT_TRIANGLES:
            tried.append(round(self.finest.triangles * part))
            plan = replace(self.finest, triangles=tried[-1])
            results.append(self._beside_finest(plan))
            if results[-1][0] > _BEYOND * room:
                break
        values = np.geomspace(tried[0], max(1, tried[-1]), _FINE_STEPS).round()
        harm, saved = (
            np.interp(-values, [-t for t in tried], [r[column] for r in results])
            for column in (0, 1)
        )
        changes: list[dict[str, Any]] = [{"triangles": int(v)} for v in values]
        return _pareto(_Options(changes, harm, saved))

    def _chosen(
        self, axes: list[_Options], learned: _Learned, most_error: float
    ) -> tuple[Plan, float, float]:
        """Return the plan that promises most, and the harm and saving expected of it."""
        base = self._trial(self.finest)
        sums = _Options([{}], np.zeros(1), np.zeros(1))
        for axis in axes:
            sums = _pareto(_summed(sums, axis))
        error = base.error + learned.harm_ratio * sums.harm
        wire = base.wire - sums.saved + learned.more_bytes
        best = self._best(error, wire, wire * (base.size / base.wire), most_error)
        plan = replace(self.finest, **sums.changes[best])
        return plan, float(sums.harm[best]), float(sums.saved[best])

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
        """Return the best of all plans that were ever carried out."""
        plans, tried = zip(*self._trials.items(), strict=True)
        columns = [(t.error, float(t.wire), float(t.size)) for t in tried]
        error, wire, size = np.array(columns).T
        best: Plan = plans[self._best(error, wire, size, most_error)]
        return best

    def _is_settled(self, trial: Trial, most_error: float) -> bool:
        is_near = _CLOSE_ENOUGH * most_error <= trial.error <= most_error
        return is_near and trial.size <= self._profile.most_bytes


@dataclass(frozen=True, slots=True)
class _Learned:
    """How sums of single trials have to be corrected."""

    harm_ratio: float = 1.0
    """Of what harms together, to the sum of what each does alone."""
    more_bytes: float = 0.0

    def after(self, base: Trial, trial: Trial, harm: float, saved: float) -> _Learned:
        """Return what is known after one more plan was looked at."""
        ratio = self.harm_ratio
        if harm > 0:
            ratio = min(3.0, max(0.2, (trial.error - base.error) / harm))
        return _Learned(ratio, trial.wire - (base.wire - saved))


def _summed(one: _Options, other: _Options) -> _Options:
    """Return every option of one with every option of the other."""
    return _Options(
        [a | b for a in one.changes for b in other.changes],
        (one.harm[:, None] + other.harm).ravel(),
        (one.saved[:, None] + other.saved).ravel(),
    )


def _pareto(options: _Options) -> _Options:
    """Return the options that no other beats in both harm and saving."""
    order = np.lexsort((-options.saved, options.harm))
    kept: list[int] = []
    most = -np.inf
    for i in order:
        if options.saved[i] > most:
            kept.append(int(i))
            most = options.saved[i]
    changes = [options.changes[i] for i in kept]
    return _Options(changes, options.harm[kept], options.saved[kept])


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
