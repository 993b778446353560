"""Search the smallest settings of an LOD within a limit of visual error.

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

from assets_pipeline.gltf.measure import image_size_px
from assets_pipeline.lod.candidates import BITS, CandidateSet
from assets_pipeline.lod.measurements import CandidateMeter, MeasurementCache
from assets_pipeline.lod.part_candidates import Prediction, PredictionCorrection
from assets_pipeline.lod.rules import choose_settings
from assets_pipeline.lod.settings import TEXTURE_KINDS, LodSettings
from assets_pipeline.transforms.compress_textures import TextureSetting, texture_roles

if TYPE_CHECKING:
    from assets_pipeline.arrays import Float64Array
    from assets_pipeline.gltf.document import Document
    from assets_pipeline.lod.measurements import Measurement
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
    """The settings found, and the LOD that they give."""

    plan: LodSettings
    encoded: EncodedLod
    error: float
    """In the views of the search; others are for the check."""


class Search:
    """Searches settings for one document; measurements serve every later budget.

    Parameters
    ----------
    encoder
        Encodes candidates.
    meter
        Measures files against the source.
    measurements
        Share it between levels of detail that keep as many bits of dark colours.
    """

    def __init__(
        self,
        encoder: LodEncoder,
        meter: VisualErrorMeter,
        measurements: MeasurementCache | None = None,
    ) -> None:
        self._encoder, self._meter = encoder, meter
        self._profile = encoder.profile
        self._measurements = (
            MeasurementCache() if measurements is None else measurements
        )
        self._edges = _greatest_edges(encoder.document)
        self.finest = self.finest_of(encoder)

    @property
    def measurements(self) -> int:
        """How many candidates were measured."""
        return len(self._measurements)

    def find(self, most_error: float) -> SearchResult:
        """Return the smallest file within an error, or the truest within the bytes."""
        candidate_meter = self._candidate_meter(most_error)
        base, _ = candidate_meter.base()
        room = max(most_error**2 - base.error**2, 0.25 * most_error**2)
        if base.size > self._profile.most_bytes:
            room = 1.0  # bytes come first: however far one has to go
        candidates, correction = (
            CandidateSet(candidate_meter, self._seen_edges(), room),
            PredictionCorrection(),
        )
        tried: set[LodSettings] = set()
        while len(tried) < (_ROUNDS if self._any_fits() else _MOST_ROUNDS):
            plan, prediction = self._chosen(
                candidate_meter, candidates, correction, most_error
            )
            measurement = candidate_meter.measure(plan)
            if plan in tried or self._is_settled(measurement, most_error):
                break
            tried.add(plan)
            correction = correction.after(base, measurement, prediction)
        if not self._any_fits():
            candidate_meter.measure(choose_settings(self._encoder))
        best = self._best_tried(most_error)
        return SearchResult(
            best, self._encoder.encode(best), candidate_meter.measure(best).error
        )

    def _candidate_meter(self, most_error: float) -> CandidateMeter:
        """Return where plans are tried: beside the finest, or the truest if need be."""
        candidate_meter = CandidateMeter(
            self._encoder, self._meter, self._measurements, self.finest
        )
        is_reduced = self.finest.triangles < self._encoder.triangles
        if is_reduced or candidate_meter.base()[0].error <= _NEAR * most_error:
            return candidate_meter
        truest = _truest(self.finest)
        return CandidateMeter(self._encoder, self._meter, self._measurements, truest)

    @staticmethod
    def finest_of(encoder: LodEncoder) -> LodSettings:
        """Return the finest settings that a profile allows."""
        profile, edges = encoder.profile, _greatest_edges(encoder.document)
        limits = (profile.edge_px, profile.edge_px, profile.packed_edge_px)
        color, normal, packed = (
            TextureSetting(min(limit, _power_above(edges[kind])), _FINEST_QUALITY)
            for kind, limit in zip(TEXTURE_KINDS, limits, strict=True)
        )
        return LodSettings(
            min(profile.most_triangles, encoder.triangles),
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
        if self._meter.sees_occlusion:
            return self._edges
        materials = self._encoder.document.materials()
        is_darkened = any(material.occlusion_texture for material in materials)
        darkened: dict[TextureKind, int] = {"packed": 0}
        return self._edges | darkened if is_darkened else self._edges

    def _chosen(
        self,
        candidate_meter: CandidateMeter,
        candidates: CandidateSet,
        correction: PredictionCorrection,
        most_error: float,
    ) -> tuple[LodSettings, Prediction]:
        """Return the plan that promises most, and what is expected of it."""
        while True:
            combinations = candidates.combinations
            best = self._promising(
                candidate_meter, combinations, correction, most_error
            )
            if candidates.is_probed(combinations.changes[best]):
                break
        columns = (
            combinations.harm[best],
            combinations.saved[best],
            combinations.spared[best],
        )
        prediction = Prediction(*(float(column) for column in columns))
        return replace(candidate_meter.finest, **combinations.changes[best]), prediction

    def _promising(
        self,
        candidate_meter: CandidateMeter,
        combinations: CandidateTable,
        correction: PredictionCorrection,
        most_error: float,
    ) -> int:
        """Return which sum promises most."""
        base, _ = candidate_meter.base()
        harm = correction.more_harm + correction.harm_ratio * combinations.harm
        error = np.sqrt((base.error**2 + harm).clip(0))
        wire = base.wire - combinations.saved + correction.more_wire
        size = base.size - combinations.spared + correction.more_size
        return self._best(error, wire, size, most_error)

    def _best(
        self,
        error: Float64Array,
        wire: Float64Array,
        size: Float64Array,
        most_error: float,
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
        plans, tried = zip(*self._measurements.measured.items(), strict=True)
        columns = [(t.error, float(t.wire), float(t.size)) for t in tried]
        error, wire, size = np.array(columns).T
        best: LodSettings = plans[self._best(error, wire, size, most_error)]
        return best

    def _any_fits(self) -> bool:
        most = self._profile.most_bytes
        return any(
            measurement.size <= most
            for measurement in self._measurements.measured.values()
        )

    def _is_settled(self, measurement: Measurement, most_error: float) -> bool:
        is_near = _CLOSE_ENOUGH * most_error <= measurement.error <= most_error
        return is_near and measurement.size <= self._profile.most_bytes


def _greatest_edges(document: Document) -> dict[TextureKind, int]:
    """Return the longest edge of each kind's textures, 0 where there are none."""
    roles = texture_roles(document)
    edges: dict[TextureKind, int] = dict.fromkeys(TEXTURE_KINDS, 0)
    for image in document.images():
        kind = roles[id(image)].kind
        edges[kind] = max(edges[kind], *image_size_px(image))
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
