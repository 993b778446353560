"""A museum's build folder made by the test, and visitors for it."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import functools
import gzip
import hashlib
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import brotli
import pytest
from aiohttp.test_utils import TestServer
from blockbuster import BlockBuster

from server.app import create_app
from server.connection import ReleaseRunner
from server.routes import SETTINGS, fast_path
from server.settings import Settings
from tours import release as published
from tours.release import CodeTarget, Entry, Release, StoredFile

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
    from pathlib import Path
    from ssl import SSLContext

    from aiohttp import web

    from tours.release import Caching

    Start = Callable[..., Awaitable[TestServer]]
    Visit = Callable[..., Awaitable["Visitor"]]
    Ask = Callable[..., Awaitable["Reply"]]

HTML = "text/html; charset=utf-8"
LARGE_BYTES = 3_000_001
CODES = (
    CodeTarget(
        "K7QM",
        "forge",
        "marteau",
        (("fr", "/fr/forge/marteau/"), ("en", "/en/forge/marteau/")),
    ),
    CodeTarget("W4HX", "forge", "plan", (("fr", "/fr/forge/plan/"),)),
)


def page(title: str, language: str = "fr") -> bytes:
    """Return a page as publishing makes them, long enough for compression to pay."""
    text = f"<p>{title}</p>" * 60
    return (
        f'<!doctype html><html lang="{language}"><head><title>{title}</title></head>'
        f"<body><main><h1>{title}</h1>{text}</main></body></html>"
    ).encode()


@dataclass
class Build:
    """A folder ``build/<museum>``, written as publishing writes it."""

    folder: Path
    contents: dict[str, bytes] = field(default_factory=dict)
    """What the release published last serves, by address and then ``;coding``."""

    def publish(self, release_id: str, marker: str = "") -> Path:
        """Write a release that says `marker` on its pages; make it current."""
        self.contents = {}
        folder = self.folder / "releases" / release_id
        entries = [
            self._entry(folder, url, content, media_type, caching)
            for url, content, media_type, caching in _files(marker)
        ]
        made = Release(
            release_id,
            "forges",
            "https://ecm.example",
            "2026-11-24T12:00:00Z",
            ("fr", "en"),
            tuple(entries),
            CODES,
        )
        (folder / published.FILE_NAME).write_bytes(published.to_json(made))
        self.make_current(release_id)
        return folder

    def make_current(self, release_id: str) -> None:
        """Point ``current`` at a release, at once."""
        fresh = self.folder / "current.new"
        fresh.write_text(f"{release_id}\n")
        fresh.replace(self.folder / published.CURRENT)

    def _entry(
        self, folder: Path, url: str, content: bytes, media_type: str, caching: Caching
    ) -> Entry:
        name = published.file_for_url(url, media_type)
        forms = {"": content}
        if "text" in media_type or "json" in media_type:
            forms |= {
                "br": _brotli(content),
                "gzip": gzip.compress(content, mtime=0),
            }
        stored = {}
        for coding, form in forms.items():
            path = folder / (name + {"": "", "br": ".br", "gzip": ".gz"}[coding])
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(form)
            self.contents[f"{url};{coding}"] = form
            stored[coding] = StoredFile(
                path.relative_to(folder).as_posix(),
                hashlib.sha256(form).hexdigest(),
                len(form),
            )
        identity = stored.pop("")
        return Entry(url, identity, media_type, caching, tuple(stored.items()))


@functools.cache
def _brotli(content: bytes) -> bytes:
    return brotli.compress(content, quality=5)


def _files(marker: str) -> list[tuple[str, bytes, str, Caching]]:
    large = hashlib.sha256(marker.encode()).digest() * (LARGE_BYTES // 32) + b"!"
    pages = {
        "/": page(f"Accueil {marker}"),
        "/fr/": page(f"Bienvenue {marker}"),
        "/en/": page(f"Welcome {marker}", "en"),
        "/fr/forge/": page("De la forge"),
        "/fr/forge/marteau/": page(f"Le marteau {marker}"),
        "/en/forge/marteau/": page(f"The hammer {marker}", "en"),
        "/fr/forge/plan/": page("Le plan"),
        "/fr/été/": page("L'été"),
        "/code/": page("Code"),
        "/fr/code/": page("Saisir un code"),
        "/en/code/": page("Type a code", "en"),
        "/fr/guide/": page("Visite guidée"),
        "/en/guide/": page("Guided visit", "en"),
        "/404.html": page("Introuvable"),
        "/K7QM": page("K7QM"),
        "/W4HX": page("W4HX"),
    }
    kept: Caching = "immutable"
    return [
        *((url, content, HTML, "revalidate") for url, content in pages.items()),
        (
            "/manifests/forge.fr.json",
            b'{"tour": "forge"}' * 100,
            "application/json",
            "revalidate",
        ),
        (
            "/client/boot-1.js",
            b"export {};\n" * 50,
            "text/javascript; charset=utf-8",
            kept,
        ),
        ("/media/small.glb", b"glTF" * 1000, "model/gltf-binary", kept),
        ("/media/medium.glb", b"glTF" * 30_000, "model/gltf-binary", kept),
        ("/media/large.glb", large, "model/gltf-binary", kept),
        (
            f"/media/of-{marker or 'first'}.usdz",
            large[::-1],
            "model/vnd.usdz+zip",
            kept,
        ),
        ("/media/empty.vtt", b"", "text/vtt; charset=utf-8", kept),
    ]


@pytest.fixture
def build(tmp_path: Path) -> Iterator[Build]:
    """Make a build folder with one release, ``first``, which is current."""
    made = Build(tmp_path / "forges")
    made.publish("first")
    yield made
    # Six megabytes a test, which pytest would keep for three runs.
    shutil.rmtree(made.folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def _nothing_blocks() -> Iterator[None]:
    """Fail any test whose event loop waits for a disk or a lock.

    ``sendfile`` to a socket that does not block is how large files leave: only a
    page that the kernel has not cached makes it wait.
    """
    blockbuster = BlockBuster("server")
    blockbuster.functions["os.sendfile"].can_block_in("server/delivery.py", "push")
    blockbuster.activate()
    yield
    blockbuster.deactivate()


class _QuickServer(TestServer):
    """The application on the connections that `server.runner` gives it."""

    async def _make_runner(self, **kwargs: object) -> web.AppRunner:
        return ReleaseRunner(self.app, fast_path, self.app[SETTINGS])


@pytest.fixture
async def start(build: Build) -> AsyncIterator[Start]:
    """Start a server for the build, quick or by aiohttp's ordinary connections."""
    async with contextlib.AsyncExitStack() as stack:

        async def started(
            *, quick: bool = True, tls: SSLContext | None = None, **settings: object
        ) -> TestServer:
            quickly = Settings(stop_timeout_s=2.0)
            chosen = dataclasses.replace(quickly, **settings)  # type: ignore[arg-type]  # as Settings has them
            app = create_app(build.folder, settings=chosen)
            server = (_QuickServer if quick else TestServer)(app)
            await server.start_server(ssl=tls)
            stack.push_async_callback(server.close)
            return server

        yield started


