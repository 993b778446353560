"""One picture of several: for those who share a page, and before a film plays."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tours.manifest import ImageVariant

_STILL_PX = 1000
"""Widest picture that stands for a film: a video's poster comes in one size only."""


def share_picture(variants: Sequence[ImageVariant]) -> str | None:
    """Return the variant that every program opens: the last one."""
    return variants[-1].url if variants else None


def still(variants: Sequence[ImageVariant]) -> str | None:
    """Return the one picture that a film shows before it plays, sized for a phone."""
    plain = [v for v in variants if v.type == variants[-1].type]
    small = [v for v in plain if v.width_px <= _STILL_PX]
    chosen = max(small, key=lambda v: v.width_px, default=plain[0] if plain else None)
    return chosen.url if chosen else None
