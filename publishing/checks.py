"""What publishing finds fault with, once a museum's folder reads well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publishing import catalogue, qr
from publishing.colors import TEXT_CONTRAST, contrast, palettes
from publishing.labels.content import unprintable
from publishing.labels.formats import code_width_m
from publishing.release.draft import StoreFile
from publishing.release.integrity import files_of, links
from publishing.text.typography import typeset
from tours.codes import FILE_NAME as CODES_NAME
from tours.diagnostics import Location
from tours.source import read_source
from tours.source.nodes import Mapping

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from publishing.labels.formats import Format
    from publishing.labels.recognition import Trials
    from publishing.release.draft import Draft, Item
    from tours.codes import Registry
    from tours.diagnostics import Diagnostic
    from tours.manifest import Manifest
    from tours.model import Museum, Stop
    from tours.release import Entry, Release

PAGE_BYTES = 14_000
"""What a stop's page may weigh, brotli, style sheet included: one round trip's worth.

Ten packets of 1,460 bytes, a connection's first flight (RFC 6928), less headers.
"""

LEAST_DISTANCE_M = 0.75
"""From which a label that carries a scene is recognised: an arm's length and a bit."""
_WIDTH_TOLERANCE = 0.02
"""Of a measured code: a millimetre in fifty, as rulers and printers have it."""


def of_museum(museum: Museum, registry: Registry) -> Iterator[Diagnostic]:
    """Find what can be told before anything is made."""
    yield from of_address(museum)
    accent, paper = palettes(museum.color)[0].accent, palettes(museum.color)[0].paper
    if accent != museum.color.lower():
        yield catalogue.COLOR_SHADED.at(
            _place(museum, "color"),
            color=museum.color,
            **_decimal("ratio", contrast(museum.color, paper)),
            **_decimal("least", TEXT_CONTRAST),
            shade=accent,
        )
    yield from of_codes(museum, registry)


def of_codes(museum: Museum, registry: Registry) -> Iterator[Diagnostic]:
    """Find the stops that have no code, and tell of them once a tour."""
    for tour in museum.tours:
        bare = [s for s in tour.stops if registry.code_of(tour.id, s.id) is None]
        if bare:
            yield catalogue.STOP_WITHOUT_CODE.at(
                bare[0].location,
                stops_fr=typeset(", ".join(f"« {stop.id} »" for stop in bare), "fr"),
                stops=", ".join(f"'{stop.id}'" for stop in bare),
            )


def of_address(museum: Museum) -> Iterator[Diagnostic]:
    """Find an address that is too long to be printed."""
    length, most = qr.payload_length(museum.address), qr.MOST_SIGNS
    if length > most:
        yield catalogue.ADDRESS_TOO_LONG.at(
            _place(museum, "address"), address=museum.address, length=length, most=most
        )


def of_titles(museum: Museum, manifests: Sequence[Manifest]) -> Iterator[Diagnostic]:
    """Find titles that the labels' fonts can't draw."""
    stops = {(tour.id, stop.id): stop for tour, stop in museum.stops()}
    for manifest, view, signs in unprintable(manifests):
        yield catalogue.TITLE_NOT_PRINTED.at(
            stops[manifest.tour.id, view.id].title.location,
            stop=view.id,
            language=manifest.language,
            signs=signs,
        )


def of_widths(
    museum: Museum,
    manifests: Sequence[Manifest],
    reading_distance_m: float,
    form: Format | None,
) -> Iterator[Diagnostic]:
    """Find labels whose code is printed at another width than phones are told.

    Raises
    ------
    LabelError
        If no label of that format holds a code.
    """
    stops = {(tour.id, stop.id): stop for tour, stop in museum.stops()}
    told = {
        (manifest.tour.id, view.id): anchor
        for manifest in manifests
        for view in manifest.tour.stops
        for anchor in view.anchors
        if anchor.by == "label"
    }
    for name, anchor in told.items():
        if anchor.code_text is None or anchor.code_width_m is None:
            continue
        size = len(qr.matrix(anchor.code_text))
        printed_m = code_width_m(size, reading_distance_m, form)
        if abs(printed_m / anchor.code_width_m - 1) > _WIDTH_TOLERANCE:
            stop = stops[name]
            yield catalogue.CODE_OF_OTHER_WIDTH.at(
                stop.label.location if stop.label else stop.location,
                stop=stop.id,
                printed=round(printed_m * 1000),
                line=f"qr: {printed_m * 1000:.0f} mm",
                told=round(anchor.code_width_m * 1000),
            )