@pytest.fixture
async def quick_server(start: Start) -> TestServer:
    """Start a server for the build as it is run."""
    return await start()


@pytest.fixture(params=["quick", "ordinary"])
async def server(request: pytest.FixtureRequest, start: Start) -> TestServer:
    """Start a server for the build; every fact holds on both kinds of connections."""
    return await start(quick=request.param == "quick")


@dataclass
class Reply:
    """A response as it came over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes


class Visitor:
    """One connection; requests are sent byte by byte as written."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.reader = reader
        self.writer = writer

    async def ask(self, target: str, *headers: str, method: str = "GET") -> Reply:
        """Send a request and read its whole reply."""
        lines = (f"{method} {target} HTTP/1.1", "Host: museum", *headers, "", "")
        self.writer.write("\r\n".join(lines).encode("utf-8", "surrogateescape"))
        return await self.reply(method)

    async def reply(self, method: str = "GET") -> Reply:
        """Read one final reply, its body by its length, as a browser does.

        Interim replies (1xx) come before it and have no body (RFC 9110, section 15.2).
        """
        status = 100
        while status < 200:
            head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            start, *fields = head.strip().split("\r\n")
            status = int(start.split()[1])
        pairs = (line.partition(": ") for line in fields)
        headers = {name.lower(): value for name, _, value in pairs}
        has_body = method != "HEAD" and status not in {204, 304}
        length = int(headers["content-length"]) if has_body else 0
        return Reply(status, headers, await self.reader.readexactly(length))

    async def close(self) -> None:
        """Leave."""
        self.writer.close()
        with contextlib.suppress(ConnectionError):
            await self.writer.wait_closed()


@pytest.fixture
async def visit() -> AsyncIterator[Visit]:
    """Open connections to a server."""
    async with contextlib.AsyncExitStack() as stack:

        async def visited(
            server: TestServer | tuple[str, int], tls: SSLContext | None = None
        ) -> Visitor:
            is_server = isinstance(server, TestServer)
            address = (server.host, server.port) if is_server else server
            visitor = Visitor(*await asyncio.open_connection(*address, ssl=tls))
            stack.push_async_callback(visitor.close)
            return visitor

        yield visited


@pytest.fixture
async def ask(server: TestServer, visit: Visit) -> Ask:
    """Ask one thing on a connection of its own."""

    async def asked(target: str, *headers: str, method: str = "GET") -> Reply:
        visitor = await visit(server)
        return await visitor.ask(target, *headers, method=method)

    return asked
