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


_WORDS = {
    "de": LabelWords("Code scannen", "oder eingeben", "Zu sehen:", "Etiketten"),
    "en": LabelWords("Scan this code", "or type", "You will see:", "Labels"),
    "es": LabelWords("Escanee el código", "o teclee", "Verá:", "Etiquetas"),
    "fr": LabelWords("Scannez ce code", "ou tapez", "À voir :", "Étiquettes"),
    "it": LabelWords("Inquadrate il codice", "o scrivete", "Si vede:", "Etichette"),
    "nl": LabelWords("Scan deze code", "of typ", "Te zien:", "Labels"),
}


def label_words(language: str) -> LabelWords:
    """Return a language's words; a regional one speaks as its language does."""
    base = language.partition("-")[0].lower()
    return _WORDS.get(base, _WORDS[_FALLBACK])
