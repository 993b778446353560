"""Choose settings by rule: the first of a fixed list within an LOD's budgets.

No renderer is asked: it is what a museum ships where nobody has searched.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assets_pipeline.gltf import ktx2_header, measure
from assets_pipeline.limits import MAX_GPU_BYTES
from assets_pipeline.lod.settings import EncodedLod, LodEncoder, LodSettings
from assets_pipeline.transforms.compress_textures import TextureSetting
from assets_pipeline.transforms.ktx2_textures import TextureMemoryLimit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assets_pipeline.gltf.document import Document
    from assets_pipeline.lod.budgets import Profile

LIMITS: Final[Mapping[str, int]] = {"phone": MAX_GPU_BYTES, "high": 4 * MAX_GPU_BYTES}
"""Bytes of graphics memory. None of the preview, which stays WebP: it shows where the
transcoder of KTX2 does not come."""
_FAIR, _BEST, _LEAST = 128, 255, 48
"""Qualities of ETC1S: 255 weighs about twice as much as 128, 48 two thirds."""
_ROOM_FOR_BEST: Final = 2.0


@dataclass(frozen=True, slots=True)
class BudgetedLod:
    """An encoded LOD, and which of its budgets it keeps."""

    document: Document
    content: bytes
    """Of the file: GLB, or USDZ."""
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
_TANGENT_BITS, _PLACE_BITS = 8, 18
_TRIANGLE_SLACK = 1.02


def fit_to_budgets(document: Document, profile: Profile) -> BudgetedLod:
    """Return a document within a profile's budgets, or as near as its floor allows.

    One quality for all, asked of no renderer: see `search` for the smallest file that
    looks alike.

    Parameters
    ----------
    document
        Oriented, pruned, welded, with normals; left unchanged.
    profile
        What to fit in.
    """
    encoder = LodEncoder(document, profile)
    return compare_with_budgets(encoder.encode(choose_settings(encoder)), profile)


def choose_settings(encoder: LodEncoder) -> LodSettings:
    """Return the first settings of a fixed list that keep within the budgets."""
    profile = encoder.profile
    step, target = 0, profile.most_triangles
    encoded = encoder.encode(_plan(profile, step, target))
    for _ in range(_ROUNDS):
        moved = _next(encoded, profile, step, target)
        if encoded.size <= profile.most_bytes or moved == (step, target):
            break
        step, target = moved
        encoded = encoder.encode(_plan(profile, step, target))
    while step > 0:
        better = encoder.encode(_plan(profile, step - 1, target))
        if better.size > profile.most_bytes:
            break
        step -= 1
    return _plan(profile, step, target)


def compare_with_budgets(encoded: EncodedLod, profile: Profile) -> BudgetedLod:
    """Return an encoded LOD with which budgets it keeps."""
    limit = profile.most_triangles * _TRIANGLE_SLACK
    return BudgetedLod(
        encoded.document,
        encoded.content,
        is_within_bytes=encoded.size <= profile.most_bytes,
        is_within_triangles=measure.count_triangles(encoded.document) <= limit,
    )


def _plan(profile: Profile, step: int, triangles: int) -> LodSettings:
    chosen = _TEXTURE_STEPS[step]
    edge_px = profile.edge_px // chosen.shrink
    return LodSettings(
        triangles,
        profile.position_bits,
        profile.uv_bits,
        profile.normal_bits,
        tangent_bits=_TANGENT_BITS,
        color_bits=profile.dark_color_bits,
        place_bits=_PLACE_BITS,
        keeps_tangents=True,
        color=TextureSetting(edge_px, chosen.quality),
        normal=TextureSetting(edge_px, chosen.normal_quality),
        packed=TextureSetting(profile.packed_edge_px // chosen.shrink, chosen.quality),
    )


def _next(
    encoded: EncodedLod, profile: Profile, step: int, target: int
) -> tuple[int, int]:
    """Return the next texture step and triangle target: what weighs most gives first."""
    pictures = encoded.texture_bytes
    floor = int(profile.most_triangles * _FLOOR_TRIANGLE_RATIO)
    can_shrink = step + 1 < len(_TEXTURE_STEPS) and pictures > 0
    is_heavy = pictures > _TEXTURE_SHARE * profile.most_bytes
    if can_shrink and (is_heavy or target <= floor):
        return step + 1, target
    room = profile.most_bytes - pictures
    ratio = max(0.4, 0.95 * room / max(1, encoded.size - pictures))
    lower = max(floor, int(target * min(ratio, 0.95)))
    if lower < target:
        return step, lower
    return (step + 1, target) if can_shrink else (step, target)


def encode_within_memory(
    encoder: LodEncoder, plan: LodSettings, most_bytes: int | None
) -> EncodedLod:
    """Return the LOD that settings give, within a limit of graphics memory; None for none.

    As few textures as it takes become KTX2, as true as the level's bytes allow; where
    all that may is not enough, the level stays over, and the curator is told (A022).
    """
    encoded = encoder.encode(plan)
    over = (
        0
        if most_bytes is None
        else measure.estimate_gpu_bytes(encoded.document) - most_bytes
    )
    if over <= 0:
        return encoded
    pictures = sum(map(measure.estimate_image_gpu_bytes, encoded.document.images()))
    room = max(0, pictures - over)
    fair = encoder.encode_within(plan, TextureMemoryLimit(room, _FAIR))
    budget = encoder.profile.most_bytes
    if fair.size > budget:
        return encoder.encode_within(plan, TextureMemoryLimit(room, _LEAST))
    if fair.size + (_ROOM_FOR_BEST - 1) * _block_bytes(fair.document) <= budget:
        best = encoder.encode_within(plan, TextureMemoryLimit(room, _BEST))
        return best if best.size <= budget else fair
    return fair


def has_ktx2(document: Document) -> bool:
    """Whether any of a document's textures is KTX2."""
    return _block_bytes(document) > 0


def _block_bytes(document: Document) -> int:
    """Return what a document's KTX2 pictures weigh."""
    kept = (i for i in document.images() if i.media_type == ktx2_header.MEDIA_TYPE)
    return sum(len(image.content) for image in kept)
