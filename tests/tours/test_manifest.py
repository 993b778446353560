"""What a client reads for one tour and language."""

from __future__ import annotations

import json
import math
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tours.bundle import (
    Bundle,
    BundleIndex,
    Extents,
    ImageTarget,
    Lod,
    MediaFile,
    Outline,
    Picture,
    PictureVariant,
    Recording,
)
from tours.checks import read_museum
from tours.codes import Registry
from tours.manifest import Manifest, ModelView, PrintedCode, Text, compile_tour, to_json
from tours.model import ModelScene

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tours.model import Museum


def file(name: str, extension: str, media_type: str) -> MediaFile:
    """Return a media file that is named by a made-up digest."""
    return MediaFile(f"{name:0<64}", 1000, extension, media_type)


def picture(name: str) -> Picture:
    """Return a picture in two encodings."""
    variants = (
        PictureVariant(file(name, ".webp", "image/webp"), 640, 480),
        PictureVariant(file(name, ".jpg", "image/jpeg"), 640, 480),
    )
    return Picture(variants)


def index_of(museum: Museum) -> BundleIndex:
    """Return what a pipeline would have made for a museum, in made-up values."""
    bundle = Bundle(
        extents=Extents((-1.0, 0.0, -2.0), (1.0, 21.0, 2.0)),
        lods=(Lod("preview", file("a1", ".glb", "model/gltf-binary"), 5000, 1, 99),),
        usdz=file("a2", ".usdz", "model/vnd.usdz+zip"),
        poster=picture("a3"),
        source_triangles=10_000,
        outline=Outline("M0 0h1v9z", 4, 21),
    )
    stops = [stop for _, stop in museum.stops()]
    recordings = [
        str(reference.path)
        for stop in stops
        for localized in (stop.audio, stop.transcript)
        if localized
        for _, reference in localized.files
    ]
    return BundleIndex(
        models={
            stop.scene.source: bundle
            for stop in stops
            if isinstance(stop.scene, ModelScene)
        },
        pictures={
            "images/ateliers.jpg": picture("b1"),
            "image_targets/plan.jpg": picture("b2"),
        },
        recordings={
            path: Recording(file(path[-6:-4], path[-4:], "audio/mp4"), 12.5)
            for path in recordings
        },
        targets={
            ("image_targets/plan.jpg", 0.42): ImageTarget(
                file("c1", ".ecmt", "application/octet-stream"), 512, 384
            )
        },
    )


@pytest.fixture
def compiled(museum: Path) -> Callable[[str], Manifest]:
    """Return a function that compiles the museum's tour in a language."""

    def compile_in(language: str) -> Manifest:
        found = read_museum(museum).museum
        assert found is not None
        registry = Registry(found.address).assigned(
            [("visite", "plan")], date(2026, 3, 3)
        )
        tour = found.tours[0]
        return compile_tour(found, tour, language, index_of(found), registry)

    return compile_in


def edit(museum: Path, old: str, new: str) -> None:
    """Change the museum's tour."""
    path = museum / "tours" / "visite.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_texts_are_in_the_language_asked_for(
    compiled: Callable[[str], Manifest],
) -> None:
    stop = compiled("en").tour.stops[0]

    assert stop.title == Text("The steam hammer", "en")
    assert stop.url == "/en/visite/marteau/"


def test_an_estimated_height_is_told(
    museum: Path, compiled: Callable[[str], Manifest]
) -> None:
    measured = compiled("fr").tour.stops[0].scene
    edit(museum, "height: 21 m", "height: environ 21 m")
    estimated = compiled("fr").tour.stops[0].scene

    assert isinstance(measured, ModelView)
    assert isinstance(estimated, ModelView)
    assert (measured.has_estimated_size, estimated.has_estimated_size) == (False, True)
    assert (measured.estimated_height_m, estimated.estimated_height_m) == (None, 21)
    assert estimated.outline is not None
    assert estimated.outline.path == "M0 0h1v9z"


def test_a_missing_translation_says_its_language(
    museum: Path, compiled: Callable[[str], Manifest]
) -> None:
    edit(museum, "{ fr: Le plan de 1890, en: The 1890 plan }", "Le plan de 1890")

    assert compiled("en").tour.stops[1].title == Text("Le plan de 1890", "fr")


