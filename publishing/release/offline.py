"""List what a phone keeps of each tour and language to visit it without a network.

``/offline.json`` names one list for each tour and language; a list names every address
that the visit asks for, with its SHA-256 and sizes, so that a phone can tell the weight
before, check each file, and prove that nothing is missing. Alternatives, of which a
phone keeps the one that it would show, share a group.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from publishing.release.integrity import find_links

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from publishing.client_files import BuiltClient
    from tours.manifest import Manifest
    from tours.release import Entry

FORMAT = 1
INDEX_URL = "/offline.json"
LISTS = "/offline/"
PAGE = "/offline/"
"""After a language: the page of what is kept, shown also for what is not."""
FileKind = Literal[
    "page",
    "script",
    "viewer",
    "picture",
    "panorama",
    "model",
    "usdz",
    "sound",
    "film",
    "other",
]
"""``page`` may change under the same address; ``viewer`` is what shows scenes."""
_TOOLS = ("", "code/", "check/", "offline/")
_LINKING = ("text/html", "text/css", "application/json")


@dataclass(frozen=True, slots=True)
class OfflineVisit:
    """One tour in one language: where to begin gathering its files."""

    tour: str
    language: str
    title: str
    url: str
    pages: tuple[str, ...]
    """Addresses that may change, the manifest among them."""
    codes: tuple[tuple[str, str], ...]
    """Pairs of a printed code and the stop's address."""
    scripts: tuple[str, ...]
    """Of the client, for every page."""
    viewers: tuple[str, ...]
    """Of the client, for scenes: 3D, cameras, headsets."""


def offline_visits(
    manifests: Sequence[Manifest], client: BuiltClient
) -> tuple[OfflineVisit, ...]:
    """Return the visit of each manifest."""
    return tuple(_visit(manifest, client) for manifest in manifests)


def _visit(manifest: Manifest, client: BuiltClient) -> OfflineVisit:
    tour, language = manifest.tour, manifest.language
    sites = [tour.site] if tour.site else []
    pages = (
        tour.url,
        manifest.url,
        *(stop.url for stop in tour.stops),
        *(hunt.url for hunt in tour.hunts),
        *(site.url for site in (*sites, *tour.other_sites)),
        *(f"/{language}/{tool}" for tool in _TOOLS),
        "/favicon.svg",
    )
    scripts, viewers = client.offline_files(language)
    return OfflineVisit(
        tour.id,
        language,
        tour.title.text,
        tour.url,
        tuple(dict.fromkeys(pages)),
        tuple((stop.code, stop.url) for stop in tour.stops if stop.code),
        scripts,
        viewers,
    )


def offline_lists(
    visits: Iterable[OfflineVisit],
    manifests: Iterable[bytes],
    contents: Mapping[str, bytes],
    entries: Mapping[str, Entry],
    address: str,
) -> Iterator[tuple[str, bytes]]:
    """Give the address and JSON of each visit's list, and of the index at last.

    Parameters
    ----------
    visits
        As `offline_visits` returns them.
    manifests
        All of the museum's, as JSON: pages show pictures of other tours too.
    contents
        Pages, style sheets and manifests, by address.
    entries
        Everything that the release serves, by address.
    address
        The museum's public address.
    """
    groups = _file_groups(manifests)
    index: dict[str, dict[str, object]] = {}
    for visit in visits:
        listed = _file_list(visit, groups, contents, entries, address)
        content = _json(listed)
        url = f"{LISTS}{hashlib.sha256(content).hexdigest()[:16]}.json"
        yield url, content
        index.setdefault(visit.tour, {})[visit.language] = {
            "list": url,
            "title": visit.title,
            "url": visit.url,
        }
    yield INDEX_URL, _json({"format": FORMAT, "tours": index})


