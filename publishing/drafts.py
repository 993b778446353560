"""What the next release will hold, worked out before anything is written.

A plan keeps every immutable file of earlier releases: what is printed, cached or half
downloaded goes on working. Files that an earlier release has are taken from it, with
their compressed forms, so that a publication costs what has changed.
"""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from publishing import compress
from publishing.errors import DamagedReleaseError
from publishing.links import links
from tours import release
from tours.release import Caching, CodeTarget, Entry, Release, StoredFile, file_for_url

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

_SUFFIXES = {"br": ".br", "gzip": ".gz"}


@dataclass(frozen=True, slots=True)
class StoreFile:
    """A file of the content-addressed store."""

    path: Path
    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Item:
    """One address of a release to be, and what it serves."""

    url: str
    media_type: str
    caching: Caching
    content: bytes | StoreFile


@dataclass(frozen=True, slots=True)
class Draft:
    """A release to be."""

    museum: str
    address: str
    languages: tuple[str, ...]
    items: tuple[Item, ...]
    codes: tuple[CodeTarget, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """An earlier release and the folder it is in."""

    release: Release
    folder: Path


@dataclass(frozen=True, slots=True)
class Piece:
    """One file to put in the folder of a release."""

    stored: StoredFile
    source: bytes | Path


@dataclass(frozen=True, slots=True)
class Plan:
    """A release without a name yet, and where each of its files comes from."""

    museum: str
    address: str
    languages: tuple[str, ...]
    entries: tuple[Entry, ...]
    """Sorted by address."""
    codes: tuple[CodeTarget, ...]
    pieces: tuple[Piece, ...]
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


def plan_draft(draft: Draft, history: tuple[Kept, ...]) -> Plan:
    """Return how to make a draft's release after those of `history`, newest first."""
    known = _known(history)
    gathered = _Gathered()
    for item in draft.items:
        gathered.add(*_planned(item, known))
    carried = _carry(gathered, history)
    plan = gathered.plan(draft.museum, draft.address, draft.languages, draft.codes)
    return dataclasses.replace(plan, carried=carried)


def plan_restoration(target: Kept, history: tuple[Kept, ...]) -> Plan:
    """Return how to serve again what `target` served, losing no printed code.

    A code that `target` did not know yet keeps its page, the stop's pages it leads to
    and what those link to, from the newest release that had them.
    """
    old = target.release
    gathered = _Gathered()
    for entry in old.entries:
        gathered.add(entry, _pieces(entry, target.folder))
    codes = {code.code: code for code in old.codes}
    for kept in history:
        for code in kept.release.codes:
            if code.code in codes:
                continue
            needed = _reachable(kept, code, gathered.entries)
            if needed is not None:
                codes[code.code] = code
                for entry in needed:
                    gathered.add(entry, _pieces(entry, kept.folder))
    carried = _carry(gathered, history)
    in_order = tuple(codes[code] for code in sorted(codes))
    plan = gathered.plan(old.museum, old.address, old.languages, in_order)
    return dataclasses.replace(plan, carried=carried, restores=old.restores or old.id)


def sound(plan: Plan) -> Plan:
    """Return a plan that takes nothing from a file that no longer reads as it should.

    What was to be carried from such a file is left out and told in ``lost``.

    Raises
    ------
    DamagedReleaseError
        If the release needs a damaged file and nothing stands in for it.
    """
    pieces: dict[str, Piece] = {}
    damaged: dict[str, Path] = {}
    for piece in plan.pieces:
        if isinstance(piece.source, bytes) or reads_as(piece.source, piece.stored):
            pieces[piece.stored.file] = piece
        else:
            damaged[piece.stored.file] = piece.source
    entries = []
    for entry in plan.entries:
        broken = [file.file for file in files_of(entry) if file.file in damaged]
        if not broken:
            entries.append(entry)
        elif entry.url not in plan.carried:
            message = f"{damaged[broken[0]]} is damaged: remove it, then build again"
            raise DamagedReleaseError(message)
    needed = {file.file for entry in entries for file in files_of(entry)}
    return dataclasses.replace(
        plan,
        entries=tuple(entries),
        pieces=tuple(piece for file, piece in pieces.items() if file in needed),
        carried=plan.carried & {entry.url for entry in entries},
        lost=tuple(damaged.values()),
    )


def reads_as(path: Path, stored: StoredFile) -> bool:
    """Return whether a file is there with the size and content it should have."""
    try:
        if path.stat().st_size != stored.size_bytes:
            return False
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256")
    except OSError:
        return False
    return digest.hexdigest() == stored.sha256


def files_of(entry: Entry) -> tuple[StoredFile, ...]:
    """Return the files that an address is served from."""
    return (entry.identity, *(stored for _, stored in entry.encodings))


class _Gathered:
    """The entries and files of a plan, while it grows."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self._pieces: dict[str, Piece] = {}

    def add(self, entry: Entry, pieces: Iterable[Piece]) -> None:
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
    ) -> Plan:
        """Return what was gathered, in an order that depends on nothing else."""
        entries = tuple(self.entries[url] for url in sorted(self.entries))
        pieces = sorted(self._pieces.values(), key=lambda piece: piece.stored.file)
        return Plan(museum, address, languages, entries, codes, tuple(pieces))


_Known = dict[tuple[str, str], tuple[Entry, Path]]
"""By SHA-256 and media type: an earlier entry, and the folder of its release."""


def _known(history: tuple[Kept, ...]) -> _Known:
    return {
        (entry.identity.sha256, entry.media_type): (entry, kept.folder)
        for kept in reversed(history)
        for entry in kept.release.entries
    }


def _planned(item: Item, known: _Known) -> tuple[Entry, list[Piece]]:
    """Return what an item becomes, with compressed forms where these help."""
    file = file_for_url(item.url, item.media_type)
    content = item.content
    if isinstance(content, StoreFile):
        stored = StoredFile(file, content.sha256, content.size_bytes)
        if not compress.is_text_like(item.media_type):
            entry = Entry(item.url, stored, item.media_type, item.caching)
            return entry, [Piece(stored, content.path)]
        content = content.path.read_bytes()
    else:
        sha256 = hashlib.sha256(content).hexdigest()
        stored = StoredFile(file, sha256, len(content))
    earlier = known.get((stored.sha256, item.media_type))
    if earlier is not None and _is_whole(*earlier):
        return _moved(*earlier, item, file)
    pieces = [Piece(stored, content)]
    encodings = []
    if compress.is_text_like(item.media_type):
        for name, shorter in compress.compressed(content):
            sha256 = hashlib.sha256(shorter).hexdigest()
            form = StoredFile(file + _SUFFIXES[name], sha256, len(shorter))
            pieces.append(Piece(form, shorter))
            encodings.append((name, form))
    entry = Entry(item.url, stored, item.media_type, item.caching, tuple(encodings))
    return entry, pieces


def _is_whole(entry: Entry, folder: Path) -> bool:
    return all(reads_as(folder / stored.file, stored) for stored in files_of(entry))


def _moved(
    entry: Entry, folder: Path, item: Item, file: str
) -> tuple[Entry, list[Piece]]:
    """Return what an item becomes when an earlier release served the same bytes."""
    identity = dataclasses.replace(entry.identity, file=file)
    pieces = [Piece(identity, folder / entry.identity.file)]
    encodings = []
    for name, form in entry.encodings:
        moved = dataclasses.replace(form, file=file + _SUFFIXES[name])
        pieces.append(Piece(moved, folder / form.file))
        encodings.append((name, moved))
    renamed = Entry(item.url, identity, item.media_type, item.caching, tuple(encodings))
    return renamed, pieces


def _carry(gathered: _Gathered, history: tuple[Kept, ...]) -> frozenset[str]:
    """Add the immutable files of earlier releases; return the addresses added."""
    carried = set()
    for kept in history:
        for entry in kept.release.entries:
            if entry.caching == "immutable" and entry.url not in gathered.entries:
                gathered.add(entry, _pieces(entry, kept.folder))
                carried.add(entry.url)
    return frozenset(carried)


def _pieces(entry: Entry, folder: Path) -> list[Piece]:
    return [Piece(stored, folder / stored.file) for stored in files_of(entry)]


def _reachable(
    kept: Kept, code: CodeTarget, present: Container[str]
) -> list[Entry] | None:
    """Return what a code's pages need of an earlier release, besides what is present.

    None when a page or a file among it is damaged.
    """
    entries = {entry.url: entry for entry in kept.release.entries}
    found: dict[str, Entry] = {}
    waiting = [f"/{code.code}", *(url for _, url in code.pages)]
    while waiting:
        url = waiting.pop()
        if url in present or url in found:
            continue
        if url not in entries or not _is_whole(entries[url], kept.folder):
            return None
        entry = found[url] = entries[url]
        content = (kept.folder / entry.identity.file).read_bytes()
        waiting.extend(links(url, entry.media_type, content, kept.release.address))
    return list(found.values())
