"""Read and write ``release.json``, the list of a release's files.

A release is a folder that any web server could hand out as it stands: ``/fr/x/`` is
the file ``fr/x/index.html``, with ``index.html.br`` and ``index.html.gz`` beside it.
``release.json`` at its top names every address with its file, size and SHA-256, so
that a server need not guess and can tell a whole release from a damaged one.

A release read here is safe to open: every file lies inside the release's own folder.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Literal

FORMAT = 1
FILE_NAME = "release.json"
CURRENT = "current"
"""The file beside ``releases/`` that holds the identity of the release to serve."""
Caching = Literal["immutable", "revalidate"]
"""``immutable``: named by its content, kept a year. ``revalidate``: asked for each time."""


class ReleaseError(Exception):
    """A release can't be read: its ``release.json`` is absent, damaged or too new."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of the release folder."""

    file: str
    """Relative to the release folder, with forward slashes."""
    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What is served at one address."""

    url: str
    """Path part only, as a browser asks for it: ``/fr/forge/marteau/``."""
    identity: StoredFile
    media_type: str
    caching: Caching
    encodings: tuple[tuple[str, StoredFile], ...] = ()
    """Pairs of a content coding (``br``, ``gzip``) and its file, best first."""


@dataclass(frozen=True, slots=True)
class CodeTarget:
    """Where a printed code leads."""

    code: str
    tour: str
    stop: str
    pages: tuple[tuple[str, str], ...]
    """Pairs of a language and the stop's address in it, in the tour's order."""


@dataclass(frozen=True, slots=True)
class Release:
    """One whole published build."""

    id: str
    """``20261124T125600123456Z-0123456789ab``: when it was made (UTC, microseconds), so
    that identities sort by time, then the start of its content's SHA-256."""
    museum: str
    address: str
    created: str
    """RFC 3339, UTC."""
    languages: tuple[str, ...]
    entries: tuple[Entry, ...]
    codes: tuple[CodeTarget, ...]
    restores: str | None = None
    """The release whose pages this one brings back, when it was made by a rollback."""


_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,63}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_RESERVED = re.compile(r'[\x00-\x1f\x7f"*:<>?\\|]')
"""Signs that one of Linux, macOS and Windows does not take in a file's name."""


def is_id(text: str) -> bool:
    """Return whether a text can name a release: a plain folder name on every system."""
    return _ID.fullmatch(text) is not None


def file_for_url(url: str, media_type: str) -> str:
    """Return the file, relative to the release folder, that holds what an address serves.

    Any web server finds it there: a page without an extension is a folder's index.
    """
    path = url.removeprefix("/")
    name = path.rpartition("/")[2]
    if not name:
        return path + "index.html"
    if media_type.startswith("text/html") and "." not in name:
        return path + "/index.html"
    return path


def to_json(release: Release) -> bytes:
    """Return the text of ``release.json``."""
    document = {
        "format": FORMAT,
        "id": release.id,
        "museum": release.museum,
        "address": release.address,
        "created": release.created,
        "restores": release.restores,
        "languages": list(release.languages),
        "entries": {entry.url: _entry_json(entry) for entry in release.entries},
        "codes": {
            target.code: {
                "tour": target.tour,
                "stop": target.stop,
                "pages": dict(target.pages),
            }
            for target in release.codes
        },
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def from_json(content: bytes) -> Release:
    """Return the release that a ``release.json`` describes.

    Raises
    ------
    ReleaseError
        If it is not the JSON of a release of this format, or names a file outside
        the release's folder.
    """
    try:
        document = json.loads(content)
        form = document["format"]
        release = _release(document) if form == FORMAT else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        message = "release.json is damaged: publish again, or roll back"
        raise ReleaseError(message) from error
    if release is None:
        message = f"release.json has format {form}, this program reads {FORMAT}"
        raise ReleaseError(message)
    return release


def _entry_json(entry: Entry) -> dict[str, Any]:
    return {
        **_stored_json(entry.identity),
        "type": entry.media_type,
        "caching": entry.caching,
        "encodings": {name: _stored_json(stored) for name, stored in entry.encodings},
    }


def _stored_json(stored: StoredFile) -> dict[str, Any]:
    return {"file": stored.file, "sha256": stored.sha256, "bytes": stored.size_bytes}


def _release(document: dict[str, Any]) -> Release:
    restores = document.get("restores")
    return Release(
        id=_matching(_ID, document["id"]),
        museum=_text(document["museum"]),
        address=_text(document["address"]),
        created=_text(document["created"]),
        languages=tuple(_text(tag) for tag in document["languages"]),
        entries=tuple(_entry(url, item) for url, item in document["entries"].items()),
        codes=tuple(_target(code, item) for code, item in document["codes"].items()),
        restores=None if restores is None else _matching(_ID, restores),
    )


def _entry(url: str, item: dict[str, Any]) -> Entry:
    caching: Caching = "immutable" if item["caching"] == "immutable" else "revalidate"
    return Entry(
        url=_address(url),
        identity=_stored(item),
        media_type=_text(item["type"]),
        caching=caching,
        encodings=tuple((n, _stored(part)) for n, part in item["encodings"].items()),
    )


def _target(code: str, item: dict[str, Any]) -> CodeTarget:
    pages = tuple((tag, _address(url)) for tag, url in item["pages"].items())
    return CodeTarget(code, _text(item["tour"]), _text(item["stop"]), pages)


def _stored(item: dict[str, Any]) -> StoredFile:
    size = item["bytes"]
    if type(size) is not int or size < 0:
        message = f"not a size in bytes: {size!r}"
        raise ValueError(message)
    return StoredFile(_inside(item["file"]), _matching(_SHA256, item["sha256"]), size)


def _inside(value: object) -> str:
    """Return a path that stays in the release's folder on every system."""
    file = _text(value)
    if _RESERVED.search(file) or any(p in {"", ".", ".."} for p in file.split("/")):
        message = f"not a file of the release: {file!r}"
        raise ValueError(message)
    return file


def _address(value: object) -> str:
    url = _text(value)
    if not url.startswith("/"):
        message = f"not the path of an address: {url!r}"
        raise ValueError(message)
    return url


def _matching(pattern: re.Pattern[str], value: object) -> str:
    text = _text(value)
    if not pattern.fullmatch(text):
        message = f"not of the expected form: {text!r}"
        raise ValueError(message)
    return text


def _text(value: object) -> str:
    if not isinstance(value, str):
        message = f"not a text: {value!r}"
        raise TypeError(message)
    return value