def _file_list(
    visit: OfflineVisit,
    groups: Mapping[str, _Alternative],
    contents: Mapping[str, bytes],
    entries: Mapping[str, Entry],
    address: str,
) -> dict[str, object]:
    kinds: dict[str, FileKind] = {url: "page" for url in visit.pages if url in entries}
    kinds |= dict.fromkeys(visit.scripts, "script")
    kinds |= dict.fromkeys(visit.viewers, "viewer")
    queue = list(kinds)
    while queue:
        url = queue.pop()
        entry = entries[url]
        if url not in contents or not entry.media_type.startswith(_LINKING):
            continue
        for link in sorted(find_links(url, entry.media_type, contents[url], address)):
            if link not in kinds and link in entries and _is_file(entries[link]):
                kinds[link] = _kind(entries[link], groups.get(link))
                queue.append(link)
    return {
        "format": FORMAT,
        "tour": visit.tour,
        "language": visit.language,
        "title": visit.title,
        "url": visit.url,
        "codes": dict(visit.codes),
        "files": [
            _described(entries[url], kind, groups.get(url))
            for url, kind in sorted(kinds.items())
        ],
    }


def _is_file(entry: Entry) -> bool:
    """Return whether what a page links to is a part of it rather than another page."""
    return not entry.media_type.startswith(("text/html", "application/json"))


def _kind(entry: Entry, alternative: _Alternative | None) -> FileKind:
    if alternative is not None:
        return alternative.kind
    if entry.caching == "revalidate":
        return "page"  # a route's files
    major = entry.media_type.partition("/")[0]
    by_major: dict[str, FileKind] = {
        "image": "picture",
        "audio": "sound",
        "video": "film",
    }
    return by_major.get(major, "other")


def _described(
    entry: Entry, kind: FileKind, alternative: _Alternative | None
) -> dict[str, object]:
    sent = min((form.size_bytes for _, form in entry.encodings), default=None)
    facts: dict[str, object] = {
        "url": entry.url,
        "sha256": entry.identity.sha256,
        "bytes": entry.identity.size_bytes,
        "type": entry.media_type,
        "kind": kind,
    }
    if sent is not None:
        facts["sent_bytes"] = sent
    if alternative is not None:
        facts |= {"group": alternative.group}
        facts |= {key: value for key, value in alternative.facts if value is not None}
    return facts


@dataclass(frozen=True, slots=True)
class _Alternative:
    """One of several files, of which a phone shows one."""

    group: str
    """The address of the first."""
    kind: FileKind
    facts: tuple[tuple[str, object], ...]
    """What a phone chooses by: ``width_px`` of pictures, ``level`` of models."""


_LISTS_OF: dict[str, FileKind] = {
    "poster": "picture",
    "picture": "picture",
    "cover": "picture",
    "levels": "panorama",
    "lods": "model",
    "files": "film",
}


def _file_groups(manifests: Iterable[bytes]) -> dict[str, _Alternative]:
    """Return the alternatives that manifests name, by address."""
    found: dict[str, _Alternative] = {}
    for manifest in manifests:
        for kind, files in _groups_within(json.loads(manifest)):
            for file in files:
                facts = (
                    ("width_px", file.get("width_px")),
                    ("level", file.get("name")),
                )
                made = _Alternative(files[0]["url"], kind, facts)
                found.setdefault(file["url"], made)
    return found


def _groups_within(value: object) -> Iterator[tuple[FileKind, list[dict[str, Any]]]]:
    if isinstance(value, list):
        for item in value:
            yield from _groups_within(item)
    if not isinstance(value, dict):
        return
    if usdz := value.get("usdz"):
        yield "usdz", [usdz]
    sounds = [value[key] for key in ("audio", "audio_fallback") if value.get(key)]
    if sounds:
        yield "sound", sounds
    for key, item in value.items():
        kind = _LISTS_OF.get(key)
        if kind and isinstance(item, list) and item and _is_file_list(item):
            yield kind, item
        else:
            yield from _groups_within(item)


def _is_file_list(items: list[object]) -> bool:
    return all(isinstance(item, dict) and "url" in item for item in items)


def _json(value: object) -> bytes:
    return (
        json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
    ).encode()
