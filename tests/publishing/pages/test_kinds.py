"""Each kind of page, whole without JavaScript, as it is read out and as it is seen."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from publishing.pages.render import render_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType

    from publishing.client_files import BuiltClient
    from publishing.pages.page import Page
    from tours.manifest import Manifest

    from .conftest import Document  # noqa: TID252 - tests are no package

    Read = Callable[[Sequence[Page], str], Document]

DATA = Path(__file__).parent / "data"
TOUR = "/fr/charbon-et-eau/"
KINDS = {
    "chooser": "/",
    "home": "/fr/",
    "tour": TOUR,
    "place": "/fr/sites/blanzy/",
    "stop-model": "/fr/de-la-forge-a-la-ville/marteau/",
    "stop-panorama": f"{TOUR}galerie/",
    "stop-compare": f"{TOUR}hier-aujourdhui/",
    "stop-video": f"{TOUR}frappe/",
    "stop-sound": f"{TOUR}machine/",
    "stop-words": f"{TOUR}canal/",
    "stop-withdrawn": f"{TOUR}lampisterie/",
    "hunt": f"{TOUR}hunts/petits/",
    "label": "/PANA",
    "label-withdrawn": "/GNNE",
    "code": "/fr/code/",
    "check": "/fr/check/",
    "guide": "/fr/guide/",
    "lost": "/404.html",
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_read_out_as_recorded(
    kind: str,
    wide_pages: tuple[Page, ...],
    read: Read,
    outline: ModuleType,
    as_recorded: Callable[[Path, str], None],
) -> None:
    """Names and their order are what blind visitors walk a page by.

    Record anew, after reading what changed, with ``ECOMUSEE_RECORD=1``.
    """
    found = outline.outline(read(wide_pages, KINDS[kind]))

    as_recorded(DATA / f"{kind}.txt", found)


@pytest.mark.parametrize("kind", ["panorama", "compare", "video"])
def test_a_scene_tells_the_client_its_kind(
    kind: str, wide_pages: tuple[Page, ...], read: Read
) -> None:
    page = read(wide_pages, KINDS[f"stop-{kind}"])
    figure = page.one("figure", id="scene")

    assert figure.attributes["data-kind"] == kind
    assert page.one("div", id="scene-actions").parent is figure


def test_questions_are_whole_without_a_script(
    wide_pages: tuple[Page, ...], read: Read
) -> None:
    """The question and what is offered lie open; hints and the answer are folded."""
    page = read(wide_pages, KINDS["stop-panorama"])
    boxes = [e for e in page.elements if "data-question" in e.attributes]

    assert [box.attributes["data-kind"] for box in boxes] == [
        "choices",
        "place",
        "place",
        "number",
        "find",
    ]
    for box in boxes:
        (answer,) = (
            d for d in page.all("details", **{"class": "answer"}) if _within(d, box)
        )
        assert "open" not in answer.attributes
        assert "La mine donnait du charbon." in answer.text
    offered = [
        [
            (" ".join(e.text.split()), "data-right" in e.attributes)
            for e in page.all("li")
            if _within(e, box)
        ]
        for box in boxes
    ]
    assert offered == [
        [("Du charbon", True), ("Du bois", False)],
        [("La berline", True), ("Le boisage", False)],
        [
            ("devant", False),
            ("à droite", True),
            ("derrière", False),
            ("à gauche", False),
        ],
        [],
        [],
    ]
    assert "0,6\u00a0m" in boxes[3].text


def test_the_page_of_a_label_that_is_looked_for_knows_the_question(
    wide_pages: tuple[Page, ...], read: Read
) -> None:
    """Opening it is finding the label: no server need be asked."""
    page = read(wide_pages, KINDS["stop-sound"])

    assert page.one("div", **{"class": "found"}).attributes["data-found"] == "galerie-5"


def test_a_hunt_leads_to_its_questions_and_to_no_other(
    wide_pages: tuple[Page, ...], read: Read
) -> None:
    page = read(wide_pages, KINDS["hunt"])
    steps = [e for e in page.elements if "data-step" in e.attributes]

    assert [step.attributes["data-step"] for step in steps] == [
        f"galerie-{number}" for number in range(1, 5)
    ]
    links = [a.attributes["href"] for a in page.all("a") if _within(a, steps[0])]
    assert links == [f"{TOUR}galerie/#question-galerie-1"]
    assert page.all("input") == []  # no name is asked for


def test_a_panorama_opens_whole(wide_pages: tuple[Page, ...], read: Read) -> None:
    page = read(wide_pages, KINDS["stop-panorama"])

    (whole,) = (a for a in page.all("a") if "image entière" in a.text)
    assert whole.attributes["type"] == "image/jpeg"
    assert "(60\u00a0ko)" in whole.text


def test_hot_spots_say_where_to_look(wide_pages: tuple[Page, ...], read: Read) -> None:
    page = read(wide_pages, KINDS["stop-panorama"])
    spots = page.one("ol", id="hotspots")

    titles = [" ".join(e.text.split()) for e in page.all("h3") if _within(e, spots)]
    assert titles == ["La berline à droite", "Le boisage devant, en haut"]
    assert "prévient" in page.one("li", id="hotspot-2").text


def test_compared_pictures_stand_one_under_the_other(
    wide_pages: tuple[Page, ...], read: Read
) -> None:
    page = read(wide_pages, KINDS["stop-compare"])
    sides = {
        e.attributes["data-side"]: e
        for e in page.elements
        if "data-side" in e.attributes
    }

    assert list(sides) == ["then", "now"]
    assert "1877, dans la halle" in sides["then"].text
    alts = [i.attributes["alt"] for i in page.all("img") if _within(i, sides["then"])]
    assert alts == ["Le même marteau, deux fois."]


def test_a_film_plays_in_the_modern_form_first(
    wide_pages: tuple[Page, ...], read: Read
) -> None:
    page = read(wide_pages, KINDS["stop-video"])
    film = page.all("video")[0]

    assert {"controls", "playsinline", "poster"} <= film.attributes.keys()
    assert film.attributes["preload"] == "none"
    sources = [e.attributes["type"] for e in page.all("source") if e.parent is film]
    assert sources == ["video/webm", "video/mp4"]
    tracks = [
        (e.attributes["srclang"], e.attributes["label"], "default" in e.attributes)
        for e in page.all("track")
        if e.parent is film
    ]
    assert tracks == [("fr", "Français", True), ("en", "English", False)]


def test_signs_and_description_are_choices_of_their_own(
    wide_pages: tuple[Page, ...], read: Read
) -> None:
    """Each as wide as the film itself: signs can't be read in a corner."""
    page = read(wide_pages, KINDS["stop-video"])

    for version in ("sign", "described"):
        fold = page.one("details", **{"data-version": version})
        (film,) = (e for e in page.all("video") if e.parent is fold)
        assert len([e for e in page.all("source") if e.parent is film]) == 2


