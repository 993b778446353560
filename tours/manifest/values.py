"""Texts, files and pictures on the wire, and how each is taken in a visitor's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tours import model
    from tours.bundle import MediaFile, PictureVariant


@dataclass(frozen=True, slots=True)
class Text:
    """A text and the language it is really in, which may be the tour's fallback."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Media:
    """A file to fetch."""

    url: str
    bytes: int
    type: str


@dataclass(frozen=True, slots=True)
class ImageVariant:
    """One encoding of a picture to choose from."""

    url: str
    bytes: int
    type: str
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class Translator:
    """Takes each text and file in the first language of an order that has it."""

    order: tuple[str, ...]
    """The visitor's language first."""

    def text(self, text: model.LocalizedText) -> Text:
        """Return a text, with the language that it is really in."""
        language, words = text.best(self.order)
        return Text(words, language)

    def maybe(self, text: model.LocalizedText | None) -> Text | None:
        """Return the same of a text that may be absent."""
        return None if text is None else self.text(text)

    def wording(self, text: model.LocalizedText | None) -> str | None:
        """Return the words of a text that may be the same in every language."""
        return None if text is None else self.text(text).text

    def wordings(self, texts: Iterable[model.LocalizedText]) -> tuple[str, ...]:
        """Return the words of several such texts."""
        return tuple(self.text(text).text for text in texts)

    def file(
        self, files: model.LocalizedFile | None
    ) -> tuple[str, model.FileReference] | None:
        """Return the language and the file of the first that there is."""
        for language in self.order:
            file = files.get(language) if files else None
            if file is not None:
                return language, file
        return None


def media(file: MediaFile) -> Media:
    """Return a file to fetch."""
    return Media(file.url, file.size_bytes, file.media_type)


def variants(pictures: Iterable[PictureVariant]) -> tuple[ImageVariant, ...]:
    """Return the encodings of a picture, in their order."""
    return tuple(
        ImageVariant(
            variant.file.url,
            variant.file.size_bytes,
            variant.file.media_type,
            variant.width_px,
            variant.height_px,
        )
        for variant in pictures
    )
