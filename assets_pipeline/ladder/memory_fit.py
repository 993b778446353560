"""A level of detail made to fit a phone's graphics memory, with KTX2 where WebP does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assets_pipeline.codecs import ktx2
from assets_pipeline.findings.gpu_memory import MOST_BYTES
from assets_pipeline.gltf import measure
from assets_pipeline.transforms.blocks import MemoryLimit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assets_pipeline.gltf.document import Document
    from assets_pipeline.ladder.plans import Attempt, Plan, Workshop

LIMITS: Final[Mapping[str, int]] = {"phone": MOST_BYTES, "high": 4 * MOST_BYTES}
"""Bytes of graphics memory. None of the preview, which stays WebP: it shows where the
transcoder of KTX2 does not come."""
_FAIR, _BEST, _LEAST = 128, 255, 48
"""Qualities of ETC1S: 255 weighs about twice as much as 128, 48 two thirds."""
_ROOM_FOR_BEST: Final = 2.0


def held(workshop: Workshop, plan: Plan, most_bytes: int | None) -> Attempt:
    """Return what a plan gives, within a limit of graphics memory; None for no limit.

    As few textures as it takes become KTX2, as true as the level's bytes allow; where
    all that may is not enough, the level stays over, and the curator is told (A022).
    """
    attempt = workshop.attempt(plan)
    over = 0 if most_bytes is None else measure.gpu_bytes(attempt.document) - most_bytes
    if over <= 0:
        return attempt
    pictures = sum(map(measure.image_gpu_bytes, attempt.document.images()))
    room = max(0, pictures - over)
    fair = workshop.attempt_within(plan, MemoryLimit(room, _FAIR))
    budget = workshop.profile.most_bytes
    if fair.size > budget:
        return workshop.attempt_within(plan, MemoryLimit(room, _LEAST))
    if fair.size + (_ROOM_FOR_BEST - 1) * _block_bytes(fair.document) <= budget:
        best = workshop.attempt_within(plan, MemoryLimit(room, _BEST))
        return best if best.size <= budget else fair
    return fair


def is_compressed(document: Document) -> bool:
    """Whether any of a document's pictures is KTX2."""
    return _block_bytes(document) > 0


def _block_bytes(document: Document) -> int:
    """Return what a document's KTX2 pictures weigh."""
    kept = (i for i in document.images() if i.media_type == ktx2.MEDIA_TYPE)
    return sum(len(image.content) for image in kept)
