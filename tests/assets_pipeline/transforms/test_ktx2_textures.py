"""As few textures as it takes stay compressed in graphics memory, the cheapest first."""

from __future__ import annotations

import pytest

from assets_pipeline.transforms.ktx2_textures import (
    Candidate,
    TextureKind,
    choose_ktx2,
    ktx2_setting,
)

WHOLE = round(256 * 256 * 4 * 4 / 3)
"""Of a picture of 256 pixels, decoded, with its mips."""


def picture(
    kind: TextureKind = "color", edge_px: int = 256, *, has_alpha: bool = False
) -> Candidate:
    """Return a square picture."""
    return Candidate(edge_px, edge_px, kind, has_alpha)


def test_none_is_kept_compressed_where_all_fit() -> None:
    assert choose_ktx2([picture(), picture()], 2 * WHOLE) == set()


def test_no_more_are_than_it_takes() -> None:
    assert choose_ktx2([picture()] * 4, 3 * WHOLE + WHOLE // 4) == {0}


def test_colours_come_before_measured_maps_and_dents() -> None:
    pictures = [picture("normal"), picture("packed"), picture("color")]

    chosen = [choose_ktx2(pictures, 3 * WHOLE - n * WHOLE // 2) for n in (1, 2, 4)]

    assert chosen == [{2}, {1, 2}, {0, 1, 2}]


def test_the_largest_of_a_kind_come_first() -> None:
    assert choose_ktx2([picture(edge_px=128), picture()], WHOLE) == {1}


def test_small_ones_stay_as_they_are() -> None:
    assert choose_ktx2([picture(edge_px=64)] * 9, 0) == set()


@pytest.mark.parametrize(
    ("candidate", "ratio"),
    [(picture(), 8), (picture(has_alpha=True), 4), (picture("normal"), 4)],
    ids=["colour", "with alpha", "dents"],
)
def test_what_is_gained(candidate: Candidate, ratio: int) -> None:
    """ETC1 takes half a byte a texel, ETC2 with alpha and ASTC a whole one, RGBA8 four."""
    gained = candidate.plain_bytes / candidate.block_bytes

    assert gained == pytest.approx(ratio, rel=1e-4)


def test_dents_are_kept_as_uastc() -> None:
    assert ktx2_setting(256, "normal", 128).blocks.codec == "UASTC"
    assert ktx2_setting(256, "packed", 128).blocks.codec == "ETC1S"
