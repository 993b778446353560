"""Findings about a model's size: what the curator wrote against what the file holds."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assets_pipeline.errors.typography import french
from assets_pipeline.findings import catalogue
from assets_pipeline.gltf.extents import MAX_DISTANCE_IN_SIZES, distance_to_origin_m
from tours.vocabulary import UNITS

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def findings(scene: ModelScene, extents: Extents) -> Iterator[Diagnostic]:
    """Give what is wrong with the size and place of a scene in such a box."""
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
        return catalogue.SIZE_DISAGREES.at(place, percent=percent, **shown)
    unit, axis, would_be_m = better
    source, edits = scene.source, []
    if UNITS[unit] != source.metres_per_unit:
        written = next(
            u for u, metres in UNITS.items() if metres == source.metres_per_unit
        )
        edits.append(_Edit("units", written, unit))
    if axis != source.up:
        edits.append(_Edit("up", source.up, axis))
    return catalogue.SIZE_TELLS_SOURCE.at(
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
    """Return the unit and axis that give the height written; the fewest changes first."""
    candidates: list[tuple[str, Axis, float]] = [
        (unit, axis, size * UNITS[unit] / source.metres_per_unit)
        for axis, size in _heights(source.up, extents)
        for unit in UNITS
    ]
    near = [c for c in candidates if abs(c[2] - written_m) <= _EXPLAINS * written_m]

    def changes(candidate: tuple[str, Axis, float]) -> tuple[int, float]:
        unit, axis, size = candidate
        same_unit = UNITS[unit] == source.metres_per_unit
        same_axis = axis == source.up
        return (not same_unit) + (not same_axis), abs(size - written_m)

    return min(near, key=changes, default=None)


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
        yield catalogue.SIZE_UNLIKELY.at(
            scene.source.file.location,
            file=scene.source.file.path,
            measured=length(greatest),
        )


def _far(scene: ModelScene, extents: Extents) -> Iterator[Diagnostic]:
    distance = distance_to_origin_m(extents)
    if distance > MAX_DISTANCE_IN_SIZES * max(extents.size_m):
        yield catalogue.FAR_FROM_ORIGIN.at(
            scene.source.file.location,
            file=scene.source.file.path,
            distance=length(distance),
        )


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
