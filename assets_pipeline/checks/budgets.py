"""Check a model's bytes, triangles and graphics memory against their budgets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assets_pipeline.findings.budgets import (
    OVER_BYTES,
    OVER_GPU_MEMORY,
    OVER_TRIANGLES,
)
from assets_pipeline.findings.diagnose import diagnose
from assets_pipeline.limits import MAX_GPU_BYTES
from assets_pipeline.lod.budgets import PHONE
from assets_pipeline.tasks.result import Note

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from assets_pipeline.lod.levels import Level
    from assets_pipeline.tasks.task import Task
    from tours.bundle import Bundle
    from tours.diagnostics import Diagnostic
    from tours.model import ModelScene

_MOST_USDZ_BYTES: Final = 4 * MAX_GPU_BYTES
"""For Quick Look, which is no page and holds no camera's pictures of ours: eleven textures
of 2,048 pixels, as what only large phones are given may have."""
_FOR_LARGE_PHONES: Final = "high"


@dataclass(frozen=True, slots=True)
class _Held:
    """What one kind of phone holds."""

    size_bytes: int
    most_bytes: int
    named: Mapping[str, str]


def check_gpu_memory(scene: ModelScene, bundle: Bundle) -> Iterator[Diagnostic]:
    """Yield findings about the graphics memory that a scene's model takes."""
    for held in _held(bundle):
        if held.size_bytes > held.most_bytes:
            yield diagnose(
                OVER_GPU_MEMORY,
                scene.source.file.location,
                file=scene.source.file.path,
                megabytes=_megabytes(held.size_bytes),
                most=_megabytes(held.most_bytes),
                **held.named,
            )


def _held(bundle: Bundle) -> Iterator[_Held]:
    given = [lod.gpu_bytes for lod in bundle.lods if lod.name != _FOR_LARGE_PHONES]
    phone = {"phone_fr": "téléphone", "phone_en": "a phone’s", "each": "6"}
    yield _Held(max(given, default=0), MAX_GPU_BYTES, phone)
    if bundle.usdz_facts is not None:
        iphone = {"phone_fr": "iPhone (USDZ)", "phone_en": "an iPhone’s (USDZ)"}
        size_bytes = bundle.usdz_facts.gpu_bytes
        yield _Held(size_bytes, _MOST_USDZ_BYTES, iphone | {"each": "22"})


def _megabytes(size_bytes: int) -> str:
    return f"{size_bytes / 1_000_000:.0f}"


def check_level_budgets(level: Level, triangles: int, task: Task) -> list[Note]:
    """Return notes on an LOD of more bytes or triangles than its budget."""
    profile, fit = level.profile, level.fitted
    named = {"file": task.path, "lod": profile.name}
    notes = []
    if not fit.is_within_bytes:
        sizes = {
            "kilobytes": _kilobytes(len(fit.content)),
            "most": _kilobytes(profile.most_bytes),
        }
        notes.append(Note(OVER_BYTES.code, named | sizes))
    # A preview of a few more is slower to come, but draws as the phone's level does.
    if not fit.is_within_triangles and triangles > PHONE.most_triangles:
        counts = {"triangles": str(triangles), "most": str(profile.most_triangles)}
        notes.append(Note(OVER_TRIANGLES.code, named | counts))
    return notes


def _kilobytes(size_bytes: int) -> str:
    return f"{size_bytes / 1000:.0f}"
