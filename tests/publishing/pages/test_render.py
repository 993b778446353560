"""Every page of a museum, seen as a browser without JavaScript sees it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from publishing.pages.render import render_pages
from tours.manifest import ModelView, PictureView, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from publishing.client_files import BuiltClient
    from publishing.pages.page import Page
    from tours.manifest import Manifest, StopView

    from .conftest import Document  # noqa: TID252 - tests are no package

    Read = Callable[[Sequence[Page], str], Document]
    WithStop = Callable[..., tuple[Manifest, ...]]

STOP = "/fr/de-la-forge-a-la-ville/marteau/"
ENHANCED = re.compile(
    r"/\w\w/((check|guide|offline|sites/[\w-]+"
    r"|(de-la-forge-a-la-ville|charbon-et-eau)(/[\w-]+|/hunts/[\w-]+)?)/)?$"
)
"""Pages where the client adds something: a guide's bar, if nothing else."""
LOADING = {"src", "srcset", "poster", "data"}


def links(document: Document) -> set[str]:
    found = {a.attributes["href"] for a in document.all("a")}
    found |= {form.attributes["action"] for form in document.all("form")}
    return {urlsplit(href).path for href in found if href.startswith("/")}


def test_every_address_is_given_once(foreign_pages: tuple[Page, ...]) -> None:
    counted = Counter(page.url for page in foreign_pages)

    assert [url for url, times in counted.items() if times > 1] == []


def test_the_addresses_are_those_that_were_promised(pages: tuple[Page, ...]) -> None:
    tour = "de-la-forge-a-la-ville"
    promised = {"/", "/404.html", "/code/", "/check/", "/guide/", "/offline/"}
    promised |= {"/favicon.svg", "/robots.txt"}
    promised |= {"/K7QM", "/3XDP", "/9ZZK"}
    for language in ("fr", "en"):
        home = f"/{language}/"
        promised |= {home, f"{home}code/", f"{home}check/", f"{home}guide/"}
        promised.add(f"{home}offline/")
        promised.add(f"{home}{tour}/")
        promised |= {f"{home}{tour}/marteau/", f"{home}{tour}/plan-de-1890/"}

    assert {p.url for p in pages if not p.url.startswith("/client/")} == promised


def test_pages_are_well_formed(documents: dict[str, Document]) -> None:
    assert {url: d.faults for url, d in documents.items() if d.faults} == {}


def test_an_identity_is_given_once_a_page(documents: dict[str, Document]) -> None:
    for url, document in documents.items():
        ids = Counter(e.attributes.get("id") for e in document.elements)
        ids.pop(None)
        assert {name for name, times in ids.items() if times > 1} == set(), url


def test_what_is_pointed_to_exists(documents: dict[str, Document]) -> None:
    pointing = ("aria-labelledby", "aria-describedby", "for")
    for url, document in documents.items():
        ids = {e.attributes.get("id") for e in document.elements}
        for element in document.elements:
            for name in pointing:
                assert set(element.attributes.get(name, "").split()) <= ids, url
            href = element.attributes.get("href", "")
            assert not href.startswith("#") or href[1:] in ids, url


def test_a_page_has_one_title_and_ranks_without_gap(
    documents: dict[str, Document],
) -> None:
    for url, document in documents.items():
        ranks = [
            int(e.tag[1])
            for e in document.elements
            if len(e.tag) == 2 and e.tag[0] == "h" and e.tag[1].isdigit()
        ]
        assert ranks.count(1) == 1, url
        assert ranks[0] == 1, url
        assert all(b <= a + 1 for a, b in pairwise(ranks)), url


def test_nothing_is_loaded_from_elsewhere(documents: dict[str, Document]) -> None:
    """Ordinary links may leave; what a browser fetches by itself may not."""
    for url, document in documents.items():
        for element in document.elements:
            loaded = [element.attributes.get(name) for name in LOADING]
            if element.tag == "link" and element.attributes["rel"] not in {
                "alternate",
                "canonical",
            }:
                loaded.append(element.attributes["href"])
            for address in filter(None, loaded):
                assert address.startswith("/"), (url, address)
                assert not address.startswith("//"), (url, address)