def test_a_missing_recording_says_its_language(
    museum: Path, compiled: Callable[[str], Manifest]
) -> None:
    """The transcript read along is in the language that is heard."""
    (museum / "audio" / "marteau.en.m4a").unlink()

    stop = compiled("en").tour.stops[0]

    assert stop.recording_language == "fr"
    assert stop.audio is not None
    assert stop.transcript is not None
    assert stop.transcript.url.startswith("/media/fr")


def test_a_label_places_the_scene_behind_it(
    museum: Path, compiled: Callable[[str], Manifest]
) -> None:
    """Right, up, and away from the reader, who stands on +z; turned about +y."""
    edit(
        museum,
        "ahead: 12 m",
        "ahead: 12 m\n        right: 2 m\n        up: 50 cm\n        turn: 90°",
    )

    anchor = compiled("fr").tour.stops[0].anchors[0]

    assert anchor.by == "label"
    assert anchor.pose.position == (2.0, 0.5, -12.0)
    half = math.sqrt(0.5)
    assert anchor.pose.rotation == pytest.approx((0.0, half, 0.0, half))


@pytest.mark.parametrize(
    ("mounting", "width_m"),
    [("slope: 30°", 0.0632), ("slope: 30°\n      qr: 80 mm", 0.08)],
)
def test_a_label_tells_its_code_and_how_wide_it_is(
    museum: Path, mounting: str, width_m: float
) -> None:
    """As labels print it, unless somebody measured it."""
    edit(museum, "slope: 30°", mounting)
    found = read_museum(museum).museum
    assert found is not None
    registry = Registry(found.address).assigned(
        [("visite", "marteau")], date(2026, 3, 3)
    )
    code = registry.codes[0].code
    printed = {code: PrintedCode(f"HTTPS://M.EXAMPLE/{code}", 0.0632)}

    made = compile_tour(found, found.tours[0], "fr", index_of(found), registry, printed)

    anchor = made.tour.stops[0].anchors[0]
    assert anchor.by == "label"
    assert anchor.code_text == f"HTTPS://M.EXAMPLE/{code}"
    assert anchor.code_width_m == width_m


def test_a_picture_places_the_scene_at_its_centre(
    compiled: Callable[[str], Manifest],
) -> None:
    anchor = compiled("fr").tour.stops[1].anchors[0]

    assert anchor.by == "picture"
    assert anchor.width_m == 0.42
    assert anchor.pose.position == (0.0, 0.0, 0.0)
    assert [variant.type for variant in anchor.picture] == ["image/webp", "image/jpeg"]
    assert anchor.target is not None
    assert anchor.target.url.startswith("/media/c1")


def test_a_stops_own_poster_takes_precedence(
    compiled: Callable[[str], Manifest],
) -> None:
    hammer, plan = compiled("fr").tour.stops

    assert hammer.scene is not None
    assert plan.scene is not None
    assert hammer.scene.poster[0].url.startswith("/media/a3")
    assert plan.scene.poster[0].url.startswith("/media/b1")


def test_licence_is_the_scenes_the_tours_or_the_museums(
    museum: Path, compiled: Callable[[str], Manifest]
) -> None:
    edit(museum, "      height: 21 m", "      height: 21 m\n      license: CC0-1.0")

    hammer, plan = compiled("fr").tour.stops

    assert hammer.scene is not None
    assert plan.scene is not None
    assert (hammer.scene.license, plan.scene.license) == ("CC0-1.0", "CC-BY-SA-4.0")


def test_codes_come_from_the_registry(compiled: Callable[[str], Manifest]) -> None:
    hammer, plan = compiled("fr").tour.stops

    assert hammer.code is None
    assert plan.code == "3FT2"


def test_the_same_tour_is_offered_in_every_language(
    compiled: Callable[[str], Manifest],
) -> None:
    assert [(a.language, a.url) for a in compiled("en").alternates] == [
        ("fr", "/fr/visite/"),
        ("en", "/en/visite/"),
    ]


def test_nothing_empty_goes_over_the_wire(compiled: Callable[[str], Manifest]) -> None:
    text = to_json(compiled("fr")).decode()

    assert "null" not in text
    assert json.loads(text)["tour"]["stops"][0]["label"]["facing_deg"] == 225.0


def test_arabic_runs_from_right_to_left(museum: Path) -> None:
    path = museum / "museum.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("[fr, en]", "[fr, en, ar]"),
        encoding="utf-8",
    )
    found = read_museum(museum).museum
    assert found is not None

    made = compile_tour(
        found, found.tours[0], "ar", index_of(found), Registry(found.address)
    )

    assert made.direction == "rtl"
    assert made.tour.title.language == "fr"
