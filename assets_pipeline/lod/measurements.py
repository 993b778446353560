"""Plans carried out and looked at, beside the finest that a search starts from."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

import brotli  # type: ignore[import-untyped]  # C, without types
import numpy as np
from numpy.typing import NDArray

from assets_pipeline.lod.settings import TEXTURE_KINDS
from assets_pipeline.rendering import views as shots
from assets_pipeline.transforms.compress_textures import roles_of_images

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

    from assets_pipeline.gltf.document import Document
    from assets_pipeline.lod.settings import EncodedLod, LodEncoder, LodSettings
    from assets_pipeline.rendering.visual_error import VisualErrorMeter
    from assets_pipeline.transforms.ktx2_textures import TextureKind

FloatArray = NDArray[np.float64]
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
    """What carrying a plan out showed."""

    size: int
    """Bytes of the file."""
    wire: int
    """Bytes as they are sent, compressed once more."""
    error: float
    textures: dict[TextureKind, int]
    """Bytes of each kind."""


@dataclass(frozen=True, slots=True)
class MeasurementCache:
    """What was carried out and looked at, to be kept between levels of detail."""

    bases: dict[LodSettings, tuple[Measurement, FloatArray]] = field(
        default_factory=dict
    )
    """Of the finest plans, and the error in each view."""
    glances: dict[LodSettings, Measurement] = field(default_factory=dict)
    whole: dict[LodSettings, Measurement] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.bases) + len(self.glances) + len(self.whole)

    def add(self, other: MeasurementCache) -> None:
        """Take over what others tried of the same model."""
        self.bases.update(other.bases)
        self.glances.update(other.glances)
        self.whole.update(other.whole)


class CandidateMeter:
    """Tries plans, each beside the same finest one.

    Parameters
    ----------
    workshop
        Carries plans out.
    judge
        Knows the source.
    trials
        What was tried before.
    finest
        What all is compared with.
    """

    def __init__(
        self,
        workshop: LodEncoder,
        judge: VisualErrorMeter,
        trials: MeasurementCache,
        finest: LodSettings,
    ) -> None:
        self.workshop, self.finest = workshop, finest
        self._judge, self._trials = judge, trials

    def base(self) -> tuple[Measurement, FloatArray]:
        """Return the finest, made as for glances, and its error in each view."""
        plan, bases = self.finest, self._trials.bases
        if plan not in bases:
            draw_source = partial(self._judge.draw_source, shots.SEARCH_RIG)
            made = run_beside(partial(self._made, plan), draw_source)
            errors = self._judge.differences(made.shown, shots.SEARCH_RIG)
            bases[plan] = made.trial(errors), errors
        return bases[plan]

    def knows(self, changes: Changes) -> bool:
        """Whether changes were glanced at; the finest itself always was."""
        plan = replace(self.finest, **changes)
        return plan == self.finest or plan in self._trials.glances

    def glance(self, many: Iterable[Changes]) -> None:
        """Look at what changes give beside the finest, from two sides."""
        views = self._views()
        unknown = (replace(self.finest, **it) for it in many if not self.knows(it))
        plans = list(dict.fromkeys(unknown))
        for plan, made in zip(plans, prefetch(self._made, plans), strict=True):
            errors = self._judge.differences(made.shown, shots.SEARCH_RIG, views)
            self._trials.glances[plan] = made.trial(errors)

    def glanced(self, changes: Changes) -> tuple[float, Measurement]:
        """Return what changes harm beside the finest, and the file they give."""
        base, errors = self.base()
        plan = replace(self.finest, **changes)
        if plan == self.finest:
            return 0.0, base
        self.glance([changes])
        trial = self._trials.glances[plan]
        harm = trial.error**2 - _mean(errors[list(self._views())]) ** 2
        return max(0.0, harm), trial

    def columns(self, changes: Changes) -> tuple[float, float, float]:
        """Return what changes harm, and the bytes that they save sent and in the file."""
        base, _ = self.base()
        harm, trial = self.glanced(changes)
        return harm, float(base.wire - trial.wire), float(base.size - trial.size)

    def _views(self) -> tuple[int, ...]:
        """Return the views of a glance: of those that show something."""
        seen = np.flatnonzero(np.isfinite(self.base()[1]))
        return tuple(int(view) for view in seen[:: max(1, len(seen) // _GLANCES)])

    def whole(self, plan: LodSettings) -> Measurement:
        """Return what a plan gives as it would be sent, seen from every side."""
        whole = self._trials.whole
        if plan not in whole:
            draw_source = partial(self._judge.draw_source, shots.CHECK_RIG)
            attempt = run_beside(partial(self.workshop.attempt, plan), draw_source)
            errors = self._judge.errors(attempt.content, shots.SEARCH_RIG)
            whole[plan] = _Made.of(attempt, _wire(attempt)).trial(errors)
        return whole[plan]

    def _made(self, plan: LodSettings) -> _Made:
        """Return what a plan gives, made as for glances, ready to be looked at."""
        attempt = self.workshop.attempt(plan, _GLANCE_METHOD)
        finest = self.finest
        if plan != finest and plan.with_textures_of(finest) == finest:
            base, _ = self.base()  # pictures don't compress any further
            wire = base.wire - base.size + attempt.size
        else:
            wire = _wire(attempt)
        return _Made.of(attempt, wire, self._judge.prepared(attempt.content))


@dataclass(frozen=True, slots=True)
class _Made:
    """A plan carried out, before it is looked at."""

    size: int
    wire: int
    textures: dict[TextureKind, int]
    shown: bytes
    """As the judge's renderer gets it."""

    @staticmethod
    def of(attempt: EncodedLod, wire: int, shown: bytes = b"") -> _Made:
        return _Made(attempt.size, wire, _texture_bytes(attempt.document), shown)

    def trial(self, errors: FloatArray) -> Measurement:
        return Measurement(self.size, self.wire, _mean(errors), self.textures)


def _wire(attempt: EncodedLod) -> int:
    """Return the bytes of a file as they are sent."""
    if attempt.is_packed:
        return attempt.size
    return len(brotli.compress(attempt.content, quality=_WIRE_QUALITY))


def _mean(errors: FloatArray) -> float:
    seen = errors[np.isfinite(errors)]
    return float(seen.mean()) if len(seen) else 0.0


def _texture_bytes(document: Document) -> dict[TextureKind, int]:
    roles = roles_of_images(document)
    sizes: dict[TextureKind, int] = dict.fromkeys(TEXTURE_KINDS, 0)
    for image in document.images():
        sizes[roles[id(image)].kind] += len(image.content)
    return sizes


def prefetch(make: Callable[[Wanted], Made], many: Iterable[Wanted]) -> Iterator[Made]:
    """Yield what is made of each, in order; one more is made meanwhile, in a thread.

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
    """Return what is made in a thread while something else is done here."""
    with ThreadPoolExecutor(1) as maker:
        coming = maker.submit(make)
        other()
        return coming.result()
