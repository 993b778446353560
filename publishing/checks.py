"""Check a museum, its labels and its draft release; the findings' texts are in `catalogue`."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from publishing import catalogue, qr
from publishing.colors import TEXT_CONTRAST, contrast, palettes
from publishing.labels.content import unprintable_titles
from publishing.labels.formats import code_width_m
from publishing.release.draft import StoreFile
from publishing.release.integrity import entry_files, find_links
from publishing.text.typography import typeset
from tours.codes import FILE_NAME as CODES_NAME
from tours.diagnostics import Location
from tours.model import ModelScene
from tours.source import read_source
from tours.source.nodes import Mapping

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from collections.abc import Mapping as Mapping_
    from pathlib import Path

    from publishing.labels.formats import LabelFormat
    from publishing.labels.recognition import RecognitionByStop
    from publishing.release.draft import Draft, DraftFile
    from tours.bundle import Extents
    from tours.codes import Registry
    from tours.diagnostics import Diagnostic
    from tours.manifest import Manifest
    from tours.model import ModelSource, Museum, Stop
    from tours.release import Entry, Release

MAX_PAGE_BYTES = 14_000
"""What a stop's page may weigh, brotli, style sheet included: one round trip's worth.

Ten packets of 1,460 bytes, a connection's first flight (RFC 6928), less headers.
"""

MIN_RECOGNITION_DISTANCE_M = 0.75
"""From which a label that carries a scene is recognised: an arm's length and a bit."""
_WIDTH_TOLERANCE = 0.02
"""Of a measured code: a millimetre in fifty, as rulers and printers have it."""


def check_museum(museum: Museum, registry: Registry) -> Iterator[Diagnostic]:
    """Check what needs no built file: address, colour and printed codes."""
    yield from check_address(museum)
    accent, paper = palettes(museum.color)[0].accent, palettes(museum.color)[0].paper
    if accent != museum.color.lower():
        yield catalogue.COLOR_SHADED.at(
            _museum_location(museum, "color"),
            color=museum.color,
            **_decimal("ratio", contrast(museum.color, paper)),
            **_decimal("least", TEXT_CONTRAST),
            shade=accent,
        )
    yield from check_codes(museum, registry)


def check_codes(museum: Museum, registry: Registry) -> Iterator[Diagnostic]:
    """Report stops without a printed code, once per tour."""
    for tour in museum.tours:
        bare = [s for s in tour.stops if registry.code_of(tour.id, s.id) is None]
        if bare:
            yield catalogue.STOP_WITHOUT_CODE.at(
                bare[0].location,
                stops_fr=typeset(", ".join(f"« {stop.id} »" for stop in bare), "fr"),
                stops=", ".join(f"'{stop.id}'" for stop in bare),
            )


def check_address(museum: Museum) -> Iterator[Diagnostic]:
    """Report a public address too long for a QR code."""
    length, most = qr.payload_length(museum.address), qr.MAX_CHARACTERS
    if length > most:
        yield catalogue.ADDRESS_TOO_LONG.at(
            _museum_location(museum, "address"),
            address=museum.address,
            length=length,
            most=most,
        )


def check_titles(museum: Museum, manifests: Sequence[Manifest]) -> Iterator[Diagnostic]:
    """Report titles with characters that the label fonts lack."""
    stops = {(tour.id, stop.id): stop for tour, stop in museum.stops()}
    for manifest, view, signs in unprintable_titles(manifests):
        yield catalogue.TITLE_NOT_PRINTED.at(
            stops[manifest.tour.id, view.id].title.location,
            stop=view.id,
            language=manifest.language,
            signs=signs,
        )


def check_code_widths(
    museum: Museum,
    manifests: Sequence[Manifest],
    reading_distance_m: float,
    form: LabelFormat | None,
) -> Iterator[Diagnostic]:
    """Report labels whose QR code is printed at another width than the manifest says.

    Raises
    ------
    LabelError
        If no label of that format holds a code.
    """
    stops = {(tour.id, stop.id): stop for tour, stop in museum.stops()}
    anchors = {
        (manifest.tour.id, view.id): anchor
        for manifest in manifests
        for view in manifest.tour.stops
        for anchor in view.anchors
        if anchor.by == "label"
    }
    for name, anchor in anchors.items():
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


def check_label_recognition(
    museum: Museum, trials: RecognitionByStop
) -> Iterator[Diagnostic]:
    """Report tracked labels that phones recognise only from very near."""
    for tour, stop in museum.stops():
        measured = trials.get((tour.id, stop.id))
        if measured and measured.recognition.farthest_m < MIN_RECOGNITION_DISTANCE_M:
            yield catalogue.LABEL_SEEN_CLOSE.at(
                stop.label.location if stop.label else stop.location,
                stop=stop.id,
                line="qr:",
                **_decimal("farthest", measured.recognition.farthest_m),
            )