def test_no_page_carries_style_or_program(documents: dict[str, Document]) -> None:
    """The content security policy would refuse both."""
    for url, document in documents.items():
        assert document.all("style") == [], url
        assert all("src" in e.attributes for e in document.all("script")), url
        for element in document.elements:
            names = element.attributes
            assert not [n for n in names if n == "style" or n.startswith("on")], url


def test_every_page_states_its_policy(documents: dict[str, Document]) -> None:
    for document in documents.values():
        name = "Content-Security-Policy"
        policy = document.one("meta", **{"http-equiv": name}).attributes["content"]

        assert policy.startswith("default-src 'none'; script-src 'self' 'wasm-unsafe")
        assert "frame-ancestors" not in policy  # refused in a page, loudly


def test_every_page_is_reached_from_the_first(
    pages: tuple[Page, ...], read: Read
) -> None:
    """Save those that only a printed label, a wrong or a remembered address leads to.

    Guides know the page of guided visits from the museum, and groups from its QR code:
    many museums have none. The service worker leads to the page of what is kept.
    """
    html = {p.url for p in pages if p.media_type.startswith("text/html")}
    seen, queue = {"/"}, ["/"]
    while queue:
        for url in links(read(pages, queue.pop())) & html - seen:
            seen.add(url)
            queue.append(url)

    guided = {"/guide/", "/fr/guide/", "/en/guide/"}
    without_network = {"/offline/", "/fr/offline/", "/en/offline/"}
    remembered = {"/404.html", "/9ZZK", "/check/", "/code/"}
    assert html - seen == remembered | guided | without_network


def test_links_lead_to_pages(pages: tuple[Page, ...], read: Read) -> None:
    known = {page.url for page in pages}
    for page in pages:
        if page.media_type.startswith("text/html"):
            inner = {u for u in links(read(pages, page.url)) if "/media/" not in u}
            assert inner <= known, page.url


def test_pages_of_a_visit_start_the_client(
    documents: dict[str, Document],
) -> None:
    for url, document in documents.items():
        scripts = [e.attributes["src"] for e in document.all("script")]
        is_enhanced = ENHANCED.search(url) is not None
        assert scripts == (["/client/boot-AB12.js"] if is_enhanced else []), url


def test_a_stop_has_what_the_client_looks_for(
    pages: tuple[Page, ...], read: Read
) -> None:
    page = read(pages, STOP)
    body, figure = page.one("body"), page.one("figure", id="scene")

    assert (
        body.attributes["data-manifest"] == "/manifests/de-la-forge-a-la-ville.fr.json"
    )
    assert body.attributes["data-stop"] == "marteau"
    assert page.one("div", id="scene-actions").parent is figure
    assert page.all("picture")[0].parent is figure
    assert page.one("link", rel="modulepreload").attributes["href"] == (
        "/client/i18n-CD34.js"
    )


def test_quick_look_finds_one_picture_in_its_link(
    pages: tuple[Page, ...], read: Read
) -> None:
    """Its only condition, besides ``rel=ar``: an image as the first and only child."""
    page = read(pages, STOP)
    link = page.one("a", rel="ar")

    assert [e.tag for e in page.elements if e.parent is link] == ["img"]
    assert link.text.strip() == ""
    path, _, options = link.attributes["href"].partition("#")
    assert path.endswith(".usdz")
    assert (
        options
        == f"allowsContentScaling=0&canonicalWebPageURL=https://ecm.example{STOP}"
    )


def test_a_scale_model_may_be_resized(pages: tuple[Page, ...], read: Read) -> None:
    link = read(pages, STOP.replace("marteau", "plan-de-1890")).one("a", rel="ar")

    assert "allowsContentScaling" not in link.attributes["href"]


def test_pictures_keep_their_place_and_say_what_they_show(
    documents: dict[str, Document],
) -> None:
    for url, document in documents.items():
        for image in document.all("img"):
            assert {"alt", "width", "height"} <= image.attributes.keys(), url


def test_the_scene_is_described_in_words(pages: tuple[Page, ...], read: Read) -> None:
    page = read(pages, STOP)

    poster = page.all("img")[0]
    assert poster.attributes["alt"].startswith("Marteau à vapeur")
    caption = " ".join(page.one("figcaption").text.split())
    assert caption == (
        "21 m Grandeur nature : 21 m de haut comme un immeuble de 6 étages "
        "Pour l’échelle : une personne de 1,70 m"
    )


