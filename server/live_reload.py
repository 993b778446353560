"""Live reload for `serve --watch`: an in-memory release and server-sent events.

Whoever composes the visit shows it here, release after release, from memory; pages
hold one script that listens, from the same origin. A published release has none of it.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from importlib import resources
from typing import TYPE_CHECKING

from aiohttp import hdrs, web

from server.files import open_verified
from server.headers import security_headers
from server.release import OpenRelease
from server.responses import prepare_resource
from tours.release import Entry, StoredFile, file_for_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from server.files import Body
    from tours.release import Caching, CodeTarget

    News = Mapping[str, object]

STREAM = "/-/live"
SCRIPT = "/-/live.js"
STYLE = "/-/live.css"
_TYPES = {
    SCRIPT: "text/javascript; charset=utf-8",
    STYLE: "text/css; charset=utf-8",
}
_HTML = "text/html"


class LiveFile:
    """One address of an in-memory release."""

    __slots__ = ("caching", "content", "media_type", "stored", "url")
    caching: Caching

    def __init__(
        self,
        url: str,
        media_type: str,
        caching: Caching,
        content: bytes | tuple[Path, StoredFile],
    ) -> None:
        if isinstance(content, bytes):
            digest = hashlib.sha256(content).hexdigest()
            stored = StoredFile(file_for_url(url, media_type), digest, len(content))
            self.content: bytes | Path = content
        else:
            self.content, stored = content
        self.url, self.media_type, self.caching = url, media_type, caching
        self.stored = stored


class LivePreview:
    """The in-memory release and the clients that listen for its changes."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[str | None]] = set()
        self._news = ""
        self._bodies: dict[str, Body] = {}

    def prepare(
        self,
        name: str,
        shown: Iterable[LiveFile],
        codes: Sequence[CodeTarget],
        languages: tuple[str, ...],
    ) -> OpenRelease:
        """Return an in-memory release, nothing of it compressed.

        Every page gets the script that renews it. Files of the store are read once and
        known by their digest; so it belongs in a thread.
        """
        negotiated = {"/", *(f"/{target.code}" for target in codes)}
        found, bodies = {}, {}
        for item in shown:
            page = (
                _with_reload_script(item, name)
                if item.media_type.startswith(_HTML)
                else item
            )
            digest = page.stored.sha256
            bodies[digest] = self._body(page)
            entry = Entry(page.url, page.stored, page.media_type, page.caching)
            found[page.url] = prepare_resource(
                entry,
                bodies,
                has_hsts=False,
                varies_by_language=page.url in negotiated,
            )
        self._bodies = bodies
        return OpenRelease(
            name, languages, found, {code.code: code for code in codes}, bodies
        )

    def empty_release(self) -> OpenRelease:
        """Return a release with an empty page, to serve before the first is prepared."""
        page = b"<!doctype html><title>ecomusee</title><head></head><body></body>"
        lost = LiveFile("/404.html", "text/html; charset=utf-8", "revalidate", page)
        return self.prepare("nothing", [lost], (), ("en",))

    def broadcast(self, news: News) -> None:
        """Send an event to every listener: name, findings, pending files."""
        self._news = json.dumps(news, ensure_ascii=False)
        for listener in self._listeners:
            listener.put_nowait(self._news)

    def close(self) -> None:
        """End every event stream."""
        for listener in self._listeners:
            listener.put_nowait(None)

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Send events as they come (server-sent events, HTML 9.2)."""
        response = web.StreamResponse(headers=dict(_headers("text/event-stream")))
        await response.prepare(request)
        listener: asyncio.Queue[str | None] = asyncio.Queue()
        self._listeners.add(listener)
        try:
            news: str | None = self._news
            while news is not None:
                await response.write(f"data: {news}\n\n".encode())
                news = await listener.get()
        except ConnectionResetError:
            pass  # the page was left
        finally:
            self._listeners.discard(listener)
        return response

    def _body(self, item: LiveFile) -> Body:
        if isinstance(item.content, bytes):
            return item.content
        known = self._bodies.get(item.stored.sha256)
        return known or open_verified(item.content, item.stored, in_memory=False)


LIVE = web.AppKey("LIVE", LivePreview)


def live_routes(live: LivePreview) -> list[web.RouteDef]:
    """Return the routes of live reload: event stream, script, style."""
    return [
        web.get(STREAM, live.stream),
        web.get(SCRIPT, _asset),
        web.get(STYLE, _asset),
    ]


async def _asset(request: web.Request) -> web.Response:
    return web.Response(
        body=_content(request.path), headers=_headers(_TYPES[request.path])
    )


def _content(path: str) -> bytes:
    return (resources.files("server") / path.removeprefix("/-/")).read_bytes()


def _headers(media_type: str) -> dict[str, str]:
    return {
        hdrs.CONTENT_TYPE: media_type,
        hdrs.CACHE_CONTROL: "no-store",
        **dict(security_headers(media_type, has_hsts=False)),
    }


def _with_reload_script(page: LiveFile, name: str) -> LiveFile:
    """Return a page that renews itself."""
    tag = f'<script defer src="{SCRIPT}" data-shown="{name}"></script>\n</head>'
    content = page.content
    if not isinstance(content, bytes):
        return page
    added = content.replace(b"</head>", tag.encode(), 1)
    return LiveFile(page.url, page.media_type, page.caching, added)