def test_what_is_said_can_be_read_in_the_page(
    wide_pages: tuple[Page, ...], read: Read
) -> None:
    page = read(wide_pages, KINDS["stop-video"])
    film, sound = page.all("details", **{"class": "transcript"})

    assert "La vapeur siffle." in film.text
    assert "Voici un marteau de cent tonnes." in sound.text
    assert "Ève" in sound.text
    assert "Il se tait & attend." in sound.text
    assert "not said" not in sound.text


def test_words_that_are_not_given_stay_a_link(
    wide_manifests: tuple[Manifest, ...], client: BuiltClient, read: Read
) -> None:
    page = read(render_pages(wide_manifests, client), KINDS["stop-video"])

    assert page.all("details", **{"class": "transcript"}) == []
    assert [a.text for a in page.all("a") if a.attributes["href"].endswith(".vtt")] == [
        "Lire la transcription"
    ]


def test_a_voice_made_by_a_machine_says_so(
    wide_pages: tuple[Page, ...], read: Read
) -> None:
    """In the heading that names the player, for eyes and ears alike."""
    page = read(wide_pages, KINDS["stop-sound"])
    person = read(wide_pages, KINDS["stop-video"])

    assert page.one("audio").attributes["aria-labelledby"] == "listen"
    assert page.one("h2", id="listen").text == "Écouter Voix de synthèse"
    assert "Voix de synthèse" not in person.one("main").text


def test_a_sound_plays_everywhere(wide_pages: tuple[Page, ...], read: Read) -> None:
    page = read(wide_pages, KINDS["stop-sound"])
    sound = page.one("audio")

    sources = [e.attributes["src"] for e in page.all("source") if e.parent is sound]
    assert [Path(url).suffix for url in sources] == [".opus", ".m4a"]
    (link,) = (a for a in page.all("a") if "download" in a.attributes)
    assert link.attributes["href"].endswith(".m4a")


def test_the_way_comes_before_the_next_stop(
    wide_pages: tuple[Page, ...], read: Read
) -> None:
    walk = read(wide_pages, KINDS["stop-panorama"]).all("nav")[-1].text

    assert walk.index("Remontez au jour") < walk.index("Arrêt suivant")


def test_a_stop_without_network_says_what_helps(
    wide_pages: tuple[Page, ...], read: Read
) -> None:
    """At the stop itself, by what there is to open; its tour leads there."""
    helped = {KINDS["stop-panorama"]: "Ouvrez le panorama", TOUR: "suivez sa page"}

    for url, help_ in helped.items():
        page = read(wide_pages, url)
        (note,) = (e for e in page.elements if "data-offline" in e.attributes)
        assert help_ in note.text


def test_what_is_cut_off_is_told_before_one_goes(
    wide_pages: tuple[Page, ...], read: Read
) -> None:
    """On the tour's page before its stops; at a stop, before its text."""
    tour = read(wide_pages, TOUR).one("main").text
    own = read(wide_pages, KINDS["stop-panorama"])
    reading = [e.attributes.get("class") for e in own.elements]

    assert tour.index("Un arrêt est sans réseau") < tour.index("Les arrêts")
    assert reading.index("safety") < reading.index("prose lead")