def check_details(
    museum: Museum, extents: Mapping_[ModelSource, Extents]
) -> Iterator[Diagnostic]:
    """Report details to touch that lie beside their model, farther than their radius."""
    for _, stop in museum.stops():
        if not isinstance(stop.scene, ModelScene) or stop.scene.source not in extents:
            continue
        box = extents[stop.scene.source]
        width, height, depth = (
            greatest - least
            for least, greatest in zip(box.least, box.greatest, strict=True)
        )
        for detail in stop.scene.details:
            right, up, front = detail.position_m
            beside_m = math.hypot(
                max(0.0, abs(right) - width / 2),
                max(0.0, abs(up - height / 2) - height / 2),
                max(0.0, abs(front) - depth / 2),
            )
            if beside_m > detail.radius.metres:
                yield catalogue.DETAIL_OFF_MODEL.at(
                    detail.location,
                    stop=stop.id,
                    name=detail.name,
                    **_decimal("beside", beside_m),
                    **_decimal("width", width),
                    **_decimal("height", height),
                    **_decimal("depth", depth),
                )


def check_past_releases(
    folder: Path, museum: Museum, registry: Registry, past: Sequence[Release]
) -> Iterator[Diagnostic]:
    """Report codes of earlier releases that the registry lacks, and another museum's releases.

    Parameters
    ----------
    past
        The releases kept, newest first.
    """
    if past and past[0].museum != museum.id:
        yield catalogue.FOREIGN_RELEASES.at(
            _museum_location(museum, "museum"), museum=museum.id, other=past[0].museum
        )
        return
    known = {item.code for item in registry.codes}
    published = {target.code: target for old in past for target in old.codes}
    for code in sorted(published.keys() - known):
        target = published[code]
        yield catalogue.CODE_LOST.at(
            Location(folder / CODES_NAME), code=code, stop=target.stop, tour=target.tour
        )


def check_links(
    museum: Museum, manifests: Sequence[Manifest], draft: Draft
) -> Iterator[Diagnostic]:
    """Report links in stops to pages that the release does not have."""
    items = {item.url: item for item in draft.items}
    stops = {(tour.id, stop.id): stop for tour, stop in museum.stops()}
    for manifest in manifests:
        for view in manifest.tour.stops:
            stop = stops[manifest.tour.id, view.id]
            yield from _dead_links(items[view.url], stop, items, museum)


def check_page_weights(
    museum: Museum, manifests: Sequence[Manifest], draft: Draft, release: Release
) -> Iterator[Diagnostic]:
    """Report stops whose page exceeds the byte budget, in its heaviest language."""
    pages = {item.url: item for item in draft.items}
    sizes = {entry.url: _sent_bytes(entry) for entry in release.entries}
    weighed: dict[tuple[str, str], tuple[int, str]] = {}
    for manifest in manifests:
        for view in manifest.tour.stops:
            page = pages[view.url]
            styles = {url for url in _page_links(page, museum) if url.endswith(".css")}
            size = sum(sizes[url] for url in (view.url, *styles))
            name = (manifest.tour.id, view.id)
            weighed[name] = max(weighed.get(name, (0, "")), (size, manifest.language))
    for tour, stop in museum.stops():
        size, language = weighed[tour.id, stop.id]
        if size > MAX_PAGE_BYTES:
            yield catalogue.PAGE_OVER_WEIGHT.at(
                stop.text.location,
                stop=stop.id,
                language=language,
                **_decimal("kilobytes", size / 1000),
                most=MAX_PAGE_BYTES // 1000,
            )


def _decimal(name: str, value: float) -> dict[str, str]:
    """Return a number for the sentences of a finding, in English and in French."""
    text = f"{value:.1f}"
    return {name: text, f"{name}_fr": text.replace(".", ",")}


def _museum_location(museum: Museum, key: str) -> Location:
    """Return where a value of ``museum.yaml`` is written."""
    root = read_source(museum.location.path).root
    entry = root.entry(key) if isinstance(root, Mapping) else None
    return museum.location if entry is None else entry.value.location


def _dead_links(
    page: DraftFile, stop: Stop, items: Collection[str], museum: Museum
) -> Iterator[Diagnostic]:
    for link in sorted(_page_links(page, museum).difference(items)):
        yield catalogue.DEAD_LINK.at(stop.text.location, link=link, example=page.url)


def _page_links(page: DraftFile, museum: Museum) -> frozenset[str]:
    if isinstance(page.content, StoreFile):
        return frozenset()
    return find_links(page.url, page.media_type, page.content, museum.address)


def _sent_bytes(entry: Entry) -> int:
    """Return what a browser that takes any coding is sent for an address."""
    return min(stored.size_bytes for stored in entry_files(entry))
