"""A level that a phone's graphics memory would not hold is made with KTX2."""

from __future__ import annotations

from collections import Counter
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

from assets_pipeline.gltf import ktx2_header, measure
from assets_pipeline.lod.budgets import PHONE
from assets_pipeline.lod.rules import (
    LIMITS,
    choose_settings,
    encode_within_memory,
    has_ktx2,
)
from assets_pipeline.lod.settings import EncodedLod, LodEncoder
from assets_pipeline.models.clean_model import prepare_model
from assets_pipeline.readers.gltf.reader import read_gltf
from assets_pipeline.resolver import Resolver
from assets_pipeline.tasks.task import Task

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

WHOLE = round(256 * 256 * 4 * 4 / 3)
"""Of a picture of 256 pixels, decoded, with its mips."""
PICTURES = 4


@pytest.fixture(scope="module")
def encoder(make: ModuleType) -> LodEncoder:
    """Return the encoder of a model with four pictures of 256 pixels."""
    glb = make.many_pictures(PICTURES, 256)
    document = read_gltf(glb, PurePosixPath("x.glb"), Resolver(Path()))
    prepare_model(document, Task("model", "", "x"))
    return LodEncoder(document, PHONE)


def within(encoder: LodEncoder, most_bytes: int | None) -> EncodedLod:
    """Return the level by rule, within a limit."""
    return encode_within_memory(encoder, choose_settings(encoder), most_bytes)


def kinds(encoded: EncodedLod) -> Counter[str]:
    """Return how many pictures there are of each format."""
    return Counter(image.media_type for image in encoded.document.images())


@pytest.mark.parametrize("most_bytes", [None, 5 * WHOLE])
def test_what_fits_stays_webp(encoder: LodEncoder, most_bytes: int | None) -> None:
    encoded = within(encoder, most_bytes)

    assert kinds(encoded) == {"image/webp": PICTURES}
    assert not has_ktx2(encoded.document)


def test_what_does_not_fit_is_made_to(
    encoder: LodEncoder, errors: Callable[[bytes], list[str]]
) -> None:
    encoded = within(encoder, 3 * WHOLE)

    assert kinds(encoded) == {"image/webp": 2, ktx2_header.MEDIA_TYPE: 2}
    assert measure.estimate_gpu_bytes(encoded.document) <= 3 * WHOLE
    assert errors(encoded.content) == []


def test_what_can_not_fit_is_as_small_as_it_may(encoder: LodEncoder) -> None:
    encoded = within(encoder, 1000)

    assert kinds(encoded) == {ktx2_header.MEDIA_TYPE: PICTURES}
    assert measure.estimate_gpu_bytes(encoded.document) < WHOLE


def test_previews_have_no_limit() -> None:
    """They show where the transcoder does not come."""
    assert set(LIMITS) == {"phone", "high"}