def test_a_card_says_in_two_words_what_a_notice_explains(
    wide_pages: tuple[Page, ...], read: Read
) -> None:
    page = read(wide_pages, TOUR)

    (mark,) = page.all("span", **{"class": "cut"})
    assert mark.text == "Sans réseau"
    assert page.one("main").text.count("Un arrêt est sans réseau") == 1


def test_what_is_heard_comes_before_what_is_read(
    wide_pages: tuple[Page, ...], read: Read
) -> None:
    """Beside the title, where one looks for it."""
    page = read(wide_pages, KINDS["stop-sound"])
    order = [
        e
        for e in page.elements
        if e.tag == "audio" or "lead" in e.attributes.get("class", "")
    ]

    assert [e.tag for e in order] == ["audio", "div"]


def test_practical_facts_come_in_the_order_one_asks(
    wide_pages: tuple[Page, ...], read: Read
) -> None:
    text = read(wide_pages, TOUR).one("main").text
    asked = [
        "Durée",
        "Accès en fauteuil roulant",
        "Marches",
        "Langues",
        "Prudence",
        "Crédits",
    ]
    found = [text.index(word, text.index("Avant de commencer")) for word in asked]

    assert found == sorted(found)


def test_a_stop_says_in_a_sentence_where_it_is_in_its_tour(
    wide_pages: tuple[Page, ...], read: Read
) -> None:
    trail = read(wide_pages, KINDS["stop-sound"]).one("p", **{"class": "trail"})

    assert re.fullmatch(
        r"Arrêt \d sur \d de la visite «\u00a0Le charbon et l’eau\u00a0»",
        trail.text.strip(),
    )


def test_a_withdrawn_stop_says_since_when_and_why(
    wide_pages: tuple[Page, ...], read: Read
) -> None:
    for url in (KINDS["stop-withdrawn"], KINDS["label-withdrawn"]):
        text = read(wide_pages, url).one("main").text
        assert "Depuis le 1er novembre 2026." in text
        assert text.count("La salle est en travaux") == 1


def test_a_withdrawn_stop_is_not_walked_to(
    wide_pages: tuple[Page, ...], read: Read
) -> None:
    """Its number stays its own: the others' are printed on labels."""
    page = read(wide_pages, TOUR)
    order = page.one("ol", **{"data-progress": "charbon-et-eau"})

    cards = [e.attributes["data-stop"] for e in page.all("li") if e.parent is order]
    assert cards == ["galerie", "hier-aujourdhui", "frappe", "machine", "canal"]
    assert "5 arrêts" in page.one("main").text
    assert "Arrêt 4 sur 6" in read(wide_pages, KINDS["stop-video"]).one("main").text
    (after,) = read(wide_pages, KINDS["stop-compare"]).all("a", rel="next")
    assert after.attributes["href"] == KINDS["stop-video"]


def test_a_withdrawn_code_is_not_offered(
    wide_pages: tuple[Page, ...], read: Read
) -> None:
    assert "GNNE" not in read(wide_pages, "/fr/code/").one("main").text


def test_a_place_names_its_tours_and_stops(
    wide_pages: tuple[Page, ...], read: Read
) -> None:
    page = read(wide_pages, "/fr/sites/ecuisses/")
    hrefs = [a.attributes["href"] for a in page.all("a")]

    assert {TOUR, f"{TOUR}canal/"} <= set(hrefs)
    assert f"{TOUR}galerie/" not in hrefs
    assert page.one("address").text == "34 rue du Bois Clair, 71450 Blanzy"


def test_the_home_page_lists_tours_and_places(
    wide_pages: tuple[Page, ...], read: Read
) -> None:
    hrefs = [a.attributes["href"] for a in read(wide_pages, "/fr/").all("a")]

    assert {TOUR, "/fr/sites/blanzy/", "/fr/sites/ecuisses/"} <= set(hrefs)


def test_trials_are_listed_for_the_client(
    wide_pages: tuple[Page, ...], read: Read
) -> None:
    page = read(wide_pages, "/fr/check/")
    named = [
        e.attributes["data-check"]
        for e in page.elements
        if "data-check" in e.attributes
    ]

    assert {"camera", "motion", "ar", "simd", "storage", "decoders", "memory"} <= set(
        named
    )
    assert "https://ecm.example/check/" in page.one("main").text
    assert "JavaScript" in page.one("noscript").text


@pytest.mark.parametrize("kind", KINDS)
def test_french_is_spaced_on_every_page(
    kind: str, wide_pages: tuple[Page, ...], read: Read
) -> None:
    """Whoever wrote it, curator or program, in words that are seen or read out."""
    page = read(wide_pages, KINDS[kind])
    shown = [page.one("body").text, page.one("title").text]
    shown += [image.attributes["alt"] for image in page.all("img")]
    shown += [
        e.attributes["content"]
        for e in page.all("meta")
        if e.attributes.get("name") == "description"
        or e.attributes.get("property", "").startswith("og:")
    ]

    loose = re.compile(r"\w [;:!?»]|« |(?<=[^\W\d_])'(?=[^\W\d_])")
    assert [found[0] for text in shown for found in loose.finditer(text)] == []


def _within(element: object, other: object) -> bool:
    while element is not None:
        if element is other:
            return True
        element = getattr(element, "parent", None)
    return False
