"""The ladder of levels of detail, their budgets, and how a document is made to fit.

Numbers are what a phone can fetch and draw: a preview in half a second at 2.4 Mb/s, a
full model in 5 seconds, both at 30 frames a second on a phone of 2019.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assets_pipeline import measure
from assets_pipeline.copying import copied
from assets_pipeline.transforms.compress import CompressOptions, compress
from assets_pipeline.transforms.quantize import QuantizeOptions, quantize
from assets_pipeline.transforms.reorder import reorder
from assets_pipeline.transforms.simplify import SimplifyOptions, simplify
from assets_pipeline.transforms.textures import TexturesOptions, textures
from assets_pipeline.writer import to_glb

if TYPE_CHECKING:
    from assets_pipeline.document import Document
    from assets_pipeline.transforms.textures import Made
    from tours.bundle import LodName


@dataclass(frozen=True, slots=True)
class Profile:
    """One level of detail and what it may cost."""

    name: LodName
    most_bytes: int
    most_triangles: int
    edge_px: int
    packed_edge_px: int
    normal_bits: int
    dark_color_bits: int
    uv_bits: int


PREVIEW: Final = Profile("preview", 150_000, 5_000, 512, 256, 8, 9, 11)
PHONE: Final = Profile("phone", 1_500_000, 50_000, 1024, 512, 8, 10, 12)
LADDER: Final = (PREVIEW, PHONE)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A document made for one profile."""

    document: Document
    glb: bytes
    is_within_bytes: bool
    is_within_triangles: bool


@dataclass(frozen=True, slots=True)
class _TextureStep:
    """One setting of the textures, from the finest down."""

    quality: int
    normal_quality: int
    shrink: int


_TEXTURE_STEPS: Final = (
    _TextureStep(80, 88, 1),
    _TextureStep(70, 80, 1),
    _TextureStep(55, 70, 1),
    _TextureStep(85, 90, 2),
    _TextureStep(65, 75, 2),
    _TextureStep(45, 60, 2),
    _TextureStep(55, 60, 4),
    _TextureStep(35, 45, 4),
    _TextureStep(40, 45, 8),
)
_FLOOR_TRIANGLE_RATIO = 0.08
_TEXTURE_SHARE = 0.4
_ROUNDS = 12
_TRIANGLE_SLACK = 1.02


def fitted(document: Document, profile: Profile) -> Fitted:
    """Return the document within a profile's budgets, or as near as its floor allows.

    Parameters
    ----------
    document
        Oriented, pruned, welded, with normals; left unchanged.
    profile
        What to fit in.
    """
    made: Made = {}
    step, target = 0, profile.most_triangles
    reduced = _reduced(document, target)
    attempt = _attempt(reduced, profile, step, made)
    for _ in range(_ROUNDS):
        moved = _next(attempt, profile, step, target)
        if attempt.size <= profile.most_bytes or moved == (step, target):
            break
        if moved[1] != target:
            reduced = _reduced(document, moved[1])
        step, target = moved
        attempt = _attempt(reduced, profile, step, made)
    attempt = _refined(attempt, reduced, profile, step, made)
    limit = profile.most_triangles * _TRIANGLE_SLACK
    return Fitted(
        attempt.document,
        attempt.glb,
        is_within_bytes=attempt.size <= profile.most_bytes,
        is_within_triangles=measure.triangles(attempt.document) <= limit,
    )


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One setting, carried out."""

    document: Document
    glb: bytes

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return len(self.glb)

    @property
    def texture_bytes(self) -> int:
        """Bytes of the file that are pictures."""
        return sum(len(image.content) for image in self.document.images())


def _reduced(document: Document, target: int) -> Document:
    reduced = copied(document)
    simplify(reduced, SimplifyOptions(target_triangles=target))
    return reduced


def _attempt(reduced: Document, profile: Profile, step: int, made: Made) -> _Attempt:
    shown = copied(reduced)
    chosen = _TEXTURE_STEPS[step]
    options = TexturesOptions(
        edge_px=profile.edge_px // chosen.shrink,
        packed_edge_px=profile.packed_edge_px // chosen.shrink,
        quality=chosen.quality,
        normal_quality=chosen.normal_quality,
    )
    textures(shown, options, made)
    quantize(
        shown,
        QuantizeOptions(
            uv_bits=profile.uv_bits, dark_color_bits=profile.dark_color_bits
        ),
    )
    reorder(shown)
    compress(shown, CompressOptions(normal_bits=profile.normal_bits))
    return _Attempt(shown, to_glb(shown))


def _next(
    attempt: _Attempt, profile: Profile, step: int, target: int
) -> tuple[int, int]:
    """Return the next texture step and triangle target: what weighs most gives first."""
    pictures = attempt.texture_bytes
    floor = int(profile.most_triangles * _FLOOR_TRIANGLE_RATIO)
    can_shrink = step + 1 < len(_TEXTURE_STEPS) and pictures > 0
    is_heavy = pictures > _TEXTURE_SHARE * profile.most_bytes
    if can_shrink and (is_heavy or target <= floor):
        return step + 1, target
    room = profile.most_bytes - pictures
    ratio = max(0.4, 0.95 * room / max(1, attempt.size - pictures))
    lower = max(floor, int(target * min(ratio, 0.95)))
    if lower < target:
        return step, lower
    return (step + 1, target) if can_shrink else (step, target)


def _refined(
    attempt: _Attempt, reduced: Document, profile: Profile, step: int, made: Made
) -> _Attempt:
    """Return the finest textures that still fit beside the triangles settled on."""
    for finer in reversed(range(step)):
        better = _attempt(reduced, profile, finer, made)
        if better.size > profile.most_bytes:
            break
        attempt = better
    return attempt
