"""A museum's manifests and files, put together as the draft of a release."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from publishing import qr
from publishing.drafts import Draft, Item, StoreFile
from publishing.errors import LabelError
from publishing.label_sizes import code_width_m
from publishing.pages.render import render_pages
from tours import manifest as wire
from tours.manifest import PrintedCode, compile_tour, stop_url
from tours.model import OverlayVariant
from tours.release import CodeTarget

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from publishing.client_files import BuiltClient
    from publishing.pages.kept import Earlier
    from tours.bundle import BundleIndex, MediaFile, Picture
    from tours.codes import RegisteredCode, Registry
    from tours.manifest import Manifest
    from tours.model import MapData, Museum

_JSON = "application/json"


def manifests_of(
    museum: Museum, index: BundleIndex, registry: Registry
) -> tuple[Manifest, ...]:
    """Return the manifest of each tour in each of its languages, in order."""
    printed = printed_codes(museum, registry)
    return tuple(
        compile_tour(museum, tour, language, index, registry, printed)
        for tour in museum.tours
        for language in tour.languages
    )


def printed_codes(museum: Museum, registry: Registry) -> dict[str, PrintedCode]:
    """Return how labels print each code: at 100 %, to be read from a metre.

    None of them where no label can be printed, which is told where labels are.
    """
    try:
        texts = {c.code: qr.payload(museum.address, c.code) for c in registry.codes}
        # All are as long, hence as large: one of each length is enough.
        of_length = {len(text): text for text in texts.values()}
        sizes = {length: len(qr.matrix(text)) for length, text in of_length.items()}
        widths = {length: code_width_m(size) for length, size in sizes.items()}
    except LabelError:
        return {}
    return {
        code: PrintedCode(text, round(widths[len(text)], 5))
        for code, text in texts.items()
    }


def draft_of(
    manifests: Sequence[Manifest],
    targets: Sequence[CodeTarget],
    media: Sequence[Item],
    client: BuiltClient,
    surroundings: Mapping[str, MapData] | None = None,
    earlier: Earlier | None = None,
) -> Draft:
    """Return the release that manifests make: pages, their data, media, codes."""
    withdrawn = [target.code for target in targets if not target.pages]
    pages = render_pages(
        manifests,
        client,
        withdrawn=withdrawn,
        transcripts=transcripts_of(media),
        surroundings=surroundings,
        earlier=earlier,
    )
    museum = manifests[0].museum
    return Draft(
        museum=museum.id,
        address=museum.address,
        languages=tuple(dict.fromkeys(m.language for m in manifests)),
        items=(
            *(Item(p.url, p.media_type, p.caching, p.content) for p in pages),
            *(Item(m.url, _JSON, "revalidate", wire.to_json(m)) for m in manifests),
            *media,
        ),
        codes=tuple(targets),
    )


def surroundings_of(museum: Museum, index: BundleIndex) -> dict[str, MapData]:
    """Return what the plans of tours are drawn on, by the name of the tour."""
    return {
        tour.id: _with_picture(tour.plan, index)
        for tour in museum.tours
        if tour.plan is not None
    }


def _with_picture(around: MapData, index: BundleIndex) -> MapData:
    """Return what a plan is drawn on with its picture as phones fetch it."""
    picture = around.picture
    if picture is None:
        return around
    made = index.pictures.get(str(picture.file.path))
    variants = tuple(
        OverlayVariant(v.file.url, v.file.media_type, v.width_px, v.height_px)
        for v in (made.variants if made else ())
    )
    return replace(around, picture=replace(picture, variants=variants))


def transcripts_of(media: Sequence[Item]) -> dict[str, str]:
    """Return the timed words among some media, by address."""
    return {
        item.url: item.content.path.read_text(encoding="utf-8", errors="replace")
        for item in media
        if item.media_type == "text/vtt" and isinstance(item.content, StoreFile)
    }


def code_targets(museum: Museum, registry: Registry) -> tuple[CodeTarget, ...]:
    """Return where each printed code leads, by code.

    A code whose stop is gone leads to no page besides its own, which says so.
    """
    languages = {(t.id, s.id): t.languages for t, s in museum.stops()}
    return tuple(
        _target(item, languages.get((item.tour, item.stop), ()))
        for item in sorted(registry.codes, key=lambda item: item.code)
    )


def media_of(index: BundleIndex, store: Path) -> tuple[Item, ...]:
    """Return every file that the pipeline made, from the store's folder."""
    named = {file.name: file for file in _files(index)}
    return tuple(
        Item(
            file.url,
            file.media_type,
            "immutable",
            StoreFile(store / name, file.sha256, file.size_bytes),
        )
        for name, file in sorted(named.items())
    )


def _target(item: RegisteredCode, languages: Sequence[str]) -> CodeTarget:
    pages = ((tag, stop_url(item.tour, item.stop, tag)) for tag in languages)
    return CodeTarget(item.code, item.tour, item.stop, tuple(pages))


def _files(index: BundleIndex) -> Iterator[MediaFile]:
    for bundle in index.models.values():
        yield from (lod.file for lod in bundle.lods)
        yield bundle.usdz
    for panorama in index.panoramas.values():
        yield from (level.file for level in panorama.levels)
    for video in index.videos.values():
        yield from video.files
    yield from (target.file for target in index.targets.values())
    for recording in (*index.recordings.values(), *index.voices.values()):
        named = (recording.file, recording.fallback, recording.words)
        yield from (file for file in named if file is not None)
    for picture in _pictures(index):
        yield from (variant.file for variant in picture.variants)


def _pictures(index: BundleIndex) -> Iterator[Picture]:
    yield from index.pictures.values()
    yield from (bundle.poster for bundle in index.models.values())
    yield from (panorama.poster for panorama in index.panoramas.values())
    yield from (video.poster for video in index.videos.values())
