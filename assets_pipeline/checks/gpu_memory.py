"""Findings about what a stop takes of a phone's graphics memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assets_pipeline.findings import catalogue
from assets_pipeline.limits import MAX_GPU_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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


def findings(scene: ModelScene, bundle: Bundle) -> Iterator[Diagnostic]:
    """Give what is wrong with the graphics memory that a scene's model takes."""
    for held in _held(bundle):
        if held.size_bytes > held.most_bytes:
            yield catalogue.OVER_GPU_MEMORY.at(
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
