"""Every text of a museum that has translations, and how complete they are."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tours.model import LocalizedText

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tours.model import Museum, Stop, Tour


_ONCE = frozenset({"credits", "sources"})
"""What may be written once for all languages, and mostly is."""


@dataclass(frozen=True, slots=True)
class Translatable:
    """One text and where visitors meet it."""

    path: str
    """Lasting: ``tours/forge/stops/marteau/title``; hotspots are counted from 1."""
    text: LocalizedText
    languages: tuple[str, ...]
    """Those that visitors may ask for there, the one it falls back on first."""

    @property
    def key(self) -> str:
        """What it is, as written: ``title``, ``sources/4``."""
        parts = self.path.split("/")
        return "/".join(parts[-2:]) if parts[-1].isdecimal() else parts[-1]

    def missing(self) -> tuple[str, ...]:
        """Return the languages that it is not written in."""
        return tuple(tag for tag in self.languages if self.text.get(tag) is None)


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of a tour a language has."""

    language: str
    written: int
    total: int

    @property
    def percent(self) -> int:
        """Whole percents; 100 only when nothing is missing."""
        return self.written * 100 // self.total if self.total else 100


def texts_of(museum: Museum) -> Iterator[Translatable]:
    """Give every text once, in reading order."""
    yield from _once(_all_of(museum))


def _all_of(museum: Museum) -> Iterator[Translatable]:
    own = dataclasses.replace(museum, tours=(), sites=())
    yield from _within(own, "museum", museum.languages)
    for site in museum.sites:
        yield from _within(site, f"sites/{site.id}", museum.languages)
    for tour in museum.tours:
        yield from texts_of_tour(tour)


def texts_of_tour(tour: Tour) -> Iterator[Translatable]:
    """Give every text of a tour and of its stops."""
    own = dataclasses.replace(tour, stops=())
    for item in _within(own, f"tours/{tour.id}", tour.languages):
        if item.text.location.path == tour.location.path:  # else the museum's own
            yield item
    for stop in tour.stops:
        yield from texts_of_stop(tour, stop)


def texts_of_stop(tour: Tour, stop: Stop) -> Iterator[Translatable]:
    """Give every text of a stop."""
    own = _within(stop, f"tours/{tour.id}/stops/{stop.id}", tour.languages)
    yield from _once(own)


def completeness(
    texts: Iterator[Translatable], languages: tuple[str, ...]
) -> tuple[Completeness, ...]:
    """Return how much of some texts each language has."""
    all_texts = list(texts)
    return tuple(
        Completeness(
            tag,
            sum(item.text.get(tag) is not None for item in all_texts),
            len(all_texts),
        )
        for tag in languages
    )


def _once(items: Iterator[Translatable]) -> Iterator[Translatable]:
    """Give each text where it is first met: some stand for others that are missing."""
    seen = set()
    for item in items:
        if item.text.location not in seen:
            seen.add(item.text.location)
            yield item


def _within(
    value: object, path: str, languages: tuple[str, ...]
) -> Iterator[Translatable]:
    if isinstance(value, LocalizedText):
        is_once = len(value.texts) == 1 and not _ONCE.isdisjoint(path.split("/"))
        if not is_once:
            yield Translatable(path, value, languages)
    elif isinstance(value, tuple):
        for number, item in enumerate(value, 1):
            yield from _within(item, f"{path}/{number}", languages)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            name = f"{path}/{field.name}"
            yield from _within(getattr(value, field.name), name, languages)
