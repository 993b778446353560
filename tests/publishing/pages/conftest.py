"""Manifests made by hand, with the richness of a real tour, and a tiny client."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from publishing.client_files import BuiltClient, ClientFile
from publishing.pages.render import render_pages
from tours.manifest import (
    WIRE_VERSION,
    AccessView,
    Alternate,
    Box,
    ImageVariant,
    LabelAnchorView,
    LodView,
    Manifest,
    Media,
    ModelView,
    MuseumView,
    OutlineView,
    Point,
    Pose,
    StopView,
    Text,
    TourView,
    stop_url,
    tour_url,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType

    from publishing.pages.page import Page

Words = dict[str, str]
LANGUAGES = ("fr", "en")
TOUR = "de-la-forge-a-la-ville"
WORDS: dict[str, Words] = {
    "fr": {
        "museum": "Écomusée Creusot-Montceau, démonstration",
        "notice": "Ceci est une démonstration, et non une publication officielle.",
        "tour": "De la forge à la ville",
        "summary": "Au Creusot, revoir au travail la machine qui a nommé une place.",
        "hammer": "Le marteau-pilon",
        "plan": "Le plan de 1890",
        "text": (
            "Un marteau de **cent tonnes** se dresse devant vous. La vapeur soulevait "
            "sa masse de cinq mètres, puis la laissait retomber sur le fer rouge.\n\n"
            "Achevé en 1876, il donna son premier coup le 23 septembre 1877 et resta "
            "le plus puissant du monde jusqu'en 1891. Il s'est arrêté en 1930 ; la "
            "ville l'a dressé ici en 1969.\n\n"
            "Reculez de dix pas, puis levez le téléphone : il a 21 mètres de haut."
        ),
        "easy": "Voici une très grande machine. C'est un marteau.",
        "safety": "Restez sur le trottoir. Levez les yeux avant de bouger.",
        "alt": "Marteau à vapeur à quatre pieds, haut comme un immeuble.",
        "access": "Détour de plain-pied par la rue du Guide.",
    },
    "en": {
        "museum": "Creusot-Montceau Ecomuseum, a demonstration",
        "notice": "This is a demonstration, not an official publication.",
        "tour": "From the forge to the town",
        "summary": "In Le Creusot, see at work again the machine behind a square.",
        "hammer": "The steam hammer",
        "plan": "The 1890 plan",
        "text": (
            "A **hundred-tonne** hammer stands before you. Steam lifted its mass by "
            "five metres, then let it fall on the red-hot iron.\n\n"
            "Finished in 1876, it struck its first blow on 23 September 1877.\n\n"
            "Step back ten paces, then raise your phone: it is 21 metres high."
        ),
        "easy": "This is a very big machine. It is a hammer.",
        "safety": "Stay on the pavement. Look up before you move.",
        "alt": "Four-legged steam hammer, as tall as a building.",
        "access": "Step-free detour by rue du Guide.",
    },
}
POSTER = (
    ImageVariant(f"/media/{'a' * 64}.webp", 21_000, "image/webp", 480, 360),
    ImageVariant(f"/media/{'b' * 64}.webp", 52_000, "image/webp", 960, 720),
    ImageVariant(f"/media/{'c' * 64}.jpg", 48_000, "image/jpeg", 480, 360),
    ImageVariant(f"/media/{'d' * 64}.jpg", 98_000, "image/jpeg", 960, 720),
)


def _beside(name: str) -> ModuleType:
    """Return a module beside this file, which is no package."""
    path = Path(__file__).parent / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"pages_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


WIDE = _beside("wide")


@pytest.fixture(scope="session")
def client() -> BuiltClient:
    """Return a client of two files, of which one imports the other."""
    script = "text/javascript; charset=utf-8"
    entry = ClientFile(
        "boot-AB12.js", b"import './i18n-CD34.js'", script, ("i18n-CD34.js",)
    )
    return BuiltClient(entry.name, (entry, ClientFile("i18n-CD34.js", b"", script)))


@pytest.fixture(scope="session")
def manifests() -> tuple[Manifest, ...]:
    """Return one tour of two stops, in French and in English."""
    return tuple(manifest_of(language) for language in LANGUAGES)


@pytest.fixture
def hammer(manifests: tuple[Manifest, ...]) -> StopView:
    """Return the French stop that shows a model 21 m high."""
    return manifests[0].tour.stops[0]


@pytest.fixture
def with_stop() -> Callable[..., tuple[Manifest, ...]]:
    """Return how to get one French manifest whose only stop has other fields."""

    def changed(**fields: object) -> tuple[Manifest, ...]:
        manifest = manifest_of("fr", ("fr",))
        stop = replace(manifest.tour.stops[0], **fields)  # type: ignore[arg-type]
        return (replace(manifest, tour=replace(manifest.tour, stops=(stop,))),)

    return changed


def manifest_of(language: str, languages: tuple[str, ...] = LANGUAGES) -> Manifest:
    """Return the tour in one language; words not in the table stay French."""
    spoken = language if language in WORDS else "fr"
    words = {key: Text(text, spoken) for key, text in WORDS[spoken].items()}
    tour = TourView(
        id=TOUR,
        url=tour_url(TOUR, language),
        title=words["tour"],
        license="CC-BY-SA-4.0",
        stops=(_hammer(language, words), _plan(language, words)),
        summary=words["summary"],
        duration_min=45,
        start=Point(46.7867, 4.4328),
        access=AccessView("partial", 12, words["access"]),
        safety=words["safety"],
        credits="Démonstration, textes et modèles 2026",
    )
    museum = MuseumView(
        "creusot-montceau",
        words["museum"],
        "https://ecm.example",
        "#9c2f1f",
        words["notice"],
        "bonjour@ecm.example",
    )
    alternates = tuple(Alternate(tag, tour_url(TOUR, tag)) for tag in languages)
    direction = "rtl" if language == "ar" else "ltr"
    return Manifest(WIRE_VERSION, language, direction, museum, tour, alternates)


def _hammer(language: str, words: dict[str, Text]) -> StopView:
    return StopView(
        id="marteau",
        number=1,
        url=stop_url(TOUR, "marteau", language),
        title=words["hammer"],
        text=words["text"],
        anchors=(LabelAnchorView("label", Pose((0, 0, -12), (0, 0, 0, 1)), "ground"),),
        sources=(
            "le-creusot.fr/le-marteau-pilon",
            "franco.wiki (rang mondial jusqu'en 1891)",
        ),
        code="K7QM",
        easy=words["easy"],
        position=Point(46.7867, 4.4328),
        audio=Media(f"/media/{'1' * 64}.m4a", 640_000, "audio/mp4"),
        transcript=Media(f"/media/{'2' * 64}.vtt", 900, "text/vtt"),
        recording_language="fr",
        scene=_model(words["alt"], 1.0),
    )


def _plan(language: str, words: dict[str, Text]) -> StopView:
    return StopView(
        id="plan-de-1890",
        number=2,
        url=stop_url(TOUR, "plan-de-1890", language),
        title=words["plan"],
        text=words["summary"],
        anchors=(),
        sources=(),
        code="3XDP",
        scene=_model(words["alt"], 0.005),
    )


def _model(alt: Text, scale: float) -> ModelView:
    return ModelView(
        kind="model",
        alt=alt,
        poster=POSTER,
        lods=(
            LodView("preview", f"/media/{'e' * 64}.glb", 60_000, 3_000, 400_000),
            LodView("phone", f"/media/{'f' * 64}.glb", 412_000, 38_000, 9_000_000),
        ),
        usdz=Media(f"/media/{'9' * 64}.usdz", 2_400_000, "model/vnd.usdz+zip"),
        extents=Box((-5.2, 0.0, -4.0), (5.2, 21.0, 4.0)),
        scale=scale,
        outline=OutlineView("M0 0h10v21H0z", 10, 21),
        license="CC-BY-SA-4.0",
    )


@dataclass
class Element:
    """One element of a page, as a browser would find it."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None
    text: str = ""
    """All the words in it, those of its children included."""
    spoken: str = ""
    """The same without what is there for the eye alone."""

    def inherited(self, name: str) -> str | None:
        """Return an attribute of this element or of the nearest around it."""
        found: Element | None = self
        while found is not None:
            if name in found.attributes:
                return found.attributes[name]
            found = found.parent
        return None


