"""A model that looks unlike is told, by rule or searched, each with its own remedy."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from assets_pipeline.checks.visual_error import check_visual_error
from tours.bundle import Bundle, Extents, Lod, MediaFile, Picture, UsdzFacts
from tours.diagnostics import Location
from tours.model import FileReference, Flag, LocalizedText, ModelScene, ModelSource

PLACE = Location(Path("tours/a.yaml"), 8)
FILE = MediaFile("0" * 64, 3, ".glb", "model/gltf-binary")


def scene(occlusion: Flag | None = None) -> ModelScene:
    source = ModelSource(
        FileReference(PurePosixPath("a.glb"), PLACE), 1.0, "y", occlusion
    )
    alt = LocalizedText((("fr", "Un objet."),), PLACE)
    return ModelScene(source, None, 1.0, alt, None, None, None, PLACE)


def bundle(
    preview: float | None = 0.08,
    phone: float | None = 0.03,
    usdz: float | None = 0.02,
    *,
    is_searched: bool = True,
) -> Bundle:
    """Return a bundle whose files err so much."""
    return Bundle(
        extents=Extents((0.0, 0.0, 0.0), (1.0, 1.0, 1.0)),
        lods=(
            Lod("preview", FILE, 12, 1, 9, visual_error=preview),
            Lod("phone", FILE, 12, 1, 9, visual_error=phone),
        ),
        usdz=FILE,
        poster=Picture(()),
        source_triangles=12,
        usdz_facts=UsdzFacts(12, 1, 9, visual_error=usdz),
        is_searched=is_searched,
    )


@pytest.mark.parametrize(("is_searched", "code"), [(False, "A038"), (True, "A039")])
def test_what_is_over_is_told_with_the_remedy_that_is_left(
    is_searched: bool,  # noqa: FBT001 - a parameter of the test
    code: str,
) -> None:
    (finding,) = check_visual_error(
        scene(), bundle(phone=0.041, is_searched=is_searched)
    )

    assert finding.code == code
    assert "0.041 on phones (instead of 0.030)" in finding.en.what
    assert ("--search" in finding.en.remedy) == (not is_searched)


@pytest.mark.parametrize(
    "made",
    [bundle(), bundle(phone=0.0313), bundle(preview=0.15, usdz=0.039)],
    ids=["within", "by a few per cent", "what no search can better"],
)
def test_a_search_that_did_well_is_not_blamed(made: Bundle) -> None:
    assert list(check_visual_error(scene(), made)) == []


def test_a_searched_preview_over_15_hundredths_is_told() -> None:
    (finding,) = check_visual_error(scene(), bundle(preview=0.151, usdz=None))

    assert "0,151 dans l\u2019aperçu (au lieu de 0,080)" in finding.fr.what


@pytest.mark.parametrize("is_searched", [False, True])
def test_occlusion_that_was_asked_for_is_told_once_it_says_too_much(
    is_searched: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    asked = scene(Flag(is_so=True, location=PLACE))

    within = check_visual_error(asked, bundle(phone=0.14, is_searched=is_searched))
    (over,) = check_visual_error(asked, bundle(phone=0.16, is_searched=is_searched))

    assert list(within) == []
    assert over.code == "A046"
    assert "occlusion: yes" in over.en.remedy


def test_a_model_left_without_occlusion_has_to_look_alike() -> None:
    without = scene(Flag(is_so=False, location=PLACE))

    (finding,) = check_visual_error(without, bundle(phone=0.14, is_searched=False))

    assert finding.code == "A038"
