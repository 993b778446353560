"""Check a model's measured size against the height that the curator wrote."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assets_pipeline.errors.typography import french
from assets_pipeline.findings.diagnose import diagnose
from assets_pipeline.findings.model_size import (
    FAR_FROM_ORIGIN,
    MODEL_RECENTERED,
    SIZE_DISAGREES,
    SIZE_SUGGESTS_UNITS,
    SIZE_UNLIKELY,
)
from assets_pipeline.gltf import extents as bounds
from assets_pipeline.gltf.extents import MAX_DISTANCE_IN_SIZES, distance_to_origin_m
from assets_pipeline.tasks.result import Note
from tours.vocabulary import UNITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assets_pipeline.gltf.extents import Point
    from assets_pipeline.tasks.task import Task
    from tours.bundle import Extents
    from tours.diagnostics import Diagnostic
    from tours.model import Axis, ModelScene, ModelSource

TOLERANCE: Final = 0.01
"""A height may differ by this share of what is written."""
ESTIMATE_TOLERANCE: Final = 0.05
"""The same of an estimate: what is written is told in two figures at most."""
_EXPLAINS: Final = 0.05
"""Another unit explains a height that it brings this near: people measure roughly."""
_LIKELY_M: Final = (0.02, 200.0)
"""Greatest dimension of what museums show at true size."""
_DEFAULTS: Final = {"units": "m", "up": "y"}


def check_model_size(scene: ModelScene, extents: Extents) -> Iterator[Diagnostic]:
    """Yield findings about the size of a scene's model and its distance from the origin."""
    if scene.height is not None:
        written, measured = scene.height, extents.size_m[1]
        tolerance = ESTIMATE_TOLERANCE if written.is_estimate else TOLERANCE
        if abs(measured - written.metres) > tolerance * written.metres:
            yield _disagreement(scene, written.metres, extents)
    elif scene.scale == 1.0:
        yield from _unlikely(scene, extents)
    yield from _far(scene, extents)


def _disagreement(scene: ModelScene, written_m: float, extents: Extents) -> Diagnostic:
    place = scene.height.location if scene.height else scene.location
    measured_m = extents.size_m[1]
    shown = {"written": length(written_m), "measured": length(measured_m)}
    better = _explanation(scene.source, written_m, extents)
    if better is None:
        percent = max(1, round(100 * measured_m / written_m))
        return diagnose(SIZE_DISAGREES, place, percent=percent, **shown)
    unit, axis, would_be_m = better
    source, edits = scene.source, []
    if UNITS[unit] != source.metres_per_unit:
        written = next(
            u for u, metres in UNITS.items() if metres == source.metres_per_unit
        )
        edits.append(_Edit("units", written, unit))
    if axis != source.up:
        edits.append(_Edit("up", source.up, axis))
    return diagnose(
        SIZE_SUGGESTS_UNITS,
        place,
        explained_fr=" et ".join(f"«\u00a0{e.key}: {e.better}\u00a0»" for e in edits),
        explained_en=" and ".join(f"`{e.key}: {e.better}`" for e in edits),
        edits_fr=" et ".join(e.french() for e in edits),
        edits_en=" and ".join(e.english() for e in edits),
        would_be=length(would_be_m),
        **shown,
    )


@dataclass(frozen=True, slots=True)
class _Edit:
    """A key of a scene, what it says, or would by default, and what it should say."""

    key: str
    now: str
    better: str

    @property
    def is_written(self) -> bool:
        """Whether the key must be there: it says what it does not say by default."""
        return self.now != _DEFAULTS[self.key]

    def french(self) -> str:
        """Return what to do, as the end of a sentence."""
        key, better = self.key, f"{self.key}: {self.better}"
        words = (
            f"remplacez « {key}: {self.now} » par « {better} »"
            if self.is_written
            else f"ajoutez une ligne « {better} » (ou changez « {key}: », s'il y est)"
        )
        return french(words, "", "").what

    def english(self) -> str:
        """Return what to do, as the end of a sentence."""
        key, better = self.key, f"{self.key}: {self.better}"
        if self.is_written:
            return f"replace `{key}: {self.now}` by `{better}`"
        return f"add a line `{better}` (or change `{key}:` if it is there)"


def _explanation(
    source: ModelSource, written_m: float, extents: Extents
) -> tuple[str, Axis, float] | None:
    """Return the unit and axis that give the height written; the fewest changes first.

    None where there are none, or where they are those that the model has already.
    """
    candidates: list[tuple[str, Axis, float]] = [
        (unit, axis, size * UNITS[unit] / source.metres_per_unit)
        for axis, size in _heights(source.up, extents)
        for unit in UNITS
    ]
    near = [c for c in candidates if abs(c[2] - written_m) <= _EXPLAINS * written_m]

    def changes(candidate: tuple[str, Axis, float]) -> int:
        unit, axis, _ = candidate
        return (UNITS[unit] != source.metres_per_unit) + (axis != source.up)

    best = min(near, key=lambda c: (changes(c), abs(c[2] - written_m)), default=None)
    return best if best is not None and changes(best) else None


def _heights(up: Axis, extents: Extents) -> Iterator[tuple[Axis, float]]:
    """Give each of the source's axes with the asset's size along it.

    `transforms.orient` lays the source's X to -Y for ``x``, Z to Y for ``z``.
    """
    width, height, depth = extents.size_m
    along: dict[Axis, dict[Axis, float]] = {
        "y": {"x": width, "y": height, "z": depth},
        "z": {"x": width, "y": depth, "z": height},
        "x": {"x": height, "y": width, "z": depth},
    }
    yield from along[up].items()


def _unlikely(scene: ModelScene, extents: Extents) -> Iterator[Diagnostic]:
    greatest = max(extents.size_m)
    least_m, most_m = _LIKELY_M
    if not least_m <= greatest <= most_m:
        yield diagnose(
            SIZE_UNLIKELY,
            scene.source.file.location,
            file=scene.source.file.path,
            measured=length(greatest),
        )


def _far(scene: ModelScene, extents: Extents) -> Iterator[Diagnostic]:
    distance = distance_to_origin_m(extents)
    if distance > MAX_DISTANCE_IN_SIZES * max(extents.size_m):
        yield diagnose(
            FAR_FROM_ORIGIN,
            scene.source.file.location,
            file=scene.source.file.path,
            distance=length(distance),
        )


def recentering_note(task: Task, extents: Extents, foot: Point) -> Note:
    """Return the note about a model that was moved to the origin from far away.

    Parameters
    ----------
    task
        Of the model.
    extents
        Before it was moved.
    foot
        What was made the origin, metres.
    """
    shift = bounds.describe_shift(extents, foot, task.metres_per_unit, task.up)
    return Note(MODEL_RECENTERED.code, {"file": task.path, **shift})


def length(metres: float) -> str:
    """Return a length as a curator writes it, to about a per cent."""
    if metres >= 1:
        return f"{_short(metres)} m"
    if metres >= 0.01:  # noqa: PLR2004  # a centimetre
        return f"{_short(metres * 100)} cm"
    return f"{_short(metres * 1000)} mm"


def _short(value: float) -> str:
    if value <= 0 or not math.isfinite(value):
        return f"{value:g}"
    decimals = max(0, 2 - math.floor(math.log10(value)))
    text = f"{value:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
