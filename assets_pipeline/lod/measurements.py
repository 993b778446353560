"""Measure size and visual error of candidate settings against the finest."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

import brotli  # type: ignore[import-untyped]  # C, without types
import numpy as np

from assets_pipeline.lod.settings import TEXTURE_KINDS
from assets_pipeline.rendering import views as shots
from assets_pipeline.transforms.compress_textures import texture_roles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

    from assets_pipeline.arrays import Float64Array
    from assets_pipeline.gltf.document import Document
    from assets_pipeline.lod.settings import EncodedLod, LodEncoder, LodSettings
    from assets_pipeline.rendering.visual_error import VisualErrorMeter
    from assets_pipeline.transforms.ktx2_textures import TextureKind

Changes = dict[str, Any]
"""Fields of a plan that differ from the finest's, and their values."""

_WIRE_QUALITY: Final = 5
_GLANCE_METHOD: Final = 4
"""Of WebP: half the time of the slowest, and some 4 % more bytes, for all alike."""
_GLANCES: Final = 2
"""Views of a glance."""
Wanted = TypeVar("Wanted")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Measurement:
    """Sizes and visual error of one candidate."""

    size: int
    """Bytes of the file."""
    wire: int
    """Bytes as they are sent, compressed once more."""
    error: float
    textures: dict[TextureKind, int]
    """Bytes of each kind."""


@dataclass(frozen=True, slots=True)
class MeasurementCache:
    """Measurements made so far, shared between LODs."""

    bases: dict[LodSettings, tuple[Measurement, Float64Array]] = field(
        default_factory=dict
    )
    """Of the finest plans, and the error in each view."""
    glances: dict[LodSettings, Measurement] = field(default_factory=dict)
    measured: dict[LodSettings, Measurement] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.bases) + len(self.glances) + len(self.measured)

    def add(self, other: MeasurementCache) -> None:
        """Take over the measurements of another cache of the same model."""
        self.bases.update(other.bases)
        self.glances.update(other.glances)
        self.measured.update(other.measured)


