"""Plan a release: entries, compressed forms, files carried over from earlier releases.

A plan keeps every immutable file of earlier releases: what is printed, cached or half
downloaded goes on working. Files that an earlier release has are taken from it, with
their compressed forms, so that a publication costs what has changed.
"""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import brotli  # type: ignore[import-untyped]  # ships no types

from publishing.errors import DamagedReleaseError
from publishing.release.draft import Draft, DraftFile, StoreFile
from publishing.release.integrity import entry_files, find_links, is_intact
from publishing.release.offline import INDEX_URL, offline_lists
from tours import release
from tours.release import CodeTarget, Entry, Release, StoredFile, file_for_url

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from tours.release import Caching

_SUFFIXES = {"br": ".br", "gzip": ".gz"}
_TEXT_LIKE = frozenset(
    {
        "application/geo+json",
        "application/gpx+xml",
        "application/javascript",
        "application/json",
        "application/manifest+json",
        "application/wasm",
        "application/xml",
        "image/svg+xml",
        "model/gltf+json",
    }
)


@dataclass(frozen=True, slots=True)
class KeptRelease:
    """An earlier release and its folder."""

    release: Release
    folder: Path


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One file of a release and where its bytes come from."""

    stored: StoredFile
    source: bytes | Path


@dataclass(frozen=True, slots=True)
class ReleasePlan:
    """The entries of a release before it is named, and the source of each file."""

    museum: str
    address: str
    languages: tuple[str, ...]
    entries: tuple[Entry, ...]
    """Sorted by address."""
    codes: tuple[CodeTarget, ...]
    pieces: tuple[PlannedFile, ...]
    """Sorted by file, one for each."""
    carried: frozenset[str] = frozenset()
    """Addresses that only earlier releases asked for."""
    lost: tuple[Path, ...] = ()
    """Files of earlier releases that are damaged and had to be left out."""
    restores: str | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of all that visitors can tell apart."""
        bare = dataclasses.replace(self, restores=None).named("", "")
        return hashlib.sha256(release.to_json(bare)).hexdigest()

    def named(self, identity: str, created: str) -> Release:
        """Return the release that this becomes."""
        return Release(
            identity,
            self.museum,
            self.address,
            created,
            self.languages,
            self.entries,
            self.codes,
            self.restores,
        )

    def serves_the_same_as(self, other: Release) -> bool:
        """Return whether no visitor could tell the two apart."""
        unnamed = dataclasses.replace(other, id="", created="", restores=None)
        return dataclasses.replace(self, restores=None).named("", "") == unnamed


def plan_release(draft: Draft, history: tuple[KeptRelease, ...]) -> ReleasePlan:
    """Return the plan of a draft's release; `history` is newest first."""
    known = _entries_by_digest(history)
    gathered = _PlanBuilder()
    for item in draft.items:
        gathered.add(*_plan_file(item, known))
    for item in _offline_files(draft, gathered.entries):
        gathered.add(*_plan_file(item, known))
    carried = _carry_immutable_files(gathered, history)
    plan = gathered.plan(draft.museum, draft.address, draft.languages, draft.codes)
    return dataclasses.replace(plan, carried=carried)


def _offline_files(draft: Draft, entries: Mapping[str, Entry]) -> Iterator[DraftFile]:
    """Give the lists of what phones keep, which tell the sizes of what is planned."""
    contents = {
        item.url: item.content
        for item in draft.items
        if isinstance(item.content, bytes)
    }
    manifests = [
        content
        for url, content in contents.items()
        if entries[url].media_type == "application/json"
        and entries[url].caching == "revalidate"
    ]
    made = offline_lists(draft.visits, manifests, contents, entries, draft.address)
    for url, content in made if draft.visits else ():
        caching: Caching = "revalidate" if url == INDEX_URL else "immutable"
        yield DraftFile(url, "application/json", caching, content)