def test_the_home_page_promises_then_asks_where_one_is(
    wide_manifests: tuple[Manifest, ...], client: BuiltClient, read: Read
) -> None:
    promise = Text("Levez votre téléphone : il est là.", "fr")
    first = wide_manifests[0]
    museum = replace(first.museum, summary=promise)

    text = (
        read(render_pages([replace(first, museum=museum)], client), "/fr/")
        .one("main")
        .text
    )

    assert text.index("Levez votre téléphone") < text.index("Où êtes-vous")
    assert text.index("Où êtes-vous") < text.index("Les visites")


def test_the_scene_is_drawn_beside_a_person(
    pages: tuple[Page, ...], read: Read
) -> None:
    page = read(pages, STOP)

    outline = page.one("path", d="M0 0h10v21H0z")
    assert outline.attributes["fill-rule"] == "evenodd"
    assert "aria-hidden" in page.one("div", **{"class": "drawn high"}).attributes


def test_an_estimated_size_says_so(
    manifests: tuple[Manifest, ...], client: BuiltClient, read: Read
) -> None:
    tour = manifests[0].tour
    stop = tour.stops[0]
    assert isinstance(stop.scene, ModelView)
    scene = replace(stop.scene, has_estimated_size=True)
    stops = (replace(stop, scene=scene), *tour.stops[1:])
    guessed = replace(manifests[0], tour=replace(tour, stops=stops))

    caption = read(render_pages([guessed], client), STOP).one("figcaption").text

    assert "≈ 21\u00a0m" in caption
    assert "Taille estimée\u00a0: environ 21\u00a0m de haut" in caption
    assert "Grandeur nature" not in caption


def test_a_scale_model_says_both_heights(pages: tuple[Page, ...], read: Read) -> None:
    caption = (
        read(pages, STOP.replace("marteau", "plan-de-1890")).one("figcaption").text
    )

    assert "Maquette au 1:200, 10\u00a0cm de haut" in caption
    assert "21\u00a0m de haut en réalité" in caption
    assert "une main d’adulte" in caption


def test_a_stop_can_be_heard_and_read(pages: tuple[Page, ...], read: Read) -> None:
    page = read(pages, STOP)

    assert "controls" in page.one("audio").attributes
    assert page.one("track").attributes["srclang"] == "fr"
    hrefs = links(page)
    assert any(href.endswith(".vtt") for href in hrefs)
    assert any(href.endswith(".m4a") for href in hrefs)


def test_a_recording_in_another_language_says_so(
    pages: tuple[Page, ...], read: Read
) -> None:
    section = read(pages, STOP.replace("/fr/", "/en/")).one(
        "section", **{"aria-labelledby": "listen"}
    )

    assert "Recorded in: Français" in section.text


def test_a_place_opens_in_the_phone_s_own_map(
    pages: tuple[Page, ...], read: Read
) -> None:
    page = read(pages, STOP)

    assert page.one("a", href="geo:46.7867,4.4328").text == "Voir sur une carte"


def test_a_source_that_is_an_address_is_a_link(
    pages: tuple[Page, ...], read: Read
) -> None:
    items = read(pages, STOP).one("ul", **{"class": "sources"})

    assert "franco.wiki (rang mondial jusqu’en 1891)" in items.text
    assert read(pages, STOP).one("a", href="https://franco.wiki").text == "franco.wiki"


@pytest.mark.parametrize(
    "written",
    ["javascript:alert(1)", "http://exemple.fr", "Archives, 12 J 4", "a b.fr"],
)
def test_any_other_source_is_text(
    written: str, with_stop: WithStop, client: BuiltClient, read: Read
) -> None:
    page = read(render_pages(with_stop(sources=(written,)), client), STOP)
    items = page.one("ul", **{"class": "sources"})

    assert items.text.strip().replace("\u00a0", " ") == written
    assert [a for a in page.all("a") if a.parent and a.parent.parent is items] == []


HOSTILE = '</title><script>alert("1")</script>&<img src=x onerror=alert(1)>'


