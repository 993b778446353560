"""What a client reads of stops of every kind, and of where they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from tours.bundle import (
    BundleIndex,
    MediaFile,
    Panorama,
    Picture,
    PictureVariant,
    Recording,
    Video,
)
from tours.checks import read_museum
from tours.codes import Registry
from tours.manifest import (
    CompareView,
    Manifest,
    PanoramaView,
    StopView,
    Text,
    VideoView,
    compile_tour,
    to_json,
)
from tours.schemas import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable

SCENES = Path(__file__).parent / "data" / "_scenes"
TOUR = "tours/visite.yaml"
TAGS = ("fr", "en")


class Named(dict):  # type: ignore[type-arg]  # of any product, by path
    """Makes, for each path asked for, a product whose files are named after it."""

    def __init__(self, make: Callable[[str], object]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, path: str) -> object:
        return self.make(path)


def file(path: str) -> MediaFile:
    return MediaFile(path.replace("/", "_"), 1000, "", f"type/{path[-3:]}")


def variant(path: str, width_px: int) -> PictureVariant:
    return PictureVariant(file(f"{path}.{width_px}"), width_px, width_px // 2)


def picture(path: str) -> Picture:
    return Picture((variant(path, 640),))


def panorama(path: str) -> Panorama:
    levels = (variant(path, 2048), variant(path, 4096))
    return Panorama(levels, picture(f"{path}.poster"))


def video(path: str) -> Video:
    files = (file(f"{path}.av1"), file(f"{path}.264"))
    return Video(files, 1280, 720, 20.5, picture(f"{path}.poster"))


@pytest.fixture
def folder(with_case: Callable[[Path], Path]) -> Path:
    """Return the folder of a museum whose tour has every other kind of stop."""
    return with_case(SCENES)


def compiled(
    folder: Path,
    language: str,
    voices: dict[tuple[str, str, str], Recording] | None = None,
) -> Manifest:
    """Return the tour's manifest around made-up files."""
    museum = read_museum(folder).museum
    assert museum is not None
    index = BundleIndex(
        models={},
        pictures=Named(picture),
        recordings={
            path: Recording(file(path), 61.0, file(f"{path}.mp3"))
            for name in ("audio/marteau", "video/coulee")
            for path in (
                f"{name}.{tag}.{kind}" for tag in TAGS for kind in ("vtt", "m4a")
            )
        },
        panoramas=Named(panorama),
        videos=Named(video),
        voices=voices or {},
    )
    registry = Registry(museum.address)
    return compile_tour(museum, museum.tours[0], language, index, registry)


def stop(manifest: Manifest, name: str) -> StopView:
    return next(stop for stop in manifest.tour.stops if stop.id == name)


def edited(folder: Path, old: str, new: str, name: str = TOUR) -> Path:
    """Return the museum after a change in one of its files."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_kind_of_stop_fits_the_schema(folder: Path, language: str) -> None:
    schema = json.loads((FOLDER / "manifest.schema.json").read_text(encoding="utf-8"))

    document = json.loads(to_json(compiled(folder, language)))

    assert list(Draft202012Validator(schema).iter_errors(document)) == []


def test_a_panorama(folder: Path) -> None:
    scene = stop(compiled(folder, "en"), "galerie").scene

    assert isinstance(scene, PanoramaView)
    assert scene.kind == "panorama"
    assert scene.starts_deg == 120.0
    assert [level.width_px for level in scene.levels] == [2048, 4096]
    assert scene.poster[0].url == "/media/panoramas_galerie.jpg.poster.640"
    spot = scene.hotspots[1]
    assert (spot.azimuth_deg, spot.elevation_deg) == (340.0, 25.0)
    assert spot.title == Text("The timbering", "en")


@pytest.mark.parametrize(
    ("starts", "first"),
    [("120°", "The tub"), ("136°", "The tub"), ("141°", "The timbering")],
)
def test_hot_spots_are_numbered_from_the_first_view(
    folder: Path, starts: str, first: str
) -> None:
    """To the right from its left edge, which lies 45 degrees off."""
    edited(folder, "starts: 120°", f"starts: {starts}")

    scene = stop(compiled(folder, "en"), "galerie").scene

    assert isinstance(scene, PanoramaView)
    assert scene.hotspots[0].title.text == first


def test_a_comparison_shows_what_was_first(folder: Path) -> None:
    """Its poster is the picture of then: that is what nobody can see on site."""
    scene = stop(compiled(folder, "fr"), "verrerie").scene

    assert isinstance(scene, CompareView)
    assert scene.then.title == Text("En 1900", "fr")
    assert scene.poster == scene.then.picture
    assert scene.now.picture[0].url == "/media/images_verrerie-2026.jpg.640"
    assert scene.license == "CC-BY-SA-4.0"


def test_a_video_in_the_visitors_language(folder: Path) -> None:
    scene = stop(compiled(folder, "en"), "coulee").scene

    assert isinstance(scene, VideoView)
    assert scene.language == "en"
    assert [media.url for media in scene.files] == [
        "/media/video_coulee.en.mp4.av1",
        "/media/video_coulee.en.mp4.264",
    ]
    assert (scene.width_px, scene.height_px, scene.duration_s) == (1280, 720, 20.5)
    assert scene.poster[0].url == "/media/images_ateliers.jpg.640"
    assert scene.described is not None
    assert scene.described.files[-1].url.endswith("described.en.mp4.264")
    assert scene.described_language == "en"
    assert scene.sign is not None
    assert scene.sign.files[-1].url.endswith("lsf.mp4.264")


def test_films_that_differ_have_their_own_captions_only(folder: Path) -> None:
    """The timings of one are not those of the other."""
    scene = stop(compiled(folder, "en"), "coulee").scene

    assert isinstance(scene, VideoView)
    assert [track.language for track in scene.captions] == ["en"]


def test_one_film_has_captions_in_every_language(folder: Path) -> None:
    """The visitor's own come first."""
    edited(folder, "video: video/coulee.{lang}.mp4", "video: video/coulee.fr.mp4")

    scene = stop(compiled(folder, "en"), "coulee").scene

    assert isinstance(scene, VideoView)
    assert scene.language is None
    assert [track.language for track in scene.captions] == ["en", "fr"]