def plan_rollback(target: KeptRelease, history: tuple[KeptRelease, ...]) -> ReleasePlan:
    """Return the plan that serves `target` again without losing a printed code.

    A code that `target` did not know yet keeps its page, the stop's pages it leads to
    and what those link to, from the newest release that had them.
    """
    old = target.release
    gathered = _PlanBuilder()
    for entry in old.entries:
        gathered.add(entry, _planned_files(entry, target.folder))
    codes = {code.code: code for code in old.codes}
    for kept in history:
        for code in kept.release.codes:
            if code.code in codes:
                continue
            needed = _pages_reachable_from(kept, code, gathered.entries)
            if needed is not None:
                codes[code.code] = code
                for entry in needed:
                    gathered.add(entry, _planned_files(entry, kept.folder))
    carried = _carry_immutable_files(gathered, history)
    in_order = tuple(codes[code] for code in sorted(codes))
    plan = gathered.plan(old.museum, old.address, old.languages, in_order)
    return dataclasses.replace(plan, carried=carried, restores=old.restores or old.id)


def drop_damaged_files(plan: ReleasePlan) -> ReleasePlan:
    """Return the plan without files that are damaged.

    What was to be carried from such a file is left out and listed in ``lost``.

    Raises
    ------
    DamagedReleaseError
        If the release needs a damaged file and nothing stands in for it.
    """
    pieces: dict[str, PlannedFile] = {}
    damaged: dict[str, Path] = {}
    for piece in plan.pieces:
        if isinstance(piece.source, bytes) or is_intact(piece.source, piece.stored):
            pieces[piece.stored.file] = piece
        else:
            damaged[piece.stored.file] = piece.source
    entries = []
    for entry in plan.entries:
        broken = [file.file for file in entry_files(entry) if file.file in damaged]
        if not broken:
            entries.append(entry)
        elif entry.url not in plan.carried:
            message = f"{damaged[broken[0]]} is damaged: remove it, then build again"
            raise DamagedReleaseError(message)
    needed = {file.file for entry in entries for file in entry_files(entry)}
    return dataclasses.replace(
        plan,
        entries=tuple(entries),
        pieces=tuple(piece for file, piece in pieces.items() if file in needed),
        carried=plan.carried & {entry.url for entry in entries},
        lost=tuple(damaged.values()),
    )


