"""The browser's program, as its build left it: hashed files and what they weigh.

The build writes ``client.json`` beside the files that it names. Those files are served
as they are, under `CLIENT_ROOT`, and kept by browsers for a year.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

CLIENT_FOLDER = Path(__file__).parent / "client"
CLIENT_ROOT = "/client/"
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

    @property
    def entry_url(self) -> str:
        """The address of the script of a stop's page."""
        return CLIENT_ROOT + self.entry

    @property
    def preloads(self) -> tuple[str, ...]:
        """Addresses of all that the entry needs before it can run, nearest first."""
        imports = {file.name: file.imports for file in self.files}
        found: list[str] = []
        queue = list(imports.get(self.entry, ()))
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
    try:
        document = json.loads((folder / _FILE_NAME).read_bytes())
        entry = str(document["entry"])
        listed = {
            str(name): tuple(str(other) for other in facts.get("imports", ()))
            for name, facts in document["files"].items()
        }
    except OSError as error:
        message = "the browser's program is not built: run scripts/build-client"
        raise ClientFilesError(message) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"{_FILE_NAME} is damaged: run scripts/build-client again"
        raise ClientFilesError(message) from error
    if entry not in listed:
        message = f"{_FILE_NAME} starts {entry!r}, which it does not list"
        raise ClientFilesError(message)
    files = (_read(folder, name, listed[name]) for name in sorted(listed))
    return BuiltClient(entry, tuple(files))


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
