"""Values of rendering: pages with their head and cache, manifests by language and code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tours.manifest import ImageVariant, Manifest, MuseumView, StopView
    from tours.release import Caching

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Page:
    """One address with its content."""

    url: str
    """Path part only: ``/fr/forge/marteau/``."""
    content: bytes
    media_type: str
    caching: Caching


@dataclass(frozen=True, slots=True)
class Link:
    """The same page in another language."""

    language: str
    url: str


@dataclass(frozen=True, slots=True)
class Head:
    """Metadata of a page: title, description, alternates, picture to share."""

    url: str
    title: str
    title_language: str
    description: str = ""
    image_url: str | None = None
    """Path of a picture that every program opens."""
    alternates: tuple[Link, ...] = ()
    """Every language of this page, its own included."""
    neutral_url: str | None = None
    """Path of the page that offers the languages."""


class PageCache:
    """Rendered pages of each tour and language, with the inputs they came from."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[object, tuple[Page, ...]]] = {}

    def pages(
        self, url: str, inputs: object, make: Callable[[], Iterable[Page]]
    ) -> tuple[Page, ...]:
        """Return the pages that some inputs make; `url` is the manifest's."""
        kept = self._kept.get(url)
        if kept is None or kept[0] != inputs:
            kept = self._kept[url] = (inputs, tuple(make()))
        return kept[1]


@dataclass(frozen=True, slots=True)
class LocalizedStop:
    """One stop in one language."""

    manifest: Manifest
    stop: StopView

    @property
    def language(self) -> str:
        """The language of its page."""
        return self.manifest.language


@dataclass(frozen=True, slots=True)
class ManifestIndex:
    """A museum's manifests, by language and by printed code."""

    manifests: tuple[Manifest, ...]

    @property
    def address(self) -> str:
        """The public address, without a closing slash."""
        return self.manifests[0].museum.address

    @property
    def color(self) -> str:
        """The museum's own colour, ``#rrggbb``."""
        return self.manifests[0].museum.color

    @property
    def languages(self) -> tuple[str, ...]:
        """Every language that has a tour, in the order they come."""
        return tuple(dict.fromkeys(m.language for m in self.manifests))

    @property
    def cover(self) -> tuple[ImageVariant, ...]:
        """The picture of the first stop that has one; empty if none has."""
        return first_poster(self.manifests)

    def museum(self, language: str) -> MuseumView:
        """Return how the museum presents itself in a language."""
        return self.tours(language)[0].museum

    def tours(self, language: str) -> tuple[Manifest, ...]:
        """Return the tours of a language, in the order they come."""
        return tuple(m for m in self.manifests if m.language == language)

    def codes(self) -> dict[str, tuple[LocalizedStop, ...]]:
        """Return the stop behind each printed code, in each of its languages."""
        found: dict[str, tuple[LocalizedStop, ...]] = {}
        for edition in self._editions():
            if edition.stop.code is not None:
                code = edition.stop.code
                found[code] = (*found.get(code, ()), edition)
        return found

    def _editions(self) -> Iterator[LocalizedStop]:
        for manifest in self.manifests:
            for stop in manifest.tour.stops:
                yield LocalizedStop(manifest, stop)


def first_poster(manifests: Sequence[Manifest]) -> tuple[ImageVariant, ...]:
    """Return the first poster among the stops of tours; empty if none has one."""
    for manifest in manifests:
        for stop in manifest.tour.stops:
            if stop.scene is not None and stop.scene.poster:
                return stop.scene.poster
    return ()


def index_manifests(manifests: Sequence[Manifest]) -> ManifestIndex:
    """Return the index of one museum's manifests.

    Raises
    ------
    ValueError
        If there is no manifest: a museum without a tour has no page.
    """
    if not manifests:
        message = "no manifest, hence no page: a museum needs a tour in a language"
        raise ValueError(message)
    return ManifestIndex(tuple(manifests))
