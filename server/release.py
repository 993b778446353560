"""Open and verify a release, and replace it when a new one is published.

Raised here, all `tours.release.ReleaseError`:

- `ReleaseError`: ``current`` or ``release.json`` is absent or can't be read;
- `server.files.DamagedReleaseError`: a file is not the one that was published.
"""

from __future__ import annotations

import asyncio
import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from server.files import Body, DamagedReleaseError, open_verified
from server.responses import Resource, prepare_resource
from tours import release as published
from tours.release import ReleaseError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from server.settings import Settings
    from tours.release import CodeTarget, Entry, Release, StoredFile

_HEADER_VALUE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?")
_RELEASES = "releases"
_LOGGER = logging.getLogger("ecomusee.server")


@dataclass(frozen=True, slots=True)
class OpenRelease:
    """A verified release, its responses prepared."""

    id: str
    languages: tuple[str, ...]
    resources: Mapping[str, Resource]
    """By address, percent-decoded."""
    codes: Mapping[str, CodeTarget]
    bodies: Mapping[str, Body]
    """Opened files by SHA-256; the next release need not open them again."""


def current_id(source: Path) -> str:
    """Return the name of the release that ``current`` names.

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
    """Return a release of `source`, each file verified by size and SHA-256.

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
    bodies = _open_files(folder, release, settings, known or {})
    negotiated = {"/", *(f"/{target.code}" for target in release.codes)}
    resources = {
        unquote(entry.url): prepare_resource(
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


def _stored_files(entry: Entry) -> Iterator[StoredFile]:
    yield entry.identity
    for _, stored in entry.encodings:
        yield stored


def _open_files(
    folder: Path, release: Release, settings: Settings, known: Mapping[str, Body]
) -> dict[str, Body]:
    files = {
        stored.sha256: stored
        for entry in release.entries
        for stored in _stored_files(entry)
    }
    in_memory = _choose_in_memory(files.values(), settings)
    return {
        digest: known[digest]
        if digest in known
        else open_verified(folder / stored.file, stored, in_memory=digest in in_memory)
        for digest, stored in files.items()
    }


def _choose_in_memory(files: Iterable[StoredFile], settings: Settings) -> set[str]:
    """Return the digests of small files, smallest first, as far as memory goes."""
    kept = set()
    left = settings.memory_bytes
    for stored in sorted(files, key=lambda stored: stored.size_bytes):
        left -= stored.size_bytes
        if stored.size_bytes > settings.small_file_bytes or left < 0:
            break
        kept.add(stored.sha256)
    return kept


class CurrentRelease:
    """The release that is served, replaced when a new one is published.

    A new release is opened beside the old one and takes its place in one assignment:
    each request sees one release or the other, never both. The old one's files close
    when its last response is done. A release that is damaged is logged, once, and the
    old one goes on.

    Of a visit that is being written, whoever writes it puts each one here.
    """

    def __init__(self, source: Path, settings: Settings, release: OpenRelease) -> None:
        self.release = release
        self._source = source
        self._settings = settings
        self._refused: str | None = None
        """A damaged release: to read all its bytes again each second helps nobody."""
        self._last_error: str | None = None

    @classmethod
    async def open(cls, source: Path, settings: Settings) -> CurrentRelease:
        """Return the current release of `source`, verified.

        Raises
        ------
        ReleaseError
            If there is none, or it is damaged.
        """
        return cls(
            source, settings, await asyncio.to_thread(_open_current, source, settings)
        )

    async def watch(self) -> None:
        """Take up each new release, until cancelled."""
        while True:
            await asyncio.sleep(self._settings.watch_s)
            try:
                await self.refresh()
            except Exception:
                # The outermost edge: the release served must not miss the next one.
                _LOGGER.exception("the watch for a new release stumbled")

    async def refresh(self) -> None:
        """Take up the release that ``current`` names, if it is new and whole."""
        name = self.release.id
        try:
            name = await asyncio.to_thread(current_id, self._source)
            if name in (self.release.id, self._refused):
                return
            found = await asyncio.to_thread(
                open_release, self._source, name, self._settings, self.release.bodies
            )
        except DamagedReleaseError as error:
            self._refused = name
            self._log_once(error)
        except ReleaseError as error:
            self._log_once(error)
        else:
            self.release = found
            self._refused = self._last_error = None
            _LOGGER.info("release %s is served from now on", found.id)

    def _log_once(self, error: ReleaseError) -> None:
        """Log a message once, however often it comes up again."""
        message = str(error)
        if message != self._last_error:
            self._last_error = message
            _LOGGER.error("%s. Still serving %s", message, self.release.id)


def _open_current(source: Path, settings: Settings) -> OpenRelease:
    return open_release(source, current_id(source), settings)
