"""Stops of every kind, read from a small tour of two places."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tours.checks import read_museum
from tours.model import CompareScene, PanoramaScene, PictureScene, VideoScene

if TYPE_CHECKING:
    from collections.abc import Callable

    from tours.model import Museum, Stop

SCENES = Path(__file__).parent / "data" / "_scenes"
TOUR = "tours/visite.yaml"


@pytest.fixture
def folder(with_case: Callable[[Path], Path]) -> Path:
    """Return the folder of a museum whose tour has every other kind of stop."""
    return with_case(SCENES)


def edited(folder: Path, old: str, new: str, name: str = TOUR) -> Path:
    """Return the museum after a change in one of its files."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def codes(folder: Path) -> list[str]:
    """Return the codes of what is found in a folder."""
    return [finding.code for finding in read_museum(folder).diagnostics]


def read(folder: Path) -> Museum:
    """Return a museum that has no finding."""
    reading = read_museum(folder)
    assert reading.diagnostics == ()
    assert reading.museum is not None
    return reading.museum


def stops(folder: Path) -> dict[str, Stop]:
    """Return the stops of a museum without finding, by name."""
    return {stop.id: stop for _, stop in read(folder).stops()}


def test_a_panorama_and_its_hotspots(folder: Path) -> None:
    """A turn to the left is the same azimuth, counted to the right."""
    scene = stops(folder)["galerie"].scene

    assert isinstance(scene, PanoramaScene)
    assert str(scene.picture.path) == "panoramas/galerie.jpg"
    assert scene.starts.degrees == 120.0
    assert [
        (spot.azimuth.degrees, spot.elevation.degrees) for spot in scene.hotspots
    ] == [(95.0, -10.0), (340.0, 25.0)]
    assert scene.hotspots[0].title.get("en") == "The tub"


def test_a_panorama_starts_in_its_middle(folder: Path) -> None:
    edited(folder, "      starts: 120°\n", "")

    scene = stops(folder)["galerie"].scene

    assert isinstance(scene, PanoramaScene)
    assert scene.starts.degrees == 0.0


def test_two_pictures_are_compared(folder: Path) -> None:
    scene = stops(folder)["verrerie"].scene

    assert isinstance(scene, CompareScene)
    assert str(scene.then.picture.path) == "images/verrerie-1900.jpg"
    assert scene.now.title.get("fr") == "Aujourd'hui"


def test_a_video_has_its_own_files_in_each_language(folder: Path) -> None:
    scene = stops(folder)["coulee"].scene

    assert isinstance(scene, VideoScene)
    assert scene.captions is not None
    assert scene.described is not None
    assert [str(file.path) for _, file in scene.video.files] == [
        "video/coulee.fr.mp4",
        "video/coulee.en.mp4",
    ]
    assert [tag for tag, _ in scene.captions.files] == ["fr", "en"]
    assert [tag for tag, _ in scene.described.files] == ["fr", "en"]
    assert scene.credits is not None
    assert (scene.credits.get("fr"), scene.license) == ("Écomusée", "CC0-1.0")


def test_a_film_without_language_serves_all(folder: Path) -> None:
    edited(folder, "video: video/coulee.{lang}.mp4", "video: video/coulee.fr.mp4")

    scene = stops(folder)["coulee"].scene

    assert isinstance(scene, VideoScene)
    assert scene.sign is not None
    for film in (scene.video, scene.sign):
        assert [tag for tag, _ in film.files] == ["fr", "en"]
        assert len({file.path for _, file in film.files}) == 1


def test_captions_without_language_are_in_the_first(folder: Path) -> None:
    """They are words: an English visitor must not be told that they are English."""
    edited(folder, "captions: video/coulee.{lang}.vtt", "captions: video/coulee.fr.vtt")

    scene = stops(folder)["coulee"].scene

    assert isinstance(scene, VideoScene)
    assert scene.captions is not None
    assert [tag for tag, _ in scene.captions.files] == ["fr"]


def test_a_described_video_may_be_its_sound_alone(folder: Path) -> None:
    edited(folder, "video/coulee.described.{lang}.mp4", "audio/marteau.{lang}.m4a")

    assert codes(folder) == []


def test_a_withdrawn_stop_needs_its_title_only(folder: Path) -> None:
    stop = stops(folder)["lavoir"]

    assert stop.withdrawn is not None
    assert stop.withdrawn.since == date(2026, 11, 1)
    assert stop.text.get("en") == "The building is under repair."


def test_what_a_withdrawn_stop_showed_is_not_asked_for(folder: Path) -> None:
    """Its files may be gone with it: nothing of them is published any more."""
    gone = (
        "    audio: audio/gone.{lang}.m4a\n    shows:\n      model: models/gone.glb\n"
        "      poster: images/gone.jpg\n    placed:\n      - by: label\n    withdrawn:\n"
    )
    edited(folder, "    withdrawn:\n", gone)

    stop = stops(folder)["lavoir"]

    assert (stop.scene, stop.anchors, stop.audio) == (None, (), None)


def test_a_withdrawn_stop_keeps_its_text_and_its_way(folder: Path) -> None:
    edited(
        folder,
        "    withdrawn:\n",
        "    text: { fr: Un lavoir., en: A wash-house. }\n"
        "    way: { fr: Suivez l'eau., en: Follow the water. }\n    withdrawn:\n",
    )

    stop = stops(folder)["lavoir"]

    assert stop.text.get("en") == "A wash-house."
    assert stop.way is not None


def test_what_else_a_stop_may_say(folder: Path) -> None:
    found = stops(folder)

    assert found["galerie"].offline
    assert not found["verrerie"].offline
    assert found["galerie"].way is not None
    assert found["verrerie"].has_synthetic_voice
    assert not found["galerie"].has_synthetic_voice


