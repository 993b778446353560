"""Plans carried out and looked at, beside the finest that a search starts from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

import brotli  # type: ignore[import-untyped]  # C, without types
import numpy as np
from numpy.typing import NDArray

from assets_pipeline.ladder.plans import KINDS
from assets_pipeline.rendering import shots
from assets_pipeline.transforms.textures import roles_of_images

if TYPE_CHECKING:
    from assets_pipeline.gltf.document import Document
    from assets_pipeline.ladder.plans import Attempt, Plan, Workshop
    from assets_pipeline.rendering.visual_error import Judge
    from assets_pipeline.transforms.blocks import TextureKind

FloatArray = NDArray[np.float64]

_WIRE_QUALITY: Final = 5
_GLANCE_METHOD: Final = 4
"""Of WebP: half the time of the slowest, and some 4 % more bytes, for all alike."""
_GLANCES: Final = 2
"""Views of a glance."""


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

    def __len__(self) -> int:
        return len(self.bases) + len(self.glances) + len(self.whole)

    def add(self, other: Trials) -> None:
        """Take over what others tried of the same model."""
        self.bases.update(other.bases)
        self.glances.update(other.glances)
        self.whole.update(other.whole)


class Bench:
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
        self, workshop: Workshop, judge: Judge, trials: Trials, finest: Plan
    ) -> None:
        self.workshop, self.finest = workshop, finest
        self._judge, self._trials = judge, trials

    def base(self) -> tuple[Trial, FloatArray]:
        """Return the finest, made as for glances, and its error in each view."""
        plan, bases = self.finest, self._trials.bases
        if plan not in bases:
            attempt = self.workshop.attempt(plan, _GLANCE_METHOD)
            errors = self._judge.errors(attempt.content, shots.SEARCH)
            bases[plan] = _trial(attempt, errors), errors
        return bases[plan]

    def glanced(self, changes: dict[str, Any]) -> tuple[float, Trial]:
        """Return what changes harm beside the finest, and the file they give."""
        base, errors = self.base()
        plan, glances = replace(self.finest, **changes), self._trials.glances
        if plan == self.finest:
            return 0.0, base
        seen = np.flatnonzero(np.isfinite(errors))
        views = tuple(int(view) for view in seen[:: max(1, len(seen) // _GLANCES)])
        if plan not in glances:
            attempt = self.workshop.attempt(plan, _GLANCE_METHOD)
            found = self._judge.errors(attempt.content, shots.SEARCH, views)
            wire = None
            if changes.keys() <= set(KINDS):  # pictures don't compress any further
                wire = base.wire - base.size + attempt.size
            glances[plan] = _trial(attempt, found, wire)
        harm = glances[plan].error ** 2 - _mean(errors[list(views)]) ** 2
        return max(0.0, harm), glances[plan]

    def whole(self, plan: Plan) -> Trial:
        """Return what a plan gives as it would be sent, seen from every side."""
        whole = self._trials.whole
        if plan not in whole:
            attempt = self.workshop.attempt(plan)
            errors = self._judge.errors(attempt.content, shots.SEARCH)
            whole[plan] = _trial(attempt, errors)
        return whole[plan]


def _trial(attempt: Attempt, errors: FloatArray, wire: int | None = None) -> Trial:
    if wire is None:
        wire = attempt.size
        if not attempt.is_packed:
            wire = len(brotli.compress(attempt.content, quality=_WIRE_QUALITY))
    textures = _texture_bytes(attempt.document)
    return Trial(attempt.size, wire, _mean(errors), textures)


def _mean(errors: FloatArray) -> float:
    seen = errors[np.isfinite(errors)]
    return float(seen.mean()) if len(seen) else 0.0


def _texture_bytes(document: Document) -> dict[TextureKind, int]:
    roles = roles_of_images(document)
    sizes: dict[TextureKind, int] = dict.fromkeys(KINDS, 0)
    for image in document.images():
        sizes[roles[id(image)].kind] += len(image.content)
    return sizes
