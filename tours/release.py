"""What ``release.json`` says: written by publishing, read by the server.

A release is a folder that any web server could hand out as it stands: ``/fr/x/`` is
the file ``fr/x/index.html``, with ``index.html.br`` and ``index.html.gz`` beside it.
``release.json`` at its top names every address with its file, size and SHA-256, so
that a server need not guess and can tell a whole release from a damaged one.
"""

from __future__ import annotations

import json
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
    museum: str
    address: str
    created: str
    """RFC 3339, UTC."""
    languages: tuple[str, ...]
    entries: tuple[Entry, ...]
    codes: tuple[CodeTarget, ...]


def to_json(release: Release) -> bytes:
    """Return the text of ``release.json``."""
    document = {
        "format": FORMAT,
        "id": release.id,
        "museum": release.museum,
        "address": release.address,
        "created": release.created,
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
        If it is not the JSON of a release of this format.
    """
    try:
        document = json.loads(content)
        if document["format"] != FORMAT:
            message = f"release.json has format {document['format']}, this program reads {FORMAT}"
            raise ReleaseError(message)
        return Release(
            id=document["id"],
            museum=document["museum"],
            address=document["address"],
            created=document["created"],
            languages=tuple(document["languages"]),
            entries=tuple(
                _entry(url, item) for url, item in document["entries"].items()
            ),
            codes=tuple(
                CodeTarget(
                    code, item["tour"], item["stop"], tuple(item["pages"].items())
                )
                for code, item in document["codes"].items()
            ),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = "release.json is damaged: publish again, or roll back"
        raise ReleaseError(message) from error


def _entry_json(entry: Entry) -> dict[str, Any]:
    return {
        **_stored_json(entry.identity),
        "type": entry.media_type,
        "caching": entry.caching,
        "encodings": {name: _stored_json(stored) for name, stored in entry.encodings},
    }


def _stored_json(stored: StoredFile) -> dict[str, Any]:
    return {"file": stored.file, "sha256": stored.sha256, "bytes": stored.size_bytes}


def _entry(url: str, item: dict[str, Any]) -> Entry:
    encodings = ((name, _stored(part)) for name, part in item["encodings"].items())
    return Entry(url, _stored(item), item["type"], item["caching"], tuple(encodings))


def _stored(item: dict[str, Any]) -> StoredFile:
    return StoredFile(item["file"], item["sha256"], item["bytes"])
