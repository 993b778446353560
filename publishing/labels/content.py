"""Contents of labels: titles, pictograms and fixed strings in the tour's languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from publishing import qr
from publishing.errors import LabelError
from publishing.typesetting import missing_glyphs, printable_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tours.codes import Registry
    from tours.manifest import Manifest, StopView, Text, TourView

Pictogram = Literal["sound", "model", "augmented", "panorama", "film", "step_free"]
_FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Label:
    """Texts and codes of one label, ready to be drawn."""

    name: str
    """Which one it is, for messages: ``tour/stop``."""
    number: int
    """Of the stop within its tour, from 1."""
    code: str
    address: str
    """As one types it: ``ecm.example/K7QM``."""
    payload: str
    """What the QR code holds."""
    museum: str
    tour: str
    color: str
    titles: tuple[str, ...]
    """In the languages of the tour; texts that are the same come once."""
    sights: tuple[tuple[str, str], ...]
    """Pairs of a language and what one will see."""
    notices: tuple[str, ...]
    languages: tuple[str, ...]
    signs: tuple[Pictogram, ...] = ()
    """What one hears and sees there, and whether a wheelchair gets there."""

    @property
    def words(self) -> tuple[LabelStrings, ...]:
        """What labels say by themselves, in each language, each once."""
        return tuple(dict.fromkeys(label_strings(tag) for tag in self.languages))


def compose_labels(
    manifests: Sequence[Manifest], registry: Registry
) -> tuple[Label, ...]:
    """Return the label of each stop with a code, in tour order.

    Parameters
    ----------
    manifests
        One for each tour and language of the museum, tours in order.
    registry
        The museum's codes, those given since the manifests were compiled included.

    Raises
    ------
    LabelError
        If the fonts can't draw what one must say: the message names it.
    """
    tours = dict.fromkeys(manifest.tour.id for manifest in manifests)
    return tuple(
        label
        for tour in tours
        for label in _of_tour([m for m in manifests if m.tour.id == tour], registry)
    )


def unprintable_titles(
    manifests: Sequence[Manifest],
) -> Iterator[tuple[Manifest, StopView, str]]:
    """Yield stops whose title has characters that the label fonts lack, and those characters."""
    for manifest in manifests:
        for stop in manifest.tour.stops:
            missing = missing_glyphs(_printable(stop.title))
            if missing and stop.title.language == manifest.language:
                yield manifest, stop, missing


def _of_tour(editions: Sequence[Manifest], registry: Registry) -> Iterator[Label]:
    """Give the labels of one tour, from its manifests in all its languages."""
    first = editions[0]
    for place, stop in enumerate(first.tour.stops):
        code = registry.code_of(first.tour.id, stop.id)
        if code is not None:
            yield _label(editions, [m.tour.stops[place] for m in editions], code)


def _label(editions: Sequence[Manifest], stops: Sequence[StopView], code: str) -> Label:
    first, museum = editions[0], editions[0].museum
    name = f"{first.tour.id}/{stops[0].id}"
    titles = _printable_texts(stop.title for stop in stops)
    museums = _printable_texts(edition.museum.name for edition in editions)
    tours = _printable_texts(edition.tour.title for edition in editions)
    if not (titles and museums and tours):
        message = f"the label of {name} can't be drawn: its fonts lack the signs"
        raise LabelError(message)
    notices = (edition.museum.notice for edition in editions)
    scenes = (stop.scene for stop in stops)
    return Label(
        name=name,
        number=stops[0].number,
        code=code,
        address=f"{urlsplit(museum.address).netloc}/{code}",
        payload=qr.payload(museum.address, code),
        museum=museums[0][1],
        tour=tours[0][1],
        color=museum.color,
        titles=tuple(text for _, text in titles),
        sights=_printable_texts(scene.alt for scene in scenes if scene is not None),
        notices=tuple(
            text for _, text in _printable_texts(n for n in notices if n is not None)
        ),
        languages=tuple(edition.language for edition in editions),
        signs=choose_pictograms(first.tour, stops[0]),
    )


def _printable_texts(texts: Iterable[Text]) -> tuple[tuple[str, str], ...]:
    """Return (language, text) of what the fonts can draw, each text once."""
    distinct: dict[str, str] = {}
    for text in texts:
        distinct.setdefault(_printable(text), text.language)
    return tuple(
        (language, text)
        for text, language in distinct.items()
        if text and not missing_glyphs(text)
    )


def _printable(text: Text) -> str:
    return printable_text(text.text, text.language)


def choose_pictograms(tour: TourView, stop: StopView) -> tuple[Pictogram, ...]:
    """Return the pictograms of a stop's label, in drawing order.

    A tour's steps and wheelchairs are said of the whole of it: the sign is given where
    they hold everywhere.
    """
    kind = stop.scene.kind if stop.scene else None
    found: dict[Pictogram, bool] = {
        "sound": stop.audio is not None,
        "model": kind == "model",
        "augmented": kind == "model",
        "panorama": kind == "panorama",
        "film": kind == "video",
        "step_free": tour.access is not None and tour.access.wheelchair == "yes",
    }
    return tuple(sign for sign, holds in found.items() if holds)


@dataclass(frozen=True, slots=True)
class LabelStrings:
    """Fixed strings of labels in one language."""

    scan: str
    """Asks to point a phone at the QR code."""
    type: str
    """Stands before the address to type."""
    see: str
    """Stands before what the phone will show."""
    sheet: str
    """Names the document."""
    panels: str
    """Names the document of pictures to recognise."""
    measure: str
    """Stands under a line of 10 cm."""


_WORDS = {
    "de": LabelStrings(
        "Code scannen",
        "oder eingeben",
        "Zu sehen:",
        "Etiketten",
        "Bilder",
        "Bei 100 % gedruckt misst diese Linie 10 cm.",
    ),
    "en": LabelStrings(
        "Scan this code",
        "or type",
        "You will see:",
        "Labels",
        "Pictures",
        "Printed at 100 %, this line is 10 cm long.",
    ),
    "es": LabelStrings(
        "Escanee el código",
        "o teclee",
        "Verá:",
        "Etiquetas",
        "Imágenes",
        "Impresa al 100 %, esta línea mide 10 cm.",
    ),
    "fr": LabelStrings(
        "Scannez ce code",
        "ou tapez",
        "À voir :",
        "Étiquettes",
        "Images",
        "Imprimé à 100 %, ce trait mesure 10 cm.",
    ),
    "it": LabelStrings(
        "Inquadrate il codice",
        "o scrivete",
        "Si vede:",
        "Etichette",
        "Immagini",
        "Stampata al 100 %, questa linea misura 10 cm.",
    ),
    "nl": LabelStrings(
        "Scan deze code",
        "of typ",
        "Te zien:",
        "Labels",
        "Afbeeldingen",
        "Op 100 % afgedrukt is deze lijn 10 cm lang.",
    ),
}


def label_strings(language: str) -> LabelStrings:
    """Return the fixed strings of a language, or the English ones."""
    base = language.partition("-")[0].lower()
    return _WORDS.get(base, _WORDS[_FALLBACK])