class CandidateMeter:
    """Measures candidates, each against the same finest settings.

    Parameters
    ----------
    encoder
        Carries plans out.
    meter
        Knows the source.
    measurements
        What was tried before.
    finest
        What all is compared with.
    """

    def __init__(
        self,
        encoder: LodEncoder,
        meter: VisualErrorMeter,
        measurements: MeasurementCache,
        finest: LodSettings,
    ) -> None:
        self.encoder, self.finest = encoder, finest
        self._meter, self._measurements = meter, measurements

    def base(self) -> tuple[Measurement, Float64Array]:
        """Return the measurement of the finest settings, and its error in each view."""
        plan, bases = self.finest, self._measurements.bases
        if plan not in bases:
            draw_source = partial(self._meter.render_source, shots.SEARCH_RIG)
            made = run_beside(partial(self._made, plan), draw_source)
            errors = self._meter.differences(made.shown, shots.SEARCH_RIG)
            bases[plan] = made.measurement(errors), errors
        return bases[plan]

    def is_known(self, changes: Changes) -> bool:
        """Whether a candidate was measured roughly; the finest always was."""
        plan = replace(self.finest, **changes)
        return plan == self.finest or plan in self._measurements.glances

    def measure_roughly(self, many: Iterable[Changes]) -> None:
        """Measure candidates from two views, and remember the results."""
        views = self._views()
        unknown = (replace(self.finest, **it) for it in many if not self.is_known(it))
        plans = list(dict.fromkeys(unknown))
        for plan, made in zip(plans, prefetch(self._made, plans), strict=True):
            errors = self._meter.differences(made.shown, shots.SEARCH_RIG, views)
            self._measurements.glances[plan] = made.measurement(errors)

    def rough_measurement(self, changes: Changes) -> tuple[float, Measurement]:
        """Return a candidate's added error against the finest, and its measurement."""
        base, errors = self.base()
        plan = replace(self.finest, **changes)
        if plan == self.finest:
            return 0.0, base
        self.measure_roughly([changes])
        measurement = self._measurements.glances[plan]
        harm = measurement.error**2 - _mean(errors[list(self._views())]) ** 2
        return max(0.0, harm), measurement

    def columns(self, changes: Changes) -> tuple[float, float, float]:
        """Return a candidate's added error, and the bytes it saves sent and on disk."""
        base, _ = self.base()
        harm, measurement = self.rough_measurement(changes)
        return (
            harm,
            float(base.wire - measurement.wire),
            float(base.size - measurement.size),
        )

    def _views(self) -> tuple[int, ...]:
        """Return the views of a glance: of those that show something."""
        seen = np.flatnonzero(np.isfinite(self.base()[1]))
        return tuple(int(view) for view in seen[:: max(1, len(seen) // _GLANCES)])

    def measure(self, plan: LodSettings) -> Measurement:
        """Return the measurement of settings at full quality, from every view."""
        whole = self._measurements.measured
        if plan not in whole:
            draw_source = partial(self._meter.render_source, shots.CHECK_RIG)
            encoded = run_beside(partial(self.encoder.encode, plan), draw_source)
            errors = self._meter.errors(encoded.content, shots.SEARCH_RIG)
            whole[plan] = _Made.of(encoded, _wire(encoded)).measurement(errors)
        return whole[plan]

    def _made(self, plan: LodSettings) -> _Made:
        """Return what a plan gives, made as for glances, ready to be looked at."""
        encoded = self.encoder.encode(plan, _GLANCE_METHOD)
        finest = self.finest
        if plan != finest and plan.with_textures_of(finest) == finest:
            base, _ = self.base()  # pictures don't compress any further
            wire = base.wire - base.size + encoded.size
        else:
            wire = _wire(encoded)
        return _Made.of(encoded, wire, self._meter.prepare(encoded.content))


@dataclass(frozen=True, slots=True)
class _Made:
    """A plan carried out, before it is looked at."""

    size: int
    wire: int
    textures: dict[TextureKind, int]
    shown: bytes
    """As the judge's renderer gets it."""

    @staticmethod
    def of(encoded: EncodedLod, wire: int, shown: bytes = b"") -> _Made:
        return _Made(encoded.size, wire, _texture_bytes(encoded.document), shown)

    def measurement(self, errors: Float64Array) -> Measurement:
        return Measurement(self.size, self.wire, _mean(errors), self.textures)


def _wire(encoded: EncodedLod) -> int:
    """Return the bytes of a file as they are sent."""
    if encoded.is_packed:
        return encoded.size
    return len(brotli.compress(encoded.content, quality=_WIRE_QUALITY))


def _mean(errors: Float64Array) -> float:
    seen = errors[np.isfinite(errors)]
    return float(seen.mean()) if len(seen) else 0.0


def _texture_bytes(document: Document) -> dict[TextureKind, int]:
    roles = texture_roles(document)
    sizes: dict[TextureKind, int] = dict.fromkeys(TEXTURE_KINDS, 0)
    for image in document.images():
        sizes[roles[id(image)].kind] += len(image.content)
    return sizes


def prefetch(make: Callable[[Wanted], Made], many: Iterable[Wanted]) -> Iterator[Made]:
    """Yield results in order, one more being made meanwhile in a thread.

    Parameters
    ----------
    make
        Called in one other thread, never twice at once.
    many
        What things are made of.
    """
    coming: deque[Future[Made]] = deque()
    with ThreadPoolExecutor(1) as maker:
        for wanted in many:
            coming.append(maker.submit(make, wanted))
            if len(coming) > 1:
                yield coming.popleft().result()
        while coming:
            yield coming.popleft().result()


def run_beside(make: Callable[[], Made], other: Callable[[], object]) -> Made:
    """Return the result of a call in a thread, while another runs here."""
    with ThreadPoolExecutor(1) as maker:
        coming = maker.submit(make)
        other()
        return coming.result()
