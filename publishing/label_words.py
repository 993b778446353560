"""What every label says of its own accord, in the languages of its tour.

A language that is not here speaks English.
"""

from __future__ import annotations

from dataclasses import dataclass

_FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class LabelWords:
    """One language's words."""

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
    "de": LabelWords(
        "Code scannen",
        "oder eingeben",
        "Zu sehen:",
        "Etiketten",
        "Bilder",
        "Bei 100 % gedruckt misst diese Linie 10 cm.",
    ),
    "en": LabelWords(
        "Scan this code",
        "or type",
        "You will see:",
        "Labels",
        "Pictures",
        "Printed at 100 %, this line is 10 cm long.",
    ),
    "es": LabelWords(
        "Escanee el código",
        "o teclee",
        "Verá:",
        "Etiquetas",
        "Imágenes",
        "Impresa al 100 %, esta línea mide 10 cm.",
    ),
    "fr": LabelWords(
        "Scannez ce code",
        "ou tapez",
        "À voir :",
        "Étiquettes",
        "Images",
        "Imprimé à 100 %, ce trait mesure 10 cm.",
    ),
    "it": LabelWords(
        "Inquadrate il codice",
        "o scrivete",
        "Si vede:",
        "Etichette",
        "Immagini",
        "Stampata al 100 %, questa linea misura 10 cm.",
    ),
    "nl": LabelWords(
        "Scan deze code",
        "of typ",
        "Te zien:",
        "Labels",
        "Afbeeldingen",
        "Op 100 % afgedrukt is deze lijn 10 cm lang.",
    ),
}


def label_words(language: str) -> LabelWords:
    """Return a language's words; a regional one speaks as its language does."""
    base = language.partition("-")[0].lower()
    return _WORDS.get(base, _WORDS[_FALLBACK])
