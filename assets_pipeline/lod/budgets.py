"""Profiles of the LODs: budgets of bytes, triangles and texels, and most visual error.

Numbers are what a phone can fetch and draw: a preview in half a second at 2.4 Mb/s, a
full model in 5 seconds, both at 30 frames a second on a phone of 2019.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from tours.bundle import LodName

LevelName: TypeAlias = LodName | Literal["free", "usdz"]


@dataclass(frozen=True, slots=True)
class Profile:
    """Budgets and limits of one LOD."""

    name: LevelName
    most_bytes: int
    most_triangles: int
    edge_px: int
    packed_edge_px: int
    position_bits: int
    uv_bits: int
    normal_bits: int
    dark_color_bits: int
    most_error: float
    """Visual error that the search stays under, where the other budgets allow it."""
    least_edge_px: int
    """Of textures in a search, where they have as much: its views are of the whole, and
    whoever holds a phone walks up to a wall."""


PREVIEW: Final = Profile("preview", 150_000, 5_000, 512, 256, 13, 11, 8, 9, 0.08, 64)
PHONE: Final = Profile("phone", 1_500_000, 50_000, 1024, 512, 13, 12, 8, 10, 0.03, 256)
HIGH: Final = Profile("high", 4_000_000, 100_000, 2048, 1024, 13, 12, 8, 10, 0.02, 512)
USDZ: Final = Profile("usdz", 8_000_000, 100_000, 2048, 2048, 13, 12, 8, 10, 0.02, 512)
"""Bits are glTF's alone. Whoever stands before the thing itself walks up to it."""
FREE: Final = Profile("free", 1 << 32, 100_000, 4096, 4096, 13, 12, 8, 10, 0.02, 256)
"""Of a model that is optimized by itself: its visual error alone decides, unless the
caller sets other limits."""
PROFILES: Final = (PREVIEW, PHONE, HIGH)