def test_nothing_a_museum_writes_becomes_markup(
    with_stop: WithStop, client: BuiltClient, hammer: StopView
) -> None:
    text = Text(HOSTILE, "fr")
    scene = hammer.scene
    assert scene is not None
    (manifest,) = with_stop(
        title=text,
        text=Text(f"{HOSTILE}\n\n[x](javascript:alert(1))\n\n{HOSTILE}", "fr"),
        easy=text,
        safety=text,
        sources=(HOSTILE,),
        scene=replace(scene, alt=text, credits=HOSTILE, license=HOSTILE),
    )
    museum = replace(
        manifest.museum, name=text, notice=text, contact=f"https://{HOSTILE}"
    )
    tour = replace(manifest.tour, title=text, summary=text, credits=HOSTILE)

    pages = render_pages([replace(manifest, museum=museum, tour=tour)], client)

    for page in pages:
        if page.media_type.startswith("text/html"):
            content = page.content.decode().replace("\u202f", "")
            assert "<script>" not in content
            assert "<img src=x" not in content
            assert "javascript:alert" not in content


def test_words_in_another_language_say_which(
    foreign_pages: tuple[Page, ...], read: Read
) -> None:
    """A German page of a museum that wrote French, with an interface in English."""
    page = read(foreign_pages, STOP.replace("/fr/", "/de/"))

    assert page.one("html").attributes["lang"] == "de"
    title = page.one("h1")
    assert [e.attributes["lang"] for e in page.elements if e.parent is title] == ["fr"]
    skip = page.one("a", **{"class": "skip"})
    assert [e.attributes["lang"] for e in page.elements if e.parent is skip] == ["en"]
    assert page.one("title").attributes["lang"] == "fr"
    described = [e for e in page.all("img") if e.attributes["alt"]]
    assert all(e.inherited("lang") == "fr" for e in described)


def test_a_language_that_runs_leftwards_does(
    foreign_pages: tuple[Page, ...], read: Read
) -> None:
    page = read(foreign_pages, STOP.replace("/fr/", "/ar/"))

    assert page.one("html").attributes["dir"] == "rtl"
    (words,) = [e for e in page.elements if e.parent is page.one("h1")]
    assert words.attributes["dir"] == "ltr"


def test_a_page_leads_to_itself_in_other_languages(
    pages: tuple[Page, ...], read: Read
) -> None:
    page = read(pages, STOP)
    english = STOP.replace("/fr/", "/en/")

    link = page.one("a", hreflang="en", lang="en")
    assert (link.attributes["href"], link.text) == (english, "English")
    alternates = {
        e.attributes["hreflang"]: e.attributes["href"]
        for e in page.all("link", rel="alternate")
    }
    assert alternates == {
        "fr": f"https://ecm.example{STOP}",
        "en": f"https://ecm.example{english}",
        "x-default": "https://ecm.example/K7QM",
    }
    canonical = page.one("link", rel="canonical").attributes["href"]
    assert canonical == f"https://ecm.example{STOP}"


def test_a_name_with_a_hyphen_is_not_broken_there(
    pages: tuple[Page, ...], read: Read
) -> None:
    """With the sign that touches it; other hyphens may end a line."""
    page = read(pages, "/fr/")

    whole = [e.text for e in page.all("span", **{"class": "whole"})]
    assert whole == ["Creusot-Montceau,"]
    assert page.one("h1").text == "Écomusée Creusot-Montceau, démonstration"
    stop = read(pages, STOP)
    assert stop.one("h1").text == "Le marteau-pilon"
    assert [e for e in stop.elements if e.parent is stop.one("h1")] == []


def test_a_shared_page_shows_its_picture(pages: tuple[Page, ...], read: Read) -> None:
    image = read(pages, STOP).one("meta", property="og:image").attributes["content"]

    assert image == f"https://ecm.example/media/{'d' * 64}.jpg"


def test_a_code_offers_its_stop_in_every_language(
    pages: tuple[Page, ...], read: Read
) -> None:
    page = read(pages, "/K7QM")

    doors = {e.attributes["hreflang"]: e for e in page.all("a", **{"class": "door"})}
    assert doors["fr"].attributes["href"] == STOP
    assert "The steam hammer" in doors["en"].text
    assert "K7QM" in page.one("main").text
    assert len(page.all("picture")) == 1