def of_trials(museum: Museum, trials: Trials) -> Iterator[Diagnostic]:
    """Find labels that carry a scene and are recognised from near by only."""
    for tour, stop in museum.stops():
        foretold = trials.get((tour.id, stop.id))
        if foretold and foretold.recognition.farthest_m < LEAST_DISTANCE_M:
            yield catalogue.LABEL_SEEN_CLOSE.at(
                stop.label.location if stop.label else stop.location,
                stop=stop.id,
                line="qr:",
                **_decimal("farthest", foretold.recognition.farthest_m),
            )


def of_past(
    folder: Path, museum: Museum, registry: Registry, past: Sequence[Release]
) -> Iterator[Diagnostic]:
    """Find what earlier releases promised and the museum's folder no longer keeps.

    Parameters
    ----------
    past
        The releases kept, newest first.
    """
    if past and past[0].museum != museum.id:
        yield catalogue.FOREIGN_RELEASES.at(
            _place(museum, "museum"), museum=museum.id, other=past[0].museum
        )
        return
    known = {item.code for item in registry.codes}
    published = {target.code: target for old in past for target in old.codes}
    for code in sorted(published.keys() - known):
        target = published[code]
        yield catalogue.CODE_LOST.at(
            Location(folder / CODES_NAME), code=code, stop=target.stop, tour=target.tour
        )


def of_draft(
    museum: Museum, manifests: Sequence[Manifest], draft: Draft
) -> Iterator[Diagnostic]:
    """Find links of stops to pages of the museum that there are not."""
    items = {item.url: item for item in draft.items}
    stops = {(tour.id, stop.id): stop for tour, stop in museum.stops()}
    for manifest in manifests:
        for view in manifest.tour.stops:
            stop = stops[manifest.tour.id, view.id]
            yield from _dead_links(items[view.url], stop, items, museum)


def of_weight(
    museum: Museum, manifests: Sequence[Manifest], draft: Draft, release: Release
) -> Iterator[Diagnostic]:
    """Find stops whose page is heavy to load, in the language where it is heaviest."""
    pages = {item.url: item for item in draft.items}
    sizes = {entry.url: _sent_bytes(entry) for entry in release.entries}
    weighed: dict[tuple[str, str], tuple[int, str]] = {}
    for manifest in manifests:
        for view in manifest.tour.stops:
            page = pages[view.url]
            styles = {url for url in _links(page, museum) if url.endswith(".css")}
            size = sum(sizes[url] for url in (view.url, *styles))
            name = (manifest.tour.id, view.id)
            weighed[name] = max(weighed.get(name, (0, "")), (size, manifest.language))
    for tour, stop in museum.stops():
        size, language = weighed[tour.id, stop.id]
        if size > PAGE_BYTES:
            yield catalogue.PAGE_OVER_WEIGHT.at(
                stop.text.location,
                stop=stop.id,
                language=language,
                **_decimal("kilobytes", size / 1000),
                most=PAGE_BYTES // 1000,
            )


def _decimal(name: str, value: float) -> dict[str, str]:
    """Return a number for the sentences of a finding, in English and in French."""
    text = f"{value:.1f}"
    return {name: text, f"{name}_fr": text.replace(".", ",")}


def _place(museum: Museum, key: str) -> Location:
    """Return where a value of ``museum.yaml`` is written."""
    root = read_source(museum.location.path).root
    entry = root.entry(key) if isinstance(root, Mapping) else None
    return museum.location if entry is None else entry.value.location


def _dead_links(
    page: Item, stop: Stop, items: Collection[str], museum: Museum
) -> Iterator[Diagnostic]:
    for link in sorted(_links(page, museum).difference(items)):
        yield catalogue.DEAD_LINK.at(stop.text.location, link=link, example=page.url)


def _links(page: Item, museum: Museum) -> frozenset[str]:
    if isinstance(page.content, StoreFile):
        return frozenset()
    return links(page.url, page.media_type, page.content, museum.address)


def _sent_bytes(entry: Entry) -> int:
    """Return what a browser that takes any coding is sent for an address."""
    return min(stored.size_bytes for stored in files_of(entry))
