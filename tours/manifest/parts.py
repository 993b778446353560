"""Small parts that every view of the manifest is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tours.manifest.wire import (
    AccessView,
    Point,
)
from tours.manifest.wire_scenes import (
    ImageVariant,
    Media,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tours import model
    from tours.bundle import MediaFile, PictureVariant


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

    def access(self, access: model.Access | None) -> AccessView | None:
        """Return how a place is reached."""
        if access is None:
            return None
        return AccessView(access.wheelchair, access.steps, self.maybe(access.note))


def point(place: model.Coordinates | None) -> Point | None:
    """Return a point on the map."""
    return None if place is None else Point(place.latitude_deg, place.longitude_deg)


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
