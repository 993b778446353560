"""Choose the textures that become KTX2 to fit graphics memory, and encode them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from assets_pipeline.codecs import ktx2
from assets_pipeline.codecs.ktx2 import Ktx2Setting
from assets_pipeline.gltf import ktx2_header
from assets_pipeline.gltf.materials import Image

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL.Image import Image as Pixels

TextureKind = Literal["color", "normal", "packed"]

_LEAST_EDGE_PX: Final = 128
"""Smaller ones take next to nothing, and blocks of four show in them."""
_ORDER: Final[dict[TextureKind, int]] = {"color": 0, "packed": 1, "normal": 2}
"""What gives most memory for the fewest bytes first: normal maps need UASTC."""
_LAMBDA: Final = 1.0
"""Of UASTC's rate-distortion optimisation."""
_MIP_CHAIN: Final = 4 / 3
_PLAIN_BYTES: Final = 4
"""Of a texel that is no longer compressed."""


@dataclass(frozen=True, slots=True)
class TextureMemoryLimit:
    """The most graphics memory that textures may take, and KTX2's quality."""

    most_bytes: int
    """With their mips."""
    quality: int
    """ETC1S's, 1 to 255."""


@dataclass(frozen=True, slots=True)
class Ktx2TextureSetting:
    """Size and encoding of one KTX2 texture."""

    edge_px: int
    """Longest edge; a power of two."""
    blocks: Ktx2Setting


@dataclass(frozen=True, slots=True)
class Candidate:
    """A texture, at the size it will have."""

    width_px: int
    height_px: int
    kind: TextureKind
    has_alpha: bool

    @property
    def plain_bytes(self) -> int:
        """Graphics memory as RGBA8 with mips."""
        return round(self.width_px * self.height_px * _PLAIN_BYTES * _MIP_CHAIN)

    @property
    def block_bytes(self) -> int:
        """Graphics memory as KTX2: half a byte a texel, or one byte."""
        is_half = self.kind != "normal" and not self.has_alpha
        texels = self.width_px * self.height_px * _MIP_CHAIN
        return round(texels / 2 if is_half else texels)


def choose_ktx2(candidates: Sequence[Candidate], most_bytes: int) -> set[int]:
    """Return the fewest textures to make KTX2 so that all fit the limit.

    Returns
    -------
    set of int
        Places in `candidates`; where the limit can't be kept, all that may.
    """

    def order(place: int) -> tuple[int, int, int]:
        candidate = candidates[place]
        texels = candidate.width_px * candidate.height_px
        return _ORDER[candidate.kind], -texels, place

    chosen: set[int] = set()
    total = sum(candidate.plain_bytes for candidate in candidates)
    for place in sorted(range(len(candidates)), key=order):
        candidate = candidates[place]
        if total <= most_bytes:
            break
        if min(candidate.width_px, candidate.height_px) >= _LEAST_EDGE_PX:
            chosen.add(place)
            total += candidate.block_bytes - candidate.plain_bytes
    return chosen


def ktx2_setting(edge_px: int, kind: TextureKind, quality: int) -> Ktx2TextureSetting:
    """Return the encoding of a texture: UASTC for normal maps, else ETC1S."""
    if kind == "normal":
        return Ktx2TextureSetting(edge_px, Ktx2Setting("UASTC", _LAMBDA))
    return Ktx2TextureSetting(edge_px, Ktx2Setting("ETC1S", quality))


def encode_ktx2_image(
    pixels: Pixels, setting: Ktx2TextureSetting, kind: TextureKind, name: str | None
) -> Image:
    """Return 8-bit RGB or RGBA pixels as a KTX2 image.

    Raises
    ------
    LimitExceededError
        If there are more than twelve million.
    """
    content = ktx2.encode_ktx2(
        np.asarray(pixels),
        setting.blocks,
        is_color=kind == "color",
        is_normal=kind == "normal",
    )
    return Image(content, ktx2_header.MEDIA_TYPE, name)
