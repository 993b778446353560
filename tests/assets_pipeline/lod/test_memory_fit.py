"""A level that a phone's graphics memory would not hold is made with KTX2."""

from __future__ import annotations

from collections import Counter
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

from assets_pipeline.gltf import ktx2_header, measure
from assets_pipeline.lod.budgets import PHONE
from assets_pipeline.lod.rules import LIMITS, fixed_plan, held, is_compressed
from assets_pipeline.lod.settings import Attempt, Workshop
from assets_pipeline.models.make_model import prepare
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
def workshop(make: ModuleType) -> Workshop:
    """Return the workshop of a model with four pictures of 256 pixels."""
    glb = make.many_pictures(PICTURES, 256)
    document = read_gltf(glb, PurePosixPath("x.glb"), Resolver(Path()))
    prepare(document, Task("model", "", "x"))
    return Workshop(document, PHONE)


def within(workshop: Workshop, most_bytes: int | None) -> Attempt:
    """Return the level by rule, within a limit."""
    return held(workshop, fixed_plan(workshop), most_bytes)


def kinds(attempt: Attempt) -> Counter[str]:
    """Return how many pictures there are of each format."""
    return Counter(image.media_type for image in attempt.document.images())


@pytest.mark.parametrize("most_bytes", [None, 5 * WHOLE])
def test_what_fits_stays_webp(workshop: Workshop, most_bytes: int | None) -> None:
    attempt = within(workshop, most_bytes)

    assert kinds(attempt) == {"image/webp": PICTURES}
    assert not is_compressed(attempt.document)


def test_what_does_not_fit_is_made_to(
    workshop: Workshop, errors: Callable[[bytes], list[str]]
) -> None:
    attempt = within(workshop, 3 * WHOLE)

    assert kinds(attempt) == {"image/webp": 2, ktx2_header.MEDIA_TYPE: 2}
    assert measure.estimate_gpu_bytes(attempt.document) <= 3 * WHOLE
    assert errors(attempt.content) == []


def test_what_can_not_fit_is_as_small_as_it_may(workshop: Workshop) -> None:
    attempt = within(workshop, 1000)

    assert kinds(attempt) == {ktx2_header.MEDIA_TYPE: PICTURES}
    assert measure.estimate_gpu_bytes(attempt.document) < WHOLE


def test_previews_have_no_limit() -> None:
    """They show where the transcoder does not come."""
    assert set(LIMITS) == {"phone", "high"}
