"""What each address answers: the release's files, and the few things beside them.

Reading is all there is. In order: a typed code, a language chosen for the visitor, a
printed code, a file of the release, the same address with its slash, and a 404 that
helps.
"""

from __future__ import annotations

import json
import logging
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

from aiohttp import hdrs, web
from aiohttp.http import HttpVersion11

from server import answers, scans
from server.answers import Answer, Refusal, field
from server.current import CurrentRelease
from server.headers import security_headers
from server.media import CONNECTION_CLOSE, CONNECTION_KEPT, Delivery, Sending
from server.negotiation import chosen_language, wants_page
from server.problems import problem
from server.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from aiohttp.http import RawRequestMessage

    from server.answers import Resource
    from server.headers import Header
    from server.release import OpenRelease

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_LOGGER = logging.getLogger("ecomusee.server")
_READ = (hdrs.METH_GET, hdrs.METH_HEAD)
_SAFE_IN_ADDRESS = "/%?&=:@!$'()*+,;~"


class Door:
    """Whether visitors still come in."""

    def __init__(self) -> None:
        self.is_closing = False


CURRENT = web.AppKey("CURRENT", CurrentRelease)
DOOR = web.AppKey("DOOR", Door)
SETTINGS = web.AppKey("SETTINGS", Settings)


def release_routes() -> list[web.RouteDef]:
    """Return the route table of every museum's server."""
    return [
        web.get("/healthz", health, expect_handler=_no_more),
        web.route(hdrs.METH_ANY, "/{address:.*}", visit, expect_handler=_no_more),
    ]


def quick_answers(
    app: web.Application,
) -> Callable[[RawRequestMessage], Answer | None]:
    """Return what answers requests that need no more than a file of the release.

    It gives None for whatever is unusual; `visit` then takes it, and answers such a
    plain request with the same bytes. The application must have started.
    """
    current, door = app[CURRENT], app[DOOR]

    def quick_answer(message: RawRequestMessage) -> Answer | None:
        found = current.release.resources.get(message.path)
        if (
            found is None
            or found.varies_by_language
            or message.method != hdrs.METH_GET
            or message.version != HttpVersion11
            or message.should_close
            or message.upgrade
            or door.is_closing
            or hdrs.HOST not in message.headers
        ):
            return None
        outcome = answers.answer(found, hdrs.METH_GET, message.headers)
        return outcome if isinstance(outcome, Answer) else None

    return quick_answer