class _PlanBuilder:
    """The entries and files of a plan, while it grows."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self._pieces: dict[str, PlannedFile] = {}

    def add(self, entry: Entry, pieces: Iterable[PlannedFile]) -> None:
        """Add what one address serves.

        Raises
        ------
        DamagedReleaseError
            If another address has the same file, on a disk that ignores case.
        """
        self.entries[entry.url] = entry
        for piece in pieces:
            key = piece.stored.file.casefold()
            if key in self._pieces:
                file = self._pieces[key].stored.file
                message = f"two addresses share the file {file}: {entry.url} is one"
                raise DamagedReleaseError(message)
            self._pieces[key] = piece

    def plan(
        self,
        museum: str,
        address: str,
        languages: tuple[str, ...],
        codes: tuple[CodeTarget, ...],
    ) -> ReleasePlan:
        """Return what was gathered, in an order that depends on nothing else."""
        entries = tuple(self.entries[url] for url in sorted(self.entries))
        pieces = sorted(self._pieces.values(), key=lambda piece: piece.stored.file)
        return ReleasePlan(museum, address, languages, entries, codes, tuple(pieces))


_EntriesByDigest = dict[tuple[str, str], tuple[Entry, Path]]
"""By SHA-256 and media type: an earlier entry, and the folder of its release."""


def _entries_by_digest(history: tuple[KeptRelease, ...]) -> _EntriesByDigest:
    return {
        (entry.identity.sha256, entry.media_type): (entry, kept.folder)
        for kept in reversed(history)
        for entry in kept.release.entries
    }


def _plan_file(
    item: DraftFile, known: _EntriesByDigest
) -> tuple[Entry, list[PlannedFile]]:
    """Return what an item becomes, with compressed forms where these help."""
    file = file_for_url(item.url, item.media_type)
    content = item.content
    if isinstance(content, StoreFile):
        stored = StoredFile(file, content.sha256, content.size_bytes)
        if not is_compressible(item.media_type):
            entry = Entry(item.url, stored, item.media_type, item.caching)
            return entry, [PlannedFile(stored, content.path)]
        content = content.path.read_bytes()
    else:
        sha256 = hashlib.sha256(content).hexdigest()
        stored = StoredFile(file, sha256, len(content))
    earlier = known.get((stored.sha256, item.media_type))
    if earlier is not None and _is_whole(*earlier):
        return _reuse_entry(*earlier, item, file)
    pieces = [PlannedFile(stored, content)]
    encodings = []
    if is_compressible(item.media_type):
        for name, shorter in compressed_forms(content):
            sha256 = hashlib.sha256(shorter).hexdigest()
            form = StoredFile(file + _SUFFIXES[name], sha256, len(shorter))
            pieces.append(PlannedFile(form, shorter))
            encodings.append((name, form))
    entry = Entry(item.url, stored, item.media_type, item.caching, tuple(encodings))
    return entry, pieces


def _is_whole(entry: Entry, folder: Path) -> bool:
    return all(is_intact(folder / stored.file, stored) for stored in entry_files(entry))


def _reuse_entry(
    entry: Entry, folder: Path, item: DraftFile, file: str
) -> tuple[Entry, list[PlannedFile]]:
    """Return what an item becomes when an earlier release served the same bytes."""
    identity = dataclasses.replace(entry.identity, file=file)
    pieces = [PlannedFile(identity, folder / entry.identity.file)]
    encodings = []
    for name, form in entry.encodings:
        moved = dataclasses.replace(form, file=file + _SUFFIXES[name])
        pieces.append(PlannedFile(moved, folder / form.file))
        encodings.append((name, moved))
    renamed = Entry(item.url, identity, item.media_type, item.caching, tuple(encodings))
    return renamed, pieces


def _carry_immutable_files(
    gathered: _PlanBuilder, history: tuple[KeptRelease, ...]
) -> frozenset[str]:
    """Add the immutable files of earlier releases; return the addresses added."""
    carried = set()
    for kept in history:
        for entry in kept.release.entries:
            if entry.caching == "immutable" and entry.url not in gathered.entries:
                gathered.add(entry, _planned_files(entry, kept.folder))
                carried.add(entry.url)
    return frozenset(carried)


def _planned_files(entry: Entry, folder: Path) -> list[PlannedFile]:
    return [PlannedFile(stored, folder / stored.file) for stored in entry_files(entry)]


def _pages_reachable_from(
    kept: KeptRelease, code: CodeTarget, present: Container[str]
) -> list[Entry] | None:
    """Return what a code's pages need of an earlier release, besides what is present.

    None when a page or a file among it is damaged.
    """
    entries = {entry.url: entry for entry in kept.release.entries}
    found: dict[str, Entry] = {}
    queue = [f"/{code.code}", *(url for _, url in code.pages)]
    while queue:
        url = queue.pop()
        if url in present or url in found:
            continue
        if url not in entries or not _is_whole(entries[url], kept.folder):
            return None
        entry = found[url] = entries[url]
        content = (kept.folder / entry.identity.file).read_bytes()
        queue.extend(find_links(url, entry.media_type, content, kept.release.address))
    return list(found.values())


def is_compressible(media_type: str) -> bool:
    """Return whether a media type is worth compressing: text and WebAssembly."""
    bare = media_type.partition(";")[0].strip().lower()
    return bare.startswith("text/") or bare in _TEXT_LIKE


def compressed_forms(content: bytes) -> tuple[tuple[str, bytes], ...]:
    """Return content codings with their bytes, smallest first.

    A coding that saves nothing is left out. The same content always gives the same
    bytes: gzip's header carries no date.
    """
    forms = (
        ("br", brotli.compress(content, quality=11)),
        ("gzip", gzip.compress(content, 9, mtime=0)),
    )
    smaller = (form for form in forms if len(form[1]) < len(content))
    return tuple(sorted(smaller, key=lambda form: len(form[1])))
