"""Read the built browser client: its hashed files, their media types and imports.

The build writes ``client.json`` beside the files that it names. Those files are served
as they are, under `CLIENT_ROOT`, and kept by browsers for a year.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

CLIENT_FOLDER = Path(__file__).parent / "client"
CLIENT_ROOT = "/client/"
WORKER_URL = "/sw.js"
"""The service worker's address: it serves what lies under its folder, hence all."""
_FILE_NAME = "client.json"
_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
}


class ClientFilesError(Exception):
    """The built client is absent or not whole: ``scripts/build-client`` makes it."""


@dataclass(frozen=True, slots=True)
class ClientFile:
    """One file of the built client."""

    name: str
    """Holds a hash of the content: ``boot-K3J9.js``."""
    content: bytes
    media_type: str
    imports: tuple[str, ...] = ()
    """Names of the files that a browser must have before it can run this one."""

    @property
    def url(self) -> str:
        """The address it is served at."""
        return CLIENT_ROOT + self.name


@dataclass(frozen=True, slots=True)
class BuiltClient:
    """The whole built client."""

    entry: str
    """Name of the file that a stop's page starts."""
    files: tuple[ClientFile, ...]
    style: str | None = None
    """Name of the style sheet of what the client adds to a page."""
    languages: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Pairs of a language and the names of the files that hold the client's words."""
    worker: str | None = None
    """Name of the service worker's script, which is served at `WORKER_URL`."""
    pages: tuple[str, ...] = ()
    """Names of the files that pages without a 3D scene may load."""
    words: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Pairs of a language and the names of the files that only its pages load."""

    @property
    def entry_url(self) -> str:
        """The address of the script of a stop's page."""
        return CLIENT_ROOT + self.entry

    @property
    def style_url(self) -> str | None:
        """The address of the style sheet of what the client adds to a page."""
        return None if self.style is None else CLIENT_ROOT + self.style

    def offline_files(self, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the addresses that a visit in a language needs, and those of its scenes."""
        words = dict(self.words)
        spoken = language.partition("-")[0].lower()
        own = words.get(spoken, words.get("en", ()))
        foreign = {name for names in words.values() for name in names} - {*own}
        scripts = {*self.pages, *own}
        others = {
            file.name
            for file in self.files
            if not file.media_type.startswith("text/plain")
        }
        viewers = others - scripts - foreign - {self.worker}
        return (
            tuple(sorted(CLIENT_ROOT + name for name in scripts)),
            tuple(sorted(CLIENT_ROOT + name for name in viewers)),
        )

    def preloads(self, language: str) -> tuple[str, ...]:
        """Return the scripts that the entry needs to run in a language, nearest first.

        A language without words of its own is spoken to in English.
        """
        imports = {file.name: file.imports for file in self.files}
        words = dict(self.languages)
        main = language.partition("-")[0].lower()
        found: list[str] = []
        queue = [*imports.get(self.entry, ()), *words.get(main, words.get("en", ()))]
        while queue:
            name = queue.pop(0)
            if name not in found and name != self.entry:
                found.append(name)
                queue.extend(imports.get(name, ()))
        return tuple(CLIENT_ROOT + name for name in found)


def read_client(folder: Path = CLIENT_FOLDER) -> BuiltClient:
    """Return the client built in a folder.

    Raises
    ------
    ClientFilesError
        If ``client.json`` is absent or damaged, or names a file that is not there, or
        one of a type that we would not know how to serve.
    """
    listed = _listing(folder)
    if absent := sorted(listed.needed - listed.imports.keys()):
        message = f"{_FILE_NAME} needs {absent[0]!r}, which it does not list"
        raise ClientFilesError(message)
    files = (
        _read(folder, name, listed.imports[name]) for name in sorted(listed.imports)
    )
    return BuiltClient(
        listed.entry,
        tuple(files),
        listed.style,
        listed.languages,
        listed.worker,
        listed.pages,
        listed.words,
    )


@dataclass(frozen=True, slots=True)
class _Listing:
    """What ``client.json`` says."""

    entry: str
    style: str | None
    languages: tuple[tuple[str, tuple[str, ...]], ...]
    imports: dict[str, tuple[str, ...]]
    """Of every file, by name."""
    worker: str | None
    pages: tuple[str, ...]
    words: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def needed(self) -> set[str]:
        """Every file that another, or a page, leans on."""
        named = [self.entry, *(name for name in (self.style, self.worker) if name)]
        groups = (
            *(names for _, names in (*self.languages, *self.words)),
            *self.imports.values(),
            self.pages,
        )
        return {*named, *(name for names in groups for name in names)}


def _listing(folder: Path) -> _Listing:
    try:
        document = json.loads((folder / _FILE_NAME).read_bytes())
        offline = document.get("offline", {})
        return _Listing(
            str(document["entry"]),
            str(document["style"]) if document.get("style") else None,
            _by_language(document.get("languages", {})),
            {
                str(name): _names(facts.get("imports", ()))
                for name, facts in document["files"].items()
            },
            str(offline["worker"]) if offline else None,
            _names(offline.get("pages", [])),
            _by_language(offline.get("words", {})),
        )
    except OSError as error:
        message = "the browser's program is not built: run scripts/build-client"
        raise ClientFilesError(message) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"{_FILE_NAME} is damaged: run scripts/build-client again"
        raise ClientFilesError(message) from error


def _by_language(
    written: dict[str, list[object]],
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((str(tag), _names(names)) for tag, names in written.items())


def _names(written: list[object]) -> tuple[str, ...]:
    return tuple(str(name) for name in written)


def _read(folder: Path, name: str, imports: tuple[str, ...]) -> ClientFile:
    path = folder / name
    media_type = _MEDIA_TYPES.get(path.suffix)
    if media_type is None or Path(name).name != name:
        message = f"{_FILE_NAME} lists {name!r}, which is no file that we serve"
        raise ClientFilesError(message)
    try:
        return ClientFile(name, path.read_bytes(), media_type, imports)
    except OSError as error:
        message = f"{name!r} of the client is missing: run scripts/build-client again"
        raise ClientFilesError(message) from error
