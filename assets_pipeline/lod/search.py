"""The smallest file that looks like its source: a search guided by the visual error.

Every kind of texture, the triangles and the bits of each attribute are tried alone, a
few settings each, beside the finest of the others: glances, from two sides. What each
costs in looks and saves in bytes is interpolated between these, and taken to add up,
errors by their squares, as what is independent does; the best sum is carried out,
looked at from every side, and what was learned corrects the next choice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from assets_pipeline.gltf.measure import image_size
from assets_pipeline.lod.candidates import BITS, CandidateSet
from assets_pipeline.lod.measurements import CandidateMeter, MeasurementCache
from assets_pipeline.lod.part_candidates import Prediction, PredictionCorrection
from assets_pipeline.lod.rules import choose_settings
from assets_pipeline.lod.settings import TEXTURE_KINDS, LodSettings
from assets_pipeline.transforms.compress_textures import TextureSetting, roles_of_images

if TYPE_CHECKING:
    from assets_pipeline.gltf.document import Document
    from assets_pipeline.lod.measurements import FloatArray, Measurement
    from assets_pipeline.lod.part_candidates import CandidateTable
    from assets_pipeline.lod.settings import EncodedLod, LodEncoder
    from assets_pipeline.rendering.visual_error import VisualErrorMeter
    from assets_pipeline.transforms.ktx2_textures import TextureKind

_FINEST_QUALITY: Final = 92
_TRUEST: Final = {"normal_bits": 12, "uv_bits": 16}
_TRUEST_QUALITY: Final = 98
_PLACE_BITS: Final = 24
_NEAR: Final = 0.9
"""Of the error that may be had: where the finest has more, there must be a finer one."""
_ROUNDS: Final = 5
_MOST_ROUNDS: Final = 8
"""While no file is within the bytes."""
_CLOSE_ENOUGH: Final = 0.98


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The plan that was settled on, and what it gives."""

    plan: LodSettings
    attempt: EncodedLod
    error: float
    """In the views of the search; others are for the check."""


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
        self,
        workshop: LodEncoder,
        judge: VisualErrorMeter,
        trials: MeasurementCache | None = None,
    ) -> None:
        self._workshop, self._judge = workshop, judge
        self._profile = workshop.profile
        self._trials = MeasurementCache() if trials is None else trials
        self._edges = _greatest_edges(workshop.document)
        self.finest = self.finest_of(workshop)

    @property
    def trials(self) -> int:
        """How many plans were carried out and looked at."""
        return len(self._trials)

    def found(self, most_error: float) -> SearchResult:
        """Return the smallest file within an error, or the truest within the bytes."""
        bench = self._bench(most_error)
        base, _ = bench.base()
        room = max(most_error**2 - base.error**2, 0.25 * most_error**2)
        if base.size > self._profile.most_bytes:
            room = 1.0  # bytes come first: however far one has to go
        offers, learned = (
            CandidateSet(bench, self._seen_edges(), room),
            PredictionCorrection(),
        )
        tried: set[LodSettings] = set()
        while len(tried) < (_ROUNDS if self._any_fits() else _MOST_ROUNDS):
            plan, expected = self._chosen(bench, offers, learned, most_error)
            trial = bench.whole(plan)
            if plan in tried or self._is_settled(trial, most_error):
                break
            tried.add(plan)
            learned = learned.after(base, trial, expected)
        if not self._any_fits():
            bench.whole(choose_settings(self._workshop))
        best = self._best_tried(most_error)
        return SearchResult(best, self._workshop.attempt(best), bench.whole(best).error)

    def _bench(self, most_error: float) -> CandidateMeter:
        """Return where plans are tried: beside the finest, or the truest if need be."""
        bench = CandidateMeter(self._workshop, self._judge, self._trials, self.finest)
        is_reduced = self.finest.triangles < self._workshop.triangles
        if is_reduced or bench.base()[0].error <= _NEAR * most_error:
            return bench
        truest = _truest(self.finest)
        return CandidateMeter(self._workshop, self._judge, self._trials, truest)

    @staticmethod
    def finest_of(workshop: LodEncoder) -> LodSettings:
        """Return the plan that keeps all that a level of detail may."""
        profile, edges = workshop.profile, _greatest_edges(workshop.document)
        limits = (profile.edge_px, profile.edge_px, profile.packed_edge_px)
        color, normal, packed = (
            TextureSetting(min(limit, _power_above(edges[kind])), _FINEST_QUALITY)
            for kind, limit in zip(TEXTURE_KINDS, limits, strict=True)
        )
        return LodSettings(
            min(profile.most_triangles, workshop.triangles),
            **{name: bits.finest for name, bits in BITS.items()}
            | {"color_bits": profile.dark_color_bits},
            place_bits=_PLACE_BITS,
            keeps_tangents=True,
            color=color,
            normal=normal,
            packed=packed,
        )

    def _seen_edges(self) -> dict[TextureKind, int]:
        """Return the longest edge of each kind's textures that the judge looks at.

        Hollows that we darkened it does not know: they stay as fine as they may be.
        """
        if self._judge.sees_occlusion:
            return self._edges
        materials = self._workshop.document.materials()
        is_darkened = any(material.occlusion_texture for material in materials)
        darkened: dict[TextureKind, int] = {"packed": 0}
        return self._edges | darkened if is_darkened else self._edges

    def _chosen(
        self,
        bench: CandidateMeter,
        offers: CandidateSet,
        learned: PredictionCorrection,
        most_error: float,
    ) -> tuple[LodSettings, Prediction]:
        """Return the plan that promises most, and what is expected of it."""
        while True:
            sums = offers.sums
            best = self._promising(bench, sums, learned, most_error)
            if offers.is_sure(sums.changes[best]):
                break
        columns = (sums.harm[best], sums.saved[best], sums.spared[best])
        expected = Prediction(*(float(column) for column in columns))
        return replace(bench.finest, **sums.changes[best]), expected

    def _promising(
        self,
        bench: CandidateMeter,
        sums: CandidateTable,
        learned: PredictionCorrection,
        most_error: float,
    ) -> int:
        """Return which sum promises most."""
        base, _ = bench.base()
        harm = learned.more_harm + learned.harm_ratio * sums.harm
        error = np.sqrt((base.error**2 + harm).clip(0))
        wire = base.wire - sums.saved + learned.more_wire
        size = base.size - sums.spared + learned.more_size
        return self._best(error, wire, size, most_error)

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

    def _best_tried(self, most_error: float) -> LodSettings:
        """Return the best of all plans that were ever carried out whole."""
        plans, tried = zip(*self._trials.whole.items(), strict=True)
        columns = [(t.error, float(t.wire), float(t.size)) for t in tried]
        error, wire, size = np.array(columns).T
        best: LodSettings = plans[self._best(error, wire, size, most_error)]
        return best

    def _any_fits(self) -> bool:
        most = self._profile.most_bytes
        return any(trial.size <= most for trial in self._trials.whole.values())

    def _is_settled(self, trial: Measurement, most_error: float) -> bool:
        is_near = _CLOSE_ENOUGH * most_error <= trial.error <= most_error
        return is_near and trial.size <= self._profile.most_bytes


def _greatest_edges(document: Document) -> dict[TextureKind, int]:
    """Return the longest edge of each kind's textures, 0 where there are none."""
    roles = roles_of_images(document)
    edges: dict[TextureKind, int] = dict.fromkeys(TEXTURE_KINDS, 0)
    for image in document.images():
        kind = roles[id(image)].kind
        edges[kind] = max(edges[kind], *image_size(image))
    return edges


def _truest(plan: LodSettings) -> LodSettings:
    """Return a plan that is finer than museums need, and as peers' best files are."""
    finer: dict[str, Any] = dict(_TRUEST)
    for kind in TEXTURE_KINDS:
        edge_px = getattr(plan, kind).edge_px
        finer[kind] = TextureSetting(edge_px, _TRUEST_QUALITY)
    return replace(plan, **finer)


def _power_above(edge_px: int) -> int:
    """Return the least power of two that is not below an edge."""
    return 1 << max(0, edge_px - 1).bit_length()