class Document(HTMLParser):
    """Reads a page, and finds fault with what is not closed in its turn."""

    VOID = frozenset({"br", "img", "input", "link", "meta", "source", "track"})

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.faults: list[str] = []
        self._open: list[Element] = []
        self.feed(content.decode())
        self.close()
        self.faults += [f"{element.tag} is never closed" for element in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        if len(dict(attrs)) < len(attrs):
            self.faults.append(f"{tag} has an attribute twice")
        parent = self._open[-1] if self._open else None
        element = Element(tag, {name: value or "" for name, value in attrs}, parent)
        self.elements.append(element)
        if tag not in self.VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element that closes itself, as those of a drawing do."""
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Close the element that was opened last."""
        if not self._open or self._open[-1].tag != tag:
            self.faults.append(f"</{tag}> closes nothing")
            return
        self._open.pop()

    def handle_data(self, data: str) -> None:
        """Keep words for every element they stand in."""
        is_spoken = all(e.attributes.get("aria-hidden") != "true" for e in self._open)
        for element in self._open:
            element.text += data
            element.spoken += data if is_spoken else ""

    def all(self, tag: str, **wanted: str) -> list[Element]:
        """Return the elements of a tag whose attributes are as wanted."""
        return [
            element
            for element in self.elements
            if element.tag == tag
            and all(element.attributes.get(k) == v for k, v in wanted.items())
        ]

    def one(self, tag: str, **wanted: str) -> Element:
        """Return the only such element."""
        (element,) = self.all(tag, **wanted)
        return element


@pytest.fixture(scope="session")
def read() -> Callable[[Sequence[Page], str], Document]:
    """Return how to read the page at one address."""

    def page_at(pages: Sequence[Page], url: str) -> Document:
        (content,) = (page.content for page in pages if page.url == url)
        return Document(content)

    return page_at


@pytest.fixture(scope="session")
def pages(manifests: tuple[Manifest, ...], client: BuiltClient) -> tuple[Page, ...]:
    """Return every page of the tour in French and in English."""
    return render_pages(manifests, client, withdrawn=("9ZZK",))


@pytest.fixture(scope="session")
def foreign_pages(client: BuiltClient) -> tuple[Page, ...]:
    """Return the pages of a tour in Arabic and German too, without words of ours."""
    languages = ("fr", "en", "de", "ar")
    spoken = [manifest_of(language, languages) for language in languages]
    return render_pages(spoken, client, withdrawn=("9ZZK",))


@pytest.fixture(scope="session")
def outline() -> ModuleType:
    """Return what reads a page out."""
    return _beside("outline")


@pytest.fixture(scope="session")
def wide_manifests() -> tuple[Manifest, ...]:
    """Return a tour with one stop of every kind, in French and in English."""
    return tuple(WIDE.wide(manifest_of(language)) for language in LANGUAGES)


@pytest.fixture(scope="session")
def wide_pages(
    wide_manifests: tuple[Manifest, ...], client: BuiltClient
) -> tuple[Page, ...]:
    """Return the pages of a museum with two tours, one of them of every kind."""
    both = tuple(manifest_of(language) for language in LANGUAGES)
    manifests = (*both, *wide_manifests)
    return render_pages(manifests, client, transcripts=WIDE.TRANSCRIPTS)


@pytest.fixture(scope="session")
def documents(
    pages: tuple[Page, ...],
    foreign_pages: tuple[Page, ...],
    wide_pages: tuple[Page, ...],
) -> dict[str, Document]:
    """Return every HTML page of both, by its address."""
    return {
        f"{name}{page.url}": Document(page.content)
        for name, group in (
            ("", pages),
            ("foreign ", foreign_pages),
            ("wide ", wide_pages),
        )
        for page in group
        if page.media_type.startswith("text/html")
    }
