"""Render every page of a museum from its manifests and the built client.

Nothing here reads a museum's folder or knows what a release is: manifests come in,
pages go out. The manifests' own JSON is not a page; publishing writes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from publishing.client_files import WORKER_URL
from publishing.colors import text_on
from publishing.itinerary import SiteOverview, adjacent_stops, site_overviews
from publishing.pages.environment import page_environment
from publishing.pages.localizer import Localizer, localizer
from publishing.pages.page import (
    HTML,
    Head,
    Link,
    LocalizedStop,
    ManifestIndex,
    Page,
    PageCache,
    first_poster,
    index_manifests,
)
from publishing.pages.pictures import share_image
from publishing.pages.plan_svg import TourPlan, route_files, tour_plan
from publishing.pages.scenes import (
    scene_facts,
)
from publishing.pages.stylesheet import font_files, stylesheet
from publishing.text import markdown
from tours.manifest import ModelView, hunt_url, site_url, stop_url, tour_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jinja2 import Environment

    from publishing.client_files import BuiltClient
    from tours.manifest import HuntView, Manifest, Text
    from tours.model import MapData

CODE_PAGE = "/code/"
CHECK_PAGE = "/check/"
GUIDE_PAGE = "/guide/"
OFFLINE_PAGE = "/offline/"
_TOOLS = (
    (CODE_PAGE, "code"),
    (CHECK_PAGE, "check"),
    (GUIDE_PAGE, "guide"),
    (OFFLINE_PAGE, "offline"),
)
"""Pages that every language has: path, and the name of template and title."""
_EXCERPT_LENGTH = 160


def render_pages(
    manifests: Sequence[Manifest],
    client: BuiltClient,
    *,
    withdrawn: Sequence[str] = (),
    transcripts: Mapping[str, str] | None = None,
    surroundings: Mapping[str, MapData] | None = None,
    earlier: PageCache | None = None,
) -> tuple[Page, ...]:
    """Return every page, style sheet and client file of one museum.

    Parameters
    ----------
    manifests
        One for each tour and language of the museum, tours in order.
    client
        Its files become pages too, under ``/client/``.
    withdrawn
        Printed codes whose stop is gone from the museum: each keeps a page that says so.
    transcripts
        WebVTT texts by the address that manifests give them: pages show the words. Of
        one that is not there, a page keeps the link.
    surroundings
        What the plans of tours are drawn on, by the name of the tour.
    earlier
        Pages made before: those of a tour and language that nothing has changed of are
        not made again.

    Raises
    ------
    ValueError
        If there is no manifest.
    """
    site = index_manifests(manifests)
    style = stylesheet(site.color)
    environment = page_environment(style.url, transcripts or {})
    press = _Renderer(
        site,
        client,
        environment,
        surroundings or {},
        PageCache() if earlier is None else earlier,
        (site.languages, client, style.url, transcripts or {}),
    )
    return (*press.pages(withdrawn), style, *font_files(), *_client_pages(client))


@dataclass(frozen=True, slots=True)
class _Renderer:
    """What every page of one museum is printed with."""

    site: ManifestIndex
    client: BuiltClient
    environment: Environment
    surroundings: Mapping[str, MapData]
    earlier: PageCache
    common: tuple[object, ...]
    """What every page depends on besides its manifest."""

    def pages(self, withdrawn: Sequence[str]) -> Iterator[Page]:
        yield self._chooser()
        yield self._lost()
        for path, template in _TOOLS:
            yield self._tool_chooser(path, template)
        for language in self.site.languages:
            yield self._home(language)
            for path, template in _TOOLS:
                yield self._tool(path, template, language)
            for place in site_overviews(self.site.tours(language)):
                yield self._place(place, language)
        for manifest in self.site.manifests:
            around = self.surroundings.get(manifest.tour.id)
            yield from self.earlier.pages(
                manifest.url,
                (manifest, around, self.common),
                partial(self._walked, manifest, around),
            )
        for code, editions in self.site.codes().items():
            yield self._code(code, editions)
        for code in withdrawn:
            yield self._withdrawn(code)
        yield self._favicon()
        yield Page(
            "/robots.txt", b"User-agent: *\nAllow: /\n", "text/plain", "revalidate"
        )

    def _walked(self, manifest: Manifest, around: MapData | None) -> Iterator[Page]:
        """Give a tour's page, its stops' and the files of its route, one language."""
        drawn = tour_plan(manifest, around)
        yield self._tour(manifest, drawn)
        for stop in manifest.tour.stops:
            yield self._stop(LocalizedStop(manifest, stop), drawn)
        for hunt in manifest.tour.hunts:
            yield self._hunt(manifest, hunt)
        if drawn is not None:
            yield from route_files(manifest, drawn, around)

    def _chooser(self) -> Page:
        museum = self.site.museum(self.site.languages[0])
        head = Head(
            "/",
            museum.name.text,
            museum.name.language,
            image_url=share_image(self.site.cover),
            alternates=self._homes(),
            neutral_url="/",
        )
        return self._polyglot("chooser.html", head)

    def _lost(self) -> Page:
        words = localizer(self.site.languages[0]).ui
        head = Head("/404.html", words.words["lost_title"], words.language)
        return self._polyglot("lost.html", head)

    def _tool_chooser(self, path: str, name: str) -> Page:
        head = self._tool_head(path, path, name, self.site.languages[0])
        return self._polyglot("tool.html", head, name=name, path=path)

    def _tool(self, path: str, name: str, language: str) -> Page:
        head = self._tool_head(f"/{language}{path}", path, name, language)
        tours = self.site.tours(language)
        return self._page(f"{name}.html", head, language, tours=tours)

    def _tool_head(self, url: str, path: str, name: str, language: str) -> Head:
        words = localizer(language).ui
        return Head(
            url,
            words.words[f"{name}_title"],
            words.language,
            alternates=self._each(path),
            neutral_url=path,
        )

    def _home(self, language: str) -> Page:
        museum, tours = self.site.museum(language), self.site.tours(language)
        summary = museum.summary or tours[0].tour.summary or tours[0].tour.title
        head = Head(
            f"/{language}/",
            museum.name.text,
            museum.name.language,
            _excerpt(summary),
            share_image(first_poster(tours)),
            self._homes(),
            "/",
        )
        return self._page(
            "home.html", head, language, tours=tours, places=site_overviews(tours)
        )

    def _place(self, place: SiteOverview, language: str) -> Page:
        view = place.view
        museum = self.site.museum(language)
        head = Head(
            site_url(view.id, language),
            f"{view.name.text} · {museum.name.text}",
            view.name.language,
            _excerpt(view.text or view.name),
            share_image(place.cover),
            tuple(Link(a.language, a.url) for a in view.alternates),
        )
        return self._page("place.html", head, language, place=place)

    def _tour(self, manifest: Manifest, drawn: TourPlan | None) -> Page:
        tour = manifest.tour
        head = Head(
            tour_url(tour.id, manifest.language),
            f"{tour.title.text} · {manifest.museum.name.text}",
            tour.title.language,
            _excerpt(tour.summary or tour.title),
            share_image(first_poster((manifest,))),
            tuple(Link(a.language, a.url) for a in manifest.alternates),
        )
        return self._page(
            "tour.html", head, manifest.language, manifest=manifest, tour_plan=drawn
        )

    def _hunt(self, manifest: Manifest, hunt: HuntView) -> Page:
        tour = manifest.tour
        head = Head(
            hunt.url,
            f"{hunt.title.text} · {manifest.museum.name.text}",
            hunt.title.language,
            _excerpt(hunt.text or hunt.title),
            share_image(first_poster((manifest,))),
            tuple(
                Link(a.language, hunt_url(tour.id, hunt.id, a.language))
                for a in manifest.alternates
            ),
        )
        return self._page(
            "hunt.html", head, manifest.language, manifest=manifest, hunt=hunt
        )

    def _stop(self, edition: LocalizedStop, drawn: TourPlan | None) -> Page:
        manifest, stop = edition.manifest, edition.stop
        tour, scene = manifest.tour, stop.scene
        head = Head(
            stop_url(tour.id, stop.id, manifest.language),
            f"{stop.title.text} · {manifest.museum.name.text}",
            stop.title.language,
            _excerpt(stop.text),
            share_image(scene.poster) if scene else None,
            tuple(
                Link(a.language, stop_url(tour.id, stop.id, a.language))
                for a in manifest.alternates
            ),
            f"/{stop.code}" if stop.code else None,
        )
        return self._page(
            "stop.html",
            head,
            manifest.language,
            manifest=manifest,
            stop=stop,
            adjacent=adjacent_stops(tour, stop),
            leg=drawn.plan.leg_after(stop) if drawn else None,
            model=scene_facts(scene, self.site.address + head.url)
            if isinstance(scene, ModelView)
            else None,
        )

    def _code(self, code: str, editions: tuple[LocalizedStop, ...]) -> Page:
        first = editions[0]
        scene = first.stop.scene
        head = Head(
            f"/{code}",
            f"{first.stop.title.text} · {first.manifest.museum.name.text}",
            first.stop.title.language,
            image_url=share_image(scene.poster) if scene else None,
            alternates=tuple(
                Link(e.language, stop_url(e.manifest.tour.id, e.stop.id, e.language))
                for e in editions
            ),
            neutral_url=f"/{code}",
        )
        return self._polyglot("label.html", head, code=code, editions=editions)

    def _withdrawn(self, code: str) -> Page:
        museum = self.site.museum(self.site.languages[0])
        title = f"{code} · {museum.name.text}"
        head = Head(f"/{code}", title, museum.name.language)
        return self._polyglot("withdrawn.html", head, code=code)

    def _favicon(self) -> Page:
        template = self.environment.get_template("favicon.svg")
        content = template.render(
            color=self.site.color, ink=text_on(self.site.color)
        ).encode()
        return Page("/favicon.svg", content, "image/svg+xml", "revalidate")

    def _polyglot(self, template: str, head: Head, **facts: object) -> Page:
        """Return a page that speaks every language, one after the other."""
        voices = tuple(localizer(language) for language in self.site.languages)
        notices = {
            museum.notice: None
            for museum in map(self.site.museum, self.site.languages)
            if museum.notice
        }
        return self._page(
            template,
            head,
            voices[0].language,
            voices=voices,
            speakers=_speakers(voices),
            notices=tuple(notices),
            **facts,
        )

    def _page(self, template: str, head: Head, language: str, **facts: object) -> Page:
        content = self.environment.get_template(template).render(
            v=localizer(language),
            head=head,
            site=self.site,
            museum=self.site.museum(language),
            client=self.client,
            **facts,
        )
        return Page(head.url, content.encode(), HTML, "revalidate")

    def _homes(self) -> tuple[Link, ...]:
        return tuple(
            Link(language, f"/{language}/") for language in self.site.languages
        )

    def _each(self, path: str) -> tuple[Link, ...]:
        return tuple(
            Link(language, f"/{language}{path}") for language in self.site.languages
        )


def _speakers(voices: Sequence[Localizer]) -> tuple[Localizer, ...]:
    """Return one voice for each interface, so that nothing is said twice."""
    found: dict[str, Localizer] = {}
    for own in voices:
        if own.ui.language not in found or own.is_at_home:
            found[own.ui.language] = own
    return tuple(found.values())


def _client_pages(client: BuiltClient) -> Iterator[Page]:
    for file in client.files:
        if file.name == client.worker:
            yield Page(WORKER_URL, file.content, file.media_type, "revalidate")
        else:
            yield Page(file.url, file.content, file.media_type, "immutable")


def _excerpt(text: Text) -> str:
    """Return the beginning of a Markdown text as one line, cut between words."""
    plain = markdown.to_text(text.text, text.language)
    if len(plain) <= _EXCERPT_LENGTH:
        return plain
    return plain[:_EXCERPT_LENGTH].rpartition(" ")[0].rstrip(",;: \u00a0\u202f") + "…"
