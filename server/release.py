"""A release, opened: every file verified, every answer made, every code known.

Raised here, all `tours.release.ReleaseError`:

- `ReleaseError`: ``current`` or ``release.json`` is absent or can't be read;
- `server.files.DamagedReleaseError`: a file is not the one that was published.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from server.answers import Resource, resource
from server.files import Body, DamagedReleaseError, opened
from tours import release as published
from tours.release import ReleaseError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from server.settings import Settings
    from tours.release import CodeTarget, Entry, Release, StoredFile

_HEADER_VALUE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?")
_RELEASES = "releases"


@dataclass(frozen=True, slots=True)
class OpenRelease:
    """One whole published build, ready to be handed out."""

    id: str
    languages: tuple[str, ...]
    resources: Mapping[str, Resource]
    """By address, percent-decoded."""
    codes: Mapping[str, CodeTarget]
    bodies: Mapping[str, Body]
    """Opened files by SHA-256; the next release need not open them again."""


def current_id(source: Path) -> str:
    """Return the identity of the release to serve.

    Raises
    ------
    ReleaseError
        If nothing was published in `source`, or ``current`` says no identity.
    """
    try:
        text = (source / published.CURRENT).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        message = f"nothing is published in {source}: run `ecomusee build`"
        raise ReleaseError(message) from error
    if not published.is_id(text):
        message = f"{source / published.CURRENT} names no release: publish again"
        raise ReleaseError(message)
    return text


def open_release(
    source: Path,
    release_id: str,
    settings: Settings,
    known: Mapping[str, Body] | None = None,
) -> OpenRelease:
    """Return a release of `source`, each file compared with its size and SHA-256.

    Reads every byte, so it belongs in a thread. `known` are files that an earlier
    release opened: what has their digest is taken from there and not read again.

    Raises
    ------
    ReleaseError
        If the release is absent, damaged, or asks for more open files than allowed.
    """
    folder = source / _RELEASES / release_id
    try:
        content = (folder / published.FILE_NAME).read_bytes()
    except OSError as error:
        message = f"release {release_id} has no {published.FILE_NAME}: publish again, or roll back"
        raise ReleaseError(message) from error
    release = published.from_json(content)
    for entry in release.entries:
        _check(entry)
    bodies = _bodies(folder, release, settings, known or {})
    negotiated = {"/", *(f"/{target.code}" for target in release.codes)}
    resources = {
        unquote(entry.url): resource(
            entry,
            bodies,
            has_hsts=settings.has_hsts,
            varies_by_language=entry.url in negotiated,
        )
        for entry in release.entries
    }
    codes = {target.code: target for target in release.codes}
    return OpenRelease(release.id, release.languages, resources, codes, bodies)


def _check(entry: Entry) -> None:
    """Refuse what would break a header, before a file is opened."""
    codings = (coding for coding, _ in entry.encodings)
    if not all(map(_HEADER_VALUE.fullmatch, (entry.media_type, *codings))):
        message = f"{entry.url} has a type that can't be sent: publish again"
        raise DamagedReleaseError(message)


def _stored(entry: Entry) -> Iterator[StoredFile]:
    yield entry.identity
    for _, stored in entry.encodings:
        yield stored


def _bodies(
    folder: Path, release: Release, settings: Settings, known: Mapping[str, Body]
) -> dict[str, Body]:
    files = {
        stored.sha256: stored for entry in release.entries for stored in _stored(entry)
    }
    in_memory = _kept_in_memory(files.values(), settings)
    return {
        digest: known[digest]
        if digest in known
        else opened(folder / stored.file, stored, in_memory=digest in in_memory)
        for digest, stored in files.items()
    }


def _kept_in_memory(files: Iterable[StoredFile], settings: Settings) -> set[str]:
    """Return the digests of small files, smallest first, as far as memory goes."""
    kept = set()
    left = settings.memory_bytes
    for stored in sorted(files, key=lambda stored: stored.size_bytes):
        left -= stored.size_bytes
        if stored.size_bytes > settings.small_file_bytes or left < 0:
            break
        kept.add(stored.sha256)
    return kept