def test_a_withdrawn_stop_says_so(pages: tuple[Page, ...], read: Read) -> None:
    text = read(pages, "/9ZZK").one("main").text

    assert "Cet arrêt n’existe plus" in text
    assert "This stop is no longer there" in text


def test_a_code_can_be_typed_by_hand(pages: tuple[Page, ...], read: Read) -> None:
    page = read(pages, "/fr/code/")
    form, field = page.one("form"), page.one("input")

    action = (form.attributes["action"], form.attributes["method"])
    assert action == ("/fr/code/", "get")  # the language asked for is kept
    assert field.attributes["name"] == "code"
    assert page.one("label", **{"for": "code"}).text == "Code imprimé sous le QR code"
    assert "https://ecm.example/K7QM" in page.one("main").text  # with no server at all
    assert page.one("li", id="3XDP").text.endswith("3XDP Le plan de 1890")


def test_a_lost_visitor_is_led_back(pages: tuple[Page, ...], read: Read) -> None:
    page = read(pages, "/404.html")

    assert "Page introuvable" in page.one("h1").text
    assert "Page not found" in page.one("h1").text
    assert {"/fr/", "/en/", "/fr/code/", "/en/code/"} <= links(page)


def test_the_demonstration_says_what_it_is(documents: dict[str, Document]) -> None:
    for url, document in documents.items():
        assert document.all("p", **{"class": "notice"}), url


def test_a_bare_stop_still_makes_a_page(
    with_stop: WithStop, client: BuiltClient, read: Read
) -> None:
    bare = with_stop(
        scene=None,
        code=None,
        easy=None,
        position=None,
        audio=None,
        transcript=None,
        sources=(),
    )
    bare = (replace(bare[0], tour=replace(bare[0].tour, access=None, safety=None)),)

    page = read(render_pages(bare, client), STOP)

    assert page.faults == []
    assert page.all("figure") == []
    assert page.one("code", id="page-address").text == f"https://ecm.example{STOP}"


def test_a_scene_without_poster_is_told_in_words(
    with_stop: WithStop, client: BuiltClient, hammer: StopView, read: Read
) -> None:
    scene = hammer.scene
    assert scene is not None

    page = read(render_pages(with_stop(scene=replace(scene, poster=())), client), STOP)

    assert "Marteau à vapeur" in page.one("figure", id="scene").text


def test_the_client_s_files_are_kept_a_year(pages: tuple[Page, ...]) -> None:
    kept = {page.url for page in pages if page.caching == "immutable"}

    assert {"/client/boot-AB12.js", "/client/i18n-CD34.js"} < kept
    assert all(url.startswith("/client/") for url in kept)


def test_rendering_twice_gives_the_same_bytes(
    manifests: tuple[Manifest, ...], client: BuiltClient
) -> None:
    assert render_pages(manifests, client) == render_pages(manifests, client)


def test_a_museum_without_a_tour_has_no_page(client: BuiltClient) -> None:
    with pytest.raises(ValueError, match="no manifest"):
        render_pages([], client)


def test_a_picture_alone_is_shown_with_its_words(
    with_stop: WithStop, client: BuiltClient, hammer: StopView, read: Read
) -> None:
    assert hammer.scene is not None
    scene = PictureView(
        kind="picture",
        alt=Text("Une locomotive, de côté.", "fr"),
        poster=hammer.scene.poster,
        picture=hammer.scene.poster,
        license="CC0-1.0",
    )

    page = read(render_pages(with_stop(scene=scene), client), hammer.url)

    assert page.one("img").attributes["alt"] == "Une locomotive, de côté."
    assert page.one("figure").attributes["data-kind"] == "picture"
    _, rights = page.all("details", **{"class": "about"})
    assert "Image" in rights.text


def test_a_machine_s_translation_says_so_and_leads_to_the_original(
    manifests: tuple[Manifest, ...], client: BuiltClient, read: Read
) -> None:
    french, english = manifests
    tour = replace(english.tour, machine_translated=True)
    pages = render_pages((french, replace(english, tour=tour)), client)

    told = read(pages, STOP.replace("/fr/", "/en/")).one(
        "p", **{"class": "safety machine"}
    )
    original = read(pages, STOP).all("p", **{"class": "safety machine"})

    assert "Translated by a machine" in told.text
    assert "Français" in told.text
    assert original == []
