"""Verify a release: digests of its files, targets of its codes and links."""

from __future__ import annotations

import functools
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tours.release import Entry, Release, StoredFile

_ONE_ADDRESS = frozenset({"data-manifest", "href", "poster", "src"})
_CSS_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")


def find_problems(folder: Path, release: Release) -> tuple[str, ...]:
    """Return a sentence for each missing or damaged file, code or link; none when whole.

    Every file is read again from the disk.
    """
    return (
        *_damaged_files(folder, release),
        *_dead_codes(release),
        *_dead_links(folder, release),
    )


def _damaged_files(folder: Path, release: Release) -> Iterator[str]:
    for entry in release.entries:
        for stored in entry_files(entry):
            if not is_intact(folder / stored.file, stored):
                yield f"{stored.file} is missing or damaged"


def _dead_codes(release: Release) -> Iterator[str]:
    urls = {entry.url for entry in release.entries}
    for target in release.codes:
        for url in (f"/{target.code}", *(url for _, url in target.pages)):
            if url not in urls:
                yield f"the code {target.code} leads to {url}, which is not there"


def _dead_links(folder: Path, release: Release) -> Iterator[str]:
    urls = {entry.url for entry in release.entries}
    for entry in release.entries:
        path = folder / entry.identity.file
        if path.is_file() and entry.caching == "revalidate":
            found = find_links(
                entry.url, entry.media_type, path.read_bytes(), release.address
            )
            for url in sorted(found - urls):
                yield f"{entry.url} points to {url}, which is not there"


def is_intact(path: Path, stored: StoredFile) -> bool:
    """Return whether a file has its recorded size and SHA-256."""
    try:
        if path.stat().st_size != stored.size_bytes:
            return False
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256")
    except OSError:
        return False
    return digest.hexdigest() == stored.sha256


def entry_files(entry: Entry) -> tuple[StoredFile, ...]:
    """Return the files of a release entry: identity and encodings."""
    return (entry.identity, *(stored for _, stored in entry.encodings))


@functools.lru_cache(maxsize=1024)
def find_links(
    url: str, media_type: str, content: bytes, address: str
) -> frozenset[str]:
    """Return the addresses within the release that a file links to.

    A page that was read before, byte for byte, is not read again: publishing looks at
    its links more than once, and a watched folder publishes often.

    Parameters
    ----------
    url
        Where the file is served, for links relative to it.
    media_type
        HTML, CSS and JSON are read; another type points nowhere.
    content
        Of the file, uncompressed.
    address
        The museum's public address: a full link to it stays within the release.
    """
    kind = media_type.partition(";")[0].strip()
    text = content.decode("utf-8", "replace")
    if kind == "text/html":
        reader = _LinkParser()
        reader.feed(text)
        reader.close()
        found = reader.found
    elif kind == "text/css":
        found = _CSS_URL.findall(text)
    elif kind == "application/json":
        found = _json_urls(json.loads(text))
    else:
        found = []
    inside = (_release_path(url, link, address) for link in found)
    return frozenset(target for target in inside if target is not None)


class _LinkParser(HTMLParser):
    """Collects what the elements of a page point to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag
        for name, value in attrs:
            if name in _ONE_ADDRESS and value:
                self.found.append(value)
            elif name == "srcset" and value:
                self.found.extend(part.split()[0] for part in value.split(", "))


def _json_urls(value: object) -> list[str]:
    """Return the text of every field named ``url``, however deep."""
    if isinstance(value, dict):
        own = [value["url"]] if isinstance(value.get("url"), str) else []
        return own + [url for item in value.values() for url in _json_urls(item)]
    if isinstance(value, list):
        return [url for item in value for url in _json_urls(item)]
    return []


def _release_path(url: str, link: str, address: str) -> str | None:
    """Return the path a link leads to, or None when it leaves the release."""
    try:
        target = urlsplit(urljoin(address + url, link.strip()))
    except ValueError:
        return None
    home = urlsplit(address)
    if (target.scheme, target.netloc) != (home.scheme, home.netloc):
        return None
    return unquote(target.path) or "/"