@pytest.mark.parametrize("written", ["true", "yes", "True"])
def test_flags_that_hold(folder: Path, written: str) -> None:
    edited(folder, "offline: true", f"offline: {written}")

    assert stops(folder)["galerie"].offline


@pytest.mark.parametrize("written", ["false", "no"])
def test_flags_that_do_not_hold(folder: Path, written: str) -> None:
    edited(folder, "offline: true", f"offline: {written}")

    assert not stops(folder)["galerie"].offline


def test_stops_are_where_they_say_or_where_their_tour_is(folder: Path) -> None:
    museum = read(folder)

    assert museum.tours[0].site == "le-creusot"
    assert museum.tours[0].sites == ("le-creusot", "blanzy")
    assert [stop.site for _, stop in museum.stops()] == [
        "blanzy",
        "le-creusot",
        "le-creusot",
        "le-creusot",
    ]


def test_a_site_is_read_whole(folder: Path) -> None:
    blanzy, creusot = read(folder).sites

    assert (blanzy.id, blanzy.text, blanzy.access) == ("blanzy", None, None)
    assert creusot.name.get("en") == "Le Creusot"
    assert creusot.position is not None
    assert creusot.position.latitude_deg == 46.8052
    assert creusot.address == "Château de la Verrerie, 71200 Le Creusot"
    assert creusot.access is not None
    assert creusot.access.wheelchair == "yes"
    assert [source.get("fr") for source in creusot.sources] == [
        "pop.culture.gouv.fr/notice/merimee/IA71000170"
    ]


def test_a_site_that_can_not_be_read_hides_no_other_finding(folder: Path) -> None:
    """Tours that name it are not told to be wrong: the site's file is."""
    edited(folder, "site: blanzy", "site: Blanzy !", "sites/blanzy.yaml")

    assert codes(folder) == ["T039"]


def test_a_misspelt_key_of_a_site_is_told(folder: Path) -> None:
    edited(folder, "address:", "adresse:", "sites/le-creusot.yaml")

    assert codes(folder) == ["T030"]


def test_a_site_is_told_far_away_once(folder: Path) -> None:
    """Though two tours go by it."""
    second = (folder / TOUR).read_text(encoding="utf-8")
    path = folder / "tours" / "autre.yaml"
    path.write_text(second.replace("tour: visite", "tour: autre"), encoding="utf-8")
    for name in (TOUR, "tours/autre.yaml"):
        edited(
            folder, "    offline: true", "    at: 43.6, 1.44\n    offline: true", name
        )
        edited(folder, "    voice:", "    at: 43.6, 1.44\n    voice:", name)

    assert codes(folder) == ["T070"]


@pytest.mark.parametrize("reserved", ["sites", "code", "check"])
def test_pages_of_the_program_keep_their_addresses(folder: Path, reserved: str) -> None:
    edited(folder, "tour: visite", f"tour: {reserved}")

    assert codes(folder) == ["T041"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("      hotspots:\n", "      points:\n", ["T030"]),
        ("compare:", "comparaison:", ["T030"]),
        ("panorama: panoramas", "panoramique: panoramas", ["T030"]),
        ("      video: video", "      film: video", ["T030"]),
        ("        then:\n", "        avant:\n", ["T030"]),
        ("    withdrawn:\n", "    retiré:\n", ["T030"]),
        ("    way:\n", "    chemin:\n", ["T030"]),
        ("      panorama: panoramas/galerie.jpg\n", "", ["T033"]),
        ("at: 95°, -10°", "at: 95, -10", ["T073"]),
        ("at: 95°, -10°", "at: 95° -10°", []),
        ("at: 95°, -10°", "at: 95,5° ; −10,5 °", []),
        ("at: 95°, -10°", "at: 400°, 0°", ["T067"]),
        ("starts: 120°", "starts: -120°", []),
        ("starts: 120°", "starts: 420°", ["T067"]),
        ("starts: 120°", "starts: right", ["T062"]),
        ("since: 2026-11-01", "since: 2026-02-30", ["T072"]),
        ("since: 2026-11-01", "since: ٢٠٢٦-١١-٠١", ["T072"]),
        ("sign: video/coulee.lsf.mp4", "sign: video/coulee.lsf.avi", ["T085"]),
        ("panoramas/galerie.jpg", "panoramas/galerie.{lang}.jpg", ["T080"]),
    ],
)
def test_slips(folder: Path, old: str, new: str, told: list[str]) -> None:
    """One finding a slip, of the rule that says what to do."""
    edited(folder, old, new)

    assert codes(folder) == told


def test_without_anything_to_show_a_stop_is_whole(folder: Path) -> None:
    text = (folder / TOUR).read_text(encoding="utf-8")
    head, _, rest = text.partition("    shows:\n      panorama")
    _, _, tail = rest.partition("    way:\n")
    (folder / TOUR).write_text(f"{head}    way:\n{tail}", encoding="utf-8")

    assert stops(folder)["galerie"].scene is None


def test_one_picture_is_a_scene(folder: Path) -> None:
    scene = "      picture: images/verrerie-1900.jpg\n      alt: { fr: Des pavés., en: Cobbles. }"
    stop = "  - stop: cour\n    title: { fr: Cour, en: Yard }\n    text: { fr: Cour., en: Yard. }"
    edited(folder, "stops:\n", f"stops:\n{stop}\n    shows:\n{scene}\n")

    shown = stops(folder)["cour"].scene

    assert isinstance(shown, PictureScene)
    assert str(shown.picture.path) == "images/verrerie-1900.jpg"
    assert shown.poster is None
