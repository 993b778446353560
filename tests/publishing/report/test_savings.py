"""What could weigh less is told with numbers, and only where something can be done."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from assets_pipeline.inspection.search_estimate import SearchEstimate
from publishing.report.facts import NETWORKS, loading_times
from publishing.report.savings import find_savings
from tours.bundle import (
    Bundle,
    BundleIndex,
    Extents,
    ImageTarget,
    Lod,
    MediaFile,
    Picture,
    PictureVariant,
    Recording,
)
from tours.diagnostics import Location
from tours.model import FileReference, ModelSource

PATH = "models/hammer.glb"
SOURCE = ModelSource(
    FileReference(PurePosixPath(PATH), Location(Path("tours/a.yaml"), 1)), 1.0, "y"
)
NOTHING = BundleIndex({}, {}, {})


def file(size_bytes: int, media_type: str) -> MediaFile:
    return MediaFile("0" * 64, size_bytes, ".x", media_type)


def of_model(size_bytes: int) -> BundleIndex:
    glb = file(size_bytes, "model/gltf-binary")
    bundle = Bundle(
        extents=Extents((0.0, 0.0, 0.0), (1.0, 1.0, 1.0)),
        lods=(Lod("phone", glb, 24, 2, 199),),
        usdz=glb,
        poster=Picture(()),
        source_triangles=100,
    )
    return BundleIndex({SOURCE: bundle}, {}, {})


def of_sound(size_bytes: int) -> BundleIndex:
    return BundleIndex(
        {}, {}, {"audio/a.m4a": Recording(file(size_bytes, "audio/mp4"), 60.0)}
    )


def of_picture(size_bytes: int, *, is_target: bool = False) -> BundleIndex:
    avif = file(size_bytes, "image/avif")
    picture = Picture((PictureVariant(avif, 960, 720),))
    targets = {("p.jpg", 0.4): ImageTarget(avif, 512, 384)} if is_target else {}
    return BundleIndex({}, {"p.jpg": picture}, {}, targets=targets)


def test_a_model_saves_what_a_search_was_tried_to_save() -> None:
    tried = {PATH: SearchEstimate(700_000, 0.0297)}

    (saving,) = find_savings(of_model(1_000_000), tried)

    assert (saving.what, saving.path, saving.size_bytes) == ("search", PATH, 1_000_000)
    assert (saving.saved_bytes, saving.percent) == (300_000, 30)
    assert saving.visual_error == 0.0297


def test_a_model_that_no_search_was_tried_on_promises_nothing() -> None:
    assert find_savings(of_model(1_000_000)) == ()


def test_a_search_that_would_give_a_larger_file_is_no_saving() -> None:
    tried = {PATH: SearchEstimate(1_200_000, 0.0297)}

    assert find_savings(of_model(1_000_000), tried) == ()


def test_a_voice_in_stereo_could_be_mono() -> None:
    """96 kb/s for a minute, against 64."""
    (saving,) = find_savings(of_sound(720_000))

    assert (saving.what, saving.saved_bytes) == ("mono", 240_000)


def test_a_voice_in_mono_is_left_alone() -> None:
    assert find_savings(of_sound(480_000)) == ()


def test_a_grainy_picture_is_told_against_usual_ones() -> None:
    """0.6 bits for each of its pixels."""
    (saving,) = find_savings(of_picture(120_000))

    assert (saving.what, saving.saved_bytes) == ("grain", 120_000 - 51_840)


@pytest.mark.parametrize(
    "index", [of_picture(60_000), of_picture(120_000, is_target=True), NOTHING]
)
def test_what_has_no_remedy_is_not_told(index: BundleIndex) -> None:
    assert find_savings(index) == ()


def test_the_most_comes_first() -> None:
    models, sounds = of_model(1_000_000), of_sound(720_000)
    both = BundleIndex(models.models, {}, sounds.recordings)
    tried = {PATH: SearchEstimate(700_000, 0.0297)}

    assert [saving.what for saving in find_savings(both, tried)] == ["search", "mono"]


def test_times_are_two_round_trips_and_the_bytes() -> None:
    times = dict(loading_times(1_000_000))

    assert [network.name for network in NETWORKS] == ["3G", "4G", "5G"]
    assert times["3G"] == pytest.approx(0.3 + 5.0)
    assert times["5G"] == pytest.approx(0.06 + 0.16)