@web.middleware
async def told(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn whatever goes wrong into a problem that says no more than it should."""
    wishes = field(request.headers, hdrs.ACCEPT_LANGUAGE)
    if request.version >= HttpVersion11 and hdrs.HOST not in request.headers:
        return delivery(request, problem(400, wishes))
    try:
        return await handler(request)
    except web.HTTPException as refusal:
        return delivery(request, problem(refusal.status, wishes))
    except Exception:
        # The outermost edge: a visitor learns that it is our fault, the log learns why.
        _LOGGER.exception("a request failed")
        return delivery(request, problem(500, wishes))


async def health(request: web.Request) -> web.StreamResponse:
    """Say which release is served, and whether visitors still come in."""
    is_closing = request.app[DOOR].is_closing
    status, word = (503, "stopping") if is_closing else (200, "ok")
    content = {"status": word, "release": request.app[CURRENT].release.id}
    headers = (
        ("Content-Type", "application/json"),
        ("Cache-Control", "no-store"),
        *security_headers("application/json", has_hsts=False),
    )
    text = json.dumps(content).encode()
    return delivery(request, answers.made(status, headers, text))


async def visit(request: web.Request) -> web.StreamResponse:
    """Answer any address of the release, known or not."""
    if request.method not in _READ:
        wishes = field(request.headers, hdrs.ACCEPT_LANGUAGE)
        allow = (("Allow", ", ".join(_READ)),)
        return delivery(request, problem(405, wishes, allow))
    return delivery(request, _found(request, request.app[CURRENT].release))


def delivery(request: web.Request, answer: Answer) -> Delivery:
    """Return an answer on its way to the one who asked, closing the door if need be."""
    is_kept = request.keep_alive and not request.app[DOOR].is_closing
    connection = b"" if request.version >= HttpVersion11 else CONNECTION_KEPT
    if request.method == hdrs.METH_HEAD:
        answer = answer.without_body()
    sending = Sending(answer, connection if is_kept else CONNECTION_CLOSE)
    response = Delivery(sending, answer.status, request.app[SETTINGS].send_timeout_s)
    if not is_kept:
        response.force_close()
    return response


async def _no_more(_request: web.Request) -> None:
    """Never ask for a body: the final answer says already that none is read."""


def _found(request: web.Request, release: OpenRelease) -> Answer:
    path = request.path
    wishes = field(request.headers, hdrs.ACCEPT_LANGUAGE)
    typed = request.query.get("code") if path.endswith("/code/") else None
    if typed is not None:
        return _typed(request, release, typed)
    elsewhere = _elsewhere(release, path, wishes)
    if elsewhere is not None:
        return _redirect(elsewhere, request, HTTPStatus.FOUND)
    found = release.resources.get(path)
    if found is not None:
        return _answered(found, request, wishes)
    if f"{path}/" in release.resources:
        return _redirect(
            release.resources[f"{path}/"].url, request, HTTPStatus.PERMANENT_REDIRECT
        )
    typed = scans.typed_code(path)
    if typed is not None and scans.looks_like_code(typed):
        return _wrong_code(request, release, typed)
    return _nowhere(request, release)


def _elsewhere(release: OpenRelease, path: str, wishes: str | None) -> str | None:
    """Return where a visitor with these languages is sent from an address, if at all."""
    if path == "/":
        language = chosen_language(wishes, release.languages)
        return f"/{language}/" if f"/{language}/" in release.resources else None
    typed = scans.typed_code(path)
    target = None if typed is None else scans.target_of(release, typed)
    if target is None or (path in release.resources and path != f"/{target.code}"):
        return None
    page = scans.page_of(release, target, wishes)
    return page if page != path else None


def _typed(request: web.Request, release: OpenRelease, typed: str) -> Answer:
    """Lead a visitor who typed a code, in the language of the form's own address."""
    language = _language_of(request, release)
    target = scans.target_of(release, typed)
    if target is None:
        return _wrong_code(request, release, typed)
    page = scans.page_of(release, target, language)
    return _redirect(page, request, HTTPStatus.SEE_OTHER)


def _wrong_code(request: web.Request, release: OpenRelease, typed: str) -> Answer:
    page = None
    if wants_page(field(request.headers, hdrs.ACCEPT)):
        page = scans.wrong_code(release, typed, _language_of(request, release))
    return page or _nowhere(request, release)


def _language_of(request: web.Request, release: OpenRelease) -> str:
    """Return the language in the address, or else the one the visitor likes best."""
    first = request.path.split("/")[1]
    if first in release.languages:
        return first
    wishes = field(request.headers, hdrs.ACCEPT_LANGUAGE)
    return chosen_language(wishes, release.languages) or next(
        iter(release.languages), "en"
    )


def _answered(found: Resource, request: web.Request, wishes: str | None) -> Answer:
    outcome = answers.answer(found, request.method, request.headers)
    if isinstance(outcome, Refusal):
        return problem(outcome.status, wishes, outcome.headers)
    return outcome


def _redirect(address: str, request: web.Request, status: HTTPStatus) -> Answer:
    """Send a visitor on; an address that only lacked its slash keeps its query."""
    is_same = status == HTTPStatus.PERMANENT_REDIRECT
    query = request.rel_url.raw_query_string if is_same else ""
    location = f"{address}?{query}" if query else address
    vary = () if is_same else (("Vary", "Accept-Language"),)
    headers: tuple[Header, ...] = (
        ("Location", quote(location, _SAFE_IN_ADDRESS, errors="surrogateescape")),
        ("Cache-Control", "no-cache"),
        *vary,
        *security_headers("", has_hsts=request.app[SETTINGS].has_hsts),
    )
    return answers.made(status, headers)


def _nowhere(request: web.Request, release: OpenRelease) -> Answer:
    """Return a 404: the museum's own page for people, a problem for programs."""
    found = release.resources.get("/404.html")
    if found is None or not wants_page(field(request.headers, hdrs.ACCEPT)):
        wishes = field(request.headers, hdrs.ACCEPT_LANGUAGE)
        return problem(404, wishes)
    chosen = answers.chosen_representation(found, request.headers)
    return chosen.whole.with_status(404)
