"""Compose the draft of a release: manifests, pages, media and codes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from publishing.labels.formats import printed_codes
from publishing.pages.render import render_pages
from publishing.release.offline import OfflineVisit, offline_visits
from tours import manifest as wire
from tours.manifest import compile_tour, stop_url
from tours.model import OverlayVariant
from tours.release import Caching, CodeTarget

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from publishing.client_files import BuiltClient
    from publishing.pages.page import PageCache
    from tours.bundle import BundleIndex, MediaFile, Picture
    from tours.codes import RegisteredCode, Registry
    from tours.manifest import Manifest
    from tours.model import MapData, Museum

_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class StoreFile:
    """A file of the content-addressed store."""

    path: Path
    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class DraftFile:
    """One address of a draft and its content."""

    url: str
    media_type: str
    caching: Caching
    content: bytes | StoreFile


@dataclass(frozen=True, slots=True)
class Draft:
    """The content of a release before it is planned and written."""

    museum: str
    address: str
    languages: tuple[str, ...]
    items: tuple[DraftFile, ...]
    codes: tuple[CodeTarget, ...]
    visits: tuple[OfflineVisit, ...] = ()
    """What phones may keep to visit without a network."""


def compile_manifests(
    museum: Museum, index: BundleIndex, registry: Registry
) -> tuple[Manifest, ...]:
    """Return the manifest of each tour in each of its languages, in order."""
    printed = printed_codes(museum, registry)
    return tuple(
        compile_tour(museum, tour, language, index, registry, printed)
        for tour in museum.tours
        for language in tour.languages
    )


def compose_draft(
    manifests: Sequence[Manifest],
    targets: Sequence[CodeTarget],
    media: Sequence[DraftFile],
    client: BuiltClient,
    surroundings: Mapping[str, MapData] | None = None,
    earlier: PageCache | None = None,
) -> Draft:
    """Return the draft that manifests make: pages, manifests, media, codes."""
    withdrawn = [target.code for target in targets if not target.pages]
    pages = render_pages(
        manifests,
        client,
        withdrawn=withdrawn,
        transcripts=read_transcripts(media),
        surroundings=surroundings,
        earlier=earlier,
    )
    museum = manifests[0].museum
    return Draft(
        museum=museum.id,
        address=museum.address,
        languages=tuple(dict.fromkeys(m.language for m in manifests)),
        items=(
            *(DraftFile(p.url, p.media_type, p.caching, p.content) for p in pages),
            *(
                DraftFile(m.url, _JSON, "revalidate", wire.to_json(m))
                for m in manifests
            ),
            *media,
        ),
        codes=tuple(targets),
        visits=offline_visits(manifests, client),
    )


def plan_surroundings(museum: Museum, index: BundleIndex) -> dict[str, MapData]:
    """Return what each tour's plan is drawn on, by tour."""
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


def read_transcripts(media: Sequence[DraftFile]) -> dict[str, str]:
    """Return the WebVTT texts among media, by address."""
    return {
        item.url: item.content.path.read_text(encoding="utf-8", errors="replace")
        for item in media
        if item.media_type == "text/vtt" and isinstance(item.content, StoreFile)
    }


def code_targets(museum: Museum, registry: Registry) -> tuple[CodeTarget, ...]:
    """Return the target pages of each printed code, sorted by code.

    A code whose stop is gone leads to no page besides its own, which says so.
    """
    languages = {(t.id, s.id): t.languages for t, s in museum.stops()}
    return tuple(
        _target(item, languages.get((item.tour, item.stop), ()))
        for item in sorted(registry.codes, key=lambda item: item.code)
    )


def media_files(index: BundleIndex, store: Path) -> tuple[DraftFile, ...]:
    """Return every media file of a bundle index, as in the store's folder."""
    named = {file.name: file for file in _files(index)}
    return tuple(
        DraftFile(
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