def test_a_film_missing_in_a_language_says_which_it_is_in(folder: Path) -> None:
    (folder / "video" / "coulee.en.mp4").unlink()

    scene = stop(compiled(folder, "en"), "coulee").scene

    assert isinstance(scene, VideoView)
    assert scene.language == "fr"
    assert [track.language for track in scene.captions] == ["fr"]


def test_a_described_sound_is_no_film(folder: Path) -> None:
    edited(folder, "video/coulee.described.{lang}.mp4", "audio/marteau.{lang}.m4a")

    scene = stop(compiled(folder, "en"), "coulee").scene

    assert isinstance(scene, VideoView)
    assert scene.described is None
    assert scene.described_sound is not None
    assert scene.described_sound.url == "/media/audio_marteau.en.m4a"


def test_what_else_a_stop_says(folder: Path) -> None:
    gallery = stop(compiled(folder, "en"), "galerie")

    assert gallery.offline
    assert gallery.way == Text("Come back up to daylight.", "en")


def test_a_withdrawn_stop(folder: Path) -> None:
    gone = stop(compiled(folder, "fr"), "lavoir")

    assert gone.withdrawn is not None
    assert gone.withdrawn.since == "2026-11-01"
    assert gone.withdrawn.why == Text("Le bâtiment est en travaux.", "fr")
    assert (gone.scene, gone.audio, gone.anchors) == (None, None, ())


def test_the_tours_site_and_those_of_its_stops(folder: Path) -> None:
    manifest = compiled(folder, "en")

    tour = manifest.tour
    assert tour.site is not None
    assert tour.site.url == "/en/sites/le-creusot/"
    assert tour.site.text == Text("A crystal works, then forges.", "en")
    assert tour.site.address == "Château de la Verrerie, 71200 Le Creusot"
    assert [site.id for site in tour.other_sites] == ["blanzy"]
    assert [(a.language, a.url) for a in tour.other_sites[0].alternates] == [
        ("fr", "/fr/sites/blanzy/"),
        ("en", "/en/sites/blanzy/"),
    ]


def test_a_stop_names_its_site_where_it_differs(folder: Path) -> None:
    manifest = compiled(folder, "en")

    gallery = stop(manifest, "galerie").site
    assert gallery is not None
    assert (gallery.id, gallery.name.text) == ("blanzy", "The mine")
    assert gallery.url == "/en/sites/blanzy/"
    assert stop(manifest, "verrerie").site is None


def test_a_site_has_the_languages_of_the_tours_that_go_by(folder: Path) -> None:
    edited(folder, "tour: visite\n", "tour: visite\nlanguages: [en]\n")

    site = compiled(folder, "en").tour.site

    assert site is not None
    assert [alternate.language for alternate in site.alternates] == ["en"]


VOICE = Recording(file("voice.en"), 33.0)


def test_a_synthetic_voice_says_so(folder: Path) -> None:
    voices = {("visite", "verrerie", "en"): VOICE}

    read = stop(compiled(folder, "en", voices), "verrerie")

    assert read.audio is not None
    assert read.audio.url == "/media/voice.en"
    assert read.audio_is_synthetic
    assert read.audio_duration_s == 33.0
    assert read.recording_language == "en"
    assert read.transcript is None


def test_no_synthetic_voice_where_the_museum_did_not_agree(folder: Path) -> None:
    voices = {("visite", "galerie", "en"): VOICE}

    assert stop(compiled(folder, "en", voices), "galerie").audio is None


def test_a_persons_voice_comes_first_in_each_language(folder: Path) -> None:
    """But a visitor rather hears a machine than a language not asked for."""
    edited(folder, "    voice:", "    audio: audio/marteau.{lang}.m4a\n    voice:")
    (folder / "audio" / "marteau.en.m4a").unlink()
    voices = {("visite", "verrerie", tag): VOICE for tag in TAGS}

    english = stop(compiled(folder, "en", voices), "verrerie")
    french = stop(compiled(folder, "fr", voices), "verrerie")

    assert english.audio_is_synthetic
    assert not french.audio_is_synthetic
    assert french.audio_fallback is not None
    assert french.audio_fallback.url == "/media/audio_marteau.fr.m4a.mp3"
